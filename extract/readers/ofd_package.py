"""The structure of an OFD (GB/T 33190-2016): documents, pages, templates, resources.

A ZIP of XML. Paths inside are resolved by name against the package's members and nothing else; writers
disagree about capitals, slashes and where the page's size is stated, all of which is allowed for here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml.etree import _Element as Element

from extract.errors import EncryptedDocument, TooLarge, UnreadableDocument
from extract.readers.limits import MAX_PAGES
from extract.readers.package import Package
from extract.readers.paged import Box, is_finite

MM_TO_PT = 72 / 25.4
_ROOT = "OFD.xml"
_ENCRYPTED = ("encryptions.xml", "encryptinfo.xml", "encryptentries.xml")
_A4_MM: Box = (0.0, 0.0, 210.0, 297.0)
_PAGE_BOXES = ("PhysicalBox", "ApplicationBox", "CropBox", "ContentBox")
_MOST_RESOURCES = 64
Numbers: TypeAlias = tuple[float, ...]


def local_name(element: Element) -> str:
    """Return an element's name without its namespace: old writers use other ones."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the child elements of these names, in order."""
    return (child for child in element if local_name(child) in names)


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child element of this name."""
    return None if element is None else next(children(element, name), None)


def numbers(text: str | None) -> Numbers:
    """Return the numbers of an attribute; () where one of them is none."""
    try:
        found = tuple(float(part) for part in (text or "").replace(",", " ").split())
    except ValueError:
        return ()
    return found if is_finite(*found) else ()


@dataclass(frozen=True, slots=True)
class PageSource:
    """One page: its box in millimetres, and the elements that hold its drawing, the lowest first."""

    box: Box
    contents: tuple[Element, ...]


class OfdDocument:
    """One document of the package: `pages` in order, and what its objects refer to by number."""

    def __init__(self, package: Package, root: str, names: dict[str, str]) -> None:
        """Read Document.xml at `root`; `names` maps the members' lower-case names to the real ones."""
        self._package = package
        self._names = names
        self._base = posixpath.dirname(root)
        self._root = package.read_xml(root)
        common = child(self._root, "CommonData")
        self._box = _box_of(child(common, "PageArea"))
        self._templates = {} if common is None else _by_id(children(common, "TemplatePage"))
        self._parsed: dict[str, Element] = {}
        self._resources = _Resources(self)
        if common is not None:
            for element in children(common, "PublicRes", "DocumentRes"):
                self._resources.add(element.text, self._base)

    def pages(self) -> Iterator[PageSource]:
        """Yield the pages; one whose part is missing is an empty page."""
        listed = child(self._root, "Pages")
        found = [] if listed is None else list(children(listed, "Page"))
        if len(found) > MAX_PAGES:
            raise TooLarge(f"OFD 有 {len(found)} 页，超过上限 {MAX_PAGES}")
        for element in found:
            name = self.member(element.get("BaseLoc"), self._base)
            yield self._page(name) if name else PageSource(self._box or _A4_MM, ())

    def _page(self, name: str) -> PageSource:
        page = self._package.read_xml(name)
        for resource in children(page, "PageRes"):
            self._resources.add(resource.text, self._base, posixpath.dirname(name))
        below: list[Element] = []
        above: list[Element] = []
        for used in children(page, "Template"):
            template = self._template(used.get("TemplateID", ""))
            if template is not None:
                (above if used.get("ZOrder", "").lower() == "foreground" else below).append(template)
        sources = [*below, page, *above]
        areas = [child(source, "Area") for source in (page, *below, *above)]
        box = next((box for area in areas if (box := _box_of(area))), self._box or _A4_MM)
        contents = (content for source in sources if (content := child(source, "Content")) is not None)
        return PageSource(box, tuple(contents))

    def _template(self, number: str) -> Element | None:
        element = self._templates.get(number)
        name = self.member(element.get("BaseLoc"), self._base) if element is not None else None
        return self.part(name) if name else None

    def part(self, name: str) -> Element:
        """Return a part that several pages share, parsed once."""
        if name not in self._parsed:
            self._parsed[name] = self._package.read_xml(name)
        return self._parsed[name]

    def member(self, location: str | None, *bases: str) -> str | None:
        """Return the member that `location` names, absolute in the package or relative to a base."""
        location = (location or "").strip().replace("\\", "/")
        for base in ("",) if location.startswith("/") else (*bases, ""):
            name = posixpath.normpath(posixpath.join(base, location.lstrip("/"))).lower()
            if location and name in self._names:
                return self._names[name]
        return None

    def composite(self, number: str | None) -> Element | None:
        """Return the drawing of the composite unit that an object refers to."""
        return self._resources.find("CompositeGraphicUnit", number)[0]

    def media(self, number: str | None) -> bytes | None:
        """Return the file of the picture that an object refers to."""
        element, base = self._resources.find("MultiMedia", number)
        file = child(element, "MediaFile")
        name = self.member(file.text, base, self._base) if file is not None else None
        return self._package.read(name) if name else None


class _Resources:
    """Resource lists, read when the first object asks for something in them."""

    def __init__(self, document: OfdDocument) -> None:
        self._document = document
        self._waiting: list[str] = []
        self._known: dict[tuple[str, str], tuple[Element, str]] = {}
        self._seen: set[str] = set()

    def add(self, location: str | None, *bases: str) -> None:
        name = self._document.member(location, *bases)
        if name and name not in self._seen and len(self._seen) < _MOST_RESOURCES:
            self._seen.add(name)
            self._waiting.append(name)

    def find(self, kind: str, number: str | None) -> tuple[Element | None, str]:
        """Return the resource and the folder that its own paths start from."""
        while self._waiting:
            name = self._waiting.pop()
            root = self._document.part(name)
            base = posixpath.join(posixpath.dirname(name), (root.get("BaseLoc") or "").strip("/"))
            for group in root:
                for element in group:
                    self._known[local_name(element), element.get("ID", "")] = (element, base)
        return self._known.get((kind, number or ""), (None, ""))


def documents(package: Package) -> Iterator[OfdDocument]:
    """Yield the documents of a package; raises EncryptedDocument or UnreadableDocument."""
    names = {name.replace("\\", "/").lower(): name for name in package.names}
    root = names.get(_ROOT.lower())
    if root is None:
        raise UnreadableDocument("OFD 缺少 OFD.xml，文件不完整")
    bodies = list(children(package.read_xml(root), "DocBody"))
    found = False
    for body in bodies:
        location = child(body, "DocRoot")
        path = (location.text or "").strip().replace("\\", "/").lstrip("/") if location is not None else ""
        member = names.get(posixpath.normpath(path).lower())
        if member:
            found = True
            yield OfdDocument(package, member, names)
    if not found:
        if any(name.rpartition("/")[2] in _ENCRYPTED for name in names):
            raise EncryptedDocument("OFD 有加密保护，无法打开")
        raise UnreadableDocument("OFD 中没有文档，文件不完整")


def _by_id(elements: Iterator[Element]) -> dict[str, Element]:
    return {element.get("ID", ""): element for element in elements}


def _box_of(area: Element | None) -> Box | None:
    """Return (left, top, width, height) in millimetres, where the area states one that has a size."""
    for name in _PAGE_BOXES:
        stated = child(area, name)
        found = numbers(stated.text) if stated is not None else ()
        if len(found) == 4 and found[2] > 0 and found[3] > 0:
            return (found[0], found[1], found[2], found[3])
    return None
