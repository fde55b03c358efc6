"""A language model that works offline: the rules, spoken over the protocol of the real one.

It is an ASGI application and a transport for the real adapter, so everything between the adapter and the answer runs as
it does with a vendor. The last line of the text may ask for a failure, such as `#status 500` or `#cut`.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from karavan.modules.assistant.public import draft_by_rules

_WISH = re.compile(r"#(status (?P<status>\d{3})|cut|null|text|extra|broken|deep|fenced|guess)\s*$")


def sandbox_app() -> FastAPI:
    """The server."""
    app = FastAPI(openapi_url=None)

    @app.post("/chat/completions")
    async def complete(request: Request) -> Response:
        body = await request.json()
        text = body["messages"][-1]["content"]
        wish = _WISH.search(text)
        if wish and wish["status"]:
            error = {"message": "as wished", "type": "server_error", "param": None, "code": None}
            return JSONResponse({"error": error}, int(wish["status"]))
        return JSONResponse(_answer(body["model"], text, wish[0] if wish else ""))

    return app


def sandbox_transport() -> httpx.ASGITransport:
    """For the adapter, instead of a network."""
    return httpx.ASGITransport(app=sandbox_app())


def _answer(model: str, text: str, wish: str) -> dict[str, Any]:
    draft = draft_by_rules(text, datetime.now(UTC).date())
    sentence = draft.sentence
    content: dict[str, Any] = {
        "title": draft.title or "?",
        "description": draft.description,
        "category": None,
        "lines": [
            {
                "name": line.name,
                "quantity": format(line.quantity, "f"),
                "unit": line.unit,
                "specification": "",
            }
            for line in sentence.lines
        ],
        "currency": sentence.currency,
        "budget": str(sentence.budget.to_decimal()) if sentence.budget else None,
        "needed_by": sentence.needed_by.isoformat() if sentence.needed_by else None,
    }
    if wish.startswith("#extra"):
        content["surprise"] = True
    elif wish.startswith("#guess"):
        content |= {"currency": "KZT", "budget": "90000", "needed_by": "2099-01-31"}
    written: str | None = json.dumps(content, ensure_ascii=False)
    if wish.startswith("#null"):
        written = None
    elif wish.startswith("#text"):
        written = "Gladly! Here is your draft."
    elif wish.startswith("#broken"):
        written = (written or "")[:-5]
    elif wish.startswith("#deep"):
        written = "[" * 100_000
    elif wish.startswith("#fenced"):
        written = f"```\n{written}\n```"
    return {
        "id": "chatcmpl-sandbox",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": written, "refusal": None},
                "finish_reason": "length" if wish.startswith("#cut") else "stop",
            }
        ],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }
