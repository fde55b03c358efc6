"""What every file store promises."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from threading import Thread
from time import monotonic

import pytest

from karavan import doctor
from karavan.adapters.storage.object_store import (
    ObjectStorage,
    memory_storage,
    open_storage,
    why,
)
from karavan.kit.storage import FileMissingError, Storage, StorageKeyError, StorageUnavailableError
from karavan.settings import Settings


@pytest.fixture(params=["local", "memory"])
def storage(request, tmp_path: Path) -> Storage:
    if request.param == "memory":
        return memory_storage()
    return open_storage(Settings(data_dir=tmp_path))


async def joined(storage: Storage, key: str, *span: int) -> bytes:
    return b"".join([piece async for piece in await storage.stream(key, *span)])


class TestEveryStore:
    async def test_gives_back_what_it_was_given(self, storage: Storage, tmp_path: Path) -> None:
        large = tmp_path / "large"
        large.write_bytes(bytes(range(256)) * 40_000)
        await storage.put("a/b/small", b"hello")
        with large.open("rb") as opened:
            await storage.put("a/large", opened)
        assert await storage.read("a/b/small") == b"hello"
        assert await joined(storage, "a/large") == large.read_bytes()

    async def test_gives_a_part(self, storage: Storage) -> None:
        await storage.put("a/x", b"0123456789")
        assert await joined(storage, "a/x", 2, 5) == b"234"
        assert await joined(storage, "a/x", 7) == b"789"

    async def test_says_what_is_missing_before_any_byte(self, storage: Storage) -> None:
        with pytest.raises(FileMissingError):
            await storage.read("a/none")
        with pytest.raises(FileMissingError):
            await storage.stream("a/none")

    async def test_forgets(self, storage: Storage) -> None:
        await storage.put("a/x", b"1")
        await storage.delete("a/x")
        await storage.delete("a/x")
        with pytest.raises(FileMissingError):
            await storage.read("a/x")

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a//b",
            "a/./b",
            "A",
            "a b",
            "a\0b",
            "a/",
            "x" * 201,
            "a\\b",
            "..",
            "a/%2e%2e/b",
            "~root",
        ],
    )
    async def test_no_key_leads_outside(self, storage: Storage, key: str) -> None:
        with pytest.raises(StorageKeyError):
            await storage.put(key, b"1")
        with pytest.raises(StorageKeyError):
            await storage.stream(key)
        with pytest.raises(StorageKeyError):
            await storage.delete(key)

    async def test_checks_itself(self, storage: Storage) -> None:
        await storage.check()


async def test_local_files_are_for_our_eyes_only(tmp_path: Path) -> None:
    open_storage(Settings(data_dir=tmp_path))
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


async def test_a_store_that_cannot_be_written_fails_its_check(tmp_path: Path) -> None:
    storage = open_storage(Settings(data_dir=tmp_path))
    (tmp_path / "files").rmdir()
    (tmp_path / "files").write_bytes(b"in the way")
    with pytest.raises(StorageUnavailableError):
        await storage.check()
    with pytest.raises(StorageUnavailableError):
        await storage.put("a/b", b"1")


class WithoutBucket(BaseHTTPRequestHandler):
    """S3 as it answers where the bucket was misspelt: with the status of a file that is not there."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        told = b"<?xml version='1.0'?><Error><Code>NoSuchBucket</Code></Error>"
        self.send_response(404)
        self.send_header("content-type", "application/xml")
        self.send_header("content-length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_PUT = do_DELETE = answer  # noqa: N815  # the names that the library calls

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def misspelt_bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), WithoutBucket)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    yield "s3://misspelt/karavan"
    server.shutdown()
    server.server_close()


async def test_a_bucket_that_is_not_there_is_no_missing_file(misspelt_bucket: str) -> None:
    storage = open_storage(Settings(storage_url=misspelt_bucket))
    with pytest.raises(StorageUnavailableError):
        await storage.check()
    with pytest.raises(StorageUnavailableError) as caught:
        await storage.read("a/b")
    assert "NoSuchBucket" in why(caught.value)
    assert "misspelt" not in str(caught.value)


def test_the_doctor_says_what_the_store_said(
    misspelt_bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KARAVAN_STORAGE_URL", misspelt_bucket)
    finding = next(one for one in doctor.examine() if one.name == "file store")
    assert not finding.ok
    assert finding.detail.endswith("404 Not Found: NoSuchBucket")


async def test_a_store_that_is_gone_is_given_up_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{probe.getsockname()[1]}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        storage = open_storage(Settings(storage_url="s3://bucket"))
        began = monotonic()
        with pytest.raises(StorageUnavailableError):
            await storage.put("a/b", b"1")
    assert monotonic() - began < 4


def test_an_address_chooses_the_store() -> None:
    assert isinstance(open_storage(Settings(storage_url="memory:///")), ObjectStorage)
