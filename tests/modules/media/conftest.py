"""An application with the routes of files, and somebody who uses it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from karavan.adapters.storage.object_store import open_storage
from karavan.kit.jobs import JobContext
from karavan.kit.services import Services
from karavan.kit.storage import STORAGE
from karavan.modules.media.endpoints import router
from tests.factories.bare import BareApplication, Person


@pytest.fixture
def services(settings) -> Services:
    services = Services()
    services.provide(STORAGE, open_storage(settings))
    return services


@pytest.fixture
def bare(database, settings, services) -> BareApplication:
    return BareApplication(
        database, settings.model_copy(update={"upload_max_bytes": 200_000}), services, router
    )


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
async def client(bare, person) -> AsyncIterator[httpx.AsyncClient]:
    async with bare.client_of(person) as client:
        yield client


@pytest.fixture
def context(database, settings, services) -> JobContext:
    return JobContext(database=database, settings=settings, services=services, job_id=1)
