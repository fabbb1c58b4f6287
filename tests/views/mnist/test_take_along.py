"""A network taken along from the MNIST page answers elsewhere as it does here."""

import contextlib
import io
import re
from dataclasses import replace

import numpy as np
import pytest

from datasets.digits import Kind
from nn_core import SoftmaxCrossEntropy
from recipes.mnist import mnist_net
from recipes.network_code import Layers, all_code
from runs.answers import moment_of, unseen_by
from runs.recording import recorded_digits, recorded_run
from runs.run import Run
from tests.saved_runs import SMALL, small_digits, trained
from views.mnist.take_along import take_along

HERE = small_digits()
DEEP = Run(trained(18, replace(SMALL, layers=3, activation="relu", init="he_normal")), "an-id")
LATEST = -1


def printed(take, folder, monkeypatch):
    """The file, what NumPy's lines make of it, and the numbers that they print."""
    (folder / take.name).write_bytes(take.make())
    monkeypatch.chdir(folder)
    said, room = io.StringIO(), {}
    with contextlib.redirect_stdout(said):
        exec(take.code["NumPy"], room)
    room["net"].close()
    with np.load(folder / take.name, allow_pickle=False) as file:
        return dict(file), np.array(re.findall(r"\d\.[-\de]*", said.getvalue()), float)


@pytest.mark.parametrize("step", [LATEST, 1, 4])
def test_its_lines_print_what_the_network_of_the_moment_answers(step, tmp_path, monkeypatch):
    moment = moment_of(DEEP, step)
    take = take_along(DEEP, moment, unseen_by(DEEP, HERE))
    file, said = printed(take, tmp_path, monkeypatch)
    assert list(file) == ["x", "W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4"]
    np.testing.assert_array_equal(file["x"], HERE.x_test[:5])
    flat = np.concatenate([array.ravel() for name, array in file.items() if name != "x"])
    np.testing.assert_array_equal(flat, moment.theta)
    net = mnist_net(DEEP.settings, 64)
    net.theta = moment.theta
    expected = SoftmaxCrossEntropy().output(net.predict(HERE.x_test[:5]))
    np.testing.assert_allclose(said.reshape(5, 10), expected, atol=0.0006)
    named = ", ".join(str(t) for t in HERE.t_test[:4]) + f" and {HERE.t_test[4]}"
    assert f"for test images 1 to 5 ({named})" in take.note
    assert ("rounded to one of 255" in take.note) == (step != LATEST)


def test_the_recordings_lines_read_mnists_first_test_digits_right(tmp_path, monkeypatch):
    run = recorded_run()
    take = take_along(run, moment_of(run, LATEST), unseen_by(run, HERE))
    _, said = printed(take, tmp_path, monkeypatch)
    assert said.reshape(5, 10).argmax(axis=1).tolist() == recorded_digits()[1][:5].tolist()
    assert take.note.startswith("The weights after 83 epochs, ")
    assert "(7, 2, 1, 0 and 4)" in take.note
    assert dict(take.code) == all_code("network.npz", Layers([784, 50, 10], ["sigmoid", "softmax"]))


def test_without_a_test_image_it_is_tried_on_one_without_ink(tmp_path, monkeypatch):
    others = DEEP.saved()._replace(digits=DEEP.digits._replace(kind=Kind.BROUGHT, title="others"))
    run = Run(others._replace(digits=others.digits._replace(classes=tuple("abcdefghij"))), "b")
    take = take_along(run, moment_of(run, LATEST), unseen_by(run, HERE))
    file, said = printed(take, tmp_path, monkeypatch)
    assert "for an image without ink" in take.note
    assert not file["x"].any()
    assert said.sum() == pytest.approx(1, abs=0.005)
