"""Write the sample portal's site: `python tests/monitor/demo/build/build_site.py [--documents] [OUT]`.

The pages are written by hand as data (pages.yml, reports/*.txt, reports/figures.yml) and templates; this
joins them into the static files of monitor/demo/site, which are committed and shipped. The prose of the
five real reports is that of the published originals, line wraps joined; their figures are the
originals'. The attachments are rendered only with --documents and committed too: the DOCX by
python-docx, one PDF from such a DOCX by LibreOffice, one PDF from HTML by Chromium (Debian: apt-get
install chromium libreoffice-writer fonts-noto-cjk). OUT is monitor/demo/site where it is not given.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import report_html
import yaml
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from report_docx import write_docx
from report_source import read_report

HERE = Path(__file__).parent
SITE = HERE.parents[3] / "monitor" / "demo" / "site"
LONGEST_SHOWN_TITLE = 25
SITE_CHANGED_AT = "2025-03-31 09:00"
TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def build(out, *, documents):
    """Write every page below `out`, and the manifest of types and dates that the server reads."""
    pages = yaml.safe_load((HERE / "pages.yml").read_text("utf-8"))
    columns = {column["path"]: column for column in pages["columns"]}
    articles = [_completed(article) for article in pages["articles"]]
    render = _renderer(columns)
    manifest = {}

    def write(path, content, changed_at=SITE_CHANGED_AT, kind=None):
        target = out / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        manifest[path] = [kind or TYPES[target.suffix], changed_at]

    for path, content in _lists(columns, articles, render):
        write(path, content)
    for article in articles:
        kind = "text/html" if "encoding" in article else None
        write(article["path"], _article(article, columns, articles, render), article["published"], kind)
        for file in article.get("attachments", ()):
            if documents:
                _write_document(file, out)
            manifest[file["path"]] = [TYPES[Path(file["path"]).suffix], article["published"]]
    for name in ("sitemap", "search", "404"):
        write(f"/{name}.html", render(f"{name}.html").encode())
    for path in sorted((HERE / "static").rglob("*.*")):
        write(f"/{path.relative_to(HERE / 'static').as_posix()}", path.read_bytes())
    lines = ",\n".join(f"{json.dumps(path)}: {json.dumps(manifest[path])}" for path in sorted(manifest))
    (out / "manifest.json").write_text(f"{{\n{lines}\n}}\n", "utf-8")


def _renderer(columns):
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)

    def render(template, **values):
        return environment.get_template(template).render(columns=list(columns.values()), **values) + "\n"

    return render


def _completed(article):
    title = article["title"]
    long = len(title) > LONGEST_SHOWN_TITLE
    folder, _, name = article["path"].rpartition("/")
    return {
        **article,
        "published": str(article["published"])[:16],
        "day": str(article["published"])[:10],
        "column": article.get("column") or folder.rpartition("/")[0] + "/",
        "number": f"{str(article['published'])[:4]}-{name.removesuffix('.html').rpartition('_')[2]:0>5}",
        "shown_title": f"{title[:LONGEST_SHOWN_TITLE]}..." if long else title,
    }


def _lists(columns, articles, render):
    """Yield (path, page) of the front page and of every page of every column."""
    shown = {path: _of_column(path, articles) for path in columns}
    newest = {path: found[:4] for path, found in shown.items()}
    yield "/index.html", render("home.html", newest=newest).encode()
    for path, column in columns.items():
        found = shown[path] or [item for other in columns if other.startswith(path) for item in newest[other]]
        size = column.get("page_size", 20)
        pages = [found[start : start + size] for start in range(0, len(found), size)]
        names = ["index.html", *(f"index_{number}.html" for number in range(1, len(pages)))]
        for number, name in enumerate(names):
            yield path + name, render(
                "list.html", column=column, trail=_trail(column, columns), articles=pages[number],
                page=number + 1, pages=len(pages), names=names, total=len(found),
            ).encode()  # fmt: skip


def _of_column(path, articles):
    found = [article for article in articles if article["column"] == path]
    return sorted(found, key=lambda article: article["published"], reverse=True)


def _trail(column, columns):
    parent = column.get("parent")
    return [*([columns[parent]] if parent else []), column]


def _article(article, columns, articles, render):
    column = columns[article["column"]]
    related = [other for other in _of_column(column["path"], articles) if other is not article][:3]
    page = render(
        article.get("template", "article.html"), article=article, column=column, related=related,
        trail=_trail(column, columns), body=Markup(_body(article)),
    )  # fmt: skip
    return page.encode(article.get("encoding", "utf-8"))


def _body(article):
    if "report" not in article:
        return article.get("html", "").strip()
    report = read_report(article["report"])
    return report_html.pasted(report) if article.get("pasted") else report_html.clean(report)


def _write_document(file, out):
    report = read_report(file["report"])
    target = out / file["path"].lstrip("/")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if file["made_by"] == "chromium":
            _print_with_chromium(report, work)
        else:
            write_docx(report, work / "report.docx")
            if file["made_by"] == "libreoffice":
                _convert_with_libreoffice(work)
        shutil.copyfile(work / f"report{target.suffix}", target)


def _print_with_chromium(report, work):
    (work / "report.html").write_text(report_html.to_print(report), "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    folders = [f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={work / 'report.pdf'}"]
    subprocess.run(["chromium", *options, *folders, (work / "report.html").as_uri()], check=True)


def _convert_with_libreoffice(work):
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        work,
        work / "report.docx",
    ]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out", nargs="?", type=Path, default=SITE)
    arguments.add_argument("--documents", action="store_true", help="render the attachments too")
    chosen = arguments.parse_args()
    build(chosen.out, documents=chosen.documents)
