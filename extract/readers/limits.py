"""Limits that keep hostile or broken bytes from costing more than a document is worth.

A report is at most a few hundred kilobytes of text on a few dozen pages; everything here is one to
three orders of magnitude above what was seen. Time and memory as a whole are bounded outside, by the
child process that reads the document.
"""

from __future__ import annotations

MAX_CONTENT_BYTES = 256 * 1024 * 1024
MAX_TEXT_BYTES = 32 * 1024 * 1024
"""Longest plain text or HTML source."""
MAX_MEMBERS = 10_000
"""Members of a ZIP package."""
MAX_MEMBER_BYTES = 128 * 1024 * 1024
"""Unpacked size of one member."""
MAX_UNPACKED_BYTES = 512 * 1024 * 1024
"""Unpacked size of all members that are read."""
MAX_MEMBER_RATIO = 500
"""Unpacked to packed size, for members above RATIO_FREE_BYTES."""
RATIO_FREE_BYTES = 4 * 1024 * 1024
MAX_PAGES = 2_000
MAX_CHARS_PER_PAGE = 60_000
MAX_RULES_PER_PAGE = 20_000
MAX_GRID_CELLS = 200_000
"""Rows times columns of one table."""
MAX_SPAN = 1_000
"""A rowspan or colspan beyond this is a typing error or an attack."""
MAX_DEPTH = 400
"""Nesting of elements; pasted pages reach some dozens."""
MAX_BLOCKS = 200_000
"""Paragraphs, tables and pictures of one document."""
MAX_HINT_CHARS = 4_000
