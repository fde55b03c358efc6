"""The operator's synonyms: added, replaced, removed."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import FieldError, NotFoundError, ValidationError
from karavan.kit.ids import new_id
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.models.search import Synonym
from karavan.modules.catalogue.schemas.search import SynonymBody, SynonymPatch
from karavan.modules.catalogue.search.synonyms import PHRASE_TOKENS_MAX, keys_of


async def add(session: AsyncSession, actor: Actor, body: SynonymBody) -> Synonym:
    """Add an entry.

    Raises:
        ValidationError: a term says nothing to a search (`for`), or is too long for one.
    """
    synonym = Synonym(id=new_id(), version=1, created_by=actor.user_id)
    await _fill(session, synonym, body)
    session.add(synonym)
    await session.flush()
    await session.refresh(synonym)
    _record(session, actor, synonym, "synonym.add", before=None, after=_content(synonym))
    return synonym


async def change(
    session: AsyncSession, actor: Actor, synonym_id: UUID, body: SynonymPatch
) -> Synonym:
    """Replace an entry.

    Raises:
        NotFoundError: there is none.
        ConflictError: somebody else changed it since the caller read it.
        ValidationError: as in `add`.
    """
    synonym = await _locked(session, synonym_id, body.version)
    before = _content(synonym)
    await _fill(session, synonym, body)
    synonym.version += 1
    await session.flush()
    await session.refresh(synonym)
    _record(session, actor, synonym, "synonym.change", before=before, after=_content(synonym))
    return synonym


async def remove(
    session: AsyncSession, actor: Actor, synonym_id: UUID, *, version: int | None
) -> None:
    """Remove an entry.

    Raises:
        NotFoundError: there is none.
        ConflictError: somebody else changed it since the caller read it.
    """
    synonym = await _locked(session, synonym_id, version)
    _record(session, actor, synonym, "synonym.remove", before=_content(synonym), after=None)
    await session.delete(synonym)


async def _locked(session: AsyncSession, synonym_id: UUID, version: int | None) -> Synonym:
    synonym = await session.get(Synonym, synonym_id, with_for_update=True)
    if synonym is None:
        raise NotFoundError
    refuse_stale(synonym, version)
    return synonym


async def _fill(session: AsyncSession, synonym: Synonym, body: SynonymBody) -> None:
    language = body.language.value
    errors = []
    keys: list[str] = []
    for name, terms in (("terms", body.terms), ("replacements", body.replacements)):
        found = await keys_of(session, terms, language)
        for place, key in enumerate(found):
            if not key or key.count(" ") >= PHRASE_TOKENS_MAX:
                detail = f"Give one to {PHRASE_TOKENS_MAX} words that a search would look for."
                errors.append(FieldError(pointer=f"#/{name}/{place}", code="term", detail=detail))
        if name == "terms":
            keys = list(dict.fromkeys(found))
    if errors:
        raise ValidationError(errors=errors)
    synonym.language, synonym.keys = language, keys
    synonym.terms, synonym.replacements = list(body.terms), list(body.replacements)


def _content(synonym: Synonym) -> dict[str, Any]:
    return {
        "language": synonym.language,
        "terms": synonym.terms,
        "replacements": synonym.replacements,
    }


def _record(
    session: AsyncSession,
    actor: Actor,
    synonym: Synonym,
    action: str,
    *,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    record_audit(
        session,
        actor,
        action,
        target_type="synonym",
        target_id=synonym.id,
        target_label=", ".join(synonym.terms)[:200],
        before=before,
        after=after,
    )
