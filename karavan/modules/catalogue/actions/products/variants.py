"""Variants: products of one family that differ in options such as size and colour."""

from collections.abc import Iterable, Sequence
from itertools import product as combinations
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import invalid
from karavan.kit.ids import new_id
from karavan.kit.money import MoneyBody
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.actions.barcodes.taken import refuse_taken_barcodes
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
    face,
    flush_sku,
)
from karavan.modules.catalogue.errors import NotAVariantError, ProductOrderedError
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.queries.product_rows import Family, locked_family
from karavan.modules.catalogue.schemas.products import (
    AXES_MAX,
    SKU_MAX,
    VARIANTS_MAX,
    VariantBody,
    VariantMatrix,
)
from karavan.modules.catalogue.stock import lock_levels
from karavan.modules.catalogue.text_checks import check_texts


async def generate_variants(
    session: AsyncSession, actor: Actor, product_id: UUID, body: VariantMatrix
) -> Product:
    """Make a variant of every combination of options that does not exist yet. The product becomes the head of a family.

    SKUs are the prefix with the values behind it, such as `SHIRT-M-RED`, and a number where the family has that one.

    Raises:
        NotAVariantError: the product is itself a variant.
        ProductOrderedError: it has been sold or lies in stock as it is.
        ValidationError: there would be too many, or the options are not those of the family.
        SkuTakenError: one of the SKUs is in use.
    """
    family = await _locked_head(session, product_id)
    head = family.root
    refuse_stale(head, body.version)
    names = [axis.name for axis in body.axes]
    existing = {_key(one.options) for one in family.living}
    if existing and {name for name, _ in next(iter(existing))} != set(names):
        raise invalid("#/axes", "axes", "The variants of one product differ in the same options.")
    wanted = [
        dict(zip(names, values, strict=True))
        for values in combinations(*(axis.values for axis in body.axes))
    ]
    fresh = [options for options in wanted if _key(options) not in existing]
    if len(existing) + len(fresh) > VARIANTS_MAX:
        raise invalid("#/axes", "too_many", f"A family has at most {VARIANTS_MAX} variants.")
    prefix = body.sku_prefix or head.sku
    bodies = [
        VariantBody.model_construct(
            sku=sku,
            options=options,
            price=body.price,
            barcode=None,
            barcode_text=None,
            picture_id=None,
            weight_grams=head.weight_grams,
            active=head.active,
        )
        for sku, options in zip(_skus(prefix, family, fresh), fresh, strict=True)
    ]
    await _add(session, actor, family, bodies)
    return head


async def add_variant(
    session: AsyncSession, actor: Actor, product_id: UUID, body: VariantBody
) -> Product:
    """Add one variant to a product. Otherwise as `generate_variants`.

    Returns:
        The variant.

    Raises:
        ValidationError: there is such a variant, or its options are not those of the family.
        BarcodeTakenError: another product of the supplier has its EAN or UPC.
    """
    (variant,) = await add_variants(session, actor, product_id, [body])
    return variant


async def add_variants(
    session: AsyncSession, actor: Actor, product_id: UUID, bodies: Sequence[VariantBody]
) -> list[Product]:
    """Add several variants to a product at once. Otherwise as `add_variant`.

    Returns:
        The variants, in the order of their bodies.
    """
    family = await _locked_head(session, product_id)
    living = {_key(one.options) for one in family.living}
    for body in bodies:
        if living and {name for name, _ in next(iter(living))} != set(body.options):
            raise invalid(
                "#/options", "axes", "The variants of one product differ in the same options."
            )
        if _key(body.options) in living:
            raise invalid("#/options", "duplicate", "There is a variant with these options.")
        if len(living) >= VARIANTS_MAX:
            raise invalid("#/options", "too_many", f"A family has at most {VARIANTS_MAX} variants.")
        living.add(_key(body.options))
    return await _add(session, actor, family, bodies)


async def _locked_head(session: AsyncSession, product_id: UUID) -> Family:
    levels = await lock_levels(session, [product_id])
    family = await locked_family(session, product_id)
    head = family.target
    refuse_archived(head)
    if head.parent_id is not None:
        raise NotAVariantError
    if not head.has_variants and (
        head.ordered_at is not None or any(level.on_hand for level in levels)
    ):
        raise ProductOrderedError
    return family


async def _add(
    session: AsyncSession, actor: Actor, family: Family, bodies: Sequence[VariantBody]
) -> list[Product]:
    head = family.root
    texts = {
        f"options/{name}": f"{name} {value}"
        for body in bodies
        for name, value in body.options.items()
    }
    if found := check_texts(texts):
        raise invalid(
            "#/options", found[0]["code"], f"This cannot stand here: {found[0]['detail']}"
        )
    await refuse_taken_barcodes(session, head.organisation_id, [body.barcode for body in bodies])
    position = max((one.position for one in family.variants), default=0)
    variants = []
    for number, body in enumerate(bodies, start=position + 1):
        variant = _variant(head, actor, body, number)
        session.add(variant)
        variants.append(variant)
    head.has_variants = True
    head.option_axes = axes_of([*family.living, *variants])
    head.version += 1
    await flush_sku(session)
    for variant in variants:
        price = MoneyBody.of(variant.price_amount, variant.currency)
        set_price(session, actor, variant, price, "", first=True)
        record_change(
            session, actor, variant, "create", "created", after={"options": variant.options}
        )
    refresh_head(session, actor, Family(head, head, [*family.variants, *variants]))
    if variants:
        record_change(
            session,
            actor,
            head,
            "edit",
            "changed",
            after={"variants": [variant.sku for variant in variants]},
            fields=["variants"],
        )
    if head.findings:
        head.findings = await family_findings(session, family)
    await session.flush()
    return variants


def _variant(head: Product, actor: Actor, body: VariantBody, position: int) -> Product:
    price = body.price or MoneyBody.of(head.price_amount, head.currency)
    if price.currency != head.currency:
        raise invalid("#/price/currency", "currency", f"The family is sold in {head.currency}.")
    refuse_nought(head, price)
    variant = Product(
        id=new_id(),
        organisation_id=head.organisation_id,
        organisation_name=head.organisation_name,
        parent_id=head.id,
        position=position,
        options=dict(body.options),
        sku=body.sku,
        state=head.state,
        active=body.active,
        price_amount=price.amount,
        currency=price.currency,
        barcode=body.barcode,
        barcode_text=body.barcode_text,
        weight_grams=body.weight_grams,
        length_mm=head.length_mm,
        width_mm=head.width_mm,
        height_mm=head.height_mm,
        created_by=actor.user_id,
        published_at=head.published_at,
        version=1,
        has_variants=False,
        available=head.available * 0,
        picture_id=body.picture_id,
        **{name: getattr(head, name) for name in SHARED},
    )
    check_face(variant, head, body.picture_id)
    face(variant, head.images)
    return variant


def axes_of(variants: Iterable[Product]) -> list[dict[str, object]]:
    """What these variants differ in, with every value in the order of its first appearance."""
    values: dict[str, dict[str, None]] = {}
    for variant in variants:
        for name, value in variant.options.items():
            values.setdefault(name, {})[value] = None
    assert len(values) <= AXES_MAX
    return [{"name": name, "values": list(found)} for name, found in values.items()]


def _key(options: dict[str, str]) -> frozenset[tuple[str, str]]:
    """What tells variants apart: nobody means `M` and `m` as two sizes."""
    return frozenset((name, value.casefold()) for name, value in options.items())


def _skus(prefix: str, family: Family, fresh: Sequence[dict[str, str]]) -> list[str]:
    """An SKU for each new combination, the prefix with the values behind it.

    `1.5` and `15`, or long values, say the same there: a number tells them apart, also from those that the family had.
    """
    taken = {one.sku.upper() for one in family.members}
    skus = []
    for options in fresh:
        said = "-".join([prefix, *(_short(value) for value in options.values())])[:SKU_MAX]
        sku, number = said, 1
        while sku.upper() in taken:
            number += 1
            sku = f"{said[: SKU_MAX - len(str(number)) - 1]}-{number}"
        taken.add(sku.upper())
        skus.append(sku)
    return skus


def _short(value: str) -> str:
    """A value as part of a SKU: letters and digits of any script, in capitals."""
    return "".join(character for character in value.upper() if character.isalnum())[:16]
