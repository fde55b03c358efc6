"""The language model's adapter against the sandbox, which speaks the same protocol."""

import httpx
import pytest

from karavan.adapters.llm.openai_compatible import OpenAICompatibleModel
from karavan.adapters.llm.sandbox import sandbox_transport
from karavan.modules.assistant.public import LanguageModelError
from karavan.settings import LanguageModelSettings

SETTINGS = LanguageModelSettings(
    base_url="http://model.test/v1", api_key="key-of-a-test", timeout_s=5
)


def model(transport: httpx.AsyncBaseTransport | None = None) -> OpenAICompatibleModel:
    return OpenAICompatibleModel(
        SETTINGS.model_copy(update={"base_url": "http://model.test"}),
        transport=transport or sandbox_transport(),
    )


async def ask(text: str, using: OpenAICompatibleModel | None = None) -> object:
    return await (using or model()).complete_json(
        instruction="Draft.", text=text, schema={"type": "object"}
    )


async def test_an_answer_is_parsed() -> None:
    answer = await ask("30 chairs and 2 t rebar")
    assert isinstance(answer, dict)
    assert [(line["name"], line["quantity"], line["unit"]) for line in answer["lines"]] == [
        ("chairs", "30", "H87"),
        ("rebar", "2", "TNE"),
    ]


@pytest.mark.parametrize(
    "wish", ["#cut", "#null", "#text", "#broken", "#deep", "#status 401", "#status 404"]
)
async def test_an_unusable_answer_is_an_error(wish: str) -> None:
    with pytest.raises(LanguageModelError):
        await ask(f"30 chairs {wish}")


async def test_an_answer_dressed_as_code_is_read() -> None:
    answer = await ask("30 chairs #fenced")
    assert isinstance(answer, dict)
    assert [line["quantity"] for line in answer["lines"]] == ["30"]


class Recorder(httpx.AsyncBaseTransport):
    """Answers with the given statuses in turn, then through the sandbox."""

    def __init__(self, *statuses: int, body: str = "{}") -> None:
        self.statuses = list(statuses)
        self.body = body
        self.requests: list[httpx.Request] = []
        self.sandbox = sandbox_transport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.statuses:
            return httpx.Response(
                self.statuses.pop(0), text=self.body, headers={"retry-after": "0.01"}
            )
        return await self.sandbox.handle_async_request(request)


async def test_a_busy_server_is_asked_again() -> None:
    recorder = Recorder(429, 503)
    assert isinstance(await ask("30 chairs", model(recorder)), dict)
    assert len(recorder.requests) == 3
    assert recorder.requests[0].headers["authorization"] == "Bearer key-of-a-test"


async def test_three_attempts_are_all() -> None:
    recorder = Recorder(500, 500, 500, 500)
    with pytest.raises(LanguageModelError):
        await ask("30 chairs", model(recorder))
    assert len(recorder.requests) == 3


async def test_a_spent_quota_is_not_asked_again() -> None:
    recorder = Recorder(429, body='{"error": {"code": "insufficient_quota"}}')
    with pytest.raises(LanguageModelError):
        await ask("30 chairs", model(recorder))
    assert len(recorder.requests) == 1
