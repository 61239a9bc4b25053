from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from fatesline.catalog import yaml_values
from fatesline.catalog.entry import SourcesFile
from fatesline.catalog.positions import parse_yaml, printable, read_yaml, shaped
from fatesline.errors import UserError

TEXT = st.text(st.characters(exclude_categories=["C"]), max_size=8)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(TEXT, below, max_size=4),
    max_leaves=20,
)


def refusal(content: bytes | str) -> str:
    with pytest.raises(UserError) as caught:
        parse_yaml(content, "f.yaml")
    return str(caught.value)


class Quoting(yaml.SafeDumper):
    """Quotes every key and text; unquoted, ``0E0`` is a text to YAML 1.1 and a number to YAML 1.2."""


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@given(PLAIN)
@example(["0E0"])
@example({"0E0": "1_0"})
def test_what_was_dumped_is_read_back(value: object) -> None:
    text = yaml.dump(value, Dumper=Quoting, allow_unicode=True)

    read = parse_yaml(text, "f.yaml").value

    assert read == value


@given(PLAIN)
def test_every_value_has_the_line_that_pyyaml_marks(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    positioned = parse_yaml(text, "f.yaml")

    def compare(node: yaml.Node, path: tuple[str | int, ...]) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, below in node.value:
                assert positioned.line((*path, key.value)) == key.start_mark.line + 1
                compare(below, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for at, below in enumerate(node.value):
                assert positioned.line((*path, at)) == below.start_mark.line + 1
                compare(below, (*path, at))

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is not None:
        compare(root, ())


def test_a_path_that_leads_nowhere_has_the_line_of_its_nearest_ancestor() -> None:
    positioned = parse_yaml("a:\n  b:\n    - 1\n    - 2\n", "f.yaml")

    assert [positioned.line(path) for path in [(), ("a",), ("a", "b", 1), ("a", "b", 7), ("a", "x"), ("z",)]] == [
        1, 1, 4, 2, 1, 1,
    ]  # fmt: skip


def test_an_alias_has_the_lines_of_what_it_names() -> None:
    positioned = parse_yaml("first: &one\n  a: 1\nsecond: *one\n", "f.yaml")

    assert positioned.value == {"first": {"a": 1}, "second": {"a": 1}}
    assert positioned.line(("second",)) == 3
    assert positioned.line(("second", "a")) == 2


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("yes", "yes"), ("No", "No"), ("on", "on"), ("true", True), ("False", False), ("~", None), ("null", None),
        ("2026-08-02", "2026-08-02"), ("12:30", "12:30"), ("007", 7), ("1e3", 1000.0), ("1.10", 1.1), (".5", 0.5),
        ("1.2.3", "1.2.3"), ("+", "+"), (".", "."), ("'1'", "1"), ('"true"', "true"), (".inf", ".inf"),
        (".nan", ".nan"), ("0x1f", "0x1f"), ("1_000", "1_000"),
    ],
)  # fmt: skip
def test_scalars_are_read_as_yaml_1_2_does(written: str, read: object) -> None:
    value = parse_yaml(f"a: {written}", "f").value["a"]

    assert value == read
    assert type(value) is type(read)


def test_keys_are_always_text() -> None:
    assert parse_yaml("1: a\nyes: b\n2026-01-01: c\n", "f").value == {"1": "a", "yes": "b", "2026-01-01": "c"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "title: one: two",
            "f.yaml:1:11: this is not YAML: mapping values are not allowed in this context\n"
            '  A text that contains ": " needs quotes around it.',
        ),
        (
            "a: [1, 2\nb: 3\n",
            "f.yaml:2:2: this is not YAML: did not find expected ',' or ']'\n"
            "  A list or mapping in brackets is not closed, or a comma is missing.",
        ),
        (
            "a:\n\tb: 1\n",
            "f.yaml:2:1: this is not YAML: found character that cannot start any token\n"
            "  Indent with spaces; a text that begins with a special character needs quotes around it.",
        ),
        (
            'a: "open\n',
            "f.yaml:2:1: this is not YAML: found unexpected end of stream\n  A quote is opened and never closed.",
        ),
        ("a: 1\nb: 2\na: 3\n", 'f.yaml:3: the key "a" stands here for the second time; first in line 1'),
        (
            "a: *b",
            'f.yaml:1: the alias "*b" names nothing\n  A text that begins with * needs quotes around it.',
        ),
        ("a: &b\n  - *b\n", 'f.yaml:2: the alias "*b" stands inside what it names'),
        ("a: &b x\n*b : 1\n", "f.yaml:2: an alias cannot be a key; write the key out"),
        ("? [a, b]\n: 1\n", "f.yaml:1: a key must be a plain text"),
        ("a: {x: 1}\nb:\n  <<: {y: 2}\n", "f.yaml:3: merge keys (<<) are not read; write the keys out"),
        (
            "a: !!python/object/apply:os.system ['true']",
            "f.yaml:1: the tag tag:yaml.org,2002:python/object/apply:os.system is not read; leave it out",
        ),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: a second document begins here; one file holds one document"),
        (f"a: {'9' * 41}", "f.yaml:1: the number has more than 40 digits; put it in quotes if it is a text"),
        ("[" * 60 + "]" * 60, "f.yaml:1: values are nested more than 40 deep"),
        ("[" * 1_000_000, "f.yaml:1: values are nested more than 40 deep"),
        (
            b"a: b\nc: caf\xe9\n",
            "f.yaml:2: the file is not UTF-8: byte 0xe9 cannot be read\n  Save it with the encoding UTF-8.",
        ),
        ("a: b\nc: \x00\n", "f.yaml:2: the file has a character that text files do not have"),
        (
            '"\\e[31m": 1\n"\\e[31m": 1\n',
            'f.yaml:2: the key "\\x1b[31m" stands here for the second time; first in line 1',
        ),
        (b"a" * 4_000_001, "f.yaml: the file is larger than 4 MB\n  Split it."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_line(content: bytes | str, message: str) -> None:
    assert refusal(content) == message


def test_an_alias_bomb_is_refused_before_anything_is_written_out() -> None:
    bomb = 'a: &a ["lol", "lol", "lol", "lol", "lol", "lol", "lol", "lol", "lol"]\n' + "".join(
        f"{name}: &{name} [{', '.join([f'*{chr(ord(name) - 1)}'] * 9)}]\n" for name in "bcdefghi"
    )

    assert refusal(bomb) == "f.yaml:6: with its aliases written out, the file holds more than 200000 values"


def test_aliases_that_nest_too_deep_are_refused() -> None:
    levels = ["a0: &a0 [1]", *(f"a{at}: &a{at} [*a{at - 1}]" for at in range(1, 60))]

    assert refusal("\n".join(levels)) == "f.yaml:40: values are nested more than 40 deep"


def test_without_the_c_library_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &x [1, {b: two}]\nc: *x\nd: |\n  long\n  text\n"
    fast = parse_yaml(text, "f")

    monkeypatch.setattr(yaml_values, "_LOADER", yaml.SafeLoader)
    slow = parse_yaml(text, "f")

    assert slow.value == fast.value
    assert slow.line(("c", 1, "b")) == fast.line(("c", 1, "b")) == 1


def test_a_missing_file_a_folder_and_an_empty_file_are_faults(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("# nothing\n")

    with pytest.raises(UserError, match=r"nowhere.yaml: the file cannot be read: No such file or directory"):
        read_yaml(tmp_path / "nowhere.yaml")
    with pytest.raises(UserError, match=r"here: the file cannot be read: Is a directory"):
        read_yaml(tmp_path, shown_as="here")
    with pytest.raises(UserError, match=r"empty.yaml:1: the file is empty"):
        shaped(Outer, read_yaml(tmp_path / "empty.yaml", shown_as="empty.yaml"))


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse_yaml(b"\xef\xbb\xbfa: 1\n", "f").value == {"a": 1}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Inner(Strict):
    number: float = Field(ge=0, le=1)
    name: str = Field(default="x", min_length=1)
    either: bool | int | tuple[str, ...] = 0


class Outer(Strict):
    inners: dict[str, Inner] = {}
    listed: tuple[Inner, ...] = ()
    maybe: Inner | None = None


def faults_of(text: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        shaped(Outer, parse_yaml(text, "f.yaml"))
    return str(caught.value).splitlines()


def test_all_faults_of_a_file_are_said_by_line_with_the_nearest_known_key() -> None:
    text = """\
inners:
  one:
    numbr: 0.5
  two: {number: 2, name: ''}
listed:
  - id: named
    number: yes
    extra: 1
maybe: [1]
lsited: 3
"""

    assert faults_of(text) == [
        "f.yaml:2: inners.one.number: is missing",
        'f.yaml:3: inners.one.numbr: there is no such key; did you mean "number"?',
        "f.yaml:4: inners.two.number: must be at most 1.0",
        "f.yaml:4: inners.two.name: must not be empty",
        "f.yaml:6: listed[named].id: there is no such key",
        "f.yaml:7: listed[named].number: must be a number",
        "f.yaml:8: listed[named].extra: there is no such key",
        "f.yaml:9: maybe: must be a mapping of keys to values",
        'f.yaml:10: lsited: there is no such key; did you mean "listed"?',
    ]


def test_keys_below_a_mapping_without_keys_of_its_own_are_compared_too() -> None:
    with pytest.raises(UserError) as caught:
        shaped(SourcesFile, parse_yaml("law: {title: x, dat: y, checked: text}", "f.yaml"))

    assert str(caught.value).splitlines() == [
        "f.yaml:1: law.date: is missing",
        'f.yaml:1: law.dat: there is no such key; did you mean "date"?',
    ]


def test_alternatives_of_a_union_make_one_fault() -> None:
    assert faults_of("maybe:\n  number: 1\n  either: {a: 1}\n") == [
        "f.yaml:3: maybe.either: must be true or false, a whole number or a list"
    ]


def test_a_number_where_a_text_belongs_asks_for_quotes() -> None:
    assert faults_of("maybe: {number: 1, name: 5}") == ["f.yaml:1: maybe.name: must be a text; put it in quotes"]


def test_what_is_shown_on_a_terminal_holds_no_control_characters_and_is_not_long() -> None:
    assert printable("a\x1b[2J\r\n\u202eb") == "a\\x1b[2J\\r\\n\\u202eb"
    assert printable("x" * 100) == "x" * 80 + "…"


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_no_content_raises_anything_but_a_user_error(content: bytes | str) -> None:
    # Anything but a UserError would fail the test.
    with contextlib.suppress(UserError):
        shaped(Outer, parse_yaml(content, "f.yaml"))
