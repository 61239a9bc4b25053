"""The shapes of catalog files as authors write them.

Every shape refuses unknown keys, so that a misspelt key is a fault with a line and not a silent nothing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, model_validator

from fatesline.model.features import Level

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\Z")
_CONSTRAINT_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def _feature_id(text: str) -> str:
    if not _ID.match(text):
        raise ValueError("an id is snake_case in whole words, such as exponentiated_gradient")
    return text


def _constraint_id(text: str) -> str:
    if not _CONSTRAINT_ID.match(text):
        raise ValueError("a constraint id is kebab-case and says what it asks, such as reweighing-needs-weights")
    return text


def _any_id(text: str) -> str:
    return _constraint_id(text) if "-" in text else _feature_id(text)


FeatureId = Annotated[
    str, AfterValidator(_feature_id), Field(json_schema_extra={"pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$"})
]
ConstraintId = Annotated[
    str, AfterValidator(_constraint_id), Field(json_schema_extra={"pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"})
]
AnyId = Annotated[str, AfterValidator(_any_id)]
FormulaText = Annotated[str, Field(min_length=1, max_length=4000)]

#: ``source_id``, or ``source_id`` and where in it: ``ai_act Art. 10(2)``.
Citation = Annotated[str, Field(min_length=1)]

Kind = Literal["context", "derived", "requirement", "mechanism", "document", "act"]
EvidenceKind = Literal["none", "metric", "run", "file", "signature"]
Phase = Literal["analysis", "data", "training", "evaluation", "deployment", "operation"]
Role = Literal[
    "product_owner", "data_scientist", "ml_engineer", "data_engineer", "security", "legal", "operations", "everyone"
]


class Shape(BaseModel):
    """Strict and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False)


class Text(Shape):
    """One sentence or title in every language of the catalog."""

    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def in_language(self, language: str) -> str:
        """The text in ``en`` or ``fr``; English for any other."""
        return self.fr if language == "fr" else self.en


class ConstraintShape(Shape):
    """A cross-tree constraint. In an entry's ``requires`` the formula is what the entry needs: ``id => formula``."""

    id: ConstraintId
    formula: FormulaText
    level: Level
    because: Text
    sources: tuple[Citation, ...] = Field(min_length=1)
    applies_from: datetime.date | None = None
    weight: int = Field(default=1, ge=1, description="penalty of violating a preference")
    note: str = ""
    overrides: ConstraintId | None = Field(
        default=None, description="in constraints files: the constraint of an earlier catalog that this one replaces"
    )


class Parameter(Shape):
    """A value that the user may set; becomes a keyword argument of the component."""

    type: Literal["number", "integer", "text", "boolean", "choice", "columns", "column"]
    default: float | int | str | bool | tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    help: Text
    source: str = Field(default="", description="where the default comes from")
    chosen_by: FeatureId | None = Field(
        default=None, description="an alternative group: the value is the id of its chosen member"
    )


class Fill(Shape):
    """One function of the component module and the slot of the target that it fills.

    The function's arguments are taken by name from what the slot offers and from the entry's parameters.
    """

    slot: FeatureId
    function: str


class Pattern(Shape):
    """What in a project shows that the feature is there. A call, never an import, a name or a comment.

    ``call`` is a qualified name after resolving imports and aliases; ``*`` stands for any characters within one part,
    ``**`` for any number of parts. ``keywords`` narrows a call to those that pass these keyword arguments (``"*"``:
    any value; otherwise the literal as Python prints it). ``file`` is a glob below the checked folder. ``all_of`` holds
    when each of its patterns is found.
    """

    call: str | None = None
    keywords: Mapping[str, str] = Field(default_factory=dict)
    file: str | None = None
    all_of: tuple[Pattern, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Pattern:
        if sum(bool(way) for way in (self.call, self.file, self.all_of)) != 1:
            raise ValueError("a pattern has exactly one of call, file, all_of")
        if self.keywords and not self.call:
            raise ValueError("keywords narrows a call")
        return self


class Entry(Shape):
    """A feature: requirement, mechanism, document, human act or derived fact, with everything known about it."""

    id: FeatureId
    title: Text
    summary: Text
    parent: FeatureId
    relation: Literal["mandatory", "optional", "some", "alternative"] = "optional"
    kind: Kind
    evidence: EvidenceKind = "none"
    phase: Phase = "analysis"
    responsible: Role = "everyone"
    cost: int = Field(default=1, ge=0, description="effort; the cheapest completion is proposed")
    formerly: tuple[FeatureId, ...] = ()
    sources: tuple[Citation, ...] = ()
    defined_as: FormulaText | None = Field(default=None, description="derived features: holds exactly when this does")
    definition: ConstraintId | None = None
    requires: tuple[ConstraintShape, ...] = ()
    parameters: Mapping[FeatureId, Parameter] = Field(default_factory=dict)
    packages: tuple[str, ...] = ()
    requires_python: str = ""
    code: Mapping[str, tuple[Fill, ...]] = Field(default_factory=dict)
    recognise: tuple[Pattern, ...] = ()
    overrides: FeatureId | None = Field(
        default=None, description="the entry of an earlier catalog that this one replaces; its own id"
    )

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Entry:
        if (self.kind == "derived") != (self.defined_as is not None):
            raise ValueError("defined_as belongs to entries of kind derived, and each of them has one")
        if self.code and self.kind not in ("mechanism", "document"):
            raise ValueError("code belongs to mechanisms and documents")
        return self


class Option(Shape):
    """One possible answer; a feature."""

    id: FeatureId
    title: Text
    formerly: tuple[FeatureId, ...] = ()


class Question(Shape):
    """A question of the interview; its id is an abstract feature, its options are the children.

    ``single``: exactly one option; ``multi``: any number, also none; ``yes_no``: one option, which holds for yes.
    """

    id: FeatureId
    section: FeatureId
    ask: Text
    why: Text
    sources: tuple[Citation, ...] = Field(min_length=1)
    type: Literal["single", "multi", "yes_no"]
    asked_if: FormulaText | None = None
    protective: tuple[FeatureId, ...] = Field(description='what "I don\'t know" is taken to mean')
    who_knows: Role = "product_owner"
    measured: bool = Field(default=False, description="profiling can propose the answer")
    options: tuple[Option, ...] = Field(min_length=1)
    overrides: FeatureId | None = Field(
        default=None, description="the question of an earlier catalog that this one replaces; its own id"
    )

    @model_validator(mode="after")
    def _options_fit(self) -> Question:
        ids = [option.id for option in self.options]
        if self.type == "yes_no" and len(ids) != 1:
            raise ValueError("a yes_no question has one option, the one that holds for yes")
        if self.type == "single" and (len(ids) < 2 or len(self.protective) != 1):
            raise ValueError("a single question has at least two options and one protective option")
        for name in self.protective:
            if name not in ids:
                raise ValueError(f'protective names "{name}", which is no option of this question')
        return self


class Section(Shape):
    """A part of the interview, in the order in which the file lists them."""

    id: FeatureId
    title: Text


class Source(Shape):
    """A cited text."""

    title: str
    url: str = ""
    date: str = Field(description="of the text, or of the reading where the text has none")
    checked: Literal["text", "secondary", "recall"]
    note: str = ""


class SourcesFile(RootModel[Mapping[FeatureId, Source]]):
    """``sources.yaml`` or a file below ``sources/``: sources by id."""


class CatalogFile(Shape):
    """``catalog.yaml``."""

    name: str
    version: str
    languages: tuple[Literal["en", "fr"], ...]
    root: FeatureId = "fates_project"
    title: Text
    hides: tuple[AnyId, ...] = Field(
        default=(), description="features, questions, options and constraints of earlier catalogs that are left out"
    )


class ContextFile(Shape):
    """A file below ``context/``."""

    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()


class RequirementsFile(Shape):
    """A file below ``requirements/``."""

    features: tuple[Entry, ...]


class ConstraintsFile(Shape):
    """A file below ``constraints/``."""

    constraints: tuple[ConstraintShape, ...]


class Slot(Shape):
    """A place in the generated project that components fill.

    ``offers`` maps argument names that a component's function may take to the expression written for each.
    """

    id: FeatureId
    title: Text
    offers: Mapping[str, str]
    returns: str
    fills: Literal["exactly_one", "at_most_one", "any"]
    in_baseline: bool = Field(
        default=True, description="false: left out of the model that shows the state before mitigation"
    )
    step_name: str = Field(default="", description="name in the pipeline; the feature's id when empty")
    judged: bool = Field(default=False, description="true: the evidence says whether something holds")


class TargetFile(Shape):
    """``targets/<id>/target.yaml``: slots in running order."""

    id: FeatureId
    title: Text
    slots: tuple[Slot, ...]
    packages: tuple[str, ...] = ()
    development_packages: tuple[str, ...] = ()
    requires_python: str
