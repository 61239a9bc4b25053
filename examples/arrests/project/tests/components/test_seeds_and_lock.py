from __future__ import annotations

import hashlib
import random
from importlib import metadata

import numpy as np

NUMPY = metadata.version("numpy")


def locked(folder, *lines):
    path = folder / "requirements.lock"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_the_same_seed_gives_the_same_random_numbers(component):
    def drawn(seed):
        component.start(seed=seed)
        return random.random(), np.random.rand(3).tolist()

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_an_estimator_that_nobody_seeded_is_repeatable(component):
    from sklearn.ensemble import RandomForestClassifier

    X, y = np.random.default_rng(0).normal(size=(60, 3)), np.arange(60) % 2

    def scores():
        component.start(seed=3)
        return RandomForestClassifier(5).fit(X, y).predict_proba(X)

    np.testing.assert_array_equal(scores(), scores())


def test_it_holds_when_the_installed_versions_are_those_of_the_lock(component, tmp_path):
    lock = locked(tmp_path, "# made by a tool", f"numpy=={NUMPY} \\", "    --hash=sha256:0123")

    evidence = component.start(seed=0, lock=lock)

    assert evidence["holds"] is True
    assert evidence["measured"]["packages"] == {"numpy": NUMPY}


def test_another_version_than_the_locked_one_is_named(component, tmp_path):
    evidence = component.start(seed=0, lock=locked(tmp_path, "numpy==0.0.1"))

    assert evidence["holds"] is False
    assert f"numpy {NUMPY}, not 0.0.1" in evidence["because"]


def test_a_locked_package_that_is_not_installed_is_named(component, tmp_path):
    evidence = component.start(seed=0, lock=locked(tmp_path, f"numpy=={NUMPY}", "no-such-package-at-all==1.0"))

    assert evidence["holds"] is False
    assert "no-such-package-at-all is not installed" in evidence["because"]


def test_versions_under_markers_are_alternatives(component, tmp_path):
    lock = locked(
        tmp_path,
        "numpy==0.0.1 ; python_full_version < '3.0'",
        f"numpy=={NUMPY} ; python_full_version >= '3.0'",
        "no-such-package-at-all==1.0 ; sys_platform == 'plan9'",
    )

    assert component.start(seed=0, lock=lock)["holds"] is True


def test_the_hash_is_that_of_the_bytes_on_disk(component, tmp_path):
    lock = locked(tmp_path, f"numpy=={NUMPY}")

    evidence = component.start(seed=0, lock=lock)

    assert evidence["measured"]["lock_sha256"] == hashlib.sha256(f"numpy=={NUMPY}\n".encode()).hexdigest()


def test_without_a_lock_it_does_not_hold(component, tmp_path):
    evidence = component.start(seed=0, lock=str(tmp_path / "requirements.lock"))

    assert evidence["holds"] is False


def test_names_are_compared_as_package_indexes_do(component):
    versions = component.pinned_versions("Scikit_Learn[extra]==1.7.2\nruamel.yaml == 0.18.6\n")

    assert versions == {"scikit-learn": {"1.7.2"}, "ruamel-yaml": {"0.18.6"}}
