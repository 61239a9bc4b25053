"""Decision (who decided what, and why) and Configuration: decisions by feature; causes only, never consequences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from fatesline.model.places import Place

Origin = Literal["asked", "measured", "detected", "policy", "default"]

#: Price of giving a decision up: what somebody said costs more than what was assumed.
PRICE_OF: Mapping[Origin, int] = {"default": 1, "detected": 3, "measured": 5, "asked": 8, "policy": 20}


@dataclass(frozen=True, slots=True)
class Decision:
    """One feature chosen or ruled out, and who said so.

    Parameters
    ----------
    feature : str
        Feature id.
    chosen : bool
        True: it must hold; False: it must not.
    origin : {'asked', 'measured', 'detected', 'policy', 'default'}
        Who decided; sets the price of giving it up. ``default`` is the protective reading of "I don't know".
    places : tuple of Place
        Where it was seen, for detected decisions.
    note : str
        Free text, such as the measured figure.
    """

    feature: str
    chosen: bool = True
    origin: Origin = "asked"
    places: tuple[Place, ...] = ()
    note: str = ""

    @property
    def price(self) -> int:
        """What giving it up costs, without unit; only for ranking."""
        return PRICE_OF[self.origin]


@dataclass(frozen=True, slots=True)
class Configuration:
    """Decisions by feature; a feature without one is open.

    Parameters
    ----------
    decisions : mapping of str to Decision
        In the order in which they were taken.
    """

    decisions: Mapping[str, Decision] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Configuration:
        """From decisions; a later one on the same feature replaces the earlier one."""
        return cls({decision.feature: decision for decision in decisions})

    @classmethod
    def choosing(cls, *chosen: str, without: Iterable[str] = ()) -> Configuration:
        """A configuration as people ask for it: these chosen, those ruled out."""
        return cls.of([*(Decision(name) for name in chosen), *(Decision(name, chosen=False) for name in without)])

    def __iter__(self) -> Iterator[Decision]:
        return iter(self.decisions.values())

    def __len__(self) -> int:
        return len(self.decisions)

    def __contains__(self, feature_id: object) -> bool:
        return feature_id in self.decisions

    def __getitem__(self, feature_id: str) -> Decision:
        return self.decisions[feature_id]

    def with_decision(self, decision: Decision) -> Configuration:
        """The same configuration with one decision added or replaced."""
        return Configuration({**self.decisions, decision.feature: decision})

    def without(self, *feature_ids: str) -> Configuration:
        """The same configuration with the given features open again."""
        return Configuration({name: made for name, made in self.decisions.items() if name not in feature_ids})

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids decided to hold, in order of decision."""
        return tuple(decision.feature for decision in self if decision.chosen)

    @property
    def ruled_out(self) -> tuple[str, ...]:
        """Ids decided not to hold, in order of decision."""
        return tuple(decision.feature for decision in self if not decision.chosen)
