"""The routes of files: uploading, listing and deleting."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from karavan.kit.authz import Role
from karavan.kit.scopes import Scope
from karavan.kit.storage import STORAGE
from karavan.modules.media import tasks
from karavan.modules.media.endpoints import router
from karavan.modules.media.public import (
    attach,
)
from tests.factories.bare import BareApplication, Person
from tests.factories.files import CSV, PDF, kept_files, picture, upload


class TestUpload:
    async def test_a_file_is_kept_and_comes_back_by_its_link(
        self, bare, client, settings, owner, person
    ) -> None:
        answer = await upload(client)
        assert answer.status_code == 201
        body = answer.json()
        url, created_at = body.pop("url"), body.pop("created_at")
        assert created_at
        assert body == {
            "id": body["id"],
            "name": "Смета.pdf",
            "purpose": "attachment",
            "content_type": "application/pdf",
            "size_bytes": len(PDF),
            "sha256": hashlib.sha256(PDF).hexdigest(),
            "width": None,
            "height": None,
            "attached": False,
            "variants": {},
        }
        async with bare.client_of(None) as anyone:
            content = await anyone.get(url)
        assert content.content == PDF
        assert content.headers["content-type"] == "application/pdf"
        assert content.headers["content-disposition"].startswith('attachment; filename="file.pdf"')
        assert content.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert content.headers["x-content-type-options"] == "nosniff"
        assert content.headers["content-length"] == str(len(PDF))
        row = await owner.fetchrow("select * from media_files")
        assert (row["state"], row["uploaded_by"]) == ("ready", person.user_id)
        [path] = kept_files(settings)
        assert path.read_bytes() == PDF
        assert str(person.organisation_id) in str(path)

    async def test_a_large_file_travels_whole(self, bare, client) -> None:
        content = b"a,b\n" * 49_000
        body = (await upload(client, content, "a.csv")).json()
        assert body["sha256"] == hashlib.sha256(content).hexdigest()
        assert (await client.get(body["url"])).content == content

    async def test_a_file_of_the_full_default_size_is_taken(
        self, database, settings, services, person
    ) -> None:
        assert settings.upload_max_bytes == 25 * 1024 * 1024
        content = b"0123456,\n" * (settings.upload_max_bytes // 9)
        bare = BareApplication(database, settings, services, router)
        async with bare.client_of(person) as client:
            body = (await upload(client, content, "large.csv")).json()
        assert (body["size_bytes"], body["sha256"]) == (
            len(content),
            hashlib.sha256(content).hexdigest(),
        )

    @pytest.mark.parametrize("declared", [True, False])
    async def test_too_much_is_refused_before_it_is_parsed(
        self, client, settings, owner, declared: bool
    ) -> None:
        request = client.build_request(
            "POST", "/api/v1/media", files={"file": ("a.csv", b"a,b\n" * 80_000, "text/csv")}
        )
        if not declared:
            body = request.read()

            async def pieces() -> AsyncIterator[bytes]:
                for start in range(0, len(body), 50_000):
                    yield body[start : start + 50_000]

            request = client.build_request(
                "POST",
                "/api/v1/media",
                content=pieces(),
                headers={"content-type": request.headers["content-type"]},
            )
        answer = await client.send(request)
        assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")
        assert await owner.fetchval("select count(*) from media_files") == 0

    async def test_just_over_the_limit_is_refused_too(self, client, owner) -> None:
        answer = await upload(client, b"a" * 200_001, "a.txt")
        assert (answer.status_code, answer.json()["meta"]) == (413, {"max_bytes": 200_000})
        assert (await upload(client, b"a" * 200_000, "a.txt")).status_code == 201

    async def test_a_file_to_be_imported_has_a_limit_of_its_own(
        self, database, settings, services, person
    ) -> None:
        limits = settings.model_copy(
            update={"upload_max_bytes": 2_000_000, "import_max_bytes": 1_000_000}
        )
        bare = BareApplication(database, limits, services, router)
        table = b"sku;price\n" + b"A-1;100\n" * 130_000
        async with bare.client_of(person) as client:
            answer = await upload(client, table, "a.csv", purpose="import")
            assert (answer.status_code, answer.json()["meta"]) == (413, {"max_bytes": 1_000_000})
            assert (await upload(client, table, "a.csv")).status_code == 201
            taken = await upload(client, table[:999_000], "a.csv", purpose="import")
            assert taken.status_code == 201

    async def test_a_refused_file_leaves_nothing(self, client, settings, owner) -> None:
        answer = await upload(client, b"MZ\x90", "invoice.pdf")
        assert (answer.status_code, answer.json()["code"]) == (422, "media.refused")
        assert answer.json()["meta"] == {"reason": "type"}
        assert await owner.fetchval("select count(*) from media_files") == 0
        assert kept_files(settings) == []

    async def test_an_upload_that_breaks_off_in_the_store_is_swept(
        self, bare, client, settings, owner, context
    ) -> None:
        (settings.data_dir / "files" / "media").write_bytes(b"in the way")
        answer = await upload(client)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert await owner.fetchval("select state from media_files") == "uploading"
        assert (await client.get("/api/v1/media")).json()["items"] == []
        await tasks.sweep_abandoned_uploads(context)
        assert await owner.fetchval("select count(*) from media_files") == 1
        (settings.data_dir / "files" / "media").unlink()
        await owner.execute("update media_files set created_at = now() - interval '7 hours'")
        await tasks.sweep_abandoned_uploads(context)
        assert await owner.fetchval("select count(*) from media_files") == 0

    @pytest.mark.parametrize(
        ("arguments", "pointer"),
        [
            ({"data": {"purpose": "attachment"}, "files": {"other": ("a", b"1")}}, "#/file"),
            ({"data": {"file": "text"}, "files": {"x": ("a", b"1")}}, "#/file"),
            ({"data": {"purpose": "generated"}, "files": {"file": ("a", b"1")}}, "#/purpose"),
            ({"data": {"purpose": "nonsense"}, "files": {"file": ("a", b"1")}}, "#/purpose"),
        ],
    )
    async def test_a_form_that_lacks_something_is_told_what(
        self, client, arguments: dict, pointer: str
    ) -> None:
        answer = await client.post("/api/v1/media", **arguments)
        assert (answer.status_code, answer.json()["code"]) == (422, "validation")
        assert answer.json()["errors"][0]["pointer"] == pointer

    @pytest.mark.parametrize(
        ("content", "content_type"),
        [
            (b"{}", "application/json"),
            (b"", "multipart/form-data"),
            (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
            (b"", None),
        ],
    )
    async def test_a_body_that_is_no_form_is_a_bad_request(
        self, client, content: bytes, content_type: str | None
    ) -> None:
        headers = {} if content_type is None else {"content-type": content_type}
        answer = await client.post("/api/v1/media", content=content, headers=headers)
        assert answer.status_code in {400, 422}
        assert answer.headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize("charset", ["rot13", "hex", "undefined", "utf-16", "nonsense", "idna"])
    async def test_a_strange_charset_breaks_nothing(self, client, charset: str) -> None:
        form = client.build_request(
            "POST", "/api/v1/media", files={"file": ("Ә.pdf", PDF)}, data={"purpose": "attachment"}
        )
        content_type = f"{form.headers['content-type']}; charset={charset}"
        headers = {"content-type": content_type}
        answer = await client.post("/api/v1/media", content=form.read(), headers=headers)
        assert answer.status_code in {201, 400, 422}, answer.text

    async def test_more_than_one_file_is_a_bad_request(self, client, owner) -> None:
        files = [("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))]
        answer = await client.post("/api/v1/media", files=files)
        assert answer.status_code == 400
        assert await owner.fetchval("select count(*) from media_files") == 0

    async def test_who_may_upload(self, bare, person, owner) -> None:
        async with bare.client_of(None) as nobody:
            assert (await upload(nobody)).status_code == 401
        viewer = Person(role=Role.VIEWER, organisation_id=person.organisation_id)
        async with bare.client_of(viewer) as client:
            answer = await upload(client)
        assert (answer.status_code, answer.json()["meta"]["permission"]) == (403, "media:write")
        assert await owner.fetchval("select count(*) from media_files") == 0

    async def test_no_connection_is_held_while_a_body_is_on_its_way(self, bare, client) -> None:
        """Twelve slow uploads and a pool of eight: a page is still served at once."""
        form = client.build_request("POST", "/api/v1/media", files={"file": ("a.pdf", PDF)})
        body, release = form.read(), asyncio.Event()

        async def slowly() -> AsyncIterator[bytes]:
            yield body[:40]
            await release.wait()
            yield body[40:]

        headers = {"content-type": form.headers["content-type"]}
        uploads = [
            asyncio.create_task(client.post("/api/v1/media", content=slowly(), headers=headers))
            for _ in range(12)
        ]
        await asyncio.sleep(0.3)
        started = time.monotonic()
        assert (await client.get("/api/v1/media")).status_code == 200
        assert time.monotonic() - started < 2
        release.set()
        assert {answer.status_code for answer in await asyncio.gather(*uploads)} == {201}


class TestLists:
    async def test_files_newest_first_filtered_and_paged(self, client) -> None:
        await upload(client, CSV, "prices.csv", "import")
        await upload(client, picture(), "site.png", "image")
        await upload(client)

        async def names(path: str = "", **query) -> list[str]:
            answer = await client.get(f"/api/v1/media{path}", params=query)
            return [item["name"] for item in answer.json()["items"]]

        assert await names() == ["Смета.pdf", "site.png", "prices.csv"]
        assert await names(purpose="import") == ["prices.csv"]
        assert await names(search="СМЕТА") == ["Смета.pdf"]
        assert await names(search="%") == []
        assert await names("/images") == ["site.png"]
        assert await names(size=1, page=2) == ["site.png"]
        body = (await client.get("/api/v1/media", params={"size": 2})).json()
        assert (body["total"], body["pages"]) == (3, 2)

    async def test_one_file(self, client) -> None:
        created = (await upload(client)).json()
        assert (await client.get(f"/api/v1/media/{created['id']}")).json() == created
        assert (await client.get(f"/api/v1/media/{uuid4()}")).status_code == 404

    async def test_strangers_find_nothing(self, bare, client, owner) -> None:
        media_id = (await upload(client)).json()["id"]
        async with bare.client_of(Person()) as stranger:
            assert (await stranger.get("/api/v1/media")).json()["items"] == []
            assert (await stranger.get(f"/api/v1/media/{media_id}")).status_code == 404
            assert (await stranger.delete(f"/api/v1/media/{media_id}")).status_code == 404
        assert await owner.fetchval("select count(*) from media_files") == 1


class TestDelete:
    async def test_removes_row_and_bytes_and_says_so_in_the_trail(
        self, client, owner, settings, context
    ) -> None:
        media_id = (await upload(client)).json()["id"]
        assert (await client.delete(f"/api/v1/media/{media_id}")).status_code == 204
        assert await owner.fetchval("select count(*) from media_files") == 0
        entry = await owner.fetchrow("select * from kit_audit_entries")
        assert (entry["action"], entry["target_label"]) == ("media.delete", "Смета.pdf")
        args = await owner.fetchval(
            "select args->'keys'->>0 from jobs.procrastinate_jobs where task_name = 'media.erase'"
        )
        assert len(kept_files(settings)) == 1
        await tasks.erase(context, keys=[args])
        await tasks.erase(context, keys=[args])
        assert kept_files(settings) == []

    async def test_an_attached_file_stays(self, client, database, person, owner) -> None:
        media_id = (await upload(client)).json()["id"]
        async with database.transaction(Scope(person.organisation_id, person.user_id)) as session:
            await attach(session, person.actor, [UUID(media_id)])
        answer = await client.delete(f"/api/v1/media/{media_id}")
        assert (answer.status_code, answer.json()["code"]) == (409, "media.attached")
        assert await owner.fetchval("select count(*) from media_files") == 1

    async def test_a_picture_deleted_while_it_is_stored_leaves_no_bytes(
        self, client, owner, settings, context, monkeypatch
    ) -> None:
        body = (await upload(client, picture(), "a.png", "logo")).json()
        storage = context.services[STORAGE]

        class DeletesMeanwhile:
            async def put(self, key: str, content: bytes) -> None:
                await owner.execute("delete from media_files")
                await storage.put(key, content)

            async def delete(self, key: str) -> None:
                await storage.delete(key)

        context.services.provide(STORAGE, DeletesMeanwhile())
        await tasks.store(context, file_id=body["id"])
        assert kept_files(settings) == []
