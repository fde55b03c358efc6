"""Data directories for the tests of the embedded server."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_helpers import (
    connect,
)

from karavan.kit.embedded_postgres import (
    EmbeddedPostgres,
)


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a cluster in it, stopped; tests work on copies of it."""
    directory = tmp_path_factory.mktemp("seed") / "postgres"
    with EmbeddedPostgres(directory) as server, connect(server.start()) as session:
        session.execute("create table kept (number int primary key)")
        session.execute("insert into kept values (7)")
    return directory


@pytest.fixture
def data(seed: Path, tmp_path: Path) -> Path:
    """A data directory of the test's own, with a stopped cluster that holds table `kept`."""
    return shutil.copytree(seed, tmp_path / "postgres", symlinks=True)


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that everybody may enter, unlike pytest's own."""
    directory = Path(tempfile.mkdtemp(prefix="karavan-test-"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)
