"""What a talk needs: one screen, the same keys everywhere, a theme in the link, nothing lost by a
switch; and what whoever comes first needs: a film that begins at its beginning."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.server import A_FEW_FRAMES, settle
from tests.browser.test_every_page import KEEP_FRAMES, SMALLEST_TEXT
from tests.browser.test_every_size import VIEWS, fits_every_size, measure, overlap
from tests.sweeps import sweep

STAGE = "document.querySelector('.gs').stage"
CAPTION = ".st-key-caption"
SCROLLS = """() => { const main = document.querySelector('[data-testid=stMain]');
    return main.scrollHeight - main.clientHeight; }"""
BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
DARK, LIGHT = "rgb(20, 25, 26)", "rgb(255, 255, 255)"
PRESENT = ".st-key-present label"
PRESETS = """[...document.querySelectorAll("[class*='_preset'] button")].map((button) => {
    const at = button.getBoundingClientRect(); return [at.left, at.right]; })"""
BESIDE_VIEWS = """['.st-key-slim > [class*="_view"]', '.st-key-slim'].map((css) =>
    document.querySelector(css).getBoundingClientRect().right)"""
UPPERMOST = "([x, y]) => document.elementFromPoint(x, y).closest('button')?.innerText"


# The smallest letters that canvases are written in, from now on; a letter alone is a point's mark.
HEAR_WRITING = """() => {
    const pen = CanvasRenderingContext2D.prototype, write = pen.fillText;
    window.smallestWriting = Infinity;
    pen.fillText = function (...words) {
        const mark = words[0].length === 1;
        const size = mark ? Infinity : parseFloat(this.font.match(/[\\d.]+px/)[0]);
        window.smallestWriting = Math.min(window.smallestWriting, size);
        return write.apply(this, words);
    };
}"""
WITH_PRESETS = ["activations", "neuron", "gradients", "boundaries", "mnist"]


def with_mode(link, *modes):
    return link + ("&" if "?" in link else "?") + "&".join(modes)


def opened(visit, app, link, width=1280, height=720):
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.page.goto(f"{app}{link}")
    return settle(visit.page)


def frame(page):
    return page.evaluate(f"{STAGE}.frame")


# On a projector


def fits_a_projector(page, name):
    """Nothing scrolls, every word is large, and views and presets stay in sight."""
    page.wait_for_function(f"({SCROLLS})() <= 0")
    assert page.evaluate(SMALLEST_TEXT) >= 24
    caption = page.locator(CAPTION).bounding_box()
    assert caption["y"] + caption["height"] <= 720
    assert page.locator(".gw-side").filter(visible=True).count() == 0
    assert page.evaluate(measure("cut")) == []
    page.evaluate(HEAR_WRITING)
    page.set_viewport_size({"width": 1280, "height": 719})  # all is drawn anew
    settle(page)
    assert page.evaluate("window.smallestWriting") >= 23.9
    if name == "Home":
        return
    row = page.locator(".st-key-slim").bounding_box()
    assert row["height"] <= 60
    assert row["y"] + row["height"] <= 0.25 * 720
    for button in page.locator(".st-key-slim button").all()[:2]:
        assert button.is_visible()


@pytest.mark.parametrize("name", ["film", "MNIST"])
def test_nothing_scrolls_on_a_projector_and_views_and_presets_stay_in_sight(app, visit, name):
    fits_a_projector(opened(visit, app, with_mode(VIEWS[name], "present=true")), name)


@pytest.mark.sweep
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_fits_a_projector_and_as_a_presenter_s_every_other_size(app, visit, name):
    page = opened(visit, app, with_mode(VIEWS[name], "present=true"))
    fits_a_projector(page, name)
    fits_every_size(page, name)


@pytest.mark.sweep
@pytest.mark.parametrize("name", WITH_PRESETS)
def test_what_is_said_of_every_preset_is_whole_on_a_projector(app, visit, name):
    page = opened(visit, app, f"/{name}?present=true")
    presets = page.locator("[class*='_preset'] button")
    for k in range(presets.count()):
        presets.nth(k).press("Enter")
        expect(presets.nth(k)).to_be_checked()
        settle(page)
        page.wait_for_function(f"({SCROLLS})() <= 0")
        caption = page.locator(CAPTION).bounding_box()
        assert caption["y"] + caption["height"] <= 720
        assert page.evaluate(SMALLEST_TEXT) >= 24
        assert page.evaluate(measure("cut")) == []


def test_the_line_of_presets_says_that_it_goes_on_and_shows_what_was_chosen(app, visit):
    page = opened(visit, app, "/boundaries?present=true")
    line = page.locator(".st-key-slim")
    expect(line).to_have_attribute("data-more-right", "")
    expect(line).not_to_have_attribute("data-more-left", "")
    more = page.get_by_role("button", name=re.compile(r"^\d more"))
    of, (left, right) = page.evaluate(PRESETS), page.evaluate(BESIDE_VIEWS)
    out = [box for box in of if box[0] < left - 1 or box[1] > right + 1]
    assert more.inner_text() == f"{len(out)} more ▾"
    more.focus()
    page.keyboard.press("Enter")
    expect(line).to_have_attribute("data-open", "")
    page.evaluate("document.activeElement.blur()")
    expect(line).not_to_have_attribute("data-open", "")
    more.click()
    for preset in page.locator(".st-key-slim button").all():
        box = preset.bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 1280
        assert box["y"] + box["height"] <= 0.3 * 720
    page.get_by_role("radio", name="Noise by heart").click()
    page.mouse.move(640, 600)
    expect(line).to_have_attribute("data-more-left", "")
    page.wait_for_url("**boundaries_dataset=gaussians**")  # a click alone brings it into sight
    settle(page)
    page.reload()
    settle(page)
    frame = line.bounding_box()
    chosen = page.get_by_role("radio", name="Noise by heart").bounding_box()
    views = page.locator(".st-key-boundaries_view").bounding_box()
    assert views["x"] == frame["x"]  # the views stay
    assert page.evaluate(UPPERMOST, [views["x"] + 20, views["y"] + 10]) == "film"
    assert views["x"] + views["width"] <= chosen["x"]
    assert chosen["x"] + chosen["width"] <= frame["x"] + frame["width"] + 1


def test_a_number_chooses_a_view_and_no_panel_opens_over_the_picture(app, visit):
    page = opened(visit, app, "/gradients?present=true")
    page.keyboard.press("5")
    page.wait_for_url("**gradients_view=learning**")
    expect(page.get_by_role("radio", name="learning rates")).to_be_checked()
    settle(page)
    assert page.get_by_test_id("stPopoverBody").count() == 0
    page.keyboard.press("9")  # there is none
    page.keyboard.press("1")
    page.wait_for_selector("[data-testid=walk]")


def test_a_number_that_is_typed_chooses_nothing(app, visit):
    page = opened(visit, app, "/gradients?gradients_step=3", height=800)
    page.locator(".gw-answer").press_sequentially("2.5")
    page.evaluate(A_FEW_FRAMES)
    assert page.locator(".gw-answer").input_value() == "2.5"
    assert page.get_by_test_id("walk").is_visible()


# Open the controls and choose, before the page has heard that they are open.
QUICKLY = """async (name) => {
    const find = (css, words) => [...document.querySelectorAll(css)]
        .find((e) => e.textContent.includes(words) || e.ariaLabel === words);
    find('button', 'Controls').click();
    let choice;
    while (!(choice = find('[data-testid=stPopoverBody] [role=radio]', name))) {
        await new Promise(requestAnimationFrame);
    }
    choice.click();
}"""


def test_controls_close_when_a_choice_is_made(app, visit):
    page = opened(visit, app, "/gradients?present=true")
    panel = page.get_by_test_id("stPopoverBody")
    page.get_by_role("button", name="Controls").click()
    panel.wait_for()
    page.get_by_role("radio", name="1, 0 → 1").click()
    panel.wait_for(state="detached")
    page.wait_for_url("**gradients_sample=**")
    settle(page)
    page.evaluate(QUICKLY, "1, 1 → 0")
    panel.wait_for(state="detached")
    page.wait_for_url("**gradients_sample=*1*1*")


def test_what_grows_in_the_frame_in_which_the_picture_gives_way_leaves_no_scroll_bar(app, visit):
    page = opened(visit, app, "/?present=true")
    page.evaluate("""() => {
        const main = document.querySelector("[data-testid=stMain]");
        const root = document.documentElement;
        const block = main.querySelector(
            "[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock]");
        const gave = () => parseFloat(root.style.getPropertyValue("--glassbox-over")) || 0;
        const room = Math.max(0, main.clientHeight - block.getBoundingClientRect().bottom);
        const words = document.createElement("div"), before = gave(), grows = room + 30;
        window.most = before + 60;
        words.style.height = `${grows}px`;
        block.append(words);
        new MutationObserver((_, it) => {
            it.disconnect();
            words.style.height = `${grows + gave() - before}px`;
        }).observe(root, { attributes: true, attributeFilter: ["style"] });
    }""")
    page.wait_for_function(f"({SCROLLS})() <= 0")
    gave = "parseFloat(document.documentElement.style.getPropertyValue('--glassbox-over'))"
    page.wait_for_function(f"{gave} >= window.most - 8")
    assert page.evaluate(SCROLLS) <= 0


@sweep("other", ["present", "page"], usual=["present"])
def test_a_switch_of_mode_or_page_keeps_moment_speed_and_what_is_opened(app, visit, other):
    page = opened(visit, app, "/boundaries", height=800)
    page.get_by_label("Speed").select_option("0.5")
    page.evaluate(f"{STAGE}.pauseAt(40)")
    page.evaluate(f"{STAGE}.touchUnit(1, 2)")
    before = page.evaluate(f"window.before = {STAGE}; {STAGE}.film.digest")
    if other == "present":
        page.locator(PRESENT).first.click()
        page.wait_for_url("**present=true**")
    else:
        page.get_by_test_id("stTopNav").get_by_role("link", name="Home").click()
        page.wait_for_function(f"document.querySelector('.gs') && {STAGE} !== window.before")
        page.get_by_test_id("stTopNav").get_by_role("link", name="Decision").click()
        page.wait_for_function("document.querySelector('.gs')?.stage?.name === 'boundaries_stage'")
    settle(page)
    assert page.evaluate(f"{STAGE}.film.digest") == before
    assert frame(page) == 40
    assert page.get_by_label("Speed").input_value() == "0.5"
    assert page.locator(".gs-panel").get_by_text("unit 3 of hidden layer 1").is_visible()


@pytest.mark.sweep
def test_the_default_film_takes_about_fifteen_seconds_on_a_projector(app, timeless):
    page = opened(timeless, app, "/boundaries?present=true")
    frames = page.evaluate(f"{STAGE}.film.last")
    speed = float(page.get_by_label("Speed").input_value())
    assert 12 <= frames / (60 * speed) <= 18
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    page.keyboard.press("Space")
    page.clock.run_for(5000)
    assert frame(page) == pytest.approx(frames / 3, rel=0.2)


@pytest.mark.sweep
def test_what_is_learned_by_heart_fits_a_projector_while_it_is_learned_and_after(app, visit):
    """Five images: the longest of MNIST's captions, and answers that are all small."""
    page = opened(visit, app, "/mnist?present=true")
    page.get_by_role("radio", name="Five images by heart").click()
    for button, state in (("One batch", "Paused"), ("Go on", "Done: ")):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(CAPTION)).to_contain_text(state)
        settle(page)
        page.wait_for_function(f"({SCROLLS})() <= 0")
        caption = page.locator(CAPTION).bounding_box()
        assert caption["y"] + caption["height"] <= 720
        bars = page.locator(".gd-share i").evaluate_all(
            "bars => bars.map((bar) => bar.getBoundingClientRect().height)"
        )
        assert max(bars) > 8
    settle(page)
    page.evaluate("document.querySelector('.gm').wall.open(0)")
    page.wait_for_function("document.querySelector('.gm-most figure')")
    page.wait_for_function(f"({SCROLLS})() <= 0")


# Keys


@pytest.mark.parametrize(
    ("link", "read", "last"),
    [
        ("/boundaries", f"{STAGE}.frame", f"{STAGE}.film.last"),
        (
            "/gradients",
            "Number(document.querySelector('.gw').dataset.step)",
            "document.querySelector('.gw').dataset.steps - 1",
        ),
        (
            "/mnist",
            "document.querySelector('.gm').wall.moment",
            "document.querySelector('.gm').wall.wall.steps.length - 1",
        ),
    ],
    ids=["a film", "a walk", "MNIST's weights"],
)
def test_the_same_key_does_the_same_everywhere(app, visit, link, read, last):
    page = opened(visit, app, link, height=800)
    end = page.evaluate(last)
    for key, expected in {
        "Home": 0,
        "ArrowRight": 1,
        "PageDown": 2,
        "PageUp": 1,
        "ArrowLeft": 0,
        ".": 1,
        ",": 0,
        "End": end,
    }.items():
        page.keyboard.press(key)
        assert page.evaluate(read) == expected, key


# Light and dark


def test_the_theme_is_in_the_link_stays_from_page_to_page_and_everything_follows(app, visit):
    page = visit.page
    page.emulate_media(color_scheme="light")
    opened(visit, app, "/boundaries?theme=dark&present=true")
    page.wait_for_function(f"{BACKGROUND} === '{DARK}'")
    page.wait_for_function(f"{STAGE}.look.background.toLowerCase() === '#14191a'")
    page.get_by_test_id("stTopNav").get_by_role("link", name="Activations").click()
    page.wait_for_url("**/activations?**theme=dark**")
    settle(page)
    assert page.evaluate(BACKGROUND) == DARK
    page.get_by_role("radio", name="light").click()
    page.wait_for_function(f"{BACKGROUND} === '{LIGHT}'")
    page.wait_for_url("**theme=light**")
    page.emulate_media(color_scheme="dark")
    page.evaluate(A_FEW_FRAMES)
    assert page.evaluate(BACKGROUND) == LIGHT
    page.get_by_role("radio", name="light").click()  # again: as the device has it
    page.wait_for_function(f"{BACKGROUND} === '{DARK}'")


# Begin at the beginning


@pytest.fixture
def home(app, visit):
    """Home while its film plays by itself."""
    visit.page.goto(app)
    visit.page.wait_for_function(f"document.querySelector('.gs')?.stage?.film && {STAGE}.playing")
    return visit.page


def test_home_plays_its_film_once_from_step_0_and_says_what_is_what_once(home):
    page = home
    page.evaluate(KEEP_FRAMES)
    page.wait_for_function("window.frames_seen.length > 2")
    assert page.evaluate("window.frames_seen[0]") < page.evaluate(f"{STAGE}.film.last / 2")
    assert page.locator(".gs-hint").all_inner_texts() == [
        "What one unit sees",
        "Blue says yes, orange no",
        "Drag to any moment of its training",
    ]
    page.evaluate(f"{STAGE}.position = {STAGE}.film.last - 2")
    page.wait_for_function(f"{STAGE}.frame === {STAGE}.film.last && !{STAGE}.playing")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".gs-hint").count() == 0
    page.reload()
    page.wait_for_function(f"document.querySelector('.gs')?.stage?.film && {STAGE}.playing")
    assert page.locator(".gs-hint").count() == 0


# What a note lies on of what it points at: tiles and their lines' ends, the plane, the slider.
COVERED = """() => {
    const { units, box: { plane }, canvas } = document.querySelector('.gs').stage;
    const at = canvas.getBoundingClientRect();
    const square = (x, y, side) => [x + at.x, y + at.y, x + side + at.x, y + side + at.y];
    const boxes = units.map((u) => square(u.x - u.side / 2, u.y - u.side / 2, u.side));
    boxes.push(square(plane.x, plane.y, plane.side));
    const slider = document.querySelector('.gs-time').getBoundingClientRect();
    boxes.push([slider.left, slider.top, slider.right, slider.bottom]);
    const bar = document.querySelector('.gs-bar');
    const sticks = getComputedStyle(bar).position === 'sticky';
    return [...document.querySelectorAll('.gs-hint')].flatMap((note) => {
        const n = note.getBoundingClientRect();
        if (sticks && bar.contains(note)) return []; // the bar itself lies over what is below it
        return boxes.filter(([l, t, r, b]) => Math.min(r, n.right) - Math.max(l, n.left) > 1
            && Math.min(b, n.bottom) - Math.max(t, n.top) > 1)
            .map((box) => [note.textContent, box]);
    });
}"""


def test_notes_lie_on_no_words_and_within_the_page(home):
    page = home
    for size in ((1280, 800), (390, 844), (1024, 768), (844, 390)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(A_FEW_FRAMES)
        for note in page.locator(".gs-hint").all():
            box = note.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size[0]
        covered = page.evaluate(COVERED)
        assert covered == [], size


def test_what_a_ring_means_is_said_on_a_projector_though_a_note_is_in_its_place(app, visit):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app}/?present=true")
    page.wait_for_function(f"document.querySelector('.gs')?.stage?.film && {STAGE}.playing")
    canvas = page.get_by_test_id("stage").bounding_box()
    (ringed,) = [row for row in page.evaluate(measure("words")) if row[0] == "wrong"]
    left, top, right, bottom = ringed[2:6]
    line = [left + canvas["x"], top + canvas["y"], right + canvas["x"], bottom + canvas["y"]]
    assert page.locator(".gs-hint").count() == 3
    for note in page.locator(".gs-hint").all():
        box = note.bounding_box()
        covered = [box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]]
        assert not overlap(line, covered, 0), note.inner_text()


def test_where_motion_is_unwelcome_home_opens_on_the_end(app, visit):
    page = visit.page
    page.emulate_media(reduced_motion="reduce")
    page.goto(app)
    settle(page)
    assert frame(page) == page.evaluate(f"{STAGE}.film.last")
    assert not page.evaluate(f"{STAGE}.playing")


@pytest.mark.sweep
def test_a_browser_that_keeps_nothing_shows_no_notes_and_no_complaint(app, apart):
    apart.page.add_init_script(
        "Storage.prototype.getItem = () => { throw new DOMException('refused'); }"
    )
    apart.page.goto(app)
    settle(apart.page)
    assert apart.page.locator(".gs-hint").count() == 0


def test_a_caption_follows_the_moment_and_is_read_out_only_while_nothing_plays(app, visit):
    page = opened(visit, app, "/boundaries", height=800)
    caption = page.locator(CAPTION)
    assert caption.inner_text().startswith("At the end, after 20,000 steps")
    height = caption.bounding_box()["height"]
    page.keyboard.press("Home")
    expect(caption).to_contain_text("Before the first step", use_inner_text=True)
    assert "At the end" not in caption.inner_text()
    page.keyboard.press("ArrowRight")
    expect(caption).to_contain_text("Training has begun", use_inner_text=True)
    assert caption.get_attribute("aria-live") == "polite"
    page.keyboard.press("Space")
    expect(caption).to_have_attribute("aria-live", "off")
    page.keyboard.press("Space")
    expect(caption).to_have_attribute("aria-live", "polite")
    page.evaluate(f"{STAGE}.edit(0, 5)")
    expect(caption).to_contain_text("You have changed the network", use_inner_text=True)
    assert caption.bounding_box()["height"] == height


def test_a_link_to_a_moment_opens_it_with_what_is_opened_and_changed(app, visit):
    page = opened(visit, app, "/boundaries", height=800)
    page.evaluate(f"{STAGE}.pauseAt(60)")
    page.evaluate(f"{STAGE}.touchParameter(7)")
    page.evaluate(f"{STAGE}.edit(7, -6.5)")
    step = page.evaluate(f"{STAGE}.film.steps[60]")
    link = page.locator(".gs-when").get_attribute("href")
    assert parse_qs(urlsplit(link).query)["at"] == [f"{step}~w7~c7_-6.5"]
    page.goto(link)
    settle(page)
    assert frame(page) == 60
    assert page.evaluate(f"{STAGE}.touched.parameter") == 7
    assert page.evaluate(f"{STAGE}.theta[7]") == -6.5
    assert page.locator(".gs-panel .gs-chosen").input_value() == "−6.5"


MOMENTS = [
    ("u2.3", {"unit": {"layer": 2, "unit": 2}, "parameter": None, "point": None}),
    ("p5", {"unit": None, "parameter": None, "point": 4}),
    ("u9.9", {"unit": None, "parameter": None, "point": None}),
]


@pytest.mark.sweep
@pytest.mark.parametrize(("at", "seen"), MOMENTS)
def test_a_link_opens_units_and_points_and_leaves_out_what_is_not_there(app, visit, at, seen):
    page = opened(visit, app, f"/boundaries?at=50~{at}", height=800)
    assert page.evaluate(f"{STAGE}.film.steps[{STAGE}.frame]") == 50
    assert page.evaluate(f"{STAGE}.touched") == seen


@pytest.mark.sweep
def test_a_moment_that_is_none_is_said(app, visit):
    page = opened(visit, app, "/boundaries?at=soon", height=800)
    assert "The link has “soon” for the moment" in page.locator(CAPTION).inner_text()
    assert frame(page) == page.evaluate(f"{STAGE}.film.last")


def test_changed_weights_that_were_trained_on_are_shared_by_the_link(app, visit, stays):
    page = opened(visit, app, "/boundaries", height=800)
    usual = page.evaluate(f"{STAGE}.film.digest")
    page.evaluate(f"{STAGE}.touchParameter(0)")
    page.evaluate(f"{STAGE}.edit(0, -5)")
    page.get_by_role("button", name="Train on").click()
    page.wait_for_url(re.compile("boundaries_own="))
    page.wait_for_function(f"{STAGE}.film.digest !== '{usual}'")
    settle(page)
    own = page.evaluate(f"{STAGE}.film.digest")
    stays.page.goto(page.url)
    settle(stays.page)
    assert stays.page.evaluate(f"{STAGE}.film.digest") == own


def test_a_drawing_wider_than_its_frame_says_so_at_its_edge(app, visit):
    page = opened(visit, app, "/gradients?gradients_layers=3", width=390, height=844)
    top = page.locator(".gw-top")
    assert top.get_attribute("data-more-right") is not None
    page.locator(".gw-place").evaluate("(place) => { place.scrollLeft = 1e6; }")
    page.wait_for_function("!document.querySelector('.gw-top[data-more-right]')")
    assert top.get_attribute("data-more-left") is not None
