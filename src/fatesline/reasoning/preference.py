"""The best total configuration: least cost and fewest broken preferences, always the same one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from fatesline.reasoning.encoding import Encoding, bits
from fatesline.reasoning.normal_form import Clause, ClauseWriter
from fatesline.reasoning.solutions import Forced


def cheapest(
    encoding: Encoding, forced: Forced, costs: Mapping[str, int], missing: Mapping[str, int] | None = None
) -> frozenset[str]:
    """The features of the best solution.

    Parameters
    ----------
    encoding : Encoding
    forced : Forced
        What the configuration forces; it must be consistent.
    costs : mapping of str to int
        Cost of choosing a feature, not negative; 1 for a concrete and 0 for an abstract feature that is not named.
    missing : mapping of str to int
        Cost of leaving a feature out, not negative; 0 for one that is not named.

    Notes
    -----
    Minimises the sum of costs and of the weights of violated preferences; among equals, the number of features; among
    equals still, takes the feature that comes first in the model.
    """
    model = encoding.model
    open_variables = [at for at in range(1, encoding.features + 1) if not (forced.true | forced.false) >> at & 1]
    chosen = set(bits(forced.true))
    if open_variables:
        chosen.update(_optimum(encoding, forced, open_variables, costs, missing or {}))
    return frozenset(model.features[at - 1].id for at in chosen)


def _optimum(
    encoding: Encoding,
    forced: Forced,
    open_variables: list[int],
    costs: Mapping[str, int],
    missing: Mapping[str, int],
) -> list[int]:
    model = encoding.model
    # One more feature must weigh less than one unit of cost.
    unit = len(open_variables) + 1
    problem = WCNF()
    for clause in _left_over(encoding.clauses, forced):
        problem.append(clause)
    for variable in open_variables:
        feature = model.features[variable - 1]
        cost = costs.get(feature.id, 0 if feature.abstract else 1)
        # Choosing weighs this much more than leaving out, or this much less.
        weight = (cost - missing.get(feature.id, 0)) * unit + 1
        problem.append([-variable if weight > 0 else variable], weight=abs(weight))
    variables = encoding.variables

    def new_variable() -> int:
        nonlocal variables
        variables += 1
        return variables

    writer = ClauseWriter(encoding.number, new_variable)
    for constraint in model.constraints:
        if constraint.level == "preference":
            written = _left_over(writer.clauses(constraint.formula), forced)
            if written:
                broken = new_variable()
                for clause in written:
                    problem.append([*clause, broken])
                problem.append([-broken], weight=constraint.weight * unit)
    with RC2(problem, solver="m22") as search:
        if search.compute() is None:
            raise ValueError("the configuration is contradictory")
        return _first_by_order(search, open_variables)


def _first_by_order(search: RC2, open_variables: Sequence[int]) -> list[int]:
    """Of all best solutions the one that chooses what comes first in the model.

    The assumptions under which the search ended are met by exactly the best solutions (Morgado et al. 2014).
    """
    oracle = search.oracle
    # The search is over, so the solver may be narrowed down for good; long lists of assumptions would be slow.
    for literal in (*search.sels, *search.sums):
        oracle.add_clause([literal])
    inner = [search.vmap.e2i.get(variable) for variable in open_variables]
    oracle.set_phases([name for name in inner if name is not None])
    oracle.solve()
    model = oracle.get_model()
    chosen = []
    for variable, name in zip(open_variables, inner, strict=True):
        if name is None:
            continue
        if model[name - 1] < 0:
            # Propagation alone refutes nearly all of them, and costs a tenth of a call.
            if not oracle.propagate(assumptions=[name])[0] or not oracle.solve(assumptions=[name]):
                continue
            model = oracle.get_model()
        oracle.add_clause([name])
        chosen.append(variable)
    return chosen


def _left_over(clauses: Sequence[Clause], forced: Forced) -> list[list[int]]:
    """What the clauses still ask for once the forced variables are settled."""
    left = []
    for clause in clauses:
        open_literals = []
        for literal in clause:
            if literal > 0:
                if forced.true >> literal & 1:
                    break
                if not forced.false >> literal & 1:
                    open_literals.append(literal)
            elif forced.false >> -literal & 1:
                break
            elif not forced.true >> -literal & 1:
                open_literals.append(literal)
        else:
            left.append(open_literals)
    return left
