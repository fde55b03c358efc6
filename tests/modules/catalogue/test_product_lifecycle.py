"""Every state × transition × person of products and of changes to published ones."""

import json
from enum import StrEnum
from uuid import UUID

from karavan.kit.authz import Role
from karavan.kit.ids import new_id
from karavan.modules.catalogue.lifecycles import CHANGE_REQUEST, PRODUCT
from karavan.modules.catalogue.states import ProductState
from tests.factories.accounts import add_member, register
from tests.factories.products import some_category
from tests.kit.lifecycle_matrix import Person, Subject, try_everything


async def people_of(app) -> tuple[list[Person], UUID]:
    supplier = await register(app, role="vendor")
    people = [Person(name="owner", client=supplier.client, role="owner", party="seller")]
    for role in Role:
        if role is not Role.OWNER:
            member = await add_member(supplier, role.value)
            people.append(
                Person(name=role.value, client=member.client, role=role.value, party="seller")
            )
    stranger = await register(app, role="vendor")
    people.append(Person(name="a stranger", client=stranger.client, role="owner", party=None))
    return people, supplier.organisation_id


async def insert_product(owner, organisation_id: UUID, category_id: str) -> UUID:
    """A product that is complete, written past the application; nobody but its supplier and their links see it."""
    product_id = new_id()
    await owner.execute(
        """insert into catalogue_products (id, organisation_id, organisation_name, sku, state, visibility,
             names, name, category_id, price_amount, currency, version, published_at)
           values ($1, $2, 'Dala', $3, 'draft', 'linked', $4, 'Tea', $5, 100, 'KZT', 1, now())""",
        product_id,
        organisation_id,
        str(product_id),
        json.dumps({"en": "Tea"}),
        UUID(category_id),
    )
    return product_id


async def test_product_matrix(app, owner):
    people, organisation_id = await people_of(app)
    category_id = await some_category(owner)

    async def fresh(_: StrEnum) -> UUID:
        return await insert_product(owner, organisation_id, category_id)

    tried = await try_everything(
        Subject(
            lifecycle=PRODUCT,
            path="/api/v1/products/{id}",
            table="catalogue_products",
            people=people,
            fresh=fresh,
        ),
        owner,
    )
    assert tried == len(ProductState) * 3 * 8


async def test_change_request_matrix(app, owner):
    people, organisation_id = await people_of(app)
    category_id = await some_category(owner)

    async def fresh(_: StrEnum) -> UUID:
        product_id = await insert_product(owner, organisation_id, category_id)
        change_id = new_id()
        await owner.execute(
            """insert into catalogue_change_requests (id, product_id, organisation_id, organisation_name,
                 product_name, state, changes, created_by, version)
               values ($1, $2, $3, 'Dala', 'Tea', 'proposed', '{}', $4, 1)""",
            change_id,
            product_id,
            organisation_id,
            new_id(),
        )
        return change_id

    tried = await try_everything(
        Subject(
            lifecycle=CHANGE_REQUEST,
            path="/api/v1/change-requests/{id}",
            table="catalogue_change_requests",
            people=people,
            fresh=fresh,
        ),
        owner,
    )
    assert tried == 4 * 1 * 8
