"""Avatars and logos."""

import base64
import io

import pytest
from PIL import Image

from tests.factories.accounts import add_member, register

PROFILE, ME = "/api/v1/auth/profile", "/api/v1/auth/me"


def picture(kind="PNG", size=(40, 30)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(buffer.getvalue()).decode()}"


async def test_an_avatar_is_drawn_anew_and_shown_to_colleagues(app, owner):
    boss = await register(app)
    member = await add_member(boss, "sales")
    answer = await member.client.patch(PROFILE, json={"avatar": picture(), "theme": "dark"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["theme"] == "dark"
    url = answer.json()["avatar_url"]
    assert url.startswith("/api/v1/media/")
    shown = await boss.client.get(url)
    assert shown.status_code == 200
    assert Image.open(io.BytesIO(shown.content)).size == (256, 256)
    assert (await member.client.get(ME)).json()["user"]["avatar_url"] == url
    colleagues = await boss.client.get(f"/api/v1/organisations/{boss.organisation_id}/members")
    assert [m["avatar_url"] for m in colleagues.json()["items"]] == [None, url]
    removed = await member.client.patch(PROFILE, json={"avatar": None})
    assert removed.json()["avatar_url"] is None
    changes = await owner.fetch(
        "select after ? 'avatar_media_id' from kit_audit_entries where action = 'user.update' order by sequence"
    )
    assert [row[0] for row in changes] == [False, True, True]


@pytest.mark.parametrize(
    "avatar",
    [
        "",
        "https://example.org/me.png",
        "data:image/png;base64,AAAA",
        "data:text/html;base64,PGI+",
        "data:image/svg+xml;base64,PHN2Zz48c2NyaXB0Lz48L3N2Zz4=",
        "data:image/png;base64,\x00",
        5,
    ],
)
async def test_what_is_no_picture_changes_nothing(app, owner, avatar):
    person = await register(app)
    before = (await person.client.get(PROFILE)).json()
    answer = await person.client.patch(PROFILE, json={"avatar": avatar, "theme": "dark"})
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await person.client.get(PROFILE)).json() == before
    assert await owner.fetchval("select count(*) from media_files") == 0


async def test_a_logo_is_public(app):
    boss, stranger = await register(app, role="vendor"), await register(app)
    url = f"/api/v1/organisations/{boss.organisation_id}"
    answer = await boss.client.put(f"{url}/logo", json={"logo": picture("JPEG")})
    assert answer.status_code == 200, answer.text
    logo = answer.json()["logo_url"]
    assert (await stranger.client.get(logo)).status_code == 200
    assert (await stranger.client.get(url)).json()["logo_url"] == logo
    refused = await stranger.client.put(f"{url}/logo", json={"logo": None})
    assert refused.status_code == 404
    seller = await add_member(boss, "sales")
    assert (await seller.client.put(f"{url}/logo", json={"logo": None})).status_code == 403
    assert (await boss.client.put(f"{url}/logo", json={"logo": None})).json()["logo_url"] is None
