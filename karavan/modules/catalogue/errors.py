"""Refusals of the catalogue."""

from http import HTTPStatus

from karavan.kit.errors import DomainError


class CategoryCodeTakenError(DomainError):
    """Addresses, imports and translations find a category by its code."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.category_code_taken"
    title = "Another category has this code."


class CategoryCycleError(DomainError):
    """A branch cannot hang from itself."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.category_cycle"
    title = "A category cannot be moved into itself or below itself."


class CategoryNotEmptyError(DomainError):
    """What is filed under a category, or below it, would be lost with it."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.category_not_empty"
    title = "This category is not empty. Archive it and say where its products go."


class CategoryArchivedError(DomainError):
    """Nothing new is filed under an archived category."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.category_archived"
    title = "This category is archived."


class AttributeTypeError(DomainError):
    """Values that were filled in above or below would no longer fit."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.attribute_type"
    title = "An inherited attribute keeps its type and its unit."
