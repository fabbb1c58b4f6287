"""Gradients beside weights: what the page says is what was found, of any run."""

import base64
import re
from dataclasses import replace

import numpy as np
import pytest

from recipes.mnist import mnist_trainer
from recipes.stuck_units import Stuck
from runs.answers import Unseen
from runs.run import Run, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import SMALL, small_digits, trained
from views.mnist.gradients import Settings, caption, numbers, picture, try_this


def unseen(n=10, t=None):
    digits = small_digits()
    return Unseen(digits.x_test[:n], digits.t_test[:n] if t is None else np.array(t), f"n {n} {t}")


def made(settings=SMALL, images=None, **asked):
    return numbers(Settings(**asked), Run(trained(18, settings), "an-id"), images or unseen())


def tiles(packed, side):
    return np.frombuffer(base64.b64decode(packed), np.int8).reshape(-1, side**2)


def test_of_a_run_that_can_train_it_shows_what_the_next_step_takes(tmp_path):
    live = TrainingRun(SMALL, small_digits(), Workers(1), Store(tmp_path))
    now = numbers(Settings(), live, unseen())
    trainer = mnist_trainer(SMALL, small_digits())
    trainer.step()
    np.testing.assert_array_equal(now.net.grad, trainer.net.grad)
    said = caption(now)
    assert (
        "on the next batch of its own order, 10 training digits (pictures): the gradient is **"
        in said
    )
    norm = np.linalg.norm(trainer.net.grad[: 64 * 5 + 5])
    assert f"**{norm:.3g}** long in the hidden layer and" in said
    message = picture(now).message
    assert (message["batch"], message["own"]) == (0, True)


def test_of_any_other_run_it_is_a_batch_of_test_images_and_which_is_said():
    few = replace(SMALL, batch=10)
    now = made(few, unseen(10))
    assert "on test digits 1 to 10 (pictures): the gradient is **" in caption(now)
    assert picture(now).message["batch"] == 1
    far = caption(made(few, looked_batch=7))
    assert "The test images make one batch, so here is the last instead of batch 7." in far


def test_pictures_are_the_weights_and_gradients_on_a_range_of_each_that_is_named():
    now = made(replace(SMALL, hidden=12))
    message, dense = picture(now).message, now.net.dense[0]
    assert sorted(one["unit"] for one in message["shown"]) == list(range(12))
    lengths = [one["gradient"] for one in message["shown"]]
    assert lengths == sorted(lengths, reverse=True)
    for name, to, values in (
        ("weights", "weightsTo", dense.W),
        ("gradients", "gradientsTo", dense.dW),
    ):
        pictures = tiles(message[name], 8)
        for row, one in zip(pictures, message["shown"], strict=True):
            expected = np.clip(values[:, one["unit"]] / message[to], -1, 1)
            np.testing.assert_allclose(row / 127, expected, atol=0.5 / 127 + 1e-6)
        assert np.mean(np.abs(values) <= message[to]) > 0.99


def test_in_a_deep_network_any_layer_and_a_curve_for_each():
    deep = replace(SMALL, layers=3, hidden=6)
    message = picture(made(deep, layer=2)).message
    assert (message["layer"], message["side"], len(message["shown"])) == (2, 3, 6)
    names = [line["name"] for line in message["lines"]]
    assert names == ["layer 1", "layer 2", "layer 3", "output"]
    assert all(len(line["lengths"]) == len(message["epochs"]) for line in message["lines"])
    assert not tiles(message["weights"], 3)[:, 6:].any()
    said = caption(made(deep, layer=2))
    assert "in hidden layer 1, " in said
    assert re.search(r"it (grew|shrank) in hidden layer 2 from .+ before the first step to", said)


def test_how_long_it_was_is_said_of_the_same_images():
    now = made()
    first, last = now.over_time[[0, -1], 0]
    turned = "grew" if last > first else "shrank"
    assert (
        f"On the same 10 test digits at every moment (curve) it {turned} in the hidden layer "
        f"from {first:.3g} before the first step to **{last:.3g}**."
    ) in caption(now)
    assert "On the same" not in caption(made(moment=0))


@pytest.mark.parametrize(
    ("lengths", "words"),
    [
        ([0.5, 2.0], "it grew in the hidden layer from 0.5 before the first step to **2**."),
        ([2.0, 0.5], "it shrank in the hidden layer from 2 before the first step to **0.5**."),
        ([2.0, 2.0], "it is as long in the hidden layer as before the first step: **2**."),
    ],
)
def test_it_is_said_which_way_the_length_went(lengths, words):
    now = made()
    over_time = now.over_time.copy()
    over_time[[0, -1], 0] = lengths
    assert words in caption(now._replace(over_time=over_time))


@pytest.mark.parametrize(
    ("activation", "stuck", "words"),
    [
        ("relu", [3], "**3 of 5** hidden units are *dead*: they answer 0 to all test digits."),
        ("relu", [1], "**1 of 5** hidden units is *dead*: it answers 0 to all test digits."),
        ("relu", [0], "No hidden unit is *dead*."),
        (
            "sigmoid",
            [2],
            "are *saturated*: on more than 95 of 100 test digits their slope is below",
        ),
        (
            "tanh",
            [1, 4],
            "In hidden layers 1 to 2, **1 of 5** and **4 of 5** units are *saturated*",
        ),
        ("silu", [2], "**2 of 5** hidden units are *nearly flat*"),
        ("step", [0], "A step has no slope anywhere: no error comes back through a hidden unit."),
    ],
)
def test_stuck_units_are_said_by_their_names(activation, stuck, words):
    now = made(replace(SMALL, activation=activation, layers=len(stuck)))
    now = now._replace(stuck=[Stuck(count, 5) for count in stuck])
    assert words in caption(now)
    of = [f"{count} of 5 " for count in stuck]
    assert all(map(str.startswith, picture(now).message["stuck"], of))


def test_the_next_step_is_the_moment_of_the_longest_gradient_or_the_latest():
    now = made()
    longest = int(now.over_time[:, 0].argmax())
    suggested = try_this(Settings(), now)
    assert suggested.settings.moment == now.look.moments[longest]
    times = now.over_time[longest, 0] / now.over_time[-1, 0]
    assert f"is {times:.2g} times as long then" in suggested.why
    there = made(moment=now.look.moments[longest])
    assert try_this(Settings(moment=now.look.moments[longest]), there).settings == Settings()


def test_what_there_is_nothing_of_is_one_sentence():
    saved = trained(18)
    saved.state["theta"] = np.full_like(saved.theta, np.nan)
    lost = numbers(Settings(), Run(saved, "lost"), unseen())
    assert caption(lost) == "This network's numbers are no longer finite: it reads nothing."
    assert try_this(Settings(), lost) is None
    none = made(images=Unseen(np.empty((0, 64), np.float32), np.empty(0, int), ""))
    assert caption(none) == "None of the digits it could be tried on are here."


@pytest.mark.parametrize("n", [1, 3])
def test_few_images_of_one_class_are_looked_at_like_any(n):
    now = made(images=unseen(n, [3] * n))
    batch = "test image 1" if n == 1 else "test digits 1 to 3"
    assert f"on {batch} (pictures): the gradient is" in caption(now)
    assert picture(now).message["fixed"] == n


def test_a_gradient_that_is_no_longer_finite_is_said_and_drawn_as_nothing():
    now = made()
    now.net.grad[3] = np.inf
    assert "the gradient is no longer finite." in caption(now)
    message = picture(now).message
    assert None in [one["gradient"] for one in message["shown"]]
