"""What went wrong below HTTP, in a few words, and whether trying again makes sense."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import DNSLookupError

LONGEST_REASON = 300

_WRAPPED = re.compile(r"<twisted\.python\.failure\.Failure [\w.]+: (.*?)>")
"""How Twisted prints an error inside a list of errors."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An end without an answer. `unreachable` says that the host itself could not be reached."""

    reason: str
    unreachable: bool = True
    retry: bool = True

    def as_record(self) -> dict[str, object]:
        """Return what a WARC keeps of it."""
        return {"reason": self.reason, "unreachable": self.unreachable, "retry": self.retry}


class TroubleKnown(Exception):
    """A trouble that was named where it arose: by the browser, or by a replay's recording."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.reason)
        self.trouble = trouble


def trouble_of(error: BaseException) -> Trouble:
    """Name a download error."""
    if isinstance(error, TroubleKnown):
        return error.trouble
    if isinstance(error, DownloadTimeoutError | TimeoutError):
        return Trouble("timeout")
    if isinstance(error, CannotResolveHostError | DNSLookupError):
        return Trouble("the host's name cannot be resolved")
    if isinstance(error, DownloadConnectionRefusedError):
        return Trouble("connection refused")
    if isinstance(error, ResponseDataLossError):
        return Trouble("the answer was cut off", unreachable=False)
    if isinstance(error, DownloadCancelledError | IgnoreRequest):
        return Trouble(f"too large: {_short(error)}", unreachable=False, retry=False)
    if isinstance(error, DownloadFailedError):
        kind = "TLS" if "SSL" in str(error) or "certificate" in str(error) else "connection lost"
        return Trouble(f"{kind}: {_short(error)}")
    return Trouble(f"{type(error).__name__}: {_short(error)}")


def _short(error: BaseException) -> str:
    words = " ".join(_WRAPPED.sub(r"\1", " ".join(str(error).split())).split())
    return words.strip("[]")[:LONGEST_REASON]
