"""Chat completions as OpenAI and many compatible servers speak them."""

import asyncio
import json
import random
from typing import Any

import httpx

from karavan.modules.assistant.public import LanguageModelError
from karavan.settings import LanguageModelSettings

_ATTEMPTS = 3
_RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504})
_PAUSE_MAX_S = 8.0
_TEXT_MAX = 4000
_TOKENS_MAX = 4000


class OpenAICompatibleModel:
    """A model behind `POST {base_url}/chat/completions`.

    Args:
        transport: of tests that stand in for the network.
    """

    def __init__(
        self, settings: LanguageModelSettings, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._settings = settings
        self._transport = transport

    async def complete_json(self, *, instruction: str, text: str, schema: dict[str, Any]) -> object:
        """The model's answer, parsed from JSON and not yet checked.

        Raises:
            LanguageModelError: unreachable after retries, refused, cut off, empty, or no JSON.
        """
        body = {
            "model": self._settings.model,
            # `system` and `max_tokens`, because that is what every compatible server knows.
            "messages": [
                {"role": "system", "content": instruction},
                {"role": "user", "content": text[:_TEXT_MAX]},
            ],
            "temperature": 0,
            "max_tokens": _TOKENS_MAX,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "draft", "schema": schema},
            },
        }
        async with httpx.AsyncClient(
            timeout=self._settings.timeout_s, transport=self._transport
        ) as client:
            try:
                async with asyncio.timeout(self._settings.timeout_s):
                    answer = await self._post(client, body)
            except TimeoutError as error:
                raise LanguageModelError("the model did not answer in time") from error
        return _content(answer)

    async def _post(self, client: httpx.AsyncClient, body: dict[str, Any]) -> httpx.Response:
        headers = {}
        if key := self._settings.api_key.get_secret_value():
            headers["Authorization"] = f"Bearer {key}"
        url = f"{self._settings.base_url.rstrip('/')}/chat/completions"
        problem = ""
        for attempt in range(_ATTEMPTS):
            try:
                answer = await client.post(url, json=body, headers=headers)
            except httpx.HTTPError as error:
                problem, pause_s = type(error).__name__, None
            else:
                if answer.is_success:
                    return answer
                problem = f"status {answer.status_code}"
                if answer.status_code not in _RETRIED or "insufficient_quota" in answer.text:
                    break
                pause_s = _retry_after_s(answer)
            if attempt + 1 < _ATTEMPTS:
                jitter = random.uniform(0.75, 1)  # noqa: S311  # nobody gains by guessing it
                await asyncio.sleep((pause_s or min(_PAUSE_MAX_S, 0.5 * 2**attempt)) * jitter)
        raise LanguageModelError(problem)


def _retry_after_s(answer: httpx.Response) -> float | None:
    value = answer.headers.get("retry-after", "")
    seconds = float(value) if value.replace(".", "", 1).isdigit() else 0.0
    return seconds if 0 < seconds <= _PAUSE_MAX_S else None


def _content(answer: httpx.Response) -> object:
    """The JSON that the first choice carries. Servers differ in what they leave out, so nothing is taken for granted."""
    try:
        choice = answer.json()["choices"][0]
        content = choice["message"]["content"]
        if choice.get("finish_reason") == "length":
            raise LanguageModelError("the answer was cut off")
        if not isinstance(content, str):
            raise LanguageModelError("the answer is empty or a refusal")
        return json.loads(_unfenced(content))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # Brackets in brackets by the thousand are more than the parser follows.
        raise LanguageModelError("the answer is not what was asked for") from error


def _unfenced(content: str) -> str:
    """Many models dress JSON as code, with or without the language's name."""
    bare = content.strip()
    if not bare.startswith("```"):
        return bare
    return bare.removeprefix("```").removeprefix("json").removesuffix("```")
