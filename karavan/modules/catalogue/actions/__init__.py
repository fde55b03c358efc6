"""What people do in the catalogue."""
