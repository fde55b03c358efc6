"""E-mail addresses: what people write, and the form in which an address is unique."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from karavan.kit.errors import invalid


def normalise_email(text: str) -> str:
    """The address in the form we keep: NFKC, lower case, the domain in Unicode.

    Reserved domains are accepted: an installation inside a company may well use one.

    Raises:
        ValueError: it is no address.
    """
    from email_validator import EmailNotValidError, validate_email

    folded = unicodedata.normalize("NFKC", text).strip().lower()
    try:
        valid = validate_email(
            folded, check_deliverability=False, globally_deliverable=False, strict=True
        )
    except EmailNotValidError as error:
        raise ValueError("must be an e-mail address, such as name@example.org") from error
    if "." not in valid.domain:
        raise ValueError("must be an e-mail address with a full domain, such as name@example.org")
    return valid.normalized.lower()


def email_key(address: str) -> str:
    """The form in which an address is unique: case-folded, the domain in ASCII (IDNA).

    Args:
        address: an address that `normalise_email` has returned.
    """
    from email_validator import validate_email

    valid = validate_email(address, check_deliverability=False, globally_deliverable=False)
    return f"{unicodedata.normalize('NFKC', valid.local_part).casefold()}@{valid.ascii_domain}"


Email = Annotated[
    str,
    StringConstraints(min_length=3, max_length=254),
    AfterValidator(normalise_email),
    Field(json_schema_extra={"format": "email"}, examples=["aigerim@example.org"]),
]


def require_email(text: str, pointer: str = "#/email") -> str:
    """As `normalise_email`, refusing as a field of the request.

    Raises:
        ValidationError: it is no address.
    """
    try:
        return normalise_email(text)
    except ValueError as error:
        raise invalid(pointer, "email", str(error)) from error
