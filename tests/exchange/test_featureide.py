"""FeatureIDE's XML: what is read, and how faults are told."""

from __future__ import annotations

import time

import pytest
from random_models import configurations

from fatesline.errors import UserError
from fatesline.exchange import write
from fatesline.exchange.featureide import read_text
from fatesline.model.features import Feature, FeatureModel, Group

MODEL = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<extendedFeatureModel>
  <properties><graphics key="layout" value="vertical"/></properties>
  <struct>
    <and abstract="true" mandatory="true" name="Root">
      <graphics key="collapsed" value="false"/>
      <description>about <b/> it</description>
      <attribute name="index" type="long" value="1"/>
      <feature mandatory="true" name="A"/>
      <or name="B"><feature mandatory="true" name="C"/><feature hidden="true" name="D &amp; E"/></or>
      <alt mandatory="true" name="F"><feature name="G"/></alt>
      <feature name="H"/>
    </and>
  </struct>
  <constraints>
    <rule><description>why</description><tags/>
      <imp><var>A</var><disj><var>C</var><not><var>D &amp; E</var></not></disj></imp></rule>
    <rule><eq><conj><var>A</var><var>B</var></conj><var> H </var></eq></rule>
    <rule><atmost1><var>A</var><var>B</var><var>C</var></atmost1></rule>
  </constraints>
  <calculations Auto="true"/><comments><c>x</c></comments>
</extendedFeatureModel>
"""


def faults(text: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        read_text(text, "m.xml")
    return [line for line in str(caught.value).splitlines() if line.startswith("m.xml")]


def model_of(tree: str, rules: str = "") -> str:
    return f"<featureModel><struct>\n{tree}\n</struct><constraints>\n{rules}\n</constraints></featureModel>"


def test_tree_groups_and_rules_are_read_and_the_rest_passed_over() -> None:
    model = read_text(MODEL).model

    assert model.ids == ("Root", "A", "B", "C", "D & E", "F", "G", "H")
    assert model.root == Feature("Root", None, abstract=True)
    assert model["D & E"].attributes == {"hidden": True}
    assert model.groups == (
        Group("Root", ("A", "F"), 2, 2),
        Group("B", ("C", "D & E"), 1, 2),
        Group("F", ("G",), 1, 1),
    )
    assert [str(each.formula) for each in model.constraints] == [
        "A => C | !D & E",
        "A & B <=> H",
        "!(A & B) & !(A & C) & !(B & C)",
    ]


def test_groups_side_by_side_become_abstract_children() -> None:
    features = (Feature("r"), *(Feature(each, "r") for each in "abcd"))
    model = FeatureModel(features, (Group.some("r", "ab"), Group.alternative("r", "cd")))

    again = read_text(write(model, ".xml")).model

    assert again["r_group_1"] == Feature("r_group_1", "r", abstract=True)
    assert {chosen & set("rabcd") for chosen in configurations(again)} == configurations(model)


def test_a_group_with_too_many_rules_is_refused() -> None:
    members = tuple(f"m{at}" for at in range(40))
    model = FeatureModel((Feature("r"), *(Feature(each, "r") for each in members)), (Group("r", members, 10, 20),))

    with pytest.raises(
        UserError, match=r"cannot hold the group \[10..20\] of 40 members below \"r\"\n  Export .* as UVL"
    ):
        write(model, ".xml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "m.xml:1:1: the file is empty"),
        ("hello", "m.xml:1:1: this is no well-formed XML: syntax error"),
        ("<html/>", "m.xml:1:1: <html> is no FeatureIDE model"),
        ("<featureModel/>", "m.xml:1:1: the model has no features"),
        (model_of('<and name="a">'), "m.xml:3:3: this is no well-formed XML: mismatched tag"),
        (model_of('<and name="a"><feature name="a"/></and>'), 'm.xml:2:15: the feature "a" is declared twice'),
        (model_of('<and name="a"/><and name="b"/>'), 'm.xml:2:16: "b" would be a second root'),
        (model_of("<and/>"), "m.xml:2:1: this <and> has no name"),
        (model_of('<xor name="a"/>'), "m.xml:2:1: <xor> is no feature"),
        (model_of('<feature name="a"><and name="b"/></feature>'), 'm.xml:2:19: "a" is a <feature> and cannot have'),
        (model_of('<and name="a"/>', "<rule><var>b</var></rule>"), 'm.xml:4:7: there is no feature "b"'),
        (
            model_of('<and name="a"/>', "<rule><imp><var>a</var></imp></rule>"),
            "m.xml:4:7: <imp> takes 2 parts and has 1",
        ),
        (model_of('<and name="a"/>', "<rule><xor/></rule>"), "m.xml:4:7: <xor> is unknown in a rule"),
        (model_of('<and name="a"/>', "<rule><var>a</var><var>a</var></rule>"), "m.xml:4:1: a rule holds one formula"),
        (model_of('<and name="a"/>', "<var>a</var>"), "m.xml:4:1: <var> is no rule"),
        (model_of('<and name="&x;"/>'), "m.xml:2:1: this is no well-formed XML: undefined entity"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><featureModel/>', "m.xml:1:13: the file declares a document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><featureModel/>', "m.xml:1:40: the file declares a document type"),
        ('<?xml version="1.0" encoding="utf-7"?><featureModel/>', "m.xml:1:1: the encoding cannot be read"),
        (MODEL[: len(MODEL) // 2], "m.xml:"),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, told: str) -> None:
    assert faults(text)[0].startswith(told)


def test_several_faults_are_told_at_once() -> None:
    text = model_of('<and name="a"/>', "<rule><var>b</var></rule>\n<rule><not/></rule>\n<rule><var>c</var></rule>")

    assert [line.split(": ")[0] for line in faults(text)] == ["m.xml:4:7", "m.xml:5:7", "m.xml:6:7"]


@pytest.mark.parametrize(
    "text",
    [
        model_of('<and name="a"/>', "<rule>" + "<not>" * 2_000_000),
        "<featureModel>" + "<x>" * 3_000_000,
        "<featureModel><struct>" + "".join(f'<and name="{at}">' for at in range(300_000)),
    ],
)
def test_ten_megabytes_of_nesting_end_in_one_message_within_seconds(text: str) -> None:
    start = time.process_time()

    assert len(faults(text)) == 1

    assert time.process_time() - start < 20
