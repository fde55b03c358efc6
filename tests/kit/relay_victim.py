"""A relay in a process of its own, whose handler writes its effect and then never returns: to be killed."""

import asyncio
import sys

from sqlalchemy import text

from karavan.kit.db import Database
from karavan.kit.events import handles
from karavan.kit.relay import Relay


@handles("parcel.sent")
async def note(session, event):
    await session.execute(
        text("insert into effects (handler, aggregate_id, number) values ('note', :a, :n)"),
        {"a": event.aggregate_id, "n": event.payload["number"]},
    )
    sys.stdout.write("written\n")
    sys.stdout.flush()
    await asyncio.sleep(600)


asyncio.run(Relay(Database(sys.argv[1], pool_size=2)).run())
