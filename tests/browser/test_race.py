"""The fair race in a real browser: two films that move together, by keys and by mouse."""

from urllib.parse import parse_qs, urlsplit

from tests.browser.server import settle

RACE = "document.querySelector('.gr').race"
STEPS = f"[{RACE}.left, {RACE}.right].map((s) => s.film.steps[s.frame])"
ENDS = f"[{RACE}.left, {RACE}.right].map((s) => s.film.steps[s.film.last])"
LINK = "/boundaries?boundaries_view=race&boundaries_epochs=30"


def ready(page, names):
    page.wait_for_function(
        f"document.querySelector('.gr')?.race?.message?.names + '' === '{names}'"
    )
    settle(page)


def test_the_films_move_together_and_change_sides(app, visit):
    page = visit.page
    page.goto(f"{app}{LINK}")
    ready(page, "learning rate 0.03,learning rate 0.3")
    assert page.evaluate(STEPS) == page.evaluate(ENDS) == [600, 600]
    page.keyboard.press("Home")
    page.wait_for_function(f"{STEPS} + '' === '0,0'")
    page.locator(".st-key-caption").get_by_text("Before the first step both have").wait_for()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{STEPS} + '' === '1,1'")
    page.keyboard.press("Space")  # once for both: two that hear it would stop again
    page.wait_for_function(f"{STEPS} + '' === '600,600'")
    edge = page.locator(".gr-canvas").bounding_box()
    page.mouse.move(edge["x"] + 0.9 * edge["width"], edge["y"] + 0.3 * edge["height"])
    page.mouse.down()
    page.mouse.move(edge["x"] + 0.6 * edge["width"], edge["y"] + 0.3 * edge["height"])
    page.mouse.up()
    one, other = page.evaluate(STEPS)
    assert 0 < one == other < 600
    start = f"[{RACE}.left, {RACE}.right].map((s) => String(s.film.theta(0)))"
    first, second = page.evaluate(start)
    assert first == second
    page.get_by_role("button", name="⇄").click()
    ready(page, "learning rate 0.3,learning rate 0.03")
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["boundaries_lr"], asked["boundaries_other"]) == (["0.3"], ["0.03"])
    page.reload()
    ready(page, "learning rate 0.3,learning rate 0.03")
    page.get_by_role("button", name="→").click()
    page.locator(".st-key-caption", has_text="Nothing differs").wait_for()


def test_with_other_batches_both_are_at_one_epoch(app, visit):
    page = visit.page
    page.goto(f"{app}{LINK}&boundaries_knob=batch+size&boundaries_other=1000")
    ready(page, "batch size 10,batch size 1000")
    assert page.evaluate(ENDS) == [600, 30]
    page.evaluate(f"{RACE}.left.pauseAt(Math.round(0.8 * {RACE}.left.film.last))")
    left, right = page.evaluate(STEPS)
    assert left // 20 == right  # 200 points: an epoch is 20 steps on the left, one on the right
    assert page.evaluate(f"{RACE}.right.frame > 0")
