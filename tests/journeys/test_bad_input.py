"""What no honest client sends, to every route of the document: it is refused with a code, and never an error of ours."""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

import pytest

from tests.factories.accounts import visitor
from tests.factories.bodies import Bodies, document_of, leaves, operations, replaced

Kind = TypeVar("Kind")

# Streams never end, and these would end the session that the others need.
SKIPPED = {"notifications-stream-news", "auth-logout", "auth-end-one-session"}

POISON: dict[str, Any] = {
    "NUL": "a\x00b",
    "control": "a\x1bb",
    "bidirectional": "a\u202eb",
    "endless": "x" * 200_000,
    "lone surrogate": "\ud800",
    "huge number": 10**40,
    "beyond bigint": 2**63,
    "negative": -(2**63) - 1,
    "exponent": 1e308,
    "not a number": float("nan"),
    "infinite": float("inf"),
    "decimal": "1E+400000",
    "long decimal": "9" * 5_000,
    "nothing": None,
    "nested": {"a": [{"b": {}}]},
    "list": [[], {}],
    "truth": True,
    "year": "0001-01-01T00:00:00Z",
    "last year": "9999-12-31T23:59:59+14:00",
    "traversal": "../../../../etc/passwd",
}

PATHS = (
    "%00",
    "%ff%fe",
    "..%2f..%2fetc%2fpasswd",
    "a" * 5_000,
    "-1",
    "9" * 40,
    "%F0%9F%90%AB",
    "{}",
)

RAW_BODIES: dict[str, bytes] = {
    "deep lists": b"[" * 10_000 + b"]" * 10_000,
    "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "unfinished": b'{"a": ',
    "broken UTF-8": b'{"title": "\xff\xfe\xc3"}',
    "UTF-16": '{"title": "x"}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "duplicate keys": b'{"version": 1, "version": "x", "reason": 1, "reason": null}',
    "list": b"[1]",
    "number": b"1e999999",
    "digits": b"9" * 20_000,
    "null": b"null",
    "empty": b"",
    "surrogate escape": b'{"reason": "\\ud800", "title": "\\udfff", "text": "\\ud800"}',
    "NUL": b"\x00",
}

CONTENT_TYPES = (
    "text/plain",
    "application/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "application/json; charset=nonsense",
    "\xe9/\xe9",
)

PARTS = 2


def of_part(app, part: int) -> list[tuple[str, str, dict]]:
    found = [one for one in operations(document_of(app)) if one[2]["operationId"] not in SKIPPED]
    return found[part::PARTS]


def blame(answer, *what: Any) -> list[str]:
    """What is wrong with an answer that must be an answer or a refusal with a code."""
    if answer.status_code >= 500:
        return [f"{answer.status_code} {what}: {answer.text[:200]}"]
    refused = answer.status_code >= 400
    if refused and answer.headers["content-type"] != "application/problem+json":
        return [f"{answer.headers['content-type']} {what}"]
    if refused and answer.request.method != "HEAD" and not answer.json()["code"]:
        return [f"no code {what}"]
    return []


def serialised(body: Any) -> bytes:
    return json.dumps(body).encode()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
async def test_poison_in_every_field_is_no_error_of_ours(app, market, part) -> None:
    bodies = Bodies(document_of(app), market.ids)
    client = market.buyer.client
    faults = []
    for method, path, operation in of_part(app, part):
        body = bodies.of(operation)
        if body is None:
            continue
        for number, (place, _) in enumerate(leaves(body)):
            for kind, poison in some_of(list(POISON.items()), number):
                content = serialised(replaced(body, place, poison))
                headers = {"content-type": "application/json"}
                answer = await client.request(
                    method, market.address(path), content=content, headers=headers
                )
                faults += blame(answer, method, path, place, kind)
    assert faults == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
async def test_malformed_bodies_are_no_error_of_ours(app, market, part) -> None:
    client = market.buyer.client
    faults = []
    asked = [one for one in of_part(app, part) if "requestBody" in one[2]]
    for number, (method, path, _) in enumerate(asked):
        address = market.address(path)
        for kind, content in some_of(list(RAW_BODIES.items()), number):
            headers = {"content-type": "application/json"}
            answer = await client.request(method, address, content=content, headers=headers)
            faults += blame(answer, method, path, kind)
        for content_type in some_of(CONTENT_TYPES, number):
            headers = {b"content-type": content_type.encode("latin-1")}
            answer = await client.request(method, address, content=b"{}", headers=headers)
            faults += blame(answer, method, path, content_type)
    assert faults == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
async def test_strange_addresses_are_no_error_of_ours(app, market, part) -> None:
    faults = []
    for method, path, operation in of_part(app, part):
        parameters = operation.get("parameters", [])
        named = [one["name"] for one in parameters if one["in"] == "path"]
        queried = [one["name"] for one in parameters if one["in"] == "query"]
        for strange in PATHS:
            for name in named:
                address = market.address(path, **{name: strange})
                answer = await market.buyer.client.request(method, address)
                faults += blame(answer, method, path, name, strange[:40])
        for number, name in enumerate(queried):
            for strange in some_of(PATHS, number):
                address = f"{market.address(path)}?{name}={strange}"
                answer = await market.buyer.client.request(method, address)
                faults += blame(answer, method, path, name, strange[:40])
    assert faults == []


def some_of(kinds: Sequence[Kind], number: int) -> list[Kind]:
    """Every kind over neighbours taken together, a few for each of them: the kinds rotate."""
    return [kinds[(number * 5 + step) % len(kinds)] for step in range(0, len(kinds), 4)]


# The second takes the name of a file that was uploaded before, and no file.
@pytest.mark.parametrize("path", ["/api/v1/requests", "/api/v1/products/import"])
async def test_bodies_over_the_limit_are_refused_declared_or_not(
    app, settings, market, path
) -> None:
    size = settings.body_max_bytes + 1
    client = market.buyer.client
    headers = {"content-type": "application/json"}

    async def pieces():
        for _ in range(size // 65_536 + 1):
            yield b" " * 65_536

    for content in (b" " * size, pieces()):
        answer = await client.post(path, content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")


async def test_lying_lengths_and_strange_headers_are_no_error_of_ours(app, market) -> None:
    strange: list[dict[bytes, bytes]] = [
        {b"content-length": b"-1"},
        {b"content-length": b"abc"},
        {b"authorization": b"Bearer \xff\xfe"},
        {b"authorization": b"Bearer a.b.c"},
        {b"authorization": b"Basic \x80"},
        {b"cookie": b"karavan_access=\xff; =; ;"},
        {b"idempotency-key": b"\xff" * 500},
        {b"idempotency-key": b'"' + b"k" * 5_000},
        {b"accept-language": b"\xff,;q=x, " * 200},
        {b"x-request-id": b"\r\x80" * 20},
        {b"last-event-id": b"99999999999999999999999999"},
        {b"if-none-match": b"\xff"},
        {b"range": b"bytes=9-1,-,x"},
        {b"origin": b"http://[::1"},
        {b"host": b"\xff\xfe"},
        {b"traceparent": b"00-zz-\xff-01"},
    ]
    faults = []
    for headers in strange:
        for caller in (visitor(app), market.buyer.client):
            for method, path in (("GET", "/api/v1/requests"), ("POST", "/api/v1/requests")):
                answer = await caller.request(
                    method, path, content=b"{}" if method == "POST" else None, headers=headers
                )
                faults += blame(answer, method, headers)
    assert faults == []


NAMES = (
    "../../../etc/passwd",
    "a\x00b.png",
    "x" * 5_000,
    "..",
    "",
    "CON",
    "a\r\nX-Evil: 1",
    "\u202egnp",
)


@pytest.mark.parametrize("name", NAMES)
async def test_names_of_uploads_lead_nowhere(market, settings, name) -> None:
    answer = await market.buyer.client.post(
        "/api/v1/media", files={"file": (name, b"%PDF-1.7\n%%EOF\n", "application/pdf")}
    )
    assert blame(answer, name) == []
    if answer.status_code == 201:
        kept = answer.json()["name"] if "name" in answer.json() else answer.json()["filename"]
        assert "/" not in kept
        assert "\x00" not in kept
        assert "\n" not in kept
    files = settings.data_dir / "files"
    outside = [path for path in settings.data_dir.rglob("*passwd*") if files not in path.parents]
    assert outside == []


async def test_a_broken_multipart_body_is_no_error_of_ours(market) -> None:
    faults = []
    for content in (
        b"",
        b"--x",
        b"--x\r\n\r\n--x--",
        b"--x\r\nContent-Disposition: form-data\r\n\r\n",
    ):
        headers = {"content-type": "multipart/form-data; boundary=x"}
        answer = await market.buyer.client.post("/api/v1/media", content=content, headers=headers)
        faults += blame(answer, content)
        assert answer.status_code in {400, 422}, content
    assert faults == []
