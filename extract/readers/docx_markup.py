"""Names and small look-ups of WordprocessingML, for both the transitional and the strict namespace."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TRANSPARENT = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple"}
)
_OFF = frozenset({"0", "false", "off", "none"})


class Names:
    """Tag names in the namespace that a part is written in."""

    def __init__(self, root: Element) -> None:
        """Take the namespace from the root element of a part."""
        self.namespace = STRICT if root.tag.startswith(f"{{{STRICT}}}") else TRANSITIONAL
        self._prefix = f"{{{self.namespace}}}"

    def tag(self, local: str) -> str:
        """Return the full name of `local`."""
        return self._prefix + local

    def local(self, element: Element) -> str:
        """Return the local name of an element of this namespace, "" for any other."""
        tag = element.tag
        return tag[len(self._prefix) :] if isinstance(tag, str) and tag.startswith(self._prefix) else ""

    def find(self, element: Element | None, *path: str) -> Element | None:
        """Follow children by local names; None where one is missing."""
        found: Element | None = element
        for local in path:
            if found is None:
                return None
            found = found.find(self._prefix + local)
        return found

    def value(self, element: Element | None, *path: str, attribute: str = "val") -> str | None:
        """Return an attribute of the element at `path`, None where either is missing."""
        found = self.find(element, *path)
        if found is None:
            return None
        value: str | None = found.get(self._prefix + attribute)
        return value

    def number(self, element: Element | None, *path: str, attribute: str = "val", default: int = 0) -> int:
        """Return an attribute as a whole number, `default` where it is none."""
        value = self.value(element, *path, attribute=attribute) or ""
        return int(value) if value.lstrip("-").isascii() and value.lstrip("-").isdigit() else default

    def is_on(self, element: Element, *path: str) -> bool:
        """Tell whether a toggle such as w:vanish is there and not switched off."""
        found = self.find(element, *path)
        return found is not None and str(found.get(self._prefix + "val", "1")).lower() not in _OFF

    def children(self, element: Element) -> Iterator[Element]:
        """Yield children; content controls, insertions and the like are looked through.

        Deleted and moved-away content never appears; of alternatives only the first is taken.
        """
        for child in element:
            local = self.local(child)
            if local in {"del", "moveFrom"}:
                continue
            if local in _TRANSPARENT:
                yield from self.children(child)
            elif child.tag == f"{_MC}AlternateContent":
                yield from self._alternative(child)
            else:
                yield child

    def _alternative(self, element: Element) -> Iterator[Element]:
        choice = element.find(f"{_MC}Choice")
        chosen = choice if choice is not None and len(choice) else element.find(f"{_MC}Fallback")
        if chosen is not None:
            yield from self.children(chosen)
