"""Tokens of one-click unsubscription: signed, so that nothing is stored for a mail that is never answered."""

import base64
import binascii
from uuid import UUID

from karavan.kit.signing import key_ring
from karavan.modules.notifications.groups import Group

_PURPOSE = "notifications.unsubscribe"
_SIGNATURE_CHARACTERS = 43


def token_for(user_id: UUID, group: Group) -> str:
    """A token that ends a person's mail of one group. It does not expire: old mail must keep its word."""
    subject = f"{_encoded(user_id.bytes)}.{group.value}"
    return f"{subject}.{key_ring().sign(_PURPOSE, subject)}"


def subject_of(token: str) -> tuple[UUID, Group] | None:
    """Whose mail of which group the token ends; nothing when it is none of ours."""
    subject, _, signature = token.rpartition(".")
    if len(signature) != _SIGNATURE_CHARACTERS or not key_ring().verifies(
        _PURPOSE, subject, signature
    ):
        return None
    person, _, group = subject.partition(".")
    try:
        return UUID(bytes=base64.urlsafe_b64decode(person + "==")), Group(group)
    except (ValueError, binascii.Error):
        return None


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
