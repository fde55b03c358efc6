"""The whole OpenAPI document, tried by schemathesis: no 5xx, and every answer is one that the document declares.

The application serves on a socket of its own; schemathesis runs as the separate program that it is. One test for each
part of the document lets parallel workers share them. Identifiers of real resources stand in for most of the path
parameters, so that requests reach past the first look-up.
"""

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from karavan.kit.routing import API_PREFIX
from tests.factories.bodies import document_of
from tests.factories.market import Market

ROOT = Path(__file__).resolve().parents[2]

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,response_headers_conformance"
)
RUN_LIMIT_S = 400
ALPHABETS = ROOT / ".hypothesis"
"""Where hypothesis keeps the tables of characters that it works out in seconds: one place for all parts."""

# Operations that are left out, and why.
EXCLUDED = {
    "notifications-stream-news": "a stream does not end; it has tests of its own",
    "auth-logout": "would end the session that the other operations need",
    "auth-end-one-session": "would end the session that the other operations need",
    "auth-change-password": "would end the session that the other operations need",
    "organisations-delete-member": "would let the account out of its organisation",
}

PARTS = {
    "accounts": ["auth", "users"],
    "organisations": ["organisations", "invites", "media"],
    "requests": ["requests"],
    "board": ["board", "questions", "request templates"],
    "quotes": ["quotes", "evaluation"],
    "deals": ["deals"],
    "invoices": ["invoices"],
    "goods": ["products", "categories", "stock", "catalogue", "search", "synonyms"],
    "prices": ["price lists", "moderation", "reviews", "wishlist"],
    "imports": ["imports"],
    "orders": ["orders", "cart", "standing orders", "order templates"],
    "complaints": ["complaints", "links", "link invitations"],
    "others": [],  # every tag that no other part names
}


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The application on a free port; its address."""
    # Named as TCP, or asyncio leaves the algorithm of Nagle on and every answer waits 40 ms for an acknowledgement.
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", lifespan="off", access_log=False)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listener]))
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await serving


def document_with(app: FastAPI, tags: set[str], excluded: Iterable[str]) -> dict[str, Any]:
    """The application's document with the operations of some tags alone, so that schemathesis passes over no other."""
    whole = document_of(app)
    paths = {
        path: {
            method: with_short_sorting(operation)
            for method, operation in operations.items()
            if tags & set(operation["tags"]) and operation["operationId"] not in excluded
        }
        for path, operations in whole["paths"].items()
    }
    return {**whole, "paths": {path: kept for path, kept in paths.items() if kept}}


def with_short_sorting(operation: dict[str, Any]) -> dict[str, Any]:
    """The operation without the longest `sort`: words of a list are drawn for minutes until they have that very length."""
    parameters = [
        {**one, "schema": without_length(one["schema"])} if one["name"] == "sort" else one
        for one in operation.get("parameters", [])
    ]
    return {**operation, "parameters": parameters}


def without_length(schema: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in schema.items() if name != "maxLength"}
    if "anyOf" in kept:
        kept["anyOf"] = [without_length(one) for one in kept["anyOf"]]
    return kept


def configuration(market: Market, document: dict[str, Any]) -> str:
    """Schemathesis' own configuration: real identifiers for the path parameters of every operation."""
    lines = ["[phases.coverage]", "unexpected-methods = []", ""]
    for path, operations in document["paths"].items():
        values = market.path_values(path)
        for operation in operations.values():
            if values:
                lines += ["[[operations]]", f'include-operation-id = "{operation["operationId"]}"']
                given = (f'"path.{name}" = {json.dumps(value)}' for name, value in values.items())
                lines += [f"parameters = {{ {', '.join(given)} }}", ""]
    return "\n".join(lines)


def tags_of(app: FastAPI) -> set[str]:
    paths = document_of(app)["paths"].values()
    return {tag for path in paths for operation in path.values() for tag in operation["tags"]}


async def fuzz(directory: Path, document: dict[str, Any], address: str, *arguments: str) -> None:
    """Run schemathesis, and fail with its own words."""
    (directory / "openapi.json").write_text(json.dumps(document))
    configured = directory / "schemathesis.toml"
    configured.touch()
    program = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
    report = directory / "report.txt"
    with report.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *[*program, "--config-file", str(configured), "run", "openapi.json"],
            *["--url", address, "--checks", CHECKS, "--seed", "7"],
            *["--continue-on-failure", "--no-shrink", "--request-timeout", "60"],
            *["--warnings", "off", "--no-color", "--max-redirects", "0"],
            *["--generation-database", "none", "--suppress-health-check", "all", *arguments],
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            cwd=directory,
            env={**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(ALPHABETS)},
        )
        try:
            await asyncio.wait_for(process.wait(), RUN_LIMIT_S)
        except TimeoutError:
            process.kill()
            await process.wait()
    assert process.returncode == 0, report.read_text()


@pytest.mark.timeout(RUN_LIMIT_S + 60)
@pytest.mark.parametrize("part", PARTS)
async def test_answers_of_a_signed_in_person_are_as_declared(app, market, tmp_path, part) -> None:
    known = {tag for tags in PARTS.values() for tag in tags}
    document = document_with(app, set(PARTS[part]) or tags_of(app) - known, EXCLUDED)
    (tmp_path / "schemathesis.toml").write_text(configuration(market, document))
    person = market.vendor if part in {"quotes", "deals", "invoices"} else market.buyer
    header = f"Authorization: Bearer {person.access_token}"
    async with served(app) as address:
        await fuzz(
            *(tmp_path, document, address, "--max-examples", "2"),
            *("--phases", "examples,coverage,fuzzing", "--header", header),
        )


@pytest.mark.timeout(RUN_LIMIT_S + 60)
async def test_answers_of_an_anonymous_visitor_are_as_declared(app, tmp_path) -> None:
    document = document_with(app, tags_of(app), {"notifications-stream-news"})
    async with served(app) as address:
        await fuzz(
            *(tmp_path, document, address, "--max-examples", "1"),
            *("--mode", "positive", "--phases", "examples,fuzzing"),
        )


def test_every_part_exists(app) -> None:
    named = {tag for tags in PARTS.values() for tag in tags}
    assert named <= tags_of(app)
    operations = {
        operation["operationId"]
        for path in document_of(app)["paths"].values()
        for operation in path.values()
    }
    assert set(EXCLUDED) <= operations
    assert all(path.startswith(API_PREFIX) for path in document_of(app)["paths"] if "{" in path)
