"""What an import tells of the pictures that its rows have named."""

from uuid import UUID

from pydantic import Field

from karavan.kit.schemas import View


class RefusedPicture(View):
    """A picture that could not be fetched or is none."""

    product_id: UUID
    sku: str
    name: str = Field(description="Its address, or its name in the archive.")
    code: str = Field(description="Why, such as `type`, `damaged`, `private` or `unreachable`.")


class ImportPictures(View):
    """What became of the pictures of an import; they are fetched after their products were written."""

    waiting: int
    stored: int
    failed: int
    failures: list[RefusedPicture] = Field(description="The first of them.")
