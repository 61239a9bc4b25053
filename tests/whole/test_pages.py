"""Pages look in a real browser as they should, without a network."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from projects import files_of, run

from fatesline.catalog import Catalog
from fatesline.catalog.project import Data
from fatesline.generation.write import write
from fatesline.model.configuration import Configuration
from fatesline.reasoning import Reasoner

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed; Debian's package is called chromium")


@pytest.mark.slow
def test_the_evidence_report_shows_its_verdicts_and_pictures(
    catalog: Catalog, arrests_data: Data, arrests: Path, tmp_path: Path
) -> None:
    chosen = Reasoner(catalog.model).completion(Configuration.choosing("group_metrics", "reweighing"))
    write(files_of(chosen, catalog, arrests_data), tmp_path)
    run(["-m", "release_decisions.train", arrests], tmp_path)
    page = tmp_path / "documents/evidence_report.html"

    # The address of a picture that did not load has no natural width; the page itself has no script, so one is added.
    probe = tmp_path / "probe.html"
    probe.write_text(
        page.read_text(encoding="utf-8")
        + "<script>addEventListener('load', () => document.title = [...document.images]"
        ".map(image => image.naturalWidth).join() + ' ' + document.querySelectorAll('.verdict').length"
        " + ' ' + (document.documentElement.scrollWidth <= innerWidth))</script>",
        encoding="utf-8",
    )
    own = f"--user-data-dir={tmp_path / 'browser'}"
    shown = subprocess.run(
        [str(BROWSER), *QUIET, own, "--window-size=1000,900", "--dump-dom", probe],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip

    widths, verdicts, fits = shown.partition("<title>")[2].partition("</title>")[0].split()
    assert all(int(width) > 100 for width in widths.split(","))
    assert int(verdicts) >= 2
    assert fits == "true", "the page is wider than the window"
