"""Gradients of a run at its moments, on the same images, found once for all who look."""

from dataclasses import replace

import numpy as np
import pytest

import runs.gradients
from nn_core import SoftmaxCrossEntropy, numerical_gradient
from recipes.through import exactly
from runs.answers import moment_of, net_at, steps_of, unseen_by
from runs.gradients import batch_at, batches, lengths_of, stuck_at
from runs.kept import Kept
from runs.run import Run, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import SMALL, small_digits, trained


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    for kept in ("_lengths", "_length", "_stuck"):
        monkeypatch.setattr(runs.gradients, kept, Kept(1_000_000))


def test_lengths_at_every_moment_are_those_of_finite_differences():
    run = Run(trained(18, replace(SMALL, hidden=2)), "an-id")
    unseen = unseen_by(run, small_digits())
    found, steps = lengths_of(run, unseen), steps_of(run)
    assert found.shape == (len(steps), 2)
    for k in (0, len(steps) - 1):
        net = exactly(net_at(run, moment_of(run, steps[k])))
        x = unseen.x.astype(float)
        grad = numerical_gradient(net, SoftmaxCrossEntropy(), x, unseen.t)
        first = 64 * 2 + 2
        expected = np.linalg.norm(grad[:first]), np.linalg.norm(grad[first:])
        np.testing.assert_allclose(found[k], expected, rtol=1e-4)


def test_they_are_found_once_and_of_a_run_that_trained_on_only_what_is_new(monkeypatch):
    saved, made = trained(18), []
    unseen = unseen_by(Run(saved, "an-id"), small_digits())
    real = runs.gradients.gradient_on
    monkeypatch.setattr(
        runs.gradients, "gradient_on", lambda *given: made.append(1) or real(*given)
    )
    for _ in range(2):
        found = lengths_of(Run(saved, "an-id"), unseen)
    assert len(made) == len(found)
    made.clear()
    lengths_of(Run(trained(27), "an-id"), unseen)
    assert 0 < len(made) < len(found)


def test_batches_are_the_runs_own_or_of_test_images(tmp_path):
    digits = small_digits()
    live = TrainingRun(SMALL, digits, Workers(1), Store(tmp_path))
    live.trainer.run(steps=3)
    moment, unseen = moment_of(live, -1)._replace(step=3), unseen_by(live, digits)
    own = batch_at(live, moment, unseen, 0)
    chosen = live.trainer.order(0)[30:40]
    np.testing.assert_array_equal(own.x, digits.x_train[chosen])
    np.testing.assert_array_equal(own.t, digits.t_train[chosen])
    assert own.first == 0
    few = replace(SMALL, batch=20)
    run = Run(trained(5, few), "an-id")
    other = batch_at(run, moment_of(run, -1), unseen, 1)
    assert (other.first, len(other.t), batches(run, unseen)) == (1, 10, 1)
    np.testing.assert_array_equal(other.x, unseen.x)
    assert batch_at(run, moment_of(run, -1), unseen, 0).first == 1  # its training images are gone


def test_stuck_units_are_counted_over_all_test_images():
    saved = trained(5, replace(SMALL, activation="relu"))
    saved.state["theta"][: 64 * 5] = -1  # ink only takes away
    saved.state["theta"][64 * 5 : 64 * 5 + 5] = [0, 0, 100, 0, 100]
    run = Run(saved, "an-id")
    (stuck,) = stuck_at(run, moment_of(run, -1), unseen_by(run, small_digits()))
    assert (stuck.many, stuck.of) == (3, 5)
