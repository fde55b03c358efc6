"""Bodies of the moderators' desk, and what is answered there."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from karavan.kit.schemas import Text, View
from karavan.kit.versions import VersionedBody
from karavan.modules.catalogue.schemas.products import Finding, Party
from karavan.modules.media.public import PictureView


class ModerationKind(StrEnum):
    """What waits for a moderator."""

    PRODUCT = "product"
    CHANGE_REQUEST = "change_request"


class RejectBody(VersionedBody):
    """A refusal. The seller reads its reason."""

    reason: Annotated[Text, Field(min_length=1, max_length=2000)]


class ModerationItem(View):
    """Something that waits for a moderator."""

    kind: ModerationKind
    id: UUID
    product_id: UUID
    organisation: Party
    sku: str
    name: str
    names: dict[str, str]
    descriptions: dict[str, str]
    category_id: UUID | None
    images: list[PictureView]
    changes: dict[str, Any] = Field(
        description="Of a change request: by field, `before` and `after`."
    )
    findings: list[Finding]
    version: int
    waiting_since: datetime


class Decision(View):
    """What was decided."""

    kind: ModerationKind
    id: UUID
    state: str
    version: int
