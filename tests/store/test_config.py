from __future__ import annotations

from tests.store.builders import heard, write
from tui.core.models import Command, ServerConfig
from tui.store import Store


def test_the_config_is_replaced_as_a_whole(store: Store) -> None:
    assert store.config.get() == ServerConfig({})
    write(store, lambda tx: tx.config.put(ServerConfig({"SiteURL": "https://x", "SiteName": "X"})))
    changes = heard(store)
    write(store, lambda tx: tx.config.put(ServerConfig({"SiteName": "X", "SiteURL": "https://x"})))
    assert changes == []
    write(store, lambda tx: tx.config.put(ServerConfig({"SiteName": "Y"})))
    assert dict(store.config.get().values) == {"SiteName": "Y"}
    assert len(changes) == 1


def test_commands_keep_their_order(store: Store) -> None:
    commands = (Command("me", "[text]"), Command("away"))
    write(store, lambda tx: tx.commands.replace("t", commands))
    assert store.commands.of("t") == commands
    assert store.commands.of("other") == ()
    write(store, lambda tx: tx.commands.replace("t", commands[1:]))
    assert store.commands.of("t") == commands[1:]
