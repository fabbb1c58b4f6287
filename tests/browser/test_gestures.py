"""Every gesture of Decision boundaries by mouse, keys and finger, in light, dark, on a projector
and on a phone. How each works is tested in the file of its view; here it is made in every look. No
gesture asks for a colour: each place is looked at in one theme.
"""

from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page

from tests.browser import test_lottery as lottery, test_map as cells, test_sweep as films
from tests.browser.server import settle
from tests.browser.test_building import becomes, button
from tests.browser.test_placing import OWN, PLACE, POINTS, STAGE, in_link, said
from tests.browser.test_race import LINK as RACE, ready

pytestmark = pytest.mark.sweep


class Look(NamedTuple):
    """How a page is looked at, and by what it is touched."""

    scheme: str = "light"
    present: str = ""
    finger: bool = False


LOOKS = {
    "page": Look(),
    "dark projector": Look("dark", "&present=true"),
    "dark phone": Look("dark", finger=True),
}
in_every_look = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)


class Hand:
    """A reader who clicks, or taps."""

    def __init__(self, page: Page, look: Look) -> None:
        self.page, self.look = page, look

    def press(self, what: Locator) -> None:
        what.tap() if self.look.finger else what.click()

    def touch(self, x: float, y: float) -> None:
        (self.page.touchscreen.tap if self.look.finger else self.page.mouse.click)(x, y)

    def control(self, what: Locator) -> None:
        """Press a control, which on a projector is folded away."""
        if self.look.present and not what.is_visible():
            self.press(self.page.get_by_role("button", name="Controls"))
        self.press(what)


@pytest.fixture
def hand(request: pytest.FixtureRequest, look: Look) -> Hand:
    """A reader of the page in that look."""
    page = request.getfixturevalue("phone" if look.finger else "visit").page
    page.emulate_media(color_scheme=look.scheme)
    if look.present:
        page.set_viewport_size({"width": 1280, "height": 720})
    return Hand(page, look)


def bring_into_sight(page: Page) -> None:
    """The middle of the plane, on a page that is longer than its window."""
    top = page.evaluate(PLACE, [0, 0])[1]
    page.evaluate(
        f"document.querySelector('[data-testid=stMain]').scrollBy(0, {top} - innerHeight / 2)"
    )
    settle(page)


@in_every_look
def test_points_are_placed_taken_away_undone_and_their_class_chosen(app, hand, look):
    page = hand.page
    page.goto(f"{app}{OWN}{look.present}")
    settle(page)
    before = page.evaluate(f"{STAGE}.film.digest")
    hand.press(page.locator(".gs-place"))
    hand.press(page.locator(".gs-clear"))
    bring_into_sight(page)
    counts = "{0} orange, {1} blue".format
    hand.touch(*page.evaluate(PLACE, [-3, 2]))
    page.wait_for_function(f"{STAGE}.placing.draft.points.length === 1")
    hand.press(page.locator(".gs-kinds button").first)
    hand.touch(*page.evaluate(PLACE, [3, -2]))
    page.wait_for_function(f"{STAGE}.placing.draft.points.length === 2")
    assert said(page) == counts(1, 1)
    hand.touch(*page.evaluate(PLACE, [3, -2]))
    page.wait_for_function(f"{STAGE}.placing.draft.points.length === 1")
    hand.press(page.locator(".gs-unplace"))
    assert said(page) == counts(1, 1)
    if not look.finger:
        page.locator(".gs-canvas").focus()
        for key in (*["ArrowLeft"] * 4, "b", "Enter", "Backspace", "o", " "):
            page.keyboard.press(key)  # on a projector a point is wider than a stride
        assert said(page) == counts(2, 1)
        page.keyboard.press("Control+z")
    assert [kind for *_, kind in page.evaluate(POINTS)] == [1, 0]
    hand.press(page.locator(".gs-learn"))
    page.wait_for_function(f"{STAGE}.film.digest !== '{before}'")
    settle(page)
    assert page.evaluate(f"{STAGE}.film.t.length") == 2
    assert in_link(page)


@in_every_look
def test_the_network_is_built_and_data_are_chosen(app, hand, look):
    page = hand.page
    page.goto(f"{app}/boundaries?boundaries_epochs=10{look.present}")
    settle(page)
    hand.press(button(page, "Add a unit to hidden layer 1"))
    becomes(page, [2, 5, 4, 1], widths="5, 4")
    hand.press(button(page, "Input x₁x₂"))
    becomes(page, [3, 5, 4, 1])
    if not look.finger:
        button(page, "Take a hidden layer away").focus()
        page.keyboard.press("Enter")
        becomes(page, [3, 5, 1])
    picture = page.get_by_role("radio", name="circles", exact=True)
    hand.control(picture)
    page.wait_for_function("location.search.includes('boundaries_dataset=circles')")
    settle(page)
    if not look.finger:
        if look.present:
            hand.press(page.get_by_role("button", name="Controls"))
        picture.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.wait_for_function("location.search.includes('boundaries_dataset=moons')")
        settle(page)
    assert page.evaluate(f"{STAGE}.film.t.length") == 250


@in_every_look
@pytest.mark.parametrize("what", ["tile", "bar", "curve"])
def test_a_start_is_opened_from_the_lottery(app, hand, look, what):
    page, part = hand.page, lottery.PART
    lottery.open_lottery(page, app, look.present)
    bars = page.evaluate(f"{part}.drawn.places.bars")
    seeds, its_bars = page.evaluate(f"[{part}.lottery.seeds, {part}.lottery.bars]")
    last = len(seeds) - 1
    alike = [s for s, bar in zip(seeds, its_bars, strict=True) if bar == its_bars[last]]
    if what == "tile":
        place, alike = lottery.middle_of_tile(page, 13), [seeds[13]]
    elif what == "bar":
        y = bars["y"] + bars["height"] * (1 - (its_bars[last] + 0.5) / 24)
        place = lottery.at(page, bars["x"] + 2, y)
    else:
        place = lottery.end_of_curve(page, last)
    hand.touch(*place)
    if look.finger:
        hand.press(page.get_by_role("button", name="Open its film"))
    assert lottery.opened(page) in alike
    assert "boundaries_view" not in page.url


@in_every_look
def test_a_cell_of_the_map_is_opened(app, hand, look):
    page = hand.page
    cells.open_map(page, app, look.present)
    across, up = page.evaluate(f"[{cells.PART}.map.across.values, {cells.PART}.map.up.values]")
    if look.finger:
        hand.touch(*cells.middle_of(page, 10))
        hand.press(page.get_by_role("button", name="Open its film"))
    else:
        page.locator(cells.CANVAS).focus()
        page.keyboard.press("Home")
        page.keyboard.press("ArrowUp")
        hand.touch(*cells.middle_of(page, 10))
    assert cells.opened(page) == {"lr": across[2], "hidden": up[2]}


@in_every_look
def test_a_row_a_column_and_a_cell_of_the_sweep_are_made_large_and_opened(app, hand, look):
    page = hand.page
    films.open_sweep(page, app, look.present)
    if look.finger:
        hand.touch(*films.place_of(page, 1, 0))
        page.wait_for_function(f"document.querySelector('{films.CANVAS}').dataset.chosen === '6'")
    else:
        page.locator(films.CANVAS).focus()
        for key in ("Home", "ArrowUp", "ArrowDown"):
            page.keyboard.press(key)
        assert page.evaluate(f"{films.PART}.view.films.length") == 30
        hand.touch(*films.place_of(page, 1, 0))
    for name, shown in (("Its row", 6), ("Its column", 5), ("It alone", 1)):
        hand.press(page.get_by_role("button", name=name))
        assert page.evaluate(f"{films.PART}.view.films.length") == shown
        hand.press(page.get_by_role("button", name="All", exact=True))
    hand.press(page.get_by_role("button", name="Open its film"))
    page.wait_for_selector("[data-testid=stage]")
    settle(page)
    assert "boundaries_view" not in page.url


@in_every_look
def test_the_sides_of_the_race_are_swapped_and_one_is_copied(app, hand, look):
    page = hand.page
    page.goto(f"{app}{RACE}{look.present}")
    ready(page, "learning rate 0.03,learning rate 0.3")
    hand.control(page.get_by_role("button", name="⇄"))
    ready(page, "learning rate 0.3,learning rate 0.03")
    hand.control(page.get_by_role("button", name="→"))
    both = "location.search.includes('boundaries_lr=0.3')"  # and so, as it is usually, the right
    page.wait_for_function(f"{both} && !location.search.includes('boundaries_other')")
