"""A TensorFlow Playground link in a real browser, which keeps all after a # to itself."""

from tests.browser.server import settle

LINK = "https://playground.tensorflow.org/#dataset=circle&networkShape=3&learningRate=0.3&seed=0.1"
FIRST = "document.querySelector('.gs')?.stage?.film?.sizes.join() === '{}'"


def test_a_playground_link_opens_as_it_is_and_again_when_it_is_pasted(app, visit):
    page = visit.page
    page.goto(f"{app}/boundaries?playground={LINK}")
    page.wait_for_function(FIRST.format("2,3,1"))
    settle(page)
    assert "boundaries_dataset=circles" in page.url
    assert "playground" not in page.url
    page.reload()  # the address says the same by now
    page.wait_for_function(FIRST.format("2,3,1"))
    settle(page)
    page.get_by_role("button", name="Link").click()
    box = page.get_by_label("Open a TensorFlow Playground link")
    box.fill(LINK.replace("networkShape=3", "networkShape=5,4"))
    box.press("Enter")
    page.wait_for_function(FIRST.format("2,5,4,1"))
    page.get_by_text("Its answer is a tanh from −1 to 1").wait_for()
    box.fill("see http://example.org")
    box.press("Enter")
    page.locator(".st-key-caption", has_text="is not a TensorFlow Playground link").wait_for()
    assert page.locator("a", has_text="example.org").count() == 0
