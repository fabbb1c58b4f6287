"""The race: its films are those of each side alone, and what it says they share they share."""

import re

import numpy as np
import pytest

import runs.pace
from datasets.plane import features
from kernels import train
from recipes.boundaries import boundaries_data, boundaries_trainer
from recipes.race import NAMES, RaceSettings, sides
from tests.clock import Clock
from tests.words import numbers_in
from views.boundaries.race import caption, growing, numbers, try_this

SHORT = {"epochs": 30, "points": 100}


def raced(**changed):
    return numbers(RaceSettings(**(SHORT | changed)))


def at_the_end(made, brief=False):
    return caption(made, brief)[-1].words


def test_each_film_ends_as_its_side_does_alone():
    race = RaceSettings(**SHORT, knob="optimizer", other="adam")
    made, (left, right, _) = numbers(race), sides(race)
    for film, side in zip(made.race.films, (left, right), strict=True):
        trainer = boundaries_trainer(side, boundaries_data(side))
        train(trainer, side.epochs * trainer.steps_per_epoch)
        np.testing.assert_array_equal(film.thetas[-1], trainer.net.theta.astype(np.float32))
    assert made.race.names == ("optimizer sgd", "optimizer adam")
    digests = {film.message["digest"] for film in made.race.films}
    assert len(digests) == 2


KNOBS = [
    ("learning rate", "1"),
    ("activation", "relu"),
    ("starting weights", "normal"),
    ("seed", "7"),
    ("optimizer", "adam"),
    ("batch size", "50"),
    ("epochs", "10"),
    ("loss", "squared_error"),
    ("L1", "0.1"),
    ("L2", "0.1"),
    ("dropout", "0.5"),
    ("hidden units", "8"),
    ("hidden layers", "1"),
]
FULL = {"batch": 1000}
SAME_ANYWAY = [("seed", "7", FULL), ("seed", "7", {"init": "zeros"}), ("batch size", "100", FULL)]


@pytest.mark.parametrize(
    ("knob", "other", "changed"), [*((*knob, {}) for knob in KNOBS), *SAME_ANYWAY]
)
def test_what_it_says_they_share_they_share(knob, other, changed):
    made = raced(knob=knob, other=other, **changed)
    fair = at_the_end(made).split(". ")[0]
    one, two = made.race.films
    np.testing.assert_array_equal(one.data.x_train, two.data.x_train)
    assert "Same points" in fair
    same_start = one.sizes == two.sizes and np.array_equal(one.thetas[0], two.thetas[0])
    assert ("same start" in fair) == same_start
    trainers = [boundaries_trainer(side, one.data) for side in made.sides[:2]]
    sizes = {trainer.batch_size for trainer in trainers}
    same_batches = len(sizes) == 1 and np.array_equal(*(t.order(1) for t in trainers))
    assert ("same batches" in fair) == same_batches
    assert f"*{knob}*" in fair
    assert "differ" in fair


def test_more_than_one_difference_is_not_fair_and_is_named():
    made = raced(also="L2 0.1")
    said = at_the_end(made)
    assert said.startswith("The race is not fair any more: *learning rate* and *L2* differ")
    assert "not fair any more" in at_the_end(made, True)
    suggested = try_this(RaceSettings(**SHORT, also="L2 0.1"), made)
    assert sides(suggested.settings).differing == ["lr"]


def test_no_difference_is_said_too():
    assert at_the_end(raced(other="0.03")).startswith("Nothing differs")


def test_its_numbers_are_those_of_the_ends():
    made = raced()
    said = numbers_in(at_the_end(made).split("At the end")[1])
    for film, side in zip(made.race.films, made.sides[:2], strict=True):
        x = features(film.data.x_train, side.inputs)
        trainer = boundaries_trainer(side, film.data)
        trainer.net.theta = film.thetas[-1].astype(float)
        z = trainer.net.predict(x)
        assert float(f"{trainer.loss.value(z, film.data.t_train):.3g}") in said
        right = ((z > 0) == (film.data.t_train == 1)).mean()
        assert round(100 * right, 1) in said


BELOW = {"half": 0.5, "a tenth": 0.1}
ON_THE_WAY = [
    {"epochs": 300},
    {"epochs": 100, "knob": "batch size", "other": "1000", "lr": 0.3},
    {"knob": "optimizer", "other": "adam"},
    {"activation": "relu", "loss": "squared_error", "init": "he_normal", "other": "100"},
    {"dataset": "slope", "loss": "squared_error", "knob": "hidden units", "other": "8"},
]


def seen(made, step):
    """The frame of each film that is on screen at a step of the left one."""
    left, right = made.race.films
    frame = int(np.flatnonzero(left.steps == step)[0])
    epoch = step / left.steps_per_epoch
    return frame, int((right.steps / right.steps_per_epoch <= epoch + 1e-9).sum()) - 1


@pytest.mark.parametrize("changed", ON_THE_WAY)
def test_on_the_way_it_says_what_each_has_come_to_by_the_moment(changed):
    made = raced(**changed)
    left, *said = caption(made)[:-1]
    assert left.since == 0
    assert "Before the first step" in left.words
    starts = [film.history["loss"][0] for film in made.race.films]
    assert set(numbers_in(left.words)) >= {float(f"{loss:.3g}") for loss in starts}
    steps = [int(step) for step in made.race.films[0].steps[1:-1]]
    for step in steps:
        words = [now.words for now in said if now.since <= step][-1]
        assert "At the end" not in words
        for film, frame, name in zip(
            made.race.films, seen(made, step), made.race.names, strict=True
        ):
            losses = film.history["loss"]
            (claim,) = re.findall(rf"\*{re.escape(name)}\* (.+?)[;.]( |$)", words)
            known = losses[: frame + 1]
            if "has not come below half" in claim[0]:
                assert not (known < losses[0] / 2).any()
                continue
            found, when = re.fullmatch(
                r"(.+) (?:by|at) (?:step|epoch) \*\*([\d,.]+)\*\*", claim[0]
            ).groups()
            at = float(when.replace(",", ""))
            per = film.steps_per_epoch if "epoch" in claim[0] else 1
            there = int(np.abs(film.steps / per - at).argmin())
            assert there <= frame
            if share := re.search("below (half|a tenth)", found):
                below = losses < BELOW[share[1]] * losses[0]
                assert below[there]
                assert not below[:there].any()
            elif "all of its points right" in found:
                assert film.history["accuracy"][there] == 1
                assert (film.history["accuracy"][:there] < 1).all()
            else:
                assert found == "diverged"
                assert film.diverged_at == film.steps[there]


def test_one_that_diverged_says_so_and_the_other_goes_on():
    made = raced(
        activation="relu", loss="squared_error", init="he_normal", knob="learning rate", other="100"
    )
    said = at_the_end(made)
    assert "*learning rate 100* *diverged* at step" in said
    assert "*learning rate 0.03* has" in said


def test_two_losses_are_not_compared():
    assert "measured in two ways" in at_the_end(raced(knob="loss", other="squared_error"))
    assert "measured in two ways" not in at_the_end(raced())


def test_a_race_grows_until_both_are_whole(monkeypatch):
    monkeypatch.setattr(runs.pace, "time", Clock(0.1))
    looks = list(growing(RaceSettings(**SHORT, knob="epochs", other="10")))
    assert len(looks) > 1
    assert looks[-1].finished
    assert not any(look.finished for look in looks[:-1])
    for film, side in zip(looks[-1].race.films, looks[-1].sides[:2], strict=True):
        assert film.steps[-1] == side.epochs * film.steps_per_epoch


@pytest.mark.parametrize(
    ("changed", "end"),
    [
        ({"knob": "epochs", "other": "100"}, "after **240** steps, and *epochs 100* has"),
        ({"knob": "epochs", "other": "10"}, "after **240** steps, and *epochs 10* has"),
        ({"epochs": 10, "knob": "batch size", "other": "1000", "also": "epochs 100"}, "has"),
        ({"lr": 100.0, "activation": "relu", "loss": "squared_error", "other": "0.03"}, "diverged"),
    ],
)
def test_both_films_can_be_seen_to_their_ends(changed, end):
    """The left one leads: once nobody saw what the right one did after the left one's end."""
    made = raced(**(SHORT | changed))
    left, right = made.race.films
    assert seen(made, int(left.steps[-1]))[1] == len(right.steps) - 1
    whole = len(left.steps) - left.beyond
    assert right.beyond == 0
    assert (np.diff(left.steps) > 0).all()
    for frames in (left.thetas, *left.history.values()):
        assert len(frames) == len(left.steps)
        still = np.repeat(frames[whole - 1 : whole], left.beyond, axis=0)
        np.testing.assert_array_equal(frames[whole:], still)
    assert left.steps[whole - 1] == made.ends[0].step or left.diverged_at is not None
    said = caption(made)
    assert said[-1].since == left.steps[-1]
    assert end in said[-1].words


def test_what_it_suggests_is_a_fair_race_of_something_else():
    for knob in ("learning rate", "activation", "optimizer"):
        other = {"learning rate": "0.3", "activation": "relu", "optimizer": "adam"}[knob]
        now = RaceSettings(**SHORT, knob=knob, other=other)
        then = try_this(now, numbers(now)).settings
        assert then.knob != knob
        assert sides(then).differing == [NAMES[then.knob]]
