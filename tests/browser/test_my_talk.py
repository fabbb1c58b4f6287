"""A talk of one's own, in a browser: three views are added, given, and led from a second window."""

import re

from playwright.sync_api import expect

from tests.browser.server import settle

ABOVE_THE_SCENES = """
    document.querySelector('.st-key-my_talk_download').getBoundingClientRect().bottom
    < document.querySelector('[role=radiogroup][aria-label=Scenes]').getBoundingClientRect().top
"""


def test_three_views_become_a_talk_that_the_speakers_window_leads_and_follows(app, visit):
    page = visit.page
    for link in ("activations?activations_x=3", "boundaries?boundaries_layers=0", "neuron"):
        page.goto(f"{app}/{link}")
        page.get_by_role("button", name="Link").click()
        page.get_by_role("button", name="Add this view to my talk").click()
        expect(page.locator(".gg-said")).to_contain_text("It is scene")
    page.get_by_role("link", name="My talk", exact=True).click()
    page.get_by_text("2. ").click()  # a film that nobody moved to a moment begins at its beginning
    whole = re.compile(r"^/boundaries\?(?!.*\bat=).*boundaries_layers=0")
    expect(page.get_by_label("Link: the page")).to_have_value(whole)
    page.get_by_text("1. ").click()
    expect(page.get_by_label("Link: the page")).to_have_value(re.compile("^/activations"))
    page.get_by_label("Notes: what you want to say").fill("Say this.\nThen that.")
    page.get_by_label("Notes: what you want to say").blur()
    key = page.url.rpartition("mine=")[2]
    page.goto(f"{app}/my_talk")  # the browser knows the one that was worked on
    page.wait_for_url(f"**mine={key}")
    expect(page.get_by_label("Notes: what you want to say")).to_have_value("Say this.\nThen that.")
    desk = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(ABOVE_THE_SCENES)
    page.set_viewport_size(desk)
    page.get_by_role("link", name="Give it").click()
    count = page.locator(".gh-count")
    expect(count).to_have_text("1 of 3")
    settle(page)
    assert key not in page.url
    page.keyboard.press("n")
    expect(page.locator(".gh-notes")).to_have_text("Say this.\nThen that.")
    page.keyboard.press("n")
    expect(page.locator(".gh-notes")).to_be_hidden()
    with page.context.expect_page() as opened:
        page.keyboard.press("s")
    speaker, here = opened.value, opened.value.locator(".count")
    expect(speaker.locator(".notes")).to_have_text("Say this.\nThen that.")
    speaker.keyboard.press("PageDown")  # leads
    expect(count).to_have_text("2 of 3")
    expect(here).to_have_text("2 of 3")
    page.keyboard.press("PageUp")  # follows
    expect(here).to_have_text("1 of 3")
    speaker.reload()
    expect(here).to_have_text("1 of 3")
    page.reload()
    expect(count).to_have_text("1 of 3")
    speaker.get_by_role("combobox").select_option("2")
    expect(count).to_have_text("3 of 3")
    walk = page.locator("[data-walk][data-steps]")
    expect(walk).to_have_attribute("data-step", "0")
    speaker.keyboard.press("PageDown")  # a walk's step first
    expect(walk).to_have_attribute("data-step", "1")
    with page.context.expect_page() as another:  # a tab that is duplicated takes its name along
        page.evaluate("void window.open(location.href)")
    there = another.value.locator(".gh-count")
    another.value.set_viewport_size({"width": 1280, "height": 720})
    expect(there).to_have_text("3 of 3")
    settle(another.value)
    speaker.get_by_role("combobox").select_option("0")
    expect(count).to_have_text("1 of 3")
    expect(here).to_have_text("1 of 3")
    expect(there).to_have_text("3 of 3")
    another.value.get_by_role("button", name="Leave").click()
    another.value.get_by_test_id("stTopNav").wait_for()
    expect(speaker.locator(".state")).not_to_have_text("The talk has been left.")
    another.value.close()
    page.get_by_role("button", name="Leave").click()
    expect(speaker.locator(".state")).to_have_text("The talk has been left.")
    speaker.close()


def test_a_scene_whose_title_changes_stays_chosen_and_is_written_on(app, visit):
    page = visit.page
    page.goto(f"{app}/my_talk")
    page.get_by_role("button", name="Begin with Home").click()
    title, caption = page.get_by_label("Title: its one point"), page.get_by_label("Caption:")
    for words in ("First", "Second"):
        title.fill(words)
        title.press("Tab")
        expect(page.get_by_role("radio", name=f"1. {words}")).to_be_checked()
        caption.fill(f"{words} of all")
        caption.press("Tab")
    box = page.get_by_role("textbox", name="Add a scene by its link")
    box.fill("/neuron")
    box.press("Enter")
    expect(page.get_by_role("radio", name="2. ")).to_be_checked()
    page.get_by_role("button", name="Up").click()
    expect(page.get_by_role("radio", name="2. Second")).not_to_be_checked()
    page.get_by_text("2. Second").click()
    expect(caption).to_have_value("Second of all")
    page.get_by_role("button", name="Another").click()
    page.get_by_role("button", name="Begin with Home").click()
    expect(page.get_by_role("radio", name="2. ")).to_have_count(0)
    others = page.get_by_test_id("my-talks").get_by_role("link")  # one name, told apart by its time
    expect(others).to_have_text(re.compile(r"^My talk \(\d+ \w+, \d\d:\d\d\)$"))
    expect(page.get_by_test_id("stException")).to_have_count(0)
