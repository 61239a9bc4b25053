"""What a catalog's rules imply, proven by the reasoner: contradictions, dead features, redundant constraints."""

from __future__ import annotations

from collections.abc import Iterator

from fatesline import reasoning
from fatesline.catalog.catalog import Catalog
from fatesline.curation.completeness import asked_for, means_of
from fatesline.curation.problem import Problem
from fatesline.model.configuration import Configuration
from fatesline.model.features import Constraint, FeatureModel, Level
from fatesline.model.formula import negation
from fatesline.reasoning import Argument, Reasoner

#: No waiver, a waiver with a name and an expiry, a waiver with a reason.
_HARDEST_FIRST: tuple[Level, ...] = ("technical", "law", "method")


def contradictory_catalog(catalog: Catalog, reasoner: Reasoner) -> Problem | None:
    """The problem that no configuration exists, with the rules that clash; None if one exists."""
    conflict = reasoner.conflict()
    if conflict is None:
        return None
    constraints = _constraint_ids(conflict)
    place = catalog.constraints[constraints[0]].place if constraints else catalog.place(catalog.model.root.id)
    return Problem(
        "contradictory-catalog",
        place,
        f"no configuration is possible, because of {_listed(conflict)}",
    )


def dead_features(catalog: Catalog, reasoner: Reasoner) -> Iterator[Problem]:
    """Features that can never be chosen; of a dead branch its top alone.

    Notes
    -----
    Ruling something out is what a law may be for: a prohibited practice is an answer that stops the project. So a
    feature that could be chosen but for constraints of level ``law`` is a remark, any other a fault.
    """
    dead = reasoning.dead(reasoner)
    laws = [name for name, constraint in catalog.constraints.items() if constraint.level == "law"]
    dead_without_laws = reasoner.consequences(without=laws).ruled_out if dead and laws else dead
    for name in catalog.model.ids:
        parent = catalog.model[name].parent
        if name not in dead:
            continue
        by_law = name not in dead_without_laws
        # What lies below a dead feature is said with it, unless it would be dead even without the law.
        if parent in dead and (by_law or parent in dead_without_laws):
            continue
        conflict = reasoner.conflict(Configuration.choosing(name))
        assert conflict is not None
        questions = {question.id for question in catalog.questions}
        kind = "question" if name in questions else "option" if name in catalog.options else "feature"
        verb = "asked" if kind == "question" else "chosen"
        yield Problem(
            "ruled-out-by-law" if by_law else f"dead-{kind}",
            catalog.place(name),
            f'the {kind} "{name}" can never be {verb}: {_listed(conflict)}',
            is_fault=not by_law,
        )


def unmet_requirements(catalog: Catalog, reasoner: Reasoner) -> Iterator[Problem]:
    """Requirements that a constraint may ask for while nothing that meets them is chosen, or can be.

    Notes
    -----
    Proven for all contexts at once: a requirement with none of its means is to be impossible. Headings, which no
    constraint asks for, are left out; so are requirements without any means, which are told by another check, and dead
    ones.
    """
    means, asked = means_of(catalog), asked_for(catalog)
    for name in catalog.model.ids:
        if name not in means or not means[name] or name not in asked:
            continue
        unmet = Configuration.choosing(name, without=sorted(means[name]))
        if reasoner.is_consistent(Configuration.choosing(name)) and reasoner.is_consistent(unmet):
            listed = sorted(means[name])
            shown = ", ".join(listed[:5]) + (f" and {len(listed) - 5} others" if len(listed) > 5 else "")
            yield Problem(
                "unmet-requirement",
                catalog.place(name),
                f'the requirement "{name}" can be asked for while nothing that meets it is chosen: {shown}',
                way_on="Make one of them mandatory, or several a group with `relation: some`.",
            )


def false_optional_features(catalog: Catalog, reasoner: Reasoner) -> Iterator[Problem]:
    """Entries that look optional and are always there when their parent is; derived facts are meant to be forced.

    Notes
    -----
    Meant ones say so by `relation: mandatory`. In a catalog below the last one it is a remark: what lies on top may ask
    for the entry always, and whoever wrote it cannot mend it.
    """
    found = reasoning.false_optional(reasoner)
    own = _own(catalog)
    for name, entry in catalog.entries.items():
        if name not in found or entry.kind == "derived":
            continue
        why = reasoner.why(Configuration.choosing(entry.parent), name)
        yield Problem(
            "false-optional",
            catalog.place(name),
            f'"{name}" is optional, but always holds with "{entry.parent}": {_listed(why) if why else "by the tree"}',
            is_fault=catalog.place(name).file.startswith(own),
            way_on="If that is meant, write `relation: mandatory`.",
        )


def redundant_constraints(catalog: Catalog, reasoner: Reasoner) -> Iterator[Problem]:
    """Written constraints that follow from others and do not say in a note why they are there.

    Notes
    -----
    Only others that are at least as hard to waive count: what a law asks stays worth saying while the same rests on a
    method that somebody may waive. In a catalog below the last one it is a remark: what lies on top may have made the
    constraint follow, by hiding or adding something, and whoever wrote that cannot mend it.
    """
    model = catalog.model
    own = _own(catalog)
    for at, level in enumerate(_HARDEST_FIRST):
        kept = tuple(one for one in model.constraints if one.level in _HARDEST_FIRST[: at + 1])
        for name in reasoning.redundant_constraints(Reasoner(FeatureModel(model.features, model.groups, kept))):
            constraint = catalog.constraints[name]
            if constraint.level != level or constraint.origin not in ("written", "required") or constraint.note:
                continue
            broken = tuple(
                Constraint(one.id, negation(one.formula), one.level) if one.id == name else one for one in kept
            )
            conflict = Reasoner(FeatureModel(model.features, model.groups, broken)).conflict()
            assert conflict is not None
            yield Problem(
                "redundant-constraint",
                constraint.place,
                f'the constraint "{name}" follows from the others: {_listed(conflict, without=name)}',
                is_fault=constraint.place.file.startswith(own),
                way_on="Leave it out, or say in its note why it is there.",
            )


def circular_definitions(catalog: Catalog) -> Iterator[Problem]:
    """Derived facts that are defined by themselves, directly or through others; each circle once."""
    constraint_of = {one.feature: one for one in catalog.constraints.values() if one.origin == "definition"}
    settled: set[str] = set()
    for start in constraint_of:
        path: list[str] = []
        branches = [iter((start,))]
        while branches:
            name = next(branches[-1], None)
            if name is None:
                branches.pop()
                if path:
                    settled.add(path.pop())
            elif name in path:
                circle = [*path[path.index(name) :], name]
                yield Problem(
                    "circular-definition", constraint_of[name].place, f"defined by itself: {' > '.join(circle)}"
                )
            elif name in constraint_of and name not in settled:
                path.append(name)
                branches.append(iter(sorted(constraint_of[name].formula.variables() - {name})))


def _own(catalog: Catalog) -> str:
    """How the files of the last catalog begin; its authors can mend them."""
    return f"{catalog.layers[-1].shown_as}/"


def _constraint_ids(argument: Argument) -> list[str]:
    return [rule.id for rule in argument.rules if rule.kind == "constraint"]


def _listed(argument: Argument, *, without: str = "") -> str:
    """The rules of an argument, constraints by their ids."""
    constraints = sorted(name for name in _constraint_ids(argument) if name != without)
    # Mandatory children are a matter of course; a choice that is left is worth naming.
    choices = sorted({rule.id for rule in argument.rules if rule.group and rule.group.kind != "mandatory"})
    parts = [*constraints, *(f'the choice below "{parent}"' for parent in choices)]
    return ", ".join(parts) or "the mandatory features of the tree"
