"""Complaints about orders: opened, answered in time, decided once more if need be, and carried out."""
