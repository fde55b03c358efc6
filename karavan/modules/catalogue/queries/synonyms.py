"""The operator's list of synonyms."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.pagination import Page, PageParameters, count_rows
from karavan.modules.catalogue.models.search import Synonym
from karavan.modules.catalogue.schemas.search import SynonymLanguage, SynonymView


async def list_synonyms(
    session: AsyncSession, *, language: SynonymLanguage | None, part: str, paging: PageParameters
) -> Page[SynonymView]:
    """A page of entries, newest first.

    Args:
        part: of a term or replacement; empty for all.
    """
    found = select(Synonym)
    if language is not None:
        found = found.where(Synonym.language == language.value)
    if part.strip():
        # A register of some hundreds, read by few people: no index is worth its keeping.
        words = func.lower(
            func.array_to_string(Synonym.terms, "\n")
            + "\n"
            + func.array_to_string(Synonym.replacements, "\n")
        )
        found = found.where(func.strpos(words, part.strip().lower()) > 0)
    total = await count_rows(session, found)
    rows = await session.scalars(
        found.order_by(Synonym.created_at.desc(), Synonym.id.desc())
        .limit(paging.size)
        .offset(paging.offset)
    )
    return paging.answer([SynonymView.model_validate(row) for row in rows], total)
