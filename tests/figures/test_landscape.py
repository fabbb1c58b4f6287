"""The drawn landscape holds the losses and the paths that it was given."""

import numpy as np
import pytest

from figures.landscape import landscape_figure, rolling_figure
from nn_core import OPTIMIZERS
from recipes.ground import descent, ground, landscape, path_on
from recipes.rolling import rolling
from views.gradients.race import DASHED


@pytest.fixture(scope="module")
def here():
    return ground("sigmoid", 2, "three points", 0)


@pytest.mark.parametrize("surface", [False, True])
@pytest.mark.parametrize("lr", [0.001, 1e9])
def test_the_landscape_figure_has_the_losses_and_the_path(here, surface, lr):
    land = landscape(here)
    trainer = descent(here, "sgd", lr, 20)
    walked = path_on(here, trainer, "p")
    thetas = np.stack(list(trainer.snapshots.values()))[: len(walked.loss)]
    beside = rolling(here, thetas, walked)
    figure = rolling_figure(land, walked, beside, surface)
    ground_trace = figure.data[0]
    np.testing.assert_array_equal(ground_trace.customdata, land.loss)
    np.testing.assert_allclose(np.asarray(ground_trace.z), np.log10(land.loss), rtol=1e-6)
    (losses,) = (trace for trace in figure.data if trace.name == "loss of p")
    np.testing.assert_array_equal(losses.y, walked.loss)
    (on_map,) = (trace for trace in figure.data if trace.name == "on the map")
    np.testing.assert_array_equal(on_map.y, beside.on_map)
    film = figure.layout.meta["film"]
    np.testing.assert_array_equal(film["steps"], np.arange(len(walked.loss)))
    for name in ("p", "ball", "now", "loss of p", "on the map"):  # all play in step
        (place,) = (k for k, trace in enumerate(figure.data) if trace.name == name)
        assert place in {track["trace"] for track in film["moving"]}


def test_everyone_in_the_race_plays(here):
    land = landscape(here)
    paths = [
        path_on(here, descent(here, name, 0.1, 50), name, name == DASHED) for name in OPTIMIZERS
    ]
    figure = landscape_figure(land, paths, "t")
    tracks = {t["trace"]: t.get("follows") for t in figure.layout.meta["film"]["moving"]}
    names = [trace.name for trace in figure.data]
    for name in OPTIMIZERS:
        assert tracks[names.index(name)] is None
        assert tracks[names.index(f"loss of {name}")] is None
    balls = [k for k, name in enumerate(names) if name == "ball"]
    assert [names[tracks[ball]] for ball in balls] == list(OPTIMIZERS)
    still = {
        k for k, name in enumerate(names) if name in ("landscape", "start", "solution", "stuck run")
    }
    assert not still & tracks.keys()
    assert set(range(len(names))) == still | tracks.keys()


def test_in_the_race_momentum_shows_through_the_dashes_of_nesterov(here):
    land = landscape(here)
    paths = [
        path_on(here, descent(here, name, 0.1, 100), name, name == DASHED) for name in OPTIMIZERS
    ]
    dashes = {t.name: t.line.dash for t in landscape_figure(land, paths, "t").data}
    dashes = {name: dashes[name] for name in OPTIMIZERS}
    assert dashes.pop("nesterov") != "solid"
    assert set(dashes.values()) == {"solid"}
