"""Change a product. What buyers already see changes at once only where nobody needs to look at it first."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import ValidationError
from karavan.kit.money import MoneyBody
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.actions.barcodes.taken import refuse_taken_barcodes
from karavan.modules.catalogue.actions.products.change_requests import apply_or_propose
from karavan.modules.catalogue.actions.products.create import columns_of
from karavan.modules.catalogue.actions.products.moderate import family_findings
from karavan.modules.catalogue.actions.products.records import (
    record_change,
    refresh_head,
    refuse_archived,
    refuse_nought,
    set_price,
)
from karavan.modules.catalogue.actions.products.writing import (
    SHARED,
    check_face,
    checked_content,
    face,
    first_name,
    flush_sku,
    pictures,
    share,
)
from karavan.modules.catalogue.errors import NotAVariantError
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.queries.product_rows import Family, locked_family
from karavan.modules.catalogue.schemas.products import (
    ImageInput,
    ImagesBody,
    ProductPatch,
    ProductPut,
)
from karavan.modules.catalogue.states import ProductState
from karavan.modules.media.public import release
from karavan.modules.organisations.public import changes_of

_NULLABLE = frozenset(
    {
        "category_id",
        "weight_grams",
        "length_mm",
        "width_mm",
        "height_mm",
        "barcode",
        "barcode_text",
        "country",
        "picture_id",
        "version",
    }
)


async def edit(
    session: AsyncSession, actor: Actor, product_id: UUID, body: ProductPatch
) -> Product:
    """Change what is named. New names, descriptions, categories and pictures of a published product are looked at first:
    by the automatic checks, and by a moderator when they find something; until then buyers see what they saw.

    Raises:
        NotFoundError: it is no product of the actor's organisation.
        ConflictError: somebody else changed it since the caller read it.
        ProductArchivedError: it is archived.
        NotAVariantError: the content of a variant is that of its family.
        SkuTakenError: another product of the supplier has the SKU.
        BarcodeTakenError: another product of the supplier has the EAN or UPC.
        ValidationError: a value does not fit.
    """
    changes_of(body, nullable=_NULLABLE, without=frozenset())
    given = set(body.model_fields_set)
    return await _edit(session, actor, product_id, body, given)


async def replace(
    session: AsyncSession, actor: Actor, product_id: UUID, body: ProductPut
) -> Product:
    """Change everything: what is left out falls back to its default. Otherwise as `edit`.

    Raises:
        NotAVariantError: a variant is changed in parts.
    """
    return await _edit(session, actor, product_id, body, set(ProductPut.model_fields))


async def set_images(
    session: AsyncSession, actor: Actor, product_id: UUID, body: ImagesBody
) -> Product:
    """Give a product these pictures in this order. Otherwise as `edit`.

    Raises:
        ValidationError: one is no picture of the actor's organisation, or stands twice.
    """
    return await _edit(session, actor, product_id, body, {"images"})


async def _edit(
    session: AsyncSession,
    actor: Actor,
    product_id: UUID,
    body: ProductPatch | ProductPut | ImagesBody,
    given: set[str],
) -> Product:
    family = await locked_family(session, product_id)
    product = family.target
    refuse_archived(product)
    refuse_stale(product, body.version)
    values = columns_of(body, given)
    if product.parent_id is not None and (
        shared := (SHARED & values.keys()) | ({"images"} & given)
    ):
        raise NotAVariantError(fields=sorted(shared))
    check_face(product, family.root, values.get("picture_id"))
    await checked_content(session, values, product)
    if "images" in given:
        values["images"] = await ordered_pictures(session, actor, product, body.images)
    changed = {name: value for name, value in values.items() if getattr(product, name) != value}
    await refuse_taken_barcodes(
        session, actor.organisation_id, [changed.get("barcode")], except_for=product.id
    )
    if product.state == ProductState.PUBLISHED:
        changed = await apply_or_propose(session, actor, product, changed)
    await write(session, actor, family, changed)
    if product.state == ProductState.PROPOSED and changed:
        product.findings = await family_findings(session, family)
    if "price" in given and not isinstance(body, ImagesBody) and body.price is not None:
        change_price(session, actor, family, body.price, body.price_reason)
    await session.flush()
    return product


async def ordered_pictures(
    session: AsyncSession, actor: Actor, product: Product, images: Sequence[ImageInput]
) -> list[dict[str, Any]]:
    """Snapshots of the pictures that a product shall have; those that it has already need not be read again."""
    kept = {str(one["id"]): one for one in product.images}
    fresh = [image for image in images if str(image.id) not in kept]
    ids = [str(image.id) for image in images]
    if len(set(ids)) != len(ids) or fresh:
        return await pictures(session, actor, images)
    return [{**kept[str(image.id)], "alt": image.alt} for image in images]


async def write(
    session: AsyncSession, actor: Actor | None, family: Family, changed: dict[str, Any]
) -> None:
    """Write values into a locked product and what its variants have from it, with the audit row and the event.

    Pictures that nobody shows any more are let go.
    """
    if not changed:
        return
    product = family.target
    before = {name: getattr(product, name) for name in changed}
    for name, value in changed.items():
        setattr(product, name, value)
    if "names" in changed:
        product.name = first_name(product.names)
    if "sku" in changed:
        product.sku_twin = 0
    if "picture_id" in changed:
        face(product, family.root.images)
    product.has_image = bool(product.images)
    product.version += 1
    if SHARED & changed.keys():
        share(product, family.living)
    if "active" in changed:
        for variant in family.living if product is family.root else ():
            variant.active = product.active
    refresh_head(session, actor, family)
    await flush_sku(session)
    if "images" in changed:
        gone = {str(one["id"]) for one in before["images"]} - {
            str(one["id"]) for one in product.images
        }
        await release(session, product.organisation_id, [UUID(one) for one in sorted(gone)])
    record_change(
        session,
        actor,
        product,
        "edit",
        "changed",
        before={name: _plain(value) for name, value in before.items()},
        after={name: _plain(value) for name, value in changed.items()},
        fields=sorted(changed),
    )


def change_price(
    session: AsyncSession, actor: Actor, family: Family, price: MoneyBody, reason: str
) -> bool:
    """Give a locked product a new price; the price of a family is given to each of its variants.

    Returns:
        Whether anything changed.

    Raises:
        ValidationError: a variant cannot be sold in another currency than its family, or nothing be asked for what
            buyers see.
    """
    product = family.target
    if product.parent_id is not None and price.currency != family.root.currency:
        raise ValidationError(f"The family is sold in {family.root.currency}.")
    refuse_nought(product, price)
    targets = family.living if product.has_variants else [product]
    changed = [one for one in targets if set_price(session, actor, one, price, reason)]
    for one in changed:
        one.version += 1
    if product.has_variants and changed:
        product.version += 1
    refresh_head(session, actor, family)
    return bool(changed)


def _plain(value: Any) -> Any:
    """As the audit trail keeps it."""
    return value if isinstance(value, (dict, list, bool, int, type(None))) else str(value)
