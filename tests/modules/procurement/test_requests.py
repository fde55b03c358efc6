"""Drafts: made, changed, copied, thrown away; and the buyer's list."""

from uuid import uuid4

import pytest

from karavan.kit.pagination import Page
from karavan.modules.procurement.schemas.requests import RequestSummary, RequestView
from tests.factories.accounts import add_member, register, visitor
from tests.factories.procurement import (
    audit_of,
    events_of,
    in_days,
    kzt,
    line,
    make_published,
    make_request,
    ok,
    pointers,
    problem,
    request_body,
)

REQUESTS = "/api/v1/requests"


@pytest.fixture
async def buyer(app):
    return await register(app, organisation_name="Kaspi Build", display_name="Aliya Serikova")


async def upload(account, name="drawing.txt") -> str:
    files = {"file": (name, b"A drawing in words.", "text/plain")}
    return ok(await account.client.post("/api/v1/media", files=files), 201)["id"]


class TestCreate:
    async def test_keeps_what_it_was_given(self, buyer, owner):
        drawing = await upload(buyer)
        request = await make_request(
            buyer,
            budget=kzt(5_000_000_00),
            needed_by="2031-03-01",
            payment_terms="30 days",
            sealed=True,
            attachment_ids=[drawing],
            lines=[
                line("Cement", "12.500000", target_price=kzt(4_500_00), specification="M500\nbags")
            ],
        )
        assert request["state"] == "draft"
        assert request["number"] is None
        assert request["organisation"] == {
            "id": str(buyer.organisation_id),
            "name": "Kaspi Build",
        }
        assert request["created_by_name"] == "Aliya Serikova"
        assert request["budget"] == {"amount": 500_000_000, "currency": "KZT"}
        assert (request["needed_by"], request["payment_terms"]) == ("2031-03-01", "30 days")
        assert (request["sealed"], request["version"], request["revision"]) == (True, 1, 1)
        (one,) = request["lines"]
        assert one | {"id": None} == {
            "id": None,
            "position": 1,
            "name": "Cement",
            "specification": "M500\nbags",
            "quantity": "12.5",
            "unit": "TNE",
            "target_price": {"amount": 450_000, "currency": "KZT"},
        }
        (file,) = request["attachments"]
        assert (file["id"], file["name"]) == (drawing, "drawing.txt")
        assert (await visitor(buyer.app).get(file["url"])).content == b"A drawing in words."
        assert [action["name"] for action in request["actions"]] == ["publish", "cancel"]
        assert await audit_of(owner, request["id"]) == ["request.create"]
        (event,) = await events_of(owner, request["id"])
        assert event["type"] == "request.created"
        assert event["payload"]["parties"] == {"buyer": str(buyer.organisation_id)}

    async def test_needs_a_title_alone(self, buyer):
        request = ok(await buyer.client.post(REQUESTS, json={"title": "  Tea  "}), 201)
        assert (request["title"], request["category"], request["currency"]) == (
            "Tea",
            "other",
            "KZT",
        )
        assert request["lines"] == []

    @pytest.mark.parametrize(
        ("overrides", "pointer"),
        [
            ({"title": ""}, "#/title"),
            ({"title": "a\u0000b"}, "#/title"),
            ({"title": "x" * 201}, "#/title"),
            ({"category": "unicorns"}, "#/category"),
            ({"currency": "XXX"}, "#/currency"),
            ({"budget": kzt(-1)}, "#/budget"),
            ({"budget": {"amount": 1, "currency": "USD"}}, "#/budget/currency"),
            ({"quotes_due_at": "2030-01-01T00:00:00"}, "#/quotes_due_at"),
            ({"lines": [line(quantity="0")]}, "#/lines/0/quantity"),
            ({"lines": [line(quantity="1.0000001")]}, "#/lines/0/quantity"),
            ({"lines": [line(unit="kilograms")]}, "#/lines/0/unit"),
            ({"lines": [line(unit="ZZZ")]}, "#/lines/0/unit"),
            ({"lines": [line(), line(id=str(uuid4()))]}, "#/lines/1/id"),
            (
                {"lines": [line(target_price={"amount": 5, "currency": "USD"})]},
                "#/lines/0/target_price/currency",
            ),
            (
                {"lines": [line(quantity="999999999999", target_price=kzt(9 * 10**15))]},
                "#/lines/0/target_price/amount",
            ),
            ({"state": "published"}, "#/state"),
        ],
    )
    async def test_says_what_is_wrong(self, buyer, owner, overrides, pointer):
        answer = await buyer.client.post(REQUESTS, json=request_body(**overrides))
        assert [found for found, _ in pointers(answer)] == [pointer]
        assert await owner.fetchval("select count(*) from procurement_requests") == 0

    async def test_refuses_another_organisations_file(self, app, buyer, owner):
        stranger = await register(app)
        theirs = await upload(stranger)
        answer = await buyer.client.post(REQUESTS, json=request_body(attachment_ids=[theirs]))
        assert pointers(answer) == [("#/attachment_ids/0", "media.unknown")]
        assert await owner.fetchval("select count(*) from procurement_requests") == 0
        own = await upload(buyer)
        draft = await make_request(buyer, attachment_ids=[own])
        changed = {"attachment_ids": [own, theirs]}
        answer = await buyer.client.patch(f"{REQUESTS}/{draft['id']}", json=changed)
        assert pointers(answer) == [("#/attachment_ids/1", "media.unknown")]

    @pytest.mark.parametrize("role", ["viewer", "sales", "vendor"])
    async def test_is_for_the_buying_side(self, buyer, owner, role):
        colleague = await add_member(buyer, role)
        problem(await colleague.client.post(REQUESTS, json=request_body()), 403, "forbidden")
        assert await owner.fetchval("select count(*) from procurement_requests") == 0

    async def test_happens_once_under_one_key(self, buyer, owner):
        headers = {"Idempotency-Key": "same"}
        body = request_body()
        first = ok(await buyer.client.post(REQUESTS, json=body, headers=headers), 201)
        again = ok(await buyer.client.post(REQUESTS, json=body, headers=headers), 201)
        assert again == first
        assert await owner.fetchval("select count(*) from procurement_requests") == 1


class TestEdit:
    async def test_changes_what_is_named_and_keeps_line_ids(self, buyer, owner):
        request = await make_request(buyer, lines=[line("A"), line("B"), line("C")])
        a, b, c = request["lines"]
        answer = await buyer.client.patch(
            f"{REQUESTS}/{request['id']}",
            json={
                "version": 1,
                "title": "New title",
                "lines": [
                    {**line("C"), "id": c["id"]},
                    line("D"),
                    {**line("A", "7"), "id": a["id"]},
                ],
            },
        )
        edited = ok(answer)
        assert edited["title"] == "New title"
        assert edited["description"] == request["description"]
        assert edited["version"] == 2
        assert [(one["name"], one["position"]) for one in edited["lines"]] == [
            ("C", 1),
            ("D", 2),
            ("A", 3),
        ]
        assert (edited["lines"][0]["id"], edited["lines"][2]["id"]) == (c["id"], a["id"])
        assert edited["lines"][2]["quantity"] == "7"
        left = await owner.fetchval(
            "select count(*) from procurement_request_lines where name = 'B'"
        )
        assert left == 0
        assert b["id"] not in {one["id"] for one in edited["lines"]}
        assert await audit_of(owner, request["id"]) == ["request.create", "request.edit"]

    async def test_without_a_change_leaves_the_version(self, buyer, owner):
        request = await make_request(buyer)
        path = f"{REQUESTS}/{request['id']}"
        assert ok(await buyer.client.patch(path, json={"title": request["title"]}))["version"] == 1
        assert await audit_of(owner, request["id"]) == ["request.create"]

    async def test_refuses_an_old_version(self, buyer):
        request = await make_request(buyer)
        path = f"{REQUESTS}/{request['id']}"
        ok(await buyer.client.patch(path, json={"title": "One"}))
        answer = await buyer.client.patch(path, json={"title": "Two", "version": 1})
        assert problem(answer, 409, "conflict")["meta"] == {"version": 2}
        assert ok(await buyer.client.get(path))["title"] == "One"

    async def test_a_change_of_currency_leaves_no_old_amounts_behind(self, buyer):
        request = await make_request(buyer, budget=kzt(100), lines=[line(target_price=kzt(5))])
        path = f"{REQUESTS}/{request['id']}"
        assert pointers(await buyer.client.patch(path, json={"currency": "USD"})) == [
            ("#/budget", "currency")
        ]
        usd = {"currency": "USD", "budget": {"amount": 9, "currency": "USD"}}
        assert pointers(await buyer.client.patch(path, json=usd)) == [("#/lines", "currency")]
        edited = ok(await buyer.client.patch(path, json={**usd, "lines": [line()]}))
        assert edited["budget"] == {"amount": 9, "currency": "USD"}

    async def test_names_unknown_and_repeated_lines(self, buyer):
        request = await make_request(buyer)
        other = await make_request(buyer)
        own, foreign = request["lines"][0]["id"], other["lines"][0]["id"]
        lines = [line(id=own), line(id=foreign), line(id=own)]
        answer = await buyer.client.patch(f"{REQUESTS}/{request['id']}", json={"lines": lines})
        assert pointers(answer) == [
            ("#/lines/1/id", "unknown_line"),
            ("#/lines/2/id", "duplicate_line"),
        ]

    async def test_is_for_drafts(self, buyer):
        request = await make_published(buyer)
        answer = await buyer.client.patch(f"{REQUESTS}/{request['id']}", json={"title": "Other"})
        meta = problem(answer, 409, "invalid_transition")["meta"]
        assert (meta["state"], meta["transition"]) == ("published", "edit")
        assert "amend" in meta["allowed"]

    async def test_state_is_no_field(self, buyer):
        request = await make_request(buyer)
        answer = await buyer.client.patch(f"{REQUESTS}/{request['id']}", json={"state": "closed"})
        assert pointers(answer)[0][0] == "#/state"


class TestDelete:
    async def test_removes_a_draft_and_keeps_the_trail(self, buyer, owner):
        request = await make_request(buyer)
        ok(await buyer.client.delete(f"{REQUESTS}/{request['id']}"), 204)
        problem(await buyer.client.get(f"{REQUESTS}/{request['id']}"), 404, "not_found")
        assert await owner.fetchval("select count(*) from procurement_request_lines") == 0
        assert await audit_of(owner, request["id"]) == ["request.create", "request.delete"]

    async def test_refuses_what_vendors_have_seen(self, buyer):
        request = await make_published(buyer)
        answer = await buyer.client.delete(f"{REQUESTS}/{request['id']}")
        problem(answer, 409, "invalid_transition")
        ok(await buyer.client.get(f"{REQUESTS}/{request['id']}"))


class TestDuplicate:
    async def test_copies_content_and_files_without_dates(self, buyer):
        request = await make_published(
            buyer,
            budget=kzt(7),
            needed_by="2031-01-01",
            attachment_ids=[await upload(buyer)],
            lines=[line("A", target_price=kzt(3))],
        )
        copy = ok(await buyer.client.post(f"{REQUESTS}/{request['id']}/duplicate"), 201)
        assert copy["id"] != request["id"]
        assert (copy["state"], copy["number"], copy["version"]) == ("draft", None, 1)
        assert (copy["quotes_due_at"], copy["needed_by"]) == (None, None)
        assert copy["lines"][0]["id"] != request["lines"][0]["id"]
        for name in ("title", "description", "category", "budget", "delivery_place"):
            assert copy[name] == request[name]
        assert copy["lines"][0] | {"id": 0} == request["lines"][0] | {"id": 0}
        assert [f["sha256"] for f in copy["attachments"]] == [
            f["sha256"] for f in request["attachments"]
        ]

    async def test_is_for_the_own_requests(self, app, buyer):
        vendor = await register(app, role="vendor")
        request = await make_published(buyer)
        answer = await vendor.client.post(f"{REQUESTS}/{request['id']}/duplicate")
        problem(answer, 404, "not_found")


class TestList:
    async def test_filters_sorts_and_pages(self, buyer):
        cement = await make_published(buyer, title="Cement", quotes_due_at=in_days(3))
        coffee = await make_request(
            buyer, title="Coffee", category="beverages", lines=[line("Арабика в зёрнах")]
        )
        chairs = await make_published(
            buyer, title="Chairs 100%", category="furniture", quotes_due_at=in_days(9)
        )

        async def titles(query: str) -> list[str]:
            page = ok(await buyer.client.get(f"{REQUESTS}?{query}"))
            assert page["total"] == len(page["items"])
            return [item["title"] for item in page["items"]]

        assert await titles("sort=title") == ["Cement", "Chairs 100%", "Coffee"]
        assert await titles("") == ["Chairs 100%", "Coffee", "Cement"]
        assert await titles("state=draft") == ["Coffee"]
        assert await titles("state=draft&state=published&sort=-title") == [
            "Coffee",
            "Chairs 100%",
            "Cement",
        ]
        assert await titles("category=furniture&category=beverages&sort=title") == [
            "Chairs 100%",
            "Coffee",
        ]
        assert await titles("q=арабику") == ["Coffee"]
        assert await titles("q=cof") == ["Coffee"]
        assert await titles("q=sand") == ["Chairs 100%", "Cement"]
        assert await titles(f"q={cement['number']}") == ["Cement"]
        assert await titles("q=100%25") == ["Chairs 100%"]
        assert await titles("q=%25") == ["Chairs 100%"]
        assert await titles("visibility=invited") == []
        due = in_days(5).replace("+", "%2B")
        assert await titles(f"due_from={due}") == ["Chairs 100%", "Coffee"]
        assert await titles(f"due_to={due}") == ["Cement"]
        assert await titles(f"created_from={in_days(1).replace('+', '%2B')}") == []

        second = ok(await buyer.client.get(f"{REQUESTS}?size=2&page=2&sort=title"))
        assert (second["page"], second["size"], second["total"], second["pages"]) == (2, 2, 3, 2)
        assert [item["id"] for item in second["items"]] == [coffee["id"]]
        assert chairs["id"] not in {item["id"] for item in second["items"]}

    async def test_shows_the_own_organisation_alone(self, app, buyer):
        await make_published(buyer)
        stranger = await register(app)
        page = ok(await stranger.client.get(REQUESTS))
        assert (page["items"], page["total"], page["pages"]) == ([], 0, 0)

    async def test_refuses_an_unknown_order(self, buyer):
        answer = await buyer.client.get(f"{REQUESTS}?sort=password")
        assert answer.status_code == 422

    @pytest.mark.parametrize("typed", ["'", "a & | !", "\\", "((", "le:*", "-", "' or 1=1 --"])
    async def test_survives_whatever_is_typed(self, buyer, typed):
        await make_request(buyer)
        answer = await buyer.client.get(REQUESTS, params={"q": typed})
        assert ok(answer)["total"] == 0


class TestRead:
    async def test_answers_are_what_the_models_declare(self, app, buyer):
        vendor = await register(app, role="vendor")
        request = await make_published(buyer, budget=kzt(5), needed_by="2031-01-01")
        for reader in (buyer, vendor):
            answer = await reader.client.get(f"{REQUESTS}/{request['id']}")
            fields = set(RequestView.model_fields)
            assert set(answer.json()) == fields
            model = RequestView.model_validate_json(answer.content)
            assert model == RequestView.model_validate_json(model.model_dump_json())
        listed = await buyer.client.get(REQUESTS)
        page = Page[RequestSummary].model_validate_json(listed.content)
        assert set(listed.json()["items"][0]) == set(RequestSummary.model_fields)
        assert page.items[0].number == request["number"]

    async def test_a_vendor_sees_what_was_published_and_nothing_of_the_others(self, app, buyer):
        vendor, rival = await register(app, role="vendor"), await register(app, role="vendor")
        request = await make_request(buyer)
        path = f"{REQUESTS}/{request['id']}"
        problem(await vendor.client.get(path), 404, "not_found")
        ids = [str(vendor.organisation_id), str(rival.organisation_id)]
        ok(await buyer.client.post(f"{path}/invitations", json={"organisation_ids": ids}))
        problem(await vendor.client.get(path), 404, "not_found")
        ok(await buyer.client.post(f"{path}/publish"))
        answer = await vendor.client.get(path)
        seen = ok(answer)
        assert seen["party"] == "vendor"
        assert seen["invitation"]["declined_at"] is None
        for hidden in ("quotes_count", "deals_count", "invitations", "approvals", "quote"):
            assert seen[hidden] is None
        assert seen["actions"] == []
        assert str(rival.organisation_id) not in answer.text

    async def test_an_unknown_one_is_not_found(self, buyer):
        problem(await buyer.client.get(f"{REQUESTS}/{uuid4()}"), 404, "not_found")

    async def test_needs_a_signed_in_reader(self, app, buyer):
        request = await make_published(buyer)
        answer = await visitor(app).get(f"{REQUESTS}/{request['id']}")
        problem(answer, 401, "unauthenticated")
