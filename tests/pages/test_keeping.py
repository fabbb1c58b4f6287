"""Keep training: a changed setting goes on from the network that the stage says is on screen."""

import base64

import numpy as np
import pytest

from tests.pages.test_boundaries import caption_on, film_on, link_on
from tests.pages.test_own_points import OWN, TABLE, pasted, use

KEEP = {"boundaries_epochs": "10", "boundaries_keep": "true", "boundaries_layers": "1"}
SIZE = 4 * 2 + 4 + 4 + 1
STOOD = np.linspace(-1, 1, SIZE)
WENT_ON = "Training went on from the network as it stood at step **1,200**."


def stands(page, theta=STOOD, step=1200):
    """Have the stage say where its network stands, as `stage/keeping.js` does."""
    packed = None if theta is None else base64.b64encode(theta.astype(float).tobytes()).decode()
    page.session_state["keep_now"] = {"step": step, "theta": packed}


def start_of(page):
    return film_on(page)["thetas"].reshape(-1, SIZE)[0]


def test_a_changed_setting_goes_on_from_there_and_its_link_has_that_start(open_page):
    page = open_page("boundaries", **KEEP)
    usual = start_of(page)
    stands(page)
    page.select_slider(key="boundaries_lr").set_value(0.3).run()
    np.testing.assert_array_equal(start_of(page), STOOD.astype(np.float32))
    assert film_on(page)["steps"][[0, -1]].tolist() == [1200, 1400]
    assert caption_on(page).startswith(WENT_ON)
    assert "At the end, at step **1,400**, it gets" in caption_on(page)
    link = {name: value for name, (value,) in link_on(page).items()}
    assert link["boundaries_keep"] == "true"
    other = open_page("boundaries", **link)
    np.testing.assert_array_equal(start_of(other), STOOD.astype(np.float32))
    assert film_on(other)["steps"][0] == 1200
    assert caption_on(other).startswith(
        "It began with the weights that the link brings, as they stood at step **1,200**."
    )

    stands(page, STOOD / 2, 7)
    page.button_group(key="boundaries_dataset").set_value("circles").run()
    np.testing.assert_array_equal(start_of(page), (STOOD / 2).astype(np.float32))
    page.slider(key="boundaries_hidden").set_value(5).run()
    assert caption_on(page).startswith(
        "The network has another shape now, so training starts over."
    )
    assert "boundaries_own" not in link_on(page)
    page.slider(key="boundaries_hidden").set_value(4).run()
    page.button_group(key="boundaries_dataset").set_value("xor").run()
    page.toggle(key="boundaries_keep").set_value(False).run()
    page.select_slider(key="boundaries_lr").set_value(0.03).run()
    np.testing.assert_array_equal(start_of(page), usual)
    assert "went on" not in caption_on(page)


def test_what_an_optimizer_remembers_begins_anew_and_that_is_said(open_page):
    page = open_page("boundaries", **KEEP, boundaries_optimizer="adam")
    stands(page)
    page.select_slider(key="boundaries_lr").set_value(0.3).run()
    said = f"{WENT_ON} What adam remembers of earlier steps began anew."
    assert caption_on(page).startswith(said)


def test_who_looks_at_another_view_finds_the_network_as_it_was(open_page):
    page = open_page("boundaries", **KEEP, boundaries_starts="10")
    stands(page)
    page.select_slider(key="boundaries_lr").set_value(0.3).run()
    before = film_on(page)
    for view in ("lottery", "race", "film"):
        page.button_group(key="boundaries_view").set_value(view).run()
        assert not page.exception
    assert page.toggle(key="boundaries_keep").value
    assert film_on(page)["digest"] == before["digest"]
    assert caption_on(page).startswith(WENT_ON)
    stands(page, STOOD / 3, 50)
    page.select_slider(key="boundaries_lr").set_value(0.1).run()
    np.testing.assert_array_equal(start_of(page), (STOOD / 3).astype(np.float32))


def test_what_is_moved_on_another_view_has_no_network_to_go_on_from_and_says_so(open_page):
    page = open_page("boundaries", **KEEP, boundaries_starts="10")
    usual = start_of(page)
    stands(page)
    page.select_slider(key="boundaries_lr").set_value(0.3).run()
    page.button_group(key="boundaries_view").set_value("lottery").run()
    page.slider(key="boundaries_hidden").set_value(5).run()
    page.slider(key="boundaries_hidden").set_value(4).run()
    page.select_slider(key="boundaries_lr").set_value(0.1).run()
    page.button_group(key="boundaries_view").set_value("film").run()
    np.testing.assert_array_equal(start_of(page), usual)
    assert "went on" not in caption_on(page)
    assert caption_on(page).startswith(
        "A setting was changed where no network was on screen, so training starts over."
    )
    assert "boundaries_own" not in link_on(page)


def test_it_goes_on_with_points_of_ones_own(open_page):
    page = open_page("boundaries", **KEEP | OWN)
    stands(page)
    use(pasted(page, TABLE))
    assert len(film_on(page)["points"]) == 3
    np.testing.assert_array_equal(start_of(page), STOOD.astype(np.float32))


def test_who_does_not_switch_it_on_starts_over_and_so_does_a_preset(open_page):
    page = open_page("boundaries", **{**KEEP, "boundaries_keep": "false"})
    usual = start_of(page)
    stands(page)
    page.select_slider(key="boundaries_lr").set_value(0.3).run()
    np.testing.assert_array_equal(start_of(page), usual)
    page.toggle(key="boundaries_keep").set_value(True).run()
    np.testing.assert_array_equal(start_of(page), usual)
    (pills,) = (one for one in page.get("button_group") if one.key == "boundaries_preset")
    pills.set_value("Zero start").run()
    assert not start_of(page).any()


@pytest.mark.parametrize("theta", [None, STOOD[1:], np.full(SIZE, np.inf)])
def test_what_cannot_be_trained_on_starts_over_and_says_so(open_page, theta):
    page = open_page("boundaries", **KEEP)
    usual = start_of(page)
    stands(page, theta)
    page.select_slider(key="boundaries_lr").set_value(0.3).run()
    np.testing.assert_array_equal(start_of(page), usual)
    said = "The network on screen cannot be trained on, so training starts over."
    assert caption_on(page).startswith(said)


def test_a_link_that_says_neither_on_nor_off_is_off_and_says_so(open_page):
    page = open_page("boundaries", **{**KEEP, "boundaries_keep": "perhaps"})
    said = "The link has “perhaps” for keep training: expected true or false, so it is off."
    assert caption_on(page).startswith(said)
    assert not page.toggle(key="boundaries_keep").value
