"""What is built on the drawing is what the controls would say; nonsense is nothing."""

from dataclasses import replace

import pytest

from recipes.boundaries import (
    MOST_LAYERS,
    MOST_UNITS,
    BoundariesSettings as Settings,
    boundaries_net,
)
from recipes.building import buildable, built
from views.boundaries.film import VIEW
from views.boundaries.opening import OPENING

PLAN = {"inputs": ["x₁", "x₂"], "units": [4, 4]}


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(layers=0),
        Settings(widths="8 relu, 4"),
        Settings(inputs=("sin x₂", "x₁"), layers=3),
    ],
)
def test_what_is_there_is_the_network_that_trains_and_built_again_stays_it(settings):
    known = buildable(settings)
    sizes = boundaries_net(settings).sizes
    assert [len(known["plan"]["inputs"]), *known["plan"]["units"], 1] == sizes
    again = built(settings, known["plan"])
    assert again.hidden_layers() == settings.hidden_layers()
    assert again.inputs == settings.inputs


def test_layers_that_are_alike_are_what_the_sliders_say():
    assert built(Settings(), PLAN | {"units": [5, 5]}) == Settings(hidden=5)
    assert built(Settings(widths="5, 4"), PLAN) == Settings()
    assert built(Settings(hidden=7), PLAN | {"units": [7, 7, 7]}) == Settings(hidden=7, layers=3)
    assert built(Settings(hidden=7), PLAN | {"units": []}) == Settings(hidden=7, layers=0)


def test_layers_that_differ_are_written_one_by_one():
    assert built(Settings(), PLAN | {"units": [5, 4]}) == Settings(widths="5, 4")
    one = built(Settings(), PLAN | {"units": [16, 1, 2]})
    assert one == Settings(layers=3, widths="16, 1, 2")


def test_a_layers_own_activation_stays_and_a_new_layer_takes_the_lasts():
    before = Settings(widths="8, 4 relu", activation="sigmoid")
    wider = built(before, PLAN | {"units": [9, 4, 4]})
    assert wider.hidden_layers() == [(9, "sigmoid"), (4, "relu"), (4, "relu")]
    assert built(before, PLAN | {"units": [8]}) == replace(
        before, layers=1, hidden=8, widths=""
    )  # the one with another activation has gone


def test_inputs_are_switched_and_nothing_else_changes():
    one = built(Settings(lr=0.3), PLAN | {"inputs": ["x₁", "x₁x₂"]})
    assert one == Settings(lr=0.3, inputs=("x₁", "x₁x₂"))


@pytest.mark.parametrize(
    "plan",
    [
        None,
        "",
        [],
        {},
        PLAN | {"inputs": []},
        PLAN | {"inputs": ["x₁", "x₁"]},
        PLAN | {"inputs": ["x₃"]},
        PLAN | {"units": None},
        PLAN | {"units": [0]},
        PLAN | {"units": [MOST_UNITS + 1]},
        PLAN | {"units": [4, MOST_UNITS + 1]},
        PLAN | {"units": ["four"]},
        PLAN | {"units": [2] * (MOST_LAYERS + 1)},
        PLAN | {"units": [2, 3] * MOST_LAYERS},
    ],
)
def test_what_no_control_could_say_is_nothing(plan):
    assert built(Settings(), plan) is None


def test_home_shows_a_film_and_builds_nothing():
    assert VIEW.building is not None
    assert OPENING.building is None
