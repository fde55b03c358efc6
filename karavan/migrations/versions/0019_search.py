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

TIERS, TIERS_IN_ORDER = 9, 2
IN_STOCK_QUALITY = 0.4995
ROWS_TOLD = 20
"""Far fewer than come: then the plan that is kept for the page's statement is told to be as cheap as one of its own for each
search, which would take as long to make as to run, and is kept."""

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
    # What is looked at for every candidate stands first: columns are found by walking past those before them.
    op.create_table(
        "catalogue_search",
        sa.Column("tier", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("name_length", sa.SmallInteger(), nullable=False),
        sa.Column("quality", sa.REAL(), nullable=False),
        sa.Column("rating", sa.REAL(), nullable=False),
        sa.Column("price_amount", sa.BigInteger(), nullable=False),
        sa.Column("published_at", _MOMENT, nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("facets", _TEXTS, nullable=False),
        sa.Column("lexemes", TSVECTOR(), nullable=False),
        sa.Column("words", _TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("product_id", name="pk_catalogue_search"),
    )
    op.create_table(
        "catalogue_search_tiers",
        sa.Column("tier", sa.SmallInteger(), nullable=False),
        sa.Column("quality_from", sa.REAL(), nullable=False),
        sa.PrimaryKeyConstraint("tier", name="pk_catalogue_search_tiers"),
    )


def _document_indexes() -> None:
    for tier in range(TIERS):
        # Without a list of pending entries, which every search would have to read from end to end.
        op.create_index(
            f"ix_catalogue_search_lexemes_{tier}",
            "catalogue_search",
            ["lexemes"],
            postgresql_using="gin",
            postgresql_where=sa.text(f"tier = {tier}"),
            postgresql_with={"fastupdate": "off"},
        )
    ordered: dict[str, list[Any]] = {
        "quality": [sa.text("quality desc"), "product_id"],
        "price": ["price_amount", "product_id"],
        "rating": [sa.text("rating desc"), "product_id"],
        "newest": [sa.text("published_at desc"), "product_id"],
        "category_price": ["category_id", "price_amount", "product_id"],
        "category_rating": ["category_id", sa.text("rating desc"), "product_id"],
        "category_newest": ["category_id", sa.text("published_at desc"), "product_id"],
        "organisation": ["organisation_id", "price_amount", "product_id"],
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
        *grant("catalogue_search_tiers", app="select"),
        *grant("catalogue_search_queue", app=""),
        *grant("catalogue_search_words", app="select"),
        *grant("catalogue_synonyms", app="select"),
    ]


_FOUND_COLUMNS = (
    "product_id, organisation_id, organisation_name, visibility, category_id, price_amount, currency, in_stock,"
    " quality, rating, published_at, facets"
)
_FOUND_TYPES = (
    "product_id uuid, organisation_id uuid, organisation_name varchar, visibility varchar, category_id uuid,"
    " price_amount bigint, currency varchar, in_stock boolean, quality real, rating real,"
    " published_at timestamptz, facets text[], inside boolean, score real"
)
_MATCHING_PARAMETERS = (
    "wanted tsquery, sought tsquery, ranked tsquery, pinned tsquery, price_currency text, price_min bigint,"
    " price_max bigint, any_price boolean, stocked boolean, at_most integer, at_least real"
)
_LINKED = """array(select l.supplier_organisation_id from links_links l
    where l.consumer_organisation_id = caller and l.state = 'accepted')"""
_SEEN = """(s.visibility in ('public', 'both') or s.organisation_id = caller
      or s.organisation_id = any(linked))"""

# What matches in one tier. A tier that lies below what is asked for is not opened; nor is one that comes after enough has
# been found, since what is appended is only asked for when it is needed. Only the first tiers are put into order before the
# best of them are taken: in others that would mean reading all that matches for the few that are still wanted.
_INSIDE = """(price_currency is null
      or s.currency = price_currency and s.price_amount between price_from and price_to)"""
_OF_TIER = f"""(
    select s.*, {_INSIDE} as inside from catalogue_search s
    where {{tier}} <= deepest and s.tier = {{tier}} and s.lexemes @@ one and {_SEEN}
      and s.quality >= lowest and (s.in_stock or not stocked) and (any_price or {_INSIDE})
    {{order}})"""
_BEST_OF_TIER = "order by s.quality desc, s.product_id limit at_most"


def _tiers() -> list[str]:
    return [
        _OF_TIER.format(tier=n, order=_BEST_OF_TIER if n < TIERS_IN_ORDER else "")
        for n in range(TIERS)
    ]


# How well the words stand in the product, better in its name than in its description; then what speaks for it anyway.
_SCORE = """
    case when not f.inside then 0 else (case when sought is null then 1 else
      (ts_rank('{0.05, 0.15, 0.4, 1.0}', f.lexemes, coalesce(ranked, sought))
        + 0.5 * ts_rank('{0.05, 0.15, 0.4, 1.0}', f.lexemes, sought)) / (1 + 0.03 * f.name_length)
    end * (1 + 0.4 * f.quality + case when f.organisation_id = any(linked) then 0.15 else 0 end)
    + case when pinned is not null and f.lexemes @@ pinned then 100 else 0 end) end::real"""

# One plan is kept for all searches: planning would take longer than most of them, and the tiers say what there is to know.
_MATCHING = f"""
create function catalogue_search_matching({_MATCHING_PARAMETERS})
returns table ({_FOUND_TYPES})
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set max_parallel_workers_per_gather = 0 set jit = off rows {ROWS_TOLD}
as $body$
#variable_conflict use_column
declare
  caller constant uuid := nullif(current_setting('karavan.org_id', true), '')::uuid;
  linked constant uuid[] := {_LINKED};
  -- What can be had now is never of less quality than this (`indexing.quality_of`).
  lowest constant real := greatest(at_least, case when stocked then {IN_STOCK_QUALITY} else 0 end);
  deepest constant integer := (select count(*) from catalogue_search_tiers t where t.quality_from > lowest);
  price_from constant bigint := coalesce(price_min, 0);
  price_to constant bigint := coalesce(price_max, {2**63 - 1});
  -- Columns say who may see what, and mostly that is everybody. Only what a visitor may see is worth asking the index for,
  -- should hardly anything be for everybody.
  asked constant tsquery := case when caller is null then coalesce(wanted && $$'@v'$$, $$'@v'$$)
    else coalesce(wanted, $$'@'$$) end;
  one tsquery;
begin
  foreach one in array case when pinned is null then array[asked]
    else array[asked && pinned, asked && !!pinned] end
  loop
    return query
    with found as (
      select * from (
        {{tiers}}
      ) opened limit at_most
    )
    select {_FOUND_COLUMNS}, f.inside, {_SCORE} from found f;
  end loop;
end
$body$
""".replace("{tiers}", " union all ".join(_tiers()))

_WALKED = f"""
create function catalogue_search_walked(filters jsonb, ordered text, at_most integer)
returns table ({_FOUND_TYPES})
language plpgsql stable security definer set search_path = public, pg_temp
set max_parallel_workers_per_gather = 0 set jit = off rows {ROWS_TOLD}
as $body$
declare
  caller constant uuid := nullif(current_setting('karavan.org_id', true), '')::uuid;
  linked constant uuid[] := {_LINKED};
  conditions text := $$ ({_SEEN.replace("caller", "$1").replace("linked", "$2")})$$;
  sorted constant text := case ordered
    when 'price' then 's.price_amount, s.product_id'
    when '-price' then 's.price_amount desc, s.product_id desc'
    when 'rating' then 's.rating desc, s.product_id'
    when 'newest' then 's.published_at desc, s.product_id'
    else 's.quality desc, s.product_id' end;
  walked text;
  choice jsonb;
begin
  if filters ? 'suppliers' then
    conditions := conditions || format(' and s.organisation_id = any(%L::uuid[])',
      array(select jsonb_array_elements_text(filters -> 'suppliers')));
  end if;
  if filters ? 'currency' then
    conditions := conditions || format(
      ' and s.currency = %L and s.price_amount between %L::bigint and %L::bigint', filters ->> 'currency',
      coalesce(filters ->> 'price_min', '0'), coalesce(filters ->> 'price_max', '{2**63 - 1}'));
  end if;
  if filters ? 'in_stock' then
    conditions := conditions || ' and s.in_stock';
  end if;
  for choice in select jsonb_array_elements(filters -> 'facets') loop
    conditions := conditions || format(' and s.facets && %L::text[]',
      array(select jsonb_array_elements_text(choice)));
  end loop;
  walked := format('select s.* from catalogue_search s where %s order by %s limit $3', conditions, sorted);
  if filters ? 'categories' then
    -- Each shelf of a branch has its own order; what comes first is among what comes first in each.
    walked := format($$select s.* from unnest(%L::uuid[]) shelf(id) cross join lateral (
      select s.* from catalogue_search s where s.category_id = shelf.id and %s order by %s limit $3) s
      order by %s limit $3$$,
      array(select jsonb_array_elements_text(filters -> 'categories')), conditions, sorted, sorted);
  end if;
  return query execute format('select {_FOUND_COLUMNS}, true, 1::real from (%s) f', walked)
  using caller, linked, at_most;
end
$body$
"""


def _functions() -> list[str]:
    """Which products match.

    A text match is not leak-proof, so under row-level security it is tried after the policies, and never by an index. These
    functions run as the tables' owner instead and say themselves what the caller may see. The caller's statement says it
    again of what they give, and reads what is shown under the policies.

    `catalogue_search_matching` gives the best by quality, tier by tier, of what matches words and marks; with `any_price`
    also what lies outside the chosen range of prices, unranked;
    `catalogue_search_walked` the first in another order, where there are no words and too many products to sort.
    """
    made = [_MATCHING, _WALKED]
    for signature in (
        "catalogue_search_matching(tsquery, tsquery, tsquery, tsquery, text, bigint, bigint, boolean, boolean, integer, real)",
        "catalogue_search_walked(jsonb, text, integer)",
    ):
        made += [
            f"revoke all on function {signature} from public",
            f"grant execute on function {signature} to {APP_ROLE}, {SYSTEM_ROLE}",
        ]
    return made
