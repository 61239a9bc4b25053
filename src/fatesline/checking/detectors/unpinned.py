"""H007, H008, H009: packages, actions and images that may be another one tomorrow."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.project import Project
from fatesline.checking.flow.scopes import Record, Seen
from fatesline.checking.readers import dependencies

DEPENDENCY = Rule(
    id="H007",
    slug="unpinned-dependency",
    severity="warning",
    title=Text(en="Dependency without a version", fr="Dépendance sans version"),
    what=Text(
        en="A requirements file, a conda environment, a Dockerfile, a workflow, a notebook or a pipeline's step asks "
        "for packages without saying which version of each. One finding a file; the other packages stand beside it.",
        fr="Un fichier requirements, un environnement conda, un Dockerfile, un workflow, un carnet ou une étape de "
        "pipeline demande des paquets sans dire quelle version de chacun. Un constat par fichier ; les autres paquets "
        "y figurent.",
    ),
    why=Text(
        en="Tomorrow the same file installs something else: results cannot be repeated, and a version with a fault or "
        "a malicious one comes in unseen.",
        fr="Demain, le même fichier installe autre chose : les résultats ne peuvent être reproduits, et une version "
        "fautive ou malveillante entre sans être vue.",
    ),
    bad=("scikit-learn\npandas>=2\n"),
    good=("scikit-learn==1.7.2\npandas==2.3.3\n"),
    example_file="requirements.txt",
    sources=(
        "OpenSSF Scorecard, Pinned-Dependencies: "
        "https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies",
        "pip, Repeatable installs: https://pip.pypa.io/en/stable/topics/repeatable-installs/",
    ),
)

ACTION = Rule(
    id="H008",
    slug="unpinned-action",
    severity="note",
    title=Text(en="Action without a fixed commit", fr="Action sans commit fixé"),
    what=Text(
        en="A workflow uses actions of others by a tag or branch, which can be moved, and not by the hash of a commit. "
        "One finding a file; the other uses stand beside it.",
        fr="Un workflow emploie des actions d'autrui par une étiquette ou une branche, qui peuvent être déplacées, et "
        "non par l'empreinte d'un commit. Un constat par fichier ; les autres emplois y figurent.",
    ),
    why=Text(
        en="Whoever can move the tag runs code with the rights and secrets of the workflow.",
        fr="Qui peut déplacer l'étiquette exécute du code avec les droits et secrets du workflow.",
    ),
    bad=(
        "on: push\n"
        "permissions: {contents: read}\n"
        "jobs:\n"
        "  test:\n"
        "    runs-on: ubuntu-24.04\n"
        "    steps:\n"
        "      - uses: actions/checkout@v4\n"
    ),
    good=(
        "on: push\n"
        "permissions: {contents: read}\n"
        "jobs:\n"
        "  test:\n"
        "    runs-on: ubuntu-24.04\n"
        "    steps:\n"
        "      - uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955  # v4.3.0\n"
    ),
    example_file="workflow.yml",
    sources=(
        "GitHub, Security hardening for GitHub Actions: "
        "https://docs.github.com/en/actions/security-for-github-actions/security-guides/"
        "security-hardening-for-github-actions#using-third-party-actions",
    ),
)

IMAGE = Rule(
    id="H009",
    slug="unpinned-image",
    severity="warning",
    title=Text(en="Image without a version", fr="Image sans version"),
    what=Text(
        en="A container image is named without a tag or digest, or by a tag that moves, such as latest.",
        fr="Une image de conteneur est nommée sans étiquette ni empreinte, ou par une étiquette mouvante telle que "
        "latest.",
    ),
    why=Text(
        en="Tomorrow the same file builds or runs on something else, and nobody can say on what a model was trained.",
        fr="Demain, le même fichier se construit ou s'exécute sur autre chose, et nul ne peut dire sur quoi un modèle "
        "a été entraîné.",
    ),
    bad="FROM python:latest\n",
    good="FROM python:3.12.11-slim\n",
    example_file="Dockerfile",
    sources=("Docker, Building best practices: https://docs.docker.com/build/building/best-practices/",),
)


def _once(rule: Rule, found: Sequence[Seen], key: str) -> Iterable[Sighting]:
    if found:
        first, *others = found
        named = ", ".join(dict.fromkeys(one.positional[0].strip("'") for one in found[:5]))
        more = f" (+{len(found) - 5})" if len(found) > 5 else ""
        yield Sighting(rule.id, first.place, tuple(one.place for one in others[:20]), {key: named + more})


def packages(seen: Sequence[Seen]) -> Iterable[Sighting]:
    """Packages without one version, of one file."""
    return _once(DEPENDENCY, [one for one in seen if one.name == "dependency.unpinned"], "packages")


def packages_of_steps(project: Project, live: frozenset[Record]) -> Iterable[Sighting]:
    """Packages that steps of a pipeline install for themselves: ``@component(packages_to_install=["pandas"])``."""
    found: dict[str, list[Seen]] = {}
    for one in (one for record in live for one in record.seen):
        if one.role == "call" and "packages_to_install" in one.keywords:
            for asked in _texts(one.keywords["packages_to_install"]):
                wanted = dependencies.package(asked, one.place.line)
                if wanted is not None and not wanted.is_pinned:
                    named = Seen("dependency.unpinned", "call", one.place, (repr(wanted.name),), {})
                    found.setdefault(one.place.file, []).append(named)
    for unpinned in found.values():
        yield from _once(DEPENDENCY, sorted(unpinned, key=lambda one: one.place), "packages")


def _texts(written: str) -> list[str]:
    try:
        value = ast.literal_eval(written)
    except (SyntaxError, ValueError):
        return []
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def actions(seen: Sequence[Seen]) -> Iterable[Sighting]:
    """Actions by tag or branch, of one file."""
    found = [one for one in seen if one.name.startswith("action.") and one.keywords.get("pinned") == "False"]
    return _once(ACTION, found, "actions")


def images(seen: Sequence[Seen]) -> Iterable[Sighting]:
    """Every image without a version."""
    for one in seen:
        if one.name == "container.unpinned":
            yield Sighting(IMAGE.id, one.place, (), {"image": one.positional[0].strip("'")})


DETECTORS = (
    Detector(DEPENDENCY, in_file=packages, in_project=packages_of_steps),
    Detector(ACTION, in_file=actions),
    Detector(IMAGE, in_file=images),
)
