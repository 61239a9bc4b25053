"""ProjectPlan -> {path: text}: writes down what the plan chose, and chooses nothing itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from shlex import quote

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from fatesline.catalog.entry import FileFormat
from fatesline.catalog.project import Data, write_project
from fatesline.errors import UserError
from fatesline.generation.plan import ProjectPlan, Step
from fatesline.generation.python_source import call, import_from, literal, pair


def render(plan: ProjectPlan) -> dict[str, str]:
    """Every file of the project. A template that renders to nothing gives no file.

    Parameters
    ----------
    plan : ProjectPlan

    Returns
    -------
    dict of str to str
        Text by path, with forward slashes, relative to the project's folder; sorted by path.

    Raises
    ------
    UserError
        If a template of the target is faulty or a path would leave the project.
    """
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined, autoescape=False
    )
    environment.filters.update(
        call=_call, pair=_pair, docstring=_docstring, toml=_toml, oneline=_oneline, cell=_cell, shellword=quote
    )
    values = _values(plan)
    skeleton = plan.target.folder / "project"
    files = {}
    for template in sorted(skeleton.rglob("*.jinja")):
        inside = template.relative_to(skeleton).as_posix()
        if _language(inside) not in ("", plan.language):
            continue
        try:
            text = environment.from_string(template.read_text(encoding="utf-8")).render(values)
        except TemplateError as fault:
            raise UserError(f"the template is faulty: {fault}", where=str(template)) from None
        if text.strip():
            files[_target_path(inside, plan.package)] = text
    for name, source in plan.components.items():
        files[f"{plan.package}/components/{name}.py"] = source.read_text(encoding="utf-8")
    for name, source in plan.component_tests.items():
        files[f"tests/components/test_{name}.py"] = source.read_text(encoding="utf-8")
    files[f"{plan.package}/project.json"] = plan.facts
    files["requirements.lock"] = "".join(f"{line}\n" for line in plan.lock)
    files["fates.yaml"] = write_project(plan.project)
    for path in files:
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise UserError(f'the path "{path}" leaves the project', where=str(skeleton))
    return dict(sorted(files.items()))


def _language(path: str) -> str:
    """``en`` or ``fr`` for a template that exists in each language, such as README.fr.md.jinja."""
    found = re.search(r"\.(en|fr)\.[a-z]+\.jinja\Z", path)
    return found[1] if found else ""


def _target_path(inside: str, package: str) -> str:
    path = re.sub(r"\.(en|fr)(\.[a-z]+)\.jinja\Z", r"\2.jinja", inside).removesuffix(".jinja")
    return re.sub(r"\Apackage/", f"{package}/", path)


def _values(plan: ProjectPlan) -> dict[str, object]:
    """Strings, lists and two functions: all that templates may see."""
    used = {name for steps in plan.steps.values() for step in steps for _, name in step.arguments}
    constants = [
        {"comment": comment, "source": f"{name} = {literal(value, column=len(name) + 3)}"}
        for name, comment, value in plan.constants
    ]
    steps = {slot: [_step(step) for step in found] for slot, found in plan.steps.items()}
    slot_names = [slot.id for slot in plan.target.slots]

    def imports(modules: Iterable[str], slots: Iterable[str], loaded: Iterable[str] = ()) -> str:
        """Import lines of a file that has the calls of some slots, and loads what others stored.

        A module with a question mark is imported only where one of the calls names it.
        """
        steps_here = [step for slot in slots for step in plan.steps[slot]]
        expressions = " ".join(value for step in steps_here for _, value in step.arguments)
        named = [name.rstrip("?") for name in modules if name[-1] != "?" or f"{name[:-1]}." in expressions]
        wanted = {step.feature for step in [*steps_here, *(step for slot in loaded for step in plan.steps[slot])]}
        lines = [import_from(plan.package, named)] if named else []
        if wanted:
            lines.append(import_from(f"{plan.package}.components", wanted))
        return "\n".join(lines)

    return {
        "package": plan.package,
        "title": plan.title,
        "steps": steps,
        "judged": _once([step for slot in slot_names for step in steps[slot] if step["judged"]]),
        "mitigated": plan.mitigated,
        "protected": any(name == "PROTECTED" for name, _, _ in plan.constants),
        "uses": {
            "FIGURES": "settings.FIGURES" in used,
            "RECORDS": "settings.RECORDS" in used,
            "DOCUMENTS": "settings.DOCUMENTS" in used or bool(plan.drafts),
            "TEXT": "settings.TEXT" in used,
            "DATES": "settings.DATES" in used,
            "TIME": "settings.TIME" in used,
            "groups": "data.groups" in used,
            "persons": any(name.startswith("data.persons") for name in used),
        },
        "constants": constants,
        "imports": imports,
        "requires_python": plan.requires_python,
        "requirements": list(plan.requirements),
        "development_requirements": list(plan.development_requirements),
        "direct_packages": literal(
            sorted({re.split(r"[^A-Za-z0-9._-]", line)[0] for line in plan.requirements}, key=str.lower),
            column=len("PACKAGES = "),
        ),
        "data_file": _command_word(plan.data.file, plan.data.format),
        "data_format": plan.data.format,
        "data_kind": _KINDS[plan.data.format][0],
        "data_example": f"data{_KINDS[plan.data.format][1]}",
        "target": plan.data.target,
        "made_up_target": _made_up_target(plan.data),
        "purpose": plan.project.project.purpose,
        "because": [{"id": name, "title": title, "because": reason} for name, title, reason in plan.because],
        "people": [{"id": name, "title": title} for name, title in plan.people],
        "drafts": [{"id": name, "title": title} for name, title in plan.drafts],
        "dated": _dated(plan),
        **plan.told.plain(),
    }


def _dated(plan: ProjectPlan) -> list[dict[str, object]]:
    """The days from which the law asks for something here, each with the titles of what it asks for."""
    titles = {name: title for name, title, _ in plan.because} | dict(plan.people)
    by_day: dict[str, list[str]] = {}
    for name, title in titles.items():
        day = plan.told.reasons[name].applies_from
        if day is not None:
            by_day.setdefault(day.isoformat(), []).append(title)
    return [{"day": day, "titles": by_day[day]} for day in sorted(by_day)]


def _made_up_target(data: Data) -> str:
    """Source of invented values for the column to predict."""
    if data.direction is not None:
        return "random.normal(size=rows)"
    labels = data.labels or (*data.favourable_labels, f"not {data.favourable_labels[0]}")
    return f"random.choice({literal(list(labels), column=len('            table[column] = random.choice('))}, rows)"


def _step(step: Step) -> dict[str, object]:
    return {
        "feature": step.feature,
        "module": step.feature,
        "name": step.name,
        "function": f"{step.feature}.{step.function}",
        "arguments": [list(argument) for argument in step.arguments],
        "title": step.title,
        "judged": step.judged,
    }


def _once(steps: list[dict[str, object]]) -> list[dict[str, object]]:
    return list({str(step["feature"]): step for step in steps}.values())


def _call(step: Mapping[str, object], before: str = "", after: str = "", indent: int = 0) -> str:
    arguments = [(str(name), str(value)) for name, value in step["arguments"]]  # type: ignore[attr-defined]
    return call(str(step["function"]), arguments, before=before, after=after, indent=indent)


def _pair(step: Mapping[str, object], indent: int = 0) -> str:
    arguments = [(str(name), str(value)) for name, value in step["arguments"]]  # type: ignore[attr-defined]
    return pair(str(step["name"]), str(step["function"]), arguments, indent=indent)


#: What files of each kind are called, and how their names end.
_KINDS: Mapping[FileFormat, tuple[str, str]] = {
    "csv": ("CSV file with a header row", ".csv"),
    "parquet": ("Parquet file", ".parquet"),
    "excel": ("Excel workbook with the names of the columns in the first row", ".xlsx"),
    "duckdb": ("DuckDB file", ".duckdb"),
    "sqlite": ("SQLite file", ".sqlite"),
}


def _command_word(file: str, kind: FileFormat) -> str:
    """The name of the table where make and the shell may meet it; a stand-in where they would read more than a name."""
    return file if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", file) else f"path/to/table{_KINDS[kind][1]}"


def _docstring(text: str) -> str:
    """Text that can neither end a docstring nor escape in it."""
    flat = " ".join(text.replace("\\", "/").split())
    return flat.replace('"""', "'''").rstrip('"').rstrip(".")


def _toml(text: str) -> str:
    """A TOML basic string: JSON's escapes are a subset of TOML's, save DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _oneline(text: str) -> str:
    """Markdown text that starts no heading, list, link or tag of its own."""
    return re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", " ".join(text.split()))


def _cell(text: str) -> str:
    """Text in a Markdown table; backticks stay, they are ours."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
