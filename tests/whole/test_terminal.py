"""The interview in a real terminal: a whole one, back, quit and resume, Ctrl-C, ways out, French, and plain lines."""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fatesline.catalog import Catalog
from fatesline.catalog.project import Project, read_project
from fatesline.interview import Session, View
from fatesline.reasoning import Reasoner

pexpect = pytest.importorskip("pexpect", reason="pexpect drives terminals on Unix only")

UP, DOWN, CTRL_C, ENTER = "\x1b[A", "\x1b[B", "\x03", "\r"

#: Moves to the right stand for blanks that were not drawn; everything else that is no text goes.
_RIGHT = re.compile(r"\x1b\[\d*C")
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|[\x00-\x08\x0b-\x1f]")

#: How long a slow machine may take for one question.
PATIENCE = 30


class Screen:
    """A terminal with ``fates`` in it; remembers what was drawn.

    Parameters
    ----------
    folder : Path
    *words : str
        Of the command.
    environment : str
        Further variables.
    """

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        # Nobody answers here when the cursor's place is asked for.
        known = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "LC_ALL", "LC_MESSAGES")}
        env = {**known, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", "LANG": "C.UTF-8", **environment}
        command = ["-m", "fatesline", *words]
        self.child = pexpect.spawn(
            sys.executable,
            command,
            cwd=str(folder),
            env=env,
            encoding="utf-8",
            timeout=PATIENCE,
            dimensions=(60, 110),
            # A test run in the background has Ctrl-C ignored, and would hand that on.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.raw = ""
        self._read = 0

    def waits_for(self, *texts: str) -> str:
        """Read until one of the texts stands there, after what was read before; gives that text."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            shown = self._plain()
            places = [(found, text) for text in texts if (found := shown.find(text, self._read)) >= 0]
            if places:
                at, text = min(places)
                self._read = at + len(text)
                return text
            try:
                self.raw += self.child.read_nonblocking(65536, timeout=1)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                if "" in texts:
                    return ""
                break
        raise AssertionError(f"{texts} did not appear in:\n{self._plain()[self._read :]}")

    def types(self, keys: str) -> None:
        self.child.send(keys)

    def ends(self) -> int:
        """Read to the end; the exit code."""
        try:
            while True:
                self.raw += self.child.read_nonblocking(65536, timeout=PATIENCE)
        except pexpect.EOF:
            self.child.close()
        return int(self.child.exitstatus or 0)

    def shown(self) -> str:
        return self._plain()

    def _plain(self) -> str:
        return " ".join(_CONTROL.sub("", _RIGHT.sub(" ", self.raw)).split())


#: The last words below a question, with the keys that it takes.
AT_QUESTION = "b back | a answers | q quit"
AT_END = "Every question is answered."


def begun(folder: Path, *words: str, **environment: str) -> Screen:
    """An interview at its first question."""
    screen = Screen(folder, "ask", "-o", "fates.yaml", *words, **environment)
    screen.waits_for("What is the project called?")
    screen.types("Loans" + ENTER)
    screen.waits_for("What is it for, in one sentence?")
    screen.types("Decide on loans." + ENTER)
    screen.waits_for(AT_QUESTION)
    return screen


@pytest.fixture(scope="module")
def first(catalog: Catalog) -> View:
    """What the interview asks first; it has several answers."""
    view = Session(catalog, Reasoner(catalog.model)).view()
    assert view.question is not None
    return view


def picking(view: View, *options: int) -> str:
    """The keys that answer with these options, counted from 1."""
    assert view.question is not None
    if view.question.type == "single":
        return f"{options[0]}{ENTER}"
    return "".join(f"{number} " for number in options) + ENTER


def chosen(view: View, *options: int) -> tuple[str, ...]:
    return tuple(view.options[number - 1].option.id for number in options)


def on_file(folder: Path) -> Project:
    return read_project(folder / "fates.yaml")


def test_a_whole_interview_of_people_who_know_nothing_lists_whom_to_ask(tmp_path: Path, catalog: Catalog) -> None:
    screen = begun(tmp_path)
    asked = 1
    screen.types("u")
    screen.waits_for("Taken for now, to be settled:")
    while screen.waits_for(AT_QUESTION, AT_END) == AT_QUESTION:
        screen.types("u")
        asked += 1
    screen.waits_for("Still to be settled, with those who can tell:")
    screen.waits_for("(legal)")
    screen.waits_for("Finish, or change an answer?")
    screen.waits_for("q quit")
    screen.types(ENTER)

    assert screen.ends() == 0
    project = on_file(tmp_path)
    assert len(project.answers) == asked
    assert {answer.origin for answer in project.answers.values()} == {"default"}
    assert "next: fates solve fates.yaml" in screen.shown()


def test_options_are_taken_with_arrows_and_the_reason_of_the_question_is_a_key_away(
    tmp_path: Path, first: View
) -> None:
    assert first.question is not None
    screen = begun(tmp_path)
    screen.types("?")
    screen.waits_for('"I don\'t know" is read protectively, as:')
    screen.waits_for("Who can tell:")
    screen.waits_for(AT_QUESTION)
    screen.types(DOWN + UP + DOWN + (ENTER if first.question.type == "single" else " " + ENTER))
    screen.waits_for(AT_QUESTION)
    screen.types("q")

    assert screen.ends() == 0
    answer = on_file(tmp_path).answers[first.question.id]
    assert answer.chosen == chosen(first, 2)
    assert answer.origin == "asked"


def test_back_asks_again_with_the_earlier_answer_marked_and_changes_it(tmp_path: Path, first: View) -> None:
    assert first.question is not None
    screen = begun(tmp_path)
    screen.types(picking(first, 2))
    screen.waits_for(AT_QUESTION)
    screen.types("b")
    screen.waits_for(f"x{']' if first.question.type == 'multi' else ')'} {first.options[1].option.title.en}")
    screen.waits_for(AT_QUESTION)
    screen.types(picking(first, 1) if first.question.type == "single" else picking(first, 2, 1))
    screen.waits_for(AT_QUESTION)
    screen.types("q")
    screen.ends()

    assert on_file(tmp_path).answers[first.question.id].chosen == chosen(first, 1)


@pytest.mark.parametrize("leave", ["q", CTRL_C, "\x04"], ids=["q", "ctrl-c", "ctrl-d"])
def test_an_interview_that_was_left_goes_on_where_it_was(tmp_path: Path, leave: str, first: View) -> None:
    screen = begun(tmp_path)
    screen.types(picking(first, 1))
    screen.waits_for(AT_QUESTION)
    screen.types("u")
    screen.waits_for("Taken for now")
    screen.waits_for(AT_QUESTION)
    screen.types(leave)
    screen.waits_for("Stopped here; the answers so far are kept.")
    assert screen.ends() == 0
    left = on_file(tmp_path)

    second = Screen(tmp_path, "ask", "-o", "fates.yaml")
    second.waits_for("2 answered")
    second.waits_for(AT_QUESTION)
    second.types("u")
    second.waits_for("Taken for now")
    second.waits_for(AT_QUESTION)
    second.types("q")
    second.ends()

    resumed = on_file(tmp_path)
    assert len(left.answers) == 2
    assert len(resumed.answers) == 3
    assert {name: resumed.answers[name] for name in left.answers} == left.answers
    assert resumed.project == left.project
    assert resumed.project.title == "Loans"


def test_a_terminal_that_goes_away_loses_nothing_that_was_answered(tmp_path: Path, first: View) -> None:
    assert first.question is not None
    screen = begun(tmp_path)
    screen.types(picking(first, 1))
    screen.waits_for(AT_QUESTION)
    screen.child.close(force=True)

    assert on_file(tmp_path).answers[first.question.id].chosen == chosen(first, 1)


def test_a_contradiction_is_refused_once_then_argued_with_ways_out_of_which_one_is_taken(
    tmp_path: Path, catalog: Catalog
) -> None:
    question = catalog.question("area_of_use")
    numbers = {option.id: number for number, option in enumerate(question.options, start=1)}
    credit, none = numbers["area_creditworthiness"], numbers["none_of_these_areas"]
    asked = question.ask.en
    answers = "answers:\n  jurisdiction: [european_union]\n  persons_concerned: [individuals_concerned, profiling]\n"
    (tmp_path / "answers.yaml").write_text(answers, encoding="utf-8")
    screen = Screen(tmp_path, "ask", "-o", "fates.yaml", "--answers", "answers.yaml", "--lang", "en")
    screen.waits_for("What is the project called?")
    screen.types(ENTER)
    screen.waits_for("What is it for")
    screen.types(ENTER)
    # What nobody knows is read protectively; so on to the area of use.
    while screen.waits_for(asked, AT_QUESTION) != asked:
        screen.types("u")
    screen.waits_for(AT_QUESTION)
    screen.types(f"{credit} {none} ")
    screen.waits_for("you answered:")
    screen.types(ENTER)
    screen.waits_for("The same key again takes it all the same")
    screen.types(ENTER)
    screen.waits_for("These answers do not go together:")
    screen.waits_for("Which way out? The cheapest comes first.")
    screen.waits_for(f"answer anew: {asked}")
    screen.waits_for("b back | q quit")
    screen.types(ENTER)
    screen.waits_for(asked)
    screen.waits_for(AT_QUESTION)
    screen.types(f"{credit} {ENTER}")
    screen.waits_for("This settles: High-risk system of the AI Act")
    screen.waits_for(AT_QUESTION)
    screen.types("q")
    screen.ends()

    assert on_file(tmp_path).answers["area_of_use"].chosen == ("area_creditworthiness",)


@pytest.mark.parametrize(
    ("words", "environment"), [(["--lang", "fr"], {}), ([], {"LC_ALL": "fr_FR.UTF-8"}), ([], {"LANG": "fr_FR.UTF-8"})]
)
def test_the_interview_speaks_french(tmp_path: Path, words: list[str], environment: dict[str, str]) -> None:
    screen = Screen(tmp_path, "ask", "-o", "fates.yaml", *words, **environment)
    screen.waits_for("Comment s'appelle le projet ?")
    screen.types("Prêts" + ENTER)
    screen.waits_for("À quoi sert-il, en une phrase ?")
    screen.types(ENTER)
    screen.waits_for("répondues : 0")
    screen.waits_for("b retour | a réponses | q quitter")
    screen.types("u")
    screen.waits_for("Retenu pour l'instant, à régler :")
    screen.waits_for("q quitter")
    screen.types("q")
    screen.waits_for("Arrêt ici ; les réponses données sont conservées.")
    screen.ends()

    project = on_file(tmp_path)
    assert project.language == "fr"
    assert project.project.name == "prets"
    for english in ("answered", "Source:", "don't know", "Taken", "settles"):
        assert english not in screen.shown()


def test_colours_are_drawn_on_a_terminal_unless_no_color_asks_for_none(tmp_path: Path) -> None:
    coloured = re.compile(r"\x1b\[[0-9;]*(3[0-7]|9[0-7]|38;)[0-9;]*m")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    with_colour, without = begun(tmp_path / "a"), begun(tmp_path / "b", NO_COLOR="1")
    for screen in (with_colour, without):
        screen.types("q")
        screen.ends()

    assert coloured.search(with_colour.raw)
    assert not coloured.search(without.raw)


def test_a_dumb_terminal_gets_plain_lines(tmp_path: Path) -> None:
    screen = Screen(tmp_path, "ask", "-o", "fates.yaml", TERM="dumb")
    screen.waits_for("What is the project called?")
    screen.types("Loans\n")
    screen.waits_for("What is it for")
    screen.types("\n")
    screen.waits_for("(?, u, b, a, q):")
    screen.types("1\n")
    screen.waits_for("(?, u, b, a, q):")
    screen.types(CTRL_C)
    screen.waits_for("Stopped here; the answers so far are kept.")
    screen.ends()

    assert "\x1b" not in screen.raw
    assert len(on_file(tmp_path).answers) == 1


def piped(folder: Path, typed: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fatesline", "ask", "-o", "fates.yaml", *words],
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_what_was_measured_is_shown_with_its_figures_and_counts_once_it_is_confirmed(tmp_path: Path) -> None:
    with (tmp_path / "table.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["sex", "income", "granted"])
        writer.writerows(
            ["woman" if row % 2 else "man", 1000 + 7 * row % 400, "yes" if row % 3 else "no"] for row in range(400)
        )
    screen = Screen(tmp_path, "ask", "-o", "fates.yaml", "--data", "table.csv", "--target", "granted", "--lang", "en")
    screen.waits_for("Which label of the target is good for the person concerned?")
    screen.waits_for("q quit")
    screen.types("1" + ENTER)
    screen.waits_for("Which columns are protected attributes?")
    screen.waits_for("groups: man, woman")
    screen.waits_for("q quit")
    screen.types(ENTER)
    screen.waits_for("What is the project called?")
    screen.types(ENTER)
    screen.waits_for("What is it for")
    screen.types(ENTER)
    page = "The data answer these questions. Which of the answers do you confirm?"
    while screen.waits_for(page, AT_QUESTION) != page:
        screen.types("u")
    screen.waits_for("a table of 400 rows and 3 columns")
    screen.waits_for("granted has 2 values")
    screen.waits_for("q quit")
    screen.types(ENTER)
    screen.waits_for(AT_QUESTION)
    screen.types("q")
    assert screen.ends() == 0

    project = on_file(tmp_path)
    measured = {name: answer for name, answer in project.answers.items() if answer.origin == "measured"}
    assert len(measured) >= 2
    assert all(answer.note for answer in measured.values())
    assert project.data is not None
    assert [one.column for one in project.data.protected] == ["sex"]


def test_lines_from_a_pipe_are_answers_and_the_drawing_library_is_not_loaded(tmp_path: Path) -> None:
    done = piped(tmp_path, "Loans\nDecide.\n1\nu\n", PYTHONPROFILEIMPORTTIME="1", PYTHONUNBUFFERED="1")

    assert done.returncode == 0
    assert "left before the end" in done.stdout
    assert "\x1b" not in done.stdout
    assert len(on_file(tmp_path).answers) == 2
    assert "fatesline.interview.plain" in done.stderr
    assert "prompt_toolkit" not in done.stderr
    assert "duckdb" not in done.stderr


@pytest.mark.parametrize(("language", "said"), [("en", "nobody is there to answer"), ("fr", "personne n'est là")])
def test_an_empty_pipe_is_told_and_nothing_is_written(tmp_path: Path, language: str, said: str) -> None:
    done = piped(tmp_path, "", "--lang", language)

    assert done.returncode == 2
    assert said in done.stderr
    assert "--answers" in done.stderr
    assert not (tmp_path / "fates.yaml").exists()


def test_faults_of_answers_are_told_in_french(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text("answers: {jurisdictoin: x, project_role: [develop_system]}\n")

    done = piped(tmp_path, "", "--answers", "answers.yaml", LC_ALL="fr_FR.UTF-8")

    assert done.returncode == 2
    assert "il n'y a pas de question « jurisdictoin »\n  vouliez-vous dire « jurisdiction » ?" in done.stderr
    assert "n'est pas une option de la question « project_role »" in done.stderr
