"""Pictures of goods: drawn in sizes, served for long, looked at, and judged."""

import io
import json
from collections.abc import Sequence
from uuid import UUID

import httpx
import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFilter

from karavan.adapters.vision import EndpointClassifier, open_classifier
from karavan.kit.errors import ValidationError
from karavan.kit.scopes import SYSTEM, Scope
from karavan.modules.catalogue.barcodes.drawing import draw_png
from karavan.modules.catalogue.barcodes.gtin import normalise
from karavan.modules.catalogue.barcodes.quick_response import encode_qr
from karavan.modules.catalogue.barcodes.retail import encode_gtin
from karavan.modules.media import endpoints, endpoints_pictures, picture_tasks, public
from karavan.modules.media.fingerprints import bands_of, probes_of
from karavan.modules.media.ports import PICTURE_CLASSIFIER, ClassifierError, Label
from karavan.settings import VisionSettings
from tests.factories.bare import BareApplication, Person
from tests.factories.files import kept_files, picture_with_place, png_header_of, upload

Box = tuple[int, int, int, int]


@pytest.fixture
def bare(database, settings, services) -> BareApplication:
    services.provide(PICTURE_CLASSIFIER, None)
    routers = (endpoints.router, endpoints_pictures.router)
    return BareApplication(database, settings, services, *routers)


def photograph(seed: int = 1, size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """Something with edges, different for every seed, on a white ground."""
    image = Image.new("RGB", (1600, 1200), "white")
    draw = ImageDraw.Draw(image)
    state = seed * 7919 + 17
    for _ in range(30):
        numbers = []
        for _ in range(7):
            state = state * 1103515245 + 12345 & 0x7FFFFFFF
            numbers.append(state >> 8)
        x, y = 100 + numbers[0] % 1100, 100 + numbers[1] % 700
        box: Box = (x, y, x + 40 + numbers[2] % 300, y + 40 + numbers[3] % 300)
        colour = (numbers[4] % 256, numbers[5] % 256, numbers[6] % 256)
        draw.rectangle(box, fill=colour, outline="black", width=4)
    return image.resize(size)


def encoded(image: Image.Image, image_format: str = "JPEG", **save: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, image_format, **save)
    return buffer.getvalue()


def with_code(content: bytes) -> Image.Image:
    image = photograph(9)
    with Image.open(io.BytesIO(content)) as code:
        image.paste(code.convert("RGB"), (20, 20))
    return image


async def kept(client, content: bytes, name: str = "goods.jpg") -> str:
    answer = await upload(client, content, name, "image")
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def looked_at(context, media_id: str) -> None:
    await picture_tasks.prepare_picture(context, file_id=media_id)
    await picture_tasks.check_picture(context, file_id=media_id)


async def codes(database, media_id: str) -> dict[str, tuple[str, dict]]:
    async with database.transaction(SYSTEM) as session:
        report = (await public.picture_findings(session, [UUID(media_id)]))[UUID(media_id)]
    assert report.checked
    return {one.code: (one.severity.value, one.facts) for one in report.findings}


async def attached(database, person: Person, *media_ids: str, **more: Sequence[str]) -> list:
    async with database.transaction(Scope(person.organisation_id, person.user_id)) as session:
        wanted = [UUID(one) for one in media_ids]
        return await public.attach_pictures(session, person.actor, wanted, **more)


async def test_a_picture_is_drawn_upright_in_sizes_without_what_it_told(
    bare, client, person, database, context, owner, settings
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0110] = "SecretCamera"
    media_id = await kept(client, encoded(photograph(), exif=exif, quality=95))
    (snapshot,) = await attached(database, person, media_id, alts=["A kettle"])
    assert {**snapshot, "key": "", "blurhash": len(snapshot["blurhash"])} == {
        "id": media_id, "key": "", "width": 1200, "height": 1600, "sizes": [160, 480, 1080],
        "blurhash": 28, "alt": "A kettle",
    }  # fmt: skip
    public.PictureView.model_validate(snapshot)
    visitor = bare.client_of(None)
    path = f"/api/v1/media/pictures/{snapshot['key']}"
    assert (await visitor.get(f"{path}/480.webp")).status_code == 404
    waiting = await owner.fetch("select args::text from jobs.procrastinate_jobs")
    assert [row["args"] for row in waiting if media_id in row["args"]]
    await picture_tasks.prepare_picture(context, file_id=media_id)
    await picture_tasks.prepare_picture(context, file_id=media_id)
    assert public.picture_url(snapshot, 400) == f"{path}/480.webp"
    for size, expected in ((160, (120, 160)), (480, (360, 480)), (1080, (810, 1080))):
        for extension in ("webp", "avif"):
            answer = await visitor.get(f"{path}/{size}.{extension}")
            assert answer.status_code == 200
            assert answer.headers["content-type"] == f"image/{extension}"
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            with Image.open(io.BytesIO(answer.content)) as image:
                assert (image.size, image.format) == (expected, extension.upper())
                assert not image.getexif()
            assert b"SecretCamera" not in answer.content
    tag = {"if-none-match": answer.headers["etag"]}
    assert (await visitor.get(f"{path}/1080.avif", headers=tag)).status_code == 304
    for other in ("original", "64.webp", "480.png", "..%2foriginal"):
        assert (await visitor.get(f"{path}/{other}")).status_code == 404
    assert (await visitor.get(f"{path[:-1]}~/480.webp")).status_code == 404
    assert len(kept_files(settings)) == 7
    link = (await client.get(f"/api/v1/media/{media_id}")).json()["variants"]["160.avif"]
    assert (await visitor.get(link)).headers["content-type"] == "image/avif"


async def test_colours_transparency_and_small_pictures(client, person, database, context, bare):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    small = Image.new("RGBA", (100, 50), (200, 30, 30, 0))
    contents = {
        "transparent.png": encoded(small, "PNG"),
        "print.jpg": encoded(Image.new("CMYK", (600, 400), (0, 255, 255, 0))),
        "broken-profile.png": encoded(Image.new("RGB", (300, 200), "red"), "PNG", icc_profile=profile),
        "deep.png": encoded(Image.new("I;16", (200, 200), 65535), "PNG"),
        "moving.gif": encoded(Image.new("P", (90, 90)), "GIF", save_all=True, append_images=[small]),
    }  # fmt: skip
    drawn = {}
    for name, content in contents.items():
        media_id = await kept(client, content, name)
        await picture_tasks.prepare_picture(context, file_id=media_id)
        (snapshot,) = await attached(database, person, media_id)
        answer = await client.get(public.picture_url(snapshot, 1080))
        with Image.open(io.BytesIO(answer.content)) as image:
            drawn[name] = (snapshot["sizes"], image.size, image.convert("RGBA").getpixel((5, 5)))
    assert drawn["transparent.png"][:2] == ([160], (100, 50))
    assert drawn["transparent.png"][2][3] == 0
    sizes, size, (red, green, blue, _) = drawn["print.jpg"]
    assert (sizes, size) == ([160, 480, 1080], (600, 400))
    assert red > 200
    assert max(green, blue) < 60
    assert drawn["broken-profile.png"][2][0] > 240
    assert drawn["deep.png"][2] == (255, 255, 255, 255)
    assert drawn["moving.gif"][1] == (90, 90)


async def test_bombs_and_damage_are_refused_before_anything_is_kept(client, owner) -> None:
    cut = encoded(photograph())[:-20_000]
    for content, reason in (
        (png_header_of(20_000, 20_000), "too_many_pixels"),
        (cut, "damaged"),
        (b"%PDF-1.7\n%%EOF\n", "not_an_image"),
    ):
        answer = await upload(client, content, "a.png", "image")
        assert (answer.status_code, answer.json()["meta"]) == (422, {"reason": reason})
    assert await owner.fetchval("select count(*) from media_files") == 0
    assert await owner.fetchval("select count(*) from media_pictures") == 0


async def test_checks_write_down_what_they_find(client, database, context, owner) -> None:
    sharp = await kept(client, encoded(photograph(2)))
    await looked_at(context, sharp)
    assert await codes(database, sharp) == {
        "picture.not_classified": ("advice", {"reason": "no_classifier"})
    }
    blurred = await kept(client, encoded(photograph(3).filter(ImageFilter.GaussianBlur(9))))
    await looked_at(context, blurred)
    assert (await codes(database, blurred))["picture.blurred"][0] == "review"
    for size, severity in (((240, 180), "review"), ((700, 525), "advice")):
        small = await kept(client, encoded(photograph(4, size), quality=95))
        await looked_at(context, small)
        facts = {"width": size[0], "height": size[1], "recommended": 800}
        assert (await codes(database, small))["picture.small"] == (severity, facts)
    url = "https://wa.me/77011234567"
    qr = await kept(client, encoded(with_code(draw_png(encode_qr(url), scale=8))))
    await looked_at(context, qr)
    await looked_at(context, qr)
    found = {"codes": [{"kind": "QR Code", "text": url}]}
    assert (await codes(database, qr))["picture.contact_code"] == ("review", found)
    package = draw_png(encode_gtin(normalise("4006381333931")), scale=4)
    plain = await kept(client, encoded(with_code(package)))
    await looked_at(context, plain)
    assert "picture.contact_code" not in await codes(database, plain)
    seen = await owner.fetchval("select codes from media_pictures where file_id = $1", UUID(plain))
    assert json.loads(seen)[0]["text"] == "4006381333931"
    events = await owner.fetch(
        "select payload from kit_outbox_events where type = 'picture.checked' and aggregate_id = $1",
        UUID(qr),
    )
    assert [json.loads(row["payload"]) for row in events] == [
        {
            "media_id": qr,
            "codes": ["picture.contact_code", "picture.not_classified"],
            "needs_review": True,
        }
    ]


async def test_look_alikes_are_found_within_and_across_firms_and_nobody_is_named(
    bare, client, person, database, context
) -> None:
    rival = Person()
    first = await kept(client, encoded(photograph(5), quality=92))
    await attached(database, person, first)
    await looked_at(context, first)
    async with bare.client_of(rival) as other:
        copy = await kept(other, encoded(photograph(5, (900, 675)), "WEBP", quality=70))
        different = await kept(other, encoded(photograph(6)))
    await looked_at(context, copy)
    await looked_at(context, different)
    again = await kept(client, encoded(photograph(5, (1000, 750)), "PNG"))
    await looked_at(context, again)
    severity, facts = (await codes(database, copy))["picture.duplicate_other"]
    assert (severity, list(facts)) == ("review", ["distance"])
    assert facts["distance"] <= 6
    severity, facts = (await codes(database, again))["picture.duplicate_own"]
    assert (severity, facts["media_id"]) == ("advice", first)
    assert not {"picture.duplicate_own", "picture.duplicate_other"} & {
        *await codes(database, different)
    }
    async with database.transaction(SYSTEM) as session:
        found = await public.look_alikes(session, [UUID(copy)])
    assert found == {UUID(copy): {"picture.duplicate_other": UUID(first)}}
    async with database.transaction(Scope(person.organisation_id)) as session:
        assert await public.picture_findings(session, [UUID(copy)]) == {}


def test_every_fingerprint_within_seven_bits_shares_a_probe() -> None:
    number = 0x3C5A_9F01_77E2_0B44
    for flipped in ((0, 17, 33, 50, 1, 18, 34), (3, 5, 20, 22, 40, 44, 63), (9, 10, 11, 12)):
        other = number
        for bit in flipped:
            other ^= 1 << bit
        signed = other - 2**64 if other >= 2**63 else other
        assert set(probes_of(number)) & set(bands_of(signed))
    far = number ^ 0x0303_0303_0303_0303
    assert not set(probes_of(number)) & set(bands_of(far))


def endpoint(answer: httpx.Response) -> EndpointClassifier:
    def handle(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer secret"
        with Image.open(io.BytesIO(request.content)) as image:
            assert (image.format, max(image.size)) == ("WEBP", 480)
        return answer

    settings = VisionSettings(base_url="http://classifier/", api_key="secret")
    return EndpointClassifier(settings, transport=httpx.MockTransport(handle))


async def test_a_classifier_has_its_say_and_its_silence_holds_up_nothing(
    client, database, context, services
) -> None:
    media_id = await kept(client, encoded(photograph(7)))
    await picture_tasks.prepare_picture(context, file_id=media_id)
    services.provide(PICTURE_CLASSIFIER, endpoint(httpx.Response(503)))
    with pytest.raises(ClassifierError):
        await picture_tasks.check_picture(context, file_id=media_id)
    labels = [{"name": "Weapon", "score": 0.93}, {"label": "nsfw", "score": 0.2}]
    services.provide(PICTURE_CLASSIFIER, endpoint(httpx.Response(200, json={"labels": labels})))
    await picture_tasks.check_picture(context, file_id=media_id)
    facts = {"labels": [{"label": "Weapon", "score": 0.93}]}
    assert await codes(database, media_id) == {"picture.unwanted": ("review", facts)}

    silent = await kept(client, encoded(photograph(8)))
    await picture_tasks.prepare_picture(context, file_id=silent)
    services.provide(PICTURE_CLASSIFIER, endpoint(httpx.Response(200, json={"labels": "?"})))
    last = type(context)(
        database=database, settings=context.settings, services=services, job_id=1,
        attempt=5, last_attempt=True,
    )  # fmt: skip
    await picture_tasks.check_picture(last, file_id=silent)
    found = {"picture.not_classified": ("advice", {"reason": "unavailable"})}
    assert await codes(database, silent) == found


async def test_labels_of_many_shapes(services) -> None:
    good = endpoint(httpx.Response(200, json=[{"label": "cat", "score": 1}]))
    assert await good.classify(encoded(photograph(1, (480, 360)), "WEBP")) == [Label("cat", 1.0)]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, content=b"[" * 100_000),
        httpx.Response(200, content=b'{"labels": [null]}'),
        httpx.Response(200, content=b'[{"label": "weapon", "score": NaN}]'),
        httpx.Response(200, json=[{"label": "cat", "score": 0.1}] * 100_000),
    ],
    ids=["page", "deep", "empty", "no number", "huge"],
)
async def test_rubbish_is_an_answer_that_was_not_given(answer: httpx.Response) -> None:
    with pytest.raises(ClassifierError):
        await endpoint(answer).classify(encoded(photograph(1, (480, 360)), "WEBP"))


async def test_the_settings_choose_the_classifier(tmp_path) -> None:
    assert open_classifier(VisionSettings()) is None
    assert isinstance(open_classifier(VisionSettings(base_url="http://x/")), EndpointClassifier)
    ran = open_classifier(VisionSettings(model=tmp_path / "none.onnx", base_url="http://x/"))
    with pytest.raises(ClassifierError, match="KARAVAN_VISION__LABELS"):
        await ran.classify(encoded(photograph(1, (100, 75)), "WEBP"))


async def test_only_own_pictures_that_came_as_pictures_are_attached(
    client, person, database, bare
) -> None:
    document = (await upload(client)).json()["id"]
    photo = await kept(client, picture_with_place())
    for caller, ids, code in (
        (person, [photo, document], "media.not_a_picture"),
        (Person(), [photo], "media.unknown"),
    ):
        with pytest.raises(ValidationError) as refused:
            await attached(database, caller, *ids)
        pointers = {(one.pointer, one.code) for one in refused.value.errors}
        assert pointers == {(f"#/images/{len(ids) - 1}", code)}


async def test_an_import_keeps_pictures_with_its_transaction(database, person, owner, context):
    image = await public.read_image(encoded(photograph(10)), "from/a/zip.jpeg")
    scope = Scope(person.organisation_id, person.user_id)
    async with database.transaction(scope) as session:
        file = await public.save_image(
            session, person.organisation_id, image, uploaded_by=person.user_id
        )
        snapshots = await public.picture_snapshots(session, [file.id])
    assert (file.name, file.width, file.height) == ("zip.jpeg", 1600, 1200)
    assert snapshots[file.id]["sizes"] == [160, 480, 1080]
    await picture_tasks.prepare_picture(context, file_id=str(file.id))
    assert len(json.loads(await owner.fetchval("select variants from media_files"))) == 6


async def test_a_picture_deleted_while_it_is_drawn_leaves_no_bytes(
    client, context, settings, drain, monkeypatch
) -> None:
    media_id = await kept(client, encoded(photograph(11)))
    work = picture_tasks._work

    def slow(*args):
        made = work(*args)
        deleted.append(True)
        return made

    deleted: list[bool] = []
    put = context.services[picture_tasks.STORAGE].put

    async def put_after_deletion(key, content):
        if deleted and deleted.pop():
            assert (await client.delete(f"/api/v1/media/{media_id}")).status_code == 204
            await drain()
        await put(key, content)

    monkeypatch.setattr(picture_tasks, "_work", slow)
    monkeypatch.setattr(context.services[picture_tasks.STORAGE], "put", put_after_deletion)
    await picture_tasks.prepare_picture(context, file_id=media_id)
    assert kept_files(settings) == []
