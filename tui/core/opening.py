"""What is to be opened: the one thing that every way to a browser is given.

Invariant: `shown` holds no secret: it is what is shown, copied, sent and drawn. The address with a token in
it exists only while a browser, or the link helper, is being handed it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tui.core.links import Link, redact_tokens


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A wish to open something. Texts are hostile."""

    shown: Link
    """Checked, and without tokens where `sensitive`."""
    real: Callable[[], str] | None = field(default=None, repr=False, compare=False)
    """Gives the address for the browser; runs in a thread, may ask the network and raise TeleteamError.
    None = the shown one. What it gives is checked again, and must lead to the same host.
    """
    sensitive: bool = False
    """True = what `real` gives lets its reader in: never in the argv of a shared machine, nor copied."""
    label: str = ""
    """What it is, such as a meeting's topic."""
    warnings: tuple[str, ...] = ()
    """Sentences, in the person's language, that speak against opening it; they make the dialog appear."""
    meeting: bool = False
    """Needs camera and microphone."""

    @property
    def careful(self) -> bool:
        """Whether something speaks against opening it at once."""
        return bool(self.warnings or self.shown.warnings)


def request_for(link: Link, *, label: str = "", warnings: tuple[str, ...] = ()) -> OpenRequest:
    """The wish to open an ordinary link. One that carries a token is sensitive as it is: the token is what
    makes it work, so it is kept for the browser and left out of what is shown.
    """
    bare = redact_tokens(link.url)
    if bare == link.url:
        return OpenRequest(link, label=label, warnings=warnings)
    parts = urlsplit(link.url)
    without = f"{parts.scheme}://{parts.netloc}{parts.path}"
    shown = Link(without if redact_tokens(without) == without else f"{parts.scheme}://{parts.netloc}/",
                 link.host, link.display_host, link.warnings, link.kind)  # fmt: skip
    return OpenRequest(shown, real=lambda: link.url, sensitive=True, label=label, warnings=warnings)
