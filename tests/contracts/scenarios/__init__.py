"""The recorded scenarios as code, by the name of their recording.

Invariant: each one plays the recorded calls in the recorded order and knows nothing of which server it meets.
"""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from tests.contracts.scenarios import (
    channels,
    files,
    newcomers,
    people,
    posts,
    reading,
    resume,
    search,
    sidebar,
    sign_in,
    start_up,
    threads,
)
from tests.contracts.stage import Stage

Scenario: TypeAlias = Callable[[Stage], Awaitable[None]]

SCENARIOS: dict[str, Scenario] = {
    **sign_in.SCENARIOS,
    **start_up.SCENARIOS,
    **resume.SCENARIOS,
    **channels.SCENARIOS,
    **posts.SCENARIOS,
    **reading.SCENARIOS,
    **threads.SCENARIOS,
    **people.SCENARIOS,
    **newcomers.SCENARIOS,
    **sidebar.SCENARIOS,
    **files.SCENARIOS,
    **search.SCENARIOS,
}
