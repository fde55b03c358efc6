"""Carts and orders, from the first line to the last delivery."""
