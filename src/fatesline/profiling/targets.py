"""The target: what kind of question it is, which answer is good for the person, how rare the rarest one is."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fatesline.catalog.positions import printable
from fatesline.errors import UserError, did_you_mean
from fatesline.profiling import names
from fatesline.profiling.facts import Fact, Standing
from fatesline.profiling.markers import NUMBER
from fatesline.profiling.table import Table

Task = Literal["binary", "several_classes", "numeric"]
Direction = Literal["high", "low"]
#: One label, or several of several classes.
Favourable = str | tuple[str, ...]

#: A target with more values, that are no numbers, has no labels to choose from.
MOST_LABELS = 20
#: So many whole numbers in a row, beginning with 0 or 1, are codes of classes; more are counts or points.
MOST_CODES = 10
#: Share of the rarest label below which the classes count as imbalanced, for two labels; for more of them, the same
#: part of an equal share.
IMBALANCE = 0.2

#: Option of the catalog for each kind of target.
OPTIONS: dict[Task, str] = {
    "binary": "binary_target",
    "several_classes": "several_classes",
    "numeric": "numeric_target",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What was measured on the target.

    Parameters
    ----------
    name : str
    task : str or None
        None where the values do not tell.
    labels : tuple of (str, int)
        Values and how often they occur, the most frequent first; empty for numbers and where there are more than
        ``MOST_LABELS``.
    favourable : str, tuple of str or None
        The label that is good for the person, given or proposed; several only where the user named them.
    direction : {'high', 'low'} or None
        Of a number: what is good for the person.
    facts : tuple of Fact
    """

    name: str
    task: Task | None
    labels: tuple[tuple[str, int], ...]
    favourable: Favourable | None
    direction: Direction | None
    facts: tuple[Fact, ...]

    @property
    def favourable_labels(self) -> tuple[str, ...]:
        """The favourable labels; none where none is known, or for numbers."""
        return labels_of(self.favourable)


def labels_of(favourable: Favourable | None) -> tuple[str, ...]:
    """One or several labels, or none, as a tuple."""
    if favourable is None:
        return ()
    return (favourable,) if isinstance(favourable, str) else favourable


def target_of(table: Table, where: str, name: str, given: Favourable | None) -> Target:
    """Measure the target of a cleaned table.

    Parameters
    ----------
    table : Table
    where : str
        For errors.
    name : str
    given : str, tuple of str or None
        The favourable label or labels as the user named them; ``high`` or ``low`` make a number of the target, labels
        make classes of it where its values do not tell.

    Raises
    ------
    UserError
        If there is one value only, or no such label.
    """
    if isinstance(given, tuple) and len(given) == 1:
        given = given[0]
    known, distinct = table.known(name), table.distinct(name)
    looked_at, numbers, whole = table.of_values(
        name,
        "coalesce(sum(n), 0), coalesce(sum(n) FILTER (regexp_full_match(v, $1)), 0), "
        "coalesce(sum(n) FILTER (x = floor(x)), 0)",
        NUMBER,
    )
    counted_numbers, low, high = table.range(name)
    # Digits that are too many for a number are text.
    finite = low is not None and high is not None and math.isfinite(low) and math.isfinite(high)
    all_numbers = looked_at == numbers and counted_numbers == known and finite
    all_whole = all_numbers and looked_at == whole
    if distinct < 2:
        raise UserError(
            f'the target "{printable(name)}" has {"one value" if distinct else "no value"} only; '
            "there is nothing to learn",
            where=where,
            way_on="Name another target, or a table with both outcomes.",
        )
    facts = []
    if known < table.rows:
        gap = table.rows - known
        facts.append(Fact("missing-in-target", (name,), gap / table.rows, more=(("rows", gap),)))
    consecutive = all_whole and low in (0, 1) and high == low + distinct - 1
    # No label but perhaps a value of its own for every person.
    countable = distinct <= MOST_LABELS and not names.is_personal(name)
    task = _task(distinct, countable, all_numbers, all_whole, consecutive)
    if given in ("high", "low") and all_numbers and distinct > 2:
        task = "numeric"
    labels: tuple[tuple[str, int], ...] = ()
    if task != "numeric" and countable:
        labels = tuple(table.levels(name))
    if task is None and given and {*labels_of(given)} <= {label for label, _ in labels}:
        task = "several_classes"
    ordered = "unknown" if all_numbers else "yes" if in_order([label for label, _ in labels]) else "no"
    facts.append(
        Fact(
            "task-type",
            (name,),
            distinct,
            MOST_CODES if all_numbers and distinct > 2 else None,
            task is not None,
            (OPTIONS[task],) if task is not None else (),
            (("task", task or ""), ("ordered", ordered)),
            "undecided" if task is None else "measured" if task == "binary" else "suggested",
        )
    )
    if labels:
        facts.append(_imbalance(name, labels, known))
    favourable, direction = _good_news(name, task, [label for label, _ in labels], given, where)
    if task == "numeric" and given is None:
        facts.append(_said_direction(name, direction))
    elif labels and given is None:
        more = (("label", printable(favourable)),) if favourable is not None else ()
        facts.append(
            Fact(
                "favourable-label",
                (name,),
                len(labels),
                None,
                favourable is not None,
                more=more,
                standing="undecided" if favourable is None else "suggested",
            )
        )
    return Target(name, task, labels, favourable, direction, tuple(facts))


def _task(distinct: int, countable: bool, all_numbers: bool, all_whole: bool, consecutive: bool) -> Task | None:
    if distinct == 2:
        return "binary" if countable else None
    if not all_numbers:
        return "several_classes" if countable else None
    if distinct <= MOST_CODES:
        # A few numbers with gaps or fractions are points on a scale as well as codes.
        return "several_classes" if consecutive else None
    return "numeric" if all_whole or distinct > MOST_LABELS else None


def _imbalance(name: str, labels: Sequence[tuple[str, int]], known: int) -> Fact:
    share, threshold = labels[-1][1] / known, 2 * IMBALANCE / len(labels)
    more = (("rows", labels[-1][1]), ("labels", len(labels)))
    return Fact("class-imbalance", (name,), share, threshold, share < threshold, ("imbalanced_classes",), more)


def _said_direction(name: str, direction: Direction | None) -> Fact:
    standing: Standing = "undecided" if direction is None else "suggested"
    more = (("direction", direction or ""),)
    return Fact("favourable-direction", (name,), 1, None, direction is not None, more=more, standing=standing)


def _good_news(
    name: str, task: Task | None, labels: Sequence[str], given: Favourable | None, where: str
) -> tuple[Favourable | None, Direction | None]:
    if given is None:
        if task == "numeric":
            return None, direction_of(name)
        return favourable_label(name, labels), None
    if task == "numeric" and given in ("high", "low"):
        return None, "high" if given == "high" else "low"
    wanted = tuple(dict.fromkeys(labels_of(given)))
    if task == "numeric":
        raise UserError(
            f'the target "{printable(name)}" is a number; "{printable(", ".join(wanted))}" is not a side of it',
            where=where,
            way_on="Say what is favourable: high or low.",
        )
    shown = ", ".join(printable(label, 40) for label in labels)
    for label in wanted:
        if label not in labels:
            hint = did_you_mean(printable(label), map(printable, labels)) or (f"Its labels: {shown}." if labels else "")
            raise UserError(
                f'the target "{printable(name)}" has no label "{printable(label)}"', where=where, way_on=hint
            )
    if not wanted or len(wanted) == len(labels):
        raise UserError(
            f'of the labels of "{printable(name)}", some are favourable and some are not',
            where=where,
            way_on=f"Its labels: {shown}.",
        )
    return (wanted[0] if len(wanted) == 1 else wanted), None


def direction_of(target: str) -> Direction | None:
    """What is good news in a number, by the words of its name; None where nothing speaks for either."""
    spoken = frozenset(names.words(target))
    bad, good = bool(names.UNWELCOME & spoken), bool(names.WELCOME & spoken)
    if bad == good:
        return None
    return "low" if bad else "high"


def favourable_label(target: str, labels: Sequence[str]) -> str | None:
    """Which of the labels is good news, by the words of label and target; None where nothing tells.

    Notes
    -----
    A "yes" to ``recidivism`` or ``denied`` is bad news. Surveys code "yes" as 1 and "no" as 2 or 0. Of several labels,
    one is chosen only if it is the only good word among them, and no number: the code of a class is no judgement.
    """
    spelt = {label: label.strip().lower().rstrip(".") for label in labels}
    good = [label for label in labels if spelt[label] in names.GOOD_LABELS]
    bad = [label for label in labels if spelt[label] in names.BAD_LABELS]
    unwelcome = bool(names.UNWELCOME.intersection(names.words(target)))
    if len(labels) != 2:
        worded = [label for label in good if not spelt[label].replace(".", "").isdigit()]
        return worded[0] if len(worded) == 1 and not unwelcome else None
    above = [label for label in labels if spelt[label].startswith(">")]
    found = good if len(good) == 1 else [label for label in labels if label not in bad] if len(bad) == 1 else above
    if len(found) != 1:
        return None
    return next(label for label in labels if label != found[0]) if unwelcome else found[0]


_SCALES = tuple(
    frozenset(words.split())
    for words in (
        "very_low low medium middle moderate average high very_high none",
        "never rarely sometimes often always",
        "poor fair average good very_good excellent bad",
        "faible moyen moyenne élevé élevée fort forte bas haut",
        "niedrig mittel hoch gering",
        "bajo medio alto baja media alta",
        "basso medio alto bassa media alta",
        "laag midden hoog",
        "baixo médio alto baixa média alta",
        "mild moderate severe critical none",
        "primary secondary tertiary",
    )
)
_NUMBERED = re.compile(r"(\D*)(\d+)(\D*)\Z")


def in_order(labels: Sequence[str]) -> bool:
    """True for words of one scale (low, medium, high) and for one word with numbers (CL0, CL1, CL2)."""
    spelt = {label.strip().lower().replace(" ", "_") for label in labels}
    if len(spelt) < 3:
        return False
    if any(spelt <= scale for scale in _SCALES):
        return True
    numbered = [_NUMBERED.match(label) for label in spelt]
    return all(numbered) and len({(found[1], found[3]) for found in numbered if found}) == 1


def target_candidates_of(table: Table) -> tuple[str, ...]:
    """Columns of a cleaned table that may be the target, the likeliest first.

    Any column with two values, and a column with more that is called like a target or stands last.
    """
    scores = []
    for number, name in enumerate(table.names):
        named = bool(names.TARGET.union(names.UNWELCOME).intersection(names.words(name)))
        at_end = number == len(table.names) - 1
        two = table.distinct(name) == 2
        if two or ((named or at_end) and table.distinct(name) > 2):
            scores.append((-2 * named - at_end - two, -number, name))
    return tuple(name for _, _, name in sorted(scores))
