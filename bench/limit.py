"""What the database alone would allow: the statements of a request, sent by pgbench."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from bench.capture import Statement
from bench.identifiers import WRITTEN, in_sql
from bench.stage import Stage
from karavan.kit.embedded_postgres import program_path

CONNECTIONS = 32
THREADS = 2

_PLACEHOLDER = re.compile(r"\$(\d+)")
_TEXT = re.compile(r"'([^']*)'")
_TPS = re.compile(r"tps = ([\d.]+)")


class Script:
    """A pgbench script that repeats captured statements in one transaction, with other rows every time.

    Args:
        varying: values of the captured request and the SQL that stands for them; `:name` is one of `variables`.
        variables: lines of pgbench that run before each transaction.

    Attributes:
        numbers: pgbench variables that stay the same.
        constants: texts of the captured statements that only a variable can carry.
    """

    def __init__(
        self, variables: Sequence[str], varying: Mapping[Any, str], organisation: str, person: str
    ) -> None:
        self.varying: dict[Any, str] = dict(varying)
        self.constants: dict[str, str] = {}
        self.numbers: dict[str, int] = {}
        # SET takes no parameters, so the settings travel by function; the pipeline makes it one message, as in the
        # application.
        self.lines = [
            *variables,
            r"\startpipeline",
            "begin;",
            (
                f"select set_config('karavan.org_id', ({organisation})::text, true),"
                f" set_config('karavan.user_id', ({person})::text, true);"
            ),
            r"\endpipeline",
        ]

    def add(self, statement: Statement) -> None:
        """One more statement of the transaction."""

        def replace(found: re.Match[str]) -> str:
            return self._expression(statement.values[int(found[1]) - 1])

        # A format such as 'HH24:MI' would be taken for a variable: it is sent as the value of one.
        sql = _TEXT.sub(lambda found: self._literal(found[1]), statement.sql)
        self.lines.append(_PLACEHOLDER.sub(replace, sql).strip() + ";")

    @property
    def text(self) -> str:
        """The script."""
        return "\n".join([*self.lines, "commit;"]) + "\n"

    def _expression(self, value: Any) -> str:
        if isinstance(value, (str, UUID, bytes)) and value in self.varying:
            return self.varying[value]
        if isinstance(value, (list, tuple)) and any(isinstance(one, UUID) for one in value):
            return f"array[{', '.join(self._expression(one) for one in value)}]"
        if isinstance(value, UUID):
            # The request made it: another one every time, the same wherever it is repeated within one.
            fresh = in_sql(WRITTEN + len(self.varying), ":pair")
            self.varying[value] = fresh
            return fresh
        return self._literal(value)

    def _literal(self, value: Any) -> str:
        if value is None:
            return "null"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float, Decimal)):
            return str(value)
        if isinstance(value, bytes):
            return f"decode('{value.hex()}', 'hex')"
        text = _as_text(value)
        if ":" in text or "\\" in text:
            # pgbench would take a colon for one of its variables; as a variable's value it is left alone.
            name = f"constant{len(self.constants)}"
            self.constants[name] = text
            return f":{name}"
        return "'" + text.replace("'", "''") + "'"


def _as_text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        quoted = (str(one).replace("\\", "\\\\").replace('"', '\\"') for one in value)
        return "{" + ",".join(f'"{one}"' for one in quoted) + "}"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)


def transactions_per_second(stage: Stage, script: Script, *, base: int = 0) -> float:
    """How many of the script's transactions PostgreSQL does with as many connections as the load has.

    Args:
        base: pairs of a buyer's request and a vendor are counted from here, so that no two runs write the same rows.
    """
    path = stage.directory / "limit.sql"
    path.write_text(script.text)
    _run(stage, script, path, seconds=stage.warm_up_s, base=base)
    return _run(stage, script, path, seconds=stage.seconds, base=base + stage.stride)


def _run(stage: Stage, script: Script, path: Path, *, seconds: float, base: int) -> float:
    parts = urlsplit(stage.settings.database_url)
    defined = {"i": "0", "base": str(base), **script.constants, **script.numbers}
    command = [
        str(program_path("pgbench")),
        *("--no-vacuum", "--protocol=prepared", f"--file={path}"),
        *(f"--client={CONNECTIONS}", f"--jobs={THREADS}", f"--time={max(round(seconds), 1)}"),
        *(f"--define={name}={value}" for name, value in defined.items()),
        *(f"--host={parts.hostname}", f"--port={parts.port}", f"--username={parts.username}"),
        parts.path.removeprefix("/"),
    ]
    ended = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={"PGPASSWORD": unquote(parts.password or "")},
    )
    found = _TPS.search(ended.stdout)
    if ended.returncode or found is None:
        raise RuntimeError(f"pgbench failed: {ended.stderr or ended.stdout}\n{script.text}")
    return float(found[1])


def limit_of(database_per_s: float, bare_per_s: float) -> float:
    """What a request could reach at best, if all that it costs were its statements and a bare request."""
    return 1 / (1 / database_per_s + 1 / bare_per_s)
