"""Templates of requests."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlalchemy import select

from karavan.kit.authz import Actor, requires
from karavan.kit.errors import NotFoundError
from karavan.kit.pagination import Page, Paging, Sorting, count_rows
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import KEPT
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import IfMatch, versioned
from karavan.modules.procurement.actions.templates import manage
from karavan.modules.procurement.models import RequestTemplate
from karavan.modules.procurement.permissions import REQUEST_READ, REQUEST_WRITE
from karavan.modules.procurement.queries.requests import request_page
from karavan.modules.procurement.schemas.requests import RequestContent, RequestView
from karavan.modules.procurement.schemas.templates import (
    TemplateBody,
    TemplatePatch,
    TemplateView,
)

router = make_router("/request-templates", "request templates")

TEMPLATE_SORTS = Sorting(
    "TemplateSort",
    {"name": RequestTemplate.name, "updated_at": RequestTemplate.updated_at},
    default="name",
)


def _view(template: RequestTemplate) -> TemplateView:
    return TemplateView(
        id=template.id,
        name=template.name,
        content=RequestContent.model_validate(template.body, context=KEPT),
        version=template.version,
        created_at=template.created_at,
        updated_at=template.updated_at,
    )


@router.get("")
async def list_templates(
    actor: Annotated[Actor, requires(REQUEST_READ)],
    session: Tx,
    paging: Paging,
    sort: Annotated[list[str], TEMPLATE_SORTS.parameter()],
    q: Annotated[str | None, Query(max_length=200, description="Part of the name.")] = None,
) -> Page[TemplateView]:
    """Templates of your organisation."""
    wanted = select(RequestTemplate).where(RequestTemplate.organisation_id == actor.organisation_id)
    if q:
        wanted = wanted.where(RequestTemplate.name.icontains(q, autoescape=True))
    found = await session.scalars(
        wanted.order_by(*TEMPLATE_SORTS.clauses(sort, RequestTemplate.id))
        .limit(paging.size)
        .offset(paging.offset)
    )
    total = await count_rows(session, wanted)
    return paging.answer([_view(template) for template in found], total)


@router.post("", status_code=HTTPStatus.CREATED)
async def create_template(
    body: TemplateBody, actor: Annotated[Actor, requires(REQUEST_WRITE)], session: Tx
) -> TemplateView:
    """Keep a content, or a request's content, as a template."""
    template = await manage.create_template(session, actor, body)
    await session.refresh(template)
    return _view(template)


@router.get("/{template_id}")
async def get_template(
    template_id: UUID, actor: Annotated[Actor, requires(REQUEST_READ)], session: Tx
) -> TemplateView:
    """A template."""
    template = await session.get(RequestTemplate, template_id)
    if template is None or template.organisation_id != actor.organisation_id:
        raise NotFoundError
    return _view(template)


@router.patch("/{template_id}")
async def edit_template(
    template_id: UUID,
    body: Annotated[TemplatePatch, versioned(TemplatePatch)],
    actor: Annotated[Actor, requires(REQUEST_WRITE)],
    session: Tx,
) -> TemplateView:
    """Rename a template, or replace its content."""
    template = await manage.edit_template(session, actor, template_id, body)
    await session.refresh(template)
    return _view(template)


@router.delete("/{template_id}", status_code=HTTPStatus.NO_CONTENT)
async def delete_template(
    template_id: UUID,
    actor: Annotated[Actor, requires(REQUEST_WRITE)],
    session: Tx,
    version: IfMatch,
) -> None:
    """Throw a template away."""
    await manage.delete_template(session, actor, template_id, version=version)


@router.post("/{template_id}/use", response_model=RequestView, status_code=HTTPStatus.CREATED)
async def use_template(
    template_id: UUID, actor: Annotated[Actor, requires(REQUEST_WRITE)], session: Tx
) -> Response:
    """Start a draft from a template."""
    request = await manage.use_template(session, actor, template_id)
    page = await request_page(session, actor, request.id)
    return Response(page, status_code=HTTPStatus.CREATED, media_type="application/json")
