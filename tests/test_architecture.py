"""The house rules that a machine can check: imports one way, no cycles, small modules."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("config", "extract", "archive", "crawler", "monitor")
ALLOWED = {
    "config": set(),
    "extract": {"config"},
    "archive": {"config", "extract"},
    "crawler": {"config", "extract", "archive"},
    "monitor": {"config", "extract", "archive"},
}
ONLY_IN = {
    "scrapy": {"crawler"},
    "twisted": {"crawler"},
    "pdfplumber": {"extract"},
    "pypdfium2": {"extract"},
    "sqlite_utils": {"archive"},
    "datasette": {"archive"},
    "apscheduler": {"monitor"},
    "apprise": {"monitor"},
}
MOST_LINES = 300
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Full names of the modules that a file imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def module_name(path: Path) -> str:
    """`extract.model` for extract/model.py."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_module_imports_only_what_its_package_may(path):
    """Imports go one way, and each big library has one home."""
    package = path.relative_to(ROOT).parts[0]
    roots = {name.split(".")[0] for name in imports_of(path)}
    assert roots & set(PACKAGES) <= ALLOWED[package] | {package}
    assert [name for name in roots if package not in ONLY_IN.get(name, PACKAGES)] == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_module_is_small(path):
    """Above 300 lines it is two modules."""
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def test_there_are_no_import_cycles():
    """No module reaches itself through imports."""
    names = {module_name(path) for path in MODULES}
    graph = {module_name(path): imports_of(path) & names - {module_name(path)} for path in MODULES}
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"cycle: {' -> '.join((*way, name))}"
        if name not in done:
            for other in graph[name]:
                walk(other, (*way, name))
            done.add(name)

    for name in sorted(graph):
        walk(name, ())
