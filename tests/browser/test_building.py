"""The network built on its drawing: by mouse, by keys and by finger, as far as the sliders go."""

from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.server import settle
from tests.sweeps import sweep

STAGE = "document.querySelector('.gs').stage"
QUICK = "/boundaries?boundaries_epochs=10"


def button(page: Page, name: str):
    return page.locator(".gs-build").get_by_role("button", name=name, exact=True)


def becomes(page: Page, sizes: list[int], **link: str | None) -> None:
    """Until the film on the stage is of that network, and the page's address says so."""
    page.wait_for_function(f"(sizes) => String({STAGE}.film.sizes) === String(sizes)", arg=sizes)
    settle(page)
    said = page.evaluate("Object.fromEntries(new URL(location.href).searchParams)")
    for name, value in link.items():
        assert said.get(f"boundaries_{name}") == value


def test_layers_units_and_inputs_are_built_by_mouse_and_keys(app: str, visit: Visit):
    page = visit.page
    page.goto(f"{app}{QUICK}")
    settle(page)
    more = button(page, "Add a unit to hidden layer 1")
    more.click()
    more.click()  # before the first one is answered
    becomes(page, [2, 6, 4, 1], widths="6, 4")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused) == "Add a unit to hidden layer 1"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Take a unit from hidden layer 1"
    page.keyboard.press("Enter")
    becomes(page, [2, 5, 4, 1], widths="5, 4")
    assert page.evaluate(focused) == "Take a unit from hidden layer 1"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # and now they are alike
    becomes(page, [2, 5, 5, 1], widths=None, hidden="5")
    assert page.get_by_role("slider", name="Hidden units").input_value() == "5"

    button(page, "Add a hidden layer").click()
    becomes(page, [2, 5, 5, 5, 1], layers="3")
    for _ in range(3):
        button(page, "Take a hidden layer away").click()
    becomes(page, [2, 1], layers="0")
    none = button(page, "Take a hidden layer away")
    assert none.get_attribute("aria-disabled") == "true"
    none.click(force=True)
    button(page, "Add a hidden layer").click()  # as the slider says
    becomes(page, [2, 5, 1], layers="1")

    button(page, "Input x₁x₂").click()
    becomes(page, [3, 5, 1])
    for name in ("x₁", "x₂"):
        assert button(page, f"Input {name}").get_attribute("aria-pressed") == "true"
        button(page, f"Input {name}").click()
    becomes(page, [1, 5, 1], inputs="x₁x₂")
    assert page.evaluate(f"{STAGE}.film.inputs") == ["x₁x₂"]
    last = button(page, "Input x₁x₂")
    assert last.get_attribute("aria-disabled") == "true"
    last.click(force=True)
    assert last.get_attribute("aria-pressed") == "true"
    page.locator(".gs-build button[tabindex='0']").wait_for()  # one stop, not twelve


@sweep("scheme, present", [("dark", ""), ("light", "&present=true")], usual=[])
def test_the_network_is_built_by_finger_on_a_phone(app: str, phone: Visit, scheme, present):
    page = phone.page
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{app}{QUICK}{present}")
    settle(page)
    button(page, "Take a unit from hidden layer 2").tap()
    button(page, "Input x₁²").tap()
    becomes(page, [3, 4, 3, 1], widths="4, 3")


def test_data_are_chosen_among_pictures_by_mouse_and_keys(app: str, visit: Visit):
    page = visit.page
    page.goto(f"{app}{QUICK}")
    settle(page)
    data = page.get_by_role("radiogroup", name="Data")
    pictures = data.get_by_role("radio").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::before').backgroundImage)"
    )
    assert len(set(pictures)) == len(pictures) == 10
    name = "(one) => getComputedStyle(one.querySelector(':scope > div')).opacity"
    xor, circles = (data.get_by_role("radio", name=one, exact=True) for one in ("xor", "circles"))
    assert (xor.evaluate(name), circles.evaluate(name)) == ("1", "0")
    circles.hover()
    assert (xor.evaluate(name), circles.evaluate(name)) == ("0", "1")
    circles.click()
    page.wait_for_url("**/*boundaries_dataset=circles*")
    settle(page)
    assert circles.get_attribute("aria-checked") == "true"
    page.mouse.move(600, 5)
    circles.focus()  # a click lets go of it, for the keys are the film's
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*boundaries_dataset=moons*")
    settle(page)
    assert page.evaluate(f"{STAGE}.film.x1.length") == 250
