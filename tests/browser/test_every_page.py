"""Every page in a real browser: it opens, a slider moves it, nothing blinks, nothing leaks."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.server import offered_link, settle
from tests.sweeps import sweep

PAGES = {
    "": None,
    "activations": "x",
    "neuron": "Learning rate",
    "gradients": "Units in each",
    "boundaries": "Hidden units",
    "mnist": None,
}
CAPTION = ".st-key-caption"

SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll('[data-testid=stMain] *')]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .filter((e) => { const r = e.getBoundingClientRect();
                     return r.width > 1 && r.height > 1 && r.top < innerHeight; })
    .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""

PICTURE = "[data-testid=chart], .gs, .gw, .gm"

SMALLEST_WRITING = """() => {
    const stage = document.querySelector('.gs')?.stage;
    if (!stage) return Infinity;
    const pen = CanvasRenderingContext2D.prototype, write = pen.fillText, seen = [];
    pen.fillText = function (...words) {
        seen.push(parseFloat(this.font.match(/[\\d.]+px/)[0]));
        return write.apply(this, words);
    };
    stage.paint();
    pen.fillText = write;
    return Math.min(...seen);
}"""

# A chart is blank without its drawing, a stage where nothing is painted in its plane's middle.
WATCH_THE_PICTURE = """() => {
    const css = '[data-testid=chart], [data-testid=stage]';
    const picture = document.querySelector(css);
    const blank = () => {
        if (!picture.isConnected) return true;
        if (picture.dataset.testid === 'chart') return !picture.querySelector('.main-svg');
        const { x, y, side } = document.querySelector('.gs').stage.box.plane;
        const middle = [x + side / 2, y + side / 2].map((v) => v * devicePixelRatio);
        return picture.getContext('2d').getImageData(...middle, 1, 1).data[3] === 0;
    };
    window.watched = { picture, css, blank: 0, frames: 0 };
    const look = () => {
        window.watched.frames += 1;
        if (blank()) window.watched.blank += 1;
        requestAnimationFrame(look);
    };
    look();
}"""
WATCHED = """() => ({ blank: window.watched.blank,
    same: window.watched.picture === document.querySelector(window.watched.css) })"""

# Every frame that the stage shows from now on, in order.
KEEP_FRAMES = """() => {
    const canvas = document.querySelector('[data-testid=stage]');
    window.frames_seen = [];
    new MutationObserver(() => {
        const frame = Number(canvas.dataset.frame);
        if (frame !== window.frames_seen.at(-1)) window.frames_seen.push(frame);
    }).observe(canvas, { attributes: true, attributeFilter: ['data-frame'] });
}"""


def drag_a_box(page, css):
    """Draw a box on a chart by mouse: it zooms in once the button is let go."""
    plot = page.locator(f"{css} .nsewdrag").first.bounding_box()
    left, top = plot["x"] + plot["width"] * 0.3, plot["y"] + plot["height"] * 0.2
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + plot["width"] * 0.4, top + plot["height"] * 0.6, steps=5)


def slider(page, name):
    return page.locator(f'input[type=range][aria-label="{name}"]')


def move(page, name, key="ArrowRight"):
    """Move a slider by one key press and wait until its caption has followed."""
    before = page.locator(CAPTION).inner_text()
    slider(page, name).press(key)
    page.wait_for_function(
        "([css, before]) => document.querySelector(css).innerText !== before", arg=[CAPTION, before]
    )
    settle(page)


@sweep("name", PAGES, usual=["boundaries"])
def test_it_opens_without_scrolling_and_a_slider_changes_it(app, heard, name):
    page = heard.page
    page.goto(f"{app}/{name}")
    settle(page)
    caption = page.locator(CAPTION).bounding_box()
    assert caption["y"] + caption["height"] <= 800
    if PAGES[name]:
        move(page, PAGES[name])
    assert all(urlsplit(url).hostname in ("127.0.0.1", None) for url in heard.requests)


def test_a_moved_slider_neither_blanks_the_chart_nor_loses_its_zoom(app, visit):
    page = visit.page
    page.goto(f"{app}/activations")
    settle(page)
    drag_a_box(page, "[data-testid=chart]")
    page.mouse.up()
    x_range = "() => document.querySelector('[data-testid=chart]')._fullLayout.xaxis.range"
    page.wait_for_function(f"({x_range})()?.[0] > -9")
    zoomed = page.evaluate(x_range)
    page.evaluate(WATCH_THE_PICTURE)
    for _ in range(5):
        move(page, "x")
    page.wait_for_function("window.watched.frames > 10")
    watched = page.evaluate(WATCHED)
    assert watched["same"]
    assert watched["blank"] == 0
    assert page.evaluate(x_range) == zoomed


def test_settings_are_in_the_link_and_survive_reload_and_a_change_of_page(app, visit):
    page = visit.page
    page.goto(f"{app}/boundaries")
    settle(page)
    move(page, "Hidden units")
    move(page, "Learning rate", "ArrowLeft")
    page.wait_for_url("**boundaries_lr=0.01**")
    link = {"boundaries_hidden": ["5"], "boundaries_lr": ["0.01"]}
    assert parse_qs(urlsplit(page.url).query) == link
    caption = page.locator(CAPTION).inner_text()
    page.reload()
    settle(page)
    assert page.locator(CAPTION).inner_text() == caption
    page.get_by_role("link", name="Activations").click()
    page.wait_for_selector("text=What does a neuron do")
    page.get_by_role("link", name="Decision boundaries").click()
    page.wait_for_url("**boundaries_lr=0.01**")
    settle(page)
    assert page.locator(CAPTION).inner_text() == caption


def test_the_link_that_a_page_offers_opens_the_page_as_it_is(app, visit):
    page = visit.page
    page.goto(f"{app}/boundaries")
    settle(page)
    page.get_by_text("One neuron cannot").click()
    page.wait_for_url("**boundaries_layers=0**")
    settle(page)
    caption = page.locator(CAPTION).inner_text()
    page.goto(offered_link(page, app))
    settle(page)
    assert page.locator(CAPTION).inner_text() == caption


@pytest.mark.sweep
@pytest.mark.parametrize("name", PAGES)
def test_presenter_mode_is_readable_from_the_back_row(app, visit, name):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app}/{name}?present=true")
    settle(page)
    assert page.evaluate(SMALLEST_TEXT) >= 24
    assert page.evaluate(SMALLEST_WRITING) >= 24
    picture = page.locator(PICTURE).first.bounding_box()
    caption = page.locator(CAPTION).bounding_box()
    assert picture["height"] >= 0.6 * 720
    assert caption["y"] + caption["height"] <= 720


def test_the_presenter_switch_stays_on_from_page_to_page(app, visit):
    page = visit.page
    page.goto(app)
    settle(page)
    page.locator(".st-key-present label").first.click()
    page.wait_for_url("**present=true**")
    page.get_by_test_id("stTopNav").get_by_role("link", name="MNIST").click()
    page.wait_for_url("**/mnist?present=true**")


@pytest.mark.sweep
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_take_the_colours_of_the_readers_theme(app, visit, scheme):
    page = visit.page
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{app}/activations")
    settle(page)
    colours = page.evaluate(
        """() => ['.st-key-caption p', '.ytick text'].map((css, i) =>
            getComputedStyle(document.querySelector(css))[i ? 'fill' : 'color'])"""
    )
    assert colours[0] == colours[1]


def test_the_film_on_home_plays_in_the_browser(app, visit):
    page = visit.page
    page.goto(app)
    settle(page)
    last = int(page.get_by_test_id("stage").get_attribute("data-frames")) - 1
    at_the_end = f"document.querySelector('[data-testid=stage]').dataset.frame === '{last}'"
    page.keyboard.press("End")
    assert page.evaluate(at_the_end)
    page.get_by_label("Speed").select_option("2")
    page.evaluate(KEEP_FRAMES)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("window.frames_seen.length > 2")
    page.wait_for_function(at_the_end)
    seen = page.evaluate("window.frames_seen")
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert seen[-1] == last
