"""Bodies of the routes of notifications."""

from datetime import datetime
from uuid import UUID

from pydantic import Field, field_validator

from karavan.kit.pagination import Feed
from karavan.kit.schemas import Body, View
from karavan.modules.notifications.groups import Group


class NotificationView(View):
    """One notification in its reader's language."""

    id: UUID
    kind: str = Field(description="Such as `quote.submitted`.")
    group: Group
    title: str
    body: str = Field(description="May be empty.")
    link: str = Field(description="Page of the web application that it is about.")
    actor_name: str | None = Field(
        description="Who did it: a colleague, or another organisation; null when the clock did."
    )
    created_at: datetime
    read_at: datetime | None


NotificationFeed = Feed[NotificationView]


class UnreadCount(View):
    """What remains unread."""

    count: int


class ReadCount(View):
    """How many were unread until now."""

    read: int


class JobTaken(View):
    """The work will be done by a worker."""

    queued: bool = True


class PreferenceView(View):
    """How a person hears of one group."""

    group: Group
    label: str
    in_app: bool
    email: bool


class PreferencesView(View):
    """How a person hears of every group, in the order in which to show them."""

    groups: list[PreferenceView]


class PreferenceBody(Body):
    """How to hear of one group."""

    group: Group
    in_app: bool
    email: bool


class PreferencesBody(Body):
    """How to hear of each group; groups that are left out return to their defaults."""

    groups: list[PreferenceBody] = Field(max_length=len(Group))

    @field_validator("groups")
    @classmethod
    def _each_once(cls, groups: list[PreferenceBody]) -> list[PreferenceBody]:
        if len({one.group for one in groups}) < len(groups):
            raise ValueError("must name each group once")
        return groups
