"""Who may do what with an import, in which state."""

from uuid import UUID, uuid4

import pytest

from karavan.kit.imports.models import ImportState
from karavan.modules.catalogue.importing.kind import PRODUCT_IMPORTS
from tests.factories.accounts import add_member, register, visitor
from tests.factories.imports import IMPORTS, begin
from tests.factories.procurement import ok, problem
from tests.factories.tables import csv_bytes
from tests.kit.lifecycle_matrix import Person, Subject, try_everything

HEAD = ["Артикул", "Наименование", "Категория", "Цена, ₸", "Остаток", "Ед. изм."]


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


async def test_strangers_see_nothing_and_cannot_use_anothers_file(app, supplier, drain):
    run = await begin(supplier, csv_bytes([HEAD, ["A-1", "Орехи", None, "1", "1", "кг"]]))
    await drain()
    stranger = await register(app, role="vendor")
    path = f"{IMPORTS}/{run['id']}"
    for answer in (
        await stranger.client.get(path),
        await stranger.client.get(f"{path}/errors"),
        await stranger.client.get(f"{path}/errors/file"),
        await stranger.client.put(f"{path}/mapping", json={"sections": False}),
        await stranger.client.post(f"{path}/start", json={}),
    ):
        problem(answer, 404, "not_found")
    problem(
        await stranger.client.post(IMPORTS, json={"media_id": run["media_id"]}), 422, "validation"
    )
    assert ok(await stranger.client.get(IMPORTS))["total"] == 0
    problem(await visitor(app).get(path), 401, "unauthenticated")
    viewer = await add_member(supplier, "viewer")
    ok(await viewer.client.get(path))
    problem(await viewer.client.post(f"{path}/start", json={}), 403, "forbidden")
    mine = ok(await supplier.client.get(IMPORTS))
    assert [(one["id"], one["state"]) for one in mine["items"]] == [(run["id"], "draft")]


async def test_every_state_and_transition(app, supplier, owner, drain):
    run = await begin(supplier, csv_bytes([HEAD, ["A-1", "Орехи", None, "1", "1", "кг"]]))
    await drain()

    async def fresh(state) -> UUID:
        new = uuid4()
        await owner.execute(
            "insert into kit_imports select (jsonb_populate_record(i, jsonb_build_object('id', $1::uuid, 'state', $2::text))).*"
            " from kit_imports i where id = $3",
            new, str(state), UUID(run["id"]),
        )  # fmt: skip
        return new

    vendor, viewer = await add_member(supplier, "vendor"), await add_member(supplier, "viewer")
    stranger = await register(app, role="vendor")
    people = [
        Person(name="owner", client=supplier.client, role="owner", party="owner"),
        Person(name="vendor", client=vendor.client, role="vendor", party="owner"),
        Person(name="viewer", client=viewer.client, role="viewer", party="owner"),
        Person(name="stranger", client=stranger.client, role="owner", party=None),
    ]
    tried = await try_everything(
        Subject(
            lifecycle=PRODUCT_IMPORTS.lifecycle,
            path=f"{IMPORTS}/{{id}}",
            table="kit_imports",
            people=people,
            fresh=fresh,
        ),
        owner,
    )
    assert tried == len(ImportState) * 5 * len(people)
