"""What other modules may use of procurement."""

from karavan.modules.procurement.actions.invitations.invite import invite
from karavan.modules.procurement.actions.invitations.respond import decline
from karavan.modules.procurement.actions.questions.ask import answer, ask
from karavan.modules.procurement.actions.requests.amend import amend
from karavan.modules.procurement.actions.requests.create import create
from karavan.modules.procurement.actions.requests.deadline import extend
from karavan.modules.procurement.actions.requests.end import (
    cancel,
    close,
    close_without_award,
    reopen,
)
from karavan.modules.procurement.actions.requests.publish import publish
from karavan.modules.procurement.categories import CATEGORIES, Category, CategoryNames
from karavan.modules.procurement.schemas.requests import (
    RequestBody,
    RequestContent,
    RequestLineBody,
)
from karavan.modules.procurement.states import (
    ApprovalPurpose,
    DealState,
    QuoteState,
    RequestState,
    Visibility,
)

__all__ = [
    "CATEGORIES",
    "ApprovalPurpose",
    "Category",
    "CategoryNames",
    "DealState",
    "QuoteState",
    "RequestBody",
    "RequestContent",
    "RequestLineBody",
    "RequestState",
    "Visibility",
    "amend",
    "answer",
    "ask",
    "cancel",
    "close",
    "close_without_award",
    "create",
    "decline",
    "extend",
    "invite",
    "publish",
    "reopen",
]
