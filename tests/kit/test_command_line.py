"""What commands say of a set-up that is wrong: what it is and how to mend it, and never a traceback."""

import sys

import pytest
from typer.testing import CliRunner

from karavan import cli, doctor
from karavan.kit.embedded_postgres import EmbeddedPostgresError


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
        ("KARAVAN_DATABASE_URL", "nonsense", "migrate", "check KARAVAN_DATABASE_URL"),
        ("KARAVAN_DATABASE_URL", "postgresql://x:y@localhost:1/z", "migrate", "Connection refused"),
        ("KARAVAN_DATABASE_URL", "postgresql://x:y@localhost:1/z", "serve", "Connection refused"),
        ("KARAVAN_ENVIRONMENT", "production", "demo", "KARAVAN_SECRET_KEY must be set"),
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
