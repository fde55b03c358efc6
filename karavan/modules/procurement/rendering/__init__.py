"""Contracts on paper."""

from karavan.modules.procurement.rendering.contract_view import ContractView


def render_contract(view: ContractView) -> bytes:
    """The contract as a PDF; some tenths of a second, so call it in a thread."""
    # The library that draws takes a quarter of a second to import, which every start would otherwise wait for.
    from karavan.modules.procurement.rendering.contract_pdf import render_contract_pdf

    return render_contract_pdf(view)
