"""What is asked of a part while its script is on its way: only the newest of it is shown."""

from pathlib import Path

import pytest

from tests.browser.server import settle
from tests.browser.test_lottery import CANVAS, FEW
from ui.browser.join import joined

PART = Path(__file__).parents[2] / "ui" / "browser" / "shared" / "part.js"
CAPTION = ".st-key-caption"
# The lottery's script comes when the test lets it; `shown` is of how many starts it was drawn.
HELD = f"""(() => {{
    const {{ createObjectURL }} = URL, Whole = Blob;
    window.Blob = class extends Whole {{
        constructor(parts, options) {{
            super(parts, options);
            this.said = String(parts?.[0]);
        }}
    }};
    URL.createObjectURL = (blob) => {{
        if (!blob.said?.includes('st-bidi-glassbox_lottery')) return createObjectURL(blob);
        window.script = blob.said;
        return `${{location.origin}}/held.js`;
    }};
    window.shown = [];
    new MutationObserver(() => window.shown.push(document.querySelector('{CANVAS}').dataset.of))
        .observe(document, {{ attributeFilter: ['data-of'], subtree: true }});
}})()"""


@pytest.mark.sweep
def test_of_what_is_asked_for_while_its_script_is_on_its_way_a_part_shows_the_newest(app, apart):
    """Streamlit makes a call for each, and Chromium makes these calls in any order."""
    page, held = apart.page, []
    page.add_init_script(HELD)
    page.route("**/held.js", lambda route: held.append(route))
    page.goto(f"{app}/boundaries?{FEW.replace('starts=50', 'starts=1')}")
    page.locator(CAPTION).get_by_text("Of 1 start").wait_for()
    page.get_by_role("button", name="More").click()
    for starts in (10, 25, 50, 100):
        page.get_by_role("slider", name="Starts").press("ArrowRight")
        page.locator(CAPTION).get_by_text(f"Of {starts} starts").wait_for()
    script = page.evaluate("window.script")
    held[0].fulfill(body=script, content_type="text/javascript")
    page.wait_for_selector(f"{CANVAS}[data-of]")
    settle(page)
    assert page.evaluate("[...new Set(window.shown)]") == ["100"]


def test_a_part_that_has_left_the_page_shows_nothing_more(window):
    """Streamlit ends it some time after that; without a place it has no colours to be drawn in."""
    window.goto("about:blank")
    window.add_script_tag(content=joined(PART))
    shown = window.evaluate("""async () => {
        const shown = [], [stays, leaves] = ["stays", "leaves"].map((name) => {
            const place = document.body.appendChild(document.createElement("div"));
            unlessOvertaken(place, () => shown.push(name));
            return place;
        });
        leaves.remove();
        await new Promise((done) => setTimeout(done));
        return shown;
    }""")
    assert shown == ["stays"]
