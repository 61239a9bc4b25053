from __future__ import annotations

import datetime
import json
import zipfile

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

TODAY = datetime.datetime.now(datetime.UTC).date()


def _record(name="pytest", *events, identifier="PYSEC-1", days=0, **more):
    return {
        "id": identifier,
        "modified": f"{TODAY - datetime.timedelta(days=days)}T00:00:00Z",
        "affected": [
            {
                "package": {"ecosystem": "PyPI", "name": name},
                "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
            }
        ],
        **more,
    }


@pytest.fixture
def project(tmp_path):
    lines = [f"pytest=={pytest.__version__}", "packaging==24.0 ; python_version > '3'", "not-there==1.0"]
    (tmp_path / "requirements.lock").write_text("\n".join(["# a lock", *lines]), encoding="utf-8")
    (tmp_path / "advisories").mkdir()
    return tmp_path


def _listed(project, *records):
    for number, record in enumerate(records):
        (project / f"advisories/{number}.json").write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize(
    ("events", "affected"),
    [
        ([{"introduced": "0"}, {"fixed": "1.10"}], "<1.10"),
        ([{"introduced": "1.2"}, {"last_affected": "1.9"}], ">=1.2,<=1.9"),
        ([{"introduced": "1.2"}], ">=1.2"),
        # In any order: the schema sorts them by version.
        ([{"fixed": "1.10"}, {"introduced": "1.2"}], ">=1.2,<1.10"),
        # Before one of the limits is enough.
        ([{"introduced": "1.0"}, {"limit": "1.2"}, {"limit": "1.9"}], ">=1.0,<1.9"),
        ([{"introduced": "1.0"}, {"limit": "*"}], ">=1.0"),
    ],
)
def test_a_range_holds_the_versions_between_introduction_and_mending(component, events, affected):
    tried = ["0.9", "1.0", "1.2", "1.9", "1.9.1", "1.10", "2.0"]
    span = {"ranges": [{"type": "ECOSYSTEM", "events": events}]}

    found = [version for version in tried if component.is_affected(version, span)]

    assert found == list(SpecifierSet(affected).filter(tried))


def test_a_flaw_mended_and_introduced_again_is_in_both_ranges(component):
    events = [{"introduced": "0"}, {"fixed": "1.1"}, {"introduced": "2.0"}, {"fixed": "2.3"}]
    affected = {"ranges": [{"type": "ECOSYSTEM", "events": events}]}

    found = {version: component.is_affected(version, affected) for version in ("1.0", "1.1", "1.9", "2.0", "2.3")}

    assert found == {"1.0": True, "1.1": False, "1.9": False, "2.0": True, "2.3": False}


def test_introduced_in_0_means_before_every_version(component):
    span = {"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.0"}]}]}

    assert component.is_affected("0a1", span)
    assert not component.is_affected("1.0", span)


def test_listed_versions_count_and_commits_do_not(component):
    assert component.is_affected("1.0", {"versions": ["0.9", "1.0"]})
    assert not component.is_affected("1.0", {"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]})


def test_a_flaw_of_an_installed_package_is_told_with_the_version_that_mends_it(component, project):
    later = f"{Version(pytest.__version__).major + 1}.0"
    _listed(project, _record("PyTest", {"introduced": "0"}, {"fixed": "0.1"}, {"introduced": "1"}, {"fixed": later}))

    found = component.audit(project)

    assert found["holds"] is False
    assert found["measured"]["flaws"] == [
        {"package": "pytest", "version": pytest.__version__, "id": "PYSEC-1", "mended_in": [later]}
    ]
    assert json.loads(json.dumps(found)) == found


def test_one_flaw_under_several_names_is_told_once_and_a_withdrawn_one_never(component, project):
    whole = {"introduced": "0"}
    _listed(
        project,
        _record("pytest", whole, identifier="GHSA-1", aliases=["CVE-1"]),
        _record("pytest", whole, identifier="PYSEC-1", aliases=["CVE-1", "GHSA-1"]),
        _record("pytest", whole, identifier="SNYK-1", aliases=["PYSEC-1"]),
        _record("pytest", whole, identifier="PYSEC-2", withdrawn="2026-01-01T00:00:00Z"),
        _record("not-there", whole, identifier="PYSEC-3"),
    )

    assert [flaw["id"] for flaw in component.audit(project)["measured"]["flaws"]] == ["GHSA-1"]


def test_an_archive_is_read_as_the_files_in_it(component, project):
    with zipfile.ZipFile(project / "advisories/pypi.zip", "w") as archive:
        archive.writestr("PYSEC-1.json", json.dumps(_record("pytest", {"introduced": "0"})))

    assert component.audit(project)["measured"]["records"] == 1


def test_only_fresh_lists_show_that_there_is_nothing(component, project):
    other = {"introduced": "0"}
    _listed(project, _record("another", other, days=3))
    fresh = component.audit(project)
    old = component.audit(project, most_days=2)

    assert fresh["holds"] is True
    assert old["holds"] is None
    assert "3 days old" in old["because"]


def test_without_lists_the_question_stays_open_and_a_broken_one_is_refused(component, project):
    found = component.audit(project)

    assert found["holds"] is None
    assert found["measured"]["packages"] == 2
    (project / "advisories/pypi.zip").write_bytes(b"an error page")
    with pytest.raises(ValueError, match=r"pypi\.zip holds no list"):
        component.audit(project)
