"""Small parts that the SQL-built answers of procurement share."""

VISIBLE_REQUEST = """(r.organisation_id = $2
  or r.visibility = 'public' and r.published_at is not null
  or exists (select 1 from procurement_invitations i where i.request_id = r.id and i.organisation_id = $2))"""
"""The request `r` may be read by the organisation `$2`; its policies say the same."""
