"""A talk given in a browser: by keyboard from its first scene to its last, every scene as its link
says, on one screen."""

import re

import pytest
from playwright.sync_api import expect

from talks.built_in import FIRST, built_in_talk
from tests.browser.server import A_FEW_FRAMES, PATIENCE, settle
from tests.browser.test_every_page import SMALLEST_TEXT
from tests.browser.test_every_size import measure, overlap
from tests.browser.test_presenting import SCROLLS
from ui.pages import PAGE_NAMES

TALK = built_in_talk(FIRST, PAGE_NAMES)
TITLES = [scene.title for scene in TALK.scenes]
WALK = TITLES.index("One neuron weighs what it hears") + 1
FILM = TITLES.index("A few neurons together") + 1
ASKS = TITLES.index("One line is not always enough") + 1
STEP = "Number(document.querySelector('[data-testid=walk]').dataset.step)"
IN_THE_BAR = """[...document.querySelectorAll('.gh-bar > *')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .map((e) => parseFloat(getComputedStyle(e).fontSize))"""


def opened(visit, app, number):
    visit.page.set_viewport_size({"width": 1280, "height": 720})
    visit.page.goto(f"{app}/?talk={FIRST}&scene={number}")
    return on(visit.page, number)


def on(page, number, talk=TALK):
    """Wait until this scene is on, counted from 1; of one that asks either its question or it."""
    scene = talk.scenes[number - 1]
    heading = page.get_by_test_id("stHeading")
    title = heading.get_by_text(scene.title, exact=True)
    if scene.question:
        title = title.or_(heading.get_by_text(scene.question.ask, exact=True))
    expect(title).to_have_count(1, timeout=1000 * PATIENCE)
    return settle(page)


def guess(page, question):
    """Answer by keyboard what a scene asks."""
    if question.sketch:
        expect(page.get_by_test_id("stHeading")).to_have_text(question.ask)
        take = page.get_by_role("button", name="This is my guess")
        take.wait_for()
        plane = page.get_by_test_id("stage")
        page.keyboard.press("2")  # no answer here, and no other view
        for key in ("Enter", *["ArrowRight"] * 6, "Enter", "Enter"):
            plane.press(key)
        take.press("Enter")
        take.wait_for(state="hidden")
        return
    expect(page.locator(".gh-asked")).to_have_text(question.ask)
    if question.number:
        slider = page.locator(".gh-number")
        at = int(slider.input_value())
        page.keyboard.press("ArrowRight")
        expect(slider).to_have_value(str(at + 1))
    page.keyboard.press("2" if question.answers else "Enter")
    expect(page.locator(".gh-asks")).to_be_hidden()


def fits(page, number, talk=TALK):
    """All that holds of a scene on a projector."""
    page.wait_for_function(f"({SCROLLS})() <= 0")
    assert page.evaluate(SMALLEST_TEXT) >= 24
    assert min(page.evaluate(IN_THE_BAR)) >= 24
    assert page.evaluate(measure("across")) <= 0
    words = page.locator(".st-key-scene_caption").bounding_box()
    said = talk.scenes[number - 1].caption.replace("*", "")
    expect(page.locator(".st-key-scene_caption")).to_have_text(said)
    bar, caption = (page.locator(css).bounding_box() for css in (".gh-bar", ".st-key-caption"))
    heading = page.get_by_test_id("stHeading").bounding_box()
    assert bar["y"] + bar["height"] <= heading["y"]
    assert heading["y"] + heading["height"] <= words["y"] + 1
    assert caption["y"] + caption["height"] <= 720
    for name, left, top, right, bottom in page.evaluate(measure("blocks")):
        if "stHeading" not in name:
            assert not overlap(
                (left, top, right, bottom),
                (words["x"], words["y"], words["x"] + words["width"], words["y"] + words["height"]),
                2,
            ), name
    icons = page.locator(".st-key-explain").bounding_box()
    theme = page.locator(".st-key-theme").bounding_box()
    assert bar["x"] + bar["width"] <= icons["x"]
    assert icons["x"] + icons["width"] <= theme["x"]
    assert theme["x"] + theme["width"] <= 1280
    assert "The link has" not in page.locator(".st-key-caption").inner_text()
    assert page.locator("[data-testid=stException]").count() == 0


def test_the_built_in_talk_is_given_by_keyboard_from_start_to_end(app, visit):
    page = opened(visit, app, 1)
    page.evaluate("window.loadedOnce = true")
    for number, scene in enumerate(TALK.scenes, 1):
        on(page, number)
        if scene.question:
            guess(page, scene.question)
            settle(page)
        fits(page, number)
        assert page.evaluate("window.loadedOnce")  # it is still the page that was loaded first
        if number == WALK:
            for step in range(page.evaluate("document.querySelector('.gw').dataset.steps") and 10):
                assert page.evaluate(STEP) == step
                page.keyboard.press("PageDown")
        if number == len(TALK.scenes) // 2:
            link = page.url
            page.reload()
            on(page, number)
            assert page.url == link
            page.evaluate("window.loadedOnce = true")
        expect(page.locator(".gh-count")).to_have_text(f"{number} of {len(TITLES)}")
        page.keyboard.press("PageDown")
    expect(page.locator(".gh-title")).to_have_text("That was the last scene.")
    expect(page.locator(".gh-next")).to_be_disabled()
    assert page.locator(".gh-count").inner_text() == f"{len(TITLES)} of {len(TITLES)}"


def test_a_scene_comes_as_its_link_says_whatever_was_moved_on_its_page(app, visit):
    page = opened(visit, app, FILM)
    page.get_by_role("button", name="Controls").click()
    units = page.get_by_role("slider", name="Hidden units")
    units.press("ArrowRight")
    page.wait_for_url("**boundaries_hidden=5**")
    units.wait_for(state="detached")  # a choice closes the controls
    settle(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("PageUp")
    on(page, FILM - 1)
    page.keyboard.press("PageDown")  # over the question of the scene before
    page.keyboard.press("PageDown")
    on(page, FILM)
    sizes = "document.querySelector('.gs').stage.film.sizes"
    assert page.evaluate(sizes) == [2, 4, 4, 1]
    assert "boundaries_hidden" not in page.url
    page.get_by_role("radio", name="dark").click()  # the page runs again
    page.wait_for_url("**theme=dark**")
    settle(page)
    assert page.evaluate(sizes) == [2, 4, 4, 1]
    assert "boundaries_hidden" not in page.url
    page.get_by_role("button", name="Controls").click()
    expect(units).to_have_value("4")


def test_a_walk_takes_its_steps_first_and_begins_anew_when_its_scene_comes_again(app, visit):
    page = opened(visit, app, WALK)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(STEP) == 2
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(STEP) == 1
    page.keyboard.press("Shift+ArrowRight")  # at once to the next scene
    on(page, WALK + 1)
    page.keyboard.press("PageUp")
    on(page, WALK)
    assert page.evaluate(STEP) == 0
    page.keyboard.press("PageUp")
    on(page, WALK - 1)


def test_a_films_frames_have_keys_of_their_own_and_letters_that_are_typed_do_nothing(app, visit):
    page = opened(visit, app, FILM)
    frame = "document.querySelector('.gs').stage.frame"
    assert page.evaluate(frame) == 0  # in a talk a film begins at its beginning
    page.keyboard.press(".")
    page.keyboard.press(".")
    assert page.evaluate(frame) == 2
    page.keyboard.press(",")
    assert page.evaluate(frame) == 1
    assert page.evaluate("document.querySelector('.gs').stage.guessing.furthest") == page.evaluate(
        "document.querySelector('.gs').stage.film.steps[2]"
    )  # its curves go no further than it has come
    black = page.locator(".gh-black")
    page.keyboard.press("b")
    expect(black).to_be_visible()
    expect(page.locator(".st-key-explain")).to_be_hidden()  # above it, otherwise
    page.keyboard.press("PageDown")  # brings the picture back, and nothing else
    expect(black).to_be_hidden()
    on(page, FILM)
    page.get_by_role("button", name="Controls").click()
    page.get_by_role("tab", name="Network").click()
    page.get_by_role("textbox", name="Layer by layer").press("b")
    expect(black).to_be_hidden()


def test_the_list_opens_and_leads_anywhere(app, visit):
    page = opened(visit, app, FILM)
    everything = page.locator(".gh-all")
    page.get_by_role("button", name="Controls").click()
    page.get_by_test_id("stPopoverBody").wait_for()
    page.keyboard.press("Escape")  # closes the controls, and does nothing else
    page.get_by_test_id("stPopoverBody").wait_for(state="detached")
    expect(everything).to_be_hidden()
    page.keyboard.press("Escape")
    expect(everything).to_be_visible()
    page.keyboard.press("ArrowDown")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")  # every part of the page is called again
    page.wait_for_function(f"getComputedStyle(document.body).backgroundColor !== '{before}'")
    settle(page)
    expect(page.locator(".gh-all button:focus")).to_contain_text(TITLES[FILM])
    page.keyboard.press("Escape")
    expect(everything).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    on(page, FILM + 1)
    expect(everything).to_be_hidden()
    page.get_by_role("button", name="Scenes").click()
    page.get_by_role("button", name=re.compile(TITLES[2])).click()
    on(page, 3)
    page.keyboard.press("End")
    on(page, len(TITLES))
    page.keyboard.press("Home")
    on(page, 1)
    page.go_back()
    on(page, len(TITLES))


def test_a_question_hides_its_scene_until_a_guess_is_taken(app, visit):
    page = opened(visit, app, ASKS)
    asks = page.get_by_role("dialog", name="What do you think?")
    expect(asks).to_be_visible()
    middle = "document.elementFromPoint(640, 600).closest('.gh-asks') !== null"
    assert page.evaluate(middle)
    picture, answers = (page.locator(css).bounding_box() for css in (".gs-picture", ".gh-answers"))
    assert picture["y"] + picture["height"] <= answers["y"]
    title = page.get_by_test_id("stHeading").get_by_text(TITLES[ASKS - 1], exact=True)
    expect(title).to_have_count(0)  # it would give the answer away
    page.evaluate(
        "document.querySelector('.gh').talk.send = () => {}"
    )  # as to a server that is gone
    page.get_by_role("button", name="All but a few points").click()
    expect(asks).to_be_hidden()
    page.emulate_media(color_scheme="dark")  # every part is called again, as when it is back
    expect(page.locator(".st-key-scene_guess")).to_have_text("Your guess: All but a few points")
    expect(title).to_be_visible()
    page.reload()  # the guess stands in the address
    on(page, ASKS)
    expect(page.locator(".st-key-scene_guess")).to_have_text("Your guess: All but a few points")
    expect(asks).to_be_hidden()
    page.keyboard.press("PageDown")
    on(page, ASKS + 1)
    expect(asks).to_be_hidden()
    expect(page.locator(".st-key-scene_guess")).to_have_count(0)
    page.keyboard.press("PageUp")  # whoever goes back is not asked again
    expect(title).to_be_visible()
    expect(page.locator(".st-key-scene_guess")).to_have_text("Your guess: All but a few points")
    expect(asks).to_be_hidden()
    page.keyboard.press("PageUp")
    on(page, ASKS - 1)
    page.keyboard.press("PageDown")  # over the question of the scene before
    page.keyboard.press("PageDown")
    expect(asks).to_be_visible()  # whoever comes on to it is, as another audience


def test_what_a_question_hides_is_never_seen_before_the_guess(app, apart):
    """Of a link that is opened, too, whose page comes before the talk's bar does."""
    apart.page.add_init_script("""
        window.seen = [];
        const look = () => {
            for (const one of document.querySelectorAll("[data-testid=stHeading], .st-key-caption"))
                if (one.checkVisibility({ visibilityProperty: true }))
                    window.seen.push(one.textContent);
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);""")
    page = opened(apart, app, ASKS)
    expect(page.get_by_role("dialog", name="What do you think?")).to_be_visible()
    scene = TALK.scenes[ASKS - 1]
    seen = page.evaluate("window.seen")
    assert {words.strip() for words in seen} <= {scene.question.ask, ""}  # of a caption its room
    page.keyboard.press("3")
    page.wait_for_function(
        "window.seen.includes(arguments[0])".replace("arguments[0]", repr(scene.title))
    )


def test_an_arrow_after_a_films_slider_was_let_go_of_is_the_talks(app, visit):
    page = opened(visit, app, FILM)
    page.get_by_role("slider", name="Time").click()
    page.keyboard.press("ArrowRight")
    on(page, FILM + 1)


def test_a_talk_begins_on_home_and_ends_there(app, visit):
    page = visit.page
    page.goto(app)
    page.get_by_role("button", name="Give a talk").click()
    page.get_by_role("link", name=TALK.title).click()
    on(page, 1)
    expect(page.locator(".gh-clock")).to_have_text(re.compile(r"^\d+:\d\d$"))
    page.keyboard.press("PageDown")
    on(page, 2)
    page.get_by_role("button", name="Leave").click()
    page.get_by_test_id("stHeading").get_by_text("Watch a neural network learn").wait_for()
    expect(page.locator(".gh-bar")).to_have_count(0)
    page.wait_for_function("!location.search.includes('talk')")
    page.get_by_test_id("stTopNav").get_by_role("link", name="One neuron").wait_for()
    expect(page.get_by_label("Present", exact=True)).not_to_be_checked()
    page.evaluate(A_FEW_FRAMES)


@pytest.mark.parametrize("size", [(390, 844), (1024, 768)])
def test_the_bar_fits_smaller_screens(app, visit, size):
    page = opened(visit, app, 3)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    settle(page)
    boxes = page.evaluate("""[...document.querySelectorAll(
        '.gh-bar > *, .st-key-explain, .st-key-theme')]
        .filter((e) => e.checkVisibility({ visibilityProperty: true }))
        .map((e) => e.getBoundingClientRect()).map((r) => [r.left, r.top, r.right, r.bottom])""")
    assert all(box[0] >= 0 and box[2] <= size[0] for box in boxes)
    for k, one in enumerate(boxes):
        assert not [other for other in boxes[k + 1 :] if overlap(one, other, 1)]


@pytest.mark.sweep
def test_on_a_phone_a_scenes_plane_is_in_sight_above_what_plays_it(app, visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.page.goto(f"{app}/?talk={FIRST}&scene={FILM}")
    page = on(visit.page, FILM)
    plane = "document.querySelector('.gs').stage.box.plane"
    picture, bar = (page.locator(css).bounding_box() for css in (".gs-picture", ".gs-bar"))
    assert picture["y"] + page.evaluate(f"{plane}.y + {plane}.side") < bar["y"]
    assert page.evaluate(f"{plane}.side") > 180
