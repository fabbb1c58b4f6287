import numpy as np
import pytest

from figures.mnist import training_curves, training_figure, weight_figure, weight_tiles
from runs.run import Progress


def progress(step, steps=4800, epochs_done=0):
    rows = list(range(0, epochs_done * 600 + 1, 600))
    values = [0.1 * i for i in range(len(rows))]
    history = {"step": rows, "accuracy": values, "val_accuracy": values}
    losses = np.arange(step, dtype=np.float32)
    return Progress("running", step, steps, 600, history, losses, np.zeros((4, 2)))


def test_the_loss_is_the_mean_of_equal_groups_of_batches():
    curves = training_curves(progress(1000))
    assert curves.batches == 3  # 1,000 batches on at most 400 points
    np.testing.assert_allclose(curves.loss[:2], [np.mean([0, 1, 2]), np.mean([3, 4, 5])])
    np.testing.assert_allclose(curves.epoch[:2], [1.5 / 600, 4.5 / 600])
    assert len(curves.loss) == 333


def test_a_run_that_has_not_begun_is_a_valid_figure():
    curves = training_curves(progress(0))
    assert len(curves.loss) == 0
    assert training_figure(curves).layout.xaxis.range == (0, 2)


def test_the_axis_grows_with_the_run_and_ends_where_it_ends():
    spans = [training_curves(progress(step)).span for step in (600, 3000, 4800)]
    assert spans == [2, pytest.approx(6), 8]


def test_each_accuracy_is_named_at_its_end():
    figure = training_figure(training_curves(progress(1800, epochs_done=3)))
    assert [a.text for a in figure.layout.annotations] == [
        "training digits 30.0%",
        "test digits 30.0%",
    ]
    assert {a.x for a in figure.layout.annotations} == {3}


def test_each_tile_is_one_units_weights_laid_out_as_the_image_is():
    weights = np.arange(9 * 5, dtype=np.float32).reshape(9, 5)
    tiles = weight_tiles(weights)
    side = 4  # three pixels and the gap
    for unit in range(5):
        top, left = side * (unit // tiles.columns), side * (unit % tiles.columns)
        tile = tiles.mosaic[top : top + 3, left : left + 3]
        np.testing.assert_array_equal(tile, weights[:, unit].reshape(3, 3))
        assert (tiles.unit[top : top + 3, left : left + 3] == unit).all()
    assert np.isfinite(tiles.mosaic).sum() == 45


@pytest.mark.parametrize("hidden", [1, 2, 7, 50, 53, 256])
def test_every_number_of_units_fits_on_the_grid(hidden):
    tiles = weight_tiles(np.ones((4, hidden), np.float32))
    assert np.isfinite(tiles.mosaic).sum() == 4 * hidden


def test_the_colours_are_centred_at_zero_with_one_symmetric_range():
    rng = np.random.default_rng(0)
    figure = weight_figure(weight_tiles(rng.normal(0.3, 1, (64, 6))))
    heatmap = figure.data[0]
    assert heatmap.zmin == -heatmap.zmax
    assert heatmap.zmid == 0
    low, middle, high = heatmap.colorscale
    assert (low[0], middle[0], high[0]) == (0, 0.5, 1)


def test_all_zero_and_diverged_weights_are_pictures_too():
    assert weight_figure(weight_tiles(np.zeros((4, 3)))).data[0].zmax == 1
    figure = weight_figure(weight_tiles(np.full((4, 3), np.nan)))
    assert "no longer finite" in figure.layout.annotations[0].text


def test_inputs_that_are_no_square_image_are_refused():
    with pytest.raises(ValueError, match=r"weights: expected side² inputs.*got 5"):
        weight_tiles(np.zeros((5, 2)))
