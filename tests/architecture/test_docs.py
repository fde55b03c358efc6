"""Tables in the documentation that the code can write are written by it: `KARAVAN_WRITE_DOCS=1` renews them."""

import json
import os
import re
import sys
from pathlib import Path

from fastapi import FastAPI
from pydantic import BaseModel

from karavan.kit.errors import declared_errors
from karavan.kit.lifecycle import Lifecycle
from karavan.settings import Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def settings_of(model: type[BaseModel], prefix: str) -> list[list[str]]:
    rows = []
    for name, field in model.model_fields.items():
        variable = (
            str(field.validation_alias) if field.validation_alias else f"{prefix}{name.upper()}"
        )
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            rows += settings_of(kind, f"{variable}__")
            continue
        default = field.get_default(call_default_factory=True)
        shown = (
            ""
            if "Secret" in repr(default) or default in ("", None) or "Path" in repr(default)
            else f"`{default}`"
        )
        rows.append([f"`{variable}`", shown, field.description or ""])
    return rows


def check(path: Path, name: str, content: str) -> None:
    text = path.read_text()
    pattern = re.compile(rf"(<!-- {name}: [^>]*-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    assert pattern.search(text), f"{path} has no place for {name}"
    fresh = pattern.sub(lambda match: f"{match[1]}\n{content}\n\n{match[2]}", text)
    if os.environ.get("KARAVAN_WRITE_DOCS"):
        path.write_text(fresh)
    assert path.read_text() == fresh, (
        f"{path.name} is out of date: run this test with KARAVAN_WRITE_DOCS=1"
    )


def test_the_settings_table_is_fresh() -> None:
    rows = settings_of(Settings, "KARAVAN_")
    assert [row[0] for row in rows if not row[2]] == []
    check(DOCS / "operations.md", "settings", table(["variable", "default", "what"], rows))


def test_the_errors_table_is_fresh(app: FastAPI) -> None:
    from karavan.app import openapi_document

    openapi_document(app)
    rows = [
        [f"`{code}`", str(int(error.status)), error.title]
        for code, error in sorted(declared_errors().items())
        if error.__module__.startswith("karavan.")
    ]
    check(DOCS / "api-guide.md", "errors", table(["code", "status", "meaning"], rows))


def test_the_trail_has_a_word_for_everything_that_is_done(app: FastAPI) -> None:
    """Whoever reads the audit log reads sentences, not our names."""
    root = DOCS.parent
    words = json.loads((root / "web/src/locales/en/audit.json").read_text())
    done = {
        (lifecycle.name, transition.name)
        for module in list(sys.modules.values())
        if module.__name__.startswith("karavan.")
        for lifecycle in vars(module).values()
        if isinstance(lifecycle, Lifecycle)
        for transition in lifecycle.transitions
    }
    for source in (root / "karavan").rglob("*.py"):
        found = re.findall(r'"([a-z_-]+)\.([a-z_-]+)",\s+target_type=', source.read_text())
        done.update((noun, verb) for noun, verb in found)
    assert len(done) > 100
    assert {noun for noun, _ in done} - words["nouns"].keys() == set()
    assert {verb for _, verb in done} - words["verbs"].keys() == set()


def test_every_proof_that_the_security_page_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/.*]+)`", (DOCS / "security.md").read_text())
    assert len(named) > 10
    assert [one for one in named if not list(DOCS.parent.glob(one))] == []


def test_the_glossary_explains_a_word_once() -> None:
    words = re.findall(r"^\| ([^|]+) \|", (DOCS / "glossary.md").read_text(), re.MULTILINE)
    assert len(words) > 50
    assert len(words) == len(set(words))
