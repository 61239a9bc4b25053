"""Answers about one feature model: what fits, what follows, why, and what to do about it."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from fatesline.model.configuration import Configuration
from fatesline.model.features import FeatureModel
from fatesline.reasoning.argument import argued
from fatesline.reasoning.cores import CoreFinder
from fatesline.reasoning.encoding import Encoding, encode, without_constraints
from fatesline.reasoning.enumeration import minimal_cores
from fatesline.reasoning.preference import cheapest
from fatesline.reasoning.repair import cheapest_hitting
from fatesline.reasoning.results import Argument, Conflict, Consequences, Repair
from fatesline.reasoning.solutions import Forced
from fatesline.reasoning.space import Space

#: Reasoners kept for sets of switched-off constraints.
MOST_VARIANTS = 8

#: Consequences kept, for asking again and for undo; large models have thousands of names in each.
MOST_SETTLED = 16

_NOTHING_DECIDED = Configuration()


class Reasoner:
    """Answers questions about configurations of one model; keeps what it learns from one question for the next.

    Parameters
    ----------
    model : FeatureModel
        Constraints of level ``preference`` are soft: they guide :meth:`completion` and never forbid.

    Notes
    -----
    The answers depend on the model and the question alone, not on earlier questions. It may be shared between
    threads, which then wait for each other.

    Every question raises :class:`~fatesline.errors.UserError` for a decision on an unknown feature, and ``ValueError``
    for an unknown constraint among those switched off (``without``).

    Complexity, in calls of the solver (each exponential in the worst case; how long they take on known models is in
    ``benchmarks/reasoning``). Making a reasoner is linear in the clauses and calls none.

    - `is_consistent`: at most one; none if a solution already known agrees with the configuration.
    - `consequences`: at most one for each feature that the known solutions show one way only; none if asked lately.
    - `conflict`, `why`: one, and then at most one for each decision and rule of the first core.
    - `conflicts`: as many for each conflict, of which there can be exponentially many; ``limit`` bounds them.
    - `repairs`: one for each set of decisions tried, exponentially many in the worst case; ``limit`` bounds those told.
    - `completion`, `additions`, `nearest`: one for each improvement of the sum, at most one for each open feature to
      break ties.

    Attributes
    ----------
    model : FeatureModel
    space : Space
        The configurations of the model over integers; for the other modules of this package.
    """

    def __init__(self, model: FeatureModel) -> None:
        self.model = model
        self.space = Space(model)
        self._lock = threading.Lock()
        self._settled: dict[frozenset[int], Consequences] = {}
        self._variants: dict[frozenset[str], Reasoner] = {}

    def is_consistent(self, configuration: Configuration = _NOTHING_DECIDED, *, without: Collection[str] = ()) -> bool:
        """True if the configuration can be completed.

        Parameters
        ----------
        configuration : Configuration
        without : collection of str
            Ids of constraints switched off.
        """
        if without:
            return self._variant(without).is_consistent(configuration)
        return self.space.is_possible(self.space.literals(configuration))

    def consequences(
        self, configuration: Configuration = _NOTHING_DECIDED, *, without: Collection[str] = ()
    ) -> Consequences:
        """All features that the configuration forces to hold, or not to hold, its own decisions included.

        Notes
        -----
        Complete, not unit propagation alone. Undo is the same question about ``configuration.without(...)``, in any
        order; recent answers are at hand.

        Raises
        ------
        ValueError
            If the configuration is inconsistent; :meth:`conflict` tells why.
        """
        if without:
            return self._variant(without).consequences(configuration)
        key = frozenset(self.space.literals(configuration))
        known = self._settled.get(key)
        if known is not None:
            return known
        forced = self._forced(configuration)
        settled = Consequences(
            chosen=self.space.reduction.names(forced.true), ruled_out=self.space.reduction.names(forced.false)
        )
        with self._lock:
            if len(self._settled) >= MOST_SETTLED:
                del self._settled[next(iter(self._settled))]
            self._settled[key] = settled
        return settled

    def settled(self, configuration: Configuration = _NOTHING_DECIDED, *, without: Collection[str] = ()) -> int:
        """How many features the configuration settles either way, its own decisions included.

        Notes
        -----
        The size of :meth:`consequences` without naming them, for comparing many configurations.

        Raises
        ------
        ValueError
            If the configuration is inconsistent.
        """
        if without:
            return self._variant(without).settled(configuration)
        forced = self._forced(configuration)
        return forced.true.bit_count() + forced.false.bit_count()

    def conflict(
        self, configuration: Configuration = _NOTHING_DECIDED, *, without: Collection[str] = ()
    ) -> Conflict | None:
        """A minimal conflict, argued; None if the configuration is consistent.

        Notes
        -----
        No decision and no rule of it can be left out. Without decisions it explains a void model.
        """
        if without:
            return self._variant(without).conflict(configuration)
        given = self.space.literals(configuration)
        if self.space.is_possible(given):
            return None
        core = self._finder.refuting(given)
        assert core is not None
        return argued(self._encoding, self._finder, configuration, core)

    def conflicts(
        self, configuration: Configuration, limit: int, *, without: Collection[str] = ()
    ) -> tuple[Conflict, ...]:
        """Minimal conflicts, at most ``limit``; fewer only if there are no more.

        Notes
        -----
        Two conflicts may share their decisions and differ in their rules. The first one is that of :meth:`conflict`.
        """
        if without:
            return self._variant(without).conflicts(configuration, limit)
        given = self.space.literals(configuration)
        if self.space.is_possible(given):
            return ()
        cores = islice(minimal_cores(self._encoding, self._finder, given), max(limit, 0))
        return tuple(argued(self._encoding, self._finder, configuration, core) for core in cores)

    def why(
        self, configuration: Configuration, feature: str, *, holds: bool = True, without: Collection[str] = ()
    ) -> Argument | None:
        """Why the feature must hold (or must not); None if it need not.

        Returns
        -------
        Argument or None
            The last step concludes the claim. There are no steps if the claim is one of the decisions.

        Raises
        ------
        ValueError
            If the configuration is inconsistent: then everything follows, and nothing is explained.
        """
        if without:
            return self._variant(without).why(configuration, feature, holds=holds)
        at = self.space.reduction.number[self.model[feature].id]
        forced = self._forced(configuration)
        if not (forced.true if holds else forced.false) >> self.space.reduction.start[at] & 1:
            return None
        goal = at if holds else -at
        core = self._finder.refuting(self.space.literals(configuration), goal)
        assert core is not None
        return argued(self._encoding, self._finder, configuration, core, goal)

    def repairs(
        self, configuration: Configuration, *, limit: int = 5, without: Collection[str] = ()
    ) -> tuple[Repair, ...]:
        """Minimal sets of decisions to give up so that the rest is consistent, cheapest first.

        Returns
        -------
        tuple of Repair
            At most ``limit``; by price, then by number of decisions, then by order of decision. One empty repair for a
            consistent configuration; none if the model itself is void.
        """
        if without:
            return self._variant(without).repairs(configuration, limit=limit)
        decisions = tuple(configuration)
        found = islice(self._given_up(configuration), max(limit, 0))
        return tuple(
            Repair(tuple(decisions[at] for at in given_up), sum(decisions[at].price for at in given_up))
            for given_up in found
        )

    def completion(
        self,
        configuration: Configuration = _NOTHING_DECIDED,
        *,
        costs: Mapping[str, int] | None = None,
        without: Collection[str] = (),
    ) -> frozenset[str]:
        """The chosen features of the best total configuration that keeps every decision.

        Parameters
        ----------
        configuration : Configuration
        costs : mapping of str to int
            Cost of choosing a feature, not negative; a concrete feature that is not named costs 1, an abstract one 0.
        without : collection of str
            Ids of constraints switched off; preferences may be among them.

        Notes
        -----
        Best: least sum of costs and of the weights of violated preferences; among equals the fewest features; among
        equals still, whatever comes first in the model is taken.

        Raises
        ------
        ValueError
            If the configuration is inconsistent, or a cost negative.
        """
        if without:
            return self._variant(without).completion(configuration, costs=costs)
        costs = costs or {}
        if any(cost < 0 for cost in costs.values()):
            raise ValueError("costs must not be negative")
        return cheapest(self._encoding, self._numbered(configuration), costs)

    def additions(
        self,
        configuration: Configuration = _NOTHING_DECIDED,
        *,
        costs: Mapping[str, int] | None = None,
        without: Collection[str] = (),
    ) -> frozenset[str]:
        """What :meth:`completion` adds to the features already chosen."""
        best = self.completion(configuration, costs=costs, without=without)
        return best.difference(configuration.chosen)

    def nearest(
        self,
        wanted: Collection[str],
        configuration: Configuration = _NOTHING_DECIDED,
        *,
        without: Collection[str] = (),
    ) -> frozenset[str]:
        """The total configuration that keeps every decision and differs from the wanted features in as few as possible.

        Parameters
        ----------
        wanted : collection of str
            The chosen features of a configuration that need not be valid, such as one of an older model; names the
            model does not have are passed over.
        configuration : Configuration
        without : collection of str
            Ids of constraints switched off.

        Notes
        -----
        The weights of violated preferences count as so many differences. Ties as for :meth:`completion`.

        Raises
        ------
        ValueError
            If the configuration is inconsistent.
        """
        if without:
            return self._variant(without).nearest(wanted, configuration)
        near = set(wanted)
        extra = {name: int(name not in near) for name in self.model.ids}
        return cheapest(self._encoding, self._numbered(configuration), extra, dict.fromkeys(near, 1))

    def _numbered(self, configuration: Configuration) -> Forced:
        forced, reduction = self._forced(configuration), self.space.reduction
        return Forced(reduction.numbered(forced.true), reduction.numbered(forced.false))

    def _forced(self, configuration: Configuration) -> Forced:
        forced = self.space.forced(self.space.literals(configuration))
        if forced is None:
            raise ValueError("the configuration is inconsistent: anything follows from it")
        return forced

    @cached_property
    def _encoding(self) -> Encoding:
        """Every rule as clauses of its own, for arguments; made on first use."""
        return encode(self.model)

    @cached_property
    def _finder(self) -> CoreFinder:
        return CoreFinder(self._encoding)

    def _given_up(self, configuration: Configuration) -> Iterator[tuple[int, ...]]:
        literals = self.space.literals(configuration)
        position = {literal: at for at, literal in enumerate(literals)}

        def clash_among(kept: Sequence[int]) -> Sequence[int] | None:
            clash = self.space.clash([literals[at] for at in kept])
            return None if clash is None else [position[literal] for literal in clash]

        return cheapest_hitting([decision.price for decision in configuration], clash_among)

    def _variant(self, without: Collection[str]) -> Reasoner:
        """The reasoner of the model with some constraints switched off."""
        key = frozenset(without)
        variant = self._variants.get(key)
        if variant is None:
            variant = Reasoner(without_constraints(self.model, key))
            with self._lock:
                if len(self._variants) >= MOST_VARIANTS:
                    del self._variants[next(iter(self._variants))]
                self._variants[key] = variant
        return variant
