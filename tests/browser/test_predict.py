"""Predict first in a real browser: a boundary is drawn, and then lies over the film."""

from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.server import close_popover, settle
from tests.sweeps import sweep

STAGE = "document.querySelector('.gs').stage"
LINES = f"{STAGE}.sketching.lines"


def on_plane(page: Page, across: float, up: float) -> tuple[float, float]:
    """Where on the screen a place of the plane is, from 0 to 1."""
    plane = page.evaluate(f"{STAGE}.sketching.onScreen()")
    return plane["left"] + across * plane["width"], plane["bottom"] - up * plane["height"]


def test_a_boundary_is_drawn_and_then_lies_over_the_film_that_plays(app: str, visit: Visit):
    page = visit.page
    page.goto(f"{app}/boundaries?predict=true&boundaries_epochs=10")
    settle(page)
    caption = page.locator(".st-key-caption")
    assert page.evaluate(f"{STAGE}.film.last") == 0
    caption.get_by_role("button", name="Draw the boundary").click()
    take = page.get_by_role("button", name="This is my guess")
    take.wait_for()
    assert take.is_disabled()

    page.mouse.move(*on_plane(page, 0.25, 0.9))
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(*on_plane(page, 0.25, 0.9 - 0.1 * k))
    page.mouse.up()
    (stroke,) = page.evaluate(LINES)
    assert len(stroke) == 4  # a straight one needs no corners between
    page.keyboard.press("Enter")  # where the pen was
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # there again: the line ends
    drawn = page.evaluate(LINES)
    assert [len(line) for line in drawn] == [4, 4]
    assert drawn[1][2] - drawn[1][0] == 250
    assert page.evaluate(f"{STAGE}.film.last") == 0  # space was the plane's
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    assert page.evaluate(LINES) == [stroke]

    take.click()
    page.wait_for_function(f"{STAGE}.film.last > 0")
    page.wait_for_function(r"/&guess=\d+(\.\d+){3}$/.test(location.search)")
    caption.get_by_text("Your guess: The dashed line").first.wait_for()
    (line,) = page.evaluate(f"{STAGE}.guessing.lines")
    assert abs(line[1] - 1) < 1e-6  # on to both edges
    assert abs(line[-1]) < 1e-6
    page.wait_for_function(f"{STAGE}.playing || {STAGE}.frame === {STAGE}.film.last")
    settle(page)
    page.keyboard.press("End")
    caption.get_by_text("of the plane has the colour that your drawing gives it").wait_for()

    page.reload()  # what has been seen is not asked about again
    settle(page)
    assert page.evaluate(f"{STAGE}.guessing.lines") == [line]
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    caption.get_by_role("button", name="It learns it").wait_for()
    page.wait_for_function(f"{STAGE}.film.last === 0")
    page.wait_for_function("!location.search.includes('guess')")
    caption.get_by_role("button", name="It learns it").press("Enter")
    page.wait_for_function(
        f"(({{ film, frame, guessing, playing }}) => playing && frame < film.last && "
        f"guessing.furthest === film.steps[frame])({STAGE})"
    )  # the curves go no further than the film has come
    visit.had_no_complaint()


BUTTONS = """() => [...document.querySelectorAll('.st-key-question button')].map((button) => {
    const words = document.createRange();
    words.selectNodeContents(button.querySelector('p'));
    const box = button.getBoundingClientRect(), line = words.getBoundingClientRect();
    return [line.top - box.top, box.bottom - line.bottom]; })"""


def test_on_a_projector_the_question_stands_below_the_picture_its_answers_in_their_buttons(
    app: str, visit: Visit
):
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{app}/boundaries?boundaries_view=lottery&predict=true&present=true")
    page.locator(".st-key-question button").first.wait_for()
    settle(page)
    picture, question = page.get_by_test_id("lottery"), page.locator(".st-key-question")
    drawn, asked = picture.bounding_box(), question.bounding_box()
    assert 0 <= asked["y"] - drawn["y"] - drawn["height"] <= 24
    assert asked["y"] + asked["height"] <= 720
    for above, below in page.evaluate(BUTTONS):
        assert abs(above - below) <= 4


FOLDED = [("?present=true", "Controls"), ("?", "More")]


@sweep("link, popover", FOLDED, usual=FOLDED[:1])
def test_a_preset_stays_when_controls_that_were_looked_at_are_folded_again(
    app: str, visit: Visit, link: str, popover: str
):
    page = visit.page
    page.goto(f"{app}/boundaries{link}")
    settle(page)
    page.get_by_role("button", name=popover).click()
    body = page.get_by_test_id("stPopoverBody")
    body.get_by_text("Predict first").click()
    page.wait_for_function("location.search.includes('predict=true')")
    settle(page)
    close_popover(page)
    page.locator("[class*=_preset]").get_by_text("Three nearly always").dispatch_event("click")
    page.get_by_role("button", name="It learns all four").wait_for()
    settle(page)
    page.get_by_role("button", name="It learns all four").press("Enter")
    page.wait_for_function(f"{STAGE}.film.last > 0 && String({STAGE}.film.sizes) === '2,3,1'")
    page.wait_for_function("location.search.includes('guess=learned')")
    settle(page)
    assert "boundaries_layers=1&boundaries_activation=sigmoid" in page.url
