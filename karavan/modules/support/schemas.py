"""Bodies and answers of complaints."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from karavan.kit.business_hours import minute_of
from karavan.kit.lifecycle import Action, TransitionBody
from karavan.kit.money import MoneyBody, Price
from karavan.kit.schemas import Body, Seen, Text, View
from karavan.kit.versions import VersionedBody
from karavan.modules.media.public import AttachmentView
from karavan.modules.support.states import (
    ComplaintKind,
    ComplaintState,
    Outcome,
    StatusWord,
    Wanted,
)

TEXT_MAX = 5000
ATTACHMENTS_MAX = 10
HOLIDAYS_MAX = 400
INTERVALS_MAX = 6

Said = Annotated[Text, StringConstraints(min_length=1, max_length=TEXT_MAX), Seen]
"""A text that must say something."""

Files = Annotated[
    list[UUID],
    Field(max_length=ATTACHMENTS_MAX, description="Files of your organisation, from POST /media."),
]


class OpenComplaintBody(Body):
    """What is wrong with an order or one of its lines."""

    order_id: UUID
    line_id: UUID | None = Field(None, description="Without it, the whole order.")
    kind: ComplaintKind
    wanted: Wanted
    text: Said
    attachment_ids: Files = Field(default_factory=list)


class ComplaintAnswerBody(TransitionBody):
    """What the supplier says, and what it proposes. The clock stops until the buyer writes back."""

    text: Said
    proposal: Outcome | None = None
    amount: Price | None = Field(None, description="Without tax, for a refund or a credit.")


class ComplaintReplyBody(TransitionBody):
    """What the buyer says to the answer. The supplier's clock runs on."""

    text: Said


class ComplaintResolveBody(TransitionBody):
    """How the complaint ends, and why."""

    outcome: Outcome
    amount: Price | None = Field(None, description="Without tax, for a refund or a credit.")
    text: Said


class ComplaintStatusBody(VersionedBody):
    """The state that a complaint shall reach, or the verb, and what that transition takes."""

    status: StatusWord
    text: Annotated[Text, StringConstraints(max_length=TEXT_MAX)] | None = None
    reason: Text | None = Field(None, max_length=2000)
    outcome: Outcome | None = Field(
        None, description="Of a resolution, or the proposal of an answer."
    )
    amount: Price | None = None


class EvidenceBody(Body):
    """Photographs or papers, with a word about them."""

    note: Annotated[Text, StringConstraints(max_length=2000)] = ""
    attachment_ids: Annotated[Files, Field(min_length=1)]


class ComplaintAssigneeBody(VersionedBody):
    """Who deals with it: somebody of the supplier who may answer."""

    user_id: UUID


class ComplaintParty(View):
    """A side of a complaint."""

    id: UUID
    name: str


class ComplaintListItem(View):
    """A complaint in a list."""

    id: UUID
    number: str
    state: ComplaintState
    kind: ComplaintKind
    wanted: Wanted
    side: Literal["buyer", "seller"]
    seller: ComplaintParty
    buyer: ComplaintParty
    order_id: UUID
    order_number: str
    line_name: str | None
    excerpt: str
    assignee_name: str | None = Field(description="Told to the supplier alone.")
    due_at: datetime | None = Field(description="The supplier's deadline, while its clock runs.")
    lapses_at: datetime | None = Field(description="When the buyer's silence agrees.")
    overdue: bool
    escalated: bool
    outcome: Outcome | None
    outcome_amount: MoneyBody | None
    version: int
    created_at: datetime
    updated_at: datetime


class ComplaintMoveView(View):
    """What has happened to a complaint."""

    name: str
    state: ComplaintState
    side: Literal["buyer", "seller", "system"]
    actor_name: str | None
    text: str | None
    facts: dict[str, Any]
    created_at: datetime


class ComplaintEvidenceView(View):
    """What a side has put in."""

    id: UUID
    side: Literal["buyer", "seller"]
    author_name: str | None
    note: str
    attachments: list[AttachmentView]
    created_at: datetime


class ComplaintThread(View):
    """The conversation about it."""

    id: UUID
    unread: int


class ComplaintView(ComplaintListItem):
    """A complaint with its history, and what the reader may do now."""

    text: str
    line_id: UUID | None
    line_sku: str | None
    cost: MoneyBody = Field(description="What the goods cost, without tax.")
    most: MoneyBody = Field(description="What can still be given back, without tax.")
    opened_by_name: str | None
    assignee_user_id: UUID | None
    manager_name: str | None
    proposed_outcome: Outcome | None
    proposed_amount: MoneyBody | None
    answered_at: datetime | None
    answered_in_time: bool | None
    escalated_at: datetime | None
    resolved_at: datetime | None
    accepted_at: datetime | None
    appealed_at: datetime | None
    appealed_until: datetime | None = Field(description="Until when an appeal is possible.")
    credited: MoneyBody | None = Field(description="By a credit note, without tax.")
    credit_note_id: UUID | None
    credit_note_number: str | None
    moves: list[ComplaintMoveView]
    evidence: list[ComplaintEvidenceView]
    thread: ComplaintThread | None
    may_add_evidence: bool
    may_assign: bool
    actions: list[Action]


class ComplaintStateCount(View):
    """How many complaints are in a state."""

    value: ComplaintState
    count: int


class ComplaintFacets(View):
    """How many complaints match, by state."""

    total: int
    states: list[ComplaintStateCount]


class ComplaintStatistics(View):
    """How a supplier deals with complaints, over the last days."""

    days: int
    opened: int
    answered: int
    answered_in_time: int
    in_time_share: float | None = Field(description="From 0 to 1; absent while nothing was due.")
    escalated: int
    overdue: int
    resolved: int
    outcomes: dict[str, int]


Clock = Annotated[
    str,
    StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"),
    Field(examples=["09:00"]),
]


class WorkingInterval(Body):
    """A stretch of a working day in local time."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid")

    begins: Clock = Field(alias="from")
    ends: Clock = Field(alias="to", description="`24:00` is the end of the day.")


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is not a time zone such as Asia/Almaty")
    return name


def _apart(day: list[WorkingInterval]) -> list[WorkingInterval]:
    reached = 0
    for one in day:
        if not reached <= minute_of(one.begins) < minute_of(one.ends):
            raise ValueError("must be stretches in their order, apart from one another")
        reached = minute_of(one.ends)
    return day


def _believable(day: date) -> date:
    if not 2000 <= day.year <= 2200:
        raise ValueError("must be a year between 2000 and 2200")
    return day


Day = Annotated[list[WorkingInterval], Field(max_length=INTERVALS_MAX), AfterValidator(_apart)]
Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]
Holiday = Annotated[date, AfterValidator(_believable)]


class BusinessHoursBody(VersionedBody):
    """When the organisation works."""

    time_zone: Zone
    week: list[Day] = Field(min_length=7, max_length=7, description="Monday to Sunday.")
    holidays: list[Holiday] = Field(default_factory=list, max_length=HOLIDAYS_MAX)

    @model_validator(mode="after")
    def _some_time(self) -> "BusinessHoursBody":
        if not any(self.week):
            raise ValueError("a week needs working time")
        return self


class BusinessHoursView(View):
    """When the organisation works; `version` is nothing while nobody has set it."""

    time_zone: str
    week: list[list[WorkingInterval]]
    holidays: list[date]
    version: int | None
    may_change: bool
