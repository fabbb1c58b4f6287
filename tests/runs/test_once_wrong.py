"""What was once wrong with runs, their files, their pictures and their words."""

import io
import json
import struct
import threading
import time
import zipfile
from dataclasses import asdict, replace

import numpy as np
import pytest

from datasets.digits import Kind, Subject, bundled_digits
from datasets.drawn import MIDDLE, as_digit
from datasets.idx import DataError
from datasets.npz import read_npz
from datasets.upload import read_upload
from figures.words import as_written
from recipes.mnist import PRESETS, mnist_net, mnist_trainer
from runs.registry import KEPT, Registry
from runs.run import State, TrainingRun, progress_of
from runs.saved import read_run, write_run
from runs.snapshots import snapshot
from runs.store import Store
from runs.workers import Workers
from tests.runs.test_run import wait_for
from tests.saved_runs import SMALL, arrays_in, as_bytes, npz, refused, small_digits, trained
from views.mnist.training import Settings, caption, numbers
from views.mnist.training.curves import moving_mean, training_curves
from views.mnist.training.paper import OnPaper, Reader, answer, reading, tried_on
from views.mnist.training.wall import weight_wall

GOOD = as_bytes(trained(20))
ARRAYS = arrays_in(GOOD)
BIG = as_bytes(trained(20, replace(SMALL, hidden=50)))  # theta longer than zipfile's first 4096 B


# datasets/npz.py


def headed(head):
    head = head.ljust(117) + "\n"
    body = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + bytes(64)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.npy", body)
    return file


F4 = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }"


@pytest.mark.parametrize(
    "head",
    [
        F4 % f"(0, {2**70})",  # OverflowError
        F4 % "(4L,)",  # UserWarning
        F4 % "(True,)",  # TypeError
        "((((",  # tokenize.TokenError
        "'''",  # tokenize.TokenError
        "{[]: 1}",  # TypeError
        "\n  x\n y",  # IndentationError
        "{'descr': 'a', 'fortran_order': False, 'shape': (1,), }",  # DeprecationWarning
        "{b'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",  # TypeError
    ],
)
def test_an_arrays_head_may_be_anything(head):
    refused(read_npz, headed(head), ["a"], 10**6, "a run")


def test_one_changed_byte_in_the_head_of_a_large_array():
    start = BIG.find(b"\x93NUMPY", BIG.find(b"theta.npy"))
    wrong = {}
    for place in range(start, start + 128):
        for byte in (0, 1, 39, 40, 44, 48, 66, 76, 91, 97, 123, 255):
            content = bytearray(BIG)
            content[place] = byte
            try:
                read_run(io.BytesIO(bytes(content)))
            except DataError:
                pass
            except Exception as error:
                wrong[place - start, byte] = repr(error)
    assert not wrong


def test_a_name_that_is_no_utf8():
    content = bytearray(GOOD)
    entry = content.find(b"PK\x01\x02")
    content[entry + 9] |= 8  # "names are UTF-8"
    content[entry + 46] = 255
    refused(read_run, io.BytesIO(bytes(content)))


# runs/saved.py


def changed(**changes):
    return npz({name: a for name, a in (ARRAYS | changes).items() if a is not None})


def settings_of(**changes):
    return np.array(json.dumps(asdict(SMALL) | changes))


def said_of(run, **changes):
    """The caption of a run, with some of its numbers changed."""
    now = numbers(Settings(**asdict(run.settings)), run)
    return caption(now._replace(progress=now.progress._replace(**changes)))


def read_and_shown(content, tmp_path):
    """Either refused, or good for all the page does with it."""
    try:
        saved = read_run(io.BytesIO(content))
    except DataError as error:
        assert len(str(error)) < 400  # noqa: PT017 - reading may also succeed
        return
    registry = Registry(Workers(1), Store(tmp_path))
    for digits in (small_digits(), small_digits(side=28)):
        run = registry.opened(saved, digits)
        progress = run.look()
        training_curves(progress)
        said_of(run)
        images, labels = tried_on(run, digits)
        weight_wall(progress, run.net(progress), images, over_time=True)
        reading(Reader(run.net(progress)), OnPaper(images[0], int(labels[0])))
        if isinstance(run, TrainingRun):
            run.one_batch()


@pytest.mark.parametrize(
    "changes",
    [
        {"config": np.array("[" * 100_000)},  # RecursionError
        {"config": settings_of(batch=10.0)},  # 10.0 in (10, 20, …): TypeError in Trainer
        {"config": settings_of(images=100.0)},  # TypeError
        {"config": settings_of(lr=True)},  # True in (…, 1.0, …): ValueError in SGD
        {"config": settings_of(activation="x" * 10_000)},  # the sentence is 10,000 letters long
        {"optimizer_t": None},  # KeyError
        {"optimizer_t": np.array("abc")},
        {"optimizer_t": np.array([1, 2])},
        {"last_step": np.array("abc")},
        {"last_step": np.array(np.nan)},
        {"diverged_at": np.array("abc")},
        {"diverged_at": np.array([1])},
        {"step_count": np.array(np.inf)},  # OverflowError in read_run
        {"step_count": np.array(2**63, np.uint64)},
        {"snapshot_steps": ARRAYS["snapshot_steps"] + np.inf},  # OverflowError in read_run
        {"batch_loss": ARRAYS["batch_loss"][:-1]},  # ValueError in training_curves
        {"val_accuracy": np.array(["a"] * 3)},  # ValueError in run_caption
        {"val_accuracy": np.zeros((3, 2))},
        {"step": np.array(["a"] * 3)},  # TypeError in training_curves
        {"step": np.zeros(3, "M8[s]")},
    ],
    ids=str,
)
def test_a_file_is_refused_or_good_for_all_the_page_does_with_it(changes, tmp_path):
    read_and_shown(changed(**changes), tmp_path)


@pytest.mark.parametrize("side", [8, 28])
def test_a_file_for_images_of_another_size_than_the_digits_it_names(side):
    saved = trained(20, SMALL, small_digits(side=side))
    other = next(kind for kind in Kind if kind.side != side)
    refused(read_run, io.BytesIO(as_bytes(saved._replace(digits=Subject.of(other)))))


EVIL = "![](https://example.com/x.png)"


def test_a_files_words_are_not_markdown(tmp_path):
    saved = read_run(io.BytesIO(changed(stopped=np.array(EVIL))))
    run = TrainingRun(saved.settings, small_digits(), Workers(1), Store(tmp_path), saved)
    assert "![](" not in said_of(run)
    with pytest.raises(DataError) as error:
        read_run(io.BytesIO(changed(digits=np.array(EVIL))))
    assert "![](" not in as_written(str(error.value), 300)


def test_a_run_at_step_0_keeps_its_steps_per_epoch():
    saved = trained(0)
    assert read_run(io.BytesIO(as_bytes(saved))).steps_per_epoch == saved.steps_per_epoch == 9


def test_a_run_without_snapshots_can_be_written():
    write_run(io.BytesIO(), trained(3)._replace(snapshots=()))


# runs/workers.py, runs/registry.py


def test_work_that_comes_back_before_its_thread_has_left():
    """As pause() and go_on() do: `at_rest` is set before the worker forgets the run."""
    workers, lock, now, most, done = Workers(2), threading.Lock(), [0], [0], []
    came_back = threading.Event()

    class Job:
        def __init__(self, again=False):
            self.again = again

        def work(self):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.1)
            with lock:
                now[0] -= 1
            done.append(self)
            if self.again:
                self.again = False
                workers.enter(self)
                came_back.set()
                time.sleep(0.02)

    workers.enter(Job(again=True))
    assert came_back.wait(60)
    for _ in range(3):
        workers.enter(Job())
    wait_for(lambda: len(done) == 5)
    assert most[0] <= 2


def test_a_run_whose_digits_came_later_can_go_on(tmp_path):
    mnist = small_digits(side=28)
    run = Registry(Workers(1), Store(tmp_path)).new(SMALL, mnist)
    run.one_batch()
    registry = Registry(Workers(1), Store(tmp_path))
    seen = registry.find(run.id, bundled_digits())  # looked at without MNIST
    assert not isinstance(seen, TrainingRun)
    assert registry.find(run.id, bundled_digits()) is seen
    ready = registry.find(run.id, mnist)
    assert isinstance(ready, TrainingRun)  # MNIST was brought
    assert registry.find(run.id, mnist) is registry.find(run.id, bundled_digits()) is ready


def test_a_run_on_more_digits_of_the_same_kind_than_are_here_is_only_looked_at(tmp_path):
    """A reader may bring a part of MNIST; ValueError in Run's curve of the loss."""
    saved = trained(20, SMALL, small_digits(95))  # 10 batches an epoch
    registry, digits = Registry(Workers(1), Store(tmp_path)), small_digits(15)
    run = registry.opened(saved, digits)
    assert not isinstance(run, TrainingRun)
    assert run.look().step == 20
    assert registry.find(run.id, digits) is run


def test_an_opened_file_survives_as_other_runs_do(tmp_path):
    registry = Registry(Workers(1), Store(tmp_path))
    opened = registry.opened(trained(20), small_digits())
    for _ in range(KEPT):
        registry.new(SMALL, small_digits())
    assert registry.find(opened.id, small_digits()) is not None


# views/mnist/training


@pytest.mark.parametrize("n", range(1, 8))
@pytest.mark.parametrize("reach", [1, 3])
def test_a_short_curve_can_be_smoothed(n, reach):
    values = np.arange(n, dtype=float) ** 2
    wide = [min(reach, i, n - 1 - i) for i in range(n)]
    slow = [values[i - w : i + w + 1].mean() for i, w in enumerate(wide)]
    np.testing.assert_allclose(moving_mean(values, reach), slow)


def test_two_batches_can_be_smoothed():
    assert training_curves(progress_of(trained(2)), smoothed=True).smooth.size == 2


@pytest.mark.parametrize("size", [1e30, 1e-45, np.nan])
def test_weights_of_any_size_are_a_wall_without_a_warning(size):
    saved = trained(20)
    theta = np.full_like(saved.theta, size)
    net = mnist_net(SMALL, 64)
    net.theta = theta
    wall = weight_wall(progress_of(saved)._replace(theta=theta), net, small_digits().x_test, True)
    json.dumps(wall.message(), allow_nan=False)  # NaN is no JSON: the browser cannot read it


@pytest.mark.parametrize("largest", [1e-38, 1e-45])
def test_a_snapshot_of_vanishing_weights(largest):
    snapshot(0, np.full(26, largest, np.float32), [3, 4, 2])


# datasets


@pytest.mark.parametrize("side", [8, 28])
def test_two_dots_far_apart(side):
    assert as_digit([np.array([[0, 0]]), np.array([[1023, 1023]])], side) is None


def test_the_centre_of_mass_lies_where_mnists_lies(mnist):
    """MNIST's lies at pixel number 14, the first being 0: 14.5 pixels from the edge, not 14."""
    places = np.arange(28) + 0.5
    images = mnist.x_test.reshape(-1, 28, 28)
    down = images.sum(axis=2) @ places / images.sum(axis=(1, 2))
    assert down.mean() == pytest.approx(MIDDLE, abs=0.02)


def test_the_sentence_names_no_folder_of_ours():
    said = refused(read_upload, [("train-images-idx3-ubyte", io.BytesIO(b"abc"))])
    assert "/" not in said


# views/mnist


def test_eight_takes_an():
    probabilities = np.full(10, 0.001)
    probabilities[8] = 0.991
    assert "an 8" in answer(probabilities)


def test_one_step_is_one_step_and_nobody_is_number_0_in_a_queue(tmp_path):
    run = TrainingRun(SMALL, small_digits(), Workers(1), Store(tmp_path), trained(1))
    assert "1 steps" not in said_of(run)
    # A worker has it, and has not published yet.
    assert "number 0" not in said_of(run, state=State.WAITING)


# recipes/mnist.py


def test_from_zero_the_units_stay_copies_to_the_presets_end(mnist):
    settings = PRESETS["Zero start"].settings
    trainer = mnist_trainer(settings, mnist)
    trainer.run(epochs=settings.epochs)
    W = trainer.net.dense[0].W
    np.testing.assert_allclose(W, np.tile(W[:, :1], 50), atol=1e-2)
