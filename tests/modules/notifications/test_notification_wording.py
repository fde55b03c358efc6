"""Every kind has words in every language, and they say the same."""

import pytest

from karavan.kit.lifecycle import Lifecycle
from karavan.modules.invoicing.lifecycle import CREDIT_NOTE, INVOICE
from karavan.modules.notifications.changes import EVENTS
from karavan.modules.notifications.facts import _PARAMS
from karavan.modules.notifications.groups import Group
from karavan.modules.notifications.rules import RULES, kinds
from karavan.modules.notifications.wording import (
    LOCALES,
    group_label,
    placeholders,
    texts_of,
    word,
)
from karavan.modules.procurement.lifecycles import APPROVAL, DEAL, QUOTE, REQUEST

KNOWN = {
    *_PARAMS,
    "request",
    "seller",
    "author",
    "excerpt",
    "actor",
    "count",
    "consumer",
    "supplier",
}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_has_words(locale: str) -> None:
    texts = texts_of(locale)
    assert set(texts["kinds"]) == set(kinds())
    assert set(texts["groups"]) == {group.value for group in Group}
    assert set(texts["words"]) == set(texts_of("en")["words"])
    assert set(texts["causes"]) == set(texts_of("en")["causes"])
    assert set(texts["unsubscribe"]) == set(texts_of("en")["unsubscribe"])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", sorted(kinds()))
def test_languages_say_the_same_and_nothing_unknown(kind: str, locale: str) -> None:
    text, english = texts_of(locale)["kinds"][kind], texts_of("en")["kinds"][kind]
    assert len(text["body"]) == len(english["body"])
    mentioned = [set().union(*map(placeholders, text[part])) for part in ("title", "body")]
    in_english = [set().union(*map(placeholders, english[part])) for part in ("title", "body")]
    assert set().union(*mentioned) == set().union(*in_english)
    assert set().union(*mentioned) <= KNOWN


@pytest.mark.parametrize("kind", sorted(one for one in kinds() if one.endswith(".sealed")))
def test_what_is_sealed_names_nobody(kind: str) -> None:
    for locale in LOCALES:
        text = texts_of(locale)["kinds"][kind]
        mentioned = set().union(*map(placeholders, [*text["title"], *text["body"]]))
        assert mentioned <= {"request", "title", "due"}


def test_words_are_filled_in_the_readers_language() -> None:
    params = {
        "title": "Cement",
        "label": "RFQ-2026-000001",
        "buyer": "Steppe",
        "due": "2026-03-08T12:30:00+00:00",
    }
    english = word("request.published", params, locale="en")
    assert english.title == "New request: Cement"
    assert english.body == (
        "Steppe has published RFQ-2026-000001. Quotes are accepted until 8 March 2026, 12:30 UTC."
    )
    russian = word("request.published", params, locale="ru")
    assert russian.title == "Новый запрос: Cement"
    assert "8 марта 2026" in russian.body
    assert word("request.published", params, locale="kk").title == "Жаңа сұрау: Cement"
    assert word("request.published", params, locale="fr") == english


def test_a_sentence_without_its_facts_is_left_out() -> None:
    params = {"label": "D-1", "title": "Cement", "vendor": "Silk"}
    assert word("deal.refused", params, locale="en").body == (
        "Cement. You can award the request to another quote."
    )
    told = word("deal.refused", {**params, "reason": "No stock {x}"}, locale="en")
    assert told.body.endswith("Reason: No stock {x}")


def test_what_came_once_is_not_counted() -> None:
    params = {"title": "Cement", "excerpt": "Hello", "author": "Timur"}
    assert word("message.posted", params, locale="en").body == "Hello"
    thrice = word("message.posted", params, locale="en", count=3)
    assert (thrice.title, thrice.body) == ("Timur: Cement", "Hello New messages: 3.")


def test_amounts_roles_and_days_are_written_out() -> None:
    invoice = {
        "label": "INV-1",
        "total": {"amount": 123_450_000, "currency": "KZT"},
        "due_date": "2026-03-08",
        "seller": "Silk",
        "buyer": "Steppe",
        "subject": "DEAL-1",
    }
    told = word("invoice.sent", invoice, locale="en")
    assert told.title == "Invoice INV-1 over 1,234,500.00\N{NO-BREAK SPACE}KZT"
    assert told.body == "Silk to Steppe: DEAL-1. Payable until 8 March 2026."
    assert word("member.role_changed", {"new_role": "buyer"}, locale="ru").body == (
        "Теперь ваша роль: закупщик."
    )


def test_a_kind_of_a_later_version_is_still_shown() -> None:
    assert word("parcel.lost", {"label": "ORD-1"}, locale="en").title == "ORD-1"


def test_groups_are_named() -> None:
    assert group_label(Group.DEALS, "en") == "Deals and contracts"
    assert len({group_label(group, "kk") for group in Group}) == len(Group)


@pytest.mark.parametrize("lifecycle", [REQUEST, QUOTE, DEAL, APPROVAL, INVOICE, CREDIT_NOTE])
def test_every_transition_is_hinted_at(lifecycle: Lifecycle) -> None:
    recorded = {f"{lifecycle.name}.{one.event}" for one in lifecycle.transitions}
    assert recorded <= set(EVENTS)


def test_every_rule_is_of_an_event_that_exists() -> None:
    own = {"message.posted", "notification.requested"}
    assert set(RULES) - own <= set(EVENTS)
