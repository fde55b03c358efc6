"""Every page, in both themes and at both widths: no violation that axe finds, no overflow, no complaint in the console."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ROOT, Account, Site, Window

pytestmark = pytest.mark.browser

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PUBLIC = ["/", "/sign-in", "/sign-in?tab=register", "/requests", "/legal/privacy"]
RUN_AXE = """
() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(
  result => result.violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")}`))
"""


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
    send(buyer, f"/requests/{request['id']}/publish", {})
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
    shared = [
        "/app",
        "/app/requests",
        "/app/quotes",
        f"/app/quotes/{quote['id']}",
        "/app/deals",
        f"/app/deals/{deal['id']}",
        "/app/invoices",
        f"/app/invoices/{invoice['id']}",
        "/app/messages",
        "/app/notifications",
        "/app/team",
        "/app/audit",
        "/app/settings/profile",
        "/app/settings/security",
        "/app/settings/organisation",
        "/app/settings/notifications",
    ]
    buying = [
        "/app/requests/new",
        f"/app/requests/{request['id']}",
        f"/app/requests/{request['id']}?tab=questions",
        f"/app/requests/{draft['id']}/edit",
        f"/app/requests/{request['id']}/comparison",
        "/app/approvals",
        "/app/templates",
    ]
    selling = ["/app/board", f"/app/board/{request['id']}"]
    return {"buyer": (buyer, shared + buying), "vendor": (vendor, shared + selling)}


def examine(one: Window, site: Site, paths: list[str], width: int) -> list[str]:
    """What is wrong with each page."""
    findings = []
    for path in paths:
        one.page.goto(f"{site.url}{path}")
        one.page.get_by_role("heading", level=1).first.wait_for()
        one.page.wait_for_timeout(300)
        overflow = one.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if overflow > 0:
            findings.append(f"{path} at {width}: {overflow} px too wide")
        one.page.evaluate(Path(AXE).read_text())
        findings += [f"{path} at {width}: {violation}" for violation in one.page.evaluate(RUN_AXE)]
    return findings


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
@pytest.mark.parametrize("side", ["buyer", "vendor"])
def test_pages_of_the_workspace(
    site: Site,
    window: Callable[..., Window],
    trade: dict[str, Any],
    side: str,
    width: int,
    dark: bool,
) -> None:
    account, paths = trade[side]
    one = window(width=width, dark=dark)
    one.sign_in(site, account)
    assert examine(one, site, paths, width) == []


@pytest.mark.parametrize(("width", "dark"), [(1440, True), (390, False)])
def test_pages_for_everybody(
    site: Site, window: Callable[..., Window], trade: dict[str, Any], width: int, dark: bool
) -> None:
    assert examine(window(width=width, dark=dark), site, PUBLIC, width) == []


@pytest.mark.parametrize(("locale", "word"), [("ru-RU", "Запросы"), ("kk-KZ", "Сұраныстар")])
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
