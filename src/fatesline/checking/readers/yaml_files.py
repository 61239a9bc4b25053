"""YAML files by what they hold: workflows, stages, services, environments, pipelines with code in them, alerts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import yaml

from fatesline.checking.flow.scopes import Seen
from fatesline.checking.readers import dependencies, shell, workflows
from fatesline.checking.readers.containers import image
from fatesline.checking.readers.python_files import parsed_statements
from fatesline.checking.readers.reading import MOST_BYTES, Problem, Reading, decoded_text, refused
from fatesline.checking.readers.yaml_nodes import Node, Word, documents
from fatesline.model.places import Place

#: Only files with one of these can tell anything; the others are settings and data.
_WORTH_A_LOOK = re.compile(
    r"^\s*-?\s*(jobs|runs|stages|services|script|dependencies|entry_points|groups|image|command|args|type|versioned)\s*:"
    r"|deploymentSpec|workflowSpec",
    re.MULTILINE,
)
_CODE = re.compile(r"^\s*(def|import|from) ", re.MULTILINE)
_HERE = re.compile(r"<<\s*-?\s*['\"]?(?P<mark>\w+)['\"]?[^\n]*\n(?P<code>.*?)\n\s*(?P=mark)\s*(?:\n|\Z)", re.DOTALL)
_PRINTED = re.compile(r"printf\s+(?:\"%s\"|'%s'|%s)\s+\"\$0\"")


def read(path: str, raw: bytes) -> Reading:
    """What a YAML file shows.

    Parameters
    ----------
    path : str
    raw : bytes
        A file that is not YAML is a problem only where a workflow was to be expected: templates end in ``.yaml`` too.
    """
    if len(raw) > MOST_BYTES:
        return Reading()
    text = decoded_text(raw)
    if text is None:
        return refused("encoding", path)
    if _WORTH_A_LOOK.search(text) is None:
        return Reading(text=text)
    try:
        found = documents(text)
    except (yaml.YAMLError, ValueError) as error:
        if not _is_workflow(path):
            return Reading(text=text)
        mark = getattr(error, "problem_mark", None)
        place = Place(path, mark.line + 1 if mark is not None else 0)
        detail = getattr(error, "problem", None) or str(error)
        return Reading(text=text, problems=(Problem("syntax", place, detail[:200]),))
    seen: list[Seen] = []
    code: list[ast.stmt] = []
    for document in found:
        if isinstance(document, dict):
            seen += _facts(document, path, text)
            if "deploymentSpec" in text or "argoproj" in text or "implementation" in document:
                code += _embedded(document, path)
                seen += _installed(document, path)
    return Reading(tuple(code), text, seen=tuple(seen))


def _is_workflow(path: str) -> bool:
    return ".github/workflows/" in f"/{path}" or PurePosixPath(path).name.endswith(".gitlab-ci.yml")


def _facts(document: dict[str, Node], path: str, text: str) -> Iterator[Seen]:
    if workflows.is_github(document):
        yield from workflows.github(document, path, text)
    elif isinstance(document.get("stages"), dict):
        yield from _stages(document["stages"], path)
    elif isinstance(document.get("entry_points"), dict):
        yield from _commands_under(document["entry_points"], "command", path)
    elif workflows.is_gitlab(document):
        yield from workflows.gitlab(document, path)
    elif isinstance(document.get("dependencies"), list) and ("channels" in document or "name" in document):
        yield from dependencies.facts_of(list(dependencies.conda_packages(document["dependencies"])), path)
    elif isinstance(document.get("groups"), list):
        yield from _alerts(document["groups"], path)
    elif document.get("kind") == "PrometheusRule" and isinstance(document.get("spec"), dict):
        groups = document["spec"].get("groups")
        yield from _alerts(groups if isinstance(groups, list) else [], path)
    elif isinstance(document.get("services"), dict):
        yield from _services(document["services"], path)
    else:
        yield from _data_sets(document, path)
        yield from _images(document, path)


def _stages(stages: dict[str, Node], path: str) -> Iterator[Seen]:
    """Stages of ``dvc.yaml``; a stage without a command is another tool's."""
    for name, stage in stages.items():
        if isinstance(stage, dict) and ("cmd" in stage or "foreach" in stage or "do" in stage):
            line = name.line if isinstance(name, Word) else 0
            yield Seen("dvc.stage", "call", Place(path, line), (repr(str(name)),), {})
            inner = stage.get("do") if isinstance(stage.get("do"), dict) else stage
            yield from _commands_under({"stage": inner}, "cmd", path)


def _commands_under(parts: dict[str, Node], key: str, path: str) -> Iterator[Seen]:
    for part in parts.values():
        given = part.get(key) if isinstance(part, dict) else None
        for word in given if isinstance(given, list) else [given]:
            if isinstance(word, Word):
                for command in shell.commands(word):
                    yield from shell.facts_of(command, Place(path, word.first + command.line - 1))


def _alerts(groups: list[Node], path: str) -> Iterator[Seen]:
    """Alerts of Prometheus rule files, by their names."""
    for group in groups:
        rules = group.get("rules") if isinstance(group, dict) else None
        for rule in rules if isinstance(rules, list) else ():
            alert = rule.get("alert") if isinstance(rule, dict) else None
            if isinstance(alert, Word):
                yield Seen(
                    f"prometheus.alert.{re.sub(r'[^A-Za-z0-9_]', '_', alert)}", "call", Place(path, alert.line), (), {}
                )


def _services(services: dict[str, Node], path: str) -> Iterator[Seen]:
    for service in services.values():
        if not isinstance(service, dict):
            continue
        if isinstance(service.get("image"), Word):
            yield from image(service["image"], Place(path, service["image"].line))
        secrets = service.get("secrets")
        if isinstance(secrets, list) and secrets and isinstance(secrets[0], Word):
            yield Seen("secret.mounted", "call", Place(path, secrets[0].line), (), {})
        build = service.get("build")
        arguments = build.get("args") if isinstance(build, dict) else None
        for kind, given in (("docker.argument", arguments), ("service.environment", service.get("environment"))):
            for name, value, line in _pairs(given):
                yield Seen(kind, "call", Place(path, line), (repr(name),), {"value": repr(value)})


def _pairs(given: Node) -> Iterator[tuple[str, str, int]]:
    if isinstance(given, dict):
        for name, value in given.items():
            if isinstance(name, Word) and isinstance(value, Word):
                yield str(name), str(value), name.line
    elif isinstance(given, list):
        for item in given:
            if isinstance(item, Word) and "=" in item:
                name, _, value = item.partition("=")
                yield name, value, item.line


def _data_sets(document: dict[str, Node], path: str) -> Iterator[Seen]:
    """Data sets of a Kedro catalog, and those whose versions are kept."""
    for name, one in document.items():
        kind = one.get("type") if isinstance(one, dict) else None
        if isinstance(kind, Word) and re.search(r"Data[sS]et\Z", kind):
            place = Place(path, name.line if isinstance(name, Word) else 0)
            yield Seen(f"kedro.{kind.replace('/', '.')}", "call", place, (), {})
            if str(one.get("versioned", "")).lower() == "true":
                yield Seen("kedro.versioned_data_set", "call", place, (), {})


def _images(node: Node, path: str) -> Iterator[Seen]:
    """Images of deployments and pipelines, at any depth."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting += current
        elif isinstance(current, dict):
            named = current.get("image")
            kept = current.get("secretKeyRef", current.get("secretRef"))
            if isinstance(kept, dict):
                at = next((word.line for word in kept.values() if isinstance(word, Word)), 0)
                yield Seen("secret.mounted", "call", Place(path, at), (), {})
            if isinstance(named, Word) and ("/" in named or ":" in named or "command" in current or "args" in current):
                yield from image(named, Place(path, named.line))
            waiting += current.values()


def _embedded(document: dict[str, Node], path: str) -> list[ast.stmt]:
    """The Python of Kubeflow components, which stands in their commands as text; its places are its lines there."""
    found: list[ast.stmt] = []
    waiting: list[Node] = [document]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            waiting += reversed(current.values())
        elif isinstance(current, list):
            waiting += reversed(current)
        elif isinstance(current, Word) and len(current) > 40 and _CODE.search(current):
            for code, before in _code_in(current):
                parsed = parsed_statements(code, path)
                if isinstance(parsed, list):
                    for statement in parsed:
                        ast.increment_lineno(statement, current.first - 1 + before)
                    found += parsed
    return found


def _installed(document: dict[str, Node], path: str) -> Iterator[Seen]:
    """Packages that the steps of a pipeline install before they run, but for what its compiler adds by itself."""
    packages: list[dependencies.Package] = []
    waiting: list[Node] = [document]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            waiting += reversed(current.values())
        elif isinstance(current, list):
            waiting += reversed(current)
        elif isinstance(current, Word) and "pip install" in current:
            for command in shell.commands(current):
                asked = list(dependencies.installed_by(command))
                if not any(one.name == "kfp" for one in asked):
                    packages += (one._replace(line=current.first - 1 + command.line) for one in asked)
    said = dependencies.facts_of(packages, path)
    yield from (one for one in said if one.name not in ("dependency.pinned", "dependency.partly_pinned"))


def _code_in(text: str) -> Iterator[tuple[str, int]]:
    """Python in a command: all of it, or what a here document or ``printf`` writes to a file."""
    match = _HERE.search(text)
    if match is not None:
        yield match["code"], text.count("\n", 0, match.start("code"))
    elif not text.lstrip().startswith(("if !", "set -", "#!/bin")) and _PRINTED.search(text) is None:
        yield text.strip("\n"), len(text) - len(text.lstrip("\n"))
