"""What commands say of a set-up that is wrong: what it is and how to mend it, and never a traceback."""

import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner

from karavan import cli, doctor
from karavan.kit.embedded_postgres import EmbeddedPostgresError
from karavan.local import local_secrets
from karavan.settings import Settings


def test_wrong_settings_are_named_by_the_doctor(monkeypatch):
    monkeypatch.setenv("PORT", "99999")
    monkeypatch.setenv("KARAVAN_LOG_LEVEL", "banana")
    (finding,) = doctor.examine()
    assert not finding.ok
    assert "PORT: Input should be less than or equal to 65535" in finding.detail
    assert "log_level: Input should be 'DEBUG'" in finding.detail


@pytest.mark.parametrize(
    ("name", "value", "command", "told"),
    [
        ("PORT", "abc", "migrate", "PORT: Input should be a valid integer"),
        (
            "KARAVAN_DATABASE_URL",
            "nonsense",
            "migrate",
            "database_url: Value error, must look like",
        ),
        (
            "KARAVAN_DATABASE_URL",
            "mysql://x/y",
            "serve",
            "database_url: Value error, must look like",
        ),
        ("KARAVAN_DATABASE_URL", "postgresql://x@[::1/y", "worker", "Invalid IPv6 URL"),
        ("KARAVAN_DATABASE_URL", "postgresql://x:y@localhost:1/z", "migrate", "Connection refused"),
        ("KARAVAN_DATABASE_URL", "postgresql://x:y@localhost:1/z", "serve", "Connection refused"),
        ("KARAVAN_ENVIRONMENT", "production", "demo", "KARAVAN_SECRET_KEY must be set"),
        ("KARAVAN_WORKERS", "0", "serve", "workers: Input should be greater than or equal to 1"),
        ("KARAVAN_PUBLIC_URL", "trade.example", "up", "public_url: String should match pattern"),
        ("KARAVAN_DATA_DIR", __file__, "migrate", f"{__file__} cannot be used: File exists"),
    ],
)
def test_commands_say_what_is_wrong(monkeypatch, capsys, name, value, command, told):
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["karavan", command])
    monkeypatch.setattr(cli, "postpone_collection", lambda: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("WRONG")
    assert told in said


def test_a_worker_says_at_once_what_it_waits_for(monkeypatch):
    monkeypatch.setenv("KARAVAN_DATABASE_URL", "postgresql://x:hidden@localhost:1/trade")
    command = [sys.executable, "-m", "karavan", "worker"]
    # The queue waits half a minute before it gives up.
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stderr is not None
        told = worker.stderr.readline()
        still_waits = worker.poll() is None
        worker.terminate()
        said = told + worker.stderr.read()
        ended = worker.wait()
    assert still_waits
    assert ended == -signal.SIGTERM
    assert "the database at localhost:1/trade" in told
    assert "correct KARAVAN_DATABASE_URL" in told
    assert "hidden" not in said


def found(name: str) -> doctor.Finding:
    return next(finding for finding in doctor.examine() if finding.name == name)


def test_the_doctor_sees_a_data_directory_that_cannot_be_one(monkeypatch):
    monkeypatch.setenv("KARAVAN_DATA_DIR", f"{__file__}/below")
    finding = found("data directory")
    assert not finding.ok
    assert finding.detail == f"{__file__} is no directory"


def test_the_doctor_sees_a_database_of_another_version(monkeypatch, tmp_path):
    cluster = tmp_path / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    cluster.joinpath("PG_VERSION").write_text("9")
    monkeypatch.setenv("KARAVAN_DATA_DIR", str(tmp_path))
    finding = found("database")
    assert not finding.ok
    assert "was made by PostgreSQL 9" in finding.detail


@pytest.mark.parametrize("kept", ["{", '{"secret_key": 5}', ""])
def test_damaged_secrets_are_told_and_left_alone(monkeypatch, tmp_path, kept):
    path = tmp_path / "secrets.json"
    path.write_text(kept)
    monkeypatch.setenv("KARAVAN_DATA_DIR", str(tmp_path))
    finding = found("secret key")
    assert not finding.ok
    assert finding.detail == f"{path} cannot be read as the secrets of this installation."
    with pytest.raises(EmbeddedPostgresError, match="cannot be read as the secrets"):
        local_secrets(tmp_path)
    assert path.read_text() == kept


class Other(BaseHTTPRequestHandler):
    """A program that is not Karavan."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"[1]")

    def log_message(self, *_):
        """Nothing."""


def test_the_doctor_sees_a_port_that_another_program_has(monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        monkeypatch.setenv("PORT", str(port))
        finding = found("port")
        server.shutdown()
    assert not finding.ok
    assert finding.detail == f"Port {port} cannot be used: Address already in use."
    assert found("port").ok


def test_the_doctor_sees_an_address_that_is_not_this_machines(monkeypatch):
    monkeypatch.setenv("KARAVAN_HOST", "nowhere.invalid")
    finding = found("port")
    assert not finding.ok
    assert finding.detail.startswith("nowhere.invalid is no address of this machine")
    assert "KARAVAN_HOST" in finding.remedy


@pytest.mark.parametrize("address", ["ftp://x", "nonsense", "s3://"])
def test_the_doctor_sees_a_file_store_that_there_is_not(monkeypatch, address):
    monkeypatch.setenv("KARAVAN_STORAGE_URL", address)
    finding = found("file store")
    assert not finding.ok
    assert "KARAVAN_STORAGE_URL" in finding.remedy
    monkeypatch.setenv("KARAVAN_STORAGE_URL", "memory:///")
    assert found("file store").ok


def test_both_spellings_of_a_database_address_are_one(monkeypatch):
    monkeypatch.setenv("KARAVAN_DATABASE_URL", "postgres://a:b@db:5433/karavan?sslmode=require")
    assert Settings().database_url == "postgresql://a:b@db:5433/karavan?sslmode=require"


def test_an_error_of_ours_is_no_trouble_of_the_set_up():
    assert doctor.trouble(RuntimeError("a defect")) is None
    finding = doctor.trouble(EmbeddedPostgresError("full", "The disk is full.", "free some space"))
    assert finding is not None
    assert (finding.detail, finding.remedy) == ("The disk is full.", "free some space")


@pytest.mark.parametrize(
    ("given", "told"),
    [(["nobody"], "e-mail address"), (["a@b.example", "--role", "king"], "superadmin")],
)
def test_an_administrator_needs_an_address_and_a_role_that_exist(given, told):
    answer = CliRunner().invoke(cli.cli, ["create-admin", *given])
    assert answer.exit_code == 2
    assert told in answer.output
