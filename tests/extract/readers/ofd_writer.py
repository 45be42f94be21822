"""Write small OFD files: text objects, paths, templates and composites, in the ways that writers differ."""

import io
import zipfile
from dataclasses import dataclass, field

NAMESPACE = "http://www.ofdspec.org/2016"
SIZE = 4.0


def text(x, y, string, *, more="", size=SIZE, deltas=None):
    """A text object whose baseline is at y, in millimetres."""
    steps = deltas or " ".join(str(size if ord(c) > 0x2E80 else size / 2) for c in string[:-1])
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} {size * len(string)} {size}" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{string}</ofd:TextCode></ofd:TextObject>'
    )


def path(data, *, boundary="0 0 210 297", more=""):
    """A path object."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{boundary}" LineWidth="0.2" {more}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(rows, xs, y, *, height=8):
    """A full grid with one text a cell; the rules are lines."""
    ys = [y + height * number for number in range(len(rows) + 1)]
    parts = [path(f"M {xs[0]} {at} L {xs[-1]} {at}") for at in ys]
    parts += [path(f"M {at} {ys[0]} L {at} {ys[-1]}") for at in xs]
    parts += [
        text(left + 1, top + 6, cell)
        for row, top in zip(rows, ys, strict=False)
        for cell, left in zip(row, xs, strict=False)
        if cell
    ]
    return "".join(parts)


@dataclass
class Ofd:
    """A package in the making; `pages` are the content of layers."""

    pages: list[str]
    page_box: str | None = "0 0 210 297"
    common: str = ""
    page_parts: str = ""
    files: dict[str, bytes | str] = field(default_factory=dict)
    namespace: str = NAMESPACE
    root: str = "Doc_0/Document.xml"
    base: str = "Pages/Page_{}/Content.xml"

    def part(self, name, inside):
        """An XML part with the namespace declared."""
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        return f'{head}<ofd:{name} xmlns:ofd="{self.namespace}">{inside}</ofd:{name}>'

    def page(self, content):
        """A page of one layer."""
        return self.part(
            "Page", f"{self.page_parts}<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"
        )

    def bytes(self) -> bytes:
        """The finished file."""
        area = f"<ofd:PageArea><ofd:PhysicalBox>{self.page_box}</ofd:PhysicalBox></ofd:PageArea>"
        common = f"<ofd:CommonData>{area if self.page_box else ''}{self.common}</ofd:CommonData>"
        listed = "".join(
            f'<ofd:Page ID="{n}" BaseLoc="{self.base.format(n)}"/>' for n in range(len(self.pages))
        )
        body = f"<ofd:DocBody><ofd:DocRoot>{self.root}</ofd:DocRoot></ofd:DocBody>"
        parts = {
            "OFD.xml": self.part("OFD", body),
            "Doc_0/Document.xml": self.part("Document", f"{common}<ofd:Pages>{listed}</ofd:Pages>"),
        }
        for number, content in enumerate(self.pages):
            parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = self.page(content)
        return zipped(parts | self.files)


def zipped(members):
    """A ZIP of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
