"""What a buyer does with a request for quotation."""
