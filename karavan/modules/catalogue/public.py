"""What other modules may use of the catalogue."""
