"""The routers, in the order in which a reader of the documentation wants them."""

from functools import cache

from fastapi import APIRouter

from karavan.kit.routing import RouteTable
from karavan.modules.administration import endpoints as administration
from karavan.modules.assistant import endpoints as assistant
from karavan.modules.audit import endpoints as audit
from karavan.modules.catalogue import endpoints_barcodes as barcodes
from karavan.modules.catalogue import endpoints_categories as categories
from karavan.modules.catalogue import endpoints_export as export
from karavan.modules.catalogue import endpoints_imports as imports
from karavan.modules.catalogue import endpoints_moderation as moderation
from karavan.modules.catalogue import endpoints_prices as prices
from karavan.modules.catalogue import endpoints_products as products
from karavan.modules.catalogue import endpoints_reviews as reviews
from karavan.modules.catalogue import endpoints_search as search
from karavan.modules.catalogue import endpoints_shop as shop
from karavan.modules.catalogue import endpoints_stock as stock
from karavan.modules.catalogue import endpoints_wishlist as wishlist
from karavan.modules.conversations import endpoints as conversations
from karavan.modules.identity import endpoints as identity
from karavan.modules.invoicing import endpoints as invoicing
from karavan.modules.links import endpoints as links
from karavan.modules.links import endpoints_invitations as link_invitations
from karavan.modules.media import endpoints as media
from karavan.modules.media import endpoints_pictures as pictures
from karavan.modules.notifications import endpoints as notifications
from karavan.modules.notifications import endpoints_unsubscribe as unsubscribe
from karavan.modules.orders import endpoints_carts as carts
from karavan.modules.orders import endpoints_orders as orders
from karavan.modules.orders import endpoints_papers as order_papers
from karavan.modules.orders import endpoints_standing as standing_orders
from karavan.modules.organisations import endpoints as organisations
from karavan.modules.organisations import endpoints_accounts as accounts
from karavan.modules.organisations import endpoints_invites as invites
from karavan.modules.organisations import endpoints_oauth as oauth
from karavan.modules.procurement import endpoints_approvals as approvals
from karavan.modules.procurement import endpoints_board as board
from karavan.modules.procurement import endpoints_deals as deals
from karavan.modules.procurement import endpoints_evaluation as evaluation
from karavan.modules.procurement import endpoints_ocds as ocds
from karavan.modules.procurement import endpoints_questions as questions
from karavan.modules.procurement import endpoints_quotes as quotes
from karavan.modules.procurement import endpoints_requests as requests
from karavan.modules.procurement import endpoints_templates as templates
from karavan.modules.support import endpoints as complaints
from karavan.processes import endpoints_complaints as open_complaints
from karavan.processes import endpoints_profile as profile

ROUTERS: tuple[APIRouter, ...] = (
    identity.router,
    *accounts.routers,
    oauth.router,
    *profile.routers,
    organisations.router,
    invites.router,
    media.router,
    pictures.router,
    links.router,
    link_invitations.router,
    categories.router,
    categories.desk,
    barcodes.router,
    imports.router,
    export.router,
    products.router,
    *prices.routers,
    *stock.routers,
    *shop.routers,
    *moderation.routers,
    *reviews.routers,
    wishlist.router,
    *board.routers,
    requests.router,
    questions.router,
    templates.router,
    assistant.router,
    *quotes.routers,
    *evaluation.routers,
    *approvals.routers,
    deals.router,
    *ocds.routers,
    *carts.routers,
    orders.router,
    open_complaints.router,
    *complaints.routers,
    *order_papers.routers,
    standing_orders.router,
    invoicing.router,
    *search.routers,
    conversations.router,
    notifications.router,
    unsubscribe.router,
    audit.router,
    administration.router,
)
"""Every router that is mounted under `/api/v1`."""


@cache
def route_table() -> RouteTable:
    """All their routes, for every application of this process."""
    return RouteTable(ROUTERS)
