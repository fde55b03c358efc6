"""The directory, profiles and settings."""

import asyncio

import pytest

from tests.factories.accounts import add_member, register

ORGANISATIONS = "/api/v1/organisations"


async def names(account, **query):
    answer = await account.client.get(ORGANISATIONS, params=query)
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


async def vendor(app, name, **changes):
    account = await register(app, role="vendor", organisation_name=name)
    answer = await account.client.patch(f"{ORGANISATIONS}/{account.organisation_id}", json=changes)
    assert answer.status_code == 200, answer.text
    return account


class TestDirectory:
    async def test_search(self, app):
        me = await register(app, organisation_name="Buying Ltd")
        await vendor(
            app,
            "Жетісу Металл",
            city="Алматы",
            categories=["metal", "pipes"],
            description="Трубы стальные",
        )
        await vendor(app, "Baltic Paper", country="RU", categories=["paper"])
        await vendor(app, "Almaty Paper & Co", categories=["paper", "office"])
        await register(app, role="customer", organisation_name="A person")
        everybody = ["Almaty Paper & Co", "Baltic Paper", "Жетісу Металл"]
        assert sorted(await names(me)) == everybody
        assert await names(me, q="paper") == ["Almaty Paper & Co", "Baltic Paper"]
        assert await names(me, q="pap bal") == ["Baltic Paper"]
        assert await names(me, q="ЖЕТІСУ") == ["Жетісу Металл"]
        assert await names(me, q="трубы алматы") == ["Жетісу Металл"]
        assert await names(me, q="almaty") == ["Almaty Paper & Co"]
        assert await names(me, category="paper") == ["Almaty Paper & Co", "Baltic Paper"]
        assert await names(me, category="paper", country="RU") == ["Baltic Paper"]
        assert await names(me, side="buyer") == ["Buying Ltd"]
        assert await names(me, sort="-name", q="paper") == ["Baltic Paper", "Almaty Paper & Co"]
        page = (await me.client.get(ORGANISATIONS, params={"size": 2, "page": 2})).json()
        assert (page["total"], page["pages"], len(page["items"])) == (3, 2, 1)

    @pytest.mark.parametrize(
        "q",
        ["'", "a & b | !c <-> d", "''':*", "\\", "%", "_", "((", "a'b:*", "x" * 200, "😀", ":*"],
    )
    async def test_whatever_people_type(self, app, q):
        me = await register(app, role="vendor", organisation_name="Quiet Ltd")
        assert await names(me, q=q) == []

    @pytest.mark.parametrize(
        "query",
        [
            {"page": 0},
            {"size": 101},
            {"sort": "password"},
            {"side": "both"},
            {"country": "kz"},
            {"q": "x" * 201},
            {"category": "a b"},
        ],
    )
    async def test_bad_filters(self, app, query):
        me = await register(app)
        assert (await me.client.get(ORGANISATIONS, params=query)).status_code == 422

    async def test_only_signed_in(self, client):
        assert (await client.get(ORGANISATIONS)).status_code == 401


class TestProfile:
    async def test_strangers_see_the_public_part(self, app):
        seller = await vendor(
            app,
            "Жетісу Металл",
            legal_name="ТОО «Жетісу Металл»",
            tax_id="180340021234",
            email="sales@example.org",
            phone="+7 727 123-45-67",
            website="https://zhetysu.example.org",
            vendor_profile={
                "payment_terms": "30 days",
                "lead_time_days": 5,
                "minimum_order_amount": 5_000_000,
                "delivery_countries": ["KZ", "RU"],
            },
        )
        stranger = await register(app)
        url = f"{ORGANISATIONS}/{seller.organisation_id}"
        seen = (await stranger.client.get(url)).json()
        assert seen["details"] is None
        assert (seen["name"], seen["legal_name"], seen["tax_id"]) == (
            "Жетісу Металл",
            "ТОО «Жетісу Металл»",
            "180340021234",
        )
        assert seen["buyer_profile"] is None
        assert seen["vendor_profile"] == {
            "payment_terms": "30 days",
            "delivery_terms": "",
            "delivery_place": "",
            "delivery_countries": ["KZ", "RU"],
            "lead_time_days": 5,
            "minimum_order": {"amount": 5_000_000, "currency": "KZT"},
        }
        own = (await seller.client.get(url)).json()
        assert own["details"]["email"] == "sales@example.org"
        assert own["details"]["phone"] == "+7 727 123-45-67"
        assert own["details"]["version"] == 2

    async def test_private_persons_are_nobody_elses_business(self, app):
        customer, stranger = await register(app, role="customer"), await register(app)
        url = f"{ORGANISATIONS}/{customer.organisation_id}"
        assert (await stranger.client.get(url)).status_code == 404
        assert (await customer.client.get(url)).status_code == 200

    async def test_change_is_recorded(self, app, owner):
        person = await register(app)
        url = f"{ORGANISATIONS}/{person.organisation_id}"
        answer = await person.client.patch(
            url, json={"sells": True, "categories": ["paper", "metal", "paper"], "currency": "USD"}
        )
        assert answer.status_code == 200
        changed = answer.json()
        assert (changed["buys"], changed["sells"], changed["categories"], changed["currency"]) == (
            True,
            True,
            ["metal", "paper"],
            "USD",
        )
        assert changed["vendor_profile"]["payment_terms"] == ""
        entry = await owner.fetchrow(
            "select actor_user_id, before->>'currency', after->>'currency', after->'categories'"
            " from kit_audit_entries where action = 'organisation.update'"
        )
        assert tuple(entry) == (person.user_id, "KZT", "USD", '["metal", "paper"]')
        assert (
            await owner.fetchval(
                "select payload->>'changed' from kit_outbox_events where type = 'organisation.updated'"
            )
            == '["categories", "currency", "sells"]'
        )

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"name": ""}, "#/name"),
            ({"name": None}, "#/name"),
            ({"name": "a\x00"}, "#/name"),
            ({"slug": "mine"}, "#/slug"),
            ({"kind": "personal"}, "#/kind"),
            ({"currency": "XXX"}, "#/currency"),
            ({"website": "javascript:alert(1)"}, "#/website"),
            ({"phone": "call me"}, "#/phone"),
            ({"tax_id": "<script>"}, "#/tax_id"),
            ({"description": "x" * 10_001}, "#/description"),
            ({"categories": ["A B"]}, "#/categories/0"),
            ({"categories": ["a"] * 101}, "#/categories"),
            ({"vendor_profile": {"lead_time_days": -1}}, "#/vendor_profile/lead_time_days"),
            (
                {"vendor_profile": {"minimum_order_amount": 2**63}},
                "#/vendor_profile/minimum_order_amount",
            ),
            ({"vendor_profile": {"payment_terms": None}}, "#/vendor_profile/payment_terms"),
            ({"buyer_profile": {"side": "vendor"}}, "#/buyer_profile/side"),
        ],
    )
    async def test_bad_values_change_nothing(self, app, change, pointer):
        person = await register(app)
        url = f"{ORGANISATIONS}/{person.organisation_id}"
        before = (await person.client.get(url)).json()
        answer = await person.client.patch(url, json={"city": "Astana", **change})
        assert answer.status_code == 422
        assert pointer in [error["pointer"] for error in answer.json()["errors"]]
        assert (await person.client.get(url)).json() == before

    async def test_who_may(self, app):
        person, stranger = await register(app), await register(app)
        url = f"{ORGANISATIONS}/{person.organisation_id}"
        admin = await add_member(person, "admin")
        assert (await admin.client.patch(url, json={"city": "Astana"})).status_code == 200
        for role in ("manager", "viewer"):
            member = await add_member(person, role)
            refused = await member.client.patch(url, json={"city": "Aktobe"})
            assert (refused.status_code, refused.json()["meta"]["permission"]) == (
                403,
                "organisation:update",
            )
        assert (await stranger.client.patch(url, json={"city": "Aktobe"})).status_code == 404
        assert (await person.client.get(url)).json()["city"] == "Astana"

    async def test_two_at_once_with_a_version(self, app):
        person = await register(app)
        url = f"{ORGANISATIONS}/{person.organisation_id}"
        answers = await asyncio.gather(
            *(person.client.patch(url, json={"city": f"City {n}", "version": 1}) for n in range(4))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


class TestSettings:
    async def test_read_and_change(self, app, owner):
        person = await register(app)
        url = f"{ORGANISATIONS}/{person.organisation_id}/settings"
        first = (await person.client.get(url)).json()
        assert (first["bank_account"], first["version"]) == ("", 1)
        answer = await person.client.patch(
            url,
            json={
                "bank_name": "Halyk Bank",
                "bank_code": "HSBKKZKX",
                "bank_account": "KZ86125KZT5004100100",
                "version": 1,
            },
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["version"] == 2
        assert answer.json()["bank_account"] == "KZ86125KZT5004100100"
        assert (await person.client.get(url)).json() == answer.json()
        stale = await person.client.patch(url, json={"bank_name": "Other", "version": 1})
        assert stale.status_code == 409
        assert (await person.client.get(url)).json()["bank_name"] == "Halyk Bank"

    @pytest.mark.parametrize(
        "change",
        [
            {"approval_limits": {"buyer": 5}},
            {"bank_account": "KZ\x00"},
            {"bank_account": None},
            {"bank_code": "not a code"},
        ],
    )
    async def test_bad_values(self, app, change):
        person = await register(app)
        url = f"{ORGANISATIONS}/{person.organisation_id}/settings"
        assert (await person.client.patch(url, json=change)).status_code == 422
        assert (await person.client.get(url)).json()["version"] == 1

    async def test_who_may(self, app):
        person, stranger = await register(app), await register(app)
        url = f"{ORGANISATIONS}/{person.organisation_id}/settings"
        manager, buyer = await add_member(person, "manager"), await add_member(person, "buyer")
        assert (await manager.client.get(url)).status_code == 200
        assert (await manager.client.patch(url, json={"bank_name": "X"})).status_code == 403
        assert (await buyer.client.get(url)).status_code == 403
        assert (await stranger.client.get(url)).status_code == 404
        assert (await stranger.client.patch(url, json={"bank_name": "X"})).status_code == 404

    async def test_what_other_modules_ask(self, app, database):
        from karavan.kit.scopes import Scope
        from karavan.modules.organisations.public import (
            bank_details,
            organisation_cards,
            vendors_for_categories,
        )

        buyer = await register(app)
        seller = await vendor(app, "Paper Ltd", categories=["paper"])
        await vendor(app, "Metal Ltd", categories=["metal"])
        await buyer.client.patch(
            f"{ORGANISATIONS}/{buyer.organisation_id}/settings",
            json={"bank_account": "KZ1"},
        )
        async with database.transaction(Scope(buyer.organisation_id, buyer.user_id)) as session:
            own = buyer.organisation_id
            assert (await bank_details(session, own)).bank_account == "KZ1"
            assert await bank_details(session, seller.organisation_id) is None
            found = await vendors_for_categories(session, ["paper", "x"], except_for=own)
            assert found == [seller.organisation_id]
            cards = await organisation_cards(session, [own, seller.organisation_id])
            assert cards[seller.organisation_id].legal_name == "Paper Ltd"
