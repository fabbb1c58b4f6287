"""Where a run puts images, at all its moments: on the same axes, found once, bounded."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.decomposition import PCA

import runs.space
from runs.answers import Unseen, steps_of, unseen_by
from runs.run import Run
from runs.snapshots import restored
from runs.space import FULL, IMAGES, beside, evenly, space_of
from tests.saved_runs import SMALL, small_digits, trained


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def answers(theta, x):
    W, b = theta[:320].reshape(64, 5), theta[320:325]
    return sigmoid(x.astype(float) @ W + b)


@pytest.fixture
def run():
    return Run(trained(18), "an-id")


def test_all_moments_lie_on_the_axes_of_the_latest(run):
    saved, unseen = run.saved(), unseen_by(run, small_digits())
    space = space_of(run, unseen, 1)
    assert space.steps == steps_of(run)
    assert space.epochs == [step / 9 for step in space.steps]
    theirs = PCA(2, svd_solver="full").fit(answers(saved.theta, unseen.x))
    thetas = [restored(m, saved.sizes) for m in saved.snapshots if m.step < 18] + [saved.theta]
    places = np.array([theirs.transform(answers(theta, unseen.x)) for theta in thetas])
    expected = places / np.abs(places).max() * FULL
    assert np.abs(space.places - expected).max() < 5  # of 32,000: float32 and rounding
    np.testing.assert_allclose(space.shares, theirs.explained_variance_ratio_, rtol=1e-4)
    first = answers(thetas[0], unseen.x)
    seen = places[0].var(axis=0).sum() / first.var(axis=0).sum()
    assert space.seen[0] == pytest.approx(seen, rel=1e-3)
    assert space.seen[-1] == pytest.approx(space.shares.sum())
    assert space.places.dtype == np.int16


def test_a_drawing_lies_where_the_image_that_it_is_would(run):
    unseen = unseen_by(run, small_digits())
    for k in (0, 7):
        drawn = space_of(run, unseen._replace(drawn=unseen.x[k]), 1)
        assert np.abs(drawn.drawn - drawn.places[:, k]).max() <= 1  # rounding
    assert space_of(run, unseen, 1).drawn is None
    other = space_of(run, unseen._replace(drawn=np.zeros(64, np.float32)), 1)
    saved = run.saved()
    theta = [restored(m, saved.sizes) for m in saved.snapshots if m.step < 18] + [saved.theta]
    theirs = PCA(2, svd_solver="full").fit(answers(saved.theta, unseen.x))
    there = [theirs.transform(answers(one, np.zeros((1, 64))))[0] for one in theta]
    all_of_them = [theirs.transform(answers(one, unseen.x)) for one in theta]
    expected = np.array(there) / np.abs(all_of_them).max() * FULL
    assert np.abs(other.drawn - expected).max() < 20


def test_it_is_found_once_for_all_who_look(run, monkeypatch):
    made, directions = [], runs.space.two_directions
    monkeypatch.setattr(runs.space, "two_directions", lambda a: made.append(a) or directions(a))
    unseen = unseen_by(run, small_digits())._replace(name="looked at once")
    twice = [space_of(who, unseen, 1) for who in (run, Run(trained(18), "another"))]
    assert twice[0] is twice[1]
    assert len(made) == 1
    assert beside(twice[0], 0) is beside(twice[1], 0)


def test_only_the_first_images_are_taken_and_a_large_network_has_fewer_moments(run, monkeypatch):
    many = np.random.default_rng(0).random((IMAGES + 50, 64), np.float32)
    unseen = Unseen(many, np.zeros(len(many), int), "many")
    assert space_of(run, unseen, 1).places.shape[1] == IMAGES
    monkeypatch.setattr(runs.space, "WORK", 0)
    few = space_of(run, unseen._replace(name="few"), 1)
    assert few.steps == [0, *few.steps[1:-1], 18]
    assert len(few.steps) == 3


def test_evenly_keeps_the_ends():
    assert evenly([1, 2], 3) == [1, 2]
    assert evenly(list(range(9)), 3) == [0, 4, 8]


def test_each_layer_has_a_space_of_its_own():
    deep = Run(trained(18, replace(SMALL, layers=2)), "deep")
    unseen = unseen_by(deep, small_digits())
    one, two = (space_of(deep, unseen, layer) for layer in (1, 2))
    assert (one.places != two.places).any()


def test_numbers_that_are_not_finite_are_lost():
    saved = trained(18)
    saved.state["theta"] = np.full_like(saved.theta, np.nan)
    lost = space_of(Run(saved, "lost"), unseen_by(Run(saved), small_digits()), 1)
    assert lost.lost
    drawn = unseen_by(Run(saved), small_digits())._replace(drawn=np.ones(64, np.float32))
    assert space_of(Run(saved, "lost"), drawn, 1).drawn is None
