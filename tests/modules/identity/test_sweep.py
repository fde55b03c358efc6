"""What is forgotten, and what is not yet."""

from karavan.kit.jobs import JobContext
from karavan.modules.identity.tasks import sweep
from karavan.wiring import services_for
from tests.factories.accounts import register, sign_in


async def test_forgets_what_ended_a_month_ago(app, owner, database, settings, drain):
    person = await register(app)
    for _ in range(3):
        await sign_in(person)
    await person.client.get("/api/v1/auth/oauth/google/start")
    await person.client.get("/api/v1/auth/oauth/google/start")
    await owner.execute(
        """
        with numbered as (select id, row_number() over (order by id) as n from identity_sessions)
        update identity_sessions s set
          ended_at = case n when 1 then now() - interval '31 days' when 2 then now() - interval '29 days' end,
          expires_at = case n when 3 then now() - interval '31 days' else s.expires_at end
        from numbered where numbered.id = s.id
        """
    )
    await owner.execute(
        "update identity_oauth_states set expires_at = now() - interval '1 second'"
        " where ctid = (select min(ctid) from identity_oauth_states)"
    )
    context = JobContext(
        database=database, settings=settings, services=services_for(settings), job_id=1
    )
    await sweep(context)
    assert await owner.fetchval("select count(*) from identity_sessions") == 2
    assert await owner.fetchval("select count(*) from identity_refresh_tokens") == 2
    assert await owner.fetchval("select count(*) from identity_oauth_states") == 1
    await sweep(context)
    assert await owner.fetchval("select count(*) from identity_sessions") == 2
