"""What is for sale: categories, products, stock, prices, search."""
