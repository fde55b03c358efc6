"""From bodies to columns: shared by creating, editing, variants and imports."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import ValidationError, invalid
from karavan.modules.catalogue.errors import SkuTakenError
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.queries.attributes import attributes_of, carried, check_attributes
from karavan.modules.catalogue.queries.categories import chosen_category
from karavan.modules.catalogue.schemas.products import LANGUAGES, ImageInput
from karavan.modules.media.public import attach_pictures

SHARED = frozenset(
    {
        "names",
        "name",
        "descriptions",
        "category_id",
        "attributes",
        "tax_rate",
        "unit",
        "pack_size",
        "minimum_order",
        "country",
        "visibility",
        "images",
        "has_image",
    }
)
"""What variants have from the head of their family."""


def first_name(names: Mapping[str, str]) -> str:
    """The name by which lists are sorted: in the first language that there is one in."""
    return next(names[code] for code in LANGUAGES if names.get(code))


def share(head: Product, variants: Sequence[Product]) -> None:
    """Copy a head's content to its variants, so that reading one needs no join; its own picture stands first in each."""
    for variant in variants:
        for name in SHARED:
            setattr(variant, name, getattr(head, name))
        face(variant, head.images)


def face(variant: Product, images: Sequence[dict[str, Any]]) -> None:
    """Give a variant its family's pictures, its own first. When its own is gone it has the face of its family again."""
    own = [one for one in images if str(one["id"]) == str(variant.picture_id)]
    if not own:
        variant.picture_id = None
    variant.images = [*own, *(one for one in images if one not in own)]


def check_face(variant: Product, head: Product, picture_id: UUID | None) -> None:
    """See that a variant can show this picture.

    Raises:
        ValidationError: it is none of its family's, or the product has no family.
    """
    if picture_id is None:
        return
    if variant.parent_id is None:
        raise invalid("#/picture_id", "not_a_variant", "Only a variant has a picture of its own.")
    if str(picture_id) not in {str(one["id"]) for one in head.images}:
        raise invalid("#/picture_id", "unknown", "The family has no such picture.")


async def checked_content(
    session: AsyncSession, values: dict[str, Any], product: Product | None
) -> None:
    """Check the category and the attributes among `values`, and bring the attributes into the form that is stored.

    What is required may still be missing: it is asked for when the product is proposed.

    Args:
        values: new values by column.
        product: what they are for; nothing when it is new.

    Raises:
        ValidationError: with a pointer to each value that does not fit.
        CategoryArchivedError: nothing is filed under the category any more.
    """
    if not {"category_id", "attributes"} & values.keys():
        return
    before = product.category_id if product else None
    category_id = values.get("category_id", before)
    if category_id is not None and category_id != before:
        await chosen_category(session, category_id)
    given = "attributes" in values
    raw = values["attributes"] if given else (product.attributes if product else {})
    if category_id is None:
        if raw and given:
            raise invalid("#/attributes", "category", "Choose a category first.")
        values["attributes"] = {}
        return
    attributes = await attributes_of(session, category_id)
    if not given:
        # Another category asks other things: what it does not know, or means otherwise, is left behind.
        meant = await attributes_of(session, before) if raw and before is not None else []
        raw = carried(raw, meant, attributes)
    values["attributes"], errors = check_attributes(attributes, raw, complete=False)
    if errors and given:
        raise ValidationError(errors=errors)


async def pictures(
    session: AsyncSession, actor: Actor, images: Sequence[ImageInput]
) -> list[dict[str, Any]]:
    """What the product keeps of its pictures, in order.

    Raises:
        ValidationError: one is no picture of the actor's organisation, or stands twice.
    """
    ids: list[UUID] = [image.id for image in images]
    if len(set(ids)) != len(ids):
        raise invalid("#/images", "duplicate", "Each picture stands once.")
    kept = await attach_pictures(session, actor, ids, alts=[image.alt for image in images])
    return [dict(one) for one in kept]


async def flush_sku(session: AsyncSession) -> None:
    """Write what waits, and say so when a SKU is taken: of two who take one at once the second hears it here.

    Raises:
        SkuTakenError: another product of the supplier has it.
    """
    try:
        async with savepoint(session):
            await session.flush()
    except IntegrityError as error:
        if "organisation_id_sku" in str(error.orig):
            raise SkuTakenError from error
        raise
