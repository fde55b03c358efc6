"""Evidence of a complaint: added by both sides, and never changed."""

from tests.factories.complaints import COMPLAINTS, complain, move, read
from tests.factories.files import picture, upload
from tests.factories.procurement import ok, problem


async def test_evidence_is_added_and_never_changed(trade, order, owner):
    complaint = await complain(trade, order)
    photo = ok(await upload(trade.seller.client, picture(), "store.png"), 201)
    url = f"{COMPLAINTS}/{complaint['id']}/evidence"
    body = {"note": "As it left", "attachment_ids": [photo["id"]]}
    seen = ok(await trade.seller.client.post(url, json=body), 201)
    (one,) = seen["evidence"]
    assert (one["side"], one["note"], one["author_name"]) == (
        "seller",
        "As it left",
        seen["moves"][-1]["actor_name"],
    )
    assert (await read(trade.buyer, complaint))["evidence"][0]["author_name"] is None
    problem(await trade.buyer.client.post(url, json=body), 422, "validation")
    await move(trade.buyer, complaint, "withdraw", reason="Found them")
    problem(await trade.seller.client.post(url, json=body), 409, "invalid_transition")
    rights = await owner.fetch(
        """select distinct privilege_type from information_schema.role_table_grants
           where table_name = 'support_evidence' and grantee in ('karavan_app', 'karavan_system')"""
    )
    assert {row["privilege_type"] for row in rights} == {"SELECT", "INSERT"}
