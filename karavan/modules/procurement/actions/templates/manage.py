"""Keep templates and start drafts from them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import NotFoundError, invalid
from karavan.kit.ids import new_id
from karavan.kit.schemas import KEPT
from karavan.kit.tenancy import caller_is
from karavan.kit.versions import refuse_stale
from karavan.modules.procurement.actions.requests.create import create
from karavan.modules.procurement.actions.requests.duplicate import content_of, own_request
from karavan.modules.procurement.errors import TemplateNameTakenError
from karavan.modules.procurement.models import Request, RequestTemplate
from karavan.modules.procurement.queries.rows import live_lines
from karavan.modules.procurement.request_content import refuse_wrong_money
from karavan.modules.procurement.schemas.requests import RequestContent
from karavan.modules.procurement.schemas.templates import TemplateBody, TemplatePatch


async def create_template(
    session: AsyncSession, actor: Actor, body: TemplateBody
) -> RequestTemplate:
    """Keep a content, or a request's content, under a name of its own.

    Raises:
        ValidationError: neither or both were given, or an amount is in another currency.
        NotFoundError: the request is not the organisation's own.
        TemplateNameTakenError: the name is in use.
    """
    if (body.content is None) == (body.request_id is None):
        raise invalid("#/content", "required", "Give either a content or a request to copy.")
    content = body.content
    if content is None:
        assert body.request_id is not None
        original = await own_request(session, actor, body.request_id)
        content = content_of(original, await live_lines(session, original.id))
    template = RequestTemplate(
        id=new_id(),
        organisation_id=actor.organisation_id,
        name=body.name,
        body=_kept(content),
        created_by=actor.user_id,
        version=1,
    )
    session.add(template)
    await _flush_named(session)
    _audit(session, actor, template, "create")
    return template


async def edit_template(
    session: AsyncSession, actor: Actor, template_id: UUID, body: TemplatePatch
) -> RequestTemplate:
    """Rename a template, or replace its content.

    Raises:
        NotFoundError: it is not the organisation's own.
        ConflictError: somebody else changed it since the caller read it.
        TemplateNameTakenError: the name is in use.
    """
    template = await locked_template(session, template_id)
    refuse_stale(template, body.version)
    if "name" in body.model_fields_set:
        template.name = body.name
    if body.content is not None:
        template.body = _kept(body.content)
    template.version += 1
    await _flush_named(session)
    _audit(session, actor, template, "edit")
    return template


async def delete_template(
    session: AsyncSession, actor: Actor, template_id: UUID, *, version: int | None = None
) -> None:
    """Throw a template away. Drafts that began with it stay.

    Raises:
        NotFoundError: it is not the organisation's own.
        ConflictError: somebody else changed it since the caller read it.
    """
    template = await locked_template(session, template_id)
    refuse_stale(template, version)
    _audit(session, actor, template, "delete")
    await session.delete(template)
    await session.flush()


async def use_template(session: AsyncSession, actor: Actor, template_id: UUID) -> Request:
    """Start a draft from a template.

    Raises:
        NotFoundError: it is not the organisation's own.
    """
    template = await session.get(RequestTemplate, template_id)
    if template is None or template.organisation_id != actor.organisation_id:
        raise NotFoundError
    content = RequestContent.model_validate(template.body, context=KEPT)
    return await create(session, actor, content)


async def locked_template(session: AsyncSession, template_id: UUID) -> RequestTemplate:
    """A template, locked until the transaction ends.

    Raises:
        NotFoundError: it is not the organisation's own.
    """
    found = await session.scalars(
        select(RequestTemplate)
        .where(RequestTemplate.id == template_id, caller_is(RequestTemplate.organisation_id))
        .with_for_update()
    )
    template = found.one_or_none()
    if template is None:
        raise NotFoundError
    return template


def _kept(content: RequestContent) -> dict[str, object]:
    refuse_wrong_money(content.currency, content.budget, content.lines)
    kept = content.model_dump(mode="json")
    for line in kept["lines"]:
        line["id"] = None
    return kept


async def _flush_named(session: AsyncSession) -> None:
    try:
        async with savepoint(session):
            await session.flush()
    except IntegrityError as error:
        raise TemplateNameTakenError from error


def _audit(session: AsyncSession, actor: Actor, template: RequestTemplate, verb: str) -> None:
    record_audit(
        session,
        actor,
        f"request_template.{verb}",
        target_type="request_template",
        target_id=template.id,
        target_label=template.name,
    )
