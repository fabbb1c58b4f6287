"""What is said of a film on its way is true of every frame until the next sentence, by another
reckoning: each frame's network is asked anew, from its parameters."""

import re
from dataclasses import replace

import numpy as np
import pytest

from datasets.plane import features
from figures.words import Said
from nn_core import BinaryCrossEntropy, MeanSquaredError, mlp
from recipes.boundaries import PRESETS, BoundariesSettings
from views.boundaries.film import caption, numbers
from views.boundaries.moments import on_the_way
from views.boundaries.opening import opening_caption

SETTINGS = {
    "the default": BoundariesSettings(),
    "a number": BoundariesSettings(dataset="slope", loss="squared_error", epochs=100),
    "four points": BoundariesSettings(dataset="four points", epochs=100),
    "it diverges": BoundariesSettings(
        lr=100.0, activation="relu", loss="squared_error", init="he_normal", epochs=100
    ),
    **{name: preset.settings for name, preset in PRESETS.items()},
}


class Asked:
    """A film whose every frame is computed again from its parameters."""

    def __init__(self, whole):
        film = whole.film
        self.steps = film.steps.tolist()
        net = mlp(film.sizes, film.activations)
        x, t = features(film.data.x_train, film.inputs), film.data.t_train
        loss = BinaryCrossEntropy() if film.loss == "cross_entropy" else MeanSquaredError()
        middle = 0.0 if film.output == "sigmoid" else (film.data.low + film.data.high) / 2
        split = (film.data.low + film.data.high) / 2
        self.loss, self.right = [], []
        with np.errstate(all="ignore"):
            for theta in film.thetas:
                net.theta = theta.astype(float)
                z = net.predict(x)
                self.loss.append(float(loss.value(z, t)))
                self.right.append(float(((z > middle) == (t > split)).mean()))


def number_in(words, pattern):
    return float(re.search(pattern, words)[1].replace(",", ""))


def true_at(words, asked, k):
    """Whether a sentence is true at the k-th frame."""
    start = asked.loss[0]
    if words.startswith("Before the first step"):
        said = float(re.search(r"loss \(how wrong it is\) \*\*([\d.]+)\*\*", words)[1])
        share = re.search(r"gets \*\*([\d.]+)%\*\*", words)
        return (
            k == 0
            and said == pytest.approx(start, rel=0.006)
            and (share is None or float(share[1]) == pytest.approx(100 * asked.right[0], abs=0.06))
        )
    if words.startswith("Training has begun"):
        return k > 0 and number_in(words, r"\*\*([\d.]+)\*\*") == pytest.approx(start, rel=0.006)
    claims = {
        "the loss is below three quarters": all(loss < 0.7501 * start for loss in asked.loss[k:]),
        "the loss is below a quarter": all(loss < 0.2501 * start for loss in asked.loss[k:]),
        "at least 75% of its points are right": all(share >= 0.75 for share in asked.right[k:]),
        "the loss is below half": all(loss < 0.5001 * start for loss in asked.loss[k:]),
        "the loss is below a tenth": all(loss < 0.1001 * start for loss in asked.loss[k:]),
        "at least 90% of its points are right": all(share >= 0.9 for share in asked.right[k:]),
        "all of its points are right": all(share == 1 for share in asked.right[k:]),
    }
    (true,) = (true for claim, true in claims.items() if f"from here on {claim}" in words)
    return true


@pytest.mark.parametrize("name", SETTINGS)
def test_every_sentence_is_true_of_every_frame_for_which_it_is_said(name):
    whole = numbers(SETTINGS[name])
    asked, said = Asked(whole), caption(whole)
    assert [said[0].since, said[-1].since] == [0, asked.steps[-1]]
    ends = [one.since for one in said[1:]]
    for (since, words), end in zip(said[:-1], ends, strict=True):
        frames = [k for k, step in enumerate(asked.steps) if since <= step < end]
        assert frames
        assert asked.steps[frames[0]] == since, "a sentence begins at a frame"
        for k in frames:
            assert true_at(words, asked, k), (words, asked.steps[k])


def test_what_is_said_in_the_middle_is_not_what_was_said_at_the_beginning():
    whole = numbers(BoundariesSettings())
    asked, said = Asked(whole), caption(whole)
    steps = asked.steps
    better = next(k for k, loss in enumerate(asked.loss) if loss < 0.7 * asked.loss[0])
    words = [one.words for one in said if one.since <= steps[better]][-1]
    assert "from here on" in words
    assert not any("From step" in one.words for one in said[:-1])


def test_a_sentence_that_is_not_true_is_found():
    asked = Asked(numbers(SETTINGS["Too slow"]))
    assert not true_at("In every frame from here on all of its points are right.", asked, 5)
    assert not true_at("In every frame from here on the loss is below half of its start", asked, 5)


def test_home_says_the_same_on_the_way_and_its_own_at_the_end():
    whole = numbers(BoundariesSettings())
    home, page = opening_caption(whole), caption(whole)
    assert home[:-1] == page[:-1] == on_the_way(whole.film)
    assert home[-1].since == page[-1].since == 20_000
    assert "One or the other" in home[-1].words


def test_of_a_film_of_one_frame_only_its_end_is_said():
    whole = numbers(BoundariesSettings(epochs=10))
    film = whole.film
    history = {name: values[:1] for name, values in film.history.items()}
    first = replace(film, steps=film.steps[:1], thetas=film.thetas[:1], history=history)
    one = whole._replace(film=first)
    assert on_the_way(one.film) == []
    assert isinstance(caption(one)[0], Said)
