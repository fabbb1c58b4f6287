"""The recording in the repository, held to the notebook's own figures and to MNIST."""

import numpy as np
import pytest

from datasets.digits import Kind, Subject, bundled_digits
from nn_core import SoftmaxCrossEntropy, accuracy
from recipes.mnist import MnistSettings, mnist_net
from runs import recording as recordings
from runs.recording import Recording, recorded_run, recording
from runs.registry import Registry
from runs.run import State
from runs.snapshots import restored
from runs.store import Store
from runs.workers import Workers


@pytest.fixture(scope="module")
def saved():
    return recording()


def at(saved, name, step):
    """A row's number at the row nearest to a step of the notebook."""
    steps = saved.state["history_step"]
    return saved.state[f"history_{name}"][abs(steps - step).argmin()]


def test_it_is_small_and_it_is_the_study_notes_run_to_the_end(saved):
    assert Recording.STUDY_NOTES.file.stat().st_size <= 2_000_000
    assert saved.settings == MnistSettings()
    assert (saved.digits, saved.steps_per_epoch) == (Subject.of(Kind.MNIST), 600)
    assert saved.sizes == [784, 50, 10]
    assert (saved.theta.shape, saved.theta.dtype) == ((39_760,), np.float32)
    assert saved.state["step_count"] == 83 * 600
    assert saved.state["history_step"].tolist() == list(range(0, 49_801, 600))
    assert len(saved.state["batch_loss"]) == 49_800


@pytest.mark.parametrize(
    ("step", "printed", "within"),
    [
        *((0, 0.1032, 0.03), (600, 0.7966, 0.05), (1200, 0.8808, 0.02), (2400, 0.9109, 0.01)),
        *((6000, 0.9324, 0.006), (11_400, 0.9490, 0.005), (19_200, 0.9600, 0.004)),
        (50_000, 0.9721, 0.004),
    ],
)
def test_the_test_digits_are_read_as_well_as_the_notebook_prints(saved, step, printed, within):
    assert at(saved, "val_accuracy", step) == pytest.approx(printed, abs=within)


def test_so_are_the_training_digits_and_the_loss_falls_from_ten_equal_answers(saved):
    assert at(saved, "accuracy", 50_000) == pytest.approx(0.9833, abs=0.004)
    loss = saved.state["history_loss"]
    assert loss[0] == pytest.approx(np.log(10), abs=0.01)
    assert loss[-1] < 0.1
    assert saved.state["batch_loss"][:600].mean() > saved.state["batch_loss"][-600:].mean()


def test_about_twenty_moments_from_noise_to_the_end(saved):
    steps = np.array([moment.step for moment in saved.snapshots])
    assert (steps[0], steps[-1]) == (0, 49_800)
    assert 15 <= len(steps) <= 25
    ratios = steps[2:] / steps[1:-1]
    assert ratios.max() <= 1.5 * np.median(ratios)  # evenly on a logarithmic line
    start = restored(saved.snapshots[0], saved.sizes)[: 784 * 50]
    assert start.std() == pytest.approx(0.01, rel=0.02)
    half_steps = np.repeat(saved.snapshots[-1].scales / 254, [39_250, 510])
    off = abs(restored(saved.snapshots[-1], saved.sizes) - saved.theta)
    assert (off <= 1.001 * half_steps).all()


def test_its_weights_read_the_digits_that_travel_with_it(saved):
    assert saved.samples.images.shape == (len(saved.samples.labels), 784)
    net = mnist_net(saved.settings, 784)
    net.theta = saved.theta
    x = saved.samples.images / np.float32(255)
    assert accuracy(SoftmaxCrossEntropy().classes(net.predict(x)), saved.samples.labels) > 0.94


def test_its_weights_read_as_many_of_mnists_test_digits_as_its_last_row_says(saved, mnist):
    net = mnist_net(saved.settings, 784)
    net.theta = saved.theta
    read = SoftmaxCrossEntropy().classes(net.predict(mnist.x_test))
    assert (read == mnist.t_test).mean() == pytest.approx(at(saved, "val_accuracy", 50_000))
    read = SoftmaxCrossEntropy().classes(net.predict(mnist.x_train))
    assert (read == mnist.t_train).mean() == pytest.approx(at(saved, "accuracy", 50_000))
    np.testing.assert_array_equal(
        saved.samples.images, np.rint(mnist.x_test[: len(saved.samples.images)] * 255)
    )
    np.testing.assert_array_equal(saved.samples.labels, mnist.t_test[: len(saved.samples.labels)])


def test_the_command_that_makes_it_again_begins_the_same_way(saved, mnist, monkeypatch):
    short = MnistSettings(epochs=1)
    monkeypatch.setattr(Recording.STUDY_NOTES, "settings", short)
    again = recordings.record(Recording.STUDY_NOTES, mnist)
    # Another machine's matrix library may sum in another order.
    np.testing.assert_allclose(
        again.state["batch_loss"][:100], saved.state["batch_loss"][:100], rtol=1e-3
    )
    assert again.state["history_val_accuracy"][0] == saved.state["history_val_accuracy"][0]


def test_without_mnist_the_command_says_what_it_needs(monkeypatch):
    monkeypatch.setattr(recordings, "find_digits", lambda: bundled_digits("It is not here."))
    with pytest.raises(SystemExit, match=r"need MNIST\. It is not here\."):
        recordings.main()


# The second one


@pytest.fixture(scope="module")
def crooked():
    return recording(Recording.CROOKED)


def test_the_second_is_small_has_as_many_moments_and_has_seen_crooked_copies(saved, crooked):
    assert Recording.CROOKED.file.stat().st_size <= 3_500_000
    assert crooked.settings.crooked
    assert (crooked.settings.hidden, crooked.settings.activation) == (200, "relu")
    assert crooked.state["step_count"] == crooked.settings.epochs * crooked.steps_per_epoch
    assert len(crooked.snapshots) == len(saved.snapshots)
    assert crooked.snapshots[-1].step == crooked.state["step_count"]


def test_settings_name_the_recording_that_they_make():
    assert Recording.of(MnistSettings()) is Recording.STUDY_NOTES
    assert Recording.of(Recording.CROOKED.settings) is Recording.CROOKED
    assert Recording.of(MnistSettings(lr=1.0)) is Recording.STUDY_NOTES
    assert recorded_run(Recording.CROOKED).look().step == 20 * 600


def test_the_second_reads_as_many_test_digits_as_its_last_row_says(crooked, mnist):
    net = mnist_net(crooked.settings, 784)
    net.theta = crooked.theta
    right = (net.predict(mnist.x_test).argmax(axis=1) == mnist.t_test).mean()
    assert right == pytest.approx(crooked.state["history_val_accuracy"][-1])
    assert right > 0.98


def test_the_second_can_be_brought_back_as_a_run(crooked, mnist, tmp_path):
    """It is saved without what only a next step would need, and there is none."""
    run = Registry(Workers(0), Store(tmp_path)).opened(crooked, mnist)
    assert run.state is State.FINISHED
    assert run.look().theta.tobytes() == crooked.theta.tobytes()
