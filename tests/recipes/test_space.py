"""Two directions of hidden answers: held to scikit-learn's PCA and NumPy's SVD; and neighbours."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors

from nn_core import mlp
from recipes.hidden import hidden_answers
from recipes.space import most_mixed, nearest, placed, two_directions


@pytest.fixture
def answers():
    rng = np.random.default_rng(3)
    return (rng.normal(size=(300, 7)) @ rng.normal(size=(7, 7)) + 5).astype(np.float32)


def test_the_two_directions_are_scikit_learns_and_those_of_the_svd(answers):
    found = two_directions(answers)
    exact = answers.astype(np.float64)
    theirs = PCA(2, svd_solver="full").fit(exact)
    np.testing.assert_allclose(found.ways, theirs.components_, atol=1e-6)
    np.testing.assert_allclose(found.shares, theirs.explained_variance_ratio_, rtol=1e-6)
    places, seen = placed(exact, found)
    np.testing.assert_allclose(places, theirs.transform(exact), atol=1e-5)
    assert seen == pytest.approx(theirs.explained_variance_ratio_.sum(), rel=1e-6)

    _, sizes, ways = np.linalg.svd(exact - exact.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(found.shares, (sizes**2 / (sizes**2).sum())[:2], rtol=1e-6)
    np.testing.assert_allclose(np.abs(found.ways), np.abs(ways[:2]), atol=1e-6)


def test_a_direction_points_the_same_way_whichever_way_the_answers_are_turned(answers):
    one, other = (two_directions(sign * answers) for sign in (1, -1))
    np.testing.assert_allclose(one.ways, other.ways, atol=1e-7)
    assert all(way[np.abs(way).argmax()] > 0 for way in one.ways)


def test_one_unit_has_one_direction_and_answers_that_are_all_the_same_have_no_spread():
    alone = two_directions(np.arange(5.0)[:, None])
    np.testing.assert_array_equal(alone.ways, [[1], [0]])
    np.testing.assert_array_equal(alone.shares, [1, 0])
    same = np.full((4, 3), 0.5)
    none = two_directions(same)
    np.testing.assert_array_equal(none.shares, [0, 0])
    places, seen = placed(same, none)
    assert not places.any()
    assert seen == 0


def test_hidden_answers_are_those_of_the_trace_and_dropout_does_nothing():
    net = mlp([4, 6, 5, 3], "tanh", seed=1, dropout=0.5)
    x = np.random.default_rng(0).normal(size=(9, 4))
    W, b, V, c = (getattr(net.dense[k], name) for k in (0, 1) for name in "Wb")
    first = np.tanh(x @ W + b)
    np.testing.assert_allclose(hidden_answers(net, x, 0), first)
    np.testing.assert_allclose(hidden_answers(net, x, 1), np.tanh(first @ V + c))


def test_the_nearest_is_scikit_learns():
    places = np.random.default_rng(1).normal(size=(700, 2))
    theirs = NearestNeighbors(n_neighbors=2).fit(places).kneighbors(places)[1][:, 1]
    np.testing.assert_array_equal(nearest(places), theirs)
    np.testing.assert_array_equal(nearest(np.array([[0, 0], [5, 0], [1, 0.0]])), [2, 2, 0])


def test_the_two_most_mixed_classes_are_counted_by_share_and_equals_are_all_named():
    t = np.array([0, 0, 0, 0, 1, 1, 2, 2])
    beside = np.array([1, 0, 4, 2, 2, 6, 5, 6])
    # 0 and 1: images 2 and 4, of six. 1 and 2: images 5 and 6, of four.
    assert most_mixed(t, beside, 3) == [(1, 2, 2)]
    assert most_mixed(t, np.array([1, 0, 3, 2, 5, 4, 7, 6]), 3) == []
    both = np.array([0, 0, 1, 1, 2, 2])
    assert most_mixed(both, np.array([2, 1, 0, 4, 3, 4]), 4) == [(0, 1, 2), (1, 2, 2)]
