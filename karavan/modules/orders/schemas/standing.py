"""Bodies and answers of standing orders."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, model_validator

from karavan.kit.lifecycle import Action
from karavan.kit.schemas import Body, Line, Text, Title, View
from karavan.kit.versions import VersionedBody
from karavan.modules.orders.schemas.carts import OrderTemplateLine
from karavan.modules.orders.schemas.orders import LINES_MAX, Day, OrderLineBody, OrderParty
from karavan.modules.orders.states import RunOutcome, Schedule, StandingState


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("must be a time zone of the IANA database, such as Asia/Almaty")
    return value


TimeZone = Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
DayNumber = Annotated[int, Field(ge=1, le=31)]


class Timetable(Body):
    """On which days an order places itself."""

    schedule: Schedule
    days: list[DayNumber] = Field(
        min_length=1,
        max_length=31,
        description="1 (Monday) to 7 of a week, or days of a month; the last day stands for those that a month lacks.",
    )
    hour: int = Field(8, ge=0, le=23)
    time_zone: TimeZone = "Asia/Almaty"
    ends_on: Day | None = None

    @model_validator(mode="after")
    def _days_of_a_week(self) -> "Timetable":
        if self.schedule is Schedule.WEEKLY and max(self.days) > 7:
            raise ValueError("days of a week are 1 to 7")
        self.days = sorted(set(self.days))
        return self


class StandingBody(Timetable):
    """An order that places itself."""

    name: Title
    supplier_organisation_id: UUID
    lines: list[OrderLineBody] = Field(min_length=1, max_length=LINES_MAX)
    note: Text = Field("", max_length=2000)
    buyer_reference: Line = ""
    delivery_address: Text = Field("", max_length=500)


class StandingPatch(VersionedBody):
    """What is changed of a standing order; what is left out stays."""

    name: Title | None = None
    lines: list[OrderLineBody] | None = Field(None, min_length=1, max_length=LINES_MAX)
    timetable: Timetable | None = None
    note: Text | None = Field(None, max_length=2000)
    buyer_reference: Line | None = None
    delivery_address: Text | None = Field(None, max_length=500)


class StandingRunView(View):
    """One turn: the order that it placed, or why it was skipped."""

    id: UUID
    due_at: datetime
    outcome: RunOutcome
    order_id: UUID | None
    order_number: str | None
    code: str | None = Field(
        description="Stable name of the refusal, such as `order.out_of_stock`."
    )
    detail: str | None
    facts: dict[str, Any]
    created_at: datetime


class StandingView(View):
    """A standing order."""

    id: UUID
    name: str
    state: StandingState
    supplier: OrderParty
    lines: list[OrderTemplateLine]
    note: str
    buyer_reference: str
    delivery_address: str
    schedule: Schedule
    days: list[int]
    hour: int
    time_zone: str
    ends_on: Day | None
    next_run_at: datetime | None
    created_by_name: str
    version: int
    created_at: datetime
    updated_at: datetime
    last_run: StandingRunView | None
    actions: list[Action]


class StandingDetails(StandingView):
    """A standing order with its last hundred turns."""

    runs: list[StandingRunView]
