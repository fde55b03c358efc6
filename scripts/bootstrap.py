"""Makes the virtual environment and installs exactly what `requirements.lock` names into it.

    python scripts/bootstrap.py VENV STAMP

Run by any Python >= 3.11, with nothing but the standard library. STAMP is touched at the very end:
as long as it is younger than the lock, `make` has nothing to do.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

UV_VERSION = "0.13.8"
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"


def main(venv: Path, stamp: Path) -> int:
    """Bring the environment in line with the lock.

    Args:
        venv: directory of the virtual environment.
        stamp: file to touch once all is installed; its name changes with the checkout's place.
    """
    python = venv / "bin" / "python"
    if not is_usable(venv, python, stamp):
        say(f"making a virtual environment with Python {sys.version.split()[0]}")
        run([sys.executable, "-m", "venv", "--clear", str(venv)])
    environment = uv_environment(venv)
    uv = venv / "bin" / "uv"
    if not has_uv(uv):
        say(f"installing uv {UV_VERSION}")
        pip_install(python, "--quiet", f"uv=={UV_VERSION}")
    say("installing the locked dependencies")
    synchronised = subprocess.run(
        [uv, "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", LOCK],
        env=environment,
        check=False,
    )
    if synchronised.returncode != 0:
        # uv does not read pip's configuration files; pip may know a way to the packages.
        say("uv could not install them; trying pip")
        pip_install(python, "--quiet", "--require-hashes", "-r", LOCK)
    install_project(uv, python, environment)
    stamp.touch()
    return 0


def is_usable(venv: Path, python: Path, stamp: Path) -> bool:
    """Whether the environment runs, with a Python that will do, in this place.

    A moved checkout is no good: scripts in an environment name it by its absolute path.
    """
    elsewhere = [mark for mark in venv.glob(".installed-*") if mark.name != stamp.name]
    if elsewhere or not python.exists():
        return False
    check = [str(python), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def has_uv(uv: Path) -> bool:
    """Whether uv is there in the version that we pin."""
    if not uv.exists():
        return False
    answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.split()[1:2] == [UV_VERSION]


def uv_environment(venv: Path) -> dict[str, str]:
    """The environment for uv, with pip's variables said in uv's words."""
    environment = dict(os.environ)
    environment.pop("CONDA_PREFIX", None)
    environment["VIRTUAL_ENV"] = str(venv)
    # Who answers for a mirror or a proxy is known to the machine.
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    for pip_name, uv_name in (
        ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"),
        ("PIP_EXTRA_INDEX_URL", "UV_INDEX"),
        ("PIP_FIND_LINKS", "UV_FIND_LINKS"),
        ("PIP_CERT", "SSL_CERT_FILE"),
    ):
        if os.environ.get(pip_name):
            environment.setdefault(uv_name, os.environ[pip_name])
    return environment


def install_project(uv: Path, python: Path, environment: dict[str, str]) -> None:
    """Install Karavan itself, as a link to this checkout."""
    # The build backend is in the lock, so nothing unlocked is fetched to build with.
    options: list[str | Path] = ["--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT]
    installed = subprocess.run([uv, "pip", "install", *options], env=environment, check=False)
    if installed.returncode != 0:
        pip_install(python, *options)


def pip_install(python: Path, *arguments: str | Path) -> None:
    """Install with pip, which shall speak of nothing else."""
    run([python, "-m", "pip", "install", "--disable-pip-version-check", *arguments])


def run(command: list[str | Path]) -> None:
    """Run a command; on failure end with its exit code, its own words being enough."""
    completed = subprocess.run(command, check=False)
    if completed.returncode != 0:
        name = shutil.which(str(command[0])) or str(command[0])
        sys.exit(f"{Path(name).name} failed; the lines above say why")


def say(what: str) -> None:
    """Tell the person who waits what is happening."""
    print(f"karavan: {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).absolute()))
