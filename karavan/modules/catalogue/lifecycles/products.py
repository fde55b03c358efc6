"""The lifecycle of a product: nobody buys what nobody has looked at, be it a person or the automatic checks."""

from uuid import UUID

from karavan.kit.errors import DomainError
from karavan.kit.lifecycle import Lifecycle, Reason, Situation, Transition
from karavan.modules.catalogue.errors import NotAVariantError
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.permissions import PRODUCT_WRITE
from karavan.modules.catalogue.states import ProductState as S

_SELLER = frozenset({"seller"})


def _party_of(product: Product, organisation_id: UUID) -> str | None:
    return "seller" if product.organisation_id == organisation_id else None


def _whole_family(product: Product, _: Situation) -> DomainError | None:
    """Variants share the content of their family, so they are judged with it."""
    if product.parent_id is not None:
        return NotAVariantError("Do this with the product that the variant belongs to.")
    return None


PRODUCT: Lifecycle[Product] = Lifecycle(
    name="product",
    states=S,
    initial=S.DRAFT,
    party_of=_party_of,
    parties_of=lambda product: {"seller": product.organisation_id},
    label_of=lambda product: f"{product.sku} {product.name}",
    transitions=(
        Transition(
            name="propose",
            event="proposed",
            sources=frozenset({S.DRAFT, S.REJECTED}),
            targets=(S.PROPOSED, S.PUBLISHED),
            parties=_SELLER,
            permission=PRODUCT_WRITE,
            guard=_whole_family,
        ),
        Transition(
            name="withdraw",
            event="withdrawn",
            sources=frozenset({S.PROPOSED}),
            targets=(S.DRAFT,),
            parties=_SELLER,
            permission=PRODUCT_WRITE,
            guard=_whole_family,
        ),
        Transition(
            name="approve",
            event="published",
            sources=frozenset({S.PROPOSED}),
            targets=(S.PUBLISHED,),
            parties=frozenset(),
            permission=None,
        ),
        Transition(
            name="reject",
            event="rejected",
            sources=frozenset({S.PROPOSED}),
            targets=(S.REJECTED,),
            parties=frozenset(),
            permission=None,
            reason=Reason.REQUIRED,
        ),
        Transition(
            name="archive",
            event="archived",
            sources=frozenset({S.PUBLISHED}),
            targets=(S.ARCHIVED,),
            parties=_SELLER,
            permission=PRODUCT_WRITE,
            reason=Reason.OPTIONAL,
        ),
    ),
)
