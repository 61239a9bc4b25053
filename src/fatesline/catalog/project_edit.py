"""A single decision written into ``fates.yaml`` as it stands, comments and all."""

from __future__ import annotations

import yaml

from fatesline.catalog.positions import parse_yaml, shaped
from fatesline.catalog.project_shape import Choice, Project
from fatesline.errors import UserError


def with_choice(text: str, file: str, feature: str, *, chosen: bool) -> str:
    """The text of a project file with one more decision under ``choices``.

    Parameters
    ----------
    text : str
        Of a project file without faults.
    file : str
        Its name, for the fault.
    feature : str
    chosen : bool
        An earlier choice on the same feature is changed to this.

    Returns
    -------
    str
        Nothing else differs from ``text``.

    Raises
    ------
    UserError
        If the file is written in a way that cannot be edited without touching something else, as with anchors.
    """
    before = shaped(Project, parse_yaml(text, file))
    earlier = before.choices.get(feature)
    choice = earlier.model_copy(update={"chosen": chosen}) if earlier else Choice(chosen=chosen)
    wanted = before.model_copy(update={"choices": {**before.choices, feature: choice}})
    edited = _edited(text, feature, "true" if chosen else "false")
    try:
        reread = shaped(Project, parse_yaml(edited, file))
    except UserError:
        reread = before
    if reread != wanted:
        raise UserError(
            "the choice cannot be added without touching something else",
            where=file,
            way_on=f"Write it by hand under choices: {feature}: {{chosen: {str(chosen).lower()}}}",
        )
    return edited


def _edited(text: str, feature: str, value: str) -> str:
    line_end = "\r\n" if "\r\n" in text else "\n"
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    assert top is not None, "a project file without faults is not empty"
    choices = next((found for key, found in top.value if key.value == "choices"), None)
    if choices is None:
        ended = text if text.endswith("\n") else text + line_end
        return f"{ended}{line_end}choices:{line_end}  {feature}:{line_end}    chosen: {value}{line_end}"
    for key, choice in choices.value:
        if key.value == feature:
            at = next(found for name, found in choice.value if name.value == "chosen")
            return text[: at.start_mark.index] + value + text[at.end_mark.index :]
    if choices.flow_style:
        at = choices.start_mark.index + 1
        comma = ", " if choices.value else ""
        return f"{text[:at]}{feature}: {{chosen: {value}}}{comma}{text[at:]}"
    first = choices.value[0][0].start_mark
    indent = " " * first.column
    return f"{text[: first.index]}{feature}:{line_end}{indent}  chosen: {value}{line_end}{indent}{text[first.index :]}"
