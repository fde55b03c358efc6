"""The routes of files: bytes in, bytes out, and nobody else's."""

import asyncio
import base64
import hashlib
import io
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from karavan.adapters.storage.object_store import open_storage
from karavan.kit.authz import Role
from karavan.kit.db import Scope
from karavan.kit.errors import ValidationError
from karavan.kit.jobs import JobContext
from karavan.kit.services import Services
from karavan.kit.storage import STORAGE
from karavan.modules.media import tasks
from karavan.modules.media.endpoints import router
from karavan.modules.media.public import (
    attach,
    attachment_views,
    find_file,
    read_content,
    save_generated,
    save_picture,
)
from tests.factories.bare import BareApplication, Person
from tests.factories.files import CSV, PDF, picture, picture_with_place


@pytest.fixture
def services(settings) -> Services:
    services = Services()
    services.provide(STORAGE, open_storage(settings))
    return services


@pytest.fixture
def bare(database, settings, services) -> BareApplication:
    return BareApplication(
        database, settings.model_copy(update={"upload_max_bytes": 200_000}), services, router
    )


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
async def client(bare, person) -> AsyncIterator[httpx.AsyncClient]:
    async with bare.client_of(person) as client:
        yield client


@pytest.fixture
def context(database, settings, services) -> JobContext:
    return JobContext(database=database, settings=settings, services=services, job_id=1)


async def upload(
    client: httpx.AsyncClient, content=PDF, name="Смета.pdf", purpose=None
) -> httpx.Response:
    data = {} if purpose is None else {"purpose": purpose}
    return await client.post(
        "/api/v1/media", files={"file": (name, content, "text/html")}, data=data
    )


def kept_files(settings) -> list[Path]:
    return [path for path in (settings.data_dir / "files").rglob("*") if path.is_file()]


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


class TestPictures:
    @pytest.mark.parametrize("purpose", ["avatar", "logo"])
    async def test_are_drawn_anew_in_three_sizes(
        self, bare, client, owner, context, settings, purpose: str
    ) -> None:
        body = (await upload(client, picture_with_place(), "me.jpg", purpose)).json()
        assert (body["name"], body["content_type"]) == ("me.webp", "image/webp")
        assert (body["width"], body["height"]) == (512, 512)
        assert set(body["variants"]) == {"64", "256"}

        async def shown() -> None:
            for url, side in (
                (body["url"], 512),
                *((u, int(s)) for s, u in body["variants"].items()),
            ):
                answer = await client.get(url)
                assert answer.status_code == 200
                assert answer.headers["content-disposition"].startswith("inline")
                assert b"SecretCamera" not in answer.content
                with Image.open(io.BytesIO(answer.content)) as image:
                    assert image.size == (side, side)

        assert await owner.fetchval("select state from media_files") == "buffered"
        await shown()
        await tasks.store(context, file_id=body["id"])
        await tasks.store(context, file_id=body["id"])
        assert await owner.fetchval("select state from media_files") == "ready"
        assert await owner.fetchval("select count(*) from media_buffers") == 0
        assert len(kept_files(settings)) == 3
        await shown()

    @pytest.mark.parametrize("purpose", ["avatar", "logo", "image"])
    async def test_must_be_pictures(self, client, owner, purpose: str) -> None:
        answer = await upload(client, PDF, "a.png", purpose)
        assert (answer.status_code, answer.json()["meta"]) == (422, {"reason": "not_an_image"})
        assert await owner.fetchval("select count(*) from media_files") == 0

    async def test_an_image_stays_as_it_was_uploaded(self, client) -> None:
        content = picture("JPEG", (300, 200))
        body = (await upload(client, content, "site.jpg", "image")).json()
        assert (body["width"], body["height"], body["variants"]) == (300, 200, {})
        assert (await client.get(body["url"])).content == content

    async def test_come_as_data_urls_too(self, database, person, owner, bare) -> None:
        data_url = "data:image/png;base64," + base64.b64encode(picture()).decode()
        async with database.transaction(Scope(person.organisation_id, person.user_id)) as session:
            file = await save_picture(session, person.actor, data_url)
        assert (file.purpose, file.name) == ("avatar", "avatar.webp")
        row = await owner.fetchrow("select * from media_files")
        assert row["attached_at"] is not None

    @pytest.mark.parametrize(
        ("data_url", "code"),
        [
            ("", "validation"),
            ("https://example.org/a.png", "validation"),
            ("data:image/png;base64,", "validation"),
            ("data:image/png;base64,====", "validation"),
            ("data:text/html;base64,PGI+", "validation"),
            ("data:image/svg+xml;base64," + base64.b64encode(b"<svg/>").decode(), "media.refused"),
            ("data:image/png;base64," + base64.b64encode(PDF).decode(), "media.refused"),
        ],
    )
    async def test_data_urls_that_are_no_pictures(
        self, database, person, owner, data_url: str, code: str
    ) -> None:
        scope = Scope(person.organisation_id, person.user_id)
        with pytest.raises(Exception) as caught:  # noqa: PT011  # two classes, told apart by code
            async with database.transaction(scope) as session:
                await save_picture(session, person.actor, data_url)
        assert caught.value.code == code
        assert await owner.fetchval("select count(*) from media_files") == 0


class TestLinks:
    @pytest.fixture
    async def url(self, client) -> str:
        return (await upload(client)).json()["url"]

    @pytest.mark.parametrize(
        "change",
        [
            {"expires": "9999999999"},
            {"signature": "x"},
            {"signature": "ключ"},
            {"variant": "64"},
            {"variant": "../original"},
        ],
    )
    async def test_a_changed_link_is_refused(self, client, url: str, change: dict) -> None:
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()} | change
        answer = await client.get(f"{parts.path}?{urlencode(query)}")
        assert (answer.status_code, answer.json()["code"]) == (403, "media.link_invalid")

    async def test_a_link_is_good_for_its_file_alone(self, client, url: str) -> None:
        other = (await upload(client)).json()["id"]
        answer = await client.get(f"/api/v1/media/{other}/content?{urlsplit(url).query}")
        assert answer.json()["code"] == "media.link_invalid"

    async def test_a_link_expires(self, client, url: str, monkeypatch) -> None:
        later = time.time() + 7201
        monkeypatch.setattr("karavan.modules.media.links.time.time", lambda: later)
        answer = await client.get(url)
        assert (answer.status_code, answer.json()["code"]) == (403, "media.link_expired")

    @pytest.mark.parametrize("query", ["", "expires=1", "signature=x", "expires=a&signature=x"])
    async def test_a_link_without_its_parts_is_invalid(self, client, url: str, query: str) -> None:
        assert (await client.get(f"{urlsplit(url).path}?{query}")).status_code == 422

    async def test_a_deleted_file_is_gone(self, client, url: str) -> None:
        media_id = url.split("/")[4]
        assert (await client.delete(f"/api/v1/media/{media_id}")).status_code == 204
        assert (await client.get(url)).status_code == 404

    async def test_an_unchanged_file_is_not_sent_twice(self, client, url: str) -> None:
        tag = (await client.get(url)).headers["etag"]
        answer = await client.get(url, headers={"if-none-match": tag})
        assert (answer.status_code, answer.content) == (304, b"")

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ("bytes=0-4", PDF[:5]),
            ("bytes=5-", PDF[5:]),
            ("bytes=-6", PDF[-6:]),
            ("bytes=2-9999", PDF[2:]),
        ],
    )
    async def test_a_part_can_be_asked_for(self, client, url, asked: str, expected: bytes) -> None:
        answer = await client.get(url, headers={"range": asked})
        assert (answer.status_code, answer.content) == (206, expected)
        assert answer.headers["content-length"] == str(len(expected))
        start = PDF.index(expected)
        assert answer.headers["content-range"] == (
            f"bytes {start}-{start + len(expected) - 1}/{len(PDF)}"
        )

    @pytest.mark.parametrize("asked", ["bytes=9-2", "bytes=-", "pages=1-2", "bytes=0-1,3-4", "x"])
    async def test_a_range_that_means_nothing_gives_the_whole(
        self, client, url, asked: str
    ) -> None:
        answer = await client.get(url, headers={"range": asked})
        assert (answer.status_code, answer.content) == (200, PDF)

    @pytest.mark.parametrize("asked", ["bytes=9999-", "bytes=-0"])
    async def test_a_part_behind_the_end_is_refused(self, client, url, asked: str) -> None:
        answer = await client.get(url, headers={"range": asked})
        assert answer.status_code == 416
        assert answer.headers["content-range"] == f"bytes */{len(PDF)}"


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
        save: Callable = save_generated
        arguments = {"name": "Contract D-1.pdf", "content_type": "application/pdf", "content": PDF}
        with pytest.raises(ZeroDivisionError):
            async with database.transaction(scope) as session:
                await save(session, person.organisation_id, **arguments)
                raise ZeroDivisionError
        assert await owner.fetchval("select count(*) from media_files") == 0
        async with database.transaction(scope) as session:
            file = await save(session, person.organisation_id, **arguments)
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
