"""Jobs of imports: the mechanism's own, and the pictures that rows have named."""

import asyncio
import zipfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import DomainError
from karavan.kit.fetching import FETCHER, FetchError
from karavan.kit.imports import recognition, running
from karavan.kit.imports.files import on_disk
from karavan.kit.imports.models import ImportRun
from karavan.kit.imports.readers.archives import DAMAGES, open_archive
from karavan.kit.jobs import JobContext, enqueue, job
from karavan.kit.scopes import SYSTEM, Scope
from karavan.kit.storage import STORAGE
from karavan.modules.catalogue.actions.products.edit import set_images
from karavan.modules.catalogue.importing import kind
from karavan.modules.catalogue.importing.kind import actor_of
from karavan.modules.catalogue.importing.pictures import FETCH, IMAGES_MAX, ZIP
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.models.imports import ImportPicture
from karavan.modules.catalogue.schemas.products import ImageInput, ImagesBody
from karavan.modules.media.public import FileRefusedError, ReadImage, read_image, save_image

__all__ = ["kind", "recognition", "running"]

PICTURE_MAX_BYTES = 15 * 1024 * 1024
PRODUCTS_AT_ONCE = 4
PRODUCTS_PER_JOB = 200


class _Found(Struct, frozen=True):
    """What became of a picture. After `passing`, which may pass, it is tried again."""

    picture: ImportPicture
    image: ReadImage | None
    failure: str | None
    passing: FetchError | None = None


@job(FETCH, retries=6, timeout_s=3600)
async def fetch_pictures(context: JobContext, *, import_id: str) -> None:
    """Fetch the pictures that an import has named, and give them to their products; then make room for other jobs.

    Raises:
        FetchError: an address that may answer later did not. Whatever else there was has its pictures by then.
    """
    async with context.database.transaction(SYSTEM) as session:
        run = await session.get(ImportRun, UUID(import_id))
        if run is None:
            return
        actor = await actor_of(session, run)
        waiting = await _waiting(session, run)
    by_product: dict[UUID, list[ImportPicture]] = {}
    for picture in waiting:
        by_product.setdefault(picture.product_id, []).append(picture)
    async with AsyncExitStack() as stack:
        archive: Path | None = None
        if run.archive_storage_key and any(one.source.startswith(ZIP) for one in waiting):
            archive = await stack.enter_async_context(
                on_disk(context.services[STORAGE], run.archive_storage_key)
            )
        groups = list(by_product.values())
        passing: FetchError | None = None
        for start in range(0, len(groups), PRODUCTS_AT_ONCE):
            found = await asyncio.gather(
                *(
                    _find(context, picture, archive)
                    for group in groups[start : start + PRODUCTS_AT_ONCE]
                    for picture in group
                )
            )
            for group in groups[start : start + PRODUCTS_AT_ONCE]:
                ids = {picture.sequence for picture in group}
                mine = [one for one in found if one.picture.sequence in ids]
                later = next((one.passing for one in mine if one.passing is not None), None)
                passing = passing or later
                if later is None:
                    await _give(context, actor, group[0].product_id, mine)
    if passing is not None:
        raise passing
    if len(groups) >= PRODUCTS_PER_JOB:
        async with context.database.transaction(SYSTEM) as session:
            lock = f"{FETCH}:{run.id}"
            await enqueue(session, FETCH, import_id=str(run.id), lock=lock, queueing_lock=lock)


async def _waiting(session: AsyncSession, run: ImportRun) -> list[ImportPicture]:
    products = (
        select(ImportPicture.product_id)
        .where(ImportPicture.import_id == run.id, ImportPicture.state == "waiting")
        .group_by(ImportPicture.product_id)
        .order_by(ImportPicture.product_id)
        .limit(PRODUCTS_PER_JOB)
    )
    rows = await session.scalars(
        select(ImportPicture)
        .where(
            ImportPicture.import_id == run.id,
            ImportPicture.state == "waiting",
            ImportPicture.product_id.in_(products.scalar_subquery()),
        )
        .order_by(ImportPicture.sequence)
    )
    return list(rows)


async def _find(context: JobContext, picture: ImportPicture, archive: Path | None) -> _Found:
    try:
        if picture.source.startswith(ZIP):
            if archive is None:
                return _Found(picture, None, "missing")
            name = picture.source.removeprefix(ZIP)
            content = await asyncio.to_thread(_unpacked, archive, name)
        else:
            fetched = await context.services[FETCHER].fetch(
                picture.source, max_bytes=PICTURE_MAX_BYTES
            )
            name, content = fetched.url.partition("?")[0].rpartition("/")[2], fetched.content
        return _Found(picture, await read_image(content, name or "picture"), None)
    except FetchError as error:
        if not error.lasting and not context.last_attempt:
            return _Found(picture, None, None, error)
        return _Found(picture, None, error.code)
    except FileRefusedError as error:
        return _Found(picture, None, str(error.meta["reason"]))
    except DAMAGES:
        return _Found(picture, None, "damaged")


def _unpacked(path: Path, name: str) -> bytes:
    with path.open("rb") as file, open_archive(file, path.stat().st_size) as archive:
        entry = archive.getinfo(name)
        if entry.file_size > PICTURE_MAX_BYTES:
            raise zipfile.BadZipFile(name)
        return archive.read(entry)


async def _give(
    context: JobContext, actor: Actor, product_id: UUID, found: Sequence[_Found]
) -> None:
    """Keep the pictures of one product and give them to it, behind those that it has; all of it, or nothing."""
    scope = Scope(actor.organisation_id, actor.user_id)
    async with context.database.transaction(scope) as session:
        product = await session.get(Product, product_id)
        failures = {one.picture.sequence: one.failure for one in found}
        images = [one for one in found if one.image is not None]
        if product is not None and images:
            refusal = await _attach(session, actor, product, [one.image for one in images])
            if refusal is not None:
                failures.update({one.picture.sequence: refusal for one in images})
        for sequence, failure in failures.items():
            await session.execute(
                update(ImportPicture)
                .where(ImportPicture.sequence == sequence)
                .values(state="failed" if failure else "done", failure=failure)
            )


async def _attach(
    session: AsyncSession, actor: Actor, product: Product, images: Sequence[ReadImage | None]
) -> str | None:
    """The code of a refusal, or nothing when the product has the pictures now."""
    try:
        async with savepoint(session):
            inputs = [
                ImageInput(id=UUID(str(one["id"])), alt=one.get("alt") or "")
                for one in product.images
            ]
            for image in images:
                if image is None or len(inputs) >= IMAGES_MAX:
                    continue
                file = await save_image(
                    session, actor.organisation_id, image, uploaded_by=actor.user_id
                )
                inputs.append(ImageInput(id=file.id, alt=""))
            await session.flush()
            await set_images(session, actor, product.id, ImagesBody(images=inputs))
    except DomainError as error:
        return error.code
    return None
