"""What a network answers to all test images: at which moment, to which images, found how often."""

import numpy as np
import pytest

import runs.answers
from datasets.digits import Kind
from recipes.mnist import mnist_net
from runs.answers import answers_of, moment_of, net_at, steps_of, unseen_by
from runs.kept import Kept
from runs.recording import recorded_run
from runs.run import Run, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import SMALL, small_digits, trained


@pytest.fixture
def run():
    return Run(trained(18), "an-id")


def test_the_answers_are_those_of_the_network_computed_anew(run):
    unseen = unseen_by(run, small_digits())
    found = answers_of(run, moment_of(run, -1), unseen)
    theta = run.saved().theta.astype(float)
    W, b = theta[:320].reshape(64, 5), theta[320:325]
    V, c = theta[325:375].reshape(5, 10), theta[375:]
    scores = (1 / (1 + np.exp(-(unseen.x @ W + b)))) @ V + c
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    np.testing.assert_array_equal(found.said, scores.argmax(axis=1))
    np.testing.assert_allclose(found.sure, p.max(axis=1), rtol=1e-4)
    np.testing.assert_allclose(found.true, p[np.arange(len(p)), unseen.t], rtol=1e-4)
    assert not found.lost


def test_bytes_are_answered_as_the_numbers_that_they_stand_for(run):
    digits = small_digits()
    as_bytes = (digits.x_test * 255).round().astype(np.uint8)
    one = unseen_by(run, digits._replace(x_test=as_bytes))
    other = unseen_by(run, digits._replace(x_test=as_bytes / np.float32(255)))
    assert one.name != other.name
    both = [answers_of(run, moment_of(run, -1), unseen) for unseen in (one, other)]
    np.testing.assert_array_equal(both[0].said, both[1].said)


def test_answers_are_found_once_for_all_who_ask(run, monkeypatch):
    made, answers = [], runs.answers.answers
    monkeypatch.setattr(runs.answers, "_kept", Kept(100_000))
    monkeypatch.setattr(runs.answers, "answers", lambda *of: made.append(of) or answers(*of))
    digits = small_digits()
    for who in (run, Run(trained(18), "another-id"), run):
        answers_of(who, moment_of(who, -1), unseen_by(who, digits))
    assert len(made) == 1
    answers_of(run, moment_of(run, 1), unseen_by(run, digits))
    assert len(made) == 2


def test_a_moment_is_the_nearest_there_is_and_only_the_latest_exact(run):
    *before, latest = steps_of(run)
    assert latest == 18
    assert before == [moment.step for moment in run.saved().snapshots if moment.step < 18]
    now = moment_of(run, -1)
    assert (now.step, now.epoch, now.exact) == (18, 2.0, True)
    np.testing.assert_array_equal(now.theta, run.saved().theta)
    assert moment_of(run, 1_000_000).step == 18
    then = moment_of(run, before[1])
    assert (then.step, then.exact) == (before[1], False)
    trainer = mnist_net(SMALL, 64)
    trainer.theta = then.theta
    np.testing.assert_array_equal(net_at(run, then).theta, trainer.theta)


def test_a_run_in_training_is_looked_at_on_its_own_test_images_others_on_those_here(tmp_path):
    own, here = small_digits(50), small_digits(60)
    training = TrainingRun(SMALL, own, Workers(0), Store(tmp_path))
    np.testing.assert_array_equal(unseen_by(training, here).x, own.x_test)
    np.testing.assert_array_equal(unseen_by(Run(trained(1)), here).x, here.x_test)


def test_without_images_of_its_own_a_network_is_tried_on_what_is_like_them():
    elsewhere = small_digits()._replace(classes=("a", "b"), kind=Kind.BROUGHT)
    recorded = unseen_by(recorded_run(), elsewhere)
    assert recorded.few
    assert recorded.x.shape == (200, 784)
    assert len(unseen_by(Run(trained(1)), elsewhere).t) == 360  # scikit-learn's own
    others = trained(1)._replace(digits=elsewhere.subject)
    assert len(unseen_by(Run(others), small_digits()).t) == 0


def test_a_network_whose_numbers_are_lost_says_so(run):
    saved = trained(18)
    saved.state["theta"] = np.full_like(saved.theta, np.nan)
    lost = Run(saved, "lost")
    assert answers_of(lost, moment_of(lost, -1), unseen_by(lost, small_digits())).lost
    # Another network of the same form is not.
    assert not answers_of(run, moment_of(run, -1), unseen_by(run, small_digits())).lost
