"""Barcodes: numbers that can be checked, and symbols that can be drawn. Knows no database.

`gtin` validates and normalises, `retail` and `code128` and `quick_response` encode, `drawing` makes SVG and PNG, and
`labels` lays codes out on sheets and rolls.
"""
