"""Every check of a catalog, and all their problems in the order of their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fatesline.catalog.catalog import Catalog
from fatesline.curation.completeness import (
    requirements_without_means,
    sources_to_mend,
    texts_to_translate,
    unrecognised_mechanisms,
)
from fatesline.curation.problem import Problem
from fatesline.curation.proofs import (
    circular_definitions,
    contradictory_catalog,
    dead_features,
    false_optional_features,
    redundant_constraints,
    unmet_requirements,
)
from fatesline.reasoning import Reasoner

#: Checks of what is written, in no order that matters.
WRITTEN: tuple[Callable[[Catalog], Iterator[Problem]], ...] = (
    circular_definitions,
    requirements_without_means,
    sources_to_mend,
    texts_to_translate,
    unrecognised_mechanisms,
)

#: Checks of what follows; they mean nothing for a catalog that contradicts itself.
PROVEN: tuple[Callable[[Catalog, Reasoner], Iterator[Problem]], ...] = (
    dead_features,
    false_optional_features,
    redundant_constraints,
    unmet_requirements,
)


def check_catalog(catalog: Catalog) -> tuple[Problem, ...]:
    """Everything that is wrong with a catalog, or that its authors should know.

    Parameters
    ----------
    catalog : Catalog
        As read: its references are whole.

    Returns
    -------
    tuple of Problem
        By file and line; the same for the same catalog.

    Notes
    -----
    Proven with the reasoner: some configuration exists; every feature (so every question and option) is in one of
    them; no constraint follows from the others, unless its note says why it stays; what looks optional is; whatever the
    context, a requirement that is asked for is met by something that is chosen. Read off: every requirement has
    means, every text is in both languages, every source is cited and dated, every mechanism with code is recognised,
    tested, and has cases.
    """
    reasoner = Reasoner(catalog.model)
    problems = [problem for check in WRITTEN for problem in check(catalog)]
    contradiction = contradictory_catalog(catalog, reasoner)
    if contradiction is not None:
        problems.append(contradiction)
    else:
        problems += [problem for check in PROVEN for problem in check(catalog, reasoner)]
    return tuple(sorted(problems, key=lambda one: (one.place.file, one.place.line, one.rule, one.what)))
