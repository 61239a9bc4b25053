"""Workflows of GitHub Actions and GitLab CI: what their steps run, with which rights, and what can stop them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fatesline.checking.flow.scopes import Seen
from fatesline.checking.readers import dependencies, shell
from fatesline.checking.readers.containers import image
from fatesline.checking.readers.yaml_nodes import Node, Word
from fatesline.model.places import Place

_TESTS = frozenset(
    (
        "behave", "ct", "deepchecks", "fates", "giskard", "great_expectations", "nose2", "nosetests", "nox",
        "promptfoo", "py_test", "pytest", "pytest-3", "soda", "stestr", "tox", "trial", "unittest",
    )
)  # fmt: skip
_STYLE = frozenset(
    (
        "autopep8", "bandit", "black", "codespell", "flake8", "gitleaks", "hadolint", "interrogate", "isort", "mypy",
        "nbqa", "pip-audit", "pre-commit", "prospector", "pycodestyle", "pydocstyle", "pyflakes", "pylint", "pyright",
        "ruff", "safety", "ty", "vulture", "yamllint",
    )
)  # fmt: skip
_MAKERS = frozenset(
    (
        "bazel", "bun", "cargo", "doit", "go", "gradle", "gradlew", "inv", "invoke", "just", "make", "mvn", "mvnw",
        "npm", "pixi", "pnpm", "poe", "rake", "task", "yarn",
    )
)  # fmt: skip
_TEST_TARGET = re.compile(
    r"(\A|[-_:])(unit|integration)?[-_]?(tests?|pytest|gate|validate|verify)(\Z|[-_:])", re.IGNORECASE
)
_STYLE_TARGET = re.compile(
    r"(\A|[-_:])(lint|style|format|check|checks|quality|typecheck|mypy|ci)(\Z|[-_:])", re.IGNORECASE
)
_PREPARING = re.compile(r"(install|setup|build|clean|prepare|download|deps|docker)[-_:]", re.IGNORECASE)
_TEST_SCRIPT = re.compile(
    r"(\A|[/_.-])(run_)?(tests?|gate|quality|threshold|validate|validation|verify|assert|check)\w*(?=[/_.-]|\Z)",
    re.IGNORECASE,
)
_TRAINING = re.compile(
    r"(\A|[/_.-])(re)?train(ing|er)?(?=[/_.-]|\Z)|(\A|/)(train|fit)\w*\.(py|ipynb|sh)\Z", re.IGNORECASE
)
#: The token that every run has by itself is no secret that somebody handles.
_SECRET = re.compile(r"\$\{\{[^}]*\bsecrets\.(?P<name>(?!GITHUB_TOKEN\b)\w+)")
#: A variable of GitLab, which is kept with the project; what begins with CI_ every run has by itself.
_MASKED = re.compile(
    r"\$\{?(?P<name>(?!CI_)\w*(PASSWORD|TOKEN|SECRET|API_KEY|ACCESS_KEY|SERVICE_ACCOUNT_KEY|CREDENTIALS)(_ID)?)\b"
)
_SECRET_BUILD_ARGUMENT = re.compile(r"--build-arg[= ]+[\"']?(?P<name>\w+)=")

#: Keys of GitLab CI that are no jobs.
_NOT_JOBS = frozenset(
    (
        "after_script", "before_script", "cache", "default", "image", "include", "services", "spec", "stages",
        "variables", "workflow",
    )
)  # fmt: skip


@dataclass(slots=True)
class _Seen:
    """What is collected from one file."""

    file: str
    seen: list[Seen] = field(default_factory=list)
    packages: list[dependencies.Package] = field(default_factory=list)

    def add(self, name: str, line: int, *texts: str, **keywords: str) -> None:
        self.seen.append(Seen(name, "call", Place(self.file, line), tuple(map(repr, texts)), keywords))

    def finished(self) -> tuple[Seen, ...]:
        # What a job installs for itself pins nothing that the program runs with.
        packages = dependencies.facts_of(self.packages, self.file)
        said = (one for one in packages if one.name not in ("dependency.pinned", "dependency.partly_pinned"))
        return (*self.seen, *said)


def is_github(document: Node) -> bool:
    """Whether a document is a workflow, or an action made of steps."""
    if not isinstance(document, dict):
        return False
    jobs = document.get("jobs")
    if isinstance(jobs, dict) and (
        "on" in document or any(isinstance(job, dict) and "runs-on" in job for job in jobs.values())
    ):
        return True
    runs = document.get("runs")
    return isinstance(runs, dict) and "using" in runs


def github(document: Node, file: str, text: str) -> tuple[Seen, ...]:
    """The facts of a workflow."""
    found = _Seen(file)
    for number, line in enumerate(text.split("\n"), start=1):
        match = _SECRET.search(line)
        if match is not None and not line.lstrip().startswith("#"):
            found.add("secret.ci", number, match["name"])
    jobs = document.get("jobs")
    runs = document.get("runs")
    if isinstance(runs, dict):
        _steps(runs.get("steps"), found, may_fail=True)
        if _text(runs.get("image")).startswith("docker://"):
            _image(runs["image"], found)
    if isinstance(jobs, dict):
        every_job = [job for job in jobs.values() if isinstance(job, dict)]
        is_limited = "permissions" in document or (bool(every_job) and all("permissions" in job for job in every_job))
        key = next((key for key in document if key == "jobs"), None)
        at = key.line if isinstance(key, Word) else 0
        found.add("ci.workflow", at, permissions=repr("stated" if is_limited else "none"))
        for job in every_job:
            _environment(job.get("env"), found)
            container = job.get("container")
            _image(container.get("image") if isinstance(container, dict) else container, found)
            services = job.get("services")
            for service in services.values() if isinstance(services, dict) else ():
                _image(service.get("image") if isinstance(service, dict) else service, found)
            if isinstance(job.get("uses"), Word):
                _action(job["uses"], found)
            _steps(job.get("steps"), found, may_fail=_text(job.get("continue-on-error")) != "true")
    _environment(document.get("env"), found)
    return found.finished()


def _steps(steps: Node, found: _Seen, *, may_fail: bool) -> None:
    for step in steps if isinstance(steps, list) else ():
        if not isinstance(step, dict):
            continue
        can_stop = may_fail and _text(step.get("continue-on-error")) != "true"
        _environment(step.get("env"), found)
        if isinstance(step.get("uses"), Word):
            _action(step["uses"], found)
            given = step.get("with")
            if isinstance(given, dict):
                _build_arguments(given.get("build-args"), found)
            if step["uses"].startswith("pre-commit/action"):
                _gate(found, step["uses"].line, "style", can_stop=can_stop)
        run = step.get("run")
        if isinstance(run, Word):
            _script(run, found, can_stop=can_stop)


def _action(uses: Word, found: _Seen) -> None:
    if uses.startswith((".", "$")):
        return
    if uses.startswith("docker://"):
        found.seen += image(uses, Place(found.file, uses.line))
        return
    path, _, reference = uses.partition("@")
    name = ".".join(re.sub(r"[^\w-]", "_", part) for part in path.split("/"))
    is_pinned = re.fullmatch(r"[0-9a-f]{40}", reference) is not None
    found.add(f"action.{name}", uses.line, str(uses), ref=repr(reference), pinned=repr(is_pinned))


def _script(run: Word, found: _Seen, *, can_stop: bool) -> None:
    offset = run.first - 1
    for command in shell.commands(run):
        line = offset + command.line
        found.seen += shell.facts_of(command, Place(found.file, line))
        found.packages += (one._replace(line=line) for one in dependencies.installed_by(command))
        kind = gate_kind(command.words)
        stops = can_stop and command.may_fail
        if kind:
            _gate(found, line, kind, can_stop=stops)
        elif trains(command.words):
            found.add("ci.training", line, " ".join(command.words)[:80])
        joined = " ".join(command.words)
        if command.words[0] in ("docker", "buildah", "podman"):
            for match in _SECRET_BUILD_ARGUMENT.finditer(joined):
                found.add("docker.build_argument", line, match["name"])


def _gate(found: _Seen, line: int, kind: str, *, can_stop: bool) -> None:
    found.add("ci.gate" if can_stop else "ci.gate_that_cannot_fail", line, of=repr(kind))


def gate_kind(words: tuple[str, ...]) -> str:
    """``tests`` or ``style`` for a command that judges something and fails if it falls short; else empty."""
    program, *rest = words
    if "--exit-zero" in rest or "--exit-zero-even-if-changed" in rest or ("--version" in rest and len(rest) == 1):
        return ""
    targets = [word for word in rest if not word.startswith("-") and not _PREPARING.match(word)]
    if program in _TESTS:
        return "tests"
    if program in _STYLE:
        return "style"
    if program in _MAKERS:
        if any(_TEST_TARGET.search(word) for word in targets):
            return "tests"
        return "style" if any(_STYLE_TARGET.search(word) for word in targets) else ""
    if program == "python" and targets:
        if _TEST_SCRIPT.search(targets[0]) or (targets[0] == "setup.py" and "test" in targets):
            return "" if trains(words) else "tests"
        return ""
    if program == "dbt" and targets[:1] in (["test"], ["build"]):
        return "tests"
    return "tests" if program in ("bash", "sh") and targets and _TEST_SCRIPT.search(targets[0]) else ""


def trains(words: tuple[str, ...]) -> bool:
    """Whether a command trains a model, as far as its names tell."""
    program, *rest = words
    targets = [word for word in rest if not word.startswith("-")]
    if program == "dvc":
        return targets[:1] == ["repro"] or targets[:2] == ["exp", "run"]
    if program == "mlflow":
        return targets[:1] == ["run"]
    if program == "kedro":
        return targets[:1] == ["run"]
    if program in ("python", "papermill", "bash", "sh", "jupyter", *_MAKERS) or program.endswith(".sh"):
        # Of the arguments of a script, none is one.
        number = 3 if program in (*_MAKERS, "jupyter") else 1
        named = [*targets[:number], *([program] if program.endswith(".sh") else [])]
        return any(_TRAINING.search(word) for word in named)
    return _TRAINING.search(program) is not None


def _build_arguments(value: Node, found: _Seen) -> None:
    if isinstance(value, Word):
        for number, line in enumerate(value.split("\n"), start=1):
            name, equals, _ = line.strip().partition("=")
            if equals:
                found.add("docker.build_argument", value.first - 1 + number, name)


def _environment(value: Node, found: _Seen) -> None:
    for name, given in value.items() if isinstance(value, dict) else ():
        if isinstance(given, Word) and isinstance(name, Word):
            found.add("setting.environment", name.line, str(name), value=repr(str(given)))


def _image(value: Node, found: _Seen) -> None:
    if isinstance(value, Word):
        found.seen += image(value, Place(found.file, value.line))


def is_gitlab(document: Node) -> bool:
    """Whether a document is a GitLab pipeline: jobs with scripts."""
    return isinstance(document, dict) and any(
        isinstance(job, dict) and "script" in job and isinstance(job["script"], list | Word)
        for job in document.values()
    )


def gitlab(document: Node, file: str) -> tuple[Seen, ...]:
    """The facts of a GitLab pipeline."""
    found = _Seen(file)
    written = _written_variables(document)
    for name, job in document.items():
        if name == "image":
            _image(job.get("name") if isinstance(job, dict) else job, found)
        elif name == "variables":
            _environment(job, found)
        elif isinstance(job, dict) and (name not in _NOT_JOBS or name == "default"):
            container = job.get("image")
            _image(container.get("name") if isinstance(container, dict) else container, found)
            _environment(job.get("variables"), found)
            allowed = job.get("allow_failure")
            for part in ("before_script", "script", "after_script"):
                for line in _lines(job.get(part)):
                    match = _MASKED.search(line)
                    if match is not None and match["name"] not in written:
                        found.add("secret.ci", line.line, match["name"])
                    _script(line, found, can_stop=part != "after_script" and _text(allowed) != "true")
    return found.finished()


def _written_variables(document: dict[str, Node]) -> set[str]:
    """Variables whose values stand in the file: those of jobs and of all of it."""
    given = [document.get("variables"), *(job.get("variables") for job in document.values() if isinstance(job, dict))]
    return {str(name) for variables in given if isinstance(variables, dict) for name in variables}


def _lines(value: Node) -> Iterator[Word]:
    if isinstance(value, Word):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _lines(item)


def _text(value: Node) -> str:
    return str(value) if isinstance(value, str) else ""
