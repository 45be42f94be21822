"""Write RAR 4 archives of stored members, from the published description of the format."""

import struct
import zlib

_MARKER = b"Rar!\x1a\x07\x00"
_STORED, _PACKED = 0x30, 0x33


def rar(members, *, packed=False, password=False):
    """An archive of (name in bytes, content); `packed` only claims to be compressed."""
    blocks = [_block(0x73, 0, b"\x00" * 6)]
    for name, content in members:
        method = _PACKED if packed else _STORED
        sizes = struct.pack("<II", len(content), len(content))
        about = struct.pack("<BIIBBHI", 2, zlib.crc32(content), 0, 29, method, len(name), 0o100644)
        blocks.append(_block(0x74, 0x8000 | (0x04 if password else 0), sizes + about + name) + content)
    return _MARKER + b"".join(blocks) + _block(0x7B, 0x4000, b"")


def _block(kind, flags, rest):
    head = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head
