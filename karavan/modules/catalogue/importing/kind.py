"""Imports of products, as the mechanism of imports knows them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Role
from karavan.kit.errors import FieldError, NotFoundError, ValidationError
from karavan.kit.imports.kinds import Attempt, ImportKind, declare_kind
from karavan.kit.imports.lifecycle import import_lifecycle
from karavan.kit.imports.models import ImportRun
from karavan.kit.imports.recognition import remembered_headings
from karavan.kit.scopes import SYSTEM, Scope
from karavan.modules.catalogue.actions.stock.locations import own_location
from karavan.modules.catalogue.importing.attributes import attribute_fields
from karavan.modules.catalogue.importing.categories import CategoryFinder, live_categories
from karavan.modules.catalogue.importing.fields import PRODUCTS
from karavan.modules.catalogue.importing.options import ImportMode, ProductImportOptions
from karavan.modules.catalogue.importing.pictures import PictureQueue
from karavan.modules.catalogue.importing.remarks import PRODUCT_REMARKS
from karavan.modules.catalogue.importing.tax import prices_hold_tax
from karavan.modules.catalogue.importing.writer import ProductWriter
from karavan.modules.catalogue.permissions import PRODUCT_READ, PRODUCT_WRITE
from karavan.modules.organisations.public import organisation_card

PRODUCT_IMPORT_LIFECYCLE = import_lifecycle("product_import", PRODUCT_WRITE)


async def actor_of(session: AsyncSession, run: ImportRun) -> Actor:
    """For whom the job works: the person's name stands with what it writes; roles were asked for when they began."""
    card = await organisation_card(session, run.organisation_id)
    return Actor(
        user_id=run.started_by or run.created_by,
        organisation_id=run.organisation_id,
        organisation_name=card.name if card else "",
        display_name=run.created_by_name,
        role=Role.VIEWER,
    )


async def _writer(attempt: Attempt) -> ProductWriter:
    run = attempt.run
    async with attempt.context.database.transaction(SYSTEM) as session:
        actor = await actor_of(session, run)
        card = await organisation_card(session, run.organisation_id)
        options = ProductImportOptions.model_validate(run.options)
        categories = await _categories(session, run, options)
    if options.location_id is not None:
        scope = Scope(run.organisation_id, actor.user_id)
        async with attempt.context.database.transaction(scope) as session:
            await own_location(session, options.location_id)
    return ProductWriter(
        actor,
        mode=ImportMode(run.mode),
        options=options,
        currency=run.mapping.get("currency") or (card.currency if card else "KZT"),
        import_id=run.id,
        file_name=run.file_name,
        pictures=PictureQueue(run.id, run.organisation_id, attempt.archive),
        categories=categories,
        mapped=[one["field"] for one in run.mapping["columns"] if one["field"] is not None],
        with_tax=prices_hold_tax(run.mapping["columns"], options.prices_include_tax),
    )


async def _categories(
    session: AsyncSession, run: ImportRun, options: ProductImportOptions
) -> CategoryFinder:
    """What was chosen for this import, and for earlier ones; categories that have gone since are passed over."""
    kept = await remembered_headings(session, run.organisation_id, PRODUCT_IMPORTS.sections_kind)
    earlier = {path: UUID(one) for path, one in kept.items() if one is not None}
    live = await live_categories(session, {*options.categories.values(), *earlier.values()})
    chosen = {path: one for path, one in options.categories.items() if one in live}
    return CategoryFinder(chosen, {path: one for path, one in earlier.items() if one in live})


async def _check_options(
    session: AsyncSession, actor: Actor, options: ProductImportOptions
) -> None:
    """Refuse categories and places that are not there.

    Raises:
        ValidationError: with a pointer to each of them.
    """
    del actor
    live = await live_categories(session, set(options.categories.values()))
    errors = [
        FieldError(
            pointer=f"#/options/categories/{path.replace('~', '~0').replace('/', '~1')}",
            code="unknown",
            detail="There is no such category, or nothing is filed under it any more.",
        )
        for path, one in options.categories.items()
        if one not in live
    ]
    if options.location_id is not None:
        try:
            await own_location(session, options.location_id)
        except NotFoundError:
            errors.append(
                FieldError(
                    pointer="#/options/location_id",
                    code="unknown",
                    detail="You count stock in no such place.",
                )
            )
    if errors:
        raise ValidationError(errors=errors)


PRODUCT_IMPORTS = declare_kind(
    ImportKind(
        name="products",
        target=PRODUCTS,
        lifecycle=PRODUCT_IMPORT_LIFECYCLE,
        permission=PRODUCT_WRITE,
        read_permission=PRODUCT_READ,
        modes=[mode.value for mode in ImportMode],
        options=ProductImportOptions,
        writer=_writer,
        further=attribute_fields,
        check_options=_check_options,
        remarks=PRODUCT_REMARKS,
        chosen_sections=lambda options: options.categories,
    )
)
