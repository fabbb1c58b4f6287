"""The drawn landscape holds the losses and the paths that it was given."""

import numpy as np
import pytest

from figures.landscape import landscape_figure
from nn_core import OPTIMIZERS
from recipes.ground import descent, ground, landscape, path_on
from views.gradients.race import DASHED


@pytest.fixture(scope="module")
def here():
    return ground("sigmoid", 2, "three points", 0)


@pytest.mark.parametrize("surface", [False, True])
@pytest.mark.parametrize("lr", [0.001, 1e9])
def test_the_landscape_figure_has_the_losses_and_the_path(here, surface, lr):
    land = landscape(here)
    walked = path_on(here, descent(here, "sgd", lr, 20), "p")
    figure = landscape_figure(land, [walked], "t", surface)
    ground_trace = figure.data[0]
    np.testing.assert_array_equal(ground_trace.customdata, land.loss)
    np.testing.assert_allclose(np.asarray(ground_trace.z), np.log10(land.loss), rtol=1e-6)
    (losses,) = (trace for trace in figure.data if trace.name == "loss of p")
    np.testing.assert_array_equal(losses.y, walked.loss)


def test_in_the_race_momentum_shows_through_the_dashes_of_nesterov(here):
    land = landscape(here)
    paths = [
        path_on(here, descent(here, name, 0.1, 100), name, name == DASHED) for name in OPTIMIZERS
    ]
    dashes = {t.name: t.line.dash for t in landscape_figure(land, paths, "t").data}
    dashes = {name: dashes[name] for name in OPTIMIZERS}
    assert dashes.pop("nesterov") != "solid"
    assert set(dashes.values()) == {"solid"}
