"""Modules meet through `public.py` alone, and files stay small enough to read."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "karavan"

# The composition roots gather routers, tables, handlers and tasks from every module.
GATHERERS = {
    "karavan/api.py",
    "karavan/app.py",
    "karavan/worker.py",
    "karavan/tables.py",
}


def python_files() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations/versions" not in str(path))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def module_of(dotted: str) -> str | None:
    parts = dotted.split(".")
    return parts[2] if parts[:2] == ["karavan", "modules"] and len(parts) > 2 else None


def test_only_public_is_imported_from_outside_a_module() -> None:
    offences = []
    for path in python_files():
        relative = path.relative_to(ROOT).as_posix()
        home = module_of(relative.removesuffix(".py").replace("/", "."))
        if relative in GATHERERS:
            continue
        for name in imported(path):
            module = module_of(name)
            if module is None or module == home:
                continue
            part = name.split(".")[3:4]
            if part and part != ["public"]:
                offences.append(f"{relative} imports {name}")
    assert offences == []


def test_relationships_do_not_leave_their_module() -> None:
    offences = [
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.glob("modules/*/models*")
        if path.is_file() and "relationship(" in path.read_text()
    ]
    assert offences == []


def test_only_the_unit_of_work_commits() -> None:
    committing = {
        path.relative_to(ROOT).as_posix()
        for path in python_files()
        if "session.commit()" in path.read_text()
    }
    assert committing == {"karavan/kit/db.py"}


def test_savepoints_take_appended_rows_with_them() -> None:
    """A bare savepoint would roll back the change and still tell of it: events are written at the end."""
    nesting = {
        path.relative_to(ROOT).as_posix()
        for path in python_files()
        if "begin_nested()" in path.read_text()
    }
    assert nesting == {"karavan/kit/db.py"}


@pytest.mark.parametrize("limit", [400])
def test_files_are_short(limit: int) -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in [*python_files(), *sorted((ROOT / "tests").rglob("*.py"))]
        if (lines := len(path.read_text().splitlines())) > limit
    }
    assert long == {}


def test_modules_of_tests_have_names_of_their_own() -> None:
    """Two of one name cannot be collected in one run."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("limit", [70])
def test_functions_are_short(limit: int) -> None:
    long = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > limit:
                    long.append(f"{path.relative_to(ROOT)}:{node.name} {lines}")
    assert long == []


def test_no_naive_time() -> None:
    offences = [
        f"{path.relative_to(ROOT)}: {call}"
        for path in python_files()
        for call in ("datetime.utcnow(", "datetime.now()", "date.today()")
        if call in path.read_text()
    ]
    assert offences == []
