"""What is asked of a film, and what it came to."""

import numpy as np
import pytest

from datasets.plane import plane_data
from recipes.boundaries import BoundariesSettings
from recipes.sketch import SIDE
from views.boundaries import film
from views.boundaries.guess import DIVERGED, LEARNED, SHORT, came_to, plane, question
from views.predict import Amount, Choice, CurveSketch, Sketch

FOUR = dict(dataset="four points", layers=1, hidden=4, epochs=3000)


@pytest.mark.parametrize(
    ("settings", "came"),
    [
        (FOUR | {"lr": 1.0}, LEARNED),
        (FOUR | {"lr": 1e-4}, SHORT),
        ({"layers": 0, "epochs": 100}, SHORT),
        ({"dataset": "slope", "layers": 0, "loss": "squared_error", "epochs": 100}, LEARNED),
        ({"activation": "relu", "loss": "squared_error", "lr": 100.0, "epochs": 10}, DIVERGED),
    ],
)
def test_what_became_of_it_is_what_its_points_say(settings, came):
    numbers = film.numbers(BoundariesSettings(**settings))
    assert came_to(numbers).answer == came
    end = numbers.end
    if came == DIVERGED:
        assert end.diverged_at is not None
    elif settings.get("dataset") == "four points":
        assert (np.abs(end.answers - end.targets) < 0.1).all() == (came == LEARNED)
    elif settings.get("dataset") == "slope":
        assert np.mean((end.answers - end.targets) ** 2) < 0.1 * end.targets.var()
    else:
        assert (end.accuracy >= 0.99) == (came == LEARNED)


def test_a_boundary_is_asked_for_where_there_are_two_classes():
    kinds = [type(way) for way in question(BoundariesSettings()).ways]
    assert kinds == [Choice, Sketch, CurveSketch]
    numbers = BoundariesSettings(dataset="hills", loss="squared_error")
    assert [type(way) for way in question(numbers).ways] == [Choice, CurveSketch]


def test_no_guess_can_be_taken_for_one_of_another_kind():
    asked = question(BoundariesSettings())
    assert isinstance(asked.way_of("learned"), Choice)
    assert isinstance(asked.way_of("0.500.1000.500"), Sketch)
    assert isinstance(asked.way_of("loss~0.500.1000.500"), CurveSketch)
    assert asked.way_of("0.500.1000") is None
    assert asked.way_of("") is None


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
def test_the_plane_is_blue_where_a_network_without_layers_answers_so(loss):
    """One neuron's boundary is w·x + b = 0, or ½ for squared error; written out by hand here."""
    settings = BoundariesSettings(dataset="gaussians", layers=0, loss=loss, epochs=10)
    numbers = film.numbers(settings)
    (w1, w2, b), level = numbers.film.thetas[-1], 0.5 if loss == "squared_error" else 0
    blue, points, of_points = plane(numbers)
    assert blue.shape == (SIDE, SIDE)
    for row, column in [(0, 0), (0, 99), (99, 0), (20, 70), (80, 30), (50, 50)]:
        x1, x2 = -6 + 12 * (column + 0.5) / SIDE, 6 - 12 * (row + 0.5) / SIDE
        assert blue[row, column] == (w1 * x1 + w2 * x2 + b > level)
    data = plane_data("gaussians", settings.points, 0.0, 0.8, 0)
    np.testing.assert_allclose(points[:200] * 12 - 6, data.x_train)
    np.testing.assert_array_equal(of_points[:200], data.t_train[:, 0] == 1)


def test_a_drawing_is_judged_by_the_plane_and_says_when_there_is_none():
    straight = film.numbers(BoundariesSettings(dataset="gaussians", layers=0, epochs=100))
    sketch = question(straight.settings).ways[1]
    near = sketch.judged("0.1000.1000.0", straight)
    assert near.startswith(("Near: **", "Very near: **"))
    far = sketch.judged("0.0.1000.1000", straight)
    assert not far.startswith(("Near", "Very"))
    fast = dict(activation="relu", loss="squared_error", lr=100.0, epochs=10)
    gone = film.numbers(BoundariesSettings(**fast))
    assert sketch.judged("0.1000.1000.0", gone) == "There is no boundary to lay yours beside."


def test_a_loss_that_was_drawn_is_judged_by_the_recorded_one():
    stuck = film.numbers(BoundariesSettings(dataset="gaussians", layers=0, epochs=100))
    sketch, film_of = question(stuck.settings).ways[2], stuck.film
    along = np.log1p(film_of.steps) / np.log1p(film_of.steps[-1])
    places = np.linspace(0, len(along) - 1, 60).astype(int)
    heights = film_of.history["loss"] / (1.5 * film_of.history["loss"][0])
    corners = np.column_stack([along, heights])[places]
    traced = "loss~" + ".".join(map(str, (1000 * corners).round().astype(int).ravel()))
    assert sketch.judged(traced, stuck).startswith("Very near: **100%** of the way")
    assert not sketch.judged("loss~0.1000.1000.1000", stuck).startswith(("Near", "Very"))
    (line,) = sketch.lines(traced)
    assert line.shape[1] == 2
    gone = film.numbers(
        BoundariesSettings(activation="relu", loss="squared_error", lr=100.0, epochs=10)
    )
    assert "no end to lay yours beside" in sketch.judged(traced, gone)


@pytest.mark.parametrize(
    ("guess", "came", "said"),
    [
        ("286", 286, "Your guess, *286 of 400 starts*, was right."),
        ("280", 286, "Your guess was *280 of 400 starts*, near: it is **286**, 6 more."),
        ("400", 0, "Your guess was *400 of 400 starts*, it is **0**, 400 fewer."),
    ],
)
def test_a_number_is_told_how_far_it_is_off(guess, came, said):
    amount = Amount(400, "of 400 starts", lambda numbers: came)
    assert amount.fits(guess)
    assert amount.judged(guess, None) == said


@pytest.mark.parametrize("guess", ["401", "-1", "1.5", "", "1e2", "²", "9" * 50])
def test_what_is_no_such_number_is_no_guess(guess):
    assert not Amount(400, "of 400 starts", len).fits(guess)
