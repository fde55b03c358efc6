"""The embedded server: what a start gives."""

import os
import shutil
import stat
import sys
from pathlib import Path

import psycopg
import pytest
from postgres_helpers import (
    connect,
    kept,
    postmaster_pid,
)

from karavan.kit.embedded_postgres import (
    EmbeddedPostgres,
    PostgresAddress,
)


class TestStart:
    def test_a_new_directory_gets_a_utf8_server_in_utc_with_stable_sorting(self, tmp_path):
        with EmbeddedPostgres(tmp_path / "made" / "postgres") as server:
            address = server.start()
            assert server.is_running()
            with connect(address) as session:
                version, encoding, timezone = session.execute(
                    "select current_setting('server_version_num')::int / 10000,"
                    " current_setting('server_encoding'), current_setting('timezone')"
                ).fetchone()
                provider, locale, user = session.execute(
                    "select datlocprovider, datlocale, current_user from pg_database"
                    " where datname = current_database()"
                ).fetchone()
                words, lowered = session.execute(
                    "select to_tsvector('russian', '«Кирпичи — оптом»')::text, lower('ҚАЗАҚ')"
                ).fetchone()
        assert (version, encoding, timezone) == (18, "UTF8", "UTC")
        assert (provider, locale, user) == ("b", "C.UTF-8", "karavan_owner")
        # Full text search must know Cyrillic letters from quotation marks and dashes.
        assert (words, lowered) == ("'кирпич':1 'опт':2", "қазақ")

    def test_a_second_start_keeps_data_port_and_password(self, data):
        with EmbeddedPostgres(data) as server:
            first = server.start()
            assert server.start() == first
        assert not server.is_running()
        with EmbeddedPostgres(data) as server:
            second = server.start()
            assert (second.port, second.password) == (first.port, first.password)
            assert kept(second) == [7]

    def test_the_socket_works_and_a_wrong_password_does_not(self, data):
        with EmbeddedPostgres(data) as server:
            address = server.start()
            by_socket = f"host={address.socket_directory} port={address.port} user={address.user}"
            options = f"{by_socket} dbname=postgres"
            with psycopg.connect(f"{options} password={address.password}") as session:
                assert session.execute("select 1").fetchone() == (1,)
            for host in (address.socket_directory, address.host):
                with pytest.raises(psycopg.OperationalError, match="password authentication"):
                    psycopg.connect(f"{options} password=wrong", host=host)

    def test_durability_is_full_unless_given_up(self, data):
        names = ("fsync", "synchronous_commit", "full_page_writes")
        shown = {}
        for durable in (True, False):
            server = EmbeddedPostgres(data, durable=durable, max_connections=37)
            with server, connect(server.start()) as session:
                shown[durable] = [session.execute(f"show {n}").fetchone()[0] for n in names]
                assert session.execute("show max_connections").fetchone() == ("37",)
        assert shown == {True: ["on", "on", "on"], False: ["off", "off", "off"]}

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems have no batch processes")
    def test_a_session_does_not_push_aside_whoever_sends_to_it(self, data):
        with EmbeddedPostgres(data) as server, connect(server.start()) as session:
            (session_pid,) = session.execute("select pg_backend_pid()").fetchone()
            assert os.sched_getscheduler(postmaster_pid(data)) == os.SCHED_BATCH
            assert os.sched_getscheduler(session_pid) == os.SCHED_BATCH
            assert os.sched_getscheduler(0) == os.SCHED_OTHER

    def test_secrets_are_private_and_the_environment_stays_here(self, data, monkeypatch):
        monkeypatch.setenv("KARAVAN_SECRET_KEY", "do-not-leak")
        monkeypatch.setenv("PGOPTIONS", "-c geqo=off")
        with EmbeddedPostgres(data) as server:
            address = server.start()
            for name in ("password", "postgres.log", "address.json", "lock"):
                assert stat.S_IMODE((data / name).stat().st_mode) == 0o600, name
            assert address.password not in (data / "address.json").read_text()
            assert address.password not in repr(address)
            if sys.platform == "linux":
                environment = Path(f"/proc/{postmaster_pid(data)}/environ").read_bytes()
                assert b"do-not-leak" not in environment
                assert b"PGOPTIONS" not in environment

    def test_half_a_cluster_is_made_anew(self, tmp_path):
        half = tmp_path / "cluster.new"
        half.mkdir()
        (half / "PG_VERSION").write_text("18\n")
        with EmbeddedPostgres(tmp_path) as server, connect(server.start()) as session:
            assert session.execute("select 1").fetchone() == (1,)
        assert not half.exists()

    def test_a_long_path_gets_its_socket_elsewhere_and_leaves_nothing(self, seed, open_directory):
        long_path = open_directory / ("deep" * 30) / "postgres"
        shutil.copytree(seed, long_path)
        with EmbeddedPostgres(long_path) as server:
            address = server.start()
            elsewhere = Path(address.socket_directory)
            assert not elsewhere.is_relative_to(long_path)
            assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
            assert (elsewhere / f".s.PGSQL.{address.port}").is_socket()
        assert not elsewhere.exists()

    def test_a_big_log_is_turned_over_and_the_older_one_forgotten(self, data):
        (data / "postgres.log").write_bytes(b"x" * 3_000_000)
        (data / "postgres.log.1").write_bytes(b"older")
        with EmbeddedPostgres(data):
            assert (data / "postgres.log.1").stat().st_size == 3_000_000
            assert 0 < (data / "postgres.log").stat().st_size < 100_000


class TestAddress:
    def test_names_and_passwords_are_quoted(self):
        address = PostgresAddress("127.0.0.1", 5432, "karavan_owner", "a/b:c@d", None)
        assert address.url("shop") == "postgresql://karavan_owner:a%2Fb%3Ac%40d@127.0.0.1:5432/shop"
        assert (
            address.url("my shop", user="kara van", password="p?w")
            == "postgresql://kara%20van:p%3Fw@127.0.0.1:5432/my%20shop"
        )
