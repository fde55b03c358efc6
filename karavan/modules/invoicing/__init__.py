"""Invoices and credit notes: numbers, money due, paper and XML."""
