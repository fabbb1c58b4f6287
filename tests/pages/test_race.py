"""The race on its page: its buttons, its menu, and the link that has both sides."""

from recipes.race import RaceSettings
from tests.pages.test_boundaries import caption_on, link_on

HERE = {"boundaries_view": "race", "boundaries_epochs": "10", "boundaries_points": "50"}


def settings_on(page):
    allowed = RaceSettings.allowed()
    said = {name: page.session_state[RaceSettings.key(name)] for name in allowed}
    return RaceSettings(**said | {"inputs": tuple(said["inputs"])})


def test_one_link_has_both_sides_and_its_buttons_change_them(open_page):
    page = open_page("boundaries", **HERE, boundaries_knob="activation", boundaries_other="relu")
    assert "only the *activation* differs" in caption_on(page)
    assert link_on(page)["boundaries_other"] == ["relu"]
    page.button(key="boundaries_turn_⇄").click().run()
    assert (settings_on(page).activation, settings_on(page).other) == ("relu", "tanh")
    page.button(key="boundaries_turn_→").click().run()
    assert (settings_on(page).activation, settings_on(page).other) == ("relu", "relu")
    assert caption_on(page).startswith("Nothing differs")
    page.selectbox(key="boundaries_knob").set_value("L2").run()
    assert page.session_state["boundaries_other"] in page.selectbox(key="boundaries_other").options
    assert "*L2* differs" in caption_on(page)
    assert not page.exception


def test_a_link_that_is_wrong_about_the_right_side_is_said(open_page):
    page = open_page(
        "boundaries", **HERE, boundaries_knob="optimizer", boundaries_other="fast",
        boundaries_also="speed 3",
    )  # fmt: skip
    said = caption_on(page)
    assert "The link has “fast” for right has: expected one of sgd" in said
    assert "“speed 3” names no setting" in said
    assert "*optimizer* differs" in said
