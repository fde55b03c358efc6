"""Which of its family's pictures a variant shows."""

import pytest

from tests.factories.accounts import register
from tests.factories.files import picture, upload
from tests.factories.procurement import ok, pointers
from tests.factories.products import PRODUCTS, make_published


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


async def test_a_variant_is_shown_by_a_picture_of_its_family(supplier, owner):
    files = [
        ok(await upload(supplier.client, picture(size=(90 + n, 90)), purpose="image"), 201)
        for n in range(3)
    ]
    images = [{"id": one["id"]} for one in files]
    first, second, third = (one["id"] for one in files)
    product = await make_published(supplier, owner, sku="SHIRT", images=images)
    path = f"{PRODUCTS}/{product['id']}"
    axes = [{"name": "colour", "values": ["red", "blue"]}]
    family = ok(await supplier.client.post(f"{path}/variants/generate", json={"axes": axes}))
    red, blue = (f"{PRODUCTS}/{one['id']}" for one in family["variants"])

    async def faces():
        shown = ok(await supplier.client.get(path))
        return [one["picture_id"] for one in shown["variants"]]

    async def pictures_of(variant):
        return [one["id"] for one in ok(await supplier.client.get(variant))["images"]]

    ok(await supplier.client.patch(blue, json={"picture_id": second}))
    assert await faces() == [None, second]
    assert await pictures_of(blue) == [second, first, third]
    assert await pictures_of(red) == await pictures_of(path) == [first, second, third]
    # Another order of the family's pictures leaves its own in front, and it goes with its picture.
    turned = {"images": images[::-1]}
    ok(await supplier.client.put(f"{path}/images", json=turned))
    assert await pictures_of(blue) == [second, third, first]
    ok(await supplier.client.put(f"{path}/images", json={"images": [images[0], images[2]]}))
    assert (await faces(), await pictures_of(blue)) == ([None, None], [first, third])
    green = {"sku": "SHIRT-GREEN", "options": {"colour": "green"}, "picture_id": third}
    made = ok(await supplier.client.post(f"{path}/variants", json=green), 201)
    assert [one["id"] for one in made["images"]] == [third, first]
    for refused, code in (
        (await supplier.client.patch(blue, json={"picture_id": second}), "unknown"),
        (await supplier.client.patch(path, json={"picture_id": third}), "not_a_variant"),
        (
            await supplier.client.post(
                f"{path}/variants",
                json={"sku": "X", "options": {"colour": "pink"}, "picture_id": second},
            ),
            "unknown",
        ),
    ):
        assert pointers(refused) == [("#/picture_id", code)]
    assert await faces() == [None, None, third]
    ok(await supplier.client.patch(f"{PRODUCTS}/{made['id']}", json={"picture_id": None}))
    assert await faces() == [None, None, None]
