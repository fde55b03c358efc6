"""Typing errors, found by deleting letters on both sides (SymSpell, Wolf Garbe 2012): no dictionary is walked through.

Two words are one or two edits apart if deleting as many letters from each can make them equal; so a word is kept with
everything that deletions can make of it, and what was typed is looked up by its own deletions.
"""

from functools import lru_cache
from itertools import combinations

PREFIX_LETTERS = 8
"""Deletions are made within so many letters: an error beyond them leaves the beginning alone, which is then found itself."""


def distance_allowed(word: str) -> int:
    """How many edits may lie between what was typed and what was meant: one from four letters on, two from eight."""
    return 2 if len(word) >= 8 else 1 if len(word) >= 4 else 0


@lru_cache(maxsize=16_384)
def deletions(word: str, distance: int | None = None) -> frozenset[str]:
    """The beginning of a word with up to `distance` letters left out, itself included."""
    wanted = distance_allowed(word) if distance is None else distance
    beginning = word[:PREFIX_LETTERS]
    made = {beginning}
    for count in range(1, wanted + 1):
        for left_out in combinations(range(len(beginning)), count):
            made.add(
                "".join(letter for place, letter in enumerate(beginning) if place not in left_out)
            )
    return frozenset(made)


def edits_between(first: str, second: str, limit: int) -> int | None:
    """How many letters were inserted, left out, changed or swapped with a neighbour; nothing when more than `limit`.

    The optimal string alignment distance (Damerau 1964, restricted), row by row.
    """
    if abs(len(first) - len(second)) > limit:
        return None
    before_last: list[int] = []
    last = list(range(len(second) + 1))
    for i, one in enumerate(first, 1):
        row = [i]
        for j, other in enumerate(second, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one != other))
            if i > 1 and j > 1 and one == second[j - 2] and first[i - 2] == other:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
        before_last, last = last, row
    return last[-1] if last[-1] <= limit else None
