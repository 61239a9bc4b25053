"""What `fatesline.model_commands` answers, as data, where the reasoner has no word for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from fatesline.model.features import FeatureModel
from fatesline.reasoning import Argument, Conflict, Count, Repair, Rule

Convention = Literal["published", "strict"]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What holds of a model as a whole.

    Parameters
    ----------
    model : FeatureModel
    why_void : Conflict or None
        Why there is no configuration at all; None if there is one.
    core, dead, false_optional : tuple of str
        In the order of the model.
    convention : {'published', 'strict'}
        Of ``false_optional``: published figures also count what lies below a dead parent.
    configurations : Count
        Exact, or bounds.
    redundant, atomic_sets, commonality
        None unless asked for; the commonality also if the time did not suffice.
    """

    model: FeatureModel
    why_void: Conflict | None
    core: tuple[str, ...]
    dead: tuple[str, ...]
    false_optional: tuple[str, ...]
    convention: Convention
    configurations: Count
    redundant: tuple[str, ...] | None = None
    atomic_sets: tuple[tuple[str, ...], ...] | None = None
    commonality: Mapping[str, Fraction] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Decisions that no configuration satisfies.

    Parameters
    ----------
    model : FeatureModel
    conflict : Conflict
        Minimal, argued.
    repairs : tuple of Repair
        Minimal sets of decisions to give up, cheapest first, three at most; none if the model itself is void, or if
        there are hundreds of decisions (`model_commands.repairs` takes its time).
    constraints : tuple of str
        Of a void model: constraints any one of which could be left out to end that.
    """

    model: FeatureModel
    conflict: Conflict
    repairs: tuple[Repair, ...] = ()
    constraints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """How a configuration stands to its model.

    Parameters
    ----------
    is_valid : bool
        True if the chosen features, all others left out, are a configuration of the model.
    contradiction : Contradiction or None
        None if it can be completed.
    breaches : tuple of Rule
        Rules that the chosen features alone, all others left out, break.
    """

    model: FeatureModel
    is_valid: bool
    contradiction: Contradiction | None
    breaches: tuple[Rule, ...]

    @property
    def is_completable(self) -> bool:
        """True if some configuration of the model keeps every decision."""
        return self.contradiction is None


@dataclass(frozen=True, slots=True)
class Why:
    """Whether a feature must hold or cannot, and why.

    Parameters
    ----------
    feature : str
    holds : bool or None
        True: it must; False: it cannot; None: it may go either way.
    argument : Argument or None
        None if it may go either way.
    """

    model: FeatureModel
    feature: str
    holds: bool | None
    argument: Argument | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Configurations, each as its chosen features in the order of the model.

    Parameters
    ----------
    configurations : tuple of tuple of str
    is_all : bool
        True if there are no others.
    """

    configurations: tuple[tuple[str, ...], ...]
    is_all: bool = False
