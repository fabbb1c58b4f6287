"""Points of one's own, placed on the stage by mouse, keys and finger, or brought as a file."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page, WebSocketRoute

from datasets.own_points import MOST, own_points
from tests.browser.conftest import Visit
from tests.browser.server import settle

STAGE = "document.querySelector('.gs').stage"
PLACE = f"""([x1, x2]) => {{
    const s = {STAGE}, edge = s.canvas.getBoundingClientRect(), {{ plane }} = s.box;
    const share = (v) => (v - s.film.left) / (s.film.right - s.film.left);
    return [edge.left + plane.x + share(x1) * plane.side,
            edge.top + plane.y + (1 - share(x2)) * plane.side];
}}"""
POINTS = f"{STAGE}.placing.draft.points.map((p) => [p.x1, p.x2, p.kind])"
OWN = "/boundaries?boundaries_dataset=your+own&boundaries_epochs=100"


def touch(page: Page, x1: float, x2: float, finger: bool = False) -> None:
    at = page.evaluate(PLACE, [x1, x2])
    (page.touchscreen.tap if finger else page.mouse.click)(*at)


def said(page: Page) -> str:
    return page.locator(".gs-placed").inner_text()


def in_link(page: Page) -> str:
    page.wait_for_function("new URL(location.href).searchParams.get('boundaries_own_points')")
    return page.evaluate("new URL(location.href).searchParams.get('boundaries_own_points')")


def trained_on(page: Page) -> list[list[float]]:
    """Places and classes that the film on the stage is of, in order."""
    film = f"(({{ x1, x2, t }}) => Array.from(t, (_, p) => [x1[p], x2[p], t[p]]))({STAGE}.film)"
    return sorted(page.evaluate(film))


def test_points_are_placed_taken_away_and_undone_by_mouse_and_keys(app: str, visit: Visit):
    page = visit.page
    page.goto(f"{app}{OWN}")
    settle(page)
    before = page.evaluate(f"{STAGE}.film.digest")
    page.locator(".gs-place").click()
    assert said(page) == "8 orange, 6 blue"
    page.locator(".gs-clear").click()
    assert "it takes both colours" in said(page)
    assert page.locator(".gs-learn").is_disabled()
    page.locator(".gs-unplace").click()
    assert said(page) == "8 orange, 6 blue"
    page.keyboard.press("Escape")  # what was placed waits
    assert page.locator(".gs-play").is_visible()
    page.locator(".gs-place").click()
    page.locator(".gs-clear").click()

    touch(page, -3, 2)
    page.keyboard.press("o")
    touch(page, 3, -2)
    touch(page, 3, -2)  # and away again
    assert said(page) == "0 orange, 1 blue · it takes orange ones, too"
    page.keyboard.press("Control+z")
    assert said(page) == "1 orange, 1 blue"
    frame = page.evaluate(f"{STAGE}.frame")
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowUp", "b", " "):  # space plays nothing here
        page.keyboard.press(key)
    placed = page.evaluate(POINTS)
    close = {"atol": 0.04}  # a click is as exact as a pixel is wide
    np.testing.assert_allclose(placed, [[-3, 2, 1], [3, -2, 0], [3.5, -1.4, 1]], **close)
    assert page.evaluate(f"[{STAGE}.frame, {STAGE}.playing]") == [frame, False]
    label = page.locator(".gs-canvas").get_attribute("aria-label")
    assert label == "x₁ = 3.5, x₂ = −1.4: blue, a touch takes it away"

    page.locator(".gs-learn").click()
    page.wait_for_function(f"{STAGE}.film.digest !== '{before}'")
    settle(page)
    assert trained_on(page) == sorted(np.float32(placed).tolist())
    kept = own_points(in_link(page))
    np.testing.assert_array_equal(np.float32(placed)[:, :2], kept.x)
    page.locator(".st-key-caption").get_by_text("At the end, after 100 steps,").wait_for()
    assert visit.exceptions() == []


def test_a_third_class_is_placed_by_button_and_by_key_and_trained_on(app: str, visit: Visit):
    page = visit.page
    page.goto(f"{app}{OWN}")
    settle(page)
    before = page.evaluate(f"{STAGE}.film.digest")
    page.locator(".gs-place").click()
    page.get_by_role("button", name="Another class: green").click()
    assert said(page) == "8 orange, 6 blue, 0 green"
    touch(page, -5, 5)
    page.keyboard.press("+")
    touch(page, 5, 5)
    assert said(page) == "8 orange, 6 blue, 1 green, 1 pink"
    page.keyboard.press("3")
    touch(page, -4, 5)
    assert page.get_by_role("button", name="green", exact=True).get_attribute("aria-pressed")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert said(page) == "8 orange, 6 blue, 1 green, 0 pink"
    page.keyboard.press("Control+z")
    page.keyboard.press("4")
    touch(page, 5, 5)
    assert said(page) == "8 orange, 6 blue, 0 green, 1 pink · it takes green ones, too"
    assert page.locator(".gs-learn").is_disabled()
    page.keyboard.press("3")
    touch(page, -5, 5)
    visited = page.evaluate("history.length")
    page.locator(".gs-learn").click()
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")  # while the page runs
    page.wait_for_function(f"{STAGE}.film.digest !== '{before}'")
    settle(page)
    page.wait_for_function("location.search.includes('boundaries_lr=0.1')")
    assert page.evaluate(f"{STAGE}.film.sizes.at(-1)") == 4
    assert own_points(in_link(page)).label.tolist().count(3) == 1
    assert page.evaluate("history.length") == visited  # Back leads to where the reader was
    assert "boundaries_view" not in page.url  # a number chose a class, and no view
    page.locator(".gs-place").click()
    assert said(page) == "8 orange, 6 blue, 1 green, 1 pink"
    assert visit.exceptions() == []


def test_what_is_moved_while_placed_points_are_on_their_way_stays_in_the_address(
    app: str, apart: Visit
):
    page, held = apart.page, False
    late: list[Callable[[], None]] = []

    def tie(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def bring(message: str | bytes) -> None:
            if held:
                late.append(lambda: line.send(message))
            else:
                line.send(message)

        server.on_message(bring)

    page.route_web_socket(re.compile("_stcore/stream"), tie)
    page.goto(f"{app}{OWN}")
    settle(page)
    page.locator(".gs-place").click()
    touch(page, -5, 5)
    held = True
    page.locator(".gs-learn").click()
    while not late:
        page.wait_for_timeout(20)
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    page.wait_for_function("location.search.includes('boundaries_lr=0.1')")
    held = False
    for bring in late:
        bring()
    in_link(page)
    settle(page)
    assert "boundaries_lr=0.1" in page.url


@pytest.mark.sweep
def test_ten_thousand_clicks_are_the_most_and_train(app: str, visit: Visit):
    page = visit.page
    page.goto(f"{app}{OWN}&boundaries_epochs=10&boundaries_batch=1000")
    settle(page)
    page.locator(".gs-place").click()
    page.locator(".gs-clear").click()
    page.evaluate(
        f"""() => {{
            const {{ placing }} = {STAGE}, touch = (k) => {{
                placing.draft.kind = (k + 1) % 2;
                placing.touch((k % 101) / 10 - 5, Math.floor(k / 101) / 10 - 5);
            }};
            placing.radius = () => 0; placing.changed = () => {{}};
            for (let k = 0; k < {MOST + 5}; k++) touch(k);
            delete placing.radius; delete placing.changed;
            placing.changed();
        }}"""
    )
    assert said(page) == "5,000 orange, 5,000 blue · no more can be placed"
    page.locator(".gs-learn").click()
    assert in_link(page).startswith("~")
    page.wait_for_function(f"{STAGE}.film.t.length === {MOST}")
    settle(page)
    assert visit.exceptions() == []


LOOKS = [("dark", ""), ("light", "&present=true")]


@pytest.mark.sweep
@pytest.mark.parametrize(("scheme", "present"), LOOKS)
def test_points_are_placed_by_finger_on_a_phone(app: str, phone: Visit, scheme, present):
    page = phone.page
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{app}{OWN}{present}")
    settle(page)
    page.locator(".gs-place").tap()
    page.evaluate(f"{STAGE}.canvas.scrollIntoView({{ block: 'end' }})")
    main = "document.querySelector('[data-testid=stMain]')"
    top = page.evaluate(PLACE, [0, 0])[1]
    page.evaluate(f"{main}.scrollBy(0, {top} - innerHeight / 2)")
    touch(page, 2.5, 2.0, finger=True)
    page.wait_for_function(f"{STAGE}.placing.draft.points.length === 15")
    touch(page, 0, 0, finger=True)  # there is one of the example
    page.wait_for_function(f"{STAGE}.placing.draft.points.length === 14")
    assert said(page) == "8 orange, 6 blue"
    page.locator(".gs-learn").tap()
    assert len(own_points(in_link(page)).x) == 14


def test_a_file_becomes_points_and_nothing_in_it_markup(app: str, heard: Visit):
    page = heard.page
    page.goto(f"{app}{OWN}")
    settle(page)
    page.get_by_role("button", name="Bring a table").click()
    table = (
        "x;y;<b>art</b>\n1,5;2;<img src=x onerror=alert(1)>\n2;3;:smile: [a](https://e.x)\nq;1;z\n"
    )
    file = {"name": "<i>.csv", "mimeType": "text/csv", "buffer": table.encode("cp1252")}
    page.locator("[role=dialog] input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Use these points").wait_for()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Line 4: it has “q” in column “x”, expected a number.").wait_for()
    assert dialog.locator("img, a[href*='e.x']").count() == 0
    page.get_by_role("button", name="Use these points").click()
    dialog.wait_for(state="detached")
    page.wait_for_function(f"{STAGE}.film.names.length === 2")
    settle(page)
    assert "Orange is :" in page.locator(".st-key-caption").inner_text().replace("\u2060", "")
    assert page.locator(".st-key-caption img, .st-key-caption a:not([href^='#'])").count() == 0
    assert not any("e.x" in request for request in heard.requests)
    assert heard.exceptions() == []


@pytest.mark.sweep
def test_points_too_many_for_a_link_are_in_the_address_and_there_after_a_reload(
    app: str, visit: Visit
):
    page = visit.page
    page.goto(f"{app}{OWN}")
    settle(page)
    page.get_by_role("button", name="Bring a table").click()
    rows = "".join(f"{k},{k * k % 7},{'ab'[k % 2]}\n" for k in range(150)).encode()
    file = {"name": "own.csv", "mimeType": "text/csv", "buffer": rows}
    page.locator("[role=dialog] input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Use these points").click()
    page.wait_for_function(f"{STAGE}.film.t.length > 14")
    settle(page)
    assert "boundaries_own_points=%7E" in page.evaluate("location.href")
    page.reload()
    settle(page)
    assert len(trained_on(page)) == 150
