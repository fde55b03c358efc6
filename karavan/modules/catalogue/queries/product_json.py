"""Parts of products as SQL builds them (docs/adr/0009). The alias `p` is the product everywhere."""

from karavan.kit.json_sql import moment
from karavan.modules.links.public import LINKED_SUPPLIERS


def number(column: str) -> str:
    """A quantity as every answer writes it: as text, exact, without zeros that say nothing."""
    return f"trim_scale({column})::text"


SHOWN = "p.state = 'published' and p.active and p.parent_id is null"
"""What stands in lists. The same words as in the indexes of lists."""

OFFERED = f"""p.state = 'published' and p.active and (
  p.visibility in ('public', 'both') or p.organisation_id = any({LINKED_SUPPLIERS}))"""
"""A buyer or a visitor may see it. Suppliers are looked up once per statement."""


def first_picture(product_id: str, reader: str) -> str:
    """SQL for the picture of a product as its supplier or somebody who may see it now has it; null otherwise.

    Args:
        product_id: SQL for the product.
        reader: SQL for the reader's organisation.
    """
    return f"""(select p.images -> 0 from catalogue_products p
      where p.id = {product_id} and (p.organisation_id = {reader} or {OFFERED}))"""


ORGANISATION = "json_build_object('id', p.organisation_id, 'name', p.organisation_name)"
PRICE = "json_build_object('amount', p.price_amount, 'currency', p.currency)"
RATING = "json_build_object('sum', p.rating_sum, 'count', p.rating_count)"
CATEGORY = """(select json_build_object('id', c.id, 'code', c.code, 'names', c.names)
  from catalogue_categories c where c.id = p.category_id)"""

SUMMARY = f"""json_build_object(
  'id', p.id, 'parent_id', p.parent_id, 'has_variants', p.has_variants,
  'variants_count', case when p.has_variants then
    (select count(*) from catalogue_products v where v.parent_id = p.id and v.state <> 'archived')
    else 0 end,
  'sku', p.sku, 'name', p.name, 'names', p.names, 'options', p.options, 'state', p.state,
  'active', p.active, 'visibility', p.visibility, 'category', {CATEGORY}, 'price', {PRICE},
  'tax_rate', {number("p.tax_rate")}, 'unit', p.unit, 'pack_size', {number("p.pack_size")},
  'minimum_order', {number("p.minimum_order")}, 'available', {number("p.available")},
  'barcode', p.barcode, 'image', p.images -> 0, 'rating', {RATING},
  'findings_count', jsonb_array_length(p.findings), 'version', p.version,
  'created_at', {moment("p.created_at")}, 'updated_at', {moment("p.updated_at")}
)"""
"""A row of the supplier's table."""

ITEM = f"""json_build_object(
  'id', p.id, 'organisation', {ORGANISATION}, 'sku', p.sku, 'name', p.name, 'names', p.names,
  'category_id', p.category_id, 'has_variants', p.has_variants, 'price', {PRICE}, 'your_tiers', null::json, 'unit', p.unit,
  'pack_size', {number("p.pack_size")}, 'minimum_order', {number("p.minimum_order")},
  'available', {number("p.available")}, 'image', p.images -> 0, 'rating', {RATING},
  'published_at', {moment("p.published_at")}
)"""
"""A row of a list for buyers."""

_VARIANTS = f"""coalesce((select json_agg(json_build_object(
    'id', v.id, 'sku', v.sku, 'options', v.options, 'state', v.state, 'active', v.active,
    'price', json_build_object('amount', v.price_amount, 'currency', v.currency),
    'available', {number("v.available")}, 'barcode', v.barcode, 'barcode_text', v.barcode_text,
    'weight_grams', v.weight_grams, 'picture_id', v.picture_id, 'version', v.version) order by v.position)
  from catalogue_products v where v.parent_id = p.id and v.state <> 'archived'
    and (p.organisation_id = $2::uuid or v.state = 'published' and v.active)), '[]'::json)"""

_OWN = f"""json_build_object(
  'findings', p.findings, 'rejection_reason', p.rejection_reason,
  'created_at', {moment("p.created_at")}, 'updated_at', {moment("p.updated_at")},
  'proposed_at', {moment("p.proposed_at")}, 'archived_at', {moment("p.archived_at")},
  'ordered', p.ordered_at is not null,
  'change_request_id', (select r.id from catalogue_change_requests r
    where r.product_id = p.id and r.state = 'proposed'),
  'on_hand', {number("coalesce(held.on_hand, 0)")}, 'allocated', {number("coalesce(held.allocated, 0)")})"""

PAGE = f"""
select json_build_object(
  'id', p.id, 'organisation', {ORGANISATION}, 'parent_id', p.parent_id,
  'has_variants', p.has_variants, 'axes', p.option_axes, 'options', p.options, 'sku', p.sku,
  'state', p.state, 'active', p.active, 'visibility', p.visibility, 'name', p.name,
  'names', p.names, 'descriptions', p.descriptions, 'category', {CATEGORY},
  'attributes', p.attributes, 'price', {PRICE}, 'tax_rate', {number("p.tax_rate")},
  'unit', p.unit, 'pack_size', {number("p.pack_size")},
  'minimum_order', {number("p.minimum_order")}, 'available', {number("p.available")},
  'weight_grams', p.weight_grams, 'length_mm', p.length_mm, 'width_mm', p.width_mm,
  'height_mm', p.height_mm, 'barcode', p.barcode, 'barcode_text', p.barcode_text,
  'country', p.country, 'images', p.images, 'rating', {RATING}, 'version', p.version,
  'published_at', {moment("p.published_at")},
  'variants', case when p.has_variants then {_VARIANTS} else '[]'::json end,
  'own', case when p.organisation_id = $2::uuid then (
    select {_OWN} from (select sum(l.on_hand) as on_hand, sum(l.allocated) as allocated
      from catalogue_stock_levels l join catalogue_products s on s.id = l.product_id
      where s.id = p.id or s.parent_id = p.id) held) end
)::text as body, p.organisation_id, p.state, p.parent_id
from catalogue_products p where p.id = $1 and (p.organisation_id = $2::uuid or {OFFERED})
"""
"""A product for whoever may see it: `$1` is the product, `$2` the reader's organisation or null."""
