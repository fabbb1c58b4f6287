import numpy as np
import pytest

from tests.charts import figure_on, trace_on

PICTURE = "boundaries_picture"
NOTEBOOK_C = [6.21620551e-04, 4.99846111e-01, 9.99591612e-01, 5.00196568e-01]


def press(page, preset):
    page.session_state["boundaries_preset"] = preset
    return page.run()


def test_it_opens_on_a_network_that_has_learned_xor(open_page):
    page = open_page("boundaries")
    answers = trace_on(page, PICTURE, "answers")
    assert (np.round(answers["customdata"]) == [0, 1, 1, 0]).all()
    assert "all of the four answers are right" in page.markdown[0].value


def test_the_boundary_goes_through_the_answers_at_the_four_points(open_page):
    page = open_page("boundaries")
    plane, answers = trace_on(page, PICTURE, "answer"), trace_on(page, PICTURE, "answers")
    axis = np.asarray(plane["x"])
    low, high = np.abs(axis).argmin(), np.abs(axis - 1).argmin()
    at_points = [plane["z"][row][column] for column in (low, high) for row in (low, high)]
    np.testing.assert_allclose(at_points, answers["customdata"], atol=1e-6)


def test_every_change_of_a_slider_trains_anew(open_page):
    page = open_page("boundaries")
    before = trace_on(page, PICTURE, "loss")["y"]
    page.select_slider(key="boundaries_lr").set_value(0.1).run()
    slower = trace_on(page, PICTURE, "loss")["y"]
    assert slower[-1] > before[-1]
    page.slider(key="boundaries_hidden").set_value(8).run()
    assert trace_on(page, PICTURE, "loss")["y"][-1] != slower[-1]
    assert not page.exception


def test_notebook_c_ends_at_its_printed_outputs_and_is_called_a_plateau(open_page):
    page = open_page(
        "boundaries",
        boundaries_lr="0.1",
        boundaries_hidden="2",
        boundaries_activation="sigmoid",
        boundaries_init="notebook_c",
        boundaries_steps="150000",
    )
    assert page.session_state["boundaries_preset"] == "Notebook C: stuck"
    answers = trace_on(page, PICTURE, "answers")["customdata"]
    assert [f"{answer:.7e}" for answer in answers] == [f"{c:.7e}" for c in NOTEBOOK_C]
    caption = page.markdown[0].value
    assert "two of the four answers are stuck near ½: **0.4998** and **0.5002**" in caption
    assert "plateau" in caption
    assert "local minimum" not in caption


def test_one_unit_cannot_and_says_so(open_page):
    page = open_page("boundaries", boundaries_hidden="1")
    assert page.session_state["boundaries_preset"] == "One unit cannot"
    answers = trace_on(page, PICTURE, "answers")["customdata"]
    assert not (np.round(answers) == [0, 1, 1, 0]).all()
    assert "no further" in page.markdown[0].value


def test_a_preset_sets_every_control_it_names(open_page):
    page = open_page("boundaries", boundaries_hidden="7", boundaries_lr="0.3")
    (pills,) = (group for group in page.get("button_group") if group.key == "boundaries_preset")
    assert not pills.value
    pills.set_value("One unit cannot").run()
    assert page.slider(key="boundaries_hidden").value == 1
    assert page.select_slider(key="boundaries_lr").value == 1.0


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "identity"])
@pytest.mark.parametrize("init", ["normal", "glorot_uniform", "he_normal", "zeros"])
def test_both_ends_of_every_control_give_a_picture(open_page, activation, init):
    for lr, hidden in (("0.01", "1"), ("10", "16")):
        page = open_page(
            "boundaries",
            boundaries_activation=activation,
            boundaries_init=init,
            boundaries_lr=lr,
            boundaries_hidden=hidden,
            boundaries_steps="100",
        )
        assert len(figure_on(page, PICTURE)["data"]) == 7
        assert page.markdown[0].value.startswith("After **100** steps")


@pytest.mark.parametrize("lr", ["0", "1e9", "abc", "nan", "-1"])
def test_a_link_with_garbage_opens_on_the_default(open_page, lr):
    page = open_page("boundaries", boundaries_lr=lr, boundaries_hidden="999")
    assert page.select_slider(key="boundaries_lr").value == 1.0
    assert page.slider(key="boundaries_hidden").value == 4
