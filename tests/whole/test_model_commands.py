"""``fates model …`` on small models in every format: right answers, stable JSON, exit codes, and clear faults."""

from __future__ import annotations

import gzip
import importlib.util
import itertools
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest

from fatesline import model_commands
from fatesline.catalog import load
from fatesline.cli import main
from fatesline.documents.model_words import MOST_STEPS, ModelWords
from fatesline.exchange import read, write
from fatesline.reasoning import Reasoner

ROOT = Path(__file__).parents[2]
MODELS = ROOT.parent / "shared" / "models"

SHOP = """\
features
	Shop
		mandatory
			Pay {cost 3}
				alternative
					Card {cost 2.5}
					Cash {cost 1}
		optional
			Search {cost 4}
				or
					Basic
					Advanced {cost 2}
			Phone
constraints
	Advanced => Card
	Phone => Cash
"""

#: Found by hand: {Card or Cash with Phone or not} times {no search, Basic, and with Card also Advanced, both}.
CONFIGURATIONS = 8

SUFFIXES = [".uvl", ".xml", ".cnf", ".dimacs", ".uvl.gz", ".xml.gz", ".cnf.gz", ".dimacs.gz"]


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Fates = Callable[..., Said]


@pytest.fixture
def fates(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Fates:
    """Runs ``fates model`` in an empty folder that has shop.uvl; anything but an exit fails the test."""
    monkeypatch.chdir(tmp_path)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "shop.uvl").write_text(SHOP, encoding="utf-8")

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["fates", "model", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        shown = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return Said(stop.value.code, shown.out, shown.err)

    return run


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_model_is_analysed_in_every_format(fates: Fates, tmp_path: Path, suffix: str) -> None:
    write(read(tmp_path / "shop.uvl").model, tmp_path / f"other{suffix}")

    said = fates("analyse", f"other{suffix}", "--format", "json")

    assert said.code == 0
    assert said.json["features"] == 8
    assert said.json["valid"] is True
    assert sorted(said.json["core"]) == ["Pay", "Shop"]
    assert said.json["dead"] == []
    # Clauses have no tree that would say that Pay is mandatory.
    assert said.json["false_optional"] == (["Pay"] if "nf" in suffix or "dimacs" in suffix else [])
    assert said.json["configurations"] == CONFIGURATIONS


def test_further_answers_come_on_request(fates: Fates, tmp_path: Path) -> None:
    (tmp_path / "more.uvl").write_text(SHOP + "\tPhone => !Card\n", encoding="utf-8")

    plain = fates("analyse", "more.uvl", "--format", "json").json
    more = fates(
        "analyse", "more.uvl", "--redundant", "--atomic-sets", "--commonality", "--format", "json"
    ).json  # fmt: skip

    assert not {"redundant_constraints", "atomic_sets", "commonality"} & set(plain)
    # Each of the two says the same as the other, given the alternative.
    assert more["redundant_constraints"] == ["constraint-2", "constraint-3"]
    assert ["Shop", "Pay"] in more["atomic_sets"]
    assert more["commonality"]["Search"] == 5 / CONFIGURATIONS


def test_the_convention_of_false_optional_features_is_said(fates: Fates, tmp_path: Path) -> None:
    (tmp_path / "dead.uvl").write_text(
        "features\n\tA\n\t\toptional\n\t\t\tB\n\t\t\t\toptional\n\t\t\t\t\tC\n\t\t\tD\nconstraints\n\t!B\n\tD\n"
    )

    published = fates("analyse", "dead.uvl", "--format", "json").json
    strict = fates("analyse", "dead.uvl", "--convention", "strict", "--format", "json").json

    assert published["dead"] == ["B", "C"]
    assert (published["false_optional"], published["false_optional_convention"]) == (["C", "D"], "published")
    assert (strict["false_optional"], strict["false_optional_convention"]) == (["D"], "strict")


def test_bounds_say_that_they_are_bounds(fates: Fates, tmp_path: Path) -> None:
    names = [f"F{at}" for at in range(40)]
    rules = [
        f"{names[a]} | !{names[b]} | {names[c]}"
        for a, b, c in itertools.islice(itertools.permutations(range(40), 3), 0, 9000, 37)
    ]
    (tmp_path / "dense.uvl").write_text(
        "features\n\tRoot\n\t\toptional\n" + "".join(f"\t\t\t{name}\n" for name in names)
        + "constraints\n" + "".join(f"\t{rule}\n" for rule in rules)
    )  # fmt: skip

    bounds = fates("count", "dense.uvl", "--seconds", "0.000001", "--format", "json").json
    exact = fates("count", "dense.uvl", "--seconds", "60", "--format", "json").json
    said = fates("count", "dense.uvl", "--seconds", "0.000001")

    assert bounds["configurations"] is None
    assert bounds["configurations_exact"] is False
    assert bounds["configurations_at_least"] <= exact["configurations"] <= bounds["configurations_at_most"]
    assert said.out.startswith("between ")
    assert "bounds" in said.out


def test_numbers_too_long_for_json_readers_are_written_as_text(fates: Fates, tmp_path: Path) -> None:
    (tmp_path / "wide.uvl").write_text(
        "features\n\tRoot\n\t\toptional\n" + "".join(f"\t\t\tF{at}\n" for at in range(15_000))
    )

    said = fates("count", "wide.uvl", "--format", "json")
    text = fates("count", "wide.uvl")

    with localcontext(prec=5000):
        assert said.json["configurations"] == f"{Decimal(2) ** 15_000:f}"
    # log10(2) * 15,000 = 4515.4499..., and 10 ** 0.4499... = 2.8179...
    assert text.out.startswith("2.817")
    assert "e4515 (4,516 digits" in text.out


def test_a_configuration_is_valid_or_completable_or_neither(fates: Fates) -> None:
    valid = fates("check", "shop.uvl", "--with", "Shop", "--with", "Pay", "--with", "Cash", "--whole")
    partial = fates("check", "shop.uvl", "--with", "Phone", "--format", "json")
    partial_as_whole = fates("check", "shop.uvl", "--with", "Phone", "--whole")
    neither = fates("check", "shop.uvl", "--with", "Phone", "--with", "Card", "--format", "json")

    assert valid.code == 0
    assert (partial.code, partial.json["valid"], partial.json["completable"]) == (0, False, True)
    assert partial_as_whole.code == 1
    assert (neither.code, neither.json["valid"], neither.json["completable"]) == (1, False, False)
    assert neither.json["text"]


def test_consequences_can_be_read_again(fates: Fates, tmp_path: Path) -> None:
    first = fates("consequences", "shop.uvl", "--with", "Advanced", "--format", "json")
    (tmp_path / "first.json").write_text(first.out)
    (tmp_path / "first.txt").write_text(fates("consequences", "shop.uvl", "--with", "Advanced").out)

    assert first.json == {
        "consistent": True,
        "chosen": ["Shop", "Pay", "Card", "Search", "Advanced"],
        "ruled_out": ["Cash", "Phone"],
        "open": ["Basic"],
    }
    assert fates("consequences", "shop.uvl", "--given", "first.json", "--format", "json").json == first.json
    assert fates("consequences", "shop.uvl", "--given", "first.txt", "--format", "json").json == first.json


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("given.txt", "# wishes\nAdvanced\n\n! Basic\n"),
        ("given.txt", '"Advanced"\r\n!Basic\r\n'),
        ("given.json", '{"Advanced": true, "Basic": false}'),
        ("given.json", '{"chosen": ["Advanced"], "ruled_out": ["Basic"]}'),
        (
            "given.xml",
            '<configuration><feature manual="selected" name="Advanced"/><feature manual="unselected" name="Basic"/>'
            '<feature automatic="undefined" manual="undefined" name="Phone"/></configuration>',
        ),
    ],
)
def test_a_configuration_is_read_in_every_format(fates: Fates, tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).write_bytes(text.encode())

    said = fates("count", "shop.uvl", "--given", file)
    asked = fates("count", "shop.uvl", "--with", "Advanced", "--without", "Basic")

    assert said.out == asked.out == "1\n"


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("given.txt", "Card\nPhon\n", "given.txt:2:1"),
        ("given.txt", "Card\n  !Card\n", "given.txt:2:3"),
        ("given.json", '{\n "Phon": true\n}', "given.json:2:2"),
        ("given.json", '{"Phone": tru', "given.json:1:11"),
        ("given.json", '{"Phone": 7}', "given.json:1:2"),
        ("given.json", "[" * 100_000, "given.json:1:1"),
        ("given.xml", '<configuration>\n<feature manual="selected" name="Phon"/></configuration>', "given.xml:2:1"),
        ("given.xml", '<!DOCTYPE c [<!ENTITY a "b">]><c/>', "given.xml:1:"),
        ("given.xml", "<configuration>", "given.xml:1:"),
    ],
)
def test_faults_of_a_configuration_are_told_with_their_place(
    fates: Fates, tmp_path: Path, file: str, text: str, place: str
) -> None:
    (tmp_path / file).write_text(text)

    said = fates("check", "shop.uvl", "--given", file)

    assert said.code == 2
    assert place in said.err


def test_why_tells_what_must_hold_what_cannot_and_what_may(fates: Fates) -> None:
    cannot = fates("why", "shop.uvl", "Phone", "--with", "Advanced")
    must = fates("why", "shop.uvl", "Card", "--with", "Advanced", "--format", "json")
    may = fates("why", "shop.uvl", "Basic", "--format", "json")

    assert cannot.out == (
        '"Phone" cannot be chosen:\n'
        '  you chose "Advanced";\n'
        '  so "Card": "Advanced" requires "Card";\n'
        '  so not "Cash": "Pay" has one only, here "Card";\n'
        '  so not "Phone": "Phone" requires "Cash".\n'
    )
    assert must.json["holds"] is True
    assert must.json["argument"]["constraints"] == ["constraint-1"]
    assert may.json == {"feature": "Basic", "holds": None, "argument": None}
    assert (cannot.code, must.code, may.code) == (0, 0, 0)


def test_a_conflict_is_argued_in_english_and_french(fates: Fates) -> None:
    wish = ("shop.uvl", "--with", "Advanced", "--with", "Phone", "--with", "Basic")

    assert fates("conflict", *wish, "--lang", "en").out == (
        "These do not go together:\n"
        '  you chose "Advanced" and "Phone";\n'
        '  so "Card" and "Cash": "Advanced" requires "Card"; "Phone" requires "Cash";\n'
        '  which does not fit: "Pay" has exactly one of "Card" and "Cash".\n'
        'Ways out: give up "Advanced" or "Phone".\n'
    )
    assert fates("conflict", *wish, "--lang", "fr").out == (
        "Ceci ne va pas ensemble :\n"
        "  vous avez choisi « Advanced » et « Phone » ;\n"
        "  donc « Card » et « Cash » : « Advanced » exige « Card » ; « Phone » exige « Cash » ;\n"
        "  ce qui ne va pas ensemble : « Pay » a exactement un de « Card » et « Cash ».\n"
        "Issues : renoncer à « Advanced » ou à « Phone ».\n"
    )


def test_conflicts_and_repairs_keep_to_their_limit(fates: Fates) -> None:
    wish = ("shop.uvl", "--with", "Advanced", "--with", "Phone", "--with", "Cash", "--format", "json")

    every = fates("conflicts", *wish)
    one = fates("conflicts", *wish, "--limit", "1")
    repairs = fates("repairs", *wish)
    cheapest = fates("repairs", *wish, "--limit", "1")

    assert (every.code, one.code, repairs.code) == (1, 1, 1)
    decided = [{each["feature"] for each in found["decisions"]} for found in every.json["conflicts"]]
    assert sorted(decided, key=sorted) == [{"Advanced", "Cash"}, {"Advanced", "Phone"}]
    assert len(one.json["conflicts"]) == 1
    given_up = [[each["feature"] for each in found["give_up"]] for found in repairs.json["repairs"]]
    assert given_up == [["Advanced"], ["Phone", "Cash"]]
    assert cheapest.json["repairs"] == repairs.json["repairs"][:1]


def test_without_a_conflict_nothing_is_found(fates: Fates) -> None:
    for command in ("conflict", "conflicts"):
        said = fates(command, "shop.uvl", "--with", "Phone", "--format", "json")
        assert (said.code, said.json) == (0, {"consistent": True})
    assert fates("repairs", "shop.uvl", "--with", "Phone").code == 0


def test_a_completion_is_smallest_cheapest_or_nearest(fates: Fates, tmp_path: Path) -> None:
    (tmp_path / "near.txt").write_text("Shop\nPay\nCard\nPhone\nBasic\n")
    (tmp_path / "costs.json").write_text('{"Basic": 0.5, "Advanced": 0.25}')

    smallest = fates("complete", "shop.uvl", "--with", "Search", "--format", "json").json["chosen"]
    by_attribute = fates("complete", "shop.uvl", "--with", "Search", "--by", "cost").out.split()
    by_file = fates("complete", "shop.uvl", "--with", "Search", "--costs", "costs.json").out.split()
    nearest = fates("complete", "shop.uvl", "--with", "Card", "--near", "near.txt").out.split()

    assert smallest == ["Shop", "Pay", "Card", "Search", "Basic"]
    assert by_attribute == ["Shop", "Pay", "Cash", "Search", "Basic"]
    assert by_file == ["Shop", "Pay", "Card", "Search", "Advanced"]
    # Phone goes, as Card stays; and Basic goes or Search comes, which is one difference either way.
    assert set(nearest) - {"Search", "Basic"} == {"Shop", "Pay", "Card"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--by", "price"), 'no feature has the attribute "price"'),
        (("--costs", "word.json"), 'the cost of "Card" is no number'),
        (("--costs", "negative.json"), 'the cost of "Card" is negative'),
        (("--costs", "unknown.json"), 'did you mean "Card"?'),
        (("--by", "cost", "--near", "near.txt"), "not both"),
    ],
)
def test_costs_that_are_none_are_told(fates: Fates, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    (tmp_path / "word.json").write_text('{"Card": "much"}')
    (tmp_path / "negative.json").write_text('{"Card": -1}')
    (tmp_path / "unknown.json").write_text('{"Crad": 1}')
    (tmp_path / "near.txt").write_text("Card\n")

    said = fates("complete", "shop.uvl", *words)

    assert said.code == 2
    assert told in said.err


def test_what_is_listed_are_configurations_of_the_model(fates: Fates) -> None:
    everything = fates("enumerate", "shop.uvl", "--limit", "100", "--format", "json").json
    some = fates("enumerate", "shop.uvl", "--limit", "3", "--format", "json").json
    sample = fates("sample", "shop.uvl", "--number", "50", "--seed", "1", "--format", "json").json
    again = fates("sample", "shop.uvl", "--number", "50", "--seed", "1", "--format", "json").json
    other = fates("sample", "shop.uvl", "--number", "50", "--seed", "2", "--format", "json").json

    valid = {tuple(chosen) for chosen in everything["configurations"]}
    assert len(valid) == everything["number"] == CONFIGURATIONS
    assert (everything["all"], some["all"], some["number"]) == (True, False, 3)
    assert {tuple(chosen) for chosen in sample["configurations"]} <= valid
    assert sample == again != other


@pytest.mark.parametrize("strength", [2, 3])
def test_a_cover_shows_every_combination_and_keeps_what_is_given(fates: Fates, strength: int) -> None:
    everything = fates("enumerate", "shop.uvl", "--limit", "100", "--format", "json").json["configurations"]
    only = ("Cash", "Phone", "Basic", "Advanced")

    cover = fates(
        "cover", "shop.uvl", "--strength", strength, "--with", "Search", "--format", "json",
        *itertools.chain.from_iterable(("--only", name) for name in only),
    ).json["configurations"]  # fmt: skip

    def shown(configurations: list[list[str]]) -> set[tuple[tuple[str, bool], ...]]:
        return {
            tuple((name, name in chosen) for name in names)
            for names in itertools.combinations(only, strength)
            for chosen in configurations
        }

    searching = [chosen for chosen in everything if "Search" in chosen]
    assert all(chosen in searching for chosen in cover)
    assert shown(cover) == shown(searching)


@pytest.mark.parametrize(
    ("new", "kind", "code"),
    [
        (SHOP.replace("Phone => Cash", "!Cash => !Phone"), "refactoring", 0),
        (SHOP + "\t!Phone\n", "specialisation", 1),
        (SHOP.replace("\tPhone => Cash\n", ""), "generalisation", 1),
        (SHOP.replace("Phone => Cash", "Phone => Card"), "arbitrary edit", 1),
    ],
)
def test_an_edit_is_named_and_witnessed(fates: Fates, tmp_path: Path, new: str, kind: str, code: int) -> None:
    (tmp_path / "new.uvl").write_text(new)
    old_reasoner, new_reasoner = (Reasoner(read(tmp_path / file).model) for file in ("shop.uvl", "new.uvl"))

    said = fates("compare", "shop.uvl", "new.uvl", "--format", "json")

    assert (said.code, said.json["kind"]) == (code, kind)
    for key, only, never in (("gone", old_reasoner, new_reasoner), ("new", new_reasoner, old_reasoner)):
        witness = said.json[key]
        if witness is not None:
            assert model_commands.check(read_of(only), decided(only, witness)).is_valid
            assert not model_commands.check(read_of(never), decided(never, witness)).is_valid
    assert fates("compare", "shop.uvl", "new.uvl").out.startswith(kind)


def read_of(reasoner: Reasoner) -> model_commands.Imported:
    return model_commands.Imported(reasoner.model)


def decided(reasoner: Reasoner, chosen: list[str]) -> model_commands.Configuration:
    return model_commands.decided(read_of(reasoner), chosen)


def test_a_slice_keeps_exactly_the_choices_among_the_kept(fates: Fates, tmp_path: Path) -> None:
    shown = fates("slice", "shop.uvl", "--to", "Phone", "--to", "Advanced")
    written = fates("slice", "shop.uvl", "--to", "Phone", "--to", "Advanced", "-o", "small.xml")

    assert (shown.code, written.code) == (0, 0)
    assert shown.out.startswith("features\n\tShop\n")
    listed = fates("enumerate", "small.xml", "--format", "json").json["configurations"]
    assert sorted(map(sorted, listed)) == [["Advanced", "Shop"], ["Phone", "Shop"], ["Shop"]]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_export_has_the_same_configurations(fates: Fates, suffix: str) -> None:
    said = fates("export", "shop.uvl", "-o", f"out{suffix}")

    assert (said.code, said.out) == (0, "")
    assert fates("compare", "shop.uvl", f"out{suffix}").code == 0


def test_an_export_without_a_file_is_shown(fates: Fates) -> None:
    assert fates("convert", "shop.uvl").out.startswith("features\n")
    assert fates("export", "shop.uvl", "--to", "xml").out.startswith("<?xml")
    assert "p cnf" in fates("export", "shop.uvl", "--to", "cnf").out


def test_constraints_beyond_boolean_ones_are_told_and_kept_in_uvl(fates: Fates, tmp_path: Path) -> None:
    (tmp_path / "typed.uvl").write_text("features\n\tA\n\t\toptional\n\t\t\tInteger B\nconstraints\n\tB * B > B + 3\n")

    analysed = fates("analyse", "typed.uvl", "--format", "json")
    exported = fates("export", "typed.uvl", "--to", "uvl")
    lost = fates("export", "typed.uvl", "--to", "xml")

    assert [kept["where"] for kept in analysed.json["not_reasoned_about"]] == ["typed.uvl:6:2"]
    assert "not reasoned about" in analysed.err
    assert "B * B > B + 3" in exported.out
    assert "left out" in lost.err


def test_a_void_model_is_explained_with_a_way_out(fates: Fates, tmp_path: Path) -> None:
    (tmp_path / "void.uvl").write_text(SHOP + "\tSearch\n\tSearch => Advanced\n\tSearch => Phone\n")

    said = fates("explain", "void.uvl")
    as_json = fates("explain", "void.uvl", "--format", "json")
    analysed = fates("analyse", "void.uvl", "--format", "json")

    assert said.code == as_json.code == analysed.code == 1
    assert said.out.startswith("The model has no configuration:\n")
    assert "leave out one of the constraints" in said.out
    assert len(as_json.json["constraints_to_leave_out"]) == 5
    assert (analysed.json["valid"], analysed.json["core"], analysed.json["configurations"]) == (False, [], 0)
    assert len(analysed.json["dead"]) == 8
    assert fates("explain", "shop.uvl").code == 0


@pytest.mark.parametrize("command", ["consequences", "complete", "sample", "cover", "why"])
def test_decisions_that_clash_are_argued_by_every_command(fates: Fates, command: str) -> None:
    words = ("shop.uvl", "Basic") if command == "why" else ("shop.uvl",)

    said = fates(command, *words, "--with", "Phone", "--with", "Card")
    as_json = fates(command, *words, "--with", "Phone", "--with", "Card", "--format", "json")

    assert said.code == as_json.code == 1
    assert "These do not go together" in said.out
    assert as_json.json["consistent"] is False
    assert as_json.json["conflict"]["steps"]


def test_an_unknown_feature_is_told_with_the_nearest_one(fates: Fates) -> None:
    for words in (
        ("check", "shop.uvl", "--with", "Phon"),
        ("why", "shop.uvl", "Phon"),
        ("cover", "shop.uvl", "--only", "Phon"),
        ("slice", "shop.uvl", "--to", "Phon"),
    ):
        said = fates(*words)
        assert said.code == 2
        assert 'did you mean "Phone"?' in said.err


def nested(size: int) -> str:
    return "features\n\tA\nconstraints\n\t" + "(" * size + "A" + ")" * size + "\n"


BAD = {
    "truncated.uvl": ("features\n\tA\n\t\toptional\n\t\t\tB\nconstraints\n\tA => (B", "truncated.uvl:6:"),
    "truncated.xml": ('<featureModel><struct><and name="A">', "truncated.xml:1:"),
    "truncated.cnf": ("p cnf 3 2\n1 2 0\n-1 ", "truncated.cnf:"),
    "duplicate.uvl": ("features\n\tA\n\t\toptional\n\t\t\tB\n\t\t\tB\n", "duplicate.uvl:5:"),
    "duplicate.xml": (
        '<featureModel><struct>\n<and name="A">\n<feature name="B"/>\n<feature name="B"/></and></struct>'
        "</featureModel>",
        "duplicate.xml:4:",
    ),
    "undeclared.uvl": ("features\n\tA\nconstraints\n\tA => B\n", "undeclared.uvl:4:7"),
    "undeclared.xml": (
        '<featureModel><struct><feature name="A"/></struct><constraints><rule>\n<var>B</var></rule></constraints>'
        "</featureModel>",
        "undeclared.xml:2:",
    ),
    "undeclared.cnf": ("p cnf 1 1\n2 0\n", "undeclared.cnf:2:"),
    "cyclic.uvl": ("imports\n\tcyclic as c\nfeatures\n\tA\n\t\toptional\n\t\t\tc.A\n", "cyclic.uvl:"),
    "nested.uvl": (nested(5_000_000), "nested.uvl:4:"),
    "nested.xml": (
        '<featureModel><struct><feature name="A"/></struct><constraints><rule>' + "<not>" * 1_000_000,
        "nested.xml:1:",
    ),
    "groups.uvl": ("features\n\tA\n\t\t[3..2]\n\t\t\tB\n\t\t\tC\n", "groups.uvl:3:"),
    "empty.uvl": ("", "empty.uvl:1:1"),
    "empty.xml": ("", "empty.xml:1:1"),
    "empty.cnf": ("", "empty.cnf:1:1"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_message_with_its_place_within_seconds(fates: Fates, tmp_path: Path, name: str) -> None:
    text, place = BAD[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(text.encode(), 1))
    start = time.process_time()

    said = fates("analyse", name)
    unpacked = fates("analyse", f"{name}.gz")

    assert time.process_time() - start < 20
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("error: ")
    assert place in said.err
    assert len(said.err) < 2000
    assert unpacked.code == 2


def test_mixed_encodings_are_told_with_their_place(fates: Fates, tmp_path: Path) -> None:
    (tmp_path / "mixed.uvl").write_bytes("features\n\tÄ\n".encode() + "\t\toptional\n\t\t\tÖ\n".encode("latin-1"))

    said = fates("analyse", "mixed.uvl")

    assert said.code == 2
    assert "mixed.uvl:4:4" in said.err


@pytest.mark.parametrize("name", ["model.txt", "model", "missing.uvl", "folder", "broken.uvl.gz"])
def test_what_is_no_model_is_told(fates: Fates, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "model.txt").write_text(SHOP)
    (tmp_path / "model").write_text(SHOP)
    (tmp_path / "broken.uvl.gz").write_bytes(gzip.compress(SHOP.encode())[:30])

    said = fates("analyse", name)

    assert said.code == 2
    assert name in said.err


def test_every_command_has_an_example_that_runs(fates: Fates, tmp_path: Path) -> None:
    from fatesline.cli_model import model_group

    write(load(packages=False).model, tmp_path / "old.uvl")
    write(load(packages=False).model, tmp_path / "new.uvl")
    (tmp_path / "model.uvl").write_text(SHOP)

    for name, command in model_group.commands.items():
        help_text = fates(name, "--help").out
        lines = [line.strip() for line in (command.help or "").splitlines()]
        (example,) = (line.removeprefix("Example: ") for line in lines if line.startswith("Example: "))
        assert "Example:" in help_text
        assert example.startswith(f"fates model {command.name} ")
        said = fates(*example.split()[2:])
        assert said.code in (0, 1), (example, said.err)
        assert said.out or "-o" in example


def test_our_catalog_is_a_model_too(fates: Fates, tmp_path: Path) -> None:
    analysed = fates("analyse", "catalog", "--format", "json")
    exported = fates("export", "catalog", "-o", "fates.uvl")

    assert (analysed.code, exported.code) == (0, 0)
    assert analysed.json["valid"] is True
    assert analysed.json["features"] == len(load(packages=False).model.features)
    assert fates("compare", "catalog", "fates.uvl").code == 0


def test_the_official_parser_accepts_our_catalog(fates: Fates, tmp_path: Path) -> None:
    path = ROOT / "benchmarks" / "exchange" / "other_tools.py"
    spec = importlib.util.spec_from_file_location("other_tools", path)
    assert spec is not None
    assert spec.loader is not None
    other_tools = importlib.util.module_from_spec(spec)
    sys.modules["other_tools"] = other_tools
    spec.loader.exec_module(other_tools)
    if not other_tools.PYTHON.exists():
        pytest.skip("uvlparser is not installed: python benchmarks/exchange/other_tools.py")

    fates("export", "catalog", "-o", "fates.uvl")
    (line,) = other_tools.lines_of(other_tools.WITH_UVLPARSER, [tmp_path / "fates.uvl"], 300)

    assert line.split(" ", 1)[1] == "ok"


@pytest.mark.skipif(not MODELS.is_dir(), reason="the collection of real models is not here")
@pytest.mark.parametrize(
    ("file", "features", "core", "dead"),
    [("linux-2.6.33.3.uvl.gz", 6467, 146, 310), ("automotive02_v4.uvl.gz", 18616, 1777, 10)],
)
def test_the_largest_real_models_are_analysed_within_seconds(
    fates: Fates, file: str, features: int, core: int, dead: int
) -> None:
    start = time.process_time()

    said = fates("analyse", MODELS / file, "--format", "json")

    assert time.process_time() - start < 60
    assert said.code == 0
    assert (said.json["features"], len(said.json["core"]), len(said.json["dead"])) == (features, core, dead)


@pytest.mark.skipif(not MODELS.is_dir(), reason="the collection of real models is not here")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_conflicts_of_a_real_model_are_argued_in_few_lines(language: str) -> None:
    import random

    imported = read(MODELS / "automotive01.xml.gz")
    reasoner = Reasoner(imported.model)
    words = ModelWords(imported.model, "fr" if language == "fr" else "en")
    chance = random.Random(7)
    told = 0
    while told < 20:
        wish = model_commands.decided(imported, chance.sample(imported.model.ids, 5))
        conflict = reasoner.conflict(wish)
        if conflict is not None:
            lines = words.conflict(conflict, reasoner.repairs(wish, limit=3))
            # One to open, two for the decisions, the steps, one for the ways out.
            assert len(lines) <= 1 + 2 + MOST_STEPS
            told += 1
