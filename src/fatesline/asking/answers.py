"""The answers file of a project: what `ask --answers` needs to come to the same answers again."""

from __future__ import annotations

from fatesline.catalog import Catalog
from fatesline.catalog.answers import UNKNOWN, DataSettings
from fatesline.catalog.project import Answer, Project
from fatesline.catalog.yaml_text import block_lines, entry_lines

HEADER = """\
# Answers for "fates ask --answers": an option, a list of options, true or false, or unknown. What was measured keeps
# its figures."""


def answers_file(project: Project, catalog: Catalog, settings: DataSettings) -> str:
    """The text of an answers file.

    Parameters
    ----------
    project : Project
    catalog : Catalog
        Knows of each question how it is answered.
    settings : DataSettings
        What was said about columns to keep and to leave out, of which the project only has the outcome.

    Returns
    -------
    str
        YAML; the same project gives the same bytes.
    """
    values: dict[str, object] = {
        "language": project.language,
        "project": project.project.model_dump(),
        "answers": {name: _given(name, answer, catalog) for name, answer in project.answers.items()},
        "choices": {name: choice.model_dump() for name, choice in project.choices.items()},
        "parameters": {name: dict(values) for name, values in project.parameters.items()},
        "waivers": [waiver.model_dump() for waiver in project.waivers],
        "data": _data(project, settings),
    }
    lines = [HEADER]
    for key, value in values.items():
        if value:
            lines += entry_lines(key, value) if isinstance(value, str) else ["", f"{key}:", *block_lines(value, 2)]
    return "\n".join(lines) + "\n"


def _given(name: str, answer: Answer, catalog: Catalog) -> object:
    if answer.origin == "default" and not answer.note:
        return UNKNOWN
    # The nearest possible reading depends on what was answered before; the file keeps it as it was.
    if answer.origin != "asked" or answer.note:
        return answer.model_dump(exclude_defaults=True) | {"chosen": list(answer.chosen)}
    kind = catalog.question(name).type
    if kind == "yes_no":
        return bool(answer.chosen)
    return answer.chosen[0] if kind == "single" else list(answer.chosen)


def _data(project: Project, settings: DataSettings) -> dict[str, object]:
    if project.data is None:
        return {}
    found: dict[str, object] = {"target": project.data.target}
    if project.data.direction is not None:
        found["favourable"] = project.data.direction
    elif isinstance(project.data.favourable, str):
        found["favourable"] = project.data.favourable
    else:
        found["favourable"] = list(project.data.favourable)
    found["protected"] = [
        one.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True) for one in project.data.protected
    ]
    if project.data.person is not None:
        found["person"] = project.data.person
    if project.data.time is not None:
        found["time"] = project.data.time.model_dump(exclude_none=True)
    if settings.keep or settings.drop:
        found |= {"keep": list(settings.keep), "drop": list(settings.drop)}
    if project.data.quasi_identifiers:
        found["quasi_identifiers"] = list(project.data.quasi_identifiers)
    if settings.reference:
        found["reference"] = {name: dict(shares) for name, shares in settings.reference.items()}
    return found
