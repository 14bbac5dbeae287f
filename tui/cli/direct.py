"""One request to the server beside an open teleteam that holds the store.

Invariant: nothing is queued here; what fails has failed, and the caller says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from tui.cli.context import Context
from tui.client.clock import SystemClock
from tui.core.errors import SignedOut
from tui.core.models import Post
from tui.core.ports import NewPost
from tui.settings.accounts import Account


def send(context: Context, account: Account, post: NewPost, files: Sequence[str]) -> Post:
    """Uploads `files` and makes the post. Raises leaves of `core.errors`."""
    from tui.net.mattermost import MattermostApi

    secret = context.keeper().load(account)
    if secret is None:
        raise SignedOut("tele.signin.token")

    async def work() -> Post:
        api = MattermostApi(account.url, clock=SystemClock(), ca_file=context.config.network.authority)
        try:
            api.set_token(secret.token)
            infos = [await api.upload_file(post.channel_id, PurePath(path)) for path in files]
            return await api.create_post(replace(post, file_ids=tuple(info.id for info in infos)))
        finally:
            await api.close()

    return asyncio.run(work())
