"""Demo data: five companies and their trade, loaded through the same actions as real use."""
