"""The embedded server: other programs on its port and in its directory."""

import fcntl
import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from postgres_helpers import (
    REPOSITORY,
    kept,
    postmaster_pid,
)

from karavan.kit.embedded_postgres import (
    EmbeddedPostgres,
    EmbeddedPostgresError,
)
from karavan.kit.embedded_postgres import supervisor as supervisor_module
from karavan.kit.embedded_postgres.processes import (
    server_processes,
)


class TestNeighbours:
    def test_a_taken_port_is_left_to_its_owner(self, data):
        with EmbeddedPostgres(data) as server:
            first = server.start()
        taken = socket.create_server(("127.0.0.1", first.port))
        with taken, EmbeddedPostgres(data) as server:
            second = server.start()
            assert second.port != first.port
            assert kept(second) == [7]
        remembered = json.loads((data / "address.json").read_text())
        assert remembered["port"] == second.port

    def test_a_port_taken_at_the_last_moment_is_given_up_too(self, data, monkeypatch):
        with socket.create_server(("127.0.0.1", 0)) as other:
            taken = other.getsockname()[1]
            choices = iter([taken])
            choose = supervisor_module.choose_port
            monkeypatch.setattr(
                supervisor_module, "choose_port", lambda p: next(choices, None) or choose(p)
            )
            with EmbeddedPostgres(data) as server:
                address = server.start()
                assert address.port != taken
                assert kept(address) == [7]

    def test_a_second_process_is_attached_and_stops_nothing(self, data):
        script = (
            "import sys; from pathlib import Path\n"
            "from karavan.kit.embedded_postgres import EmbeddedPostgres\n"
            "server = EmbeddedPostgres(Path(sys.argv[1])); address = server.start()\n"
            "print(server.is_owner, server.is_running(), address.url('postgres')); server.stop()\n"
        )
        with EmbeddedPostgres(data) as server:
            address = server.start()
            pid = postmaster_pid(data)
            said = subprocess.run(
                [sys.executable, "-c", script, str(data)],
                capture_output=True,
                text=True,
                check=True,
                cwd=REPOSITORY,
            ).stdout.split()
            assert said == ["False", "True", address.url("postgres")]
            with EmbeddedPostgres(data) as attached:
                assert attached.start() == address
                assert not attached.is_owner
            assert server.is_running()
            assert postmaster_pid(data) == pid

    def test_a_directory_held_without_a_server_is_refused(self, data, monkeypatch):
        monkeypatch.setattr(supervisor_module, "_ATTACH_LIMIT_S", 0.2)
        with (data / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.write("4242")
            lock.flush()
            with pytest.raises(EmbeddedPostgresError, match="Process 4242 holds") as caught:
                EmbeddedPostgres(data).start()
        assert caught.value.code == "embedded_postgres.locked"
        assert server_processes(data / "cluster") == []

    def test_a_copy_of_a_running_directory_leaves_the_original_alone(self, data, tmp_path):
        with EmbeddedPostgres(data) as original:
            address = original.start()
            copy = tmp_path / "copy"
            shutil.copytree(
                data, copy, ignore=lambda _, names: [n for n in names if n.startswith(".s.")]
            )
            with EmbeddedPostgres(copy) as server:
                assert server.start().port != address.port
                assert kept(server.start()) == [7]
            assert original.is_running()
            assert Path(address.socket_directory, f".s.PGSQL.{address.port}").is_socket()
