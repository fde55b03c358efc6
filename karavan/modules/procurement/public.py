"""What other modules may use of procurement."""

from karavan.modules.procurement.actions.evaluation.set_rates import set_platform_rates
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
from karavan.modules.procurement.approval_chain import outranks
from karavan.modules.procurement.categories import CATEGORIES, Category, CategoryNames
from karavan.modules.procurement.permissions import APPROVAL_DECIDE, QUOTE_SUBMIT, REQUEST_WRITE
from karavan.modules.procurement.queries.dealings import have_dealt
from karavan.modules.procurement.queries.facts import RequestFacts, bidders_of, request_facts
from karavan.modules.procurement.queries.statistics import (
    Dealings,
    PriceStatistics,
    categories_of_similar,
    dealings_with,
    price_statistics,
)
from karavan.modules.procurement.schemas.evaluation import RateBody, RatesBody
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
    "APPROVAL_DECIDE",
    "CATEGORIES",
    "QUOTE_SUBMIT",
    "REQUEST_WRITE",
    "ApprovalPurpose",
    "Category",
    "CategoryNames",
    "DealState",
    "Dealings",
    "PriceStatistics",
    "QuoteState",
    "RateBody",
    "RatesBody",
    "RequestBody",
    "RequestContent",
    "RequestFacts",
    "RequestLineBody",
    "RequestState",
    "Visibility",
    "amend",
    "answer",
    "ask",
    "bidders_of",
    "cancel",
    "categories_of_similar",
    "close",
    "close_without_award",
    "create",
    "dealings_with",
    "decline",
    "extend",
    "have_dealt",
    "invite",
    "outranks",
    "price_statistics",
    "publish",
    "reopen",
    "request_facts",
    "set_platform_rates",
]
