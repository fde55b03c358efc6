"""Pictures of imported products: from the archive beside the table, by address, and what is told of those that are nowhere."""

import json

import pytest

from tests.factories.accounts import register
from tests.factories.files import picture, upload
from tests.factories.imports import IMPORTS, begin, bring_in, counts, do, products_of, view
from tests.factories.procurement import ok
from tests.factories.tables import csv_bytes, zip_bytes

HEAD = ["Артикул", "Наименование", "Категория", "Цена, ₸", "Остаток", "Ед. изм."]


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


async def test_pictures_come_from_an_archive(supplier, owner, drain):
    album = zip_bytes(
        {"фото/A-1.png": picture(), "A-1_2.png": picture("PNG", (50, 60)), "readme.txt": b"x"}
    )
    file = ok(await upload(supplier.client, album, "Фото.zip", "import"), 201)
    assert file["content_type"] == "application/zip"
    table = csv_bytes([HEAD, ["A-1", "Орехи", None, "100", "5", "кг"]])
    await bring_in(supplier, drain, table, archive_media_id=file["id"])
    found = (await products_of(owner, supplier))["A-1"]
    assert (found["has_image"], len(json.loads(found["images"]))) == (True, 2)
    states = await owner.fetch("select state from catalogue_import_pictures")
    assert [row["state"] for row in states] == ["done", "done"]
    # An address of the inside is asked for nothing, and a name that the archive lacks means no picture: the goods stay.
    inside = csv_bytes(
        [
            [*HEAD, "Фото"],
            ["A-2", "Изюм", None, "100", "5", "кг", "http://127.0.0.1/x.png"],
            ["A-3", "Курага", None, "100", "5", "кг", "нет-такой.png"],
        ]
    )
    run = await bring_in(supplier, drain, inside)
    assert (run["state"], counts(run["report"])) == ("finished", (2, 0, 0, 0, 0))
    failed = await owner.fetch(
        "select source, failure from catalogue_import_pictures where state = 'failed'"
    )
    assert [tuple(row) for row in failed] == [("http://127.0.0.1/x.png", "private")]
    told = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}/pictures"))
    assert (told["waiting"], told["stored"], told["failed"]) == (0, 0, 1)
    assert [(one["sku"], one["name"], one["code"]) for one in told["failures"]] == [
        ("A-2", "http://127.0.0.1/x.png", "private")
    ]


async def test_files_that_are_no_products_picture_are_told(supplier, app, drain):
    entries = {"B-1.png": picture(), "B-2.jpg": b"no picture at all", "лишняя.png": picture()}
    archive = zip_bytes({**entries, "readme.txt": b"hello"})
    file = ok(await upload(supplier.client, archive, "фото.zip", "import"), 201)
    rows = [HEAD, ["B-1", "Кубик", None, "100", "1", "шт"], ["B-2", "Шар", None, "100", "1", "шт"]]
    run = await begin(supplier, csv_bytes(rows), archive_media_id=file["id"])
    await drain()
    await do(supplier, run, "check")
    await drain()
    checked = await view(supplier, run)
    assert checked["check_report"]["unused"] == ["readme.txt", "лишняя.png"]
    await do(supplier, run, "start")
    await drain()
    path = f"{IMPORTS}/{run['id']}/pictures"
    told = ok(await supplier.client.get(path))
    assert (told["waiting"], told["stored"], told["failed"]) == (0, 1, 1)
    assert [(one["sku"], one["name"]) for one in told["failures"]] == [("B-2", "B-2.jpg")]
    stranger = await register(app, role="vendor", organisation_name="Other Goods")
    assert (await stranger.client.get(path)).status_code == 404


async def test_a_picture_that_is_nowhere_is_told_in_its_row(supplier, owner, drain):
    """The goods are taken all the same; the row says which file is missing, on the screen and in the file."""
    album = ok(
        await upload(supplier.client, zip_bytes({"a.png": picture()}), "a.zip", "import"), 201
    )
    rows = [
        [*HEAD, "Фото"],
        ["P-1", "Орехи", None, "100", "5", "кг", "a.png; сбоку.png"],
        ["P-2", "Изюм", None, "100", "5", "кг", "A.PNG"],
        ["P-3", "Курага", None, "цена", "5", "кг", "нет.png"],
        ["P-4", "Инжир", None, "100", "5", "кг", "https://127.0.0.1/x.png, нет.jpg"],
    ]
    run = await bring_in(
        supplier, drain, csv_bytes(rows), is_checked=True, archive_media_id=album["id"]
    )
    for report in (run["check_report"], run["report"]):
        assert (counts(report), report["warned"]) == ((3, 0, 0, 1, 0), 2)
    for checked in ("true", "false"):
        path = f"{IMPORTS}/{run['id']}/errors?checked={checked}"
        told = ok(await supplier.client.get(path))["items"]
        assert [
            (one["row"], one["refused"], [(x["field"], x["code"], x["warning"]) for x in one["errors"]])
            for one in told
        ] == [
            (2, False, [("images", "picture_missing", True)]),
            (4, True, [("price", "number", False)]),
            (5, False, [("images", "picture_missing", True)]),
        ]  # fmt: skip
    assert "“сбоку.png”" in told[0]["errors"][0]["detail"]
    assert "“нет.jpg”" in told[2]["errors"][0]["detail"]
    for locale, sentence in (
        ("ru", "Фото: В архиве картинок нет файла: “сбоку.png”. Исправьте"),
        ("kk", "Фото: Сурет мұрағатында мына файл жоқ: “сбоку.png”. Кестедегі"),
    ):
        ok(await supplier.client.patch("/api/v1/users/profile", json={"locale": locale}))
        file = await supplier.client.get(f"{IMPORTS}/{run['id']}/errors/file")
        lines = file.content.decode("utf-8-sig").splitlines()
        assert [line.partition(";")[0] for line in lines[1:]] == ["P-1", "P-3", "P-4"]
        assert sentence in lines[1]
    # The same table once more without its archive: only what the product does not have is missed.
    again = await bring_in(supplier, drain, csv_bytes([rows[0], *rows[1:3]]))
    assert again["report"]["warned"] == 1
    told = ok(await supplier.client.get(f"{IMPORTS}/{again['id']}/errors"))["items"]
    assert [(x["code"], "a.png" in x["detail"]) for x in told[0]["errors"]] == [
        ("picture_without_archive", False)
    ]
    # Who changes prices alone is told nothing of pictures.
    priced = await bring_in(supplier, drain, csv_bytes([rows[0], rows[1]]), mode="prices")
    assert priced["report"]["warned"] == 0
