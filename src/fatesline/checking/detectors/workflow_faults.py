"""H010, H011, H012: secrets handed to a build, training that nothing can stop, workflows with every right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fatesline.catalog.entry import Text
from fatesline.checking.detectors.detector import Detector, Rule, Sighting
from fatesline.checking.flow.scopes import Seen

BUILD_ARGUMENT = Rule(
    id="H010",
    slug="secret-in-build-argument",
    severity="warning",
    title=Text(en="Secret in a build argument", fr="Secret dans un argument de construction"),
    what=Text(
        en="A Dockerfile, a compose file or a workflow hands a key, token or password to a build as ARG, ENV or "
        "build argument.",
        fr="Un Dockerfile, un fichier compose ou un workflow transmet une clé, un jeton ou un mot de passe à une "
        "construction par ARG, ENV ou argument.",
    ),
    why=Text(
        en="Arguments and variables of a build stay in the image's history, where everyone who has the image reads "
        "them. A secret mount leaves no trace.",
        fr="Arguments et variables d'une construction restent dans l'historique de l'image, lisibles par qui possède "
        "l'image. Un montage de secret ne laisse pas de trace.",
    ),
    bad=("FROM python:3.12.11-slim\nARG HF_TOKEN\nRUN python download.py\n"),
    good=("FROM python:3.12.11-slim\nRUN --mount=type=secret,id=hf python download.py\n"),
    example_file="Dockerfile",
    sources=("Docker, Build secrets: https://docs.docker.com/build/building/secrets/",),
)

NO_GATE = Rule(
    id="H011",
    slug="training-without-gate",
    severity="warning",
    title=Text(en="Training without a gate", fr="Entraînement sans contrôle"),
    what=Text(
        en="A workflow trains a model, and none of its steps tests code, data or model in a way that can fail.",
        fr="Un workflow entraîne un modèle, et aucune de ses étapes ne teste le code, les données ou le modèle d'une "
        "façon qui puisse échouer.",
    ),
    why=Text(
        en="A model that is worse, or unfair, goes the same way as a good one, and the workflow is green.",
        fr="Un modèle moins bon, ou inéquitable, suit le même chemin qu'un bon, et le workflow est vert.",
    ),
    bad=(
        "on: push\n"
        "permissions: {contents: read}\n"
        "jobs:\n"
        "  train:\n"
        "    runs-on: ubuntu-24.04\n"
        "    steps:\n"
        "      - run: python train.py\n"
    ),
    good=(
        "on: push\n"
        "permissions: {contents: read}\n"
        "jobs:\n"
        "  train:\n"
        "    runs-on: ubuntu-24.04\n"
        "    steps:\n"
        "      - run: python train.py\n"
        "      - run: pytest tests/test_model.py\n"
    ),
    example_file="workflow.yml",
    sources=("Breck et al. 2017, The ML test score: https://research.google/pubs/pub46555/",),
)

NO_PERMISSIONS = Rule(
    id="H012",
    slug="missing-workflow-permissions",
    severity="note",
    title=Text(en="Workflow without stated permissions", fr="Workflow sans permissions énoncées"),
    what=Text(
        en="A workflow of GitHub Actions has no permissions, neither for all of it nor for each job.",
        fr="Un workflow de GitHub Actions n'a pas de permissions, ni pour l'ensemble ni pour chaque tâche.",
    ),
    why=Text(
        en="It runs with whatever the repository grants by default, often the right to write code and releases.",
        fr="Il s'exécute avec ce que le dépôt accorde par défaut, souvent le droit d'écrire du code et des versions.",
    ),
    bad=("on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pytest\n"),
    good=(
        "on: push\n"
        "permissions:\n"
        "  contents: read\n"
        "jobs:\n"
        "  test:\n"
        "    runs-on: ubuntu-24.04\n"
        "    steps:\n"
        "      - run: pytest\n"
    ),
    example_file="workflow.yml",
    sources=(
        "GitHub, Controlling permissions for GITHUB_TOKEN: https://docs.github.com/en/actions/"
        "writing-workflows/choosing-what-your-workflow-does/controlling-permissions-for-github_token",
    ),
)

_SECRET = re.compile(
    r"(\A|_)(token|secret|password|passwd|pwd|passphrase|credentials?|pat)(_|\Z)"
    r"|(\A|_)(api|access|private|secret|signing|encryption|account|ssh)_?keys?(_id)?(_|\Z)",
    re.IGNORECASE,
)
#: A name that says where a secret lies, or how long it lasts, holds none.
_ABOUT = re.compile(r"(file|path|dir|name|url|uri|ttl|expir\w*|length|limit|max\w*|count|size|type)\Z", re.IGNORECASE)
_HANDED = frozenset({"docker.arg", "docker.argument", "docker.build_argument"})


def build_arguments(seen: Sequence[Seen]) -> Iterable[Sighting]:
    """Build arguments, and variables of an image with a value, that are named after a secret."""
    for one in seen:
        if one.name not in _HANDED and one.name != "docker.env":
            continue
        name = one.positional[0].strip("'")
        value = one.keywords.get("value", "''").strip("'")
        if one.name == "docker.env" and not value:
            continue
        if _SECRET.search(name) and not _ABOUT.search(name) and not value.isdigit():
            yield Sighting(BUILD_ARGUMENT.id, one.place, (), {"argument": name})


def training(seen: Sequence[Seen]) -> Iterable[Sighting]:
    """The first training of a workflow in which nothing tests."""
    if any(one.name == "ci.gate" and one.keywords.get("of") == "'tests'" for one in seen):
        return
    trained = [one for one in seen if one.name == "ci.training"]
    if trained:
        idle = tuple(one.place for one in seen if one.name == "ci.gate_that_cannot_fail")
        yield Sighting(NO_GATE.id, trained[0].place, idle[:5], {"command": trained[0].positional[0].strip("'")})


def permissions(seen: Sequence[Seen]) -> Iterable[Sighting]:
    """A workflow that says nothing of its rights."""
    for one in seen:
        if one.name == "ci.workflow" and one.keywords.get("permissions") == "'none'":
            yield Sighting(NO_PERMISSIONS.id, one.place)


DETECTORS = (
    Detector(BUILD_ARGUMENT, in_file=build_arguments),
    Detector(NO_GATE, in_file=training),
    Detector(NO_PERMISSIONS, in_file=permissions),
)
