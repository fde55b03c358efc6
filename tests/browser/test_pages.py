"""Every page, in both themes and at both widths: no violation that axe finds, no overflow, no complaint in the console."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest

from tests.browser.conftest import ROOT, Account, Site, Window, shot
from tests.browser.goods import PLATFORM_PAGES, platform_person, stock_goods

pytestmark = pytest.mark.browser

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """
what => axe.run(document, {...(what && {runOnly: what}), resultTypes: ["violations"]}).then(result => result.violations
  .filter(one => ["serious", "critical"].includes(one.impact))
  .map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")}`))
"""
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL_RULES: None = None
"""Those of good practice too."""
# The themes share their structure: what else than colours axe could find it has found in the light.
COLOURS = ["color-contrast", "link-in-text-block"]
IS_SETTLED = """
() => document.querySelector("h1") !== null && document.querySelector(".animate-shimmer") === null
  && document.querySelector("#root[data-drawn]") === null
"""
WIDTHS = {1440: 900, 390: 844}
PARTS = 4
"""In so many parts one side's pages are looked at, so that they share the machine's cores."""


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def send(account: Account, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = account.client.post(path, json=body)
    assert answer.is_success, answer.text
    made: dict[str, Any] = answer.json()
    return made


@pytest.fixture(scope="module")
def trade(site: Site) -> dict[str, Any]:
    """A buyer and a vendor with something on every page."""
    buyer = site.register("buyer", "Pages Buying")
    vendor = site.register("vendor", "Pages Selling", display_name="Timur Akhmetov")
    body = {
        "title": "Office chairs",
        "category": "furniture",
        "currency": "KZT",
        "quotes_due_at": in_days(7),
        "lines": [{"name": "Chair", "quantity": "10", "unit": "H87"}],
    }
    draft = send(buyer, "/requests", body)
    request = send(buyer, "/requests", body)
    open_request = send(buyer, "/requests", {**body, "title": "Office desks"})
    for one in (request, open_request):
        send(buyer, f"/requests/{one['id']}/publish", {})
    question = f"/requests/{request['id']}/questions"
    send(vendor, question, {"text": "Which colour?"})
    price = {"amount": 5_000_000, "currency": "KZT"}
    offer = {
        "currency": "KZT",
        "valid_until": in_days(30),
        "lead_time_days": 5,
        "lines": [
            {"request_line_id": request["lines"][0]["id"], "unit_price": price, "tax_rate": "12"}
        ],
    }
    quote = send(vendor, f"/requests/{request['id']}/quotes", offer)
    send(buyer, f"/requests/{request['id']}/shortlist", {"quote_ids": [quote["id"]]})
    send(buyer, f"/requests/{request['id']}/award", {"allocations": [{"quote_id": quote["id"]}]})
    deal = buyer.client.get("/deals").json()["items"][0]
    for account in (buyer, vendor):
        terms = account.client.get(f"/deals/{deal['id']}").json()["terms"]
        signature = {"terms_number": terms["number"], "content_sha256": terms["content_sha256"]}
        send(account, f"/deals/{deal['id']}/sign", signature)
    invoice = send(vendor, f"/deals/{deal['id']}/create-invoice", {})["invoice"]
    goods = stock_goods(vendor, buyer)
    shared = [
        "/app",
        "/app/requests",
        "/app/quotes",
        f"/app/quotes/{quote['id']}",
        "/app/deals",
        f"/app/deals/{deal['id']}",
        f"/app/deals/{deal['id']}?tab=chat",
        "/app/invoices",
        f"/app/invoices/{invoice['id']}",
        "/app/messages",
        "/app/notifications",
        "/app/settings/organisation",
        "/app/settings/approvals",
    ]
    the_same_for_both = [
        "/app/team",
        "/app/audit",
        "/app/ocds",
        "/app/settings/profile",
        "/app/settings/security",
        "/app/settings/notifications",
        "/app/settings/exchange-rates",
    ]
    buying = [
        "/app/requests/new",
        f"/app/requests/{request['id']}",
        f"/app/requests/{request['id']}?tab=questions",
        f"/app/requests/{request['id']}?tab=quotes",
        f"/app/requests/{request['id']}?tab=history",
        f"/app/requests/{draft['id']}/edit",
        f"/app/requests/{request['id']}/comparison",
        "/app/approvals",
        "/app/templates",
        "/app/no-such-page",
    ]
    selling = [
        "/app/board",
        f"/app/board/{request['id']}",
        f"/app/board/{open_request['id']}",
        f"/app/board/{open_request['id']}/quote",
    ]
    public = [
        "/",
        "/sign-in",
        "/sign-in?tab=register",
        "/sign-in?tab=reset",
        "/requests",
        f"/requests/{open_request['id']}",
        "/legal/privacy",
        "/legal/terms",
        "/invite/unknown",
        "/oauth/callback#status=error&code=identity.oauth_denied",
        "/no-such-page",
    ]
    return {
        "buyer": (buyer, shared + the_same_for_both + buying + goods.buying),
        "vendor": (vendor, shared + selling + goods.selling),
        "platform": (platform_person(site), PLATFORM_PAGES),
        "public": public,
    }


def examine(
    one: Window, site: Site, paths: list[str], rules: list[str] | None = EVERYTHING
) -> list[str]:
    """What is wrong with each page, opened once and looked at in both widths and both themes."""
    page = one.page
    findings = []
    for path in paths:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1440, "height": WIDTHS[1440]})
        page.goto(f"{site.url}{path}")
        page.wait_for_function(IS_SETTLED)
        if page.get_by_role("main").get_by_role("button", name="Try again").count() > 0:
            findings.append(f"{path} could not be read")
        page.evaluate(AXE.read_text())
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # a literal of the list above
                page.wait_for_function(
                    "theme => document.documentElement.dataset.theme === theme", arg=theme
                )
                place = f"{path} at {width}, {theme}"
                overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if overflow > 0:
                    findings.append(f"{place}: {overflow} px too wide")
                shot(page, f"{quote_plus(path)}-{width}-{theme}")
                what = rules if theme == "light" else COLOURS
                findings += [f"{place}: {found}" for found in page.evaluate(RUN_AXE, what)]
    return findings


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("side", ["buyer", "vendor"])
def test_pages_of_the_workspace(
    site: Site, window: Callable[..., Window], trade: dict[str, Any], side: str, part: int
) -> None:
    account, paths = trade[side]
    one = window()
    one.sign_in_by_api(site, account)
    assert examine(one, site, paths[part::PARTS]) == []


def test_pages_of_the_platform(
    site: Site, window: Callable[..., Window], trade: dict[str, Any]
) -> None:
    account, paths = trade["platform"]
    one = window()
    one.sign_in_by_api(site, account)
    assert examine(one, site, paths) == []


def test_pages_for_everybody(
    site: Site, window: Callable[..., Window], trade: dict[str, Any]
) -> None:
    assert examine(window(), site, trade["public"]) == []


@pytest.mark.parametrize(("locale", "word"), [("ru-RU", "Запросы"), ("kk-KZ", "Сұраулар")])
def test_the_browsers_language(
    site: Site, window: Callable[..., Window], locale: str, word: str
) -> None:
    account = site.register("buyer", f"Language {locale}", locale=locale[:2])
    one = window(locale=locale)
    one.sign_in_by_api(site, account)
    one.page.goto(f"{site.url}/app/requests")
    heading = one.page.get_by_role("heading", level=1)
    heading.wait_for()
    assert heading.inner_text() == word
