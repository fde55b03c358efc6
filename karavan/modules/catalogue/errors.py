"""Refusals of the catalogue."""

from http import HTTPStatus

from karavan.kit.errors import DomainError, FieldError, ValidationError


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


class AttributeLeftBehindError(DomainError):
    """What products have said stays with them, and must not come to mean another thing."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.attribute_left_behind"
    title = "Products still have values of this attribute from when it had another type or unit. Take another code."


class OptionInUseError(DomainError):
    """A value that is no option any more would be shown and filtered by under its code: `meta` says which, and of how many."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.option_in_use"
    title = "Products still have an option that would go. Give them another one first."


class SkuTakenError(DomainError):
    """A supplier's goods are told apart by their SKUs, archived ones too."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.sku_taken"
    title = "Another of your products has this SKU."


STEP_NOUGHT = "A price list asks for more than nought. Agree on a free sample in a quote."


class PriceNoughtError(ValidationError):
    """A price of nought stands for one that nobody has given yet: what buyers see has one."""

    code = "catalogue.price_nought"
    title = "Buyers see this product: give a price above nought."

    def __init__(self) -> None:
        error = FieldError(pointer="#/price", code="required", detail=self.title)
        super().__init__(self.title, errors=[error])


class ProductArchivedError(DomainError):
    """What is archived stays as it was, for the orders that name it."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.product_archived"
    title = "This product is archived and cannot be changed."


class ProductIncompleteError(DomainError):
    """A product is proposed whole."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.product_incomplete"
    title = "The product lacks something that buyers need."


class NotAVariantError(DomainError):
    """Variants have no variants, and only a head has them."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.not_a_variant"
    title = "A variant belongs to one family and has no variants of its own."


class HeadNotSoldError(DomainError):
    """Stock and price of a family are those of its variants."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.head_not_sold"
    title = "This product has variants: change the price or the stock of a variant."


class OutOfStockError(DomainError):
    """Less is there than was asked for; `meta.products` names each product that is short."""

    status = HTTPStatus.CONFLICT
    code = "order.out_of_stock"
    title = "There is not enough in stock."


class NotAllocatedError(DomainError):
    """An order cannot ship or give back what it does not hold."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.not_allocated"
    title = "The order does not hold these quantities."


class StockPromisedError(DomainError):
    """What orders have been promised cannot be counted away."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.stock_promised"
    title = "Less than orders have been promised cannot be on hand."


class LocationInUseError(DomainError):
    """Goods lie there."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.location_in_use"
    title = "This place still holds goods."


class LocationNameTakenError(DomainError):
    """Places are chosen by their names."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.location_name_taken"
    title = "You already have a place of this name."


class ProductOrderedError(DomainError):
    """What has been sold or lies in stock as one thing cannot become a family of things."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.product_ordered"
    title = "This product has been sold or is in stock. Start a new one with variants."


class BarcodeAssignedError(DomainError):
    """A code that may stand on packages is not replaced by accident."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.barcode_assigned"
    title = "This product already has an EAN or UPC. Take it away first."


class BarcodesUsedUpError(DomainError):
    """A supplier counts their own codes once, from the first to the last."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.barcodes_used_up"
    title = "Your range of own codes is used up."


class BarcodeTakenError(DomainError):
    """A scan stands for one product of a supplier: `meta.product` names the other one."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.barcode_taken"
    title = "Another of your products has this EAN or UPC."


class NoBarcodeError(DomainError):
    """An EAN cannot be drawn of a product that has none."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.no_barcode"
    title = "This product has no EAN or UPC. Assign one, or choose another kind of code."


class PriceListNameTakenError(DomainError):
    """Lists are chosen by their names."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.price_list_name_taken"
    title = "You already have a price list of this name."


class CustomerGroupNameTakenError(DomainError):
    """Groups are chosen by their names."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.customer_group_name_taken"
    title = "You already have a group of this name."


class MorePiecesDearerError(DomainError):
    """Some buyer would pay more for each piece by buying more; `meta.rows` names products, quantities and lists."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.more_pieces_dearer"
    title = "Some buyers would pay more for each piece by buying more."


class AlreadyAssignedError(DomainError):
    """Once is enough."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.already_assigned"
    title = "The price list is already for them."


class PriceListInUseError(DomainError):
    """Terms of trading links name the list: `meta.links` counts them."""

    status = HTTPStatus.CONFLICT
    code = "catalogue.price_list_in_use"
    title = "Trading links name this price list in their terms. Change those first, or switch the list off."


class NotBoughtError(DomainError):
    """Reviews come from those who have had the product."""

    status = HTTPStatus.CONFLICT
    code = "reviews.not_bought"
    title = "Only buyers with a completed order of this product can review it."


class AlreadyReviewedError(DomainError):
    """One review for a buyer and a product: `meta.review_id` names it."""

    status = HTTPStatus.CONFLICT
    code = "reviews.already_reviewed"
    title = "Your organisation has reviewed this product. Change that review instead."


class AlreadyReportedError(DomainError):
    """Once is enough."""

    status = HTTPStatus.CONFLICT
    code = "reviews.already_reported"
    title = "Your organisation has reported this review already."


class WishlistFullError(DomainError):
    """A list that nobody can look through any more."""

    status = HTTPStatus.CONFLICT
    code = "wishlist.full"
    title = "The wishlist is full. Take something off it first."
