"""Records scenarios from the real server of `live_stage`: `python -m tests.contracts.record NAME…`.

Invariant: what is written has gone through `boil_down`, as all of mattermost/ has: no text, no id, no time.
Only scenarios without listeners are recorded here.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import httpx

from tests.contracts.boil_down import boiled, loosened
from tests.contracts.scenarios import SCENARIOS
from tests.contracts.setups import live_stage
from tests.contracts.stage import Stage, decoded
from tests.support.recordings import FOLDER


class RecordingStage(Stage):
    """Holds nothing against anything: what comes is the recording."""

    @staticmethod
    def recording(name: str) -> dict[str, Any]:
        return {"http": [], "events": {}}

    def _judge(self, who: str, method: str, path: str, response: httpx.Response) -> Any:
        value = decoded(response)
        step = {
            "kind": "http",
            "who": who,
            "method": method,
            "path": self._full(path),
            "status": response.status_code,
            "headers": {name.lower(): text for name, text in response.headers.items()},
            "body": value,
        }
        self._steps.append(step)
        return value

    def taken(self) -> dict[str, Any]:
        """What was recorded, boiled down."""
        return dict(loosened(boiled({"steps": self._steps})))


async def record(name: str) -> None:
    """Plays one scenario and writes its recording."""
    async with live_stage(name, RecordingStage) as stage:
        await SCENARIOS[name](stage)
        assert isinstance(stage, RecordingStage)
        text = json.dumps(stage.taken(), ensure_ascii=False, separators=(",", ":"))
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


async def main(names: list[str]) -> None:
    for name in names:
        await record(name)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
