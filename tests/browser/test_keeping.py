"""Keep training in a real browser: the film goes on from the moment on screen, edits included."""

import base64

import numpy as np
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.server import close_popover, settle

STAGE = "document.querySelector('.gs').stage"
NOW = f"Array.from(Float32Array.from({STAGE}.theta))"
FIRST = f"Array.from({STAGE}.film.theta(0))"


def next_film(page: Page, digest: str) -> str:
    """Its digest, once it is whole on the stage."""
    page.wait_for_function(f"(digest) => {STAGE}.film.digest !== digest", arg=digest)
    settle(page)
    return page.evaluate(f"{STAGE}.film.digest")


def test_it_goes_on_from_what_is_on_screen_and_its_link_opens_that(app: str, visit: Visit):
    page = visit.page
    page.goto(f"{app}/boundaries?boundaries_epochs=10")
    settle(page)
    digest = page.evaluate(f"{STAGE}.film.digest")
    page.get_by_role("button", name="More").click()
    page.get_by_text("Keep training", exact=True).click()
    page.wait_for_url("**/*boundaries_keep=true*")
    close_popover(page)
    settle(page)
    assert page.evaluate(f"{STAGE}.film.digest") == digest
    page.get_by_label("Time", exact=True).press("Home")
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    page.evaluate(f"{STAGE}.edit(3, -2)")
    stood, step = page.evaluate(NOW), page.evaluate(f"{STAGE}.film.steps[{STAGE}.frame]")
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    digest = next_film(page, digest)
    assert page.evaluate(FIRST) == stood
    said = f"Training went on from the network as it stood at step {step:,}."
    page.locator(".st-key-caption").get_by_text(said).first.wait_for()

    train_on = page.get_by_role("button", name="Train on", exact=True)
    page.get_by_label("Time", exact=True).press("Home")
    assert not train_on.is_visible()
    for time in (1, 2):  # beyond the film's end, again and again
        page.get_by_label("Time", exact=True).press("End")
        stood = page.evaluate(NOW)
        ends = page.evaluate(f"{STAGE}.film.steps.at(-1)")
        assert ends == step + 200 * time
        train_on.click()
        digest = next_film(page, digest)
        assert page.evaluate(FIRST) == stood
        assert page.evaluate(f"{STAGE}.film.steps[0]") == ends
        said = f"Training went on from the network as it stood at step {ends:,}."
        page.locator(".st-key-caption").get_by_text(said).first.wait_for()
    page.get_by_label("Time", exact=True).press("End")
    assert page.locator(".gs-when").inner_text() == f"step {step + 600:,} · 10 epochs on"
    page.get_by_role("radio", name="lottery", exact=True).click()
    page.wait_for_selector("[data-testid=lottery][data-drawn]")
    page.get_by_role("radio", name="film", exact=True).click()
    page.wait_for_selector("[data-testid=stage][data-frame]")
    settle(page)
    assert page.evaluate(f"{STAGE}.film.digest") == digest
    assert train_on.is_visible()  # it is still on, and the film where it was

    stood = page.evaluate(NOW)  # the new film's last frame
    page.get_by_role("radio", name="circles", exact=True).click()
    digest = next_film(page, digest)
    assert page.evaluate(FIRST) == stood
    packed = base64.urlsafe_b64encode(np.array(stood, np.float64).tobytes()).decode().rstrip("=")
    page.wait_for_function("(own) => location.search.includes(own)", arg=packed)
    page.goto(page.evaluate("location.href"))  # as whoever gets the link
    settle(page)
    assert page.evaluate(FIRST) == stood
    assert page.evaluate(f"{STAGE}.film.digest") == digest

    page.get_by_role("button", name="Add a unit to hidden layer 1").click()
    next_film(page, digest)
    over = "The network has another shape now, so training starts over."
    page.locator(".st-key-caption").get_by_text(over).first.wait_for()
    page.wait_for_function("!location.search.includes('boundaries_own')")
