"""The root directory of an OLE compound file (MS-CFB): enough to tell `.doc` from `.xls`.

The file is a small file system: a header, a FAT that chains sectors, and a directory whose entries form
trees. Only the root storage's own streams count: a Word file may hold an Excel workbook deeper down.
"""

from __future__ import annotations

import struct

_ENTRY_BYTES = 128
_SECTOR_SHIFTS = frozenset({9, 12})
"""Powers of two in bytes: a sector of version 3 has 512, of version 4 4096 (MS-CFB 2.2)."""
_NO_ENTRY = 0xFFFFFFFF
_LAST_SECTOR = 0xFFFFFFFA
_MAX_DIRECTORY_SECTORS = 256
_HEADER_FAT_SLOTS = 109


def root_streams(content: bytes) -> frozenset[str]:
    """Return the names in the root storage; empty where the directory cannot be read."""
    try:
        entries = _directory(content)
        return frozenset(_names_below_root(entries))
    except (struct.error, IndexError):
        return frozenset()


def _directory(content: bytes) -> list[bytes]:
    shift = struct.unpack_from("<H", content, 30)[0]
    if shift not in _SECTOR_SHIFTS:
        return []
    sector_bytes = 1 << shift
    fat_sectors = struct.unpack_from(f"<{_HEADER_FAT_SLOTS}I", content, 76)
    sector = struct.unpack_from("<I", content, 48)[0]
    entries: list[bytes] = []
    for _ in range(_MAX_DIRECTORY_SECTORS):
        if sector >= _LAST_SECTOR:
            break
        start = (sector + 1) * sector_bytes
        data = content[start : start + sector_bytes]
        entries += [data[i : i + _ENTRY_BYTES] for i in range(0, len(data), _ENTRY_BYTES)]
        sector = _next_sector(content, fat_sectors, sector, sector_bytes)
    return entries


def _next_sector(content: bytes, fat_sectors: tuple[int, ...], sector: int, sector_bytes: int) -> int:
    slot, place = divmod(sector, sector_bytes // 4)
    if slot >= len(fat_sectors) or fat_sectors[slot] >= _LAST_SECTOR:
        return _LAST_SECTOR
    offset = (fat_sectors[slot] + 1) * sector_bytes + 4 * place
    return int(struct.unpack_from("<I", content, offset)[0])


def _names_below_root(entries: list[bytes]) -> list[str]:
    """Walk the root's tree of siblings; storages are not entered."""
    names: list[str] = []
    waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
    seen = {_NO_ENTRY}
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        name_bytes = struct.unpack_from("<H", entries[number], 64)[0]
        raw = entries[number][: max(0, min(name_bytes, 64) - 2)]
        names.append(raw.decode("utf-16-le", errors="replace"))
        waiting += struct.unpack_from("<2I", entries[number], 68)
    return names
