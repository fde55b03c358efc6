"""Refusals of conversations."""

from http import HTTPStatus

from karavan.kit.errors import DomainError


class ClientIdTakenError(DomainError):
    """The sender has used this `client_id` in another thread."""

    status = HTTPStatus.CONFLICT
    code = "conversations.client_id_taken"
    title = "This client_id already belongs to a message in another conversation."
