"""A training that rolls over a landscape, against finite differences and losses restated."""

import numpy as np
import pytest

from recipes.ground import descent, ground, landscape, path_on
from recipes.rolling import astray, begun_at, gradients_at, place, rolling

POINTS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
TARGETS = np.array([0.0, 1, 1, 0])


def loss(theta):
    """Cross-entropy on XOR of a 2-2-1 network of tanh, written out."""
    W1, b1, W2, b2 = theta[:4].reshape(2, 2), theta[4:6], theta[6:8], theta[8]
    y = 1 / (1 + np.exp(-(np.tanh(POINTS @ W1 + b1) @ W2 + b2)))
    return -np.mean(np.where(TARGETS == 1, np.log(y), np.log(1 - y)))


@pytest.fixture(scope="module")
def walked():
    here = ground("tanh", 2, "random directions", 0)
    trainer = descent(here, "sgd", 1.0, 300)
    return here, np.stack(list(trainer.snapshots.values())), path_on(here, trainer, "p")


def test_the_gradient_along_a_path_is_that_of_finite_differences(walked):
    here, thetas, _ = walked
    ours, h = gradients_at(here, thetas), 1e-6
    for step in (0, 17, 300):
        steps = h * np.eye(9)
        theirs = [(loss(thetas[step] + d) - loss(thetas[step] - d)) / (2 * h) for d in steps]
        np.testing.assert_allclose(ours[step], theirs, atol=1e-8)


def test_the_map_under_a_path_is_the_loss_of_the_nearest_point(walked):
    here, thetas, path = walked
    beside = rolling(here, thetas, path)
    directions = np.stack([here.plane.u, here.plane.v])
    for step in (0, 50, 300):
        away = thetas[step] - here.plane.origin
        nearest, *_ = np.linalg.lstsq(directions.T, away, rcond=None)
        assert beside.on_map[step] == pytest.approx(loss(here.plane.origin + nearest @ directions))
        toward, *_ = np.linalg.lstsq(directions.T, gradients_at(here, thetas)[step], rcond=None)
        np.testing.assert_allclose(beside.uphill[step], toward / np.linalg.norm(toward))


def test_the_map_misleads_where_it_is_most_wrong_within_the_picture(walked):
    here, thetas, path = walked
    land, on_map = landscape(here), rolling(here, thetas, path).on_map
    found = astray(land, path, on_map)
    factors = [
        max(says / true, true / says)
        if land.a[0] <= x <= land.a[-1] and land.b[0] <= y <= land.b[-1]
        else 1
        for says, true, (x, y) in zip(on_map, path.loss, path.at, strict=True)
    ]
    assert found.step == int(np.argmax(factors))
    assert found.factor == pytest.approx(max(factors))
    assert (found.on_map, found.true) == (on_map[found.step], path.loss[found.step])
    assert astray(land, path, 1.9 * path.loss) is None
    assert astray(land, path, path.loss / 2.1).factor == pytest.approx(2.1)
    assert astray(land, path._replace(at=path.at + 1e6), on_map) is None


def test_what_stays_on_its_plane_is_not_astray():
    here = ground("sigmoid", 2, "three points", 0)
    trainer = descent(here, "sgd", 1.0, 1000)
    path, thetas = path_on(here, trainer, "p"), np.stack(list(trainer.snapshots.values()))
    assert astray(landscape(here), path, rolling(here, thetas, path).on_map) is None


def test_a_start_on_the_map_lies_on_the_plane(walked):
    here, *_ = walked
    begun = begun_at(here, (0.5, -1.5))
    np.testing.assert_allclose(
        begun.start, here.plane.origin + 0.5 * here.plane.u - 1.5 * here.plane.v
    )
    assert begun_at(here, None) is here


@pytest.mark.parametrize(
    ("written", "read"),
    [("3.5, −2", (3.5, -2)), ("1 2", (1, 2)), (" -1; 4 ", (-1, 4)), ("", None), ("  ", None)],
)
def test_a_place_is_two_numbers_or_nothing(written, read):
    assert place(written) == read


@pytest.mark.parametrize("written", ["1", "1, 2, 3", "here", "nan, 1", "inf 1", "1001, 0", None, 3])
def test_anything_else_is_a_sentence(written):
    with pytest.raises(ValueError, match="expected"):
        place(written)
