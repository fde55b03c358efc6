"""A classifier behind HTTP: `POST {base_url}` with the picture as body, labels as JSON in the answer."""

from collections.abc import Sequence
from typing import Any

import httpx

from karavan.modules.media.public import ClassifierError, Label
from karavan.settings import VisionSettings

_LABELS_MAX = 1000


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
        headers = {"content-type": "image/webp", "accept": "application/json"}
        if key := self._settings.api_key.get_secret_value():
            headers["authorization"] = f"Bearer {key}"
        async with httpx.AsyncClient(
            timeout=self._settings.timeout_s, transport=self._transport
        ) as client:
            try:
                answer = await client.post(
                    self._settings.base_url, content=content, headers=headers
                )
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise ClassifierError(type(error).__name__) from error
        if not answer.is_success:
            raise ClassifierError(f"status {answer.status_code}")
        try:
            return _labels(answer.json())
        except (ValueError, LookupError, TypeError) as error:
            raise ClassifierError("the answer is not what was asked for") from error


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
