"""Draw small PDFs: tables with rules, text, rotation, on A4 pages with the origin at the top left."""

import io
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
SIZE = 10.5
WIDTH, HEIGHT = A4
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass
class Drawing:
    """A PDF in the making; y counts down from the top of the page."""

    encrypt: object = None
    rotation: int = 0
    stream: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self):
        """Open the first page."""
        size = (HEIGHT, WIDTH) if self.rotation % 180 else A4  # reportlab swaps them when it rotates
        self.canvas = Canvas(self.stream, pagesize=size, encrypt=self.encrypt)
        self._begin()

    def _begin(self):
        self.canvas.setFont(FONT, SIZE)
        if self.rotation:
            self.canvas.setPageRotation(self.rotation)

    def text(self, x, y, text, size=SIZE):
        """Write text with its baseline at y."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def centred(self, y, text, size=SIZE):
        """Write text in the middle of the page."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawCentredString(WIDTH / 2, HEIGHT - y, text)

    def paragraph(self, y, text, *, left=80, per_line=40, pitch=20):
        """Write text over full lines, the first one indented by two characters; return the next y."""
        text = "　　" + text
        for start in range(0, len(text), per_line):
            self.text(left, y, text[start : start + per_line])
            y += pitch
        return y

    def line(self, x0, y0, x1, y1):
        """Draw a rule."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def table(self, y, rows, xs, *, height=20, skip=()):
        """Draw a full grid with one text a cell; `skip` names rules ("h"|"v", index) to leave out."""
        ys = [y + height * number for number in range(len(rows) + 1)]
        for number, at in enumerate(ys):
            if ("h", number) not in skip:
                self.line(xs[0], at, xs[-1], at)
        for number, at in enumerate(xs):
            if ("v", number) not in skip:
                self.line(at, ys[0], at, ys[-1])
        for row, top in zip(rows, ys, strict=False):
            for text, left in zip(row, xs, strict=False):
                for place, part in enumerate(text.split("\n")):
                    self.text(left + 4, top + 13 + 12 * place, part)
        return ys[-1]

    def next_page(self):
        """Begin another page."""
        self.canvas.showPage()
        self._begin()

    def pdf(self) -> bytes:
        """The finished file."""
        self.canvas.save()
        return self.stream.getvalue()
