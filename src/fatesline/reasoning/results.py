"""What the reasoner answers, as data; `documents.wording` speaks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fatesline.model.configuration import Decision
from fatesline.model.features import Group


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """A feature that holds, or that does not."""

    feature: str
    holds: bool = True

    def __invert__(self) -> Claim:
        return Claim(self.feature, not self.holds)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the model that an argument may use.

    Parameters
    ----------
    kind : {'root', 'parent', 'group', 'constraint'}
        The root holds; a child needs its parent; a group's bounds; a cross-tree constraint.
    id : str
        The child's id for ``parent``, the constraint's id for ``constraint``, the parent's id otherwise.
    group : Group or None
        The group, for ``group``.
    """

    kind: Literal["root", "parent", "group", "constraint"]
    id: str
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One inference: under ``premises``, ``rule`` gives ``conclusion``.

    Parameters
    ----------
    conclusion : Claim or None
        None: the premises contradict the rule.
    premises : tuple of Claim
        Decisions or conclusions of earlier steps.
    rule : Rule or None
        None for a supposition, and for a step by cases that needs no rule to know that the cases are all.
    cases : tuple of tuple of Step
        The argued alternatives of a case distinction; empty otherwise. The first step of each case is its supposition
        (no premises, no rule); its last one contradicts or gives the same conclusion. A single case that ends in a
        contradiction refutes its supposition. With several, ``premises`` and ``rule`` leave no further alternative; the
        premises also name what the cases use from outside.
    """

    @property
    def is_supposition(self) -> bool:
        """True for the first step of a case, which is supposed, not inferred."""
        return self.rule is None and not self.premises and not self.cases

    conclusion: Claim | None
    premises: tuple[Claim, ...]
    rule: Rule | None
    cases: tuple[tuple[Step, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """Why something follows, or why nothing can: from decisions, step by step.

    Parameters
    ----------
    decisions : tuple of Decision
        Those the argument needs; a minimal set together with the rules.
    rules : tuple of Rule
        Those the argument needs.
    steps : tuple of Step
        Each from decisions and earlier steps; the last one concludes.
    """

    decisions: tuple[Decision, ...]
    rules: tuple[Rule, ...]
    steps: tuple[Step, ...]


#: A minimal conflict is an argument whose last step has no conclusion.
Conflict = Argument


@dataclass(frozen=True, slots=True)
class Consequences:
    """Everything a partial configuration forces, its own decisions included."""

    chosen: frozenset[str]
    ruled_out: frozenset[str]

    def open(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the given ids that may still go either way."""
        return tuple(name for name in ids if name not in self.chosen and name not in self.ruled_out)


@dataclass(frozen=True, slots=True)
class Repair:
    """A minimal set of decisions to give up so that the rest is consistent.

    Parameters
    ----------
    give_up : tuple of Decision
    price : int
        Sum of their prices, no unit; only for ranking.
    """

    give_up: tuple[Decision, ...]
    price: int
