from __future__ import annotations


def lines(component, *holds):
    return [line for part in component.outline({}, {"holds": list(holds)}) for line in part.get("list", ())]


def test_the_steps_go_from_detecting_to_looking_back(component):
    headings = [part["heading"][0] for part in component.outline({}, {"holds": []}) if "heading" in part]

    assert headings[0] == "Who is called"
    words = ("Detect", "Triage", "Mitigate", "Root cause", "Corrective action", "Post-mortem")
    assert [heading.split()[0] for heading in headings[1:]] == [f"{at}." for at in range(1, 7)]
    assert all(word in heading for word, heading in zip(words, headings[1:], strict=True))


def test_the_looking_back_is_due_within_five_working_days(component):
    texts = [part["text"] for part in component.outline({}, {"holds": []}) if "text" in part]

    assert any("within 5 working days" in english and "5 jours ouvrés" in french for english, french in texts)


def test_authorities_are_told_within_the_legal_time_where_the_law_asks_for_it(component):
    plain, grave, personal = (
        lines(component),
        lines(component, "serious_incident_report"),
        lines(component, "gdpr_applies"),
    )

    assert not [line for line in plain if "Regulation" in line[0]]
    assert [line[0] for line in grave if "15 days" in line[0] and "Art. 73" in line[0]]
    assert [line[0] for line in personal if "72 hours" in line[0] and "Art. 33" in line[0]]


def test_figures_and_versions_to_compare_with_are_those_of_the_run(component):
    outline = component.outline({}, {"holds": []})

    assert [part["part"] for part in outline if "part" in part] == ["performance", "checks", "reproduction"]


def test_names_and_telephones_are_left_to_people(component):
    first = next(part["open"] for part in component.outline({}, {"holds": []}) if "open" in part)

    assert first.keys() == {"operations", "product_owner", "legal"}
