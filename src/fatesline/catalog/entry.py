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

    id: ConstraintId = Field(description="kebab-case; says what is asked; never changes")
    formula: FormulaText = Field(description="over feature ids, with `!`, `&`, `|`, `=>`, `<=>` and parentheses")
    level: Level = Field(description="how hard it binds, and so what a waiver takes")
    because: Text = Field(description="the reason, one sentence")
    sources: tuple[Citation, ...] = Field(min_length=1, description="`source_id`, or `source_id` and where in it")
    applies_from: datetime.date | None = Field(default=None, description="when a law begins to apply")
    weight: int = Field(default=1, ge=1, description="penalty of violating a preference")
    note: str = Field(default="", description="for authors; says why a constraint stays that follows from others")
    never_waived: bool = Field(default=False, description="nobody may set it aside, such as a prohibition")
    overrides: ConstraintId | None = Field(
        default=None, description="in constraints files: the constraint of an earlier catalog that this one replaces"
    )


class Parameter(Shape):
    """A value that the user may set; becomes a keyword argument of the component."""

    type: Literal["number", "integer", "text", "boolean", "choice", "columns", "column"] = Field(
        description="`column` and `columns` name columns of the user's table"
    )
    default: float | int | str | bool | tuple[str, ...] | None = Field(
        default=None, description="used unless the user sets another; none: the user must"
    )
    minimum: float | None = Field(default=None, description="smallest allowed number")
    maximum: float | None = Field(default=None, description="largest allowed number")
    choices: tuple[str, ...] = Field(default=(), description="what a `choice` may be")
    unit: str = Field(default="", description="of the number")
    help: Text = Field(description="what it does, a few words")
    source: str = Field(default="", description="where the default comes from")
    chosen_by: FeatureId | None = Field(
        default=None, description="an alternative group: the value is the id of its chosen member"
    )


class Fill(Shape):
    """One function of the component module and the slot of the target that it fills.

    The function's arguments are taken by name from what the slot offers and from the entry's parameters.
    """

    slot: FeatureId = Field(description="a slot of the target")
    function: str = Field(description="a function at the top of `for_<target>.py`")


class Pattern(Shape):
    """What in a project shows that the feature is there. A call, never an import, a name or a comment.

    ``call`` is a qualified name after resolving imports and aliases; ``*`` stands for any characters within one part,
    ``**`` for any number of parts. ``keywords`` narrows a call to those that pass these keyword arguments (``"*"``:
    any value; otherwise the literal as Python prints it), ``first`` to those with that first positional argument.
    ``file`` is a glob below the checked folder. ``feature`` is another entry: what shows it, shows this one. ``all_of``
    holds when each of its patterns is found.

    What stands in files that are not Python is named in the same way: ``command.dvc.push`` in a CI step, a Dockerfile
    or a notebook, ``action.actions.checkout``, ``requirement.shap``.
    """

    call: str | None = Field(default=None, description="qualified name of what is called; `*` and `**` as above")
    keywords: Mapping[str, str] = Field(
        default_factory=dict, description="arguments that the call must pass, each with its literal or `*`"
    )
    first: str | None = Field(
        default=None,
        description="first positional argument that the call must pass, as Python prints it; `*` as above, `?*` a "
        "literal",
    )
    file: str | None = Field(default=None, description="glob of a file that must be there")
    feature: FeatureId | None = Field(default=None, description="another entry, whose evidence counts here as well")
    all_of: tuple[Pattern, ...] = Field(default=(), description="patterns that must all be found")
    lacks: Text | None = Field(default=None, description="what is still lacking where nothing but this is found")

    @model_validator(mode="after")
    def _one_way(self) -> Pattern:
        if sum(bool(way) for way in (self.call, self.file, self.feature, self.all_of)) != 1:
            raise ValueError("a pattern has exactly one of call, file, feature, all_of")
        if (self.keywords or self.first) and not self.call:
            raise ValueError("keywords and first narrow a call")
        return self


class Entry(Shape):
    """A feature: requirement, mechanism, document, human act or derived fact, with everything known about it."""

    id: FeatureId = Field(description="snake_case in whole words; never changes")
    title: Text = Field(description="what people call it")
    summary: Text = Field(description="what it does or asks, one sentence")
    parent: FeatureId = Field(description="the feature it hangs below")
    relation: Literal["mandatory", "optional", "some", "alternative"] = Field(
        default="optional",
        description="to the parent; siblings of `some` form one group of which at least one holds, of `alternative` "
        "exactly one",
    )
    kind: Kind = Field(
        description="`act`: people do it; `document` without code: people write it; `derived`: follows from others"
    )
    evidence: EvidenceKind = Field(default="none", description="what shows that it was done")
    phase: Phase = Field(default="analysis", description="when it is due")
    responsible: Role = Field(default="everyone", description="who sees to it")
    cost: int = Field(default=1, ge=0, description="effort; the cheapest completion is proposed")
    formerly: tuple[FeatureId, ...] = Field(default=(), description="earlier ids; old configurations stay readable")
    sources: tuple[Citation, ...] = Field(default=(), description="`source_id`, or `source_id` and where in it")
    defined_as: FormulaText | None = Field(default=None, description="derived facts: holds exactly when this does")
    definition: ConstraintId | None = Field(default=None, description="derived facts: id of the definition")
    requires: tuple[ConstraintShape, ...] = Field(default=(), description="constraints; the formula is what it needs")
    parameters: Mapping[FeatureId, Parameter] = Field(
        default_factory=dict, description="values that the user may set, by argument name"
    )
    packages: tuple[str, ...] = Field(
        default=(), description="requirements as pip reads them, for projects that use it"
    )
    requires_python: str = Field(default="", description="where its packages do not run on every version")
    code: Mapping[str, tuple[Fill, ...]] = Field(
        default_factory=dict, description="by target: which functions of `for_<target>.py` fill which slots"
    )
    recognise: tuple[Pattern, ...] = Field(default=(), description="what shows it in existing code; any one of them")
    listed: bool = Field(default=False, description="true: `fates check` says of every project whether it has it")
    settles: tuple[str, ...] = Field(
        default=(), description="ids of rules of `fates check` that find nothing where this is chosen"
    )
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

    id: FeatureId = Field(description="snake_case; a feature like any other")
    title: Text = Field(description="the answer as people give it")
    formerly: tuple[FeatureId, ...] = Field(default=(), description="earlier ids")


class Question(Shape):
    """A question of the interview; its id is an abstract feature, its options are the children.

    ``single``: exactly one option; ``multi``: any number, also none; ``yes_no``: one option, which holds for yes.
    """

    id: FeatureId = Field(description="snake_case; holds when the question is asked")
    section: FeatureId = Field(description="the part of the interview it belongs to")
    ask: Text = Field(description="the question")
    why: Text = Field(description="why it is asked, one sentence")
    sources: tuple[Citation, ...] = Field(min_length=1, description="what makes it worth asking")
    type: Literal["single", "multi", "yes_no"] = Field(description="how many options may hold")
    asked_if: FormulaText | None = Field(default=None, description="asked exactly when this holds; absent: always")
    protective: tuple[FeatureId, ...] = Field(description='what "I don\'t know" is taken to mean')
    who_knows: Role = Field(default="product_owner", description="whom to ask")
    measured: bool = Field(default=False, description="profiling can propose the answer")
    options: tuple[Option, ...] = Field(min_length=1, description="the possible answers")
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

    id: FeatureId = Field(description="snake_case")
    title: Text = Field(description="heading")


class Source(Shape):
    """A cited text."""

    title: str = Field(description="as it is cited")
    french_title: str = Field(default="", description="as it is cited in French, where it is published in French too")
    url: str = Field(default="", description="where it can be read")
    date: str = Field(description="of the text, or of the reading where it has none: 2016, 2016-04 or 2016-04-27")
    checked: Literal["text", "secondary", "recall"] = Field(
        description="the text itself was read, or what others say of it, or it is cited from memory"
    )
    note: str = Field(default="", description="what readers should know about it")

    def title_in(self, language: str) -> str:
        """The title as readers of ``en`` or ``fr`` know it."""
        return self.french_title or self.title if language == "fr" else self.title


class SourcesFile(RootModel[Mapping[FeatureId, Source]]):
    """``sources.yaml`` or a file below ``sources/``: sources by id."""


class CatalogFile(Shape):
    """``catalog.yaml``."""

    name: str = Field(description="recorded in every project")
    version: str = Field(description="recorded in every project; in quotes")
    languages: tuple[Literal["en", "fr"], ...] = Field(description="of its texts")
    root: FeatureId = Field(default="fates_project", description="id of the root feature")
    title: Text = Field(description="what the catalog is about")
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

    id: FeatureId = Field(description="snake_case")
    title: Text = Field(description="what happens there")
    offers: Mapping[str, str] = Field(description="arguments by name, and the expression written for each")
    returns: str = Field(description="what a function that fills it gives back")
    fills: Literal["exactly_one", "at_most_one", "any"] = Field(description="how many functions may fill it")
    in_baseline: bool = Field(
        default=True, description="false: left out of the model that shows the state before mitigation"
    )
    step_name: str = Field(default="", description="name in the pipeline; the feature's id when empty")
    judged: bool = Field(default=False, description="true: the evidence says whether something holds")
    only_if_named: bool = Field(
        default=False, description="true: written only where an argument of another slot names it"
    )
    is_draft: bool = Field(default=False, description="true: gives a document that people complete")


#: Kinds of files that hold a table.
FileFormat = Literal["csv", "parquet", "excel", "duckdb", "sqlite"]


class TargetFile(Shape):
    """``targets/<id>/target.yaml``: slots in running order."""

    id: FeatureId = Field(description="the folder's name; components are called `for_<id>.py`")
    title: Text = Field(description="what kind of project it makes")
    slots: tuple[Slot, ...] = Field(description="in running order")
    packages: tuple[str, ...] = Field(default=(), description="what every project needs")
    development_packages: tuple[str, ...] = Field(default=(), description="what its tests need")
    reads: Mapping[FileFormat, tuple[str, ...]] = Field(
        default={"csv": ()}, description="kinds of files a project can read, and the packages each needs"
    )
    requires_python: str = Field(description="versions that run the project")
