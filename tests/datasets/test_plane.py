"""Points on a plane: each data set's answers restated from what it says it is."""

import numpy as np
import pytest
from sklearn.datasets import make_moons

from datasets.plane import CLASSES, FEATURES, NUMBERS, PLANE_DATA, features, moons, plane_data

N = 400


def points(name, noise=0.0, seed=3):
    """All points of a data set, training and test, and their answers (n,)."""
    data = plane_data(name, N, noise, 0.8, seed)
    return np.vstack([data.x_train, data.x_test]), np.vstack([data.t_train, data.t_test])[:, 0]


@pytest.mark.parametrize("name", [*CLASSES, *NUMBERS])
@pytest.mark.parametrize(("n", "share", "trained"), [(400, 0.8, 320), (10, 0.1, 1), (50, 1.0, 50)])
def test_every_data_set_has_as_many_points_as_asked_in_two_parts(name, n, share, trained):
    data = plane_data(name, n, 0.1, share, 0)
    assert data.x_train.shape == (trained, 2)
    assert data.t_train.shape == (trained, 1)
    assert data.x_test.shape == (n - trained, 2)
    assert data.t_test.shape == (n - trained, 1)
    assert {array.dtype for array in data if isinstance(array, np.ndarray)} == {np.dtype(float)}


@pytest.mark.parametrize("name", [*CLASSES, *NUMBERS])
def test_no_point_is_for_training_and_for_testing(name):
    x, _ = points(name)
    assert len(np.unique(x, axis=0)) == N


@pytest.mark.parametrize("name", [*CLASSES, *NUMBERS])
def test_the_same_seed_scatters_the_same_points_and_another_seed_others(name):
    (x, t), (again_x, again_t), (other, _) = (points(name, 0.2, seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(x, again_x)
    np.testing.assert_array_equal(t, again_t)
    assert not np.isin(x, other).any()


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_0_and_1_and_both_about_as_frequent(name):
    _, t = points(name)
    assert set(t) == {0, 1}
    assert t.mean() == pytest.approx(0.5, abs=0.1)  # 4 deviations of 400 coins
    data = plane_data(name, N, 0.0, 0.8, 3)
    assert (data.name, data.low, data.high, data.classes) == (name, 0, 1, 2)


@pytest.mark.parametrize("name", CLASSES)
def test_noise_moves_the_points_and_leaves_their_answers(name):
    (x, t), (scattered, same) = points(name), points(name, noise=0.3)
    np.testing.assert_array_equal(t, same)
    assert 0.3 < (scattered - x).std() < 3


@pytest.mark.parametrize("name", [*CLASSES, *NUMBERS])
def test_without_noise_all_points_are_on_the_plane(name):
    x, _ = points(name)
    data = plane_data(name, N, 0.0, 0.8, 3)
    assert (data.left, data.right) == (-6, 6)
    assert abs(x).max() < 6


def test_the_four_points_are_notebook_cs_whatever_else_is_asked():
    for asked in ((10, 0.0, 0.8, 0), (1000, 0.5, 0.1, 7)):
        data = plane_data("four points", *asked)
        np.testing.assert_array_equal(data.x_train, [[0, 0], [0, 1], [1, 0], [1, 1]])
        np.testing.assert_array_equal(data.t_train, [[0], [1], [1], [0]])
        assert (len(data.x_test), len(data.t_test), data.classes) == (0, 0, 2)
        assert data.left < 0 < 1 < data.right


def test_xor_is_1_where_the_signs_differ():
    x, t = points("xor")
    np.testing.assert_array_equal(t, np.sign(x).prod(axis=1) < 0)


def test_circles_are_told_apart_by_their_radius():
    x, t = points("circles")
    radius = np.linalg.norm(x, axis=1)
    assert radius[t == 1].max() <= 2.5
    assert radius[t == 0].min() >= 3.5
    assert radius.max() <= 5


def test_each_moon_is_half_a_circle():
    x, t = points("moons")
    upper = x[t == 0] / 3.2 + [0.5, 0.25]  # scikit-learn's: around (0, 0), and around (1, ½)
    lower = x[t == 1] / 3.2 + [0.5, 0.25] - [1, 0.5]
    np.testing.assert_allclose(np.linalg.norm(np.vstack([upper, lower]), axis=1), 1)
    assert upper[:, 1].min() > -1e-9
    assert lower[:, 1].max() < 1e-9


@pytest.mark.parametrize("n", [10, 11, 250, 400])
@pytest.mark.parametrize("seed", range(5))
def test_moons_are_scikit_learns_own_to_the_last_bit(n, seed):
    x, t = moons(np.random.default_rng(seed), n, 0.3)
    rng = np.random.default_rng(seed)
    theirs, labels = make_moons(n, random_state=int(rng.integers(2**31)))
    theirs = (theirs - [0.5, 0.25]) * 3.2 + 3 * 0.3 * rng.standard_normal((n, 2))
    np.testing.assert_array_equal(x, theirs)
    np.testing.assert_array_equal(t[:, 0], labels)


@pytest.mark.parametrize(("noise", "width"), [(0.0, 0.7), (0.4, 1.9)])
def test_gaussians_are_two_round_clouds_as_wide_as_their_noise(noise, width):
    x, t = points("gaussians", noise)
    for label, centre in ((1, 2), (0, -2)):
        cloud = x[t == label]
        np.testing.assert_allclose(cloud.mean(axis=0), [centre, centre], atol=5 * width / 200**0.5)
        np.testing.assert_allclose(cloud.std(axis=0), width, rtol=0.25)


def test_the_spiral_turns_one_and_three_quarters_and_its_arms_are_opposite():
    x, t = points("spiral")
    radius = np.linalg.norm(x, axis=1)
    turned = np.arctan2(x[:, 0], x[:, 1]) - 3.5 * np.pi * radius / 5  # 0 on one arm, π the other
    np.testing.assert_allclose(np.cos(turned), 1 - 2 * t, atol=1e-9)
    assert 0.2 <= radius.min() < radius.max() <= 5


def test_the_checkerboard_changes_at_every_edge():
    x, t = points("checkerboard")
    edges = (x[:, :, None] > [-2.5, 0, 2.5]).sum(axis=(1, 2))  # crossed from the corner (−5, −5)
    np.testing.assert_array_equal(t, edges % 2)


def test_the_slope_rises_from_minus_one_to_one():
    x, t = points("slope")
    np.testing.assert_allclose(t, (x[:, 0] + x[:, 1]) / 10, atol=1e-15)
    data = plane_data("slope", 10, 0.0, 0.5, 0)
    assert (data.low, data.high, data.classes) == (-1, 1, 0)


def test_hills_fall_off_evenly_and_hollows_lie_between_them():
    x, t = points("hills")
    centres = {(-4, 2.5): 1, (0, 2.5): -1, (4, 2.5): 1, (-4, -2.5): -1, (0, -2.5): 1, (4, -2.5): -1}
    expected = [
        sum(sign * max(0, 1 - np.hypot(a - x1, b - x2) / 2) for (x1, x2), sign in centres.items())
        for a, b in x
    ]
    np.testing.assert_allclose(t, expected, atol=1e-12)
    data = plane_data("hills", 10, 0.0, 0.5, 0)
    assert (data.low, data.high, data.classes) == (-1, 1, 0)


@pytest.mark.parametrize("name", NUMBERS)
def test_noise_of_a_number_stays_within_its_bounds_and_leaves_the_points(name):
    (x, t), (same, scattered) = points(name), points(name, noise=0.5)
    np.testing.assert_array_equal(x, same)
    assert (scattered != t).mean() > 0.9
    assert abs(scattered).max() <= 1


@pytest.mark.parametrize(
    ("argument", "wrong"),
    [
        ("name", {"name": "nope"}),
        ("points", {"points": 0}),
        ("noise", {"noise": -0.1}),
        ("noise", {"noise": 1.1}),
        ("noise", {"noise": np.nan}),
        ("train_share", {"train_share": -0.1}),
        ("train_share", {"train_share": 2}),
    ],
)
def test_what_cannot_be_is_refused_by_name(argument, wrong):
    given = {"name": "xor", "points": 10, "noise": 0.0, "train_share": 0.5, "seed": 0} | wrong
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*, got "):
        plane_data(**given)


def test_every_name_that_is_offered_is_known():
    assert set(PLANE_DATA) == {"four points", *CLASSES, *NUMBERS}
    for name in PLANE_DATA:
        assert plane_data(name, 10, 0.1, 0.5, 0).name == name


def test_features_are_what_their_names_say():
    x = np.random.default_rng(0).uniform(-6, 6, (20, 2))
    x1, x2 = x.T
    expected = {
        "x₁": x1,
        "x₂": x2,
        "x₁²": x1 * x1,
        "x₂²": x2 * x2,
        "x₁x₂": x1 * x2,
        "sin x₁": np.sin(x1),
        "sin x₂": np.sin(x2),
    }
    assert list(FEATURES) == list(expected)
    found = features(x, tuple(FEATURES))
    np.testing.assert_allclose(found, np.stack(list(expected.values()), axis=1), rtol=1e-15)
    np.testing.assert_array_equal(features(x, ("x₂", "x₁")), x[:, ::-1])
