"""What a search looks through."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from karavan.kit.tenancy import (
    APP_ROLE,
    CURRENT_ORGANISATION,
    SYSTEM_ROLE,
    Policy,
    belongs_to,
    grant,
    protect,
)
from karavan.modules.catalogue.public import load_trade_synonyms

revision = "0019"
down_revision = "0018"

_MOMENT = sa.DateTime(timezone=True)
_TEXTS = ARRAY(sa.Text())

# Evaluated once per statement, by an index of the links.
LINKED_SUPPLIERS = (
    "array(select l.supplier_organisation_id from links_links l"
    f" where l.consumer_organisation_id = {CURRENT_ORGANISATION} and l.state = 'accepted')"
)


def upgrade() -> None:
    _documents()
    _document_indexes()
    _queue()
    _words()
    _synonyms()
    for statement in [*_policies(), *_functions()]:
        op.execute(statement)
    load_trade_synonyms(op.get_bind())


def _documents() -> None:
    op.create_table(
        "catalogue_search",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("price_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.REAL(), nullable=False),
        sa.Column("published_at", _MOMENT, nullable=False),
        sa.Column("quality", sa.REAL(), nullable=False),
        sa.Column("name_length", sa.SmallInteger(), nullable=False),
        sa.Column("facets", _TEXTS, nullable=False),
        sa.Column("words", _TEXTS, nullable=False),
        sa.Column("lexemes", TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", name="pk_catalogue_search"),
    )
    # Words of a million products differ widely in how common they are, and the planner chooses the way by that.
    op.execute("alter table catalogue_search alter column lexemes set statistics 1000")


def _document_indexes() -> None:
    for name in ("lexemes", "facets"):
        op.create_index(
            f"ix_catalogue_search_{name}", "catalogue_search", [name], postgresql_using="gin"
        )
    ordered: dict[str, list[Any]] = {
        "quality": [sa.text("quality desc"), "product_id"],
        "price": ["price_amount", "product_id"],
        "rating": [sa.text("rating desc"), "product_id"],
        "newest": [sa.text("published_at desc"), "product_id"],
        "category": ["category_id", sa.text("quality desc")],
        "organisation": ["organisation_id", sa.text("quality desc")],
    }
    for name, columns in ordered.items():
        op.create_index(f"ix_catalogue_search_{name}", "catalogue_search", columns)


def _queue() -> None:
    op.create_table(
        "catalogue_search_queue",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column(
            "queued_at", _MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("product_id", name="pk_catalogue_search_queue"),
    )
    op.create_index("ix_catalogue_search_queue_queued_at", "catalogue_search_queue", ["queued_at"])


def _words() -> None:
    op.create_table(
        "catalogue_search_words",
        sa.Column("word", sa.Text(collation="C"), nullable=False),
        sa.Column("lexeme", sa.String(), nullable=False),
        sa.Column("skeleton", sa.Text(collation="C"), nullable=False),
        sa.Column("frequency", sa.BigInteger(), nullable=False),
        sa.Column("deletions", _TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_catalogue_search_words"),
    )
    for name in ("lexeme", "skeleton"):
        op.create_index(f"ix_catalogue_search_words_{name}", "catalogue_search_words", [name])
    op.create_index(
        "ix_catalogue_search_words_deletions",
        "catalogue_search_words",
        ["deletions"],
        postgresql_using="gin",
    )


def _synonyms() -> None:
    op.create_table(
        "catalogue_synonyms",
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("terms", _TEXTS, nullable=False),
        sa.Column("replacements", _TEXTS, server_default="{}", nullable=False),
        sa.Column("keys", _TEXTS, nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _MOMENT, server_default=sa.func.now(), nullable=False),
        sa.Column("updated_at", _MOMENT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("language in ('en', 'ru', 'kk')", name="ck_catalogue_synonyms_language"),
        sa.CheckConstraint("cardinality(terms) > 0", name="ck_catalogue_synonyms_terms"),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_synonyms"),
    )
    op.create_index(
        "ix_catalogue_synonyms_keys", "catalogue_synonyms", ["keys"], postgresql_using="gin"
    )
    op.create_index(
        "ix_catalogue_synonyms_language", "catalogue_synonyms", ["language", "created_at", "id"]
    )


def _policies() -> list[str]:
    return [
        *protect(
            "catalogue_search",
            [
                belongs_to("organisation_id", command="select"),
                Policy("public", "visibility in ('public', 'both')", "select"),
                Policy(
                    "linked",
                    f"visibility in ('linked', 'both') and organisation_id = any({LINKED_SUPPLIERS})",
                    "select",
                ),
            ],
            app="select",
        ),
        *grant("catalogue_search_queue", app=""),
        *grant("catalogue_search_words", app="select"),
        *grant("catalogue_synonyms", app="select"),
    ]


_MATCHING = """
create function {signature}
returns table (product_id uuid, score real)
language plpgsql stable security definer set search_path = public, pg_temp rows 500 as $body$
declare
  caller uuid := nullif(current_setting('karavan.org_id', true), '')::uuid;
  linked uuid[] := array(select l.supplier_organisation_id from links_links l
    where l.consumer_organisation_id = caller and l.state = 'accepted');
  visible text := 's.visibility in (''public'', ''both'')';
  conditions text := '';
  choice jsonb;
begin
  if caller is not null then
    visible := format('(%s or s.organisation_id = %L', visible, caller);
    if cardinality(linked) > 0 then
      visible := format('%s or s.visibility = ''linked'' and s.organisation_id = any(%L::uuid[])',
        visible, linked);
    end if;
    visible := visible || ')';
  end if;
  if wanted is not null then
    conditions := format(' and s.lexemes @@ %L::tsquery', wanted);
  end if;
  if filters ? 'categories' then
    conditions := conditions || format(' and s.category_id = any(%L::uuid[])',
      array(select jsonb_array_elements_text(filters -> 'categories')));
  end if;
  if filters ? 'suppliers' then
    conditions := conditions || format(' and s.organisation_id = any(%L::uuid[])',
      array(select jsonb_array_elements_text(filters -> 'suppliers')));
  end if;
  if filters ? 'currency' then
    conditions := conditions || format(' and s.currency = %L', filters ->> 'currency');
  end if;
  if filters ? 'price_min' then
    conditions := conditions || format(' and s.price_amount >= %L::bigint', filters ->> 'price_min');
  end if;
  if filters ? 'price_max' then
    conditions := conditions || format(' and s.price_amount <= %L::bigint', filters ->> 'price_max');
  end if;
  if filters ? 'in_stock' then
    conditions := conditions || ' and s.in_stock';
  end if;
  if filters ? 'facets' then
    for choice in select jsonb_array_elements(filters -> 'facets') loop
      conditions := conditions || format(' and s.facets && %L::text[]',
        array(select jsonb_array_elements_text(choice)));
    end loop;
  end if;
  return query execute format($statement$
    select f.product_id, ({score})::real
    from (select s.* from catalogue_search s where %s%s order by %s limit $1) f
  $statement$, visible, conditions, case ordered
    when 'price' then 's.price_amount, s.product_id'
    when '-price' then 's.price_amount desc, s.product_id desc'
    when 'rating' then 's.rating desc, s.product_id'
    when 'newest' then 's.published_at desc, s.product_id'
    else 's.quality desc, s.product_id' end)
  using at_most, coalesce(ranked, wanted), pinned, linked, wanted;
end
$body$
"""

# How well the words stand in the product, better in its name than in its description; then what speaks for it anyway.
_SCORE = """
  case when $5 is null then 1 else
    (ts_rank('{0.05, 0.15, 0.4, 1.0}', f.lexemes, $2)
      + 0.5 * ts_rank('{0.05, 0.15, 0.4, 1.0}', f.lexemes, $5)) / (1 + 0.03 * f.name_length)
  end * (1 + 0.4 * f.quality
    + case when f.organisation_id = any($4) then 0.15 else 0 end)
  + case when $3 is not null and f.lexemes @@ $3 then 100 else 0 end
"""


def _functions() -> list[str]:
    """Which products match, by the index of their words.

    A text match is not leak-proof, so under row-level security it is tried after the policies, and never by an index. This
    function runs as the tables' owner instead: it says itself what the caller may see, and gives away identifiers alone,
    which the caller's own statement looks up under the policies. Conditions are written out, so that the planner knows
    how common each word and value is and chooses between the index of words and a walk in the wanted order.
    """
    signature = (
        "catalogue_search_matching(wanted tsquery, ranked tsquery, pinned tsquery, filters jsonb,"
        " ordered text, at_most integer)"
    )
    return [
        _MATCHING.replace("{signature}", signature).replace("{score}", _SCORE),
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to {APP_ROLE}, {SYSTEM_ROLE}",
    ]
