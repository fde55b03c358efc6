"""The words of every mail in three languages, and the one layout that dresses them.

A template is a section of `words/<locale>.toml`. Its lines are plain text with `{{ values }}`; the HTML layout escapes
them, so a value from a person can never become markup.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from msgspec import Struct

if TYPE_CHECKING:
    from jinja2 import Environment, Template

LOCALES = ("en", "ru", "kk")
_HERE = Path(__file__).resolve().parent

TEMPLATES: dict[str, frozenset[str]] = {
    "verify_code": frozenset({"code", "minutes"}),
    "password_reset": frozenset({"code", "minutes"}),
    "welcome": frozenset({"name", "organisation", "link"}),
    "invite": frozenset({"inviter", "organisation", "role", "link", "days"}),
    "notification": frozenset({"title", "body", "link", "settings_link"}),
}
"""Every template and the values that its context must have."""


class Rendered(Struct, frozen=True):
    """The words of one mail, and the address that ends mails of its sort with one POST."""

    locale: str
    subject: str
    text: str
    html: str
    unsubscribe_url: str | None = None


@cache
def words_of(locale: str) -> dict[str, Any]:
    """Every word of a locale."""
    return tomllib.loads((_HERE / "words" / f"{locale}.toml").read_text("utf-8"))


def render(template: str, locale: str, context: Mapping[str, Any]) -> Rendered:
    """The subject and both bodies of a mail.

    Raises:
        KeyError: the template does not exist, or `context` lacks one of its values.
        ValueError: a link is not an http(s) address.
    """
    from jinja2 import UndefinedError

    locale = locale if locale in LOCALES else "en"
    missing = TEMPLATES[template] - context.keys()
    if missing:
        raise KeyError(f"mail {template} needs {', '.join(sorted(missing))}")
    words = words_of(locale)
    section = words[template]
    values = dict(context)
    if "role" in values:
        values["role"] = words["roles"].get(str(values["role"]), values["role"])

    def line(text: str) -> str:
        try:
            return _line(text).render(values)
        except UndefinedError as error:
            raise KeyError(str(error)) from error

    parts = {
        "locale": locale,
        "heading": line(section["heading"]),
        "paragraphs": [line(text) for text in section["paragraphs"]],
        "code": str(values["code"]) if section.get("code") else None,
        "link": _checked_link(values["link"]) if "button" in section else None,
        "button": line(section["button"]) if "button" in section else None,
        "after": [line(text) for text in section.get("after", [])],
        "settings_link": _checked_link(values["settings_link"])
        if "settings_link" in values
        else None,
        "settings_label": words["common"]["settings"],
        "signature": words["common"]["signature"],
        "automatic": words["common"]["automatic"],
    }
    subject = " ".join(line(section["subject"]).split())
    return Rendered(
        locale=locale,
        subject=subject[:200],
        text=_layouts().get_template("layout.txt").render(parts),
        html=_layouts().get_template("layout.html").render(parts, subject=subject),
    )


@cache
def _line(text: str) -> "Template":
    """One of our own lines, compiled once: that takes longer than all the rest of a mail."""
    return _lines().from_string(text)


@cache
def _lines() -> "Environment":
    from jinja2 import Environment, StrictUndefined

    return Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701  # plain text; the layout escapes


@cache
def _layouts() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=FileSystemLoader(_HERE),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
    )


def _checked_link(link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("a link in a mail must be a full http or https address")
    return link
