"""A classifier behind HTTP: `POST {base_url}` with the picture as body, labels as JSON in the answer."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import httpx

from karavan.modules.media.public import ClassifierError, Label
from karavan.settings import VisionSettings

_LABELS_MAX = 1000
# Ten times what a thousand labels take: a page of a wrong address must not fill the worker's memory.
_ANSWER_MAX_BYTES = 1024 * 1024


class EndpointClassifier:
    """Sends a WebP and reads `{"labels": [{"name": "weapon", "score": 0.97}, …]}`.

    A bare list, and `label` for `name`, are understood too: so do many ready-made servers answer.

    Args:
        transport: of tests that stand in for the network.
    """

    def __init__(
        self, settings: VisionSettings, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._settings = settings
        self._transport = transport

    async def classify(self, content: bytes) -> Sequence[Label]:
        """Labels of a picture.

        Raises:
            ClassifierError: unreachable, slow, refused, or no labels in the answer. Whoever asks tries again later.
        """
        try:
            # Of the whole: an answer that drips is slow as well.
            async with asyncio.timeout(self._settings.timeout_s):
                answer = await self._post(content)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise ClassifierError(type(error).__name__) from error
        try:
            return _labels(json.loads(answer))
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            # Brackets in brackets by the thousand are more than the parser follows.
            raise ClassifierError("the answer is not what was asked for") from error

    async def _post(self, content: bytes) -> bytes:
        headers = {"content-type": "image/webp", "accept": "application/json"}
        if key := self._settings.api_key.get_secret_value():
            headers["authorization"] = f"Bearer {key}"
        taken = bytearray()
        async with (
            httpx.AsyncClient(
                timeout=self._settings.timeout_s, transport=self._transport
            ) as client,
            client.stream(
                "POST", self._settings.base_url, content=content, headers=headers
            ) as answer,
        ):
            if not answer.is_success:
                raise ClassifierError(f"status {answer.status_code}")
            async for piece in answer.aiter_bytes():
                taken += piece
                if len(taken) > _ANSWER_MAX_BYTES:
                    raise ClassifierError("the answer is too large")
        return bytes(taken)


def _labels(answer: Any) -> list[Label]:
    found = answer["labels"] if isinstance(answer, dict) else answer
    if not isinstance(found, list):
        raise TypeError("no list of labels")
    labels = []
    for one in found[:_LABELS_MAX]:
        score = float(one["score"])
        if not 0 <= score <= 1:
            raise ValueError("a score is from 0 to 1")
        labels.append(Label(str(one["name"] if "name" in one else one["label"]), score))
    return labels
