from dataclasses import dataclass

from rich.panel import Panel


@dataclass
class Card:
    """A playing card."""

    suit: str
    rank: int


hand = [Card("hearts", 3), Card("spades", 12)]
Panel("a model card is something else")
