"""The board of open requests: who sees what, and how it is found."""

import pytest

from karavan.kit.pagination import Page
from karavan.modules.procurement.schemas.board import BoardFacets, BoardItem, PublicRequest
from tests.factories.accounts import register, visitor
from tests.factories.procurement import (
    in_days,
    invite,
    kzt,
    line,
    make_published,
    make_request,
    ok,
    pass_deadline,
    pointers,
    problem,
    publish,
    submit_quote,
)

BOARD = "/api/v1/board/requests"


@pytest.fixture
async def buyer(app):
    return await register(app, organisation_name="Kaspi Build")


@pytest.fixture
def anybody(app):
    return visitor(app)


async def titles(client, **query) -> list[str]:
    page = ok(await client.get(BOARD, params=query))
    assert page["total"] == len(page["items"])
    return [item["title"] for item in page["items"]]


async def test_shows_open_public_requests_to_everybody(app, buyer, anybody, owner):
    await make_request(buyer, title="A draft")
    overdue = await make_published(buyer, title="Overdue")
    await pass_deadline(owner, overdue)
    ended = await make_published(buyer, title="Ended")
    ok(await buyer.client.post(f"/api/v1/requests/{ended['id']}/cancel", json={"reason": "No."}))
    request = await make_published(
        buyer, title="Cement", budget=kzt(900), description="x" * 400, sealed=True
    )
    answer = await anybody.get(BOARD)
    page = ok(answer)
    (item,) = page["items"]
    assert item == {
        "id": request["id"],
        "number": request["number"],
        "title": "Cement",
        "excerpt": "x" * 280,
        "category": "construction",
        "organisation": {"id": str(buyer.organisation_id), "name": "Kaspi Build"},
        "visibility": "public",
        "sealed": True,
        "currency": "KZT",
        "budget": {"amount": 900, "currency": "KZT"},
        "quotes_due_at": request["quotes_due_at"],
        "needed_by": None,
        "delivery_country": "KZ",
        "delivery_place": "Almaty",
        "published_at": request["published_at"],
        "lines_count": 2,
        "invited": False,
        "quoted": False,
        "own": False,
    }
    assert set(item) == set(BoardItem.model_fields)
    Page[BoardItem].model_validate_json(answer.content)
    assert {key: page[key] for key in ("page", "size", "total", "pages")} == {
        "page": 1,
        "size": 20,
        "total": 1,
        "pages": 1,
    }


async def test_shows_the_invited_what_they_were_invited_to(app, buyer, anybody):
    vendor = await register(app, role="vendor")
    stranger = await register(app, role="vendor")
    public = await make_published(buyer, title="Public", quotes_due_at=in_days(2))
    request = await make_request(buyer, title="Among friends", visibility="invited")
    await invite(buyer, request, vendor)
    await publish(buyer, request)
    await submit_quote(vendor, public)
    assert await titles(anybody) == ["Public"]
    assert await titles(stranger.client) == ["Public"]
    assert await titles(vendor.client) == ["Public", "Among friends"]
    assert await titles(vendor.client, invited=True) == ["Among friends"]
    assert await titles(anybody, invited=True) == []
    page = ok(await vendor.client.get(BOARD))
    assert [(i["title"], i["invited"], i["quoted"], i["own"]) for i in page["items"]] == [
        ("Public", False, True, False),
        ("Among friends", True, False, False),
    ]
    declined = f"/api/v1/requests/{request['id']}/decline"
    ok(await vendor.client.post(declined, json={"reason": "Too far."}))
    assert await titles(vendor.client) == ["Public"]


async def test_finds_by_words_in_any_form(buyer, anybody):
    await make_published(buyer, title="Кирпич керамический для школы", lines=[line("Кирпич")])
    await make_published(buyer, title="Office chairs", lines=[line("Ergonomic chair")])
    await make_published(
        buyer, title="Асхана үшін тағам", lines=[line("Арабика в зёрнах"), line("Сүт")]
    )
    assert await titles(anybody, q="кирпичи") == ["Кирпич керамический для школы"]
    assert await titles(anybody, q="керамического кирпича") == ["Кирпич керамический для школы"]
    assert await titles(anybody, q="кир") == ["Кирпич керамический для школы"]
    assert await titles(anybody, q="chair") == ["Office chairs"]
    assert await titles(anybody, q="арабики") == ["Асхана үшін тағам"]
    assert await titles(anybody, q="тағам") == ["Асхана үшін тағам"]
    assert set(await titles(anybody, q="chairs or кирпич")) == {
        "Office chairs",
        "Кирпич керамический для школы",
    }
    assert await titles(anybody, q='"chairs office"') == []
    assert await titles(anybody, q="школа -кирпич") == []
    assert await titles(anybody, q="table") == []
    assert await titles(anybody, q="!&|():*'\\") == []


async def test_filters_and_sorts(buyer, anybody):
    await make_published(
        buyer, title="A", budget=kzt(100), quotes_due_at=in_days(3), category="food"
    )
    await make_published(
        buyer, title="B", budget=kzt(300), quotes_due_at=in_days(1), delivery_country="RU"
    )
    await make_published(buyer, title="C", budget=None, quotes_due_at=in_days(2))
    await make_published(
        buyer,
        title="D",
        currency="USD",
        budget={"amount": 200, "currency": "USD"},
        quotes_due_at=in_days(4),
    )
    assert await titles(anybody) == ["B", "C", "A", "D"]
    assert await titles(anybody, sort="-published_at") == ["D", "C", "B", "A"]
    assert await titles(anybody, sort="-budget", currency="KZT") == ["B", "A", "C"]
    assert await titles(anybody, category=["food", "metals"]) == ["A"]
    assert await titles(anybody, country="RU") == ["B"]
    assert await titles(anybody, currency="KZT", budget_min=100, budget_max=299) == ["A"]
    assert await titles(anybody, due_after=in_days(1.5), due_before=in_days(3.5)) == ["C", "A"]
    page = ok(await anybody.get(BOARD, params={"size": 3, "page": 2}))
    assert ([item["title"] for item in page["items"]], page["pages"]) == (["D"], 2)
    refused = await anybody.get(BOARD, params={"budget_min": 1})
    assert pointers(refused) == [("#/query/currency", "required")]
    assert (await anybody.get(BOARD, params={"category": "x"})).status_code == 422


async def test_counts_by_facets(buyer, anybody):
    for category in ("food", "food", "metals"):
        await make_published(buyer, category=category)
    await make_published(
        buyer, category="metals", currency="USD", delivery_country=None, title="Copper"
    )
    answer = await anybody.get("/api/v1/board/facets")
    assert ok(answer) == {
        "total": 4,
        "categories": [{"value": "food", "count": 2}, {"value": "metals", "count": 2}],
        "countries": [{"value": "KZ", "count": 3}],
        "currencies": [{"value": "KZT", "count": 3}, {"value": "USD", "count": 1}],
    }
    BoardFacets.model_validate_json(answer.content)
    copper = ok(await anybody.get("/api/v1/board/facets", params={"q": "copper"}))
    assert (copper["total"], copper["categories"]) == (1, [{"value": "metals", "count": 1}])


async def test_a_facet_is_counted_under_the_choices_of_the_others(buyer, anybody):
    await make_published(buyer, category="food")
    await make_published(buyer, category="metals")
    await make_published(buyer, category="metals", currency="USD", delivery_country="RU")
    chosen = {"category": "food", "currency": "KZT", "budget_min": "0", "country": "KZ"}
    assert ok(await anybody.get("/api/v1/board/facets", params={"category": "food"})) == {
        "total": 1,
        "categories": [{"value": "metals", "count": 2}, {"value": "food", "count": 1}],
        "countries": [{"value": "KZ", "count": 1}],
        "currencies": [{"value": "KZT", "count": 1}],
    }
    found = ok(await anybody.get("/api/v1/board/facets", params={**chosen, "budget_min": "1"}))
    assert found["currencies"] == [{"value": "KZT", "count": 1}]
    dollars = {"currency": "USD", "category": "metals"}
    assert ok(await anybody.get("/api/v1/board/facets", params=dollars)) == {
        "total": 1,
        "categories": [{"value": "metals", "count": 1}],
        "countries": [{"value": "RU", "count": 1}],
        "currencies": [{"value": "KZT", "count": 1}, {"value": "USD", "count": 1}],
    }


async def test_the_public_page_has_lines_answers_and_no_more(app, buyer, anybody):
    vendor = await register(app, role="vendor", organisation_name="Steppe Cement")
    request = await make_published(buyer)
    questions = f"/api/v1/requests/{request['id']}/questions"
    asked = ok(await vendor.client.post(questions, json={"text": "Which brand?"}), 201)
    ok(await vendor.client.post(questions, json={"text": "Unanswered?"}), 201)
    ok(await buyer.client.post(f"{questions}/{asked['id']}/answer", json={"answer": "Any."}))
    await submit_quote(vendor, request)
    answer = await anybody.get(f"{BOARD}/{request['id']}")
    page = ok(answer)
    assert set(page) == set(PublicRequest.model_fields)
    PublicRequest.model_validate_json(answer.content)
    assert page["lines"] == request["lines"]
    assert [(q["text"], q["answer"]) for q in page["questions"]] == [("Which brand?", "Any.")]
    assert page["accepts_quotes"] is True
    assert "Steppe Cement" not in answer.text
    assert "Unanswered" not in answer.text


async def test_the_public_page_is_of_public_published_requests(app, buyer, anybody):
    vendor = await register(app, role="vendor")
    draft = await make_request(buyer)
    private = await make_request(buyer, visibility="invited")
    await invite(buyer, private, vendor)
    await publish(buyer, private)
    for reader in (anybody, buyer.client, vendor.client):
        for request in (draft, private):
            problem(await reader.get(f"{BOARD}/{request['id']}"), 404, "not_found")


async def test_categories_have_names_in_three_languages(anybody):
    categories = ok(await anybody.get("/api/v1/procurement/categories"))
    assert len(categories) == 26
    assert len({one["code"] for one in categories}) == 26
    assert categories[0] == {
        "code": "food",
        "en": "Food and groceries",
        "ru": "Продукты питания",
        "kk": "Азық-түлік",
    }
    assert all(one["en"] and one["ru"] and one["kk"] for one in categories)


async def test_an_ended_session_reads_as_a_visitor(app, buyer):
    await make_published(buyer)
    stale = visitor(app, authorization="Bearer not-a-token")
    assert len(await titles(stale)) == 1
