"""Fixtures of the kernel's tests."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from karavan.kit.db import Database
from karavan.kit.drain import drain as drain_runtime
from karavan.kit.jobs import registry
from karavan.kit.jobs.execution import JobRuntime
from karavan.kit.services import Services
from karavan.settings import Settings
from karavan.worker import register_handlers_and_jobs


@pytest.fixture
def own_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of jobs of the test's own, in place of the platform's."""
    # All are imported first: what is imported while ours stands in would be lost to later tests.
    register_handlers_and_jobs()
    monkeypatch.setattr(registry, "_jobs", {})


@pytest.fixture
def runtime(settings: Settings, database: Database) -> JobRuntime:
    """What the test's jobs are given."""
    return JobRuntime(database=database, settings=settings, services=Services())


@pytest.fixture
def run_due(runtime: JobRuntime) -> Callable[..., Awaitable[int]]:
    """Run what is due, in the test itself."""

    async def run(**options: Any) -> int:
        return await drain_runtime(runtime, **options)

    return run
