"""Which network reads the paper, and what of it the browser may ask for."""

import base64

import numpy as np
import pytest

from runs.recording import Recording, recorded_run
from runs.run import Run, State, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import SMALL, small_digits, trained
from views.mnist.training.networks import asked_for
from views.mnist.training.paper import readers


@pytest.fixture
def run(tmp_path):
    return TrainingRun(SMALL, small_digits(), Workers(0), Store(tmp_path))


def as_it_trains(run):
    """What a look at it says while it trains."""
    return run.look()._replace(state=State.RUNNING)


def test_while_it_trains_its_latest_whole_epoch_reads_and_is_sent_once(run):
    run.one_batch()
    (reader,) = readers(run, as_it_trains(run))
    assert (reader.key, reader.name) == ("", "")  # no epoch is over: the server alone answers
    for _ in range(8):
        run.one_batch()
    whole = run.saved().theta.copy()
    (reader,) = readers(run, as_it_trains(run))
    assert reader.name == "After 1 epoch"
    np.testing.assert_array_equal(reader.net.theta, whole)
    key = reader.key
    run.trainer.step()  # on its way, and not written down yet
    (reader,) = readers(run, as_it_trains(run))
    assert reader.key == key
    np.testing.assert_array_equal(reader.net.theta, whole)


def test_what_is_asked_for_are_the_very_weights_and_nothing_else_is_sent():
    run = Run(trained(18), "an-id")
    progress = run.look()
    who = readers(run, progress)
    assert asked_for([], who, progress.snapshots) == []
    assert asked_for(["", "other", who[0].key + "@5000"], who, progress.snapshots) == []
    (message,) = asked_for([who[0].key], who, progress.snapshots)
    theta = np.frombuffer(base64.b64decode(message["theta"]), np.float32)
    np.testing.assert_array_equal(theta, progress.theta)
    assert (message["sizes"], message["activation"]) == ([64, 5, 10], "sigmoid")


def test_of_both_recordings_only_the_one_on_the_wall_has_earlier_moments():
    run = recorded_run(Recording.STUDY_NOTES)
    progress = run.look()
    crooked, notes = readers(run, progress)
    step = progress.snapshots[3].step
    keys = [f"{crooked.key}@{step}", f"{notes.key}@{step}"]
    (message,) = asked_for(keys, [crooked, notes], progress.snapshots)
    assert message["key"] == keys[1]
    np.testing.assert_array_equal(
        np.frombuffer(base64.b64decode(message["theta"]), np.int8), progress.snapshots[3].bytes
    )


def test_what_says_how_far_to_believe_a_network_goes_with_it_and_is_no_other_than_here():
    run = recorded_run(Recording.CROOKED)
    progress = run.look()
    who = readers(run, progress)
    crooked, notes = asked_for([one.key for one in who], who, progress.snapshots)
    assert notes["trust"] is None
    sent, trust = crooked["trust"], who[0].trust
    for name in ("means", "ways"):
        there = np.frombuffer(base64.b64decode(sent[name]), np.float16).astype(np.float32)
        np.testing.assert_array_equal(there, getattr(trust, name).ravel())
    assert (sent["tooStrange"], sent["sureFrom"]) == (trust.too_strange, trust.sure_from)
    (earlier,) = asked_for([f"{who[0].key}@0"], who, progress.snapshots)
    assert earlier["trust"] is None


def test_a_network_whose_numbers_are_lost_is_not_sent():
    saved = trained(18)
    saved.state["theta"] = np.full_like(saved.theta, np.inf)
    (reader,) = readers(Run(saved, "lost"))
    assert reader.key == ""
