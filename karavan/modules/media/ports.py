"""The classifier of pictures, should the operator have configured one."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from karavan.kit.services import Port


class ClassifierError(Exception):
    """The classifier gave no usable answer: unreachable, refused, or not what was asked for."""


class Label(Struct, frozen=True):
    """What a picture shows, and how sure the classifier is, from 0 to 1."""

    name: str
    score: float


class PictureClassifier(Protocol):
    """Something that says what a picture shows."""

    async def classify(self, content: bytes) -> Sequence[Label]:
        """Labels of a picture, in any order.

        Args:
            content: a WebP whose longer side has at most 480 pixels.

        Raises:
            ClassifierError: there is no usable answer; asking later may help.
        """


PICTURE_CLASSIFIER: Port[PictureClassifier | None] = Port("picture classifier")
