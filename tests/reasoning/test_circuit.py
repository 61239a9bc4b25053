"""Circuits against brute force, on clauses that fall apart."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from fatesline.reasoning.circuit import Circuit, compiled

Clauses = Sequence[tuple[int, ...]]

VARIABLES = 7
#: Clauses of three on few variables: parts that cannot hold, and that no single literal shows to be so.
LITERALS = st.integers(1, VARIABLES).flatmap(lambda name: st.sampled_from([name, -name]))
CLAUSES = st.lists(st.lists(LITERALS, min_size=2, max_size=4, unique_by=abs).map(tuple), min_size=4, max_size=24)


def models(circuit: Circuit) -> int:
    """How many assignments a circuit stands for."""
    counts: list[int] = []
    for branches in circuit.nodes:
        counts.append(
            sum(2 ** len(branch.free) * math.prod(counts[node] for node in branch.nodes) for branch in branches)
        )
    return counts[-1]


def tried(clauses: Clauses, variables: int) -> int:
    """The same by trying every assignment."""
    return sum(
        all(any(values[abs(literal) - 1] == (literal > 0) for literal in clause) for clause in clauses)
        for values in itertools.product((False, True), repeat=variables)
    )


def test_a_part_beside_one_that_cannot_hold_is_not_asked_for() -> None:
    """Where 7 holds, the clauses on two names cannot; those on three others come later and are never compiled."""
    impossible = [(-7, *pattern) for pattern in itertools.product((1, -1), (2, -2))]
    others = [(-7, *pattern) for pattern in itertools.product((3, -3), (4, -4), (5, -5))][:-2]
    clauses = [*impossible, *others]

    assert models(compiled(clauses, VARIABLES, seconds=10.0)) == tried(clauses, VARIABLES) == 2**6


@settings(deadline=None, max_examples=300)
@given(CLAUSES)
def test_a_circuit_has_as_many_models_as_its_clauses(clauses: Clauses) -> None:
    assert models(compiled(clauses, VARIABLES, seconds=10.0)) == tried(clauses, VARIABLES)
