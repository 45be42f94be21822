"""How a target is asked: a plain GET, or a POST whose body stands in its address.

Theory. A target is known by its address, and a list API answers many questions at one. So a POST has
its body in the address's fragment (which no server ever sees): every question is a target, a capture
and a listing of its own, and an address is all that is needed to ask it again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urlencode

_FORM, _JSON = "post-form:", "post-json:"
_KINDS = {_FORM: "application/x-www-form-urlencoded; charset=UTF-8", _JSON: "application/json;charset=UTF-8"}


@dataclass(frozen=True, slots=True)
class Question:
    """What goes out for an address."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def posting_form(url: str, fields: Mapping[str, str]) -> str:
    """Return the address of a POST of form fields."""
    return f"{url}#{_FORM}{urlencode(fields)}"


def posting_json(url: str, payload: Mapping[str, object]) -> str:
    """Return the address of a POST of a JSON object."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return f"{url}#{_JSON}{quote(text, safe='{}[]:,')}"


def question_of(address: str) -> Question:
    """Read an address of a target, whatever it asks."""
    url, fragment = urldefrag(address)
    for kind, content_type in _KINDS.items():
        if fragment.startswith(kind):
            text = fragment.removeprefix(kind)
            body = text.encode() if kind == _FORM else unquote(text).encode()
            headers = {"Content-Type": content_type, "X-Requested-With": "XMLHttpRequest"}
            return Question(url, "POST", body, headers)
    return Question(url)


def posted_form(address: str) -> dict[str, str]:
    """Return the form fields that an address posts; empty where it posts none."""
    fragment = urldefrag(address).fragment
    return (
        dict(parse_qsl(fragment.removeprefix(_FORM), keep_blank_values=True))
        if fragment.startswith(_FORM)
        else {}
    )


def posted_json(address: str) -> dict[str, object]:
    """Return the JSON object that an address posts; empty where it posts none."""
    fragment = urldefrag(address).fragment
    return dict(json.loads(unquote(fragment.removeprefix(_JSON)))) if fragment.startswith(_JSON) else {}
