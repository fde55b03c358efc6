"""Sealing by the clock, for entries that no event followed."""

from karavan.kit.jobs import JobContext, scheduled
from karavan.modules.audit.chain import seal


@scheduled("* * * * *", name="audit.seal")
async def seal_entries(context: JobContext) -> None:
    """Link what the relay's own sealing has not met, every minute."""
    await seal(context.database)
