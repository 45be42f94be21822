"""A sample report as HTML: clean, pasted from a word processor, or as a page to print."""

import re
from html import escape

FIGURE = re.compile(r"\d[\d.,]*")
PRINT_STYLE = """
@page { size: A4; margin: 2.6cm 2.4cm 2.2cm 2.6cm }
body { font-family: "Noto Serif CJK SC", serif; font-size: 15pt; line-height: 1.75; margin: 0 }
h1 { font-size: 21pt; text-align: center; line-height: 1.5; margin: 0 0 18pt }
h2 { font-size: 16pt; font-family: "Noto Sans CJK SC", sans-serif; margin: 12pt 0 6pt; break-after: avoid }
h3 { font-size: 15pt; margin: 6pt 0; break-after: avoid }
p { margin: 0; text-indent: 2em; text-align: justify }
table { border-collapse: collapse; width: 100%; margin: 6pt 0 }
td { border: 1px solid #000; font-size: 10pt; line-height: 1.35; padding: 2pt 3pt; text-align: center }
tr { break-inside: avoid }
"""


def clean(report):
    """The body of a clean article: headings, paragraphs and plain tables."""
    return "\n".join(_clean_block(block) for block in report.blocks)


def to_print(report):
    """A whole page for the printer; long tables break over pages."""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(report.title)}</title>'
        f"<style>{PRINT_STYLE}</style></head><body><h1>{escape(report.title)}</h1>\n{clean(report)}</body></html>"
    )


def _clean_block(block):
    if block.kind == "table":
        rows = "\n".join(f"<tr>{''.join(map(_clean_cell, row))}</tr>" for row in block.rows)
        return f'<table class="nb-table">\n<tbody>\n{rows}\n</tbody>\n</table>'
    tag = {"section": "h2", "part": "h3", "paragraph": "p"}[block.kind]
    return f"<{tag}>{escape(block.text)}</{tag}>"


def _clean_cell(cell):
    return f"<td{_spans(cell)}>{escape(cell.text)}</td>"


def _spans(cell):
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return rows + columns


def pasted(report):
    """The body as a word processor pastes it: MsoNormal, a span for each run of figures, o:p."""
    last = max(index for index, block in enumerate(report.blocks) if block.kind == "section")
    blocks = [_pasted_block(block, is_last=index == last) for index, block in enumerate(report.blocks)]
    return "<div class=WordSection1 style='layout-grid:15.6pt'>\n" + "\n".join(blocks) + "\n</div>"


def _pasted_block(block, *, is_last):
    if block.kind == "table":
        return _pasted_table(block.rows)
    bold = block.kind != "paragraph"
    bookmark = '<a name="_GoBack"></a>' if is_last else ""
    font = "黑体" if block.kind == "section" else "仿宋_GB2312"
    return (
        "<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt;\n"
        f"mso-line-height-rule:exactly'>{bookmark}{_runs(block.text, font, '16.0pt', bold=bold)}</p>\n"
    )


def _pasted_table(rows):
    opening = (
        '<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 width="100%"\n'
        "style='width:100.0%;border-collapse:collapse;border:none;mso-border-alt:solid windowtext .5pt;\n"
        "mso-yfti-tbllook:1184;mso-padding-alt:0cm 5.4pt 0cm 5.4pt'>"
    )
    lines = [opening]
    for index, row in enumerate(rows):
        cells = "\n".join(_pasted_cell(cell) for cell in row)
        lines.append(
            f" <tr style='mso-yfti-irow:{index};page-break-inside:avoid;height:22.7pt'>\n{cells}\n </tr>"
        )
    return "\n".join([*lines, "</table>", "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"])


def _pasted_cell(cell):
    return (
        f"  <td{_spans(cell)} style='border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;\n"
        "  padding:0cm 5.4pt 0cm 5.4pt;height:22.7pt'>\n"
        "  <p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'>"
        f"{_runs(cell.text, '宋体', '10.5pt', bold=False)}</p>\n  </td>"
    )


def _runs(text, font, size, *, bold):
    """Write a run for each stretch of figures and of other characters, as the word processor does."""
    weight = "<b>", "</b>"
    opening, closing = weight if bold else ("", "")
    runs, place = [], 0
    for found in FIGURE.finditer(text):
        runs += [_chinese(text[place : found.start()], font, size), _figures(found[0], font, size)]
        place = found.end()
    runs.append(_chinese(text[place:], font, size))
    return opening + "".join(runs) + f"<span lang=EN-US style='font-size:{size}'><o:p></o:p></span>" + closing


def _chinese(text, font, size):
    if not text:
        return ""
    style = f"font-size:{size};font-family:{font};mso-hansi-font-family:{font};mso-bidi-font-family:宋体"
    return f"<span style='{style}'>{escape(text)}</span>"


def _figures(text, font, size):
    """Split longer figures over two spans: `20</span><span>24` is what pasted pages really hold."""
    parts = [text] if len(text) < 4 else [text[:2], text[2:]]
    style = f"font-size:{size};mso-fareast-font-family:{font}"
    return "".join(f"<span\nlang=EN-US style='{style}'>{part}</span>" for part in parts)
