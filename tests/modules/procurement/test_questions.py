"""Questions of vendors, answered for all to read."""

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.procurement import (
    events_of,
    make_published,
    make_request,
    ok,
    pass_deadline,
    pointers,
    problem,
)


@pytest.fixture
async def buyer(app):
    return await register(app, organisation_name="Kaspi Build")


@pytest.fixture
async def vendor(app):
    return await register(app, role="vendor", organisation_name="Steppe Cement")


def path_of(request) -> str:
    return f"/api/v1/requests/{request['id']}/questions"


async def ask(account, request, text="Which brand?"):
    return ok(await account.client.post(path_of(request), json={"text": text}), 201)


async def test_nobody_but_the_buyer_learns_who_asked(app, buyer, vendor, owner):
    rival = await register(app, role="vendor")
    request = await make_published(buyer)
    question = await ask(vendor, request)
    assert (question["mine"], question["answer"]) == (True, None)
    assert ok(await rival.client.get(path_of(request)))["items"] == []
    (seen,) = ok(await buyer.client.get(path_of(request)))["items"]
    assert seen["organisation"] == {
        "id": str(vendor.organisation_id),
        "name": "Steppe Cement",
    }
    answered = ok(
        await buyer.client.post(
            f"{path_of(request)}/{question['id']}/answer", json={"answer": "M500 of any brand."}
        )
    )
    assert answered["answer"] == "M500 of any brand."
    (read,) = ok(await rival.client.get(path_of(request)))["items"]
    assert (read["text"], read["answer"], read["mine"], read["organisation"]) == (
        "Which brand?",
        "M500 of any brand.",
        False,
        None,
    )
    (own,) = ok(await vendor.client.get(path_of(request)))["items"]
    assert (own["mine"], own["organisation"]["name"]) == (True, "Steppe Cement")
    asked, told = await events_of(owner, request["id"], "question.asked", "question.answered")
    parties = {"buyer": str(buyer.organisation_id), "vendor": str(vendor.organisation_id)}
    assert asked["payload"]["parties"] == told["payload"]["parties"] == parties
    assert asked["payload"]["data"]["question_id"] == question["id"]


async def test_counts_reach_the_page(buyer, vendor):
    request = await make_published(buyer)
    await ask(vendor, request)
    page = ok(await buyer.client.get(f"/api/v1/requests/{request['id']}"))
    assert (page["questions_count"], page["questions_waiting"]) == (1, 1)
    listed = ok(await buyer.client.get("/api/v1/requests"))
    assert listed["items"][0]["questions_waiting"] == 1


async def test_an_answer_is_given_once_by_the_buyer(app, buyer, vendor):
    rival = await register(app)
    request, other = await make_published(buyer), await make_published(buyer)
    question = await ask(vendor, request)
    path = f"{path_of(request)}/{question['id']}/answer"
    body = {"answer": "Any."}
    for stranger in (vendor, rival):
        problem(await stranger.client.post(path, json=body), 404, "not_found")
    viewer = await add_member(buyer, "viewer")
    problem(await viewer.client.post(path, json=body), 403, "forbidden")
    wrong = f"{path_of(other)}/{question['id']}/answer"
    problem(await buyer.client.post(wrong, json=body), 404, "not_found")
    ok(await buyer.client.post(path, json=body))
    again = await buyer.client.post(path, json={"answer": "Something else."})
    problem(again, 409, "procurement.already_answered")
    (read,) = ok(await vendor.client.get(path_of(request)))["items"]
    assert read["answer"] == "Any."


async def test_are_asked_while_quotes_are_taken(buyer, vendor, owner):
    draft = await make_request(buyer)
    problem(await vendor.client.post(path_of(draft), json={"text": "?"}), 404, "not_found")
    request = await make_published(buyer)
    own = await buyer.client.post(path_of(request), json={"text": "?"})
    problem(own, 409, "procurement.own_request")
    for text in ("", " ", "x" * 2001, "a\u0000b"):
        answer = await vendor.client.post(path_of(request), json={"text": text})
        assert pointers(answer)[0][0] == "#/text"
    await pass_deadline(owner, request)
    late = await vendor.client.post(path_of(request), json={"text": "?"})
    problem(late, 409, "procurement.deadline_passed")
    cancelled = await make_published(buyer)
    path = f"/api/v1/requests/{cancelled['id']}/cancel"
    ok(await buyer.client.post(path, json={"reason": "No budget."}))
    closed = await vendor.client.post(path_of(cancelled), json={"text": "?"})
    problem(closed, 409, "procurement.not_open")
    assert await owner.fetchval("select count(*) from procurement_questions") == 0


async def test_a_buyers_colleague_on_the_buying_side_asks_nobody(buyer, vendor):
    request = await make_published(buyer)
    colleague = await add_member(vendor, "buyer")
    answer = await colleague.client.post(path_of(request), json={"text": "?"})
    problem(answer, 403, "forbidden")
