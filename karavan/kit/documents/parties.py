"""Who stands on a document: companies with the requisites that trade papers ask for."""

from msgspec import Struct


class PostalAddress(Struct, frozen=True):
    """An address; only `country` (ISO 3166-1 alpha-2) is always known."""

    country: str
    city: str = ""
    street: str = ""
    additional_street: str = ""
    postal_code: str = ""
    region: str = ""

    def one_line(self) -> str:
        """The address as it is written on one line, widest unit last."""
        parts = (
            self.street,
            self.additional_street,
            self.city,
            self.region,
            self.postal_code,
            self.country,
        )
        return ", ".join(part for part in parts if part)


class BankAccount(Struct, frozen=True):
    """Where money is sent: IBAN or local account, with the bank's BIC or SWIFT code.

    `correspondent_account` is asked for in Russia, `beneficiary_code` (Кбе) in Kazakhstan.
    """

    account: str
    bank_name: str = ""
    bank_code: str = ""
    correspondent_account: str = ""
    beneficiary_code: str = ""


class Representative(Struct, frozen=True):
    """The person who acts for a company, and by what right (articles of association, a proxy)."""

    name: str
    position: str = ""
    basis: str = ""


class ElectronicAddress(Struct, frozen=True):
    """Where e-documents reach a party: a scheme of the EAS code list (0088 GLN, EM e-mail) and a value."""

    scheme: str
    value: str


class Party(Struct, frozen=True):
    """One side of a document.

    `tax_id` is the national number (BIN, INN, EIN); `vat_number` is filled only for those who are
    registered for VAT; `tax_branch_code` is the KPP that Russia asks for.
    """

    legal_name: str
    address: PostalAddress
    tax_id: str = ""
    vat_number: str = ""
    tax_branch_code: str = ""
    trading_name: str = ""
    email: str = ""
    phone: str = ""
    bank: BankAccount | None = None
    representative: Representative | None = None
    electronic_address: ElectronicAddress | None = None
