"""Which role stands above which, and what the words of registration mean."""

from enum import StrEnum

from karavan.kit.authz import Role

_RANKS = {
    Role.OWNER: 5,
    Role.ADMIN: 4,
    Role.MANAGER: 3,
    Role.SALES: 2,
    Role.BUYER: 2,
    Role.VENDOR: 2,
    Role.VIEWER: 1,
}


def rank_of(role: Role) -> int:
    """The height of a role. Roles of the two trading sides stand level."""
    return _RANKS[role]


class Kind(StrEnum):
    """What an organisation is."""

    COMPANY = "company"
    PERSONAL = "personal"


class Interest(StrEnum):
    """What somebody registers for. Whoever registers owns their organisation; this decides on which sides it trades."""

    BUYER = "buyer"
    VENDOR = "vendor"
    VIEWER = "viewer"
    CUSTOMER = "customer"
    SELLER = "seller"

    @property
    def kind(self) -> Kind:
        """A retail customer has a personal organisation, so that one rule of ownership covers everybody."""
        return Kind.PERSONAL if self is Interest.CUSTOMER else Kind.COMPANY

    @property
    def buys(self) -> bool:
        """Whether it asks for goods."""
        return self in {Interest.BUYER, Interest.CUSTOMER}

    @property
    def sells(self) -> bool:
        """Whether it offers goods."""
        return self in {Interest.VENDOR, Interest.SELLER}


class Side(StrEnum):
    """A side of trade."""

    BUYER = "buyer"
    VENDOR = "vendor"


_CURRENCIES = {
    "AE": "AED", "AM": "AMD", "AZ": "AZN", "BY": "BYN", "CN": "CNY", "DE": "EUR", "FR": "EUR", "GB": "GBP",
    "GE": "GEL", "IN": "INR", "IT": "EUR", "KG": "KGS", "KZ": "KZT", "MN": "MNT", "RU": "RUB", "TJ": "TJS",
    "TR": "TRY", "UA": "UAH", "UZ": "UZS",
}  # fmt: skip


def currency_of(country: str) -> str:
    """The currency that an organisation starts with; it can be changed."""
    return _CURRENCIES.get(country, "USD")
