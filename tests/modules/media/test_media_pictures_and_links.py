"""Pictures of people and firms, and the signed links to all bytes."""

import base64
import io
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from PIL import Image

from karavan.kit.scopes import Scope
from karavan.modules.media import tasks
from karavan.modules.media.public import (
    save_picture,
)
from tests.factories.files import PDF, kept_files, picture, picture_with_place, upload


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
