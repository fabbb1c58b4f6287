"""A run is continued with other settings from where it is: as a training by hand would be."""

import io
from dataclasses import replace

import numpy as np
import pytest

from datasets.digits import Kind
from nn_core import SoftmaxCrossEntropy, Trainer, mlp, optimizer
from runs.began import Began, from_text
from runs.brought import Brought
from runs.continued import cannot_continue
from runs.recording import Recording, recorded_run
from runs.registry import Registry
from runs.run import Run, State, progress_of
from runs.saved import read_run
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import SMALL, arrays_in, as_bytes, npz, refused, small_digits, trained
from ui.mnist.keep import as_file

DIGITS = small_digits()
OTHERWISE = replace(SMALL, lr=0.01, batch=20, optimizer="adam", epochs=2, dropout=0.5, init="zeros")


@pytest.fixture
def registry(tmp_path):
    return Registry(Workers(1), Store(tmp_path / "runs"), brought=Brought(tmp_path / "data"))


@pytest.fixture
def parent(registry):
    return registry.opened(trained(18), DIGITS)


def test_it_begins_with_the_network_as_it_stands_and_trains_as_the_settings_say(registry, parent):
    child = registry.continued(parent, OTHERWISE, DIGITS)
    theta = trained(18).theta
    net = mlp([64, 5, 10], "sigmoid", "zeros", 0, np.float32, 0.5)
    net.theta = theta
    adam, x, t = optimizer("adam", 0.01), DIGITS.x_train, DIGITS.t_train
    by_hand = Trainer(net, SoftmaxCrossEntropy(), adam, x, t, 20, replace=True)
    np.testing.assert_array_equal(child.look().theta, theta)
    assert child.look().history["val_accuracy"] == parent.look().history["val_accuracy"][-1:]
    for _ in range(3):
        child.one_batch()
    by_hand.run(steps=3)
    np.testing.assert_array_equal(child.look().theta, by_hand.net.theta)
    np.testing.assert_array_equal(parent.look().theta, theta)


def test_it_names_its_parent_wherever_it_is_read_again(registry, parent):
    child = registry.continued(parent, OTHERWISE, DIGITS)
    child.one_batch()
    began = Began(parent.id, 18, 2.0)
    assert child.began == began
    assert child.settings == replace(OTHERWISE, init=SMALL.init)
    again = Registry(Workers(1), registry.store, brought=registry.brought)
    found = again.find(child.id, DIGITS)
    assert (found.began, found.look().step) == (began, 1)
    grandchild = again.continued(found, OTHERWISE, DIGITS)
    assert grandchild.began == Began(child.id, 1, pytest.approx(1 / 5))


def test_a_file_that_leaves_says_how_far_its_parent_was_and_not_how_to_find_it(registry, parent):
    child = registry.continued(parent, OTHERWISE, DIGITS)
    taken = read_run(io.BytesIO(as_file(child.saved())))
    assert taken.began == Began("", 18, 2.0)
    assert parent.id.encode() not in as_file(child.saved())


def test_older_files_began_with_chance(parent):
    assert "began" not in arrays_in(as_bytes(trained(18)))
    assert read_run(io.BytesIO(as_bytes(trained(18)))).began is None
    assert parent.began is None


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "3", '{"run": 3}', '{"run": "../../etc/passwd"}', '{"steps": -1}', '{"more": 1}',
     '{"steps": true}', '{"epochs": NaN}', '{"epochs": 3.0}', '{"file": "a\\u0000"}',
     '{"file": "' + "a" * 61 + '"}', '{"recording": "../x"}', '{"recording": 3}'],
)  # fmt: skip
def test_a_file_that_lies_about_it_is_one_sentence(text):
    assert "what its run began with" in refused(from_text, text)
    content = npz(arrays_in(as_bytes(trained(18))) | {"began": np.array(text)})
    assert "what its run began with" in refused(read_run, io.BytesIO(content))


@pytest.mark.parametrize("changes", [{"hidden": 6}, {"layers": 2}, {"activation": "relu"}])
def test_what_makes_another_network_is_refused_with_what_it_is(registry, parent, changes):
    with pytest.raises(ValueError, match="only as the network that it is, 1 layer of 5 sigmoid"):
        registry.continued(parent, replace(SMALL, **changes), DIGITS)


def test_on_images_of_another_size_or_of_other_classes_it_is_refused(parent):
    other = small_digits(side=28).subject
    assert "takes 8×8 pixels and tells 10 classes apart" in cannot_continue(parent, SMALL, other)
    fewer = DIGITS.subject._replace(kind=Kind.BROUGHT, classes=("a", "b"))
    assert "tells 10 classes apart" in cannot_continue(parent, SMALL, fewer)
    assert cannot_continue(parent, OTHERWISE, DIGITS.subject) == ""


def test_layers_that_differ_are_named_one_by_one(registry):
    layered = registry.opened(trained(3, replace(SMALL, widths="6, 4")), DIGITS)
    child = registry.continued(layered, replace(SMALL, widths="6,4", lr=0.3), DIGITS)
    assert child.trainer.net.sizes == [64, 6, 4, 10]
    np.testing.assert_array_equal(child.look().theta, layered.look().theta)
    for other in (SMALL, replace(SMALL, widths="4, 6")):
        why = cannot_continue(layered, other, DIGITS.subject)
        assert "that it is, layers of 6 and 4 sigmoid units, with these *layer by layer*" in why


def test_a_recording_is_continued_and_named_as_the_parent_wherever_it_is_read_again(registry):
    mnist = small_digits(side=28)
    recorded = recorded_run(Recording.CROOKED)
    settings = replace(Recording.CROOKED.settings, lr=0.01, epochs=2, crooked=False, images=100)
    child = registry.continued(recorded, settings, mnist)
    last = recorded.look()
    assert child.began == Began("", last.step, last.epoch, recording="crooked")
    np.testing.assert_array_equal(child.look().theta, last.theta)
    child.one_batch()
    again = Registry(Workers(1), registry.store, brought=registry.brought).find(child.id, mnist)
    assert (again.began, again.look().step) == (child.began, 1)
    assert read_run(io.BytesIO(as_file(child.saved()))).began == child.began
    assert "takes 28×28 pixels" in cannot_continue(recorded, settings, DIGITS.subject)


def test_where_its_numbers_are_lost_there_is_nothing_to_go_on_from():
    lost = Run(trained(18), "an-id")
    lost._progress = progress_of(trained(18))._replace(state=State.DIVERGED)
    assert "its numbers are lost" in cannot_continue(lost, SMALL, DIGITS.subject)
