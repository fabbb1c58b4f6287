"""A link for a class in a browser: made by a teacher, followed by students, printed on a sheet."""

import io
import re

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from recipes.boundaries import BoundariesSettings
from tests.browser.server import settle
from tests.browser.test_embedded import served
from ui.class_link import frame_line
from ui.sheet import Row, Sheet, sheet_html

GOAL = ".st-key-goal"
A4 = (595, 842)  # points


def read_from(screenshot):
    """The texts of the QR codes in a picture, as a phone's camera reads them."""
    image = np.asarray(Image.open(io.BytesIO(screenshot)).convert("L"))
    return [found.text for found in zxingcpp.read_barcodes(image)]


def pages_of(pdf):
    """How many pages a PDF has, and the sizes of them."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    sizes = {(round(float(width)), round(float(height))) for width, height in boxes}
    return len(re.findall(rb"/Type\s*/Page\b", pdf)), sizes


def test_a_teacher_makes_a_link_and_a_student_moves_what_it_leaves_and_nothing_else(app, visit):
    page = visit.page
    page.goto(f"{app}/boundaries?boundaries_layers=1&boundaries_epochs=10")
    settle(page)
    page.get_by_role("button", name="Link").click()
    button = page.get_by_role("button", name="A link for my class")
    button.click()
    expect(button).to_be_hidden()  # it would lie on the dialog
    dialog = page.get_by_test_id("stDialog")
    dialog.get_by_role("button", name="Hidden units", exact=True).click()
    goal = dialog.get_by_label("Goal, in your words")
    goal.fill("As few units as possible")
    goal.press("Enter")
    dialog.get_by_label("Points right").click()
    page.get_by_role("option", name="all").click()
    made = dialog.get_by_test_id("stCode").first
    expect(made).to_contain_text("reach=right100")
    link = made.inner_text().strip()
    expect(dialog.get_by_text("This address only works on this computer")).to_be_visible()
    expect(dialog.locator("img")).to_be_visible()
    assert read_from(dialog.locator("img").screenshot()) == [link]

    page.goto(link)
    settle(page)
    ground = "getComputedStyle(document.querySelector('[data-testid=stHeader]')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"  # what is scrolled below it is not seen
    expect(page.get_by_test_id("stTopNavLink")).to_have_count(0)
    expect(page.get_by_role("slider")).to_have_count(2)  # hidden units, and time
    expect(page.locator(".gs-build")).to_be_hidden()
    expect(page.locator(".gs-place")).to_be_hidden()
    expect(page.locator(GOAL)).to_contain_text(re.compile("Not yet: \\d+ of 250 points are wrong"))
    page.get_by_role("button", name="unit 1 of hidden layer 1", exact=True).focus()
    page.keyboard.press("Enter")
    weight = page.get_by_role("textbox", name="bias of unit 1 of hidden layer 1")
    expect(weight).not_to_be_editable()
    page.keyboard.press("Escape")
    page.keyboard.press("2")  # a view
    page.get_by_role("slider", name="Hidden units").press("ArrowLeft")
    page.wait_for_url("**boundaries_hidden=3**")
    settle(page)
    assert page.evaluate("document.querySelector('.gs').stage.film.sizes") == [2, 3, 1]
    for kept in ("boundaries_layers=1", "boundaries_epochs=10", "lock=all-but-hidden"):
        assert kept in page.url
    page.reload()
    settle(page)
    assert page.evaluate("document.querySelector('.gs').stage.film.sizes") == [2, 3, 1]


def test_what_is_built_on_the_drawing_stays_in_the_address_though_its_sliders_are_locked(
    app, visit
):
    page = visit.page
    page.goto(f"{app}/boundaries?boundaries_epochs=10&boundaries_layers=1&lock=all-but-build")
    settle(page)
    page.get_by_role("button", name="Add a unit to hidden layer 1").click()
    page.wait_for_url("**boundaries_hidden=5**")
    page.get_by_role("button", name="Input x₁x₂").click()
    page.wait_for_function("document.querySelector('.gs').stage.film.sizes[0] === 3")
    page.wait_for_url("**boundaries_inputs=**boundaries_inputs=**boundaries_inputs=**")
    settle(page)
    page.reload()
    settle(page)
    assert page.evaluate("document.querySelector('.gs').stage.film.sizes") == [3, 5, 1]
    expect(page.get_by_role("slider")).to_have_count(1)  # time


WORST = Sheet(
    "How does a network learn from an error, and where does what it is told about it get lost?",
    "W" * 200 + " (The page checks: all points right, with at most 3 hidden units in all.)",
    [
        Row(setting.label, f"a long value of {name}", k < 12)
        for k, (name, setting) in enumerate(BoundariesSettings.allowed().items())
    ],
    f"https://glassbox.example.edu/boundaries?boundaries_own_points={'A' * 2000}",
)
USUAL = Sheet("A question", "", [], "https://glassbox.example.edu/")


@pytest.mark.parametrize("sheet", [USUAL, WORST], ids=["usual", "longest"])
def test_the_sheet_is_one_page_of_a4_with_room_to_write(visit, sheet):
    page = visit.page
    page.set_content(sheet_html(sheet))
    room = page.locator(".write").bounding_box()
    paper = page.locator("main").bounding_box()
    assert room["height"] >= 100
    assert room["y"] + room["height"] <= paper["y"] + paper["height"]
    assert page.evaluate("document.querySelector('main').scrollHeight") <= paper["height"] + 1
    count, sizes = pages_of(page.pdf(prefer_css_page_size=True))
    assert count == 1
    ((width, height),) = sizes
    assert abs(width - A4[0]) <= 1
    assert abs(height - A4[1]) <= 1
    if sheet is USUAL:  # a screen has too few pixels for the longest
        assert read_from(page.locator("figure").screenshot()) == [sheet.link]


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(390, 844), (1280, 720)])
@pytest.mark.parametrize("present", ["", "&present=true"])
def test_the_goal_covers_nothing_and_nothing_covers_it(app, visit, size, present):
    page = visit.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    goal = "All+points+right,+with+as+few+hidden+units+as+you+can+do+with"
    page.goto(f"{app}/activations?lock=all-but-x&goal={goal}&reach=right100{present}")
    settle(page)
    goal, picture = (
        page.locator(css).first.bounding_box() for css in (f"{GOAL} p", "[class*=st-key-picture_]")
    )
    title = page.get_by_test_id("stHeading").bounding_box()
    assert title["y"] + title["height"] <= goal["y"] + 1
    assert goal["y"] + goal["height"] <= picture["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.sweep
def test_in_a_frame_of_another_origin_a_class_moves_what_it_may(app, visit, tmp_path):
    line = frame_line(f"{app}/activations?lock=all-but-x", "Glassbox")
    (tmp_path / "page.html").write_text(line)
    with served(tmp_path) as origin:
        visit.page.goto(f"{origin}/page.html")
        frame = visit.page.frame_locator("iframe")
        frame.locator("[data-testid=chart] .main-svg").first.wait_for()
        expect(frame.get_by_role("slider")).to_have_count(1)
        before = frame.locator(".st-key-caption").inner_text()
        frame.get_by_role("slider", name="x").press("ArrowRight")
        frame.locator(".st-key-caption").filter(has_not_text=before).wait_for()


FEW = {
    "sliders": "/boundaries?boundaries_hidden=1&boundaries_dataset=circles&boundaries_layers=1"
    "&boundaries_epochs=10&lock=all-but-lr-hidden&goal=All+points+right&reach=right100-units4",
    "some in More": "/boundaries?boundaries_epochs=10&lock=all-but-lr-hidden-activation-batch"
    "&goal=All+points+right&reach=right100",
    "buttons": "/mnist?lock=all-but-lr-run&goal=Nine+in+ten&reach=right90",
    "neuron": "/neuron?neuron_view=many+steps&lock=all-but-lr-steps&goal=No+error",
}


@pytest.mark.sweep
@pytest.mark.parametrize("link", FEW.values(), ids=FEW)
def test_on_a_phone_a_few_controls_stand_between_goal_and_picture(app, visit, link):
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app}{link}")
    settle(page)
    goal, picture = (
        page.locator(css).first.bounding_box() for css in (GOAL, "[class*=st-key-picture_]")
    )
    controls = page.locator(".st-key-controls [data-testid=stElementContainer]:visible").all()
    assert controls
    for control in (one.bounding_box() for one in controls):
        assert goal["y"] + goal["height"] <= control["y"]
        assert control["y"] + control["height"] <= picture["y"] + 1
    assert picture["y"] < 844 / 2  # so most of a screen is left for it
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.sweep
@pytest.mark.parametrize("lock", ["", "&lock=dataset"])
def test_on_a_phone_many_controls_follow_the_picture(app, visit, lock):
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app}/boundaries?boundaries_epochs=10{lock}")
    settle(page)
    picture = page.locator("[class*=st-key-picture_]").first.bounding_box()
    slider = page.locator(".st-key-boundaries_lr").bounding_box()
    assert slider["y"] >= picture["y"] + picture["height"]
