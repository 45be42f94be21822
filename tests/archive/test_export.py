"""The data set is the public copy, whole, the same bytes every time, and safe in a spreadsheet."""

import csv
import hashlib
import json
import sqlite3

import openpyxl
import pyarrow.parquet as pq
import pytest

from archive.errors import ExportRefused, NotPublished
from archive.export import export
from archive.public import public_tables
from archive.publish import publish
from archive.tabular import WRITERS, defused
from config.site import SiteSettings
from tests.archive.filled import HOSTILE, SECRET, add_body, fill

SETTINGS = SiteSettings()
LONG = {"sections", "facts", "problems", "finding"}


@pytest.fixture
def copy(archive, places):
    """A public copy with a body whose name is a formula."""
    fill(archive)
    add_body(archive, "evil", "=HYPERLINK(1)")
    publish(archive, places.public_database, SETTINGS)
    return places.public_database


def rows_of(folder, name, format_):
    """Read a table back as text cells, None for null."""
    path = folder / f"{name}.{format_}"
    if format_ == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return [{key: value or None for key, value in row.items()} for row in rows]
    if format_ == "jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if format_ == "parquet":
        return pq.read_table(path).to_pylist()
    values = list(openpyxl.load_workbook(path).active.values)
    return [dict(zip(values[0], row, strict=True)) for row in values[1:]]


@pytest.mark.parametrize("format_", sorted(WRITERS))
def test_export_holds_every_row_and_value_of_the_public_copy(copy, tmp_path, format_):
    """Nothing is lost on the way into a file."""
    export(copy, tmp_path / "out", format_, SETTINGS)
    db = sqlite3.connect(copy)
    db.row_factory = sqlite3.Row
    for table in public_tables().tables:
        order = ", ".join(table.key)
        expected = [dict(row) for row in db.execute(f"select * from {table.name} order by {order}")]
        found = rows_of(tmp_path / "out", table.name, format_)
        assert len(found) == len(expected), table.name
        for row, other in zip(expected, found, strict=True):
            for name, value in row.items():
                if format_ == "xlsx" and name in LONG:
                    assert name not in other
                elif format_ in {"csv", "xlsx"}:
                    assert str(other[name] or "") == str(defused(value) if value is not None else "") or (
                        value == 0 and str(other[name]) == "0"
                    )
                else:
                    assert other[name] == value
    db.close()


@pytest.mark.parametrize("format_", sorted(WRITERS))
def test_two_exports_are_byte_identical(copy, tmp_path, format_):
    """Also those formats that like to write the time."""
    for name in ("one", "two"):
        export(copy, tmp_path / name, format_, SETTINGS)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    )
    assert one == two


def test_checksums_and_dictionary_describe_the_files(copy, tmp_path):
    """Hashes, keys, types, and words in both languages for every column."""
    export(copy, tmp_path / "out", "csv", SETTINGS)
    for line in (tmp_path / "out" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert set(resources) == {table.name for table in public_tables().tables}
    fields = {field["name"]: field for field in resources["disclosure_lines"]["schema"]["fields"]}
    assert fields["amount"] == {"name": "amount", "type": "number", "title": "金额 (万元)",
                                "title_en": "amount (10 000 yuan)", "unit": "万元"}  # fmt: skip
    assert {"fields": ["body"], "reference": {"resource": "bodies", "fields": ["id"]}} in (
        resources["body_years"]["schema"]["foreignKeys"]
    )


def test_export_keeps_every_secret(copy, tmp_path):
    """What the public copy does not hold cannot be exported."""
    export(copy, tmp_path / "out", "jsonl", SETTINGS)
    assert all(SECRET.encode() not in path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert HOSTILE in rows_of(tmp_path / "out", "bodies", "jsonl")[0]["name"]


def test_formulas_in_text_are_defused(copy, tmp_path):
    """A name that begins with = is text in a spreadsheet."""
    for format_ in ("csv", "xlsx"):
        export(copy, tmp_path / format_, format_, SETTINGS)
        names = {row["id"]: row["name"] for row in rows_of(tmp_path / format_, "bodies", format_)}
        assert names["evil"] == "'=HYPERLINK(1)"


def test_foreign_folder_is_left_alone(copy, tmp_path):
    """Only an empty folder or an earlier export is written into."""
    (tmp_path / "mine").write_text("x")
    with pytest.raises(ExportRefused, match="不是空目录"):
        export(copy, tmp_path, "csv", SETTINGS)


def test_export_before_publish_says_what_to_do(tmp_path):
    """There is nothing public yet."""
    with pytest.raises(NotPublished, match="nianbao publish"):
        export(tmp_path / "none.db", tmp_path / "out", "csv", SETTINGS)


def test_dictionary_says_nothing_that_validators_refuse(copy, tmp_path):
    """A licence has a name; no column is called required that may be empty (frictionless refuses both)."""
    export(copy, tmp_path / "out", "csv", SETTINGS)
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    for resource in package["resources"]:
        required = {
            field["name"]
            for field in resource["schema"]["fields"]
            if field.get("constraints", {}).get("required")
        }
        rows = rows_of(tmp_path / "out", resource["name"], "csv")
        assert all(row[name] for row in rows for name in required), resource["name"]


def test_own_licence_is_not_called_by_the_name_of_ours(copy, tmp_path):
    """Words without a name stay words."""
    export(copy, tmp_path / "out", "csv", SiteSettings(licence="保留权利"))
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert "licenses" not in package
    assert package["description"].startswith("保留权利")


def test_workbook_names_its_extent(copy, tmp_path):
    """Blank cells at the end of a row are read as blank, not as missing."""
    export(copy, tmp_path / "out", "xlsx", SETTINGS)
    book = openpyxl.load_workbook(tmp_path / "out" / "request_lines.xlsx", read_only=True)
    assert {len(row) for row in book.active.iter_rows()} == {9}
    book.close()
