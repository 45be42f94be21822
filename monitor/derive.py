"""One original -> its derivation: report, rejected with the reason, or problem with the reason."""

from __future__ import annotations

import traceback

from archive.derived import Derivation, Outcome
from extract.errors import ExtractError, NotAReport
from extract.model import NormalizedText
from extract.version import EXTRACT_VERSION

CRASHED = "crashed"
LONGEST_REASON_CHARS = 500


def derive(sha256: str, content: bytes) -> Derivation:
    """Read one original; whatever its bytes are, the answer is one of the three outcomes."""
    text: NormalizedText | None = None
    try:
        from extract.read import open_document

        document = open_document(content)
        text = document.text
        return Derivation(sha256, EXTRACT_VERSION, Outcome.REPORT, text=text, report=document.report())
    except NotAReport as error:
        return Derivation(sha256, EXTRACT_VERSION, Outcome.REJECTED, error.code, _one_line(error), text)
    except ExtractError as error:
        return problem(sha256, error.code, _one_line(error), text)
    except MemoryError:
        raise  # whoever set the limit knows what to say
    except Exception as error:  # noqa: BLE001  # one bad document must not stop the others
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {error} ({where.name}:{where.lineno})"
        return problem(sha256, CRASHED, f"读取程序出错: {told}", text)


def problem(sha256: str, code: str, reason: str, text: NormalizedText | None = None) -> Derivation:
    """Return the derivation of an original that could not be read."""
    return Derivation(sha256, EXTRACT_VERSION, Outcome.PROBLEM, code, reason[:LONGEST_REASON_CHARS], text)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
