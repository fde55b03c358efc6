"""The jobs desk: what has failed for good is seen by the platform's people alone, and put back by them."""

from types import SimpleNamespace

import pytest
from factories.accounts import register

from karavan.kit import events
from karavan.kit.events import handles, record_event
from karavan.kit.ids import new_id
from karavan.kit.jobs import PermanentFailureError, enqueue, job, registry
from karavan.kit.outbox import sweep
from karavan.kit.scopes import SYSTEM, Scope

JOBS = "/api/v1/admin/jobs"
DEAD = "/api/v1/admin/dead-letters"


@pytest.fixture
async def desk(app, owner):
    """Somebody with a platform role that may manage jobs."""
    account = await register(app)
    await owner.execute(
        "update identity_users set platform_role = 'admin' where id = $1", account.user_id
    )
    return account


@pytest.fixture
def own_registries(monkeypatch, drain):
    """Jobs and handlers of the test's own, once the platform's are registered."""
    from karavan.worker import register_handlers_and_jobs

    register_handlers_and_jobs()
    monkeypatch.setattr(registry, "_jobs", {})
    monkeypatch.setattr(events, "_handlers", {})


@pytest.fixture
async def failed_job(own_registries, database, desk, drain, owner):
    """A job that has failed for good, and a switch to mend it."""
    await owner.execute("delete from jobs.procrastinate_jobs")
    state = {"broken": True, "runs": 0}

    @job("parcels.ship", retries=0, queue="parcels")
    async def ship(context, *, parcel):
        state["runs"] += 1
        if state["broken"]:
            raise PermanentFailureError("no such street")

    async with database.transaction(SYSTEM) as session:
        state["id"] = await enqueue(session, "parcels.ship", parcel="p1")
    await drain(allow_failures=True)
    return state


class TestJobs:
    async def test_a_failed_job_is_listed_with_its_error_and_retried(
        self, desk, failed_job, drain, owner
    ):
        answer = await desk.client.get(JOBS, params={"state": "failed", "queue": "parcels"})
        assert answer.status_code == 200, answer.text
        (listed,) = answer.json()["items"]
        assert answer.json()["next"] is None
        assert {
            key: listed[key]
            for key in ("id", "name", "queue", "state", "arguments", "attempts", "error")
        } == {
            "id": failed_job["id"],
            "name": "parcels.ship",
            "queue": "parcels",
            "state": "failed",
            "arguments": {"parcel": "p1"},
            "attempts": 1,
            "error": "PermanentFailureError: no such street",
        }
        assert listed["failed_at"] is not None
        assert listed["enqueued_at"] is not None

        failed_job["broken"] = False
        retried = await desk.client.post(f"{JOBS}/{failed_job['id']}/retry")
        assert retried.status_code == 200, retried.text
        assert (retried.json()["state"], retried.json()["attempts"]) == ("waiting", 0)
        await drain()
        assert failed_job["runs"] == 2
        done = await desk.client.get(JOBS, params={"state": "succeeded"})
        assert [one["id"] for one in done.json()["items"]] == [failed_job["id"]]
        trail = await owner.fetchrow(
            "select actor_user_id, target_label from kit_audit_entries where action = 'job.retry'"
        )
        assert tuple(trail) == (desk.user_id, f"parcels.ship {failed_job['id']}")

    async def test_only_a_failed_job_can_be_retried(self, desk, failed_job, owner):
        path = f"{JOBS}/{failed_job['id']}/retry"
        assert (await desk.client.post(path)).status_code == 200
        again = await desk.client.post(path)
        assert again.status_code == 409
        assert again.json()["code"] == "invalid_transition"
        assert again.json()["meta"]["state"] == "waiting"
        assert (await desk.client.post(f"{JOBS}/999999/retry")).status_code == 404
        assert (await desk.client.post(f"{JOBS}/{2**63}/retry")).status_code == 422
        assert (
            await owner.fetchval(
                "select count(*) from kit_audit_entries where action = 'job.retry'"
            )
            == 1
        )

    async def test_a_discarded_job_never_runs_again(self, desk, failed_job, drain, owner):
        path = f"{JOBS}/{failed_job['id']}"
        answer = await desk.client.post(f"{path}/discard")
        assert answer.status_code == 200, answer.text
        assert (answer.json()["state"], answer.json()["attempts"]) == ("cancelled", 1)
        failed = await desk.client.get(JOBS, params={"state": "failed"})
        assert failed.json()["items"] == []
        for decision in ("discard", "retry"):
            again = await desk.client.post(f"{path}/{decision}")
            assert (again.status_code, again.json()["meta"]["state"]) == (409, "cancelled")
        assert (await desk.client.post(f"{JOBS}/999999/discard")).status_code == 404
        failed_job["broken"] = False
        await drain()
        assert failed_job["runs"] == 1
        trail = await owner.fetch(
            "select action, target_label, after->>'state' from kit_audit_entries where action like 'job.%'"
        )
        assert [tuple(row) for row in trail] == [
            ("job.discard", f"parcels.ship {failed_job['id']}", "cancelled")
        ]

    async def test_the_list_goes_on_by_cursor(self, desk, own_registries, database, owner):
        await owner.execute("delete from jobs.procrastinate_jobs")
        async with database.transaction(SYSTEM) as session:
            numbers = [await enqueue(session, "parcels.ship", place=place) for place in range(5)]
        seen, cursor = [], None
        for _ in range(3):
            params = {"size": 2} | ({"cursor": cursor} if cursor else {})
            page = (await desk.client.get(JOBS, params=params)).json()
            seen += [one["id"] for one in page["items"]]
            cursor = page["next"]
        assert seen == numbers[::-1]
        assert cursor is None


class TestDeadLetters:
    @pytest.fixture
    async def dead(self, own_registries, database, desk, owner):
        """A delivery that has been given up, and a switch to mend its handler."""
        await owner.execute("delete from kit_outbox_events")
        state = {"broken": True, "handled": []}

        @handles("parcel.sent")
        async def note(session, event):
            if state["broken"]:
                raise ValueError("wet label")
            state["handled"].append(event.payload)

        state["aggregate_id"] = new_id()
        async with database.transaction(Scope(desk.organisation_id)) as session:
            record_event(
                session,
                "parcel.sent",
                organisation_id=desk.organisation_id,
                aggregate_id=state["aggregate_id"],
                payload={"number": 1},
            )
        return state

    async def test_a_dead_letter_is_listed_and_delivered_again(self, desk, dead, drain, owner):
        await drain(allow_failures=True)
        assert (await desk.client.get(DEAD)).json() == {"items": [], "next": None}
        await owner.execute(
            "update kit_outbox_deliveries set attempts = 7, next_attempt_at = now()"
        )
        await drain(allow_failures=True)
        (letter,) = (await desk.client.get(DEAD)).json()["items"]
        assert letter["event_type"] == "parcel.sent"
        assert letter["aggregate_id"] == str(dead["aggregate_id"])
        assert (letter["attempts"], letter["error"]) == (8, "ValueError: wet label")

        dead["broken"] = False
        path = f"{DEAD}/{letter['sequence']}/{letter['handler']}/retry"
        retried = await desk.client.post(path)
        assert retried.status_code == 200, retried.text
        assert retried.json()["state"] == "pending"
        await drain()
        assert dead["handled"] == [{"number": 1}]
        again = await desk.client.post(path)
        assert again.status_code == 409
        assert again.json()["meta"]["state"] == "done"
        assert (
            await owner.fetchval(
                "select count(*) from kit_audit_entries where action = 'dead_letter.retry'"
            )
            == 1
        )

    async def test_a_discarded_one_is_never_delivered_and_swept_in_time(
        self, desk, dead, drain, owner, database
    ):
        await drain(allow_failures=True)
        await owner.execute("update kit_outbox_deliveries set state = 'dead'")
        (letter,) = (await desk.client.get(DEAD)).json()["items"]
        path = f"{DEAD}/{letter['sequence']}/{letter['handler']}"
        answer = await desk.client.post(f"{path}/discard")
        assert answer.status_code == 200, answer.text
        assert answer.json()["state"] == "discarded"
        assert (await desk.client.get(DEAD)).json()["items"] == []
        for decision in ("discard", "retry"):
            again = await desk.client.post(f"{path}/{decision}")
            assert (again.status_code, again.json()["meta"]["state"]) == (409, "discarded")
        dead["broken"] = False
        await drain()
        assert dead["handled"] == []
        trail = await owner.fetchrow(
            "select actor_user_id, target_id, after->>'state' from kit_audit_entries"
            " where action = 'dead_letter.discard'"
        )
        assert tuple(trail) == (desk.user_id, dead["aggregate_id"], "discarded")
        await owner.execute("update kit_outbox_events set relayed_at = now() - interval '31 days'")
        await sweep(SimpleNamespace(database=database))
        assert await owner.fetchval("select count(*) from kit_outbox_events") == 0

    async def test_pages_and_filters(self, desk, dead, drain, owner):
        await drain(allow_failures=True)
        await owner.execute(
            "insert into kit_outbox_deliveries (event_sequence, handler, aggregate_id)"
            " select event_sequence, 'old.' || letter, aggregate_id from kit_outbox_deliveries,"
            " unnest(array['a', 'b', 'c']) letter"
        )
        await owner.execute("update kit_outbox_deliveries set state = 'dead'")
        seen, cursor = [], None
        for _ in range(2):
            params = {"size": 2} | ({"cursor": cursor} if cursor else {})
            page = (await desk.client.get(DEAD, params=params)).json()
            seen += [one["handler"] for one in page["items"]]
            cursor = page["next"]
        assert len(seen) == 4
        assert seen == sorted(seen, reverse=True)
        one = (await desk.client.get(DEAD, params={"handler": "old.b"})).json()["items"]
        assert [letter["handler"] for letter in one] == ["old.b"]
        for cursor in ("junk", "azE6eA", "azE6MTI"):
            refused = await desk.client.get(DEAD, params={"cursor": cursor})
            assert refused.status_code == 422

    async def test_what_was_never_meant_for_a_handler_is_not_there(self, desk):
        for decision in ("retry", "discard"):
            answer = await desk.client.post(f"{DEAD}/1/some.handler/{decision}")
            assert answer.status_code == 404


class TestRights:
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", JOBS),
            ("POST", f"{JOBS}/1/retry"),
            ("POST", f"{JOBS}/1/discard"),
            ("GET", DEAD),
            ("POST", f"{DEAD}/1/some.handler/retry"),
            ("POST", f"{DEAD}/1/some.handler/discard"),
        ],
    )
    async def test_an_owner_of_a_company_is_no_manager_of_the_platform(
        self, app, client, owner, method, path
    ):
        stranger = await client.request(method, path)
        assert stranger.status_code == 401
        account = await register(app)
        refused = await account.client.request(method, path)
        assert refused.status_code == 403
        assert refused.json()["meta"]["permission"] == "jobs:manage"
        await owner.execute(
            "update identity_users set platform_role = 'support' where id = $1", account.user_id
        )
        assert (await account.client.request(method, path)).status_code == 403
