"""Fetching what strangers name: the public Internet alone, at every hop, and never more than was allowed."""

import httpx
import pytest

from karavan.adapters.fetching.http import HttpFetcher
from karavan.kit.fetching import FetchError, is_public

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (PUBLIC, True), ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
        ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("no address", False),
    ],
)  # fmt: skip
def test_only_public_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


async def refusal(url: str, answers: dict[str, httpx.Response], *, max_bytes: int = 100) -> str:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answers[str(request.url.path)]

    with pytest.raises(FetchError) as refused:
        await HttpFetcher(httpx.MockTransport(answer)).fetch(url, max_bytes=max_bytes)
    assert all(is_public(request.url.host) for request in asked)
    return refused.value.code


async def test_our_own_network_is_out_of_reach() -> None:
    inside = httpx.Response(302, headers={"location": "http://169.254.169.254/latest"})
    assert await refusal(f"http://{PUBLIC}/a", {"/a": inside}) == "private"
    assert await refusal("http://127.0.0.1/a", {}) == "private"
    assert await refusal("http://localhost/a", {}) == "private"
    assert await refusal("http://2130706433/a", {}) == "private"
    for url in (
        "file:///etc/passwd",
        f"http://{PUBLIC}:25/",
        f"http://me:secret@{PUBLIC}/",
        "http://",
    ):
        assert await refusal(url, {}) == "url"
    circle = httpx.Response(302, headers={"location": "/a"})
    assert await refusal(f"http://{PUBLIC}/a", {"/a": circle}) == "redirects"


async def test_what_is_too_large_or_missing_is_refused_and_the_rest_comes() -> None:
    async def pieces(*of: bytes):
        for piece in of:
            yield piece

    large = httpx.Response(200, content=pieces(b"x" * 60, b"x" * 60))
    assert await refusal(f"http://{PUBLIC}/a", {"/a": large}) == "too_large"
    assert await refusal(f"http://{PUBLIC}/a", {"/a": httpx.Response(404)}) == "status"
    fetched = await HttpFetcher(
        httpx.MockTransport(lambda _: httpx.Response(200, content=pieces(b"picture")))
    ).fetch(f"http://{PUBLIC}/a.png", max_bytes=100)
    assert fetched.content == b"picture"
