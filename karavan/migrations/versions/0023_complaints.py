"""Complaints about orders, their history and evidence, and when suppliers work."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import CURRENT_ORGANISATION, Policy, belongs_to, protect

revision = "0023"
down_revision = "0022"

_RUNNING = "state in ('open', 'answered', 'escalated')"
_MOVED = (
    "state, version, updated_at, assignee_user_id, assignee_name, due_at, minutes_left, lapses_at, answered_at,"
    " answered_in_time, escalated_at, overdue_at, proposed_outcome, proposed_amount, outcome, outcome_amount,"
    " promised_by, promised_by_name, resolved_at, accepted_at, appealed_at, credited_amount, credit_note_id,"
    " credit_note_number"
)


def upgrade() -> None:
    _complaints()
    _moves()
    _evidence()
    _hours()
    seller = f"organisation_id = {CURRENT_ORGANISATION}"
    buyer = f"buyer_organisation_id = {CURRENT_ORGANISATION}"
    read = [
        belongs_to("organisation_id", command="select"),
        belongs_to("buyer_organisation_id", command="select"),
    ]
    # Complaints are opened by the system's role, inside the action that holds the order. A buyer answers nothing, and a
    # supplier withdraws nothing.
    updates = [
        Policy(
            "seller",
            seller,
            "update",
            check=f"{seller} and state <> 'withdrawn'",
        ),
        Policy("buyer", buyer, "update", check=f"{buyer} and state <> 'answered'"),
    ]
    note = Policy(
        "notes",
        f"({seller} and side = 'seller') or ({buyer} and side = 'buyer')",
        "insert",
    )
    # What the platform itself did for the supplier is told by the supplier's transaction.
    told = Policy("told", f"{seller} and side = 'system'", "insert")
    evidence = Policy(
        "evidence",
        f"({seller} and side = 'seller') or ({buyer} and side = 'buyer')",
        "insert",
    )
    for statement in [
        *protect(
            "support_complaints",
            [*read, *updates],
            app=f"select, update ({_MOVED})",
            system="select, insert, update",
        ),
        *protect(
            "support_complaint_moves",
            [*read, note, told],
            app="select, insert",
            system="select, insert",
        ),
        *protect(
            "support_evidence", [*read, evidence], app="select, insert", system="select, insert"
        ),
        *protect("support_business_hours", [belongs_to("organisation_id")]),
    ]:
        op.execute(statement)


def _moment(name: str, *, nullable: bool = True, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(
        name,
        sa.DateTime(timezone=True),
        nullable=nullable,
        server_default=sa.text(default) if default else None,
    )


def _complaints() -> None:
    op.create_table(
        "support_complaints",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_name", sa.String(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("line_sku", sa.String(), nullable=True),
        sa.Column("line_name", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("cost_amount", sa.BigInteger(), nullable=False),
        sa.Column("order_amount", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_by_name", sa.String(), server_default="", nullable=False),
        sa.Column("assignee_user_id", sa.Uuid(), nullable=True),
        sa.Column("assignee_name", sa.String(), nullable=True),
        sa.Column("manager_user_id", sa.Uuid(), nullable=True),
        sa.Column("manager_name", sa.String(), nullable=True),
        _moment("due_at"),
        sa.Column("minutes_left", sa.BigInteger(), nullable=True),
        _moment("lapses_at"),
        _moment("answered_at"),
        sa.Column("answered_in_time", sa.Boolean(), nullable=True),
        _moment("escalated_at"),
        _moment("overdue_at"),
        sa.Column("proposed_outcome", sa.String(), nullable=True),
        sa.Column("proposed_amount", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_amount", sa.BigInteger(), nullable=True),
        sa.Column("promised_by", sa.Uuid(), nullable=True),
        sa.Column("promised_by_name", sa.String(), nullable=True),
        _moment("resolved_at"),
        _moment("accepted_at"),
        _moment("appealed_at"),
        sa.Column("credited_amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("credit_note_id", sa.Uuid(), nullable=True),
        sa.Column("credit_note_number", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        _moment("created_at", nullable=False, default="now()"),
        _moment("updated_at", nullable=False, default="now()"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "cost_amount >= 0 and cost_amount <= order_amount", name="ck_support_complaints_cost"
        ),
        sa.CheckConstraint("credited_amount >= 0", name="ck_support_complaints_credited"),
        sa.CheckConstraint(
            "(outcome_amount is null or outcome_amount > 0)"
            " and (proposed_amount is null or proposed_amount > 0)",
            name="ck_support_complaints_amounts",
        ),
        sa.ForeignKeyConstraint(
            ["buyer_organisation_id"],
            ["organisations_organisations.id"],
            name="fk_support_complaints_buyer_organisation_id",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_support_complaints_organisation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_support_complaints"),
        sa.UniqueConstraint(
            "organisation_id", "number", name="uq_support_complaints_organisation_id_number"
        ),
    )
    for name, columns, unique, where in (
        ("uq_support_complaints_running_line", ["line_id"], True, _RUNNING),
        (
            "uq_support_complaints_running_order",
            ["order_id"],
            True,
            f"line_id is null and {_RUNNING}",
        ),
        ("ix_support_complaints_order_id", ["order_id"], False, None),
        ("ix_support_complaints_seller", ["organisation_id", "created_at", "id"], False, None),
        ("ix_support_complaints_buyer", ["buyer_organisation_id", "created_at", "id"], False, None),
        (
            "ix_support_complaints_due_at",
            ["due_at"],
            False,
            "due_at is not null and overdue_at is null",
        ),
        ("ix_support_complaints_lapses_at", ["lapses_at"], False, "lapses_at is not null"),
    ):
        op.create_index(
            name,
            "support_complaints",
            columns,
            unique=unique,
            postgresql_where=sa.text(where) if where else None,
        )


def _moves() -> None:
    op.create_table(
        "support_complaint_moves",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), server_default="", nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("facts", JSONB(), server_default="{}", nullable=False),
        _moment("created_at", nullable=False, default="clock_timestamp()"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["support_complaints.id"],
            name="fk_support_complaint_moves_complaint_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_support_complaint_moves"),
    )
    op.create_index(
        "ix_support_complaint_moves_complaint_id", "support_complaint_moves", ["complaint_id"]
    )


def _evidence() -> None:
    op.create_table(
        "support_evidence",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.String(), server_default="", nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("attachments", JSONB(), nullable=False),
        _moment("created_at", nullable=False, default="clock_timestamp()"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["support_complaints.id"],
            name="fk_support_evidence_complaint_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_support_evidence"),
    )
    op.create_index("ix_support_evidence_complaint_id", "support_evidence", ["complaint_id"])


def _hours() -> None:
    op.create_table(
        "support_business_hours",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("week", JSONB(), nullable=False),
        sa.Column("holidays", JSONB(), nullable=False),
        _moment("created_at", nullable=False, default="now()"),
        _moment("updated_at", nullable=False, default="now()"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_support_business_hours_organisation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_support_business_hours"),
    )
