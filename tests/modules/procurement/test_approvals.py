"""Spending limits before publication and award."""

import asyncio

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.procurement import (
    audit_of,
    events_of,
    kzt,
    line,
    make_published,
    make_request,
    ok,
    pointers,
    problem,
    submit_quote,
)

RULES = "/api/v1/approval-rules"


def rule(above: int, role: str, purpose: str = "publish", currency: str = "KZT"):
    return {
        "purpose": purpose,
        "above": {"amount": above, "currency": currency},
        "approver_role": role,
    }


@pytest.fixture
async def owner_of_buyer(app):
    return await register(app, organisation_name="Kaspi Build")


@pytest.fixture
async def people(owner_of_buyer):
    """The buying organisation: by role."""
    roles = ("admin", "manager", "buyer", "viewer")
    members = {role: await add_member(owner_of_buyer, role) for role in roles}
    return {"owner": owner_of_buyer, **members}


async def set_rules(account, *rules):
    return ok(await account.client.put(RULES, json={"rules": list(rules)}))


async def ask(account, request, **body):
    path = f"/api/v1/requests/{request['id']}/approvals"
    return ok(await account.client.post(path, json={"purpose": "publish", **body}), 201)


async def decide(account, approval, verb="approve", version=None, **body):
    path = f"/api/v1/approvals/{approval['id']}/{verb}"
    version = approval["version"] if version is None else version
    return await account.client.post(path, json={"version": version, **body})


async def publish(account, request):
    return await account.client.post(f"/api/v1/requests/{request['id']}/publish")


class TestRules:
    async def test_are_replaced_as_a_whole(self, people, owner):
        assert ok(await people["viewer"].client.get(RULES)) == {"rules": []}
        first = await set_rules(people["admin"], rule(500, "owner"), rule(100, "manager"))
        assert [(r["above"]["amount"], r["approver_role"]) for r in first["rules"]] == [
            (100, "manager"),
            (500, "owner"),
        ]
        second = await set_rules(people["owner"], rule(7, "admin", "award"))
        assert ok(await people["buyer"].client.get(RULES)) == second
        organisation = str(people["owner"].organisation_id)
        assert (await audit_of(owner, organisation)).count("approval_rules.replace") == 2

    async def test_refuse_what_makes_no_sense(self, people, owner):
        twice = {"rules": [rule(1, "manager"), rule(1, "manager")]}
        assert pointers(await people["owner"].client.put(RULES, json=twice)) == [
            ("#/rules/1", "duplicate")
        ]
        for wrong in (rule(1, "buyer"), rule(-1, "owner"), rule(1, "owner", "party")):
            answer = await people["owner"].client.put(RULES, json={"rules": [wrong]})
            assert answer.status_code == 422
        for role in ("manager", "buyer", "viewer"):
            answer = await people[role].client.put(RULES, json={"rules": []})
            problem(answer, 403, "forbidden")
        assert await owner.fetchval("select count(*) from procurement_approval_rules") == 0

    async def test_two_replacements_at_once_leave_one(self, people, owner):
        sets = [[rule(n, "owner"), rule(n, "admin")] for n in (1, 2, 3)]
        await asyncio.gather(*(set_rules(people["owner"], *one) for one in sets))
        assert await owner.fetchval("select count(*) from procurement_approval_rules") == 2


class TestPublish:
    async def test_goes_through_the_chain(self, people, owner):
        await set_rules(people["owner"], rule(1000, "manager"), rule(5000, "owner"))
        request = await make_request(people["buyer"], budget=kzt(9000))
        meta = problem(
            await publish(people["buyer"], request), 409, "procurement.approval_required"
        )["meta"]
        assert meta == {
            "approval_id": None,
            "state": None,
            "purpose": "publish",
            "steps": ["manager", "owner"],
        }
        approval = await ask(people["buyer"], request)
        assert (approval["state"], approval["amount"]) == (
            "pending",
            {"amount": 9000, "currency": "KZT"},
        )
        assert [step["role"] for step in approval["steps"]] == ["manager", "owner"]
        assert approval["actions"] == []
        assert (await ask(people["buyer"], request))["id"] == approval["id"]

        async def waiting(role) -> int:
            page = ok(await people[role].client.get("/api/v1/approvals?mine=true"))
            return page["total"]

        assert [await waiting(role) for role in ("buyer", "manager", "admin", "owner")] == [
            0,
            1,
            1,
            1,
        ]
        first = ok(await decide(people["manager"], approval, reason="Fine."))
        assert (first["state"], first["steps"][0]["state"]) == ("pending", "approved")
        assert first["steps"][0]["decided_by"] == str(people["manager"].user_id)
        assert first["steps"][0]["reason"] == "Fine."
        assert [await waiting(role) for role in ("manager", "admin", "owner")] == [0, 0, 1]
        meta = problem(
            await publish(people["buyer"], request), 409, "procurement.approval_required"
        )["meta"]
        assert (meta["approval_id"], meta["state"]) == (approval["id"], "pending")
        problem(await decide(people["admin"], first), 403, "procurement.not_your_approval")
        second = ok(await decide(people["owner"], first))
        assert (second["state"], second["actions"]) == ("approved", [])
        assert second["decided_at"] is not None
        assert ok(await publish(people["buyer"], request))["state"] == "published"
        requested, one, two = await events_of(owner, approval["id"])
        assert requested["type"] == "approval.requested"
        assert requested["payload"]["data"]["next_role"] == "manager"
        assert (one["type"], one["payload"]["state"]) == ("approval.decided", "pending")
        assert one["payload"]["data"]["next_role"] == "owner"
        assert (two["type"], two["payload"]["state"]) == ("approval.decided", "approved")
        assert two["payload"]["data"]["requested_by"] == str(people["buyer"].user_id)
        assert await audit_of(owner, approval["id"]) == [
            "approval.request",
            "approval.approve",
            "approval.approve",
        ]

    async def test_limits_concern_those_below(self, people):
        await set_rules(people["owner"], rule(1000, "manager"))
        small = await make_request(people["buyer"], budget=kzt(1000))
        assert ok(await publish(people["buyer"], small))["state"] == "published"
        large = await make_request(people["buyer"], budget=kzt(1001))
        assert ok(await publish(people["manager"], large))["state"] == "published"
        answer = await people["manager"].client.post(
            f"/api/v1/requests/{(await make_request(people['buyer'], budget=kzt(5000)))['id']}/approvals",
            json={"purpose": "publish"},
        )
        problem(answer, 409, "procurement.approval_not_needed")

    async def test_the_amount_is_the_budget_or_target_prices_or_unknown(self, people):
        await set_rules(people["owner"], rule(1000, "manager"))
        priced = await make_request(
            people["buyer"], lines=[line("A", "2.5", target_price=kzt(401))]
        )
        approval = await ask(people["buyer"], priced)
        assert approval["amount"] == {"amount": 1003, "currency": "KZT"}
        cheap = await make_request(people["buyer"], lines=[line("A", "2", target_price=kzt(500))])
        ok(await publish(people["buyer"], cheap))
        unknown = await make_request(
            people["buyer"], lines=[line("A", target_price=kzt(1)), line("B")]
        )
        problem(await publish(people["buyer"], unknown), 409, "procurement.approval_required")
        assert (await ask(people["buyer"], unknown))["amount"] is None

    async def test_other_currencies_go_by_rate_and_without_one_ask(self, people, owner):
        await set_rules(people["owner"], rule(100_000_00, "manager"))
        usd = {"currency": "USD", "budget": {"amount": 150_00, "currency": "USD"}}
        request = await make_request(people["buyer"], **usd)
        problem(await publish(people["buyer"], request), 409, "procurement.approval_required")
        await owner.execute(
            """insert into procurement_exchange_rates (id, base_currency, quote_currency, rate, effective_on)
               values (gen_random_uuid(), 'USD', 'KZT', 500, '2020-01-01')"""
        )
        assert ok(await publish(people["buyer"], request))["state"] == "published"
        more = {"currency": "USD", "budget": {"amount": 200_01, "currency": "USD"}}
        dear = await make_request(people["buyer"], **more)
        problem(await publish(people["buyer"], dear), 409, "procurement.approval_required")

    async def test_a_change_makes_it_void(self, people, owner):
        await set_rules(people["owner"], rule(1000, "manager"))
        request = await make_request(people["buyer"], budget=kzt(2000))
        approval = await ask(people["buyer"], request)
        ok(await decide(people["manager"], approval))
        path = f"/api/v1/requests/{request['id']}"
        ok(await people["buyer"].client.patch(path, json={"title": request["title"]}))
        page = ok(await people["buyer"].client.get(f"/api/v1/approvals/{approval['id']}"))
        assert page["state"] == "approved"
        ok(await people["buyer"].client.patch(path, json={"budget": kzt(900_000)}))
        page = ok(await people["buyer"].client.get(f"/api/v1/approvals/{approval['id']}"))
        assert (page["state"], page["actions"]) == ("void", [])
        meta = problem(
            await publish(people["buyer"], request), 409, "procurement.approval_required"
        )["meta"]
        assert meta["approval_id"] is None
        late = await decide(people["owner"], page)
        problem(late, 409, "invalid_transition")
        assert len(await events_of(owner, approval["id"], "approval.voided")) == 1
        again = await ask(people["buyer"], request)
        assert (again["id"] != approval["id"], again["amount"]["amount"]) == (True, 900_000)

    async def test_rejected_ends_it_with_a_reason(self, people):
        await set_rules(people["owner"], rule(1000, "manager"))
        request = await make_request(people["buyer"], budget=kzt(2000))
        approval = await ask(people["buyer"], request)
        answer = await decide(people["manager"], approval, "reject")
        assert pointers(answer) == [("#/reason", "required")]
        rejected = ok(await decide(people["manager"], approval, "reject", reason="Too dear."))
        assert (rejected["state"], rejected["steps"][0]["state"]) == ("rejected", "rejected")
        problem(await decide(people["owner"], rejected), 409, "invalid_transition")
        meta = problem(
            await publish(people["buyer"], request), 409, "procurement.approval_required"
        )["meta"]
        assert meta["state"] == "rejected"
        assert (await ask(people["buyer"], request))["id"] != approval["id"]

    async def test_stricter_rules_are_asked_for_when_it_is_used(self, people):
        await set_rules(people["owner"], rule(1000, "manager"))
        request = await make_request(people["buyer"], budget=kzt(2000))
        ok(await decide(people["manager"], await ask(people["buyer"], request)))
        await set_rules(people["owner"], rule(1000, "manager"), rule(1500, "owner"))
        problem(await publish(people["buyer"], request), 409, "procurement.approval_required")
        renewed = await ask(people["buyer"], request)
        assert [step["role"] for step in renewed["steps"]] == ["manager", "owner"]

    async def test_nobody_approves_for_themselves(self, people):
        await set_rules(people["owner"], rule(1000, "owner"))
        request = await make_request(people["manager"], budget=kzt(2000))
        approval = await ask(people["manager"], request)
        await set_rules(people["owner"], rule(1000, "manager"))
        other = await make_request(people["buyer"], budget=kzt(2000))
        theirs = await ask(people["buyer"], other)
        answer = await decide(people["manager"], approval)
        problem(answer, 403, "procurement.not_your_approval")
        problem(await decide(people["buyer"], theirs), 403, "forbidden")
        problem(await decide(people["viewer"], theirs), 403, "forbidden")
        need = ok(await people["buyer"].client.get(f"/api/v1/requests/{other['id']}/approvals"))
        assert (need["needed_roles"], need["approval"]["id"]) == (["manager"], theirs["id"])

    async def test_of_two_who_decide_at_once_the_second_gets_a_conflict(self, people):
        await set_rules(people["owner"], rule(1000, "manager"), rule(1500, "admin"))
        request = await make_request(people["buyer"], budget=kzt(2000))
        approval = await ask(people["buyer"], request)
        answers = await asyncio.gather(
            decide(people["owner"], approval), decide(people["admin"], approval)
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        (refused,) = (answer for answer in answers if answer.status_code == 409)
        assert refused.json()["code"] == "conflict"
        page = ok(await people["buyer"].client.get(f"/api/v1/approvals/{approval['id']}"))
        assert [step["state"] for step in page["steps"]] == ["approved", "pending"]

    async def test_a_decision_names_the_version_that_was_read(self, people):
        await set_rules(people["owner"], rule(1000, "manager"))
        request = await make_request(people["buyer"], budget=kzt(2000))
        approval = await ask(people["buyer"], request)
        path = f"/api/v1/approvals/{approval['id']}/approve"
        assert pointers(await people["manager"].client.post(path, json={}))[0][0] == "#/version"

    async def test_a_cancelled_request_needs_no_decision(self, people):
        await set_rules(people["owner"], rule(1000, "manager"))
        request = await make_request(people["buyer"], budget=kzt(2000))
        approval = await ask(people["buyer"], request)
        path = f"/api/v1/requests/{request['id']}/cancel"
        ok(await people["buyer"].client.post(path, json={"reason": "No need."}))
        page = ok(await people["manager"].client.get("/api/v1/approvals?state=void"))
        assert [one["id"] for one in page["items"]] == [approval["id"]]

    async def test_asked_lists_what_one_asked_for_oneself(self, people):
        await set_rules(people["owner"], rule(1000, "owner"))
        asked = {}
        for name in ("buyer", "manager"):
            request = await make_request(people[name], budget=kzt(2000))
            asked[name] = (await ask(people[name], request))["id"]

        async def listed(name: str, **query: str) -> list[str]:
            answer = await people[name].client.get("/api/v1/approvals", params=query)
            page = ok(answer)
            assert page["total"] == len(page["items"])
            return sorted(one["id"] for one in page["items"])

        for name in ("buyer", "manager"):
            assert await listed(name, asked="true") == [asked[name]]
            assert await listed(name, asked="false") == sorted(asked.values())
        assert await listed("owner", asked="true") == []
        assert await listed("owner", mine="true") == sorted(asked.values())
        assert await listed("owner", asked="true", mine="true") == []
        assert await listed("buyer", asked="true", state="approved") == []
        answer = await people["buyer"].client.get("/api/v1/approvals", params={"asked": "perhaps"})
        assert [pointer for pointer, _ in pointers(answer)] == ["#/query/asked"]


class TestAward:
    async def test_agrees_to_one_award_alone(self, app, people):
        await set_rules(people["owner"], rule(1000, "manager", "award"))
        cheap, dear = (await register(app, role="vendor"), await register(app, role="vendor"))
        request = await make_published(people["buyer"])
        first = await submit_quote(cheap, request)
        second = await submit_quote(dear, request)
        path = f"/api/v1/requests/{request['id']}"
        ids = [first["id"], second["id"]]
        ok(await people["buyer"].client.post(f"{path}/shortlist", json={"quote_ids": ids}))
        award = {"allocations": [{"quote_id": first["id"]}]}
        refused = await people["buyer"].client.post(f"{path}/award", json=award)
        problem(refused, 409, "procurement.approval_required")
        missing = await people["buyer"].client.post(f"{path}/approvals", json={"purpose": "award"})
        assert pointers(missing) == [("#/award", "required")]
        approval = await ask(people["buyer"], request, purpose="award", award=award)
        assert approval["purpose"] == "award"
        ok(await decide(people["manager"], approval))
        other = {"allocations": [{"quote_id": second["id"]}]}
        refused = await people["buyer"].client.post(f"{path}/award", json=other)
        problem(refused, 409, "procurement.approval_required")
        awarded = ok(await people["buyer"].client.post(f"{path}/award", json=award))
        assert (awarded["state"], awarded["deals_count"]) == ("awarded", 1)


async def test_approvals_are_the_organisations_own(app, people):
    await set_rules(people["owner"], rule(1000, "manager"))
    request = await make_request(people["buyer"], budget=kzt(2000))
    approval = await ask(people["buyer"], request)
    stranger = await register(app)
    path = f"/api/v1/approvals/{approval['id']}"
    problem(await stranger.client.get(path), 404, "not_found")
    for verb in ("approve", "reject"):
        answer = await decide(stranger, approval, verb, reason="Mine.")
        problem(answer, 404, "not_found")
    for method in ("GET", "POST"):
        answer = await stranger.client.request(
            method, f"/api/v1/requests/{request['id']}/approvals", json={"purpose": "publish"}
        )
        problem(answer, 404, "not_found")
    assert ok(await stranger.client.get("/api/v1/approvals"))["total"] == 0
    assert ok(await stranger.client.get(RULES)) == {"rules": []}
