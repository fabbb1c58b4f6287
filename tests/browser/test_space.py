"""Points are gone through, read and opened by keys; two networks stand beside each other."""

import json
import re

from playwright.sync_api import expect

from tests.browser.server import settle
from tests.browser.test_mnist import SEVEN, draw, open_mnist

SPACE = "document.querySelector('.gz').space"
PALE = "(document.querySelector('.st-key-caption').classList.contains('gz-pale'))"
WORDS = re.compile(r"^Image \d+: an? \d\. Nearest here: image \d+, an? \d\.$")
# Of each class, those whose nearest is of their own, counted anew from what was sent.
OWN = f"""() => {{
    const {{ now, labels, shown }} = {SPACE}, own = shown.classes.map(() => 0);
    labels.forEach((kind, i) => {{
        let best = -1, least = Infinity;
        labels.forEach((_, j) => {{
            const far = (now[2 * i] - now[2 * j]) ** 2 + (now[2 * i + 1] - now[2 * j + 1]) ** 2;
            if (j !== i && far < least) [best, least] = [j, far];
        }});
        own[kind] += labels[best] === kind;
    }});
    return own;
}}"""


def test_points_are_gone_through_and_opened_by_keys(app, visit):
    page = visit.page
    page.goto(f"{app}/mnist?mnist_view=space")
    settle(page)
    assert page.evaluate(OWN) == page.evaluate(f"{SPACE}.shown.own")
    words, canvas = page.locator(".gz-said"), page.locator(".gz-canvas")
    canvas.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        expect(words).to_have_text(WORDS)
    first, now = page.evaluate(f"[0, {SPACE}.point].map((p) => {SPACE}.now[2 * p])")
    assert now > first
    page.keyboard.press("p")
    point = page.evaluate(f"{SPACE}.point")
    expect(words).to_have_text(re.compile(rf"^Image {point + 1}: "))

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowLeft")  # a moment before
    assert page.evaluate(PALE)  # until what is said is of that moment
    page.wait_for_url("**mnist_moment=**")
    expect(page.locator(".st-key-caption")).to_contain_text("those of the latest moment")
    page.wait_for_function(f"!{PALE}")
    assert page.evaluate(OWN) == page.evaluate(f"{SPACE}.shown.own")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(" ")  # plays to the end
    page.wait_for_url(lambda url: "mnist_moment" not in url)
    settle(page)
    alone = page.locator(".gz-classes button").nth(4)
    alone.click()
    expect(alone).to_have_attribute("aria-pressed", "true")
    box = canvas.bounding_box()
    x, y = page.evaluate(
        f"(() => {{ const s = {SPACE}, p = s.labels.indexOf(4);"
        "return s.fit(s.now[2 * p], s.now[2 * p + 1]); })()"
    )
    page.mouse.click(box["x"] + x + 1, box["y"] + y + 1)
    page.wait_for_selector("[data-testid=through]")
    page.wait_for_url("**mnist_image=**")
    expect(page.locator(".gi-is")).to_have_text("It is a 4.")


def test_what_is_drawn_is_among_the_points_and_opens(app, visit):
    page = visit.page
    open_mnist(page, app)
    draw(page, SEVEN)
    page.get_by_role("radio", name="space").click()
    page.wait_for_selector("[data-testid=space][data-drawn]")
    settle(page)
    nearest = page.evaluate(
        f"""(() => {{
            const {{ now, labels, shown }} = {SPACE}, [x, y] = shown.drawn[shown.at];
            const off = (i) => (now[2 * i] - x) ** 2 + (now[2 * i + 1] - y) ** 2;
            const far = [...labels].map((_, i) => off(i));
            return far.indexOf(Math.min(...far)) + 1;
        }})()"""
    )
    said = re.compile(r"Your drawing lies nearest to an? \w+\.")
    expect(page.locator(".st-key-caption")).to_contain_text(said)
    page.locator(".gz-canvas").focus()
    page.keyboard.press("End")  # it comes after all images
    words = page.locator(".gz-said")
    expect(words).to_have_text(
        re.compile(rf"^Your drawing\. Nearest here: image {nearest}, an? \d\.$")
    )
    page.keyboard.press("ArrowLeft")
    expect(words).to_have_text(WORDS)
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-testid=through]")
    expect(page.locator(".st-key-caption")).to_contain_text("What you drew")


def test_two_networks_stand_beside_each_other_and_a_run_that_is_gone_is_forgotten(app, visit):
    page = visit.page
    page.goto(f"{app}/mnist?mnist_view=before+and+after")
    gone = {"run": "a-run-that-is-gone", "at": 0, "settings": {"learning rate": "0.3"}}
    runs = json.dumps([gone])
    page.evaluate(f"localStorage.setItem('glassbox-runs', {json.dumps(runs)})")
    page.reload()
    settle(page)
    other, caption = page.locator(".gb-other"), page.locator(".st-key-caption")
    gained = page.locator(".gb-gained button").count()
    assert gained > 0
    other.select_option("crooked")
    page.wait_for_url("**mnist_other_run=crooked**")
    expect(caption).to_contain_text("They differ in")
    expect(page.locator(".gb-first-name")).to_have_text("the other:")
    four = page.locator(".gb-table button").nth(4)
    four.focus()
    expect(page.locator(".gb-said")).to_have_text(
        re.compile(r"^a 4: the other \d+ of \d+ right, this one \d+\.$")
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**mnist_truth=4**")
    expect(four).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "mnist_truth" not in url)

    page.locator(".gb-seen summary").click()
    line = page.locator(".gb-list li button")
    expect(line).to_contain_text("learning rate 0.3")
    line.click()
    expect(caption).to_contain_text("The other run is not on this server any more")
    page.wait_for_function("localStorage.getItem('glassbox-runs') === null")
    other.select_option("")
    page.wait_for_url(lambda url: "mnist_other_run" not in url)
    page.locator(".gb-gained button").first.press("Enter")
    page.wait_for_selector("[data-testid=through]")
