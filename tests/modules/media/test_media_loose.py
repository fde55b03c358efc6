"""Files that no document has are thrown away, row and bytes; files that one has never are."""

import asyncio
import base64
from uuid import UUID

import pytest

import karavan.tables
from karavan.kit.db import Base
from karavan.modules.media import tasks
from karavan.modules.media.actions import delete as deleting
from karavan.modules.media.holders import declared_holders
from tests.factories.accounts import register
from tests.factories.deals import make_contract, make_pair
from tests.factories.files import PDF, picture, upload
from tests.factories.procurement import make_request, ok, publish

API = "/api/v1"
LOGO = "data:image/png;base64," + base64.b64encode(picture()).decode()


@pytest.fixture
async def buyer(app):
    return await register(app)


async def uploaded(account, name="a.pdf") -> str:
    return ok(await upload(account.client, PDF, name), 201)["id"]


async def age(owner, days: int) -> None:
    """Let everything be so many days older."""
    await owner.execute(
        "update media_files set created_at = created_at - make_interval(days => $1),"
        " released_at = released_at - make_interval(days => $1)",
        days,
    )


async def names(owner) -> list[str]:
    return [row["name"] for row in await owner.fetch("select name from media_files order by name")]


def kept_bytes(settings) -> int:
    return sum(path.is_file() for path in (settings.data_dir / "files").rglob("original"))


class TestLoose:
    async def test_an_upload_that_was_never_attached_goes_after_thirty_days(
        self, buyer, owner, context, drain, settings
    ):
        await make_request(buyer, attachment_ids=[await uploaded(buyer, "kept.pdf")])
        await uploaded(buyer, "loose.pdf")
        await age(owner, 29)
        await tasks.sweep_loose_files(context)
        assert await names(owner) == ["kept.pdf", "loose.pdf"]
        await age(owner, 2)
        await tasks.sweep_loose_files(context)
        assert await names(owner) == ["kept.pdf"]
        assert kept_bytes(settings) == 2
        await drain()
        assert kept_bytes(settings) == 1

    async def test_the_files_of_a_deleted_draft_go_a_day_later(self, buyer, owner, context):
        mine, shared = [await uploaded(buyer, name) for name in ("mine.pdf", "shared.pdf")]
        draft = await make_request(buyer, attachment_ids=[mine, shared])
        await make_request(buyer, attachment_ids=[shared])
        await age(owner, 100)
        ok(await buyer.client.delete(f"{API}/requests/{draft['id']}"), 204)
        await tasks.sweep_loose_files(context)
        assert await names(owner) == ["mine.pdf", "shared.pdf"]
        await age(owner, 2)
        await tasks.sweep_loose_files(context)
        assert await names(owner) == ["shared.pdf"]
        assert await owner.fetchval("select released_at from media_files") is None

    async def test_a_draft_lets_go_of_what_it_drops_a_published_request_does_not(
        self, buyer, owner, context
    ):
        first, second = [await uploaded(buyer, name) for name in ("first.pdf", "second.pdf")]
        request = await make_request(buyer, attachment_ids=[first, second])
        path = f"{API}/requests/{request['id']}"
        request = ok(await buyer.client.patch(path, json={"attachment_ids": [second]}))
        await publish(buyer, request)
        body = {"attachment_ids": [], "note": "The drawing was wrong."}
        ok(await buyer.client.post(f"{path}/amend", json=body))
        await age(owner, 100)
        await tasks.sweep_loose_files(context)
        assert await names(owner) == ["second.pdf"]

    async def test_attaching_again_takes_the_mark_away(self, buyer, owner, context):
        media_id = await uploaded(buyer)
        draft = await make_request(buyer, attachment_ids=[media_id])
        ok(await buyer.client.delete(f"{API}/requests/{draft['id']}"), 204)
        await make_request(buyer, attachment_ids=[media_id])
        await age(owner, 100)
        await tasks.sweep_loose_files(context)
        assert await names(owner) == ["a.pdf"]

    async def test_files_of_messages_quotes_contracts_and_pictures_stay(self, app, owner, context):
        pair = await make_pair(app)
        offered = await uploaded(pair.vendor, "quote.pdf")
        deal = await make_contract(pair, quote={"attachment_ids": [offered]})
        said = {"media_ids": [await uploaded(pair.buyer, "message.pdf")], "client_id": "one"}
        path = f"{API}/deals/{deal['id']}/messages"
        ok(await pair.buyer.client.post(path, json=said), 201)
        path = f"{API}/organisations/{pair.buyer.organisation_id}/logo"
        for _ in range(2):
            ok(await pair.buyer.client.put(path, json={"logo": LOGO}))
        await owner.execute("update media_files set released_at = now()")
        await age(owner, 100)
        assert len(await names(owner)) == 5
        await tasks.sweep_loose_files(context)
        contract = f"{deal['number']}.pdf"
        left = await names(owner)
        assert (len(left), {"logo.webp", "message.pdf", "quote.pdf"} - {*left}) == (4, set())
        assert any(name.endswith(contract) for name in left)

    async def test_a_crash_between_row_and_bytes_leaves_the_job(
        self, buyer, owner, context, drain, settings, monkeypatch
    ):
        await uploaded(buyer)
        await age(owner, 100)

        async def die(*_args, **_kwargs):
            raise RuntimeError("killed")

        monkeypatch.setattr(deleting, "enqueue", die)
        with pytest.raises(RuntimeError):
            await tasks.sweep_loose_files(context)
        assert (await names(owner), kept_bytes(settings)) == (["a.pdf"], 1)
        monkeypatch.undo()
        await tasks.sweep_loose_files(context)
        assert (await names(owner), kept_bytes(settings)) == ([], 1)
        await drain()
        assert kept_bytes(settings) == 0

    async def test_attaching_while_the_sweep_runs_keeps_the_file_or_says_that_it_is_gone(
        self, buyer, owner, context
    ):
        for _ in range(5):
            media_id = await uploaded(buyer)
            await age(owner, 100)
            body = {"title": "Steel", "attachment_ids": [media_id]}
            answer, _ = await asyncio.gather(
                buyer.client.post(f"{API}/requests", json=body), tasks.sweep_loose_files(context)
            )
            exists = await owner.fetchval(
                "select count(*) from media_files where id = $1", UUID(media_id)
            )
            assert (answer.status_code, exists) in {(201, 1), (422, 0)}


def test_every_column_that_holds_files_is_looked_through():
    assert karavan.tables.__all__
    columns = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "media_id" in column.name or "attachment" in column.name or column.name == "images"
    }
    assert declared_holders() == columns
    assert ("procurement_requests", "attachments") in columns
    assert ("identity_users", "avatar_media_id") in columns
