"""Export of products as a table file."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.responses import StreamingResponse

from karavan.kit.authz import Actor, requires
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import database_of
from karavan.modules.catalogue.endpoints_products import wanted_products
from karavan.modules.catalogue.importing.exporting import ExportFormat, export_products
from karavan.modules.catalogue.permissions import PRODUCT_READ
from karavan.modules.catalogue.queries.products import ProductFilter

router = make_router("/products", "imports")

_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The table, one product or variant a row.",
        "content": {
            kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
            for kind in _TYPES.values()
        },
    }
}


@router.get("/export", response_class=StreamingResponse, responses=_FILE)
async def export_own_products(
    request: Request,
    actor: Annotated[Actor, requires(PRODUCT_READ)],
    wanted: Annotated[ProductFilter, Depends(wanted_products)],
    kind: Annotated[ExportFormat, Query(alias="format")] = ExportFormat.CSV,
) -> StreamingResponse:
    """Products of your own organisation with the columns that the import reads; filters as in the list."""
    return StreamingResponse(
        export_products(database_of(request), actor, wanted, kind),
        media_type=_TYPES[kind],
        headers={"content-disposition": f'attachment; filename="products.{kind.value}"'},
    )
