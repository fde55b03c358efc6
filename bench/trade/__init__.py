"""A market at size: suppliers' catalogues, links, prices, stock, the search index, and a year of orders; loaded by COPY."""
