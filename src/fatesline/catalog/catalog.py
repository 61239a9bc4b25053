"""Catalog: what exists, what goes with what, and why; the logic apart from texts, sources, code and patterns."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from fatesline.catalog.entry import Entry, FileFormat, Option, Question, Section, Slot, Source, Text
from fatesline.errors import UserError, did_you_mean
from fatesline.model.features import FeatureModel, Level, unknown_feature
from fatesline.model.formula import Formula
from fatesline.model.places import Place

Language = Literal["en", "fr"]

#: The two branches that the reader makes: questions hang below the first, derived facts below the second.
CONTEXT = "context"
CONTEXT_FACTS = "context_facts"

_BRANCHES: Mapping[str, Text] = {
    CONTEXT: Text(en="Context", fr="Contexte"),
    CONTEXT_FACTS: Text(en="Facts that follow from the context", fr="Faits qui découlent du contexte"),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """One of the catalogs that were put together.

    Parameters
    ----------
    name, version : str
        As its ``catalog.yaml`` says.
    folder : Path
    shown_as : str
        How places name the folder.
    origin : {'built-in', 'package', 'folder'}
        Shipped with the tool, found through the entry point group ``fatesline.catalogs``, or given by the user.
    languages : tuple of str
    """

    name: str
    version: str
    folder: Path
    shown_as: str
    origin: Literal["built-in", "package", "folder"]
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class ConstraintEntry:
    """A constraint with everything known about it.

    Parameters
    ----------
    id : str
    formula : Formula
        As the reasoner sees it: ``feature => ...`` for what an entry requires.
    level : {'law', 'technical', 'method', 'preference'}
    because : Text
        The reason, one sentence.
    sources : tuple of str
        Citations.
    origin : {'written', 'required', 'definition', 'asked'}
        From a constraints file; from an entry's ``requires``; what a derived fact means; when a question is asked.
    feature : str
        The entry or question it comes from; empty for ``written``.
    place : Place
    applies_from : date or None
    weight : int
        Penalty of violating a preference.
    note : str
    never_waived : bool
        True for what nobody may answer for setting aside, such as a prohibition.
    """

    id: str
    formula: Formula
    level: Level
    because: Text
    sources: tuple[str, ...]
    origin: Literal["written", "required", "definition", "asked"]
    feature: str
    place: Place
    applies_from: datetime.date | None = None
    weight: int = 1
    note: str = ""
    never_waived: bool = False

    @property
    def can_be_waived(self) -> bool:
        """Whether a named person may answer for setting it aside."""
        stated = self.origin in ("written", "required")
        return stated and self.level in ("law", "method") and not self.never_waived


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of project that can be generated.

    Parameters
    ----------
    id : str
    title : Text
    slots : tuple of Slot
        In running order.
    packages, development_packages : tuple of str
        Requirements as pip reads them.
    reads : mapping of str to tuple of str
        Kinds of files that hold a table, and the packages that reading each needs.
    requires_python : str
    folder : Path
        Holds ``target.yaml`` and the skeleton ``project/``.
    place : Place
    """

    id: str
    title: Text
    slots: tuple[Slot, ...]
    packages: tuple[str, ...]
    development_packages: tuple[str, ...]
    reads: Mapping[FileFormat, tuple[str, ...]]
    requires_python: str
    folder: Path
    place: Place

    def slot(self, slot_id: str) -> Slot:
        """The slot with the given id.

        Raises
        ------
        UserError
            If the target has none.
        """
        for slot in self.slots:
            if slot.id == slot_id:
                return slot
        hint = did_you_mean(slot_id, (slot.id for slot in self.slots))
        raise UserError(f'the target "{self.id}" has no slot "{slot_id}"', where=str(self.place), way_on=hint)

    def module_name(self) -> str:
        """The file beside an entry that holds its component for this target."""
        return f"for_{self.id}.py"


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every layer put together; nothing in it refers to something that does not exist.

    Parameters
    ----------
    model : FeatureModel
        The tree in reading order, parents before children, and all constraints.
    entries : mapping of str to Entry
        Requirements, mechanisms, documents, human acts and derived facts, by feature id.
    questions : tuple of Question
        In the order of the sections, then of the files.
    sections : tuple of Section
        In interview order.
    options : mapping of str to (Question, Option)
        By feature id.
    constraints : mapping of str to ConstraintEntry
        By constraint id; the same as in the model, in the same order.
    sources : mapping of str to Source
    targets : mapping of str to Target
    layers : tuple of Layer
        The built-in one first.
    places : mapping of str to Place
        Where each feature, question and option is written.
    source_places : mapping of str to Place
    folders : mapping of str to Path
        Of the entries that have a folder of their own: it holds their components, test and cases.
    """

    model: FeatureModel
    entries: Mapping[str, Entry]
    questions: tuple[Question, ...]
    sections: tuple[Section, ...]
    options: Mapping[str, tuple[Question, Option]]
    constraints: Mapping[str, ConstraintEntry]
    sources: Mapping[str, Source]
    targets: Mapping[str, Target]
    layers: tuple[Layer, ...]
    places: Mapping[str, Place]
    source_places: Mapping[str, Place]
    folders: Mapping[str, Path]
    _root_title: Text
    _formerly: Mapping[str, str] = field(default_factory=dict, repr=False)

    def entry(self, feature_id: str) -> Entry:
        """The entry of a feature.

        Raises
        ------
        UserError
            If there is none; with the nearest one.
        """
        try:
            return self.entries[feature_id]
        except KeyError:
            raise unknown_feature(feature_id, self.entries) from None

    def question(self, question_id: str) -> Question:
        """The question with the given id.

        Raises
        ------
        UserError
            If there is none; with the nearest one.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        hint = did_you_mean(question_id, (question.id for question in self.questions))
        raise UserError(f'there is no question "{question_id}"', way_on=hint)

    def title(self, feature_id: str, language: str = "en") -> str:
        """What a feature is called: the title of an entry or option, the wording of a question.

        Raises
        ------
        UserError
            If there is no such feature; with the nearest one.
        """
        if feature_id in self.entries:
            return self.entries[feature_id].title.in_language(language)
        if feature_id in self.options:
            return self.options[feature_id][1].title.in_language(language)
        if feature_id in _BRANCHES:
            return _BRANCHES[feature_id].in_language(language)
        if self.model[feature_id].parent is None:
            return self._root_title.in_language(language)
        return self.question(feature_id).ask.in_language(language)

    def citation(self, text: str) -> tuple[Source, str]:
        """The source of a citation, and where in it.

        Parameters
        ----------
        text : str
            ``source_id`` or ``source_id where``: ``ai_act Art. 10(2)``.

        Raises
        ------
        UserError
            If there is no such source; with the nearest one.
        """
        source_id, locator = split_citation(text)
        try:
            return self.sources[source_id], locator
        except KeyError:
            hint = did_you_mean(source_id, self.sources)
            raise UserError(f'there is no source "{source_id}"', way_on=hint) from None

    def current_id(self, feature_id: str) -> str:
        """The id that a feature has today: the one given, unless an entry or option was ``formerly`` called so."""
        return self._formerly.get(feature_id, feature_id)

    def place(self, feature_id: str) -> Place:
        """Where a feature is written; the first catalog's file for what the reader made.

        Raises
        ------
        UserError
            If there is no such feature.
        """
        return self.places[self.model[feature_id].id]

    def module(self, feature_id: str, target_id: str) -> Path | None:
        """The component module of a feature for a target; None where the entry has no code for it."""
        if target_id not in self.entry(feature_id).code:
            return None
        return self.folders[feature_id] / self.targets[target_id].module_name()

    def children(self, feature_id: str) -> tuple[str, ...]:
        """Ids of the features below a feature, in reading order."""
        return tuple(feature.id for feature in self.model.children(feature_id))


def split_citation(text: str) -> tuple[str, str]:
    """Source id and locator of a citation; the locator may be empty."""
    source_id, _, locator = text.strip().partition(" ")
    return source_id, locator.strip()
