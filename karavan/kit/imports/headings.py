"""What people call the columns that tables of goods, of prices and of orders have in common: each list once.

A target adds what only it calls so: a quantity is stock in a list of goods, a step in a list of prices, and what is wanted in an
order.
"""

CODES = (
    "артикул", "арт", "sku", "код товара", "код", "article", "article number", "item number", "item no", "item code",
    "part number", "part no", "product code", "vendor code", "код номенклатуры", "каталожный номер",
    "номенклатурный номер", "артикул поставщика", "supplier sku", "арт №", "№ артикула", "style", "тауар коды",
    "тауар артикулы", "артикулы",
)  # fmt: skip

BARCODES = (
    "штрихкод", "штрих код", "barcode", "ean", "ean13", "ean 13", "gtin", "upc", "шк", "баркод", "штрих код товара",
    "штрихкоды", "штрих коды",
)  # fmt: skip

QUANTITIES = (
    "количество", "кол во", "колво", "кол", "колич", "quantity", "qty", "саны", "мөлшері",
)  # fmt: skip

STOCKS = (
    "остаток", "остатки", "stock", "in stock", "stock qty", "наличие", "в наличии", "на складе", "остаток на складе",
    "количество на складе", "доступно", "available", "available qty", "қалдық", "қоймада",
)  # fmt: skip

SMALLEST_ORDERS = (
    "мин заказ", "минимальный заказ", "min order", "min order qty", "moq", "minimum order", "min qty",
    "минимальная партия", "мин партия", "ең аз тапсырыс", "минимальное количество",
)  # fmt: skip

PACKS = (
    "в упаковке", "кол во в упаковке", "количество в упаковке", "упаковка", "pack size", "pack", "case size",
    "кратность", "units per pack", "шт в упаковке", "норма упаковки", "қаптамада", "қаптама", "в коробке", "pcs per box",
)  # fmt: skip
