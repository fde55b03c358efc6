"""List endpoints: pages of a query with enumerated sorting, and feeds by cursor."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import invalid
from karavan.kit.schemas import BUILT_WHEN_USED

ItemT = TypeVar("ItemT")

PAGE_SIZE_MAX = 100
PAGE_MAX = 10_000


class Page(BaseModel, Generic[ItemT]):
    """One page of a list."""

    model_config = BUILT_WHEN_USED

    items: list[ItemT]
    page: int
    size: int
    total: int
    pages: int


class Feed(BaseModel, Generic[ItemT]):
    """A stretch of a feed that grows; `next` asks for what follows, and is null at the end."""

    model_config = BUILT_WHEN_USED

    items: list[ItemT]
    next: str | None


class PageParameters(BaseModel):
    """Which page of which size."""

    page: int = Field(1, ge=1, le=PAGE_MAX)
    size: int = Field(20, ge=1, le=PAGE_SIZE_MAX)

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.size

    def answer(self, items: Sequence[ItemT], total: int) -> "Page[ItemT]":
        """The page around its items."""
        return Page(
            items=list(items),
            page=self.page,
            size=self.size,
            total=total,
            pages=-(-total // self.size),
        )


async def _page_parameters(
    page: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 1,
    size: Annotated[int, Query(ge=1, le=PAGE_SIZE_MAX)] = 20,
) -> PageParameters:
    return PageParameters(page=page, size=size)


Paging = Annotated[PageParameters, Depends(_page_parameters)]


class CursorParameters(BaseModel):
    """From where in a feed, and how many."""

    cursor: str | None = None
    size: int = 50

    def decoded(self) -> str | None:
        """The position that the cursor hides.

        Raises:
            ValidationError: it is none of ours.
        """
        if self.cursor is None:
            return None
        try:
            text = base64.urlsafe_b64decode(self.cursor.encode() + b"==").decode()
        except (binascii.Error, ValueError):
            text = ""
        if not text.startswith("k1:"):
            raise invalid("#/query/cursor", "cursor", "This cursor did not come from this feed.")
        return text[3:]

    def position(self) -> int | None:
        """The position of a feed that is ordered by a sequence number."""
        text = self.decoded()
        if text is None:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 18:
            raise invalid("#/query/cursor", "cursor", "This cursor did not come from this feed.")
        return int(text)

    @staticmethod
    def encode(position: object) -> str:
        """An opaque cursor for a position."""
        return base64.urlsafe_b64encode(f"k1:{position}".encode()).decode().rstrip("=")


async def _cursor_parameters(
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    size: Annotated[int, Query(ge=1, le=PAGE_SIZE_MAX)] = 50,
) -> CursorParameters:
    return CursorParameters(cursor=cursor, size=size)


Cursor = Annotated[CursorParameters, Depends(_cursor_parameters)]


class Sorting:
    """The columns that a list can be sorted by, as an enumeration that reaches the OpenAPI document.

    Use: `SORTS = Sorting("RequestSort", {"created_at": Request.created_at}, default="-created_at")` and in the
    endpoint `sort: Annotated[list[str], SORTS.parameter()]`, then `select(…).order_by(*SORTS.clauses(sort, Request.id))`.
    """

    def __init__(self, name: str, columns: Mapping[str, Any], *, default: str) -> None:
        self.columns = dict(columns)
        names = [prefix + key for key in columns for prefix in ("", "-")]
        self.names = StrEnum(name, {key: key for key in names})  # type: ignore[misc]  # functional form
        self.default = default

    def parameter(self) -> Any:
        """The dependency that parses `?sort=-created_at,price`."""
        allowed = ", ".join(self.names)

        async def parse(
            sort: Annotated[
                str | None,
                Query(
                    description=f"Comma-separated, `-` for descending: {allowed}.",
                    pattern=rf"^({'|'.join(self.names)})(,({'|'.join(self.names)}))*$",
                    max_length=200,
                ),
            ] = None,
        ) -> list[str]:
            return (sort or self.default).split(",")

        return Depends(parse)

    def clauses(self, sort: Sequence[str], tiebreaker: Any) -> list[ColumnElement[Any]]:
        """ORDER BY clauses; the tiebreaker makes pages stable."""
        ordered = []
        for key in dict.fromkeys(sort):
            column = self.columns[key.lstrip("-")]
            ordered.append(
                column.desc().nulls_last() if key.startswith("-") else column.asc().nulls_last()
            )
        last = tiebreaker.desc() if sort[0].startswith("-") else tiebreaker.asc()
        return [*ordered, last]


async def count_rows(session: AsyncSession, statement: Select[Any]) -> int:
    """How many rows `statement` would yield without its order."""
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    return int((await session.execute(counted)).scalar_one())
