"""Demo data: five companies and their trade, loaded through the same API as real use."""

from karavan.demo.loading import load_demo, throw_away

__all__ = ["load_demo", "throw_away"]
