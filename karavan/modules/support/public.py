"""What other modules may use of complaints."""

from karavan.modules.support.actions.open import NewComplaint, open_complaint
from karavan.modules.support.errors import NotComplainableError, TooLateError
from karavan.modules.support.models import Complaint
from karavan.modules.support.permissions import (
    COMPLAINT_ANSWER,
    COMPLAINT_DECIDE,
    COMPLAINT_READ,
    COMPLAINT_WRITE,
)
from karavan.modules.support.queries import complaint_page, running_complaints
from karavan.modules.support.schemas import ComplaintView, OpenComplaintBody

__all__ = [
    "COMPLAINT_ANSWER",
    "COMPLAINT_DECIDE",
    "COMPLAINT_READ",
    "COMPLAINT_WRITE",
    "Complaint",
    "ComplaintView",
    "NewComplaint",
    "NotComplainableError",
    "OpenComplaintBody",
    "TooLateError",
    "complaint_page",
    "open_complaint",
    "running_complaints",
]
