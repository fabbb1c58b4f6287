"""What to try next is a link: it opens the page in that state, here or anywhere else."""

import re

import pytest

from tests.browser.server import settle
from tests.browser.test_every_size import VIEWS
from tests.sweeps import sweep

LINK = ".gn-link"
WITHOUT = {"space", "before and after"}  # their next step is on the picture


def caption(page):
    return page.locator(".st-key-caption").first.inner_text()


@sweep("name", [name for name in VIEWS if name not in WITHOUT], usual=["film"])
def test_the_link_opens_what_it_says(app, visit, browser, name):
    page = visit.page
    page.goto(app + VIEWS[name])
    settle(page)
    link = page.locator(LINK)
    assert re.match(r"^Try [^:]+: \S.*\.$", page.locator(".gn").inner_text())
    address, before = link.get_attribute("href"), page.url
    assert address.startswith(app)
    link.click()
    page.wait_for_function(
        "([before]) => location.href !== before && "
        "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'",
        arg=[before],
    )
    settle(page)
    said = caption(page)
    page.goto(address)
    settle(page)
    assert caption(page) == said
    assert "cannot be used" not in said


def test_where_the_page_is_here_already_nothing_is_loaded_anew(app, visit):
    page = visit.page
    page.goto(f"{app}/activations")
    settle(page)
    page.evaluate("window.stays = true")
    page.locator(LINK).click()
    page.wait_for_url("**activations_x=**")
    settle(page)
    assert page.evaluate("window.stays")
    with page.context.expect_page() as other:
        page.locator(LINK).click(modifiers=["Control"])
    other.value.close()


@pytest.mark.sweep
@pytest.mark.parametrize("name", ["film", "curve"])
def test_on_a_projector_the_picture_has_the_room(app, visit, name):
    page = visit.page
    page.goto(f"{app}{VIEWS[name]}?present=true")
    settle(page)
    assert page.locator(LINK).count() == 0
