"""What an OFD page draws: characters with boxes, ruling lines, pictures; millimetres become points.

An object's numbers are in its own space: its CTM comes first, then the place of its Boundary. Text gives
the place of every character by itself (`TextCode` X, Y and the steps DeltaX, DeltaY), so no font is
needed; only the width of a character is taken from its kind.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lxml.etree import _Element as Element

from extract.errors import TooLarge, UnreadableDocument
from extract.readers.limits import MAX_BLOCKS, MAX_DEPTH, MAX_RULES_PER_PAGE
from extract.readers.ofd_package import MM_TO_PT, OfdDocument, child, children, local_name, numbers
from extract.readers.paged import Box, Char, Rule, check_char_count, is_finite
from extract.readers.path_rules import area_rules, polyline_rules
from extract.readers.wording import is_wide

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Point: TypeAlias = tuple[float, float]
_ASCENT = 0.88
_WIDTHS = {True: (1.0, 0.25, 1.6), False: (0.5, 0.2, 0.8)}
"""Width of a CJK character and of others in sizes: where nothing is stated, least and most."""
_MOST_HEIGHT = 1.5
"""Height of one line in sizes; a higher Boundary is that of something else."""
_REPLACEMENT = "\ufffd"
_GLYPH_ONLY = "\u00a4"
"""Stands in the text where a glyph has no code."""
_MOST_NESTING = MAX_DEPTH // 20
_MOST_OBJECTS = MAX_BLOCKS
_MOST_PATH_PARTS = 20_000
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_PATH_PART = re.compile(r"[SMLQBAC]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


class Drawing:
    """Collects what the content of one page draws."""

    def __init__(self, document: OfdDocument, number: int, origin: Point) -> None:
        """Start page `number`; `origin` is the corner of its box in millimetres."""
        self.chars: list[Char] = []
        self.rules: list[Rule] = []
        self.pictures: list[tuple[Box, str]] = []
        self._document = document
        self._number = number
        self._count = 0
        self._page: Matrix = (MM_TO_PT, 0, 0, MM_TO_PT, -origin[0] * MM_TO_PT, -origin[1] * MM_TO_PT)

    def add(self, content: Element) -> None:
        """Add all layers of a page's or template's content."""
        self._add_objects(content, self._page, 0)

    def _add_objects(self, parent: Element, matrix: Matrix, depth: int) -> None:
        if depth > _MOST_NESTING:
            raise UnreadableDocument("OFD 图元嵌套过深")
        for element in parent:
            self._count += 1
            if self._count > _MOST_OBJECTS:
                raise TooLarge(f"OFD 第 {self._number} 页图元过多，超过上限 {_MOST_OBJECTS}")
            if (element.get("Visible") or "").lower() != "false":
                self._add_object(element, matrix, depth)

    def _add_object(self, element: Element, matrix: Matrix, depth: int) -> None:
        name = local_name(element)
        if name in {"Layer", "PageBlock"}:
            self._add_objects(element, matrix, depth + 1)
        elif name == "TextObject":
            self._add_text(element, placed(element, matrix))
        elif name == "PathObject":
            self._add_path(element, placed(element, matrix))
        elif name == "ImageObject":
            self._add_picture(element, matrix)
        elif name == "CompositeObject":
            unit = child(self._document.composite(element.get("ResourceID")), "Content")
            if unit is not None:
                self._add_objects(unit, placed(element, matrix), depth + 1)

    def _add_text(self, element: Element, matrix: Matrix) -> None:
        size = (numbers(element.get("Size")) or (0.0,))[0]
        scale = (numbers(element.get("HScale")) or (1.0,))[0]
        turned = (numbers(element.get("CharDirection")) or (0.0,))[0]
        degrees = round(-math.degrees(math.atan2(matrix[1], matrix[0])) - turned) % 360
        coded = child(element, "CGTransform") is None
        end, height = _stated_extent(element, size)
        x = y = 0.0
        for code in children(element, "TextCode"):
            x = (numbers(code.get("X")) or (x,))[0]
            y = (numbers(code.get("Y")) or (y,))[0]
            for text, px, py, room in _places(code, x, y, end):
                width = _width(text, room, size * scale)
                box = _mapped((px, py - _ASCENT * height, px + width, py + (1 - _ASCENT) * height), matrix)
                if is_finite(*box):
                    self.chars.append(Char(_seen(text, coded), *box, degrees))
        check_char_count(len(self.chars), self._number)

    def _add_path(self, element: Element, matrix: Matrix) -> None:
        stroked = (element.get("Stroke") or "true").lower() != "false"
        filled = (element.get("Fill") or "").lower() == "true"
        data = child(element, "AbbreviatedData")
        if data is None or not (stroked or filled):
            return
        for points in subpaths(data.text or ""):
            moved = [_point(x, y, matrix) for x, y in points]
            if len(self.rules) < MAX_RULES_PER_PAGE and all(is_finite(*point) for point in moved):
                self.rules.extend(polyline_rules(moved, stroked=stroked, filled=filled))

    def _add_picture(self, element: Element, matrix: Matrix) -> None:
        boundary = numbers(element.get("Boundary"))
        if len(boundary) == 4:
            x, y, width, height = boundary
            box = _mapped((x, y, x + width, y + height), matrix)
            self.pictures.append((box, element.get("ResourceID", "")))
            self.rules.extend(area_rules(box, stroked=False, thin_only=True))


def placed(element: Element, parent: Matrix) -> Matrix:
    """Return the map from an object's own space: its CTM, its Boundary's place, then the parent's."""
    own = numbers(element.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    boundary = numbers(element.get("Boundary"))
    if len(boundary) == 4:
        e, f = e + boundary[0], f + boundary[1]
    g, h, i, j, k, m = parent
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def steps(text: str | None, count: int) -> list[float]:
    """Return up to `count` steps of DeltaX or DeltaY, in which `g N V` stands for N times V."""
    parts = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < count:
        if parts[at] == "g" and at + 2 < len(parts):
            times, value = numbers(parts[at + 1]), numbers(parts[at + 2])
            repeat = int(min(max(times[0], 0), count - len(found))) if times else 0
            found += [value[0] if value else 0.0] * repeat
            at += 3
        else:
            found.append((numbers(parts[at]) or (0.0,))[0])
            at += 1
    return found


def subpaths(data: str) -> Iterator[list[Point]]:
    """Yield the corners of each part of a path; of a curve only its end, a closed part ends at its start."""
    points: list[Point] = []
    for command, values in _commands(data):
        if command in "SM":
            if len(points) > 1:
                yield points
            points = []
        if command == "C":
            points += points[:1]
        else:
            points.append((values[-2], values[-1]))
    if len(points) > 1:
        yield points


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Yield the commands with their whole numbers of arguments; a cut-off rest is left out."""
    parts = _PATH_PART.findall(data)[:_MOST_PATH_PARTS]
    at = 0
    while at < len(parts):
        count = _ARGUMENTS.get(parts[at])
        if count is None:
            at += 1
            continue
        values = parts[at + 1 : at + 1 + count]
        if len(values) < count or any(value in _ARGUMENTS for value in values):
            return
        yield parts[at], [float(value) for value in values]
        at += 1 + count


def _stated_extent(element: Element, size: float) -> tuple[float, float]:
    """Return where a text object ends and the height of its line, by its Boundary where it has no CTM.

    The ascent of the font is not known; some writers state a size that is only the glyphs' height.
    """
    boundary = numbers(element.get("Boundary"))
    if len(boundary) != 4 or element.get("CTM"):
        return 0.0, size
    return boundary[2], boundary[3] if size < boundary[3] <= _MOST_HEIGHT * size else size


def _width(character: str, room: float, size: float) -> float:
    """Return a character's width: the room it has been given, where that is a width at all."""
    usual, least, most = _WIDTHS[is_wide(character)]
    return room if least * size <= room <= most * size else usual * size


def _places(code: Element, x: float, y: float, end: float) -> Iterator[tuple[str, float, float, float]]:
    """Yield the characters of a run with their places, and the room to the next one or to the `end`."""
    text = (code.text or "").strip("\r\n\t")
    right, down = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
    for number, character in enumerate(text):
        step_x = right[number] if number < len(right) else 0.0
        step_y = down[number] if number < len(down) else 0.0
        room = abs(step_x) if number + 1 < len(text) else end - x
        yield character, x, y, room if not step_y else 0.0
        x, y = x + step_x, y + step_y


def _seen(character: str, coded: bool) -> str:
    """Return the character; U+FFFD where the file does not say which one its glyph is."""
    private = 0xE000 <= ord(character) <= 0xF8FF or ord(character) < 0x20
    return _REPLACEMENT if private or (character == _GLYPH_ONLY and not coded) else character


def _point(x: float, y: float, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _mapped(box: Sequence[float], matrix: Matrix) -> Box:
    x0, top, x1, bottom = box
    corners = [_point(x, y, matrix) for x, y in ((x0, top), (x1, top), (x0, bottom), (x1, bottom))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))
