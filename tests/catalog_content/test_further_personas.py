"""Every named project through `fates ask --answers` in both languages: what must follow follows, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from further_personas import EMOTIONS_AT_WORK, FURTHER_PERSONAS
from personas import PERSONAS, SOCIAL_SCORING, Answers, Persona
from test_personas import completed, configured

from fatesline import commands
from fatesline.catalog import Catalog
from fatesline.cli import cli
from fatesline.documents.wording import Language
from fatesline.reasoning.reasoner import Reasoner
from fatesline.solution import Solution

EVERYBODY = (*PERSONAS, *FURTHER_PERSONAS)
PROHIBITED = (SOCIAL_SCORING, EMOTIONS_AT_WORK)
LANGUAGES: tuple[Language, ...] = ("en", "fr")
by_name = pytest.mark.parametrize("persona", FURTHER_PERSONAS, ids=lambda persona: persona.name)


def test_at_least_twenty_five_projects_are_named() -> None:
    names = [persona.name for persona in (*EVERYBODY, *PROHIBITED)]

    assert len(set(names)) == len(names) >= 25
    assert not [persona.name for persona in (*EVERYBODY, *PROHIBITED) if not persona.because.endswith(".")]


@by_name
def test_the_interview_asks_exactly_what_the_project_answers(
    persona: Persona, catalog: Catalog, reasoner: Reasoner
) -> None:
    settled = reasoner.consequences(configured(catalog, persona.answers))

    questions = {question.id for question in catalog.questions}
    assert questions & settled.chosen == set(persona.answers)


@by_name
def test_duties_are_forced_and_what_is_spared_is_left_out(
    persona: Persona, catalog: Catalog, reasoner: Reasoner
) -> None:
    settled = reasoner.consequences(configured(catalog, persona.answers))
    chosen = completed(catalog, reasoner, persona.answers)

    assert set(persona.duties) <= settled.chosen
    assert set(persona.never) <= set(catalog.model.ids)
    assert not chosen & set(persona.never)


@pytest.fixture(autouse=True)
def read_once(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands take the catalog that the tests have read already."""
    monkeypatch.setattr(commands, "load", lambda folders=(): catalog)


def written(answers: Answers, folder: Path) -> Path:
    """An answers file."""
    path = folder / "answers.yaml"
    given: Mapping[str, object] = {
        "project": {"name": "persona", "title": "A project"},
        "answers": {name: list(options) for name, options in answers.items()},
    }
    path.write_text(yaml.safe_dump(given))
    return path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.name)
def test_asked_on_the_command_line_the_same_follows(persona: Persona, language: Language, tmp_path: Path) -> None:
    answers, config = written(persona.answers, tmp_path), tmp_path / "fates.yaml"

    asked = CliRunner().invoke(cli, ["ask", "--answers", str(answers), "-o", str(config), "--lang", language])
    assert asked.exit_code == 0, asked.output
    solved = commands.solve(config)

    assert isinstance(solved, Solution)
    assert solved.project.language == language
    assert set(persona.duties) <= solved.forced.chosen
    assert set(persona.proposed) <= set(solved.chosen)
    assert not set(solved.chosen) & set(persona.never)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("persona", PROHIBITED, ids=lambda persona: persona.name)
def test_a_prohibited_practice_stops_with_its_article(persona: Persona, language: Language, tmp_path: Path) -> None:
    answers, config = written(persona.answers, tmp_path), tmp_path / "fates.yaml"

    asked = CliRunner().invoke(cli, ["ask", "--answers", str(answers), "-o", str(config), "--lang", language])

    assert asked.exit_code == 1
    assert "ai_act Art. 5" in asked.output
    assert ("aucune décision de poursuivre" if language == "fr" else "no decision to go ahead") in asked.output
    assert not config.exists()
