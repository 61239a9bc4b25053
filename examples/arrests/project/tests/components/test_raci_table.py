from __future__ import annotations


def duty(name, responsible, evidence="signature"):
    return {"id": name, "title": name.capitalize(), "responsible": responsible, "evidence": evidence}


def test_exactly_one_role_answers_for_each_activity_and_somebody_does_it(component):
    outline = component.outline({}, {"selected": [], "people": []})

    [table] = [part["table"] for part in outline if "table" in part and ("Activity", "Activité") in part["table"]]
    activities, *letters = table.values()
    for activity, row in zip(activities, zip(*letters, strict=True), strict=True):
        given = "/".join(row)
        assert given.count("A") == 1, activity
        assert "R" in given, activity
        assert set(given) <= set("RACI/")


def test_the_product_owner_answers_for_goals_and_operations_for_alerts(component):
    letters = {english: given for (english, _), given in component.ACTIVITIES}

    assert letters["Goals, thresholds of acceptance, priorities"]["product_owner"] == "A/R"
    assert letters["Alerts, service levels, escalation"]["operations"] == "R"
    assert letters["Performance, columns, drift, explanations"]["data_scientist"] == "R"


def test_every_duty_of_the_project_stands_under_its_role(component):
    people = [duty("oversight", "product_owner"), duty("training", "everyone")]
    selected = [duty("notice", "legal", "file"), duty("reweighing", "data_scientist", "run")]

    outline = component.outline({}, {"selected": selected, "people": people})

    at = [part.get("subheading", ("",))[0] for part in outline]
    assert outline[at.index("Product owner") + 1] == {"boxes": ["Oversight"]}
    assert outline[at.index("Compliance and legal") + 1] == {"boxes": ["Notice"]}
    assert outline[at.index("The whole team") + 1] == {"boxes": ["Training"]}
    assert "Data scientist" not in at


def test_who_holds_a_role_is_left_to_people(component):
    outline = component.outline({}, {"selected": [], "people": []})

    [table] = [part["table"] for part in outline if "table" in part and ("Name", "Nom") in part["table"]]
    assert {*table[("Name", "Nom")], *table[("Deputy", "Suppléance")]} == {("[to be completed]", "[à compléter]")}
    assert len(table[("Role", "Rôle")]) == len(component.ROLES)
