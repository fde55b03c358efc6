"""The stream of real-time events, and the job queue in a schema of its own."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import APP_ROLE, SYSTEM_ROLE, protect

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _realtime()
    _jobs()


def _realtime() -> None:
    op.create_table(
        "kit_realtime_events",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("user_id", sa.Uuid),
        sa.Column("topic", sa.String, nullable=False),
        sa.Column("payload", JSONB, nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_kit_realtime_events"),
    )
    op.create_index(
        "ix_kit_realtime_events_organisation_id_id",
        "kit_realtime_events",
        ["organisation_id", "id"],
    )
    op.create_index(
        "ix_kit_realtime_events_personal",
        "kit_realtime_events",
        ["user_id", "id"],
        postgresql_where=sa.text("organisation_id is null"),
    )
    # Requests publish to other organisations (a message has two sides) and read nothing: both roles publish by
    # the function, and only the system role reads the rows.
    for statement in protect("kit_realtime_events", [], app="", system="select, delete"):
        op.execute(statement)
    op.execute(
        """
        create function kit_publish(organisations uuid[], people uuid[], topics text[], payloads text[])
        returns void language plpgsql security definer set search_path = public, pg_temp as $$
        begin
          -- Taken before a number is drawn and held until the commit is visible: numbers appear in order.
          perform pg_advisory_xact_lock(7022301, 1);
          insert into kit_realtime_events (organisation_id, user_id, topic, payload)
          select organisation, person, topic, payload::jsonb
            from unnest(organisations, people, topics, payloads)
                 with ordinality as given (organisation, person, topic, payload, place)
           order by place;
          perform pg_notify('karavan_realtime', '');
        end $$
        """
    )
    op.execute("revoke execute on function kit_publish from public")
    op.execute(f"grant execute on function kit_publish to {APP_ROLE}, {SYSTEM_ROLE}")


_ENQUEUE = """
create function jobs.enqueue(
  task text, queue text, arguments jsonb, run_at timestamptz, lock text, queueing_lock text, priority integer
) returns bigint language plpgsql security definer set search_path = jobs, pg_temp as $$
declare
  job procrastinate_job_to_defer_v1 :=
    row(queue, task, priority, lock, queueing_lock, arguments, run_at)::procrastinate_job_to_defer_v1;
begin
  if queueing_lock is null then
    return (procrastinate_defer_jobs_v1(array[job]))[1];
  end if;
  -- Only this case pays for a subtransaction.
  begin
    return (procrastinate_defer_jobs_v1(array[job]))[1];
  exception when unique_violation then
    return null;
  end;
end $$
"""

# The queue's functions name their tables without a schema; pinned here, they work from any search path.
_PIN_SEARCH_PATHS = """
do $$ declare routine regprocedure; begin
  for routine in select oid::regprocedure from pg_proc where pronamespace = 'jobs'::regnamespace loop
    execute format('alter function %s set search_path = jobs, pg_temp', routine);
  end loop;
end $$
"""


def _jobs() -> None:
    connection = op.get_bind()
    op.execute("create schema jobs")
    op.execute("set local search_path = jobs")
    connection.exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    op.execute("set local search_path = public")
    op.execute(_PIN_SEARCH_PATHS)
    # One NOTIFY for each job would halve the rate of commits; the waker of the process sends one for many.
    op.execute(
        "drop trigger procrastinate_jobs_notify_queue_job_inserted_v1 on jobs.procrastinate_jobs"
    )
    op.execute("create index failed_jobs on jobs.procrastinate_jobs (id) where status = 'failed'")
    op.execute(
        """
        create table jobs.failures (
          job_id bigint primary key references jobs.procrastinate_jobs on delete cascade,
          attempts integer not null,
          error text not null,
          failed_at timestamptz not null default clock_timestamp()
        )
        """
    )
    op.execute(_ENQUEUE)
    op.execute("revoke execute on all functions in schema jobs from public")
    op.execute(f"grant usage on schema jobs to {APP_ROLE}, {SYSTEM_ROLE}")
    op.execute(f"grant execute on function jobs.enqueue to {APP_ROLE}")
    op.execute(f"grant execute on all functions in schema jobs to {SYSTEM_ROLE}")
    op.execute(
        f"grant select, insert, update, delete on all tables in schema jobs to {SYSTEM_ROLE}"
    )
    op.execute(f"grant usage on all sequences in schema jobs to {SYSTEM_ROLE}")
