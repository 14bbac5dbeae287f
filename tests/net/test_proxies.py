from __future__ import annotations

import pytest

from tui.core.errors import ConfigTrouble
from tui.net import proxies
from tui.net.address import parse

SITE = parse("https://chat.example")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name.upper()}_PROXY", raising=False)


def test_none() -> None:
    assert proxies.for_server(SITE) is None


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "all_proxy"])
def test_c32_found_and_shown_without_its_password(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "http://me:secret@proxy.example:3128")
    found = proxies.for_server(SITE)
    assert found is not None
    assert found.shown == "proxy.example:3128"
    assert "secret" not in repr(found)


@pytest.mark.parametrize("spared", ["*", "chat.example", ".example", "other, chat.example"])
def test_c32_no_proxy(monkeypatch: pytest.MonkeyPatch, spared: str) -> None:
    monkeypatch.setenv("https_proxy", "proxy.example:3128")
    assert proxies.for_server(SITE) is not None
    monkeypatch.setenv("no_proxy", spared)
    assert proxies.for_server(SITE) is None


@pytest.mark.parametrize("url", ["socks5://proxy.example", "http://proxy.example:x", "ftp://p"])
def test_unusable(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("https_proxy", url)
    with pytest.raises(ConfigTrouble):
        proxies.for_server(SITE)
