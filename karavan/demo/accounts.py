"""Who takes part in the demonstration: five companies and one person for every role. All of them are made up."""

from msgspec import Struct

from karavan.kit.authz import PlatformRole, Role
from karavan.modules.organisations.public import DEMO_PASSWORD, Interest

__all__ = ["DEMO_ACCOUNTS", "DEMO_COMPANIES", "DEMO_PASSWORD", "DemoAccount", "DemoCompany"]


class DemoCompany(Struct, frozen=True, kw_only=True):
    """A company; the first of its accounts founds it."""

    key: str
    name: str
    interest: Interest
    country: str
    city: str
    locale: str


class DemoAccount(Struct, frozen=True, kw_only=True):
    """A person of a company."""

    email: str
    display_name: str
    company: str
    role: Role
    locale: str
    platform_role: PlatformRole | None = None

    @property
    def organisation(self) -> str:
        """The company's name."""
        return next(one.name for one in DEMO_COMPANIES if one.key == self.company)


DEMO_COMPANIES = (
    DemoCompany(
        key="demo",
        name="Demo Inc",
        interest=Interest.BUYER,
        country="KZ",
        city="Almaty",
        locale="en",
    ),
    DemoCompany(
        key="altyn",
        name="Алтын Дән",
        interest=Interest.VENDOR,
        country="KZ",
        city="Алматы",
        locale="kk",
    ),
    DemoCompany(
        key="volga",
        name="Волжский Снаб",
        interest=Interest.VENDOR,
        country="RU",
        city="Казань",
        locale="ru",
    ),
    DemoCompany(
        key="steppe",
        name="Steppe Logistics & Packaging",
        interest=Interest.VENDOR,
        country="KZ",
        city="Astana",
        locale="en",
    ),
    DemoCompany(
        key="kaspi_office",
        name="Каспий Офис",
        interest=Interest.VENDOR,
        country="KZ",
        city="Ақтау",
        locale="ru",
    ),
)

DEMO_ACCOUNTS = (
    DemoAccount(
        email="owner@demo.example",
        display_name="Dana Ospanova",
        company="demo",
        role=Role.OWNER,
        locale="en",
    ),
    DemoAccount(
        email="admin@demo.example",
        display_name="Arman Beketov",
        company="demo",
        role=Role.ADMIN,
        locale="en",
    ),
    DemoAccount(
        email="manager@demo.example",
        display_name="Madina Serikkyzy",
        company="demo",
        role=Role.MANAGER,
        locale="kk",
    ),
    DemoAccount(
        email="buyer@demo.example",
        display_name="Pavel Zhukov",
        company="demo",
        role=Role.BUYER,
        locale="ru",
    ),
    DemoAccount(
        email="viewer@demo.example",
        display_name="Lena Fomina",
        company="demo",
        role=Role.VIEWER,
        locale="en",
    ),
    DemoAccount(
        email="owner@altyn.example",
        display_name="Ерлан Қасымов",
        company="altyn",
        role=Role.OWNER,
        locale="kk",
    ),
    DemoAccount(
        email="vendor@altyn.example",
        display_name="Айгүл Нұрланова",
        company="altyn",
        role=Role.VENDOR,
        locale="kk",
    ),
    DemoAccount(
        email="owner@volga.example",
        display_name="Марат Галиев",
        company="volga",
        role=Role.OWNER,
        locale="ru",
    ),
    DemoAccount(
        email="sales@volga.example",
        display_name="Ольга Серова",
        company="volga",
        role=Role.SALES,
        locale="ru",
    ),
    DemoAccount(
        email="owner@steppe.example",
        display_name="Timur Alimov",
        company="steppe",
        role=Role.OWNER,
        locale="en",
    ),
    DemoAccount(
        email="owner@kaspi-office.example",
        display_name="Светлана Ким",
        company="kaspi_office",
        role=Role.OWNER,
        locale="ru",
    ),
    DemoAccount(
        email="platform@karavan.example",
        display_name="Platform Administrator",
        company="demo",
        role=Role.VIEWER,
        locale="en",
        platform_role=PlatformRole.SUPERADMIN,
    ),
)
