"""Invoices on paper and as UBL."""

from karavan.modules.invoicing.rendering.view import InvoiceView


def render_invoice(view: InvoiceView) -> bytes:
    """The invoice or credit note as a PDF; some tenths of a second, so call it in a thread."""
    # The library that draws takes a quarter of a second to import, which every start would otherwise wait for.
    from karavan.modules.invoicing.rendering.pdf import render_invoice_pdf

    return render_invoice_pdf(view)
