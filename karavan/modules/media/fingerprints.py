"""How pictures that resemble one another are found by an index: in quarters of their fingerprints."""

DISTANCE_MAX = 6
"""Fingerprints that differ in at most so many of their 64 bits are of one picture, scaled or compressed anew."""

_BAND_BITS = 16
_BANDS = 64 // _BAND_BITS


def bands_of(number: int) -> list[int]:
    """The four quarters of a fingerprint, each with its place, as stored for the index."""
    unsigned = number % 2**64
    return [
        (place << _BAND_BITS) | (unsigned >> (place * _BAND_BITS)) & (2**_BAND_BITS - 1)
        for place in range(_BANDS)
    ]


def probes_of(number: int) -> list[int]:
    """Quarters of which every fingerprint within `DISTANCE_MAX` bits has one at least.

    Of seven differing bits or fewer, one of four quarters has one at most: so each quarter is asked for as it is and with
    each of its bits turned over.
    """
    return [
        probe
        for band in bands_of(number)
        for probe in (band, *(band ^ (1 << bit) for bit in range(_BAND_BITS)))
    ]
