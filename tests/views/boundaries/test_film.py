"""The film's view: how it grows, what it trains on, and what it says of its end."""

import base64
from dataclasses import replace

import numpy as np
import pytest

import runs.pace
import views.boundaries.film
from kernels import train
from recipes.boundaries import (
    PRESETS,
    BoundariesSettings,
    boundaries_data,
    boundaries_net,
    boundaries_trainer,
)
from recipes.judgement import Course, Went
from recipes.outcome import Outcome
from recipes.reasons import AtItsBest, Slow, Stuck, TooLong, Trial, Verdict
from runs.films import films
from tests.clock import Clock
from tests.words import as_sentence, in_full
from views.boundaries.film import (
    TRYING,
    VIEW,
    Numbers,
    at_the_end,
    caption,
    growing,
    maths,
    numbers,
    picture,
    trains_on,
    try_this,
)
from views.boundaries.opening import from_first_to_last

USUAL = BoundariesSettings()
SHORT = BoundariesSettings(epochs=30, lr=0.3)  # 600 steps, and it learns: nothing to explain
LOST = BoundariesSettings(
    lr=100.0, activation="relu", loss="squared_error", init="he_normal", epochs=100
)
TINY = BoundariesSettings(layers=1, hidden=2)  # 2-2-1: nine parameters
TOO_SLOW = PRESETS["Too slow"].settings
POINT = PRESETS["Too slow"].point


def packed(*values):
    return base64.b64encode(np.array(values, np.float64).tobytes()).decode()


def trained(settings, theta=None):
    """A trainer at the end of what these settings ask for, trained in one."""
    trainer = boundaries_trainer(settings, boundaries_data(settings), theta)
    train(trainer, settings.epochs * trainer.steps_per_epoch)
    return trainer


# How it grows


@pytest.fixture
def busy(monkeypatch):
    """A machine so slow that it takes 0.1 s to look at the clock, whatever this one does."""
    monkeypatch.setattr(runs.pace, "time", Clock(0.1))


@pytest.fixture
def quick(monkeypatch):
    """A machine on which nothing takes any time."""
    monkeypatch.setattr(runs.pace, "time", Clock(0.0))


def assert_film_of(film, trainer):
    """The film shows all that the trainer remembers."""
    assert film.steps.tolist() == trainer.history["step"] == list(trainer.snapshots)
    thetas = np.array(list(trainer.snapshots.values()), np.float32)
    np.testing.assert_array_equal(film.thetas, thetas)
    for name, values in film.history.items():
        np.testing.assert_array_equal(values, trainer.history[name])


def test_a_film_grown_in_pieces_ends_at_exactly_its_last_step_as_if_trained_in_one(busy):
    *before, whole = growing(SHORT)
    assert len(before) > 10
    assert [so_far.finished for so_far in before] == [False] * len(before)
    steps = [so_far.end.step for so_far in (*before, whole)]
    assert steps == sorted(steps)
    assert steps[-1] == 600
    assert whole.finished
    assert_film_of(whole.film, trained(SHORT))
    assert at_the_end(before[-1]).startswith("So far, after")
    assert at_the_end(whole).startswith("At the end, after **600** steps (30 epochs)")


def test_a_short_film_is_whole_at_once(quick):
    (whole,) = growing(SHORT)
    assert whole.finished
    assert_film_of(whole.film, trained(SHORT))


def test_whoever_comes_while_the_loop_compiles_sees_the_start_and_then_the_same_film(
    monkeypatch, quick
):
    asked, told = [], []

    def ready(trainer, seconds):
        asked.append(seconds)
        return len(asked) > 2

    monkeypatch.setattr(runs.compiling, "ready", ready)
    *before, whole = growing(SHORT, tell=told.append)
    assert [how_far[:3] for how_far in told[:2]] == [
        (0.0, "Compiling, once for this machine", "0 of 600 steps")
    ] * 2
    assert [len(so_far.film.steps) for so_far in before] == [1, 1]
    assert asked[0] == 0  # the first picture does not wait
    assert at_the_end(before[0]).startswith("So far, after **0** steps")
    assert_film_of(whole.film, trained(SHORT))


def test_it_tells_how_far_it_is(busy):
    told = []
    for so_far in growing(SHORT, tell=told.append):
        share, doing, done, _ = told[-1]
        assert doing == "Training"
        assert done == f"{round(600 * share):,} of 600 steps"
        assert so_far.end.step <= 600 * share
    assert [how_far.share for how_far in told] == sorted({how_far.share for how_far in told})
    assert told[-1].share == 1


def test_a_film_is_shown_whole_before_what_could_have_been_done_is_tried(quick):
    told = []
    shown, explained = growing(replace(SHORT, hidden=1), tell=told.append)
    assert [(how_far.share, how_far.doing) for how_far in told] == [(0, TRYING), (1, "Training")]
    assert {how_far.done for how_far in told} == {"600 of 600 steps"}
    assert shown.finished
    assert shown.end.verdict is None
    assert explained.end.verdict is not None
    assert at_the_end(shown).startswith("At the end, after **600** steps")
    assert shown.film.message == explained.film.message


@pytest.mark.parametrize("speed", ["busy", "quick"])
def test_a_film_ends_where_it_diverges(speed, request):
    request.getfixturevalue(speed)
    told = []
    *_, whole = growing(LOST, tell=told.append)
    trainer = trained(LOST)
    assert whole.finished
    assert whole.end.diverged_at == whole.film.diverged_at == trainer.diverged_at < 2000
    assert told[-1][:3] == (1.0, "Training", f"{trainer.diverged_at} of 2,000 steps")


def test_all_of_it_is_the_last_of_what_grows():
    whole = numbers(SHORT)
    assert (whole.finished, whole.own, whole.settings) == (True, False, SHORT)
    assert_film_of(whole.film, trained(SHORT))
    assert picture(whole) is whole.film


# A start of one's own


def test_it_trains_on_from_a_start_of_ones_own():
    theta = boundaries_net(SHORT).theta
    theta[0] = -5
    whole = numbers(SHORT, packed(*theta))
    assert whole.own
    np.testing.assert_array_equal(whole.film.thetas[0], theta.astype(np.float32))
    assert_film_of(whole.film, trained(SHORT, theta))


def test_three_films_one_after_the_other_are_one_three_times_as_long():
    part, thrice = replace(SHORT, epochs=100), numbers(replace(SHORT, epochs=300))
    film, steps = None, 2000
    for first in (0, steps, 2 * steps):
        own = None if film is None else f"{first}.{packed(*film.thetas[-1])}"
        whole = numbers(part, own)
        film = whole.film
        assert [film.steps[0], film.steps[-1]] == [first, first + steps]
    # The same batches in the same order; what the stage sends is of float32.
    np.testing.assert_allclose(film.thetas[-1], thrice.film.thetas[-1], rtol=0, atol=2e-4)
    said = caption(whole)
    right = 100 * film.history["accuracy"][0]
    assert said[0].since == 4000
    assert said[0].words.startswith(f"At step **4,000** it gets **{right:.1f}%** of its points")
    assert said[-1].words.startswith("At the end, at step **6,000**, it gets")


def test_a_film_that_goes_on_is_judged_by_the_steps_that_are_its_own():
    stuck = BoundariesSettings(
        dataset="four points",
        layers=1,
        hidden=2,
        activation="sigmoid",
        init="study notes",
        lr=0.1,
        epochs=10_000,
        batch=1000,
    )
    before = numbers(stuck).film
    whole = numbers(stuck, f"10000.{packed(*before.thetas[-1])}")
    assert (whole.end.since, whole.end.step, whole.end.epochs) == (10_000, 20_000, 10_000)
    assert whole.end.verdict is not None
    assert at_the_end(whole).startswith("At the end, at step **20,000**, ")


def test_the_parameters_of_its_network_fit():
    assert trains_on(TINY, packed(*range(9)))
    assert trains_on(TINY, f"1200.{packed(*range(9))}")
    assert not trains_on(SHORT, packed(*range(9)))


@pytest.mark.parametrize(
    "sent",
    [
        *["", "not base64!", "AAAA", packed(1, 2), packed(*[np.nan] * 9), "é" * 96, "12."],
        *[f"{step}.{packed(*range(9))}" for step in ("-1", "1e3", "²", 10**9 + 1, "9" * 5000)],
    ],
)
def test_anything_else_does_not(sent):
    assert not trains_on(TINY, sent)


# What is one click away


def test_the_maths_is_of_the_network_on_the_stage():
    lines = "\n".join(maths(numbers(BoundariesSettings(epochs=10, widths="5 relu, 3 leaky_relu"))))
    assert "2-5-3-1 units" in lines
    assert r"a_{2} = \operatorname{leaky relu}(z_{2})" in lines
    assert r"\hat y = \sigma(z_{3})" in lines
    lines = "\n".join(maths(numbers(BoundariesSettings(epochs=10, layers=0, loss="squared_error"))))
    assert r"\frac1n \sum_k (\hat y_k - t_k)^2" in lines
    assert "Backward, at the answer's sum:" in lines


# What it says


def caption_of(end, settings=USUAL, finished=True, own=False):
    return in_full(at_the_end(Numbers(None, end, finished, own, settings, True)))


FOUR = Outcome(
    step=1000,
    epochs=1000.0,
    loss=0.3,
    first=0.7,
    accuracy=1.0,
    test_loss=None,
    test_accuracy=None,
    answers=np.array([0.1, 0.9, 0.9, 0.1]),
    targets=np.array([0.0, 1, 1, 0]),
    classes=2,
    dead=0,
    diverged_at=None,
)
MANY = FOUR._replace(
    epochs=50.0,
    accuracy=0.75,
    test_loss=0.4,
    test_accuracy=0.5,
    answers=np.zeros(20),
    targets=np.zeros(20),
)
STUCK = np.array([0.0, 0.49, 1.0, 0.51])


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([0.1, 0.9, 0.9, 0.1], "all of the four answers are right"),
        ([0.1, 0.9, 0.2, 0.1], "three of the four answers are right"),
        ([0.1, 0.2, 0.2, 0.9], "one of the four answers is right"),
        ([0.9, 0.2, 0.2, 0.9], "none of the four answers are right"),
    ],
)
def test_four_answers_are_counted(answers, said):
    assert f"At the end, after **1,000** steps, {said}." in caption_of(
        FOUR._replace(answers=np.array(answers))
    )


def test_undecided_and_stuck_are_told_apart():
    open_ones = caption_of(FOUR._replace(answers=STUCK))
    assert "two of the four answers are undecided, near ½: **0.4900** and **0.5100**" in open_ones
    assert "stuck" not in open_ones
    stuck = caption_of(FOUR._replace(answers=STUCK, verdict=judged(Went.LEVELLED, Stuck(150_000))))
    assert "two of the four answers are stuck near ½" in stuck
    assert "It is *stuck*: 150,000 steps more, tried here, lower the loss by less than 5%" in stuck
    one = caption_of(FOUR._replace(answers=np.array([0.0, 0.49, 1, 0])))
    assert "one of the four answers is undecided" in one


def test_many_points_are_a_share_with_the_unseen_beside_it():
    caption = caption_of(MANY)
    assert (
        "At the end, after **1,000** steps (50 epochs), it gets **75.0%** of its points right"
        in caption
    )
    assert "**50.0%** of unseen ones" in caption
    assert "**0.3**, on unseen points **0.4**" in caption
    alone = caption_of(MANY._replace(test_loss=None, test_accuracy=None))
    assert "unseen" not in alone
    assert "it gets **75.0%** of its points right." in alone


def judged(went, reason=None, remedy=None, good=False):
    return Verdict(Course(went, 0.7, 0.5, 500, 0.3, 0.2, 0.9), good, reason, remedy)


def test_what_the_loss_did_comes_with_its_reason_in_one_sentence():
    for went, reason, said in (
        (
            Went.FALLING,
            None,
            "is *still falling* (half way, at step 500, it was **0.5**).",
        ),
        (Went.ROSE, TooLong(), "at the start* (**0.7**): its steps are *too long*."),
        (Went.HARDLY_MOVED, Slow(), "(it began at **0.7**): it is *slow*, not stuck."),
        (Went.LEVELLED, AtItsBest(0.3, False, True), "**0.3**. Its loss is *the best*, within 1%"),
    ):
        assert said in caption_of(MANY._replace(verdict=judged(went, reason)))
    assert "The loss" not in caption_of(MANY._replace(verdict=judged(Went.UNCLEAR)))


def test_what_could_be_tried_is_said_with_what_it_came_to():
    remedy = Trial({"lr": 0.3, "l2": 0.0}, 0.0123, 0.995, 0.02, 1000)
    end = MANY._replace(verdict=judged(Went.ROSE, TooLong(), remedy))
    settings = BoundariesSettings(lr=1.0, l2=0.1)
    said = try_this(settings, Numbers(None, end, True, False, settings, True))
    assert as_sentence(said) == (
        "Try *learning rate* 0.3 and *L2* 0: here that came to **99.5%** right, "
        "a loss of **0.0123**."
    )
    assert said.settings == replace(settings, lr=0.3, l2=0.0)
    assert "may help" not in caption_of(end)
    assert "Try" not in caption_of(end)


def test_what_was_not_tried_only_may_help():
    assert caption_of(MANY._replace(verdict=judged(Went.ROSE))).endswith(
        "A smaller learning rate may help."
    )
    slowest = BoundariesSettings(lr=1e-4)
    assert "smaller" not in caption_of(MANY._replace(verdict=judged(Went.ROSE)), slowest)


def test_a_network_that_gets_all_right_needs_no_reason():
    for end in (MANY, FOUR):
        caption = caption_of(end._replace(accuracy=1.0, verdict=judged(Went.ROSE, good=True)))
        assert caption.endswith("**0.3**, on unseen points **0.4**." if end is MANY else "**0.3**.")


def test_one_answer_to_everything_is_named():
    assert "it calls every point *blue*: **75.0%** are right" in caption_of(
        MANY._replace(one_class=1)
    )
    assert "it answers about **0.25** to every point, off by about" in caption_of(
        MANY._replace(classes=0, one_number=0.25)
    )


def test_on_a_projector_there_are_two_sentences():
    end = MANY._replace(verdict=judged(Went.ROSE, TooLong(), Trial({"lr": 0.3}, 0.1, 0.9, 0.1, 9)))
    assert at_the_end(Numbers(None, end, True, False, USUAL, True), True) == (
        "At the end, after **1,000** steps, it gets **75.0%** of its points right, **50.0%** of "
        "unseen ones; loss **0.3**. Its loss is *larger than at the start* (**0.7**): its steps "
        "are *too long*."
    )


def test_a_number_is_off_by_the_root_of_its_loss():
    caption = caption_of(MANY._replace(classes=0, loss=0.04))
    assert (
        "off by about **0.2** (at unseen points 0.632). Loss (how wrong it is): **0.04**."
        in caption
    )
    assert "right" not in caption


def test_dead_units_are_counted():
    end = MANY._replace(verdict=judged(Went.UNCLEAR))
    assert "One hidden unit is *dead*" in caption_of(end._replace(dead=1))
    assert "3 hidden units are *dead*" in caption_of(end._replace(dead=3, classes=0))
    assert "dead" not in caption_of(end)


def test_a_point_comes_first_and_only_its_numbers_follow():
    end = MANY._replace(dead=2)
    assert caption_of(end, TOO_SLOW) == (
        f"{POINT} At the end, after **1,000** steps, it gets **75.0%** of its points "
        "right, **50.0%** of unseen ones; loss **0.3**."
    )


def test_a_point_comes_first_also_where_a_number_is_asked_for():
    end = MANY._replace(classes=0)
    assert caption_of(end, TOO_SLOW).startswith(f"{POINT} At the end, after **1,000**")
    assert caption_of(end).startswith("At the end")


def test_divergence_names_its_step_after_the_point_if_there_is_one():
    lost = MANY._replace(diverged_at=1234)
    assert caption_of(lost).startswith("At step **1,234** the numbers left")
    assert caption_of(lost, TOO_SLOW).startswith(f"{POINT} At step **1,234**")


def test_a_film_with_a_start_of_ones_own_does_not_make_the_point_of_its_settings():
    for settings in (BoundariesSettings(), TOO_SLOW):
        said = caption_of(MANY, settings, own=True)
        assert said.startswith("At the end, after **1,000** steps, it gets")
        assert POINT not in said


def test_a_film_that_is_not_finished_says_so():
    assert caption_of(MANY, finished=False).startswith("So far, after **1,000** steps")


def test_homes_caption_goes_from_the_first_loss_to_the_last():
    whole = Numbers(None, FOUR, True, False, BoundariesSettings(), True)
    caption = from_first_to_last(whole.end)
    assert "**0.7**), correct themselves 1,000 times, and end at **0.3**" in caption


# Who took its steps


def said_above_the_code(settings):
    return VIEW.code_note(numbers(settings))


def test_the_code_says_whether_a_compiled_twin_took_the_steps():
    assert "compiled twin" in said_above_the_code(SHORT)
    wide = BoundariesSettings(hidden=16, batch=1000, epochs=10)  # nn_core is the faster one there
    assert said_above_the_code(wide) == "This is the code that runs, read from the app itself."


# Kept on disk


@pytest.fixture
def every_film(monkeypatch):
    """Is worth keeping."""
    monkeypatch.setattr(films(), "worth", 0.0)


def no_training(*args):
    raise AssertionError("this film is on disk")


@pytest.mark.parametrize(
    ("settings", "own"), [(SHORT, None), (TINY, packed(*range(9))), (LOST, None)]
)
def test_a_film_once_made_is_found_again_as_it_was(monkeypatch, every_film, settings, own):
    settings = replace(settings, epochs=30)
    made, told = numbers(settings, own), []
    monkeypatch.setattr(views.boundaries.film, "in_pieces", no_training)
    monkeypatch.setattr(runs.compiling, "ready", no_training)  # nor is anything compiled
    *_, found = growing(settings, own, told.append)
    assert {how_far.doing for how_far in told} <= {TRYING, "Training"}
    assert told[-1].share == 1.0
    assert found.film.message == made.film.message
    assert caption(found) == caption(made)
    assert found.finished
    assert found.own is made.own is (own is not None)
    with pytest.raises(AssertionError, match="on disk"):
        numbers(replace(settings, seed=7), own)


def test_a_film_that_took_no_time_or_was_given_up_is_not_kept(busy, every_film, monkeypatch):
    next(growing(SHORT))
    assert not films().folder.exists()
    monkeypatch.setattr(films(), "worth", 60.0)
    numbers(SHORT)
    assert not films().folder.exists()
