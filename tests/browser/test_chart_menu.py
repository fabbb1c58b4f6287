"""A chart's own menu: beside its title, by mouse, touch and keys; and what it saves."""

import re
import struct

import pytest

from tests.browser.conftest import Visit
from tests.browser.server import A_FEW_FRAMES, new_page, settle
from tests.browser.test_every_size import VIEWS, measure, overlap
from tests.browser.test_stage import SEEN
from tests.sweeps import sweep

CHARTS = {
    "curve", "learning", "in and out", "softmax", "many steps", "vanishing", "landscape", "race",
    "learning rates", "batch noise", "MNIST",
}  # fmt: skip
SIZES = {"a phone": (390, 844), "a projector": (1280, 720)}
SAVED_BYTES = 2_400_000  # with what plays and Plotly's script, which alone takes 4.8 MB
AROUND = 16  # pixels around a picture
RANGE = "() => [...document.querySelector('[data-testid=chart]').layout.xaxis.range]"


def link(name, present):
    if not present:
        return VIEWS[name]
    return VIEWS[name] + ("&" if "?" in VIEWS[name] else "?") + "present=true"


def menu(page):
    return page.get_by_role("button", name="Save this chart").first


def boxes(locator):
    return [(b["x"], b["y"], b["x"] + b["width"], b["y"] + b["height"]) for b in locator]


def opened(visit, app, name="curve", **more):
    visit.page.goto(app + link(name, **{"present": False} | more))
    return settle(visit.page)


@pytest.mark.parametrize(  # of all others test_every_size.py asks the same
    ("name", "size"), [("MNIST", "a projector"), ("vanishing", "a phone")]
)
def test_the_menu_stands_on_no_word_of_any_chart(app, visit, name, size):
    page, (width, height) = visit.page, SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    opened(visit, app, name, present=size == "a projector")
    page.evaluate(A_FEW_FRAMES)
    buttons = page.get_by_test_id("chart-menu").locator(".gj-more").all()
    assert len(buttons) == page.get_by_test_id("chart").count() > 0
    words = page.evaluate(measure("words"))
    titles = [row for row in words if row[6].startswith("svg")]
    assert titles
    for left, top, right, bottom in boxes(b.bounding_box() for b in buttons):
        assert right <= width
        under = [r[0] for r in titles if overlap((left, top, right, bottom), r[2:6], 1)]
        assert under == []
    assert page.locator(".modebar").count() == 0


def test_the_keyboard_opens_it_walks_it_and_leaves_it(app, visit):
    page = opened(visit, app, "learning rates")
    menu(page).focus()
    page.keyboard.press("Enter")
    focused = "document.activeElement.innerText"
    assert page.evaluate(focused) == "Save as PNG"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "Reset zoom"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Save as PNG"
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "⋯"
    assert page.get_by_role("menu").count() == 0
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Save as PNG"
    page.keyboard.press("Tab")
    assert page.get_by_role("menu").count() == 0
    assert page.evaluate(focused) != "⋯"


def test_a_finger_opens_it_and_it_stays_under_none(app, phone):
    page = opened(phone, app, "curve")
    page.get_by_test_id("chart").tap()
    assert page.get_by_role("menu").count() == 0
    box = menu(page).bounding_box()
    assert min(box["width"], box["height"]) >= 40
    menu(page).tap()
    assert all(
        item.bounding_box()["height"] >= 44 and item.bounding_box()["x"] >= 0
        for item in page.get_by_role("menuitem").all()
    )
    page.get_by_role("heading", level=1).tap()
    assert page.get_by_role("menu").count() == 0
    menu(page).tap()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Save as PNG").tap()
    assert download.value.suggested_filename.endswith(".png")
    assert page.get_by_role("menu").count() == 0


def saved(page, what):
    menu(page).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=f"Save as {what}").click()
    return download.value


@sweep("scheme", ["light", "dark"], usual=["dark"])
def test_pictures_have_the_charts_size_and_ground(app, visit, scheme):
    page = visit.page
    page.emulate_media(color_scheme=scheme)
    opened(visit, app, "curve")
    box = page.get_by_test_id("chart").bounding_box()
    png = saved(page, "PNG").path().read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert width == 2 * (int(box["width"]) + 2 * AROUND)
    assert height > 2 * (int(box["height"]) + 2 * AROUND)  # by its caption and its link
    svg = saved(page, "SVG")
    assert svg.suggested_filename.endswith(".svg")
    text = svg.path().read_text(encoding="utf-8")
    ground = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 25, 26)"}[scheme]
    first = re.search(r"<rect [^>]*>", text)[0]  # all of the chart that follows is drawn on it
    assert f'width="{int(box["width"])}"' in first
    assert ground in first
    assert "sigmoid" in text


@sweep("name", sorted(CHARTS), usual=["race"])
def test_a_chart_saved_as_html_opens_without_a_network(app, visit, browser, tmp_path, name):
    page = opened(visit, app, name)
    before = page.get_by_test_id("chart").first
    words = before.locator("text.gtitle").text_content()
    file = tmp_path / "chart.html"
    saved(page, "HTML").save_as(file)
    assert file.stat().st_size < SAVED_BYTES
    with new_page(browser, offline=True) as other:
        alone = Visit(other)
        other.goto(file.as_uri())
        other.wait_for_selector("[data-testid=chart] .main-svg")
        assert other.title() == page.locator("h1").inner_text()
        assert other.locator("text.gtitle").text_content() == words
        menu(other).click()
        names = other.get_by_role("menuitem").all_inner_texts()
        films = ["Save as film (WebM)"] * other.locator(".gc-bar:not([hidden])").count()
        assert names == ["Save as PNG", "Save as SVG", *films, "Reset zoom"]
        other.keyboard.press("Escape")
        assert other.evaluate(SEEN) or name == "MNIST"  # whose words are those of its run
        if other.locator(".gc-bar:not([hidden])").count():
            other.keyboard.press("Home")
            first = other.evaluate(SEEN)
            other.keyboard.press("End")
            assert other.evaluate(SEEN) not in ("", first)
        assert alone.complaints == []
        assert alone.requests == [file.as_uri()]


def test_a_zoom_is_saved_and_undone(app, visit, browser, tmp_path):
    page = opened(visit, app, "curve")
    whole, box = page.evaluate(RANGE), page.get_by_test_id("chart").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 150, y + 5, steps=4)
    page.mouse.up()
    page.wait_for_function(f"(whole) => ({RANGE})()[0] !== whole[0]", arg=whole)
    page.evaluate(A_FEW_FRAMES)
    zoomed, file = page.evaluate(RANGE), tmp_path / "zoomed.html"
    saved(page, "HTML").save_as(file)
    with new_page(browser, offline=True) as other:
        other.goto(file.as_uri())
        other.wait_for_selector("[data-testid=chart] .main-svg")
        assert other.evaluate(RANGE) == pytest.approx(zoomed)
    menu(page).click()
    page.get_by_role("menuitem", name="Reset zoom").click()
    page.wait_for_function(f"(whole) => ({RANGE})()[0] === whole[0]", arg=whole)
    assert page.evaluate(RANGE) == pytest.approx(whole)
