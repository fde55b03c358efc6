"""Products from tables and into tables: what columns mean, and how rows are written by the thousand."""
