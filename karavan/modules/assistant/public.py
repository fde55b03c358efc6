"""What others may use of the assistant: its port, and the rules that the sandbox model speaks for."""

from karavan.modules.assistant.drafting import draft_by_rules
from karavan.modules.assistant.ports import LANGUAGE_MODEL, LanguageModel, LanguageModelError

__all__ = ["LANGUAGE_MODEL", "LanguageModel", "LanguageModelError", "draft_by_rules"]
