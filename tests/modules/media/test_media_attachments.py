"""Files in documents: attached by people, or made by the platform."""

import asyncio
from uuid import UUID, uuid4

import pytest

from karavan.kit.errors import ValidationError
from karavan.kit.scopes import Scope
from karavan.kit.storage import STORAGE
from karavan.modules.media import tasks
from karavan.modules.media.public import (
    attach,
    attachment_views,
    find_file,
    read_content,
    save_generated,
)
from tests.factories.bare import Person
from tests.factories.files import CSV, PDF, upload


class TestAttachments:
    @staticmethod
    def scope(person: Person) -> Scope:
        return Scope(person.organisation_id, person.user_id)

    async def test_snapshots_keep_what_a_document_needs(
        self, client, bare, database, person, owner
    ) -> None:
        first = (await upload(client)).json()
        second = (await upload(client, CSV, "b.csv")).json()
        ids = [UUID(second["id"]), UUID(first["id"]), UUID(second["id"])]
        async with database.transaction(self.scope(person)) as session:
            snapshots = await attach(session, person.actor, ids)
        keys = ("id", "name", "size_bytes", "content_type", "sha256")
        assert snapshots == [{key: file[key] for key in keys} for file in (second, first)]
        async with database.transaction(self.scope(person)) as session:
            assert await attach(session, person.actor, ids[:1]) == snapshots[:1]
            assert await attach(session, person.actor, []) == []
        views = attachment_views(snapshots)
        async with bare.client_of(None) as counterparty:
            assert (await counterparty.get(views[0].url)).content == CSV
        assert await owner.fetchval("select count(attached_at) from media_files") == 2

    async def test_only_own_files_that_have_arrived_can_be_attached(
        self, client, bare, database, person, owner
    ) -> None:
        mine = (await upload(client)).json()["id"]
        unfinished = (await upload(client)).json()["id"]
        await owner.execute(
            "update media_files set state = 'uploading' where id = $1", UUID(unfinished)
        )
        async with bare.client_of(Person()) as stranger:
            theirs = (await upload(stranger)).json()["id"]
        ids = [UUID(mine), UUID(theirs), UUID(unfinished), uuid4()]
        with pytest.raises(ValidationError) as caught:
            async with database.transaction(self.scope(person)) as session:
                await attach(session, person.actor, ids, pointer="#/lines/0/files")
        assert [(e.pointer, e.code) for e in caught.value.errors] == [
            (f"#/lines/0/files/{index}", "media.unknown") for index in (1, 2, 3)
        ]
        assert await owner.fetchval("select count(attached_at) from media_files") == 0

    async def test_attaching_and_deleting_at_once_never_lose_an_attached_file(
        self, client, database, person, owner
    ) -> None:
        async def attached(media_id: str) -> bool:
            try:
                async with database.transaction(self.scope(person)) as session:
                    await attach(session, person.actor, [UUID(media_id)])
            except ValidationError:
                return False
            return True

        for _ in range(10):
            media_id = (await upload(client)).json()["id"]
            kept, deleted = await asyncio.gather(
                attached(media_id), client.delete(f"/api/v1/media/{media_id}")
            )
            exists = await owner.fetchval(
                "select count(*) from media_files where id = $1", UUID(media_id)
            )
            assert (kept, exists) in {(True, 1), (False, 0)}
            assert deleted.status_code == (409 if kept else 204)


class TestGenerated:
    async def test_a_document_comes_true_with_its_transaction(
        self, bare, client, database, services, person, owner, context
    ) -> None:
        scope = Scope(person.organisation_id, person.user_id)
        arguments = {"name": "Contract D-1.pdf", "content_type": "application/pdf", "content": PDF}
        with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the block is the transaction
            async with database.transaction(scope) as session:
                await save_generated(session, person.organisation_id, **arguments)
                raise ZeroDivisionError
        assert await owner.fetchval("select count(*) from media_files") == 0
        async with database.transaction(scope) as session:
            file = await save_generated(session, person.organisation_id, **arguments)
        assert (await client.delete(f"/api/v1/media/{file.id}")).status_code == 409
        for _ in range(2):
            shown = (await client.get(f"/api/v1/media/{file.id}")).json()
            assert (await client.get(shown["url"])).content == PDF
            assert (
                await client.get(shown["url"], headers={"range": "bytes=1-3"})
            ).content == b"PDF"
            async with database.transaction(scope) as session:
                found = await find_file(session, person.organisation_id, file.id)
            assert await read_content(database, services[STORAGE], found) == PDF
            await tasks.store(context, file_id=str(file.id))
        assert await owner.fetchval("select count(*) from media_buffers") == 0
