"""Bodies and answers of request templates."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from karavan.kit.schemas import Body, Title, View
from karavan.kit.versions import VersionedBody
from karavan.modules.procurement.schemas.requests import RequestContent


class TemplateBody(Body):
    """A new template: either its content, or a request to take it from."""

    name: Title
    content: RequestContent | None = None
    request_id: UUID | None = Field(None, description="A request of your own to copy.")


class TemplatePatch(VersionedBody):
    """Changes of a template: what is left out stays."""

    name: Title = ""
    content: RequestContent | None = None


class TemplateView(View):
    """A template: a request without its dates and files."""

    id: UUID
    name: str
    content: RequestContent
    version: int
    created_at: datetime
    updated_at: datetime
