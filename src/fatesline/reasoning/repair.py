"""What to give up so that the rest fits: every minimal way, cheapest first."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence

#: Gives contradictory positions among the given ones, or None if these fit together.
Clash = Callable[[Sequence[int]], Sequence[int] | None]


def cheapest_hitting(prices: Sequence[int], clash_among: Clash) -> Iterator[tuple[int, ...]]:
    """Minimal sets of positions whose removal leaves no contradiction, cheapest first.

    Parameters
    ----------
    prices : sequence of int
        Positive, one per position.
    clash_among : callable
        The oracle.

    Yields
    ------
    tuple of int
        Rising positions; by price, then by number, then by position.

    Notes
    -----
    A hitting-set tree (Reiter 1987) walked by uniform cost. Prices are positive, so a set is only reached after all
    its subsets, and every set of one price waits in the queue before the first of them is looked at: the order does
    not depend on which contradictions the oracle names.
    """
    if any(price <= 0 for price in prices):
        raise ValueError("prices must be positive")
    clashes: list[frozenset[int]] = []
    found: list[frozenset[int]] = []
    queue: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    reached: set[tuple[int, ...]] = {()}
    while queue:
        price, _, given_up = heapq.heappop(queue)
        gone = frozenset(given_up)
        if any(smaller <= gone for smaller in found):
            continue
        clash = next((known for known in clashes if not known & gone), None)
        if clash is None:
            named = clash_among([at for at in range(len(prices)) if at not in gone])
            if named is None:
                found.append(gone)
                yield given_up
                continue
            clash = frozenset(named)
            if not clash:
                return
            clashes.append(clash)
        for at in sorted(clash):
            longer = tuple(sorted((*given_up, at)))
            if longer not in reached:
                reached.add(longer)
                heapq.heappush(queue, (price + prices[at], len(longer), longer))
