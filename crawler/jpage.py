"""The lists of the jpage script (Hanweb, TrueCMS): records in a <datastore>, more of them by a proxy.

<script type="text/xml"><datastore><totalrecord>57</totalrecord>
  <nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&columnid=7&unitid=9"></a>]]></nextgroup>
  <recordset><record><![CDATA[<li><a href="/art/2025/1/9/art_7_1.html">...</a></li>]]></record>...
$('#9').jpage({totalRecord:57, perPage:15, proxyUrl:'...', ajaxParam:{columnid:7, unitid:'9'}})
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlsplit

_STORE = re.compile(r"<datastore>(.*?)</datastore>", re.DOTALL | re.IGNORECASE)
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_NEXT = re.compile(r"<nextgroup>.*?href\s*=\s*[\"']([^\"']+)[\"'].*?</nextgroup>", re.DOTALL | re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|\btotalRecord[\"']?\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)
_CALL = re.compile(r"\.jpage\s*\(\s*\{", re.IGNORECASE)
_PROXY = re.compile(r"\bproxyUrl[\"']?\s*:\s*[\"']([^\"']+)", re.IGNORECASE)
_PARAMS = re.compile(r"\b(?:ajaxParam|param\w*)[\"']?\s*[:=]\s*\{([^}]*)\}", re.IGNORECASE)
_PAIR = re.compile(r"[\"']?(\w+)[\"']?\s*:\s*[\"']?([^,\"']*)")
_SIZE = re.compile(r"\b(perPage|groupSize)[\"']?\s*:\s*[\"']?(\d+)", re.IGNORECASE)
LONGEST_CALL = 4000


@dataclass(frozen=True, slots=True)
class Unit:
    """One list of a page: its first records as markup, and how its script asks for more of them."""

    records: str = ""
    count: int = 0
    total: int | None = None
    next_group: str = ""
    proxy: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    per_page: int = 15
    group: int = 3

    @property
    def identity(self) -> str:
        """What the list is called in its own addresses."""
        query = dict(parse_qsl(urlsplit(self.next_group).query))
        return self.params.get("columnid") or query.get("columnid") or ""


def read_units(source: str) -> tuple[Unit, ...]:
    """Return the lists of a page or of a proxy's answer, in their order."""
    stores = [_stored(match.group(1)) for match in _STORE.finditer(source)]
    calls = list(_calls(source))
    if not stores:
        return tuple(_joined(Unit(), call, source) for call in calls)
    return tuple(_joined(store, _call_of(store, calls, len(stores)), source) for store in stores)


def _call_of(store: Unit, calls: list[str], stores: int) -> str:
    """Return the call that shows a list: the one that names its unit, or the only one of the only list."""
    unit = dict(parse_qsl(urlsplit(store.next_group).query)).get("unitid")
    named = next((call for call in calls if unit and re.search(rf"\b{re.escape(unit)}\b", call)), None)
    return named or (calls[0] if stores == len(calls) == 1 else "")


def _stored(text: str) -> Unit:
    group = _NEXT.search(text)
    total = _TOTAL.search(text)
    records = [match.group(1) for match in _RECORD.finditer(text)]
    return Unit(
        "".join(records), len(records), int(total.group(1)) if total and total.group(1) else None,
        unescape(group.group(1)).strip() if group else "",
    )  # fmt: skip


def _calls(source: str) -> Iterator[str]:
    starts = [match.end() for match in _CALL.finditer(source)]
    for start in starts:
        yield source[start : start + LONGEST_CALL]


def _joined(store: Unit, call: str, source: str) -> Unit:
    total = _TOTAL.search(call)
    proxy, params = _PROXY.search(call), _PARAMS.search(call) or (call and _PARAMS.search(source))
    sizes = {name.lower(): int(size) for name, size in _SIZE.findall(call)}
    said = int(total.group(2)) if total else None
    return Unit(
        store.records, store.count, said if store.total is None else store.total,
        store.next_group, proxy.group(1) if proxy else "",
        dict(_PAIR.findall(params.group(1))) if params else {},
        sizes.get("perpage") or 15, sizes.get("groupsize") or 3,
    )  # fmt: skip
