"""What exactly somebody agrees to when they approve."""

from collections.abc import Sequence
from typing import Any

from karavan.modules.procurement.approval_chain import ApprovalSubject
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Request, RequestLine
from karavan.modules.procurement.request_content import (
    estimated_amount,
    fingerprint,
    snapshot,
)
from karavan.modules.procurement.states import ApprovalPurpose


def publish_subject(request: Request, lines: Sequence[RequestLine]) -> ApprovalSubject:
    """Publishing commits to what the request may cost: its budget, else target prices × quantities, else unknown."""
    content = snapshot(request, lines)
    summary: dict[str, Any] = {
        "label": REQUEST.label_of(request),
        "title": request.title,
        "lines": len(lines),
    }
    return ApprovalSubject(
        request_id=request.id,
        purpose=ApprovalPurpose.PUBLISH,
        amount=estimated_amount(request, lines),
        currency=request.currency,
        fingerprint=fingerprint(content, revision=request.revision),
        summary=summary,
    )
