"""Refusals of trading links."""

from http import HTTPStatus

from karavan.kit.errors import DomainError, NotFoundError


class NoLinkError(NotFoundError):
    """There is no accepted link with the supplier, or no such supplier: which of them is not told."""

    code = "links.not_linked"
    title = "There is no accepted trading link with this supplier."


class AlreadyLinkedError(DomainError):
    """An ordered pair has one live link: `meta` names it and its state."""

    status = HTTPStatus.CONFLICT
    code = "links.already_linked"
    title = "There is already a link between these organisations."


class CoolingPeriodError(DomainError):
    """A denied request may be made again later: `meta.retry_at` says when."""

    status = HTTPStatus.CONFLICT
    code = "links.cooling_period"
    title = "The supplier has denied a request recently. Ask again later."


class OwnOrganisationError(DomainError):
    """Nobody trades with themselves."""

    status = HTTPStatus.CONFLICT
    code = "links.own_organisation"
    title = "This is your own organisation."


class RequestExpiredError(DomainError):
    """Nobody answered in time, and the consumer may have bought elsewhere meanwhile."""

    status = HTTPStatus.CONFLICT
    code = "links.request_expired"
    title = "The request has expired. The buyer can ask again."


class NotLinkedError(DomainError):
    """Terms belong to an accepted link."""

    status = HTTPStatus.CONFLICT
    code = "links.not_accepted"
    title = "Terms can only be changed while the link is accepted."


class InvitationUnusableError(DomainError):
    """The invitation was revoked, has expired or was used up: `meta.state` says which."""

    status = HTTPStatus.CONFLICT
    code = "links.invitation_unusable"
    title = "This invitation can no longer be used."
