"""Searching the catalogue, and the operator's synonyms."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from karavan.kit.authz import Actor, OptionalActor, requires
from karavan.kit.errors import invalid
from karavan.kit.money import AMOUNT_MAX
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import CurrencyCode
from karavan.kit.unit_of_work import SystemTx, Tx
from karavan.kit.versions import IfMatch, versioned
from karavan.modules.catalogue.actions.search import synonyms as synonym_actions
from karavan.modules.catalogue.permissions import SYNONYM_MANAGE
from karavan.modules.catalogue.queries.own_prices import with_own_prices
from karavan.modules.catalogue.queries.search_filter import SearchFilter
from karavan.modules.catalogue.queries.synonyms import list_synonyms
from karavan.modules.catalogue.schemas.search import (
    SearchPage,
    SearchSort,
    Suggestions,
    SynonymBody,
    SynonymLanguage,
    SynonymPatch,
    SynonymView,
)
from karavan.modules.catalogue.search.parsing import CHARACTERS_MAX
from karavan.modules.catalogue.search.ports import SEARCH_INDEX, SearchIndex, SearchRequest

router = make_router("/search", "search")
synonyms = make_router("/admin/synonyms", "synonyms")
routers = [router, synonyms]

JSON = "application/json"
ATTRIBUTES_MAX = 20
Amount = Annotated[int | None, Query(ge=0, le=AMOUNT_MAX, description="Minor units of `currency`.")]
Words = Annotated[
    str,
    Query(
        max_length=CHARACTERS_MAX,
        description='Words in any language, `"a phrase"`, `-without`, a SKU or a barcode.',
    ),
]
Value = Annotated[str, Query(max_length=200, pattern=r"^[^:=\x00]{1,60}:[^\x00]{1,120}$")]
Manager = Annotated[Actor, requires(SYNONYM_MANAGE)]


async def _wanted(
    category_id: Annotated[UUID | None, Query(description="With everything below it.")] = None,
    supplier_id: Annotated[list[UUID] | None, Query(max_length=50)] = None,
    currency: CurrencyCode | None = None,
    price_min: Amount = None,
    price_max: Amount = None,
    attribute: Annotated[
        list[Value] | None,
        Query(
            max_length=100,
            description="`code:value`; any of the values of one attribute, of every attribute.",
        ),
    ] = None,
    *,
    in_stock: Annotated[bool, Query(description="Only what can be had now.")] = False,
) -> SearchFilter:
    if currency is None and (price_min is not None or price_max is not None):
        raise invalid("#/query/currency", "required", "Name the currency of the prices.")
    by_code: dict[str, list[str]] = {}
    for one in attribute or ():
        code, _, value = one.partition(":")
        by_code.setdefault(code, []).append(value)
    if len(by_code) > ATTRIBUTES_MAX:
        raise invalid("#/query/attribute", "too_many", f"At most {ATTRIBUTES_MAX} attributes.")
    return SearchFilter(
        category_id=category_id,
        supplier_ids=supplier_id or (),
        currency=currency,
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
        attributes=tuple((code, tuple(values)) for code, values in by_code.items()),
    )


def _locale(request: Request, actor: Actor | None) -> str:
    """Of the profile; of the browser's first language for a visitor."""
    if actor is not None:
        return actor.locale
    return request.headers.get("accept-language", "")[:2].lower()


def _index(request: Request) -> SearchIndex:
    index: SearchIndex = request.app.state.services[SEARCH_INDEX]
    return index


@router.get("", response_model=SearchPage)
async def search_products(
    request: Request,
    actor: OptionalActor,
    session: Tx,
    paging: Paging,
    wanted: Annotated[SearchFilter, Depends(_wanted)],
    q: Words = "",
    sort: SearchSort = SearchSort.RELEVANCE,
    *,
    literal: Annotated[bool, Query(description="Correct nothing, let nothing be missing.")] = False,
) -> Response:
    """Products that everybody may see, your own, and those of suppliers whose link you have; with facets to narrow them by.

    Typing errors, another keyboard layout or script are understood where the words as typed find nothing; `query` tells.
    """
    body = await _index(request).search(
        session,
        SearchRequest(
            words=q,
            wanted=wanted,
            sort=sort.value,
            page=paging.page,
            size=paging.size,
            literal=literal,
            locale=_locale(request, actor),
        ),
    )
    body = await with_own_prices(session, actor.organisation_id if actor else None, body)
    return Response(body, media_type=JSON)


@router.get("/suggest")
async def suggest_searches(
    request: Request, actor: OptionalActor, session: Tx, q: Words
) -> Suggestions:
    """Queries, categories, products and sellers for what has been typed so far: ten at most."""
    return await _index(request).suggest(session, q, locale=_locale(request, actor))


@synonyms.get("")
async def list_all_synonyms(
    _: Manager,
    session: SystemTx,
    paging: Paging,
    language: SynonymLanguage | None = None,
    q: Annotated[str, Query(max_length=80, description="Part of a term.")] = "",
) -> Page[SynonymView]:
    """The operator's synonyms, newest first."""
    return await list_synonyms(session, language=language, part=q, paging=paging)


@synonyms.post("", status_code=HTTPStatus.CREATED)
async def add_synonym(body: SynonymBody, actor: Manager, session: SystemTx) -> SynonymView:
    """Add an entry; searches know it at once."""
    return SynonymView.model_validate(await synonym_actions.add(session, actor, body))


@synonyms.patch("/{synonym_id}")
async def change_synonym(
    synonym_id: UUID,
    body: Annotated[SynonymPatch, versioned(SynonymPatch)],
    actor: Manager,
    session: SystemTx,
) -> SynonymView:
    """Replace an entry."""
    return SynonymView.model_validate(
        await synonym_actions.change(session, actor, synonym_id, body)
    )


@synonyms.delete("/{synonym_id}", status_code=HTTPStatus.NO_CONTENT)
async def remove_synonym(
    synonym_id: UUID, actor: Manager, session: SystemTx, version: IfMatch
) -> None:
    """Remove an entry."""
    await synonym_actions.remove(session, actor, synonym_id, version=version)
