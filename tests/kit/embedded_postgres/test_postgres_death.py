"""The embedded server: parents and servers that are killed."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

import psycopg
import pytest
from postgres_helpers import (
    IS_ROOT,
    connect,
    kept,
    owner_of,
    postmaster_pid,
)

from karavan.kit.embedded_postgres import (
    EmbeddedPostgres,
)
from karavan.kit.embedded_postgres import supervisor as supervisor_module
from karavan.kit.embedded_postgres.processes import (
    is_server_of,
    server_processes,
    wait_until,
)


class TestDeath:
    @pytest.mark.parametrize("tie", ["signal", "watch"])
    def test_the_server_stops_when_its_parent_is_killed(self, data, tie):
        if tie == "signal" and sys.platform != "linux":
            pytest.skip("the kernel tells of a parent's death on Linux only")
        with owner_of(data, tie) as owner:
            assert is_server_of(postmaster_pid(data), data / "cluster")
            owner.kill()
        assert wait_until(lambda: server_processes(data / "cluster") == [], 15)
        # It was a proper shutdown: the next start finds nothing to recover, and all data.
        assert "database system is shut down" in (data / "postgres.log").read_text()
        with EmbeddedPostgres(data) as server:
            assert kept(server.start()) == [7]

    def test_a_new_owner_waits_for_the_old_server_to_finish(self, data):
        with owner_of(data, "watch") as owner:
            pid = postmaster_pid(data)
            owner.kill()
            owner.wait()
            with EmbeddedPostgres(data) as server:
                assert server.is_owner
                assert kept(server.start()) == [7]
                assert postmaster_pid(data) != pid
                assert not is_server_of(pid, data / "cluster")

    def test_no_acknowledged_row_is_lost_when_the_postmaster_is_killed(self, data):
        writers = 4
        acknowledged: list[list[int]] = [[] for _ in range(writers)]
        enough = threading.Event()
        with EmbeddedPostgres(data) as server:
            address = server.start()
            with connect(address) as session:
                session.execute("create table written (number int primary key)")

            def write(writer: int) -> None:
                number = writer
                while not enough.is_set():
                    with contextlib.suppress(psycopg.OperationalError), connect(address) as own:
                        while not enough.is_set():
                            number += writers
                            own.execute("insert into written values (%s)", [number])
                            acknowledged[writer].append(number)
                    time.sleep(0.02)

            threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
            for thread in threads:
                thread.start()
            counts = []
            for _ in range(2):
                pid = postmaster_pid(data)
                before = sum(map(len, acknowledged))
                assert wait_until(lambda b=before: sum(map(len, acknowledged)) > b + 200, 20)
                os.kill(pid, signal.SIGKILL)
                counts.append(sum(map(len, acknowledged)))
                assert wait_until(
                    lambda p=pid: server.is_running() and postmaster_pid(data) != p, 20
                )
            assert wait_until(lambda: sum(map(len, acknowledged)) > counts[-1] + 200, 20)
            enough.set()
            for thread in threads:
                thread.join()
            with connect(address) as session:
                stored = {row[0] for row in session.execute("select number from written")}
            assert server.start() == address
        promised = {number for numbers in acknowledged for number in numbers}
        assert promised - stored == set()
        # What was stored without an answer can only be the one row each writer was waiting for.
        assert len(stored - promised) <= 2 * writers

    def test_a_server_that_cannot_come_back_is_given_up_with_its_reason(self, data, monkeypatch):
        monkeypatch.setattr(supervisor_module, "_RESTART_PAUSES_S", (0.0, 0.01, 0.01))
        with EmbeddedPostgres(data) as server:
            server.start()
            (data / "cluster/global/pg_control").rename(data / "cluster/global/hidden")
            os.kill(postmaster_pid(data), signal.SIGKILL)
            assert wait_until(lambda: not server.is_running(), 5)
            assert wait_until(lambda: server.failure is not None, 10)
            assert "pg_control" in str(server.failure)
            assert not server.is_running()
        # Mended, the same directory serves again, and nothing was lost.
        (data / "cluster/global/hidden").rename(data / "cluster/global/pg_control")
        with EmbeddedPostgres(data) as server:
            assert kept(server.start()) == [7]

    def test_a_pid_file_that_names_a_stranger_is_not_believed(self, seed, data):
        # PostgreSQL takes only a process of its own user for a running server.
        user = {"user": (seed / "cluster").stat().st_uid} if IS_ROOT else {}
        with subprocess.Popen(["sleep", "60"], **user) as stranger:
            (data / "cluster/postmaster.pid").write_text(
                f"{stranger.pid}\n{data / 'cluster'}\n1\n5999\n/tmp\n127.0.0.1\n  1 1\nready   \n"
            )
            try:
                with EmbeddedPostgres(data) as server:
                    assert kept(server.start()) == [7]
                assert stranger.poll() is None
            finally:
                stranger.kill()
