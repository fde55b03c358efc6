"""Demo data: five companies and their trade, loaded through the same API as real use."""
