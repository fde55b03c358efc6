"""conversations tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import CURRENT_ORGANISATION, Policy, belongs_to, protect

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _threads()
    _participants()
    _messages()
    _read_marks()
    for statement in _policies():
        op.execute(statement)


def _threads() -> None:
    op.create_table(
        "conversations_threads",
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("parties", JSONB(), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations_threads"),
        sa.UniqueConstraint(
            "subject_type", "subject_id", name="uq_conversations_threads_subject_type_subject_id"
        ),
    )


def _participants() -> None:
    op.create_table(
        "conversations_participants",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "joined_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["conversations_threads.id"],
            name="fk_conversations_participants_thread_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations_organisations.id"],
            name="fk_conversations_participants_organisation_id",
        ),
        sa.PrimaryKeyConstraint(
            "thread_id", "organisation_id", name="pk_conversations_participants"
        ),
    )
    op.create_index(
        "ix_conversations_participants_organisation_id",
        "conversations_participants",
        ["organisation_id"],
    )


def _messages() -> None:
    op.create_table(
        "conversations_messages",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("author_user_id", sa.Uuid(), nullable=True),
        sa.Column("author_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.String(), server_default="", nullable=False),
        sa.Column("body", sa.String(), server_default="", nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("params", JSONB(), server_default="{}", nullable=False),
        sa.Column("attachments", JSONB(), server_default="[]", nullable=False),
        sa.Column("client_id", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.clock_timestamp(),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["conversations_threads.id"],
            name="fk_conversations_messages_thread_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversations_messages"),
        sa.UniqueConstraint(
            "thread_id", "sequence", name="uq_conversations_messages_thread_id_sequence"
        ),
        sa.UniqueConstraint(
            "author_user_id", "client_id", name="uq_conversations_messages_author_user_id_client_id"
        ),
    )


def _read_marks() -> None:
    op.create_table(
        "conversations_read_marks",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("last_read_sequence", sa.BigInteger(), nullable=False),
        sa.Column(
            "read_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["conversations_threads.id"],
            name="fk_conversations_read_marks_thread_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "thread_id", "user_id", "organisation_id", name="pk_conversations_read_marks"
        ),
    )


def _policies() -> list[str]:
    def takes_part(column: str) -> str:
        return (
            "exists (select 1 from conversations_participants p"
            f" where p.thread_id = {column} and p.organisation_id = {CURRENT_ORGANISATION})"
        )

    in_messages = takes_part("conversations_messages.thread_id")
    in_marks = takes_part("conversations_read_marks.thread_id")
    said_by_us = (
        f"(author_organisation_id is null or author_organisation_id = {CURRENT_ORGANISATION})"
    )
    own_mark = f"organisation_id = {CURRENT_ORGANISATION} and {in_marks}"
    return [
        *protect(
            "conversations_threads",
            [
                Policy("reads", takes_part("conversations_threads.id"), "select"),
                Policy("counts", takes_part("conversations_threads.id"), "update"),
            ],
            app="select, update",
        ),
        *protect(
            "conversations_participants",
            [belongs_to("organisation_id", command="select")],
            app="select",
        ),
        *protect(
            "conversations_messages",
            [
                Policy("reads", in_messages, "select"),
                Policy("says", f"{said_by_us} and {in_messages}", "insert"),
            ],
            app="select, insert",
        ),
        *protect(
            "conversations_read_marks",
            [
                Policy("reads", in_marks, "select"),
                Policy("marks", own_mark, "insert"),
                Policy("moves", own_mark, "update"),
            ],
            app="select, insert, update",
        ),
    ]
