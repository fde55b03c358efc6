"""The embedded server: what it refuses, in which words, and that nothing changed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from postgres_helpers import (
    kept,
    needs_root,
)

from karavan.kit.embedded_postgres import (
    EmbeddedPostgres,
    EmbeddedPostgresError,
)


def tree(directory: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file, to show that nothing was touched."""
    return {
        str(path.relative_to(directory)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in directory.rglob("*")
    }


class TestRefusals:
    def test_a_directory_of_another_version_is_refused_untouched(self, data):
        (data / "cluster/PG_VERSION").write_text("16\n")
        before = tree(data / "cluster")
        with pytest.raises(EmbeddedPostgresError) as caught:
            EmbeddedPostgres(data).start()
        assert caught.value.code == "embedded_postgres.other_version"
        assert "made by PostgreSQL 16; this Karavan runs 18" in caught.value.message
        assert "pg_dumpall" in caught.value.remedy
        assert tree(data / "cluster") == before
        # The refusal lets go of the directory.
        (data / "cluster/PG_VERSION").write_text("18\n")
        with EmbeddedPostgres(data) as server:
            assert kept(server.start()) == [7]

    def test_a_directory_with_something_else_in_it_is_refused(self, tmp_path):
        (tmp_path / "cluster").mkdir()
        (tmp_path / "cluster/letter.txt").write_text("mine")
        with pytest.raises(EmbeddedPostgresError) as caught:
            EmbeddedPostgres(tmp_path).start()
        assert caught.value.code == "embedded_postgres.not_a_cluster"
        assert (tmp_path / "cluster/letter.txt").read_text() == "mine"

    def test_data_without_its_password_is_refused(self, data):
        (data / "password").unlink()
        with pytest.raises(EmbeddedPostgresError) as caught:
            EmbeddedPostgres(data).start()
        assert caught.value.code == "embedded_postgres.password_missing"
        assert not (data / "password").exists()

    @needs_root
    @pytest.mark.parametrize("is_new", [True, False])
    def test_a_read_only_disk_is_named(self, seed, tmp_path, is_new):
        disk = tmp_path / "disk"
        disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "tmpfs", disk], capture_output=True, check=False
        )
        if mounted.returncode != 0:
            pytest.skip("this system does not let us mount a disk")
        try:
            if not is_new:
                shutil.copytree(seed, disk / "postgres")
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            with pytest.raises(EmbeddedPostgresError) as caught:
                EmbeddedPostgres(disk / "postgres").start()
        finally:
            subprocess.run(["umount", disk], check=True)
        assert caught.value.code == "embedded_postgres.read_only_disk"
        assert str(disk / "postgres") in caught.value.message
        assert "KARAVAN_DATA_DIR" in caught.value.remedy

    @needs_root
    def test_a_full_disk_is_named_and_half_a_cluster_removed(self, tmp_path):
        disk = tmp_path / "disk"
        disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk],
            capture_output=True,
            check=False,
        )
        if mounted.returncode != 0:
            pytest.skip("this system does not let us mount a disk")
        try:
            with pytest.raises(EmbeddedPostgresError) as caught:
                EmbeddedPostgres(disk / "postgres").start()
            left = sorted(path.name for path in (disk / "postgres").iterdir())
        finally:
            subprocess.run(["umount", disk], check=True)
        assert caught.value.code == "embedded_postgres.disk_full"
        assert [name for name in left if name.startswith("cluster")] == []
