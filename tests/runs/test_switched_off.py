"""What a run's network reads with units off: the same as by hand, found once, within bounds."""

import numpy as np
import pytest

import runs.switched_off
from nn_core import SoftmaxCrossEntropy
from recipes.switched_off import without
from runs.answers import answers_of, moment_of, net_at, unseen_by
from runs.kept import Kept
from runs.run import Run
from runs.switched_off import read_without, tried
from tests.saved_runs import small_digits, trained


@pytest.fixture
def run(monkeypatch):
    for kept in ("_firsts", "_tried", "_said"):
        monkeypatch.setattr(runs.switched_off, kept, Kept(1_000_000))
    return Run(trained(18), "an-id")


def test_with_all_units_on_it_reads_what_the_other_views_say(run):
    unseen, moment = unseen_by(run, small_digits()), moment_of(run, -1)
    which, said = read_without(run, moment, unseen, ())
    np.testing.assert_array_equal(which, np.arange(10))
    np.testing.assert_array_equal(said, answers_of(run, moment, unseen).said)
    off = ((0, 1), (0, 3))
    scores = without(net_at(run, moment), off).predict(unseen.x)
    expected = SoftmaxCrossEntropy().classes(scores)
    np.testing.assert_array_equal(read_without(run, moment, unseen, off)[1], expected)
    found = tried(run, moment, unseen, 0).needed
    assert found.right == (said == unseen.t).sum()
    assert found.together[-1] == (net_at(run, moment).dense[1].b.argmax() == unseen.t).sum()


def test_what_the_hidden_layer_answers_is_found_once_for_a_moment(run, monkeypatch):
    unseen, asked, passes = unseen_by(run, small_digits()), moment_of(run, -1), []
    real = runs.switched_off.hidden_answers
    monkeypatch.setattr(
        runs.switched_off, "hidden_answers", lambda *given: passes.append(1) or real(*given)
    )
    for off in ((), ((0, 1),), ((0, 2),), ((0, 1),)):
        read_without(run, asked, unseen, off)
        tried(run, asked, unseen, 0)
    assert len(passes) == 1
    read_without(run, moment_of(run, 2), unseen, ())
    assert len(passes) == 2


def test_of_many_images_as_many_are_read_as_there_is_room_for_evenly(run, monkeypatch):
    monkeypatch.setattr(runs.switched_off, "MOST", 4 * 5 * 4)  # four images, five units
    unseen = unseen_by(run, small_digits())
    which, said = read_without(run, moment_of(run, -1), unseen, ())
    assert which.tolist() == [0, 3, 6, 9]
    every = answers_of(run, moment_of(run, -1), unseen).said
    np.testing.assert_array_equal(said, every[which])
    monkeypatch.setattr(runs.switched_off, "FEWEST", 2)
    monkeypatch.setattr(runs.switched_off, "WORK", 1)
    assert tried(run, moment_of(run, -1), unseen, 0).which.tolist() == [0, 9]
