"""Copies of rows, made past the application: a matrix of hundreds of cells needs a fresh resource for each."""

import json
from typing import Any
from uuid import UUID, uuid4

import asyncpg


async def clone(
    owner: asyncpg.Connection, table: str, where: str, value: UUID, **changes: Any
) -> None:
    """Copy the rows of `table` whose column `where` has `value`, with some columns changed; each gets an id of its own."""
    columns = await owner.fetch(
        "select column_name from information_schema.columns where table_name = $1", table
    )
    fresh_id = {"id": None} if any(row["column_name"] == "id" for row in columns) else {}
    for row in await owner.fetch(
        f"select to_jsonb(t) as row from {table} t where {where} = $1", value
    ):
        given = {**{key: str(uuid4()) for key in fresh_id}, **changes}
        await owner.execute(
            f"insert into {table} select * from jsonb_populate_record(null::{table}, $1::jsonb)",
            json.dumps({**json.loads(row["row"]), **given}, default=str),
        )
