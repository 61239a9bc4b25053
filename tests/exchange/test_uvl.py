"""UVL: what is read, what is kept, and how faults are told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from random_models import configurations

from fatesline.errors import UserError
from fatesline.exchange import Imported, read, write
from fatesline.exchange.uvl import read_text
from fatesline.model.features import Feature, Group
from fatesline.model.formula import Formula, feature, parse

LETTERS = "features\n\tA\n\t\toptional\n\t\t\tB\n\t\t\tC\n\t\t\tD\nconstraints\n"


def faults(text: str) -> list[str]:
    """Lines of what the user is told."""
    with pytest.raises(UserError) as caught:
        read_text(text, "m.uvl")
    return [line for line in str(caught.value).splitlines() if line.startswith("m.uvl")]


def formula_of(constraint: str) -> Formula:
    return read_text(f"{LETTERS}\t{constraint}\n").model.constraints[0].formula


# The tree


def test_every_kind_of_group_is_read() -> None:
    text = """features
    A
        mandatory
            B
            C
        optional
            D
        or
            E
            F
        alternative
            G
            H
        [1..2]
            I
            J
            K
        [2..*]
            L
            M
            N
        [2]
            O
            P
            Q
"""

    model = read_text(text).model

    assert "".join(model.ids) == "ABCDEFGHIJKLMNOPQ"
    assert [(group.members, group.minimum, group.maximum) for group in model.groups] == [
        (("B", "C"), 2, 2),
        (("E", "F"), 1, 2),
        (("G", "H"), 1, 1),
        (("I", "J", "K"), 1, 2),
        (("L", "M", "N"), 2, 3),
        (("O", "P", "Q"), 2, 2),
    ]


def test_attributes_are_read_scalar_nested_vector_and_over_several_lines() -> None:
    text = """features
    A {abstract, price -3, share .5, name 'it // is', on true, off false, bare,
       package {size 2, inner {x 1}}, "odd key" [1, 'two', [3.0]], empty {}}
"""

    assert read_text(text).model.root == Feature(
        "A",
        None,
        True,
        {
            "price": -3,
            "share": 0.5,
            "name": "it // is",
            "on": True,
            "off": False,
            "bare": True,
            "package": {"size": 2, "inner": {"x": 1}},
            "odd key": (1, "two", (3.0,)),
            "empty": {},
        },
    )


def test_constraints_inside_braces_hold_after_those_of_the_section() -> None:
    text = """features
    A {constraint A => B}
        optional
            B {x 1, constraints [B | A, !(A & B)]}
constraints
    A
"""

    assert [str(each.formula) for each in read_text(text).model.constraints] == ["A", "A => B", "B | A", "!(A & B)"]


def test_types_are_kept_and_written() -> None:
    text = "features\n\tInteger A\n\t\toptional\n\t\t\tString B\n\t\t\tReal C\n\t\t\tBoolean D\n"

    imported = read_text(text)

    assert imported.model["B"].attributes == {"uvl.type": "String"}
    assert imported.model["D"].attributes == {}
    assert write(imported.model, ".uvl") == text.replace("Boolean ", "")


def test_comments_are_passed_over_but_not_inside_quotes() -> None:
    text = """// a comment
features // another
  /* one
     over lines */
  A // "quoted" comment
    optional
// at the margin
      "b//c" {note 'x // y'} // it's here
      "d/*e" /* inside */ {x 1}
constraints
  "b//c" => "d/*e" // gone
"""

    model = read_text(text).model

    assert model.ids == ("A", "b//c", "d/*e")
    assert model["b//c"].attributes == {"note": "x // y"}
    assert str(model.constraints[0].formula) == "b//c => d/*e"


def test_tabs_and_blanks_may_be_mixed_as_a_tab_goes_to_the_next_multiple_of_eight() -> None:
    text = "features\n  A\n\tmandatory\n          B\n        optional\n\t  C\n"

    model = read_text(text).model

    assert {each.id: each.parent for each in model.features} == {"A": None, "B": "A", "C": "A"}


def test_line_ends_and_encodings_of_other_systems_are_read(tmp_path: Path) -> None:
    text = 'features\n\t"Größe"\n\t\toptional\n\t\t\tB\n'
    path = tmp_path / "m.uvl"

    for content in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
    ):
        path.write_bytes(content)
        assert read(path).model.ids == ("Größe", "B")


# Constraints


@pytest.mark.parametrize(
    "text",
    [
        "A => B => C",
        "A <=> B <=> C",
        "A | B & C",
        "!A & B | C => D <=> A",
        "A => (B => C)",
        "!(A | B)",
        "!!A",
        "(A & B) & C",
        "A | (B | C)",
        "((((A))))",
        "A|B&!C=>D",
        "! A | B",
    ],
)
def test_operators_bind_as_in_our_own_language(text: str) -> None:
    assert formula_of(text) == parse(text)


@pytest.mark.parametrize("text", ["A => B => C", "!(A | B) & !!C", "A | (B | C) <=> D", "(A & B) & C"])
def test_the_short_way_and_the_long_way_agree(text: str) -> None:
    over_two_lines = f"(\n\t\t{text})"

    assert formula_of(over_two_lines) == formula_of(text)


def kept(constraint: str) -> list[tuple[str, str]]:
    text = """features
    A {price 10}
        optional
            B {price 3, note 'x'}
            C {price 7}
            Integer D
            String E
constraints
"""
    return [(each.text, each.because) for each in read_text(f"{text}\t{constraint}\n").kept]


def test_typed_and_textual_constraints_are_kept_with_the_reason() -> None:
    assert kept("D>3=>!B") == [("D > 3 => !B", "the value of a typed feature")]
    assert kept("len(E) < 4 & A") == [("len(E) < 4 & A", "the length of a text")]
    assert kept("E == 'x'") == [("E == 'x'", "the value of a typed feature")]
    assert kept("B.note == 'x'") == [("B.note == 'x'", "a comparison of texts")]
    assert kept("B.price / C.price > -1 + D") == [("B.price / C.price > -1 + D", "the value of a typed feature")]
    assert kept("avg(price, B) == 3") == [("avg(price, B) == 3", "a division by zero where a feature is not chosen")]
    assert kept("B.note") == [("B.note", "the value of an attribute")]


def arithmetic(constraint: str) -> Imported:
    text = """features
    A {price 10}
        optional
            B {price 3}
            C {price 7.5}
constraints
"""
    return read_text(f"{text}\t{constraint}\n")


@pytest.mark.parametrize(
    ("constraint", "valid"),
    [
        ("B.price + C.price < 10", ["A", "AB", "AC"]),
        ("sum(price) <= 17.5", ["A", "AB", "AC"]),
        ("sum(price, B) == 3", ["AB", "ABC"]),
        ("A.price - 2 * B.price == 4", ["AB", "ABC"]),
        ("floor(C.price) == 7 | B", ["AB", "AC", "ABC"]),
        ("C => ceil(C.price) != 8", ["A", "AB"]),
        ("avg(price) > 7", ["A", "AC"]),
        ("(B.price + C.price) * 2 > -(A.price)", ["A", "AB", "AC", "ABC"]),
        ("sum(price) > 100", []),
        ("0.1 + 0.2 == 0.3", ["A", "AB", "AC", "ABC"]),
    ],
)
def test_arithmetic_over_few_features_becomes_a_formula(constraint: str, valid: list[str]) -> None:
    imported = arithmetic(constraint)

    assert not imported.kept
    assert configurations(imported.model) == {frozenset(each) for each in valid}
    assert len(imported.remarks) == 1


def test_sums_over_many_features_are_decided_by_their_bounds_or_kept() -> None:
    tree = (
        "features\n\tA\n\t\toptional\n" + "".join(f"\t\t\tF{at} {{price {at}}}\n" for at in range(20)) + "constraints\n"
    )

    always, never, open_ = (read_text(f"{tree}\tsum(price) {rest}\n") for rest in ("< 191", "> 190", "< 100"))

    assert not always.model.constraints
    assert "always holds" in str(always.remarks[0])
    assert str(never.model.constraints[0].formula) == "!A"
    assert str(open_.kept[0]) == (
        "<text>:25:2: kept, not reasoned about (arithmetic over 20 features): sum(price) < 100"
    )


def test_kept_constraints_are_written_back() -> None:
    imported = read_text("features\n\tA\n\t\toptional\n\t\t\tInteger B\nconstraints\n\tB > 3 => A\n")

    again = read_text(write(imported.model, ".uvl", kept=imported.kept))

    assert [each.text for each in again.kept] == ["B > 3 => A"]
    assert again.model == imported.model


# Imports


def files(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / (name.replace("__", "/") + ".uvl")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "main.uvl"


def test_imported_features_carry_the_alias(tmp_path: Path) -> None:
    main = files(
        tmp_path,
        main="""imports
    sub.engine as e
    wheels
features
    Car
        mandatory
            e.Engine
                optional
                    Extra
            wheels.Wheels
constraints
    e.Diesel => wheels.Big & e.turbo.Turbo
""",
        sub__engine="""imports
    turbo
features
    Engine {x 1}
        or
            turbo.Turbo
            Diesel {y 2}
constraints
    turbo.Fast | Diesel
    Engine.x + Diesel.y > 2
""",
        sub__turbo="features\n    Turbo\n        optional\n            Fast\nconstraints\n    Turbo => Fast\n",
        wheels="features\n    Wheels\n        optional\n            Big\n",
    )

    model = read(main).model

    assert {each.id: each.parent for each in model.features} == {
        "Car": None,
        "e.Engine": "Car",
        "e.turbo.Turbo": "e.Engine",
        "e.turbo.Fast": "e.turbo.Turbo",
        "e.Diesel": "e.Engine",
        "Extra": "e.Engine",
        "wheels.Wheels": "Car",
        "wheels.Big": "wheels.Wheels",
    }
    assert [str(each.formula) for each in model.constraints] == [
        "e.Diesel => wheels.Big & e.turbo.Turbo",
        "e.turbo.Fast | e.Diesel",
        "e.Engine & e.Diesel",
        "e.turbo.Turbo => e.turbo.Fast",
    ]
    assert set(model.groups) == {
        Group("Car", ("e.Engine", "wheels.Wheels"), 2, 2),
        Group("e.Engine", ("e.turbo.Turbo", "e.Diesel"), 1, 2),
    }
    assert {each.id for each in read_text(write(model, ".uvl")).model.features} == set(model.ids)


def import_faults(main: Path) -> str:
    with pytest.raises(UserError) as caught:
        read(main)
    return str(caught.value).replace(str(main.parent), "")


def test_faults_of_imported_files_name_those_files(tmp_path: Path) -> None:
    main = files(
        tmp_path,
        main="imports\n\tsub.a\n\tb\nfeatures\n\tA\n",
        sub__a="features\n\tA\n\t\tor\n\t\t\t12\n",
        b="",
    )

    told = import_faults(main)

    assert '/sub/a.uvl:4:4: "12" stands where a feature is expected' in told
    assert "/b.uvl:1:1: the file is empty" in told


def test_cyclic_imports_are_refused(tmp_path: Path) -> None:
    main = files(
        tmp_path,
        main="imports\n\ta\nfeatures\n\tM\n\t\tor\n\t\t\ta.A\n",
        a="imports\n\tmain\nfeatures\n\tA\n",
    )

    assert "/a.uvl:2:2: files import each other: main.uvl > a.uvl > main.uvl" in import_faults(main)


@pytest.mark.parametrize(
    "reference", ['".."."secret"', '"/etc/passwd"', '"../secret"', '"..\\secret"', "link", "linked.secret", '"C:x"']
)
def test_imports_never_leave_the_folder(tmp_path: Path, reference: str) -> None:
    (tmp_path / "secret.uvl").write_text("features\n\tS\n", encoding="utf-8")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link.uvl").symlink_to(tmp_path / "secret.uvl")
    (tmp_path / "here" / "linked").symlink_to(tmp_path)
    main = files(tmp_path / "here", main=f"imports\n\t{reference} as s\nfeatures\n\tA\n\t\tor\n\t\t\ts.S\n")

    told = import_faults(main)

    assert "leads out of the folder" in told or "is no file beside this one" in told


def test_a_flood_of_imports_is_refused(tmp_path: Path) -> None:
    texts = {
        f"f{at}": f"imports\n\tf{at + 1} as a\n\tf{at + 1} as b\nfeatures\n\tA\n\t\tor\n\t\t\ta.A\n\t\t\tb.A\n"
        for at in range(20)
    }
    main = files(tmp_path, main=texts["f0"], **texts, f20="features\n\tA\n")

    assert "too many imports" in import_faults(main)


def test_an_unused_import_is_remarked_and_its_constraints_left_out(tmp_path: Path) -> None:
    main = files(tmp_path, main="imports\n\ta\nfeatures\n\tA\n", a="features\n\tB\nconstraints\n\t!B\n")

    imported = read(main)

    assert not imported.model.constraints
    assert str(imported.remarks[0]).endswith(
        'main.uvl:2:2: the import "a" is not used in the tree; its constraints are left out'
    )


# Faults


def test_several_faults_are_told_at_once_with_line_and_column() -> None:
    text = """features
	A
		mandatory
			B
			12B
		sometimes
			C
		or
			B
		[3..2]
			D
constraints
	A => X
	A | | B
	(A & B
	A B
	A & "E
	A @ B
"""

    assert faults(text) == [
        'm.uvl:5:4: "12" stands where a feature is expected',
        'm.uvl:6:3: "sometimes" stands directly below the feature "A"',
        'm.uvl:7:4: "C" stands directly below the feature "sometimes"',
        'm.uvl:9:4: the feature "B" is declared twice, first in line 4',
        "m.uvl:10:3: [3..2] can never hold: 3 is more than 2",
        'm.uvl:13:7: there is no feature "X"',
        'm.uvl:14:6: "|" stands where a feature is expected',
        'm.uvl:15:2: "(" is never closed',
        'm.uvl:16:4: an operator is missing before "B"',
        "m.uvl:17:6: a quote is never closed",
        'm.uvl:18:4: "@" means nothing here',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "m.uvl:1:1: the file is empty"),
        (" \n\n", "m.uvl:1:1: the file is empty"),
        ("namespace A\n", "m.uvl:1:1: the file has no section features"),
        ("features\n", "m.uvl:1:1: the section features is empty"),
        ("features\n\tA\n\tB\n", 'm.uvl:3:2: "B" would be a second root beside "A"'),
        ("features\n\tA\n\tmandatory\n\t\tB\n", "m.uvl:3:2: the group mandatory stands below no feature"),
        ("features\n\tA\n\t\tor\n\t\t\tB\n\t  C\n", "m.uvl:5:4: the indentation fits no line above"),
        ("features\n\tA\n\t\tor\n", "m.uvl:3:3: the group or has no members"),
        (
            "features\n\tA\n\t\t[3..4]\n\t\t\tB\n",
            "m.uvl:3:3: the group asks for 3 members and has 1; it can never hold",
        ),
        ("features\n\tA\n\t\t[x]\n\t\t\tB\n", 'm.uvl:3:3: "[x]" is no cardinality'),
        ("features\n\tA cardinality [1..3]\n", 'm.uvl:2:4: "A" may be chosen several times'),
        ("features\n\tA {x\n", 'm.uvl:2:4: "{" is never closed'),
        ("features\n\tA {x 1 y}\n", 'm.uvl:2:9: "," or "}" is missing before "y"'),
        ("features\n\tA {x [1 2]}\n", 'm.uvl:2:10: "," is missing before "2"'),
        ("features\n\tA {1 2}\n", 'm.uvl:2:5: "1" stands where an attribute is expected'),
        ("features\n\tA B\n", 'm.uvl:2:4: "B" stands after the feature'),
        ("features\n\tor\n", "m.uvl:2:2: the group or stands below no feature"),
        ("features\n\tfeatures\n", "m.uvl:2:2: features is a word of UVL and stands where a feature is expected"),
        ('features\n\t"A\n', "m.uvl:2:2: a quote is never closed"),
        ("features\n\tA\n/* x\n", "m.uvl:3:1: a comment is never closed"),
        ("feature\n\tA\n", 'm.uvl:1:1: "feature" is no section'),
        ("features x\n\tA\n", 'm.uvl:1:10: "x" stands after features'),
        ("features\n\tA\nfeatures\n\tB\n", "m.uvl:3:1: there is a second section features"),
        ("namespace\nfeatures\n\tA\n", "m.uvl:1:1: namespace takes one name"),
        ("imports\n\ta\nfeatures\n\tA\n", "m.uvl:2:2: a text without a file cannot import"),
        (LETTERS + "\tA < 1 < 2\n", "m.uvl:8:8: comparisons cannot be chained"),
        (LETTERS + "\tA &\n", "m.uvl:8:5: the constraint ends where a feature is expected"),
        (LETTERS + "\tA + 1\n", 'm.uvl:8:4: "+" is no truth value'),
        (LETTERS + "\t(A | B) + 1 == 2\n", 'm.uvl:8:5: "|" stands where a number is expected'),
        (LETTERS + "\tA.\n", "m.uvl:8:3: a name is missing after the dot"),
        (LETTERS + "\tA)\n", 'm.uvl:8:3: ")" without "("'),
        (LETTERS + "\tsum(A, B, C) == 1\n", "m.uvl:8:2: sum(...) takes at most 2 names"),
        (LETTERS + '\tA // fates: law "x"\n\tB // fates: law "x"\n', 'm.uvl:9:4: the constraint "x" is declared twice'),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, told: str) -> None:
    assert faults(text)[0].startswith(told)


def test_an_undeclared_name_comes_with_the_nearest_one() -> None:
    with pytest.raises(UserError, match=r'2:\d+: there is no feature "Enigne"\n  did you mean "Engine"\?'):
        read_text("features\n\tEngine {constraint Enigne}\n", "m.uvl")


def test_reading_stops_at_fifty_faults() -> None:
    told = faults(LETTERS + "\tX\n" * 1000)

    assert len(told) == 51
    assert told[-1] == "m.uvl: reading stopped after 50 faults"


def test_a_byte_that_fits_no_encoding_has_a_place(tmp_path: Path) -> None:
    path = tmp_path / "m.uvl"
    path.write_bytes("features\n\tGröße\n\t\toptional\n\t\t\t".encode() + "Maß".encode("latin-1"))

    with pytest.raises(UserError, match=r"m\.uvl:4:6: the byte 0xdf is not UTF-8"):
        read(path)


TEN_MEGABYTES = 10_000_000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LETTERS + "\t" + "(" * TEN_MEGABYTES, "m.uvl:8:202: brackets are nested more than 200 deep"),
        (LETTERS + "\t" + "(\n" * (TEN_MEGABYTES // 2), "m.uvl:208:1: brackets are nested more than 200 deep"),
        (
            LETTERS + "\t" + "!" * TEN_MEGABYTES + "A",
            "m.uvl:8:250002: a constraint or the attributes of a feature have",
        ),
        (LETTERS + "\t" + "!" * 300 + "A", "m.uvl:8:102: the constraint is nested more than 200 deep"),
        (LETTERS + "\t" + "A => " * 300 + "A", "m.uvl:8:999: the constraint is nested more than 200 deep"),
        ("features\n\tA {x " + "[" * TEN_MEGABYTES, "m.uvl:2:206: brackets are nested more than 200 deep"),
        ("features\n\tA" + " {x" * 100 + "}" * 100, "m.uvl:2:103: attributes are nested more than 32 deep"),
        (LETTERS + "\t" + "9" * TEN_MEGABYTES + " > 1", "m.uvl:8:2: the number has more than 1000 digits"),
        ("\0" * TEN_MEGABYTES, 'm.uvl:1:1: "\\x00'),
    ],
)
def test_ten_megabytes_of_nesting_end_in_one_message_within_seconds(text: str, told: str) -> None:
    start = time.process_time()

    assert faults(text)[0].startswith(told)

    assert time.process_time() - start < 20


def test_a_tree_two_thousand_deep_is_read_without_recursion() -> None:
    lines = [f"{' ' * (2 * at + 1)}f{at}\n{' ' * (2 * at + 2)}or" for at in range(2000)]

    model = read_text("features\n" + "\n".join(lines) + f"\n{' ' * 4001}last\n").model

    assert len(model.features) == 2001
    assert read_text(write(model, ".uvl")).model == model


def test_names_that_uvl_cannot_hold_are_refused() -> None:
    from fatesline.model.features import FeatureModel

    model = FeatureModel((Feature('say "hi"'), Feature("a..b", 'say "hi"'), Feature("fine", 'say "hi"')))

    with pytest.raises(UserError) as caught:
        write(model, ".uvl")

    assert str(caught.value).count("UVL cannot hold the name") == 2


def test_a_preference_is_a_comment_to_other_tools_and_comes_back() -> None:
    from fatesline.model.features import Constraint, FeatureModel

    model = FeatureModel(
        (Feature("A"), Feature("B", "A")),
        (),
        (Constraint("nice", feature("B"), "preference", 3), Constraint("must", parse("A => B"), "law")),
    )

    text = write(model, ".uvl")

    assert text.splitlines()[-2:] == ['\t// fates: preference 3 "nice": B', '\tA => B // fates: law "must"']
    assert read_text(text).model == model
