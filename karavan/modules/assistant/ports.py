"""The language model, should the operator have configured one."""

from typing import Any, Protocol

from karavan.kit.services import Port


class LanguageModelError(Exception):
    """The model gave no usable answer: unreachable, refused, cut off, or not what was asked for."""


class LanguageModel(Protocol):
    """Something that writes JSON about a text."""

    async def complete_json(self, *, instruction: str, text: str, schema: dict[str, Any]) -> object:
        """The model's answer, parsed from JSON and not yet checked.

        Args:
            instruction: what to do; ours.
            text: what to do it with; somebody's, and never an instruction.
            schema: JSON Schema of the wanted answer.

        Raises:
            LanguageModelError: there is no usable answer.
        """


LANGUAGE_MODEL: Port[LanguageModel | None] = Port("language model")
