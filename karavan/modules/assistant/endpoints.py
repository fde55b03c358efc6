"""Ask the assistant."""

from typing import Annotated

from fastapi import Request

from karavan.kit.authz import Actor, requires
from karavan.kit.clock import utc_now
from karavan.kit.db import release
from karavan.kit.routing import router as make_router
from karavan.kit.scopes import Scope
from karavan.kit.unit_of_work import Tx, database_of
from karavan.modules.assistant.drafting import draft_by_model, draft_by_rules
from karavan.modules.assistant.permissions import ASSISTANT_USE
from karavan.modules.assistant.ports import LANGUAGE_MODEL
from karavan.modules.assistant.schemas import SuggestBody, Suggestion
from karavan.modules.assistant.suggest import suggest
from karavan.modules.organisations.public import organisation_card

router = make_router("/assistant", "assistant")


@router.post("/suggest")
async def suggest_request(
    body: SuggestBody,
    request: Request,
    session: Tx,
    actor: Annotated[Actor, requires(ASSISTANT_USE)],
) -> Suggestion:
    """Draft a request from a sentence: lines, category, price range, vendors, each with its source.

    Nothing is saved: the answer is for the form to be filled with. Only the sentence itself is sent to a language
    model, where one is configured; without one, and when its answer is not usable, rules read the sentence.
    """
    today = utc_now().date()
    model = request.app.state.services[LANGUAGE_MODEL]
    draft = None
    if model is not None:
        # The model may take many seconds: no transaction waits for it.
        await release(session)
        draft = await draft_by_model(model, body.text, today)
    fallback = model is not None and draft is None
    draft = draft or draft_by_rules(body.text, today)
    scope = Scope(actor.organisation_id, actor.user_id)
    async with database_of(request).transaction(scope) as reading:
        card = await organisation_card(reading, actor.organisation_id)
        currency = card.currency if card is not None else "KZT"
        return await suggest(reading, actor, draft, fallback=fallback, currency=currency)
