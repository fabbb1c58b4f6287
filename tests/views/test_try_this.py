"""What every view says to try next: one form, settings that the page takes, and true outcomes."""

import re
from dataclasses import replace

import numpy as np
import pytest

from figures.neuron_words import cannot
from nn_core import ACTIVATIONS
from recipes.neuron_table import samples
from recipes.settings import Settings
from views.activations import curve, in_and_out, learning, softmax
from views.boundaries import film, map, sweep
from views.gradients import backpropagation, batch_noise, landscape, race, rates, vanishing
from views.neuron import many_steps, one_step
from views.view import TryThis

FORM = re.compile(r"^Try (?!to\b)[^:]+: [a-zA-Z0-9][^\n]*\.$")
NUMBER = r"(−?\d+(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"


def read(written):
    mantissa, _, power = written.replace("−", "-").partition(" × 10")
    digits = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(mantissa) * 10 ** int(digits or 0)


def tried(view, **changed):
    settings = view.settings(**changed)
    return view.try_this(settings, view.numbers(settings))


def near(written, value):
    assert read(written) == pytest.approx(value, rel=0.006)


CASES = [
    (curve.VIEW, {}),
    (curve.VIEW, {"x": -6.0}),
    (curve.VIEW, {"function": "identity"}),
    (curve.VIEW, {"function": "step"}),
    (curve.VIEW, {"function": "relu", "x": -3.0}),
    (learning.VIEW, {}),
    (learning.VIEW, {"second": "tanh"}),
    (learning.VIEW, {"second": "relu"}),
    (in_and_out.VIEW, {}),
    (in_and_out.VIEW, {"function": "relu", "init": "he_normal"}),
    (softmax.VIEW, {}),
    (softmax.VIEW, {"temperature": 0.1}),
    (one_step.VIEW, {}),
    (one_step.VIEW, {"lr": 100.0}),
    (many_steps.VIEW, {}),
    (many_steps.VIEW, {"table": "XOR"}),
    (backpropagation.VIEW, {}),
    (backpropagation.VIEW, {"drawn_lr": 1e9}),
    (vanishing.VIEW, {}),
    (vanishing.VIEW, {"depth": 2}),
    (vanishing.VIEW, {"activation": "step"}),
    (landscape.VIEW, {}),
    (landscape.VIEW, {"lr": 1000.0}),
    (race.VIEW, {}),
    (rates.VIEW, {}),
    (rates.VIEW, {"rate": 1e9}),
    (batch_noise.VIEW, {}),
    (batch_noise.VIEW, {"batch": 1}),
    (film.VIEW, {"layers": 0, "epochs": 10}),
    (film.VIEW, {"epochs": 300, "layers": 0}),
    (map.VIEW, {"epochs": 10, "each": 5, "side": 2}),
    (sweep.VIEW, {"epochs": 10}),
]


@pytest.mark.parametrize(("view", "changed"), CASES)
def test_every_view_says_one_thing_to_try_in_one_form(view, changed):
    now = view.settings(**changed)
    suggestion = view.try_this(now, view.numbers(now))
    assert isinstance(suggestion, TryThis)
    assert FORM.match(f"Try {suggestion.what}: {suggestion.why}"), suggestion
    assert isinstance(suggestion.settings, Settings)
    assert suggestion.settings != now
    for name, setting in suggestion.settings.allowed().items():
        if hasattr(setting, "allows"):
            assert setting.allows(getattr(suggestion.settings, name)), name


def test_the_curve_is_as_steep_as_it_says():
    for changed in ({}, {"x": -6.0}, {"x": 4.0, "function": "tanh"}):
        said = tried(curve.VIEW, **changed)
        to = said.settings
        h = 1e-6
        f = ACTIVATIONS[to.function]().forward
        slope = (f(np.array([to.x + h])) - f(np.array([to.x - h]))).item() / (2 * h)
        near(re.search(rf"slope of \w+ is {NUMBER}", said.why)[1], slope)
        assert (abs(slope) < 0.1) == said.why.endswith("nearly flat.")


def test_as_much_arrives_as_it_says():
    said = tried(learning.VIEW, function="tanh", second="relu", depth=10)
    share, a = 1.0, said.settings.x
    for _ in range(said.settings.depth):
        a = np.tanh(said.settings.weight * a)
        share *= 1 - a**2
    near(re.search(rf"of an error of 1, {NUMBER} arrives", said.why)[1], share)


def test_the_class_gets_as_much_as_it_says():
    said = tried(softmax.VIEW)
    p = np.exp(np.array([2, 1, 0, -1]) / said.settings.temperature)
    near(re.search(rf"class 1 then gets {NUMBER}%", said.why)[1], 100 * p[0] / p.sum())


def test_a_smaller_step_does_what_it_says():
    said = tried(one_step.VIEW, lr=100.0)
    before, after = (one_step.numbers(one_step.Settings(lr=lr)) for lr in (100.0, said.settings.lr))
    first, last = re.search(rf"from {NUMBER} to {NUMBER}", said.why).groups()
    near(first, after.mean)
    near(last, after.new_mean)
    assert after.new_mean < before.new_mean
    said = tried(backpropagation.VIEW, drawn_lr=1e9)
    if "from" in said.why:
        after = float(backpropagation.numbers(said.settings).after["loss"])
        near(re.search(rf"to {NUMBER}\.", said.why)[1], after)


def test_no_neuron_can_what_it_says_that_none_can():
    assert cannot(*samples(many_steps.Settings(table="XOR"), None)[:2])


def test_the_first_gradient_is_as_small_as_it_says():
    said = tried(vanishing.VIEW, activation="tanh")
    numbers = vanishing.numbers(said.settings)
    norms = numbers.sides[0].one.norms[0]
    near(re.search(rf"gradient is {NUMBER} times", said.why)[1], norms[0] / norms[-1])


def test_deep_sigmoids_and_their_slope_lead_to_each_other_by_true_numbers():
    said = tried(vanishing.VIEW)
    assert said.settings == curve.Settings(function="sigmoid", x=0.0)
    near(re.search(rf"at most {NUMBER}\.$", said.why)[1], 0.25**20)
    assert curve.numbers(said.settings)[0].probe_slope == 0.25  # where it is steepest
    said = tried(learning.VIEW, second="relu")
    norms = vanishing.numbers(said.settings).sides[0].one.norms[0]
    assert said.settings.activation == "sigmoid"
    share = read(re.search(rf"one part in {NUMBER} trillion", said.why)[1])
    assert share == pytest.approx(norms[-1] / norms[0] / 1e12, rel=0.05)  # two digits


def test_points_are_as_far_off_as_it_says():
    said = tried(batch_noise.VIEW)
    assert said.settings.batch == 1
    angle = np.nanmedian(batch_noise.numbers(said.settings).noise.angle[0])
    near(re.search(rf"are {NUMBER}° off", said.why)[1], angle)


def test_the_best_of_three_rates_is_the_best():
    said = tried(rates.VIEW)
    loss = rates.numbers(rates.Settings())
    best = loss.rates[np.nanargmin(loss.loss[-1])]
    assert said.settings.rate == pytest.approx(best)


def test_a_film_is_sent_where_its_trials_came_to_what_it_says():
    now = film.Settings(lr=1e-4, epochs=100)
    said = film.try_this(now, film.numbers(now))
    there = film.numbers(replace(said.settings)).end
    near(re.search(rf"a loss of \*\*{NUMBER}\*\*", said.why)[1], there.loss)
    assert film.numbers(now).end.loss > there.loss


def test_a_film_that_is_not_whole_suggests_nothing():
    first, *_ = film.growing(film.Settings(epochs=1000))
    assert first.finished or film.try_this(film.Settings(epochs=1000), first) is None
