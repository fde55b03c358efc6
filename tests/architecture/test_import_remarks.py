"""Whatever an import can find wrong with a cell is said in Russian and Kazakh too."""

import ast
from pathlib import Path
from string import Formatter

import karavan.app  # noqa: F401  # declares the kinds of imports
from karavan.kit.imports import kinds
from karavan.kit.imports.remarks import SENTENCES

ROOT = Path(__file__).resolve().parents[2] / "karavan"
FOLDERS = (ROOT / "kit" / "imports", ROOT / "modules" / "catalogue" / "importing")


def codes_of(source: str) -> set[str]:
    """Codes that a module raises as `CellError("code", …)` or notes as `Fault`, `refuse` or `warn` of a field."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        named = getattr(node.func, "id", getattr(node.func, "attr", None))
        told: ast.expr | None = node.args[0] if named == "CellError" else None
        if named in {"Fault", "refuse", "warn"} and len(node.args) > 2:
            told = node.args[1]
        if isinstance(told, ast.Constant) and isinstance(told.value, str):
            found.add(told.value)
    return found


def test_every_code_has_its_sentences():
    raised = {
        code
        for folder in FOLDERS
        for path in folder.rglob("*.py")
        for code in codes_of(path.read_text())
    }
    assert len(raised) > 30
    said = {*SENTENCES}
    for kind in kinds._kinds.values():
        said |= {key.rpartition(".")[2] for key in kind.remarks.sentences}
    assert raised - said == set()


def test_sentences_name_the_same_facts_in_every_language():
    tables = [SENTENCES, *(kind.remarks.sentences for kind in kinds._kinds.values())]
    for table in tables:
        for code, (russian, kazakh) in table.items():
            assert facts_of(russian) == facts_of(kazakh), code


def facts_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
