"""Whose rows a transaction may touch."""

from uuid import UUID

from msgspec import Struct

from karavan.kit.tenancy import SYSTEM_ROLE


class Scope(Struct, frozen=True):
    """Whose rows a transaction may touch, and whether it may write any: the database refuses a write in one that reads."""

    organisation_id: UUID | None = None
    user_id: UUID | None = None
    system: bool = False
    reads_only: bool = False

    @property
    def opening(self) -> str:
        """The statements that open a transaction. Only UUIDs are interpolated, never text from outside."""
        statements = ["begin read only" if self.reads_only else "begin"]
        if self.organisation_id is not None:
            statements.append(f"set local karavan.org_id = '{_spelt(self.organisation_id)}'")
        if self.user_id is not None:
            statements.append(f"set local karavan.user_id = '{_spelt(self.user_id)}'")
        if self.system:
            statements.append(f"set local role {SYSTEM_ROLE}")
        return "; ".join(statements)


def _spelt(identifier: UUID) -> str:
    if not isinstance(identifier, UUID):
        raise TypeError("a scope is made of UUIDs")
    return str(identifier)


PUBLIC = Scope()
SYSTEM = Scope(system=True)
