"""One public function for each command ``fates model …``: from a file to answers as data. `cli_model` adds printing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from math import lcm
from pathlib import Path

from fatesline import reasoning
from fatesline.errors import UserError
from fatesline.exchange import Imported, files, read, write
from fatesline.exchange.configurations import read_configuration
from fatesline.exchange.dimacs import ROOT_KEY
from fatesline.model.configuration import Configuration, Decision
from fatesline.model.features import Feature, FeatureModel, unknown_feature
from fatesline.model_answers import Analysis, Checked, Contradiction, Convention, Listed, Why
from fatesline.reasoning import Census, Comparison, Conflict, Consequences, Count, OutOfTime, Reasoner, Repair

#: The word that names our own catalog where a file is asked for.
CATALOG = "catalog"

#: A path of a feature model, the word ``catalog``, a folder that is a catalog, or what was read before.
Source = str | Path | Imported

_NOTHING_DECIDED = Configuration()

#: Costs with more digits behind the point than this are refused.
_FINEST = 10**6


def opened(source: Source) -> Imported:
    """The feature model that a command is about.

    Parameters
    ----------
    source : str, Path or Imported
        A file (``.uvl``, ``.xml``, ``.cnf``, ``.dimacs``, each also with ``.gz``), the word ``catalog`` for the FATES
        catalog, or a folder that is a catalog on top of it.

    Raises
    ------
    UserError
        Every fault of the file, with line and column.

    Notes
    -----
    Clauses have no tree: of a DIMACS file the first feature that a clause of its own asks for becomes the root, so
    that none has to be made up.
    """
    if isinstance(source, Imported):
        return source
    path = Path(source)
    if str(source) == CATALOG or (path.is_dir() and (path / "catalog.yaml").is_file()):
        from fatesline.catalog import load

        return Imported(load([] if str(source) == CATALOG else [path]).model)
    if path.is_dir():
        raise UserError("this is a folder, not a feature model", where=str(path))
    return _rooted(read(path))


def _rooted(imported: Imported) -> Imported:
    """The same model below one of its own features, if its root is made up and some feature is asked for."""
    model = imported.model
    if ROOT_KEY not in model.root.attributes:
        return imported
    asked = next((one for one in model.constraints if one.formula.kind == "feature"), None)
    if asked is None:
        return imported
    root = asked.formula.feature
    features = tuple(
        Feature(one.id, None if one.id == root else root, one.abstract, one.attributes)
        for one in model.features
        if one.parent is not None
    )
    constraints = tuple(one for one in model.constraints if one is not asked)
    return Imported(FeatureModel(features, (), constraints), imported.kept, imported.remarks)


def decided(
    source: Source, chosen: Iterable[str] = (), ruled_out: Iterable[str] = (), *, file: Path | None = None
) -> Configuration:
    """A partial configuration of a model, from names and a file.

    Parameters
    ----------
    source : str, Path or Imported
    chosen, ruled_out : iterable of str
        Names; they go before what the file says of the same features.
    file : Path, optional
        See :func:`fatesline.exchange.configurations.read_configuration`.

    Raises
    ------
    UserError
        If a feature does not exist, or one is both chosen and ruled out.
    """
    model = opened(source).model
    made = dict(read_configuration(file, model).decisions) if file is not None else {}
    asked = [*((name, True) for name in chosen), *((name, False) for name in ruled_out)]
    for name, holds in asked:
        if name not in model:
            raise unknown_feature(name, model.ids)
        if (name, not holds) in asked:
            raise UserError(f'"{name}" is both chosen and ruled out')
        made[name] = Decision(name, holds)
    return Configuration(made)


def analyse(
    source: Source,
    *,
    convention: Convention = "published",
    redundant: bool = False,
    atomic_sets: bool = False,
    commonality: bool = False,
    seconds: float = 5.0,
    progress: Callable[[int, int], None] | None = None,
) -> Analysis:
    """What holds of a model as a whole.

    Parameters
    ----------
    source : str, Path or Imported
    convention : {'published', 'strict'}
        Whether optional features below a dead parent are false optional, as published figures have it. In a model read
        from clauses, which have no tree, every core feature but the root is.
    redundant, atomic_sets, commonality : bool
        Further answers, which take longer.
    seconds : float
        After this time the number of configurations is given as bounds (which take up to as long again).
    progress : callable, optional
        Called with the number of answers found and the number to find.
    """
    model = opened(source).model
    reasoner = Reasoner(model)
    wanted, done = 5 + redundant + atomic_sets + commonality, 0

    def moved() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, wanted)

    why_void = reasoning.void(reasoner)
    moved()
    core = _in_order(model, reasoning.core(reasoner))
    moved()
    dead = _in_order(model, reasoning.dead(reasoner))
    moved()
    false_optional = _in_order(model, reasoning.false_optional(reasoner, convention))
    moved()
    shares: Mapping[str, Fraction] | None = None
    if why_void is not None:
        number = Count(0, 0)
    elif commonality:
        number, shares = _census(model, seconds)
        moved()
    else:
        number = reasoning.count(model, seconds=seconds)
    moved()
    implied = together = None
    if redundant:
        implied = reasoning.redundant_constraints(reasoner)
        moved()
    if atomic_sets:
        together = reasoning.atomic_sets(reasoner)
        moved()
    return Analysis(
        model, why_void, core, dead, false_optional, convention, number, implied, together, shares
    )  # fmt: skip


def _census(model: FeatureModel, seconds: float) -> tuple[Count, Mapping[str, Fraction] | None]:
    try:
        census = Census(model, seconds=seconds)
    except OutOfTime:
        return reasoning.count(model, seconds=seconds), None
    number = census.count()
    return Count(number, number), census.commonality()


def check(source: Source, configuration: Configuration) -> Checked:
    """Whether a configuration is valid as it stands, and whether it can be completed.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
    """
    model = opened(source).model
    chosen = frozenset(configuration.chosen)
    breaches = tuple(_breached(model, chosen))
    found = None if not breaches else _contradiction(Reasoner(model), configuration)
    return Checked(model, not breaches, found, breaches)


def _breached(model: FeatureModel, chosen: frozenset[str]) -> Iterable[reasoning.Rule]:
    """Rules that do not hold if exactly these features are chosen."""
    for feature in model.features:
        if feature.parent is None:
            if feature.id not in chosen:
                yield reasoning.Rule("root", feature.id)
        elif feature.id in chosen and feature.parent not in chosen:
            yield reasoning.Rule("parent", feature.id)
    for group in model.groups:
        number = sum(member in chosen for member in group.members)
        if number > group.maximum or (group.parent in chosen and number < group.minimum):
            yield reasoning.Rule("group", group.parent, group)
    for constraint in model.constraints:
        if constraint.level != "preference" and not constraint.formula.holds_in(chosen):
            yield reasoning.Rule("constraint", constraint.id)


def consequences(source: Source, configuration: Configuration = _NOTHING_DECIDED) -> Consequences | Contradiction:
    """Everything that the decisions force, complete.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
    """
    reasoner = Reasoner(opened(source).model)
    return _contradiction(reasoner, configuration) or reasoner.consequences(configuration)


def why(source: Source, feature: str, configuration: Configuration = _NOTHING_DECIDED) -> Why | Contradiction:
    """The argument why a feature must hold, or why it cannot.

    Parameters
    ----------
    source : str, Path or Imported
    feature : str
    configuration : Configuration

    Raises
    ------
    UserError
        If there is no such feature.
    """
    model = opened(source).model
    if feature not in model:
        raise unknown_feature(feature, model.ids)
    reasoner = Reasoner(model)
    found = _contradiction(reasoner, configuration)
    if found is not None:
        return found
    for holds in (True, False):
        argument = reasoner.why(configuration, feature, holds=holds)
        if argument is not None:
            return Why(model, feature, holds, argument)
    return Why(model, feature, None, None)


def conflict(source: Source, configuration: Configuration = _NOTHING_DECIDED) -> Contradiction | None:
    """A minimal conflict with its ways out; None if the decisions can be completed.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
    """
    return _contradiction(Reasoner(opened(source).model), configuration)


def conflicts(
    source: Source, configuration: Configuration = _NOTHING_DECIDED, *, limit: int = 10
) -> tuple[Conflict, ...]:
    """Minimal conflicts, at most ``limit``; fewer only if there are no more.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
    limit : int
    """
    return Reasoner(opened(source).model).conflicts(configuration, limit)


def repairs(source: Source, configuration: Configuration, *, limit: int = 5) -> tuple[Repair, ...]:
    """Minimal sets of decisions to give up so that the rest can be completed, cheapest first.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
    limit : int

    Returns
    -------
    tuple of Repair
        One empty repair if nothing needs to be given up; none if the model is void.
    """
    return Reasoner(opened(source).model).repairs(configuration, limit=limit)


def explain(source: Source) -> Contradiction | None:
    """Why a model has no configuration at all, and which constraints could go; None if it has one.

    Parameters
    ----------
    source : str, Path or Imported
    """
    return conflict(source)


def complete(
    source: Source,
    configuration: Configuration = _NOTHING_DECIDED,
    *,
    near: Iterable[str] | None = None,
    costs: Mapping[str, int] | None = None,
) -> tuple[str, ...] | Contradiction:
    """The best total configuration that keeps every decision.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
    near : iterable of str, optional
        Chosen features of a configuration to differ from in as few as possible.
    costs : mapping of str to int, optional
        What choosing a feature costs; see :func:`costs_of`. By default the fewest concrete features are chosen.

    Returns
    -------
    tuple of str or Contradiction
        The chosen features, in the order of the model.

    Raises
    ------
    UserError
        If both ``near`` and ``costs`` are given.
    """
    if near is not None and costs is not None:
        raise UserError("a completion is either nearest to a configuration or cheapest, not both")
    reasoner = Reasoner(opened(source).model)
    found = _contradiction(reasoner, configuration)
    if found is not None:
        return found
    if near is not None:
        return _in_order(reasoner.model, reasoner.nearest(frozenset(near), configuration))
    return _in_order(reasoner.model, reasoner.completion(configuration, costs=costs))


def costs_of(source: Source, *, attribute: str | None = None, file: Path | None = None) -> dict[str, int]:
    """What choosing each feature costs, for :func:`complete`.

    Parameters
    ----------
    source : str, Path or Imported
    attribute : str, optional
        Attribute of the features; one that lacks it costs nothing.
    file : Path, optional
        JSON: ``{"feature": number}``; a feature that is not named costs nothing. Goes before the attribute.

    Returns
    -------
    dict of str to int
        For every feature; numbers with a fraction are all multiplied by the same factor.

    Raises
    ------
    UserError
        If no feature has the attribute, a name is unknown, or a cost is no number or negative.
    """
    model = opened(source).model
    given: dict[str, object] = {}
    where = ""
    if attribute is not None:
        given = {one.id: one.attributes[attribute] for one in model.features if attribute in one.attributes}
        if not given:
            raise UserError(f'no feature has the attribute "{attribute}"')
    if file is not None:
        where = str(file)
        try:
            stated = json.loads(files.decoded(files.bytes_of(file), where))
        except json.JSONDecodeError as fault:
            place = f"{where}:{fault.lineno}:{fault.colno}"
            raise UserError(f"this is no JSON: {fault.msg[:1].lower()}{fault.msg[1:]}", where=place) from None
        except RecursionError:
            raise UserError("this is nested too deeply", where=where) from None
        if not isinstance(stated, dict):
            raise UserError("costs are an object of features and numbers", where=where)
        given |= stated
    exact: dict[str, Fraction] = {}
    for name, cost in given.items():
        if name not in model:
            raise unknown_feature(name, model.ids, where)
        if isinstance(cost, bool) or not isinstance(cost, int | float) or cost != cost or abs(cost) == float("inf"):
            raise UserError(f'the cost of "{name}" is no number: {cost!r}', where=where)
        if cost < 0:
            raise UserError(f'the cost of "{name}" is negative: {cost}', where=where)
        exact[name] = Fraction(str(cost))
    factor = lcm(*(cost.denominator for cost in exact.values()))
    if factor > _FINEST:
        raise UserError("costs have at most six digits behind the point", where=where)
    return {name: int(exact.get(name, Fraction(0)) * factor) for name in model.ids}


def enumerate(source: Source, configuration: Configuration = _NOTHING_DECIDED, *, limit: int = 10) -> Listed:
    """Total configurations that keep every decision, each once, always in the same order.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
    limit : int
        At most so many.
    """
    model = opened(source).model
    found = list(islice(reasoning.enumerated(model, configuration), limit + 1))
    return Listed(tuple(_in_order(model, chosen) for chosen in found[:limit]), len(found) <= limit)


def count(source: Source, configuration: Configuration = _NOTHING_DECIDED, *, seconds: float = 10.0) -> Count:
    """The number of total configurations that keep every decision, exact or between bounds.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
    seconds : float
        After this time bounds are given (which take up to as long again).
    """
    return reasoning.count(opened(source).model, configuration, seconds=seconds)


def sample(
    source: Source,
    configuration: Configuration = _NOTHING_DECIDED,
    *,
    number: int = 10,
    seed: int = 0,
    seconds: float = 60.0,
) -> Listed | Contradiction:
    """Total configurations drawn uniformly and independently from those that keep every decision.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
    number : int
        How many; the same one may come twice.
    seed : int
        The same seed gives the same sample.
    seconds : float
        Time to give up after.

    Raises
    ------
    UserError
        If the time does not suffice.
    """
    model = opened(source).model
    found = _contradiction(Reasoner(model), configuration)
    if found is not None:
        return found
    try:
        drawn = Census(model, seconds=seconds).samples(number, seed, configuration)
    except OutOfTime:
        raise UserError(
            f"{seconds:g} seconds do not suffice to count the configurations, and a uniform sample needs that",
            way_on="Give more time, or take a covering sample.",
        ) from None
    return Listed(tuple(_in_order(model, chosen) for chosen in drawn))


def cover(
    source: Source,
    configuration: Configuration = _NOTHING_DECIDED,
    *,
    strength: int = 2,
    only: Sequence[str] = (),
) -> Listed | Contradiction:
    """Total configurations that together show every possible combination of choices.

    Parameters
    ----------
    source : str, Path or Imported
    configuration : Configuration
        Decisions that every configuration keeps.
    strength : int
        How many choices are combined, 1 to 3.
    only : sequence of str
        The features whose choices are combined; all if there is none.

    Raises
    ------
    UserError
        If there is no such feature.
    """
    model = opened(source).model
    for name in only:
        if name not in model:
            raise unknown_feature(name, model.ids)
    found = _contradiction(Reasoner(model), configuration)
    if found is not None:
        return found
    shown = reasoning.covering(model, only or model.ids, strength, configuration)
    return Listed(tuple(_in_order(model, chosen) for chosen in shown))


def compare(old: Source, new: Source) -> Comparison:
    """What an edit did to the configurations, with a witness for each direction.

    Parameters
    ----------
    old, new : str, Path or Imported
    """
    return reasoning.compared(opened(old).model, opened(new).model)


def slice(source: Source, features: Sequence[str]) -> FeatureModel:
    """The model of some features only: exactly the choices among them that the whole model allows.

    Parameters
    ----------
    source : str, Path or Imported
    features : sequence of str
        To keep; the root is kept anyway.

    Raises
    ------
    UserError
        If there is no such feature, or what remains would be too large.
    """
    return reasoning.sliced(opened(source).model, features)


def export(source: Source, target: str | Path) -> str:
    """The model in the format that the target names.

    Parameters
    ----------
    source : str, Path or Imported
    target : str or Path
        A path to write, or a suffix alone (``".uvl"``), which writes no file.

    Returns
    -------
    str
        The text.

    Raises
    ------
    UserError
        If the format cannot hold the model, or the file cannot be written.
    """
    imported = opened(source)
    return write(imported.model, target, kept=imported.kept)


#: Decisions among which ways out are looked for unasked; every minimal way of a whole broken configuration takes long.
_MOST_DECISIONS = 200

#: Constraints of a void model that are tried one by one, each on a model of its own.
_MOST_CANDIDATES = 20


def _contradiction(reasoner: Reasoner, configuration: Configuration) -> Contradiction | None:
    found = reasoner.conflict(configuration)
    if found is None:
        return None
    ways: tuple[Repair, ...] = ()
    dispensable: list[str] = []
    if found.decisions:
        ways = reasoner.repairs(configuration, limit=3) if len(configuration) <= _MOST_DECISIONS else ()
    else:
        dispensable = [rule.id for rule in found.rules if rule.kind == "constraint"]
    return Contradiction(
        reasoner.model,
        found,
        ways,
        tuple(name for name in dispensable[:_MOST_CANDIDATES] if reasoner.is_consistent(without=[name])),
    )


def _in_order(model: FeatureModel, names: Iterable[str]) -> tuple[str, ...]:
    wanted = frozenset(names)
    return tuple(name for name in model.ids if name in wanted)
