"""Which Python the environment is made with."""

import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "find_python.sh"


def _interpreter(directory: Path, name: str, answer: str) -> Path:
    """A command that answers the race as an interpreter would; without an answer it is a version manager's empty promise."""
    directory.mkdir(exist_ok=True)
    path = directory / name
    path.write_text(f"#!/bin/sh\necho '{answer}'\n" if answer else "#!/bin/sh\nexit 127\n")
    path.chmod(0o755)
    return path


def _found(*directories: Path, python: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": ":".join(map(str, directories))}
    if python is not None:
        environment["PYTHON"] = python
    return subprocess.run(
        ["/bin/sh", SCRIPT], env=environment, capture_output=True, text=True, check=False
    )


def test_the_newest_python_is_taken_unless_an_older_one_is_clearly_quicker(tmp_path: Path) -> None:
    first, second = tmp_path / "of a manager", tmp_path / "of the system"
    _interpreter(first, "python3.14", "")
    _interpreter(first, "python3.13", "10000 /newest/python3.13")
    _interpreter(first, "python3.11", "9100 /older/python3.11")
    assert _found(first).stdout == "/newest/python3.13\n"

    _interpreter(second, "python3.11", "7000 /quick/python3.11")
    assert _found(first, second).stdout == "/quick/python3.11\n"


def test_a_python_that_is_named_takes_part_in_no_race(tmp_path: Path) -> None:
    named = _interpreter(tmp_path / "named", "mine", "20000 /named/mine")
    found = tmp_path / "found"
    _interpreter(found, "python3", "1000 /quick/python3")
    assert _found(found, python=str(named)).stdout == "/named/mine\n"
    assert _found(found, python="/nowhere/python3").stdout == "/quick/python3\n"


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    there = tmp_path / "there"
    _interpreter(there, "python3", "")
    lacking = _found(there)
    assert (lacking.returncode, lacking.stdout) == (1, "")
    assert "needs Python 3.11 or later" in lacking.stderr

    _interpreter(there, "python3", "partial")
    lacking = _found(there)
    assert (lacking.returncode, lacking.stdout) == (1, "")
    assert f"{there}/python3 lacks them" in lacking.stderr


def test_a_real_python_tells_its_own_place(tmp_path: Path) -> None:
    system = [Path(one) for one in os.environ["PATH"].split(":") if one]
    real = _found(*system)
    assert real.returncode == 0
    assert Path(real.stdout.strip()).resolve() == Path(real.stdout.strip())
    version = subprocess.run(
        [real.stdout.strip(), "-c", "import sys; print(sys.version_info >= (3, 11))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert version.stdout == "True\n"
