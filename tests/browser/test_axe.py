"""Every page and view as axe-core sees it, in both themes: no serious and no critical finding.

And what it does not see: words in drawings that cannot be told from what is under them, and what
moves by itself.
"""

from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.server import ROOT, settle
from tests.browser.test_every_size import VIEWS
from tests.sweeps import sweep

AXE = ROOT / "ui" / "browser" / "node_modules" / "axe-core" / "axe.min.js"


class Excused(NamedTuple):
    """A finding that is not ours to mend: what it is about, where, and why."""

    rule: str
    selector: str
    why: str


EXCUSED = (
    Excused(
        "target-size",
        ".ge-dot",
        "where a dot lies is what it says: WCAG 2.5.8 counts that as essential",
    ),
    Excused(
        "target-size",
        ".gi-scores button, .gb-table button",
        "all of its row can be clicked; for a finger rows are higher",
    ),
)

EVERYONE = (Path(__file__).parent / "everyone.js").read_text(encoding="utf-8")


def everyone(what: str) -> str:
    """What to evaluate in a page, of `everyone.js`."""
    return f"() => {EVERYONE.rstrip()}.{what}()"


# What WCAG 2.2 AA asks for and good practice; and that what is read begins with what is written,
# which axe has as an experiment.
FINDINGS = """async (excused) => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        rules: { 'label-content-name-mismatch': { enabled: true } },
        resultTypes: ['violations'],
    });
    const excuses = (rule, element) =>
        excused.some(([named, css]) => named === rule && element?.matches(css));
    return violations.flatMap(({ id, nodes }) => nodes
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .filter(({ target }) => !excuses(id, document.querySelector(target[0])))
        .map(({ impact, target, failureSummary, html }) =>
            [id, impact, target, failureSummary, html.slice(0, 300)].join(' | ')));
}"""


@pytest.fixture(scope="session")
def axe() -> Path:
    """axe-core's script, which `npm ci` fetches."""
    if not AXE.is_file():
        pytest.skip("axe-core is missing: npm --prefix ui/browser ci")
    return AXE


def findings(page, axe):
    """What is wrong with the page as it is now, a line each."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=axe)
    return page.evaluate(FINDINGS, [[one.rule, one.selector] for one in EXCUSED])


def in_themes(page, axe, schemes):
    """What is wrong with it in each of these; each time all is drawn anew."""
    found = []
    for scheme in schemes:
        page.evaluate(everyone("listen"))
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        settle(page)
        faint = page.evaluate(everyone("faint"))
        found += [f"{scheme}: {one}" for one in findings(page, axe) + faint]
    return found


@sweep(
    "name, present",
    [(name, present) for name in VIEWS for present in (False, True)],
    usual=[("mistakes", False)],
)
def test_no_page_keeps_anybody_out(app, visit, axe, name, present):
    page, link = visit.page, VIEWS[name]
    mode = f"{'&' if '?' in link else '?'}present=true" if present else ""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{app}{link}{mode}")
    settle(page)
    assert page.evaluate(everyone("moves")) == []
    # A presenter's page has the colours of a reader's.
    assert in_themes(page, axe, ["dark"] if present else ["dark", "light"]) == []


def test_what_is_looked_for_is_found(app, visit):
    page = visit.page
    page.goto(app)
    page.get_by_role("button", name="Pause").wait_for()  # its film plays by itself
    assert page.evaluate(everyone("moves")) != []
    page.evaluate(everyone("listen"))
    page.evaluate("""() => {
        const { stage } = document.querySelector('.gs');
        stage.look.text = '#999999';
        stage.paint();
    }""")
    assert page.evaluate(everyone("faint")) != []


def test_a_picture_is_described_by_its_caption(app, visit):
    page = visit.page
    page.goto(f"{app}/activations")
    settle(page)
    words = " ".join(page.locator(".st-key-caption").inner_text().split())
    expect(page.get_by_test_id("chart")).to_have_accessible_description(words)
