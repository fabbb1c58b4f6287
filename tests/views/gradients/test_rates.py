from itertools import pairwise

import numpy as np
import pytest

from nn_core import mlp
from recipes.clouds import LOSS, cloud_points
from views.gradients.rates import (
    BOUNCES,
    LEARNS,
    SLOW,
    WORSE,
    Numbers,
    Settings,
    at_the_end,
    before,
    came_to,
    caption,
    guess,
    numbers,
    picture,
)


def test_three_rates_are_three_descents_on_all_points():
    rates, losses = numbers(Settings(rate=1.0, apart=10, rate_steps=30, activation="tanh"))
    np.testing.assert_allclose(rates, [0.1, 1, 10])
    x, t = cloud_points()
    for column, rate in enumerate(rates):
        net = mlp([2, 4, 1], "tanh", "glorot_uniform", 0)
        for row in range(5):
            assert losses[row, column] == pytest.approx(LOSS.value(net.predict(x), t), rel=1e-9)
            trace = net.forward(x)
            net.backward(trace, LOSS.grad(trace[-1], t))
            net.theta -= rate * net.grad


def test_every_curve_is_labelled_with_its_value():
    figure = picture(Numbers(np.array([0.03, 3, 300]), np.array([[0.7] * 3, [0.6, 0.1, 9]])))
    assert {note.text for note in figure.layout.annotations} == {"0.03", "3", "300"}


def test_a_diverged_curve_ends_where_its_numbers_do():
    curves = Numbers(np.array([1.0, 2, 3]), np.array([[0.7] * 3, [0.6, np.nan, 0.5]]))
    picture(curves).to_json()


def test_large_learning_rates_are_written_out():
    assert "**learning rate 3 × 10⁹**" in at_the_end(
        Numbers(np.array([3e9]), np.array([[0.7], [0.1]])), False
    )


def rates_said(*losses):
    """The caption's half sentence on each of these curves, smallest learning rate first."""
    rates = np.array([0.01, 1, 100])[: len(losses)]
    said = at_the_end(Numbers(rates, np.array(losses, float).T), False)
    return said.removesuffix(".").split(": ", 1)[1].split("; ")


def test_each_rate_is_judged_by_its_own_curve():
    down, flat = np.linspace(0.7, 0.1, 11), np.linspace(0.7, 0.69, 11)
    up = np.where(np.arange(11) % 2, 2.0, 0.9)
    small, right, large = rates_said(flat, down, up)
    assert small.startswith("**learning rate 0.01** is *too small*")
    assert right == "**learning rate 1** *learns*: loss 0.7 to **0.1**"
    assert large.startswith("**learning rate 100** *bounces*")
    (worse,) = rates_said([0.7, 0.6, 9.0])
    assert "is *too large*" in worse
    assert "more wrong than at the start" in worse
    (lost,) = rates_said(np.where(np.arange(11) > 4, np.nan, 0.7))
    assert "*diverged*" in lost


def test_a_curve_that_jumps_up_first_is_never_called_too_small():
    jumps = [0.692, 2.31, 1.1, 0.8, 0.6, *np.linspace(0.55, 0.373, 40)]  # as rate 9, sigmoid, does
    (said,) = rates_said(jumps)
    assert "is *too large* at first: up to 2.31 at step 1, then down to **0.373**" in said


def test_a_rate_is_only_too_small_if_a_larger_one_came_further():
    slow, flat = np.linspace(0.7, 0.6, 11), [0.9, *[0.683] * 10]
    assert "*slow*" in rates_said(slow)[0]
    assert "*levels off*" in rates_said(flat)[0]
    assert "*levels off*" in rates_said(flat, np.full(11, np.nan))[0]
    unmoved = np.linspace(0.7, 0.699, 11)
    assert "*hardly moved*" in rates_said(unmoved)[0]
    assert "*too small*" in rates_said(slow, np.linspace(0.7, 0.1, 11))[0]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "step"])
@pytest.mark.parametrize("rate", [1e-4, 0.03, 3.0, 1e9])
@pytest.mark.parametrize("apart", [3, 100])
def test_no_rate_of_the_page_is_judged_against_what_its_curve_shows(activation, rate, apart):
    rates, losses = numbers(Settings(rate=rate, apart=apart, activation=activation, seed=1))
    *on_the_way, (_, end) = caption(Numbers(rates, losses))
    for since, words in on_the_way:
        seen = losses[: since + 1]
        assert ("First below half" in words or "a tenth" in words) == (
            np.nanmin(seen) < losses[0, 0] / 2
        )
        assert ("Thrown up" in words) == (seen > 1.01 * losses[0, 0]).any()
        assert ("Diverged" in words) == (not np.isfinite(seen).all())
    said = end.split("; ")
    for i, (words, loss) in enumerate(zip(said, losses.T, strict=True)):
        if "too small" in words or "slow" in words or "levels off" in words:
            assert loss.max() <= 1.001 * loss[0]
            assert loss[-1] <= 1.001 * loss[0]
        if "too small" in words:
            assert np.nanmin(losses[-1, i + 1 :]) < loss[-1]
        if "too large" in words:
            assert loss.max() > loss[0]
        assert ("diverged" in words) == (not np.isfinite(loss).all())


def test_a_dot_stands_at_the_moment_of_every_curve():
    figure = picture(Numbers(np.array([0.03, 3, 300]), np.array([[0.7] * 3, [0.6, 0.1, 9]])))
    film = figure.layout.meta["film"]
    dots = {track["trace"]: track["follows"] for track in film["moving"] if "follows" in track}
    assert dots == {3: 0, 4: 1, 5: 2}
    assert all(not figure.data[dot].cliponaxis for dot in dots)  # whole, also on the axis


def test_before_a_guess_there_is_the_start_and_nothing_of_the_result():
    settings = Settings(rate=10.0, apart=3)
    start, whole = before(settings), numbers(settings)
    np.testing.assert_array_equal(start.rates, whole.rates)
    assert start.loss.shape == whole.loss.shape
    np.testing.assert_allclose(start.loss[0], whole.loss[0])
    assert np.isnan(start.loss[1:]).all()
    figure = picture(start)
    assert "film" not in figure.layout.meta
    assert figure.layout.xaxis.range == (0, 300)
    assert guess(settings).asks == "What will learning rate 10 do?"


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "step"])
def test_the_right_answer_is_what_the_middle_curve_shows(activation):
    found = set()
    for rate in Settings.values_of("rate"):
        shown = numbers(Settings(rate=rate, activation=activation, rate_steps=100))
        loss = shown.loss[:, 1]
        ups = sum(after > 1.001 * now for now, after in pairwise(loss))
        if not np.isfinite(loss[-1]) or loss[-1] > 1.001 * loss[0]:
            answer = WORSE
        elif ups >= 10 or loss.max() > 1.001 * loss[0]:
            answer = BOUNCES
        else:
            answer = LEARNS if loss[-1] < loss[0] / 2 else SLOW
        found.add(answer)
        assert came_to(shown).answer == answer
        (way,) = guess(Settings()).ways
        assert way.judged(answer, shown).endswith("was right.")
    assert len(found) >= 3 or activation == "step"
