"""Trading links between organisations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import CURRENT_ORGANISATION, Policy, belongs_to, protect

revision = "0015"
down_revision = "0014"

_MOVED = (
    "state, version, updated_at, denial_reason, terms_version, price_list_id, price_list_name,"
    " currency, credit_limit_amount, payment_days, minimum_order_amount, delivery_days,"
    " representative_user_id, representative_name, decided_at, retry_at"
)


def upgrade() -> None:
    _invitations()
    _links()
    _terms()
    _moves()
    _notes()
    for statement in _policies():
        op.execute(statement)


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), nullable=False)


def _moment(name: str, *, now: bool = False, nullable: bool = False) -> sa.Column[object]:
    default = sa.func.now() if now else None
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=nullable)


def _agreed() -> list[sa.Column[object]]:
    return [
        sa.Column("price_list_id", sa.Uuid(), nullable=True),
        sa.Column("price_list_name", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("credit_limit_amount", sa.BigInteger(), nullable=True),
        sa.Column("payment_days", sa.BigInteger(), nullable=True),
        sa.Column("minimum_order_amount", sa.BigInteger(), nullable=True),
        sa.Column("delivery_days", sa.BigInteger(), nullable=True),
        sa.Column("representative_user_id", sa.Uuid(), nullable=True),
        sa.Column("representative_name", sa.String(), nullable=True),
    ]


def _invitations() -> None:
    op.create_table(
        "links_invitations",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("accepts_at_once", sa.Boolean(), nullable=False),
        sa.Column("terms", JSONB(), nullable=True),
        sa.Column("uses", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("uses_max", sa.BigInteger(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=False),
        _moment("created_at", now=True),
        _moment("expires_at"),
        _moment("revoked_at", nullable=True),
        _id(),
        sa.CheckConstraint(
            "uses >= 0 and (uses_max is null or uses <= uses_max)", name="ck_links_invitations_uses"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_links_invitations_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_links_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_links_invitations_token_hash"),
    )
    op.create_index(
        "ix_links_invitations_organisation_id",
        "links_invitations",
        ["organisation_id", "created_at"],
    )


def _links() -> None:
    op.create_table(
        "links_links",
        sa.Column("consumer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("consumer_organisation_name", sa.String(), nullable=False),
        sa.Column("supplier_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_organisation_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message", sa.String(), server_default="", nullable=False),
        sa.Column("denial_reason", sa.String(), nullable=True),
        sa.Column("terms_version", sa.BigInteger(), server_default="0", nullable=False),
        *_agreed(),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_by_name", sa.String(), nullable=False),
        _moment("expires_at"),
        _moment("decided_at", nullable=True),
        _moment("retry_at", nullable=True),
        _id(),
        _moment("created_at", now=True),
        _moment("updated_at", now=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "consumer_organisation_id <> supplier_organisation_id", name="ck_links_links_two_sides"
        ),
        sa.CheckConstraint("credit_limit_amount >= 0", name="ck_links_links_credit_limit"),
        *(
            sa.ForeignKeyConstraint(
                [column], ["organisations_organisations.id"], name=f"fk_links_links_{column}"
            )
            for column in ("consumer_organisation_id", "supplier_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["links_invitations.id"], name="fk_links_links_invitation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_links_links"),
    )
    # One live link for an ordered pair, whatever two requests do at once.
    op.create_index(
        "uq_links_links_live",
        "links_links",
        ["consumer_organisation_id", "supplier_organisation_id"],
        unique=True,
        postgresql_where=sa.text("state in ('pending', 'accepted', 'blocked')"),
    )
    for side in ("consumer", "supplier"):
        op.create_index(
            f"ix_links_links_{side}",
            "links_links",
            [f"{side}_organisation_id", "state", "created_at"],
        )
    op.create_index(
        "ix_links_links_expires_at",
        "links_links",
        ["expires_at"],
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_links_links_invitation_id", "links_links", ["invitation_id"])


def _sides() -> list[sa.Column[object]]:
    return [
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("consumer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_organisation_id", sa.Uuid(), nullable=False),
    ]


def _of_link(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["link_id"], ["links_links.id"], name=f"fk_{table}_link_id")


def _terms() -> None:
    op.create_table(
        "links_terms",
        *_sides(),
        sa.Column("number", sa.BigInteger(), nullable=False),
        *_agreed(),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_by_name", sa.String(), server_default="", nullable=False),
        _moment("created_at", now=True),
        _id(),
        _of_link("links_terms"),
        sa.PrimaryKeyConstraint("id", name="pk_links_terms"),
        sa.UniqueConstraint("link_id", "number", name="uq_links_terms_link_id_number"),
    )


def _moves() -> None:
    op.create_table(
        "links_moves",
        *_sides(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), server_default="", nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.clock_timestamp(),
            nullable=False,
        ),
        _id(),
        _of_link("links_moves"),
        sa.PrimaryKeyConstraint("id", name="pk_links_moves"),
    )
    op.create_index("ix_links_moves_link_id", "links_moves", ["link_id", "created_at"])


def _notes() -> None:
    op.create_table(
        "links_notes",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        _moment("created_at", now=True),
        _id(),
        _of_link("links_notes"),
        sa.PrimaryKeyConstraint("id", name="pk_links_notes"),
    )
    op.create_index("ix_links_notes_link_id", "links_notes", ["link_id", "created_at"])


def _policies() -> list[str]:
    consumer = f"consumer_organisation_id = {CURRENT_ORGANISATION}"

    # What belongs to a link is out of the consumer's sight while it is blocked. The look-up is by primary key.
    def unblocked(table: str) -> Policy:
        open_link = (
            f"exists (select 1 from links_links l where l.id = {table}.link_id"
            " and l.state <> 'blocked')"
        )
        return Policy("consumer", f"{consumer} and {open_link}", "select")

    return [
        *protect(
            "links_invitations",
            [belongs_to("organisation_id")],
            app="select, insert, update",
            system="select, insert, update",
        ),
        *protect(
            "links_links",
            [
                belongs_to("consumer_organisation_id", command="select"),
                belongs_to("supplier_organisation_id", command="select"),
                Policy("supplier", f"supplier_organisation_id = {CURRENT_ORGANISATION}", "update"),
                # A consumer asks, withdraws and leaves; nobody accepts themselves.
                Policy("asks", f"{consumer} and state = 'pending'", "insert"),
                Policy(
                    "consumer",
                    consumer,
                    "update",
                    check=f"{consumer} and state in ('pending', 'withdrawn', 'left')",
                ),
            ],
            # Who the sides are, and what was asked, nobody changes.
            app=f"select, insert, update ({_MOVED})",
            system="select, insert, update",
        ),
        *protect(
            "links_terms",
            [belongs_to("supplier_organisation_id"), unblocked("links_terms")],
            app="select, insert",
            system="select, insert",
        ),
        *protect(
            "links_moves",
            [
                belongs_to("supplier_organisation_id"),
                unblocked("links_moves"),
                Policy("consumer_writes", consumer, "insert"),
            ],
            app="select, insert",
            system="select, insert",
        ),
        *protect(
            "links_notes",
            [belongs_to("organisation_id")],
            app="select, insert",
            system="select, insert",
        ),
    ]
