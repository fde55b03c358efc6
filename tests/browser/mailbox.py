"""What an installation has mailed, read by a person on its own page."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site


def newest_mail(page: Page, site: Site, recipient: str, subject: str) -> str:
    """Open the newest mail to somebody on `/dev/mail` and return its text; a worker may still be sending it."""
    row = page.get_by_role("row").filter(has_text=subject).first
    for _ in range(40):
        page.goto(f"{site.url}/dev/mail?to={recipient}")
        if row.is_visible():
            break
        page.wait_for_timeout(500)
    row.get_by_role("link", name=re.compile(subject)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    return page.locator("pre").inner_text()
