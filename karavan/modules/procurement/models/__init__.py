"""Tables of procurement, in the order of the trade: request, quote, deal."""

from karavan.modules.procurement.models.approvals import Approval, ApprovalRule
from karavan.modules.procurement.models.deals import Deal, DealSignature, DealTerms
from karavan.modules.procurement.models.evaluation import Criterion, ExchangeRate, Score
from karavan.modules.procurement.models.ocds import (
    ExternalParty,
    ExternalRecord,
    OcdsProcess,
    OcdsRelease,
)
from karavan.modules.procurement.models.quotes import Quote, QuoteLine, QuoteVersion
from karavan.modules.procurement.models.requests import (
    Invitation,
    Question,
    Request,
    RequestLine,
    RequestRevision,
    RequestTemplate,
)

__all__ = [
    "Approval",
    "ApprovalRule",
    "Criterion",
    "Deal",
    "DealSignature",
    "DealTerms",
    "ExchangeRate",
    "ExternalParty",
    "ExternalRecord",
    "Invitation",
    "OcdsProcess",
    "OcdsRelease",
    "Question",
    "Quote",
    "QuoteLine",
    "QuoteVersion",
    "Request",
    "RequestLine",
    "RequestRevision",
    "RequestTemplate",
    "Score",
]
