"""Business documents: their arithmetic, their words and their look on paper.

Nothing here knows what an invoice or a contract is; modules bring their own frozen description of a
document and lay it out with `page.DocumentPdf`. See `docs/subsystems/documents.md`.
"""
