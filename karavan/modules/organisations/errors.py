"""What organisations refuse."""

from http import HTTPStatus

from karavan.kit.errors import DomainError


class RoleAboveOwnError(DomainError):
    """Nobody grants, changes or removes a role above their own."""

    status = HTTPStatus.FORBIDDEN
    code = "organisations.role_above_own"
    title = "This role is above your own."


class LastOwnerError(DomainError):
    """An organisation always has an owner."""

    status = HTTPStatus.CONFLICT
    code = "organisations.last_owner"
    title = "The last owner cannot leave or take another role. Make somebody else an owner first."


class AlreadyMemberError(DomainError):
    """The person invited, or accepting, belongs to the organisation already."""

    status = HTTPStatus.CONFLICT
    code = "organisations.already_member"
    title = "This person is a member already."


class InviteUnusableError(DomainError):
    """The invitation was accepted, revoked, or has expired; `meta.state` says which."""

    status = HTTPStatus.CONFLICT
    code = "organisations.invite_unusable"
    title = "This invitation can no longer be used. Ask for a new one."


class InviteForOtherError(DomainError):
    """The invitation went to another address than the signed-in person's."""

    status = HTTPStatus.FORBIDDEN
    code = "organisations.invite_for_other"
    title = "This invitation was sent to another address. Sign in with that one."
