from dataclasses import replace

import numpy as np
import pytest

from recipes.mnist import MnistSettings
from runs.run import Run, progress_of
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import SMALL, small_digits, trained
from ui.formulas import MNIST_FORMULAS
from ui.mnist_captions import answer, recording_caption, run_caption


def sure(**digits):
    """Probabilities: so much for these digits, the rest shared by all others."""
    said = {int(name[1:]): p for name, p in digits.items()}
    probabilities = np.full(10, (1 - sum(said.values())) / (10 - len(said)))
    probabilities[list(said)] = list(said.values())
    return probabilities


def test_nothing_on_the_paper_is_an_invitation():
    assert answer(None) == "Draw a digit: the network says what it reads."


def test_an_answer_is_sure_or_has_a_second_thought_or_is_none():
    assert answer(sure(d3=0.98)) == "It reads a 3 (98%)."
    assert answer(sure(d3=0.7, d5=0.25)) == "A 3 (70%), perhaps a 5 (25%)."
    assert answer(sure(d4=0.45, d9=0.4)) == "Not sure: a 4 (45%) or a 9 (40%)."
    assert answer(np.full(10, 0.1)) == "Not sure: a 0 (10%) or a 1 (10%)."


def test_the_second_thought_begins_at_fifteen_percent_and_doubt_below_sixty():
    assert "perhaps" not in answer(sure(d3=0.84, d5=0.149))
    assert "perhaps" in answer(sure(d3=0.84, d5=0.151))
    assert answer(sure(d3=0.599, d5=0.01)).startswith("Not sure")
    assert not answer(sure(d3=0.601, d5=0.01)).startswith("Not sure")


def test_a_test_digit_says_whether_that_was_right():
    assert answer(sure(d3=0.98), 3) == "It reads a 3 (98%). Right."
    assert answer(sure(d3=0.98), 5) == "It reads a 3 (98%). It is a 5."
    assert answer(sure(d3=0.7, d5=0.25), 5).endswith("perhaps a 5 (25%). It is a 5.")
    assert answer(sure(d4=0.45, d9=0.4), 4).endswith("Right.")


@pytest.mark.parametrize("lost", [np.nan, np.inf])
def test_numbers_that_are_lost_are_told(lost):
    probabilities = np.full(10, 0.1)
    probabilities[3] = lost
    assert "no longer finite" in answer(probabilities)
    assert "no longer finite" in answer(probabilities, 3)


@pytest.fixture
def run(tmp_path):
    run = Run(SMALL, small_digits(), Workers(1), Store(tmp_path), trained(18))
    run._progress.history["val_accuracy"][-1] = 0.625
    return run


def said(run, **changes):
    return run_caption(run.look()._replace(**changes), run, run.config)


RECIPE = "5 hidden units, learning rate 0.1"


def test_each_state_says_how_far_it_is_with_its_numbers(run):
    assert said(run) == (
        f"Paused after 2.0 of 4 epochs (18 steps), {RECIPE}. "
        "At the last count it reads **62.5%** of the test digits right."
    )
    # 18 of 36 batches of 10 are left: 180 images, at 20 a second.
    assert said(run, state="running", images_per_second=20.0) == (
        f"Training, {RECIPE}: 2.0 of 4 epochs, 20 images a second, about 9 s left. "
        "At the last count it reads **62.5%** of the test digits right."
    )
    assert said(run, state="finished", step=36) == (
        f"Done: 4.0 of 4 epochs, {RECIPE}. It reads **62.5%** of the test digits right."
    )
    stopped = said(run, state="finished", stopped="You stopped it here.")
    assert f"2.0 of 4 epochs, {RECIPE}. You stopped it here. It reads" in stopped
    assert "After step 18 the numbers left" in said(run, state="diverged")
    assert "*diverged*" in said(run, state="diverged")
    assert said(run, state="failed").startswith("This run failed on the server.")


def test_a_run_that_waits_says_its_place(run, tmp_path):
    workers = Workers(0)  # nobody works
    ahead, behind = (Run(SMALL, small_digits(), workers, Store(tmp_path)) for _ in range(2))
    ahead.go_on()
    behind.go_on()
    assert said(behind) == f"Waiting for a free place, number 2 in the queue ({RECIPE})."


def test_the_recipe_is_counted_in_words(tmp_path):
    for config, recipe in (
        (replace(SMALL, hidden=1), "1 hidden unit, learning rate 0.1"),
        (replace(SMALL, layers=3, lr=0.001), "3 layers of 5 hidden units, learning rate 0.001"),
    ):
        run = Run(config, small_digits(), Workers(1), Store(tmp_path))
        assert f", {recipe}." in said(run)


def test_before_anything_was_counted_it_reads_nothing_yet(run):
    assert said(run, history={"val_accuracy": []}).endswith("it reads nothing yet.")


def test_a_point_comes_first_and_what_is_wrong_last(run):
    run.unsaved = "It cannot be saved."
    caption = run_caption(run.look(), run, replace(SMALL, lr=0.3), "A point.")
    assert caption.startswith("A point. Paused")
    assert caption.endswith("**Start over** uses what they say now. It cannot be saved.")
    assert "controls have moved" not in said(run)


def test_digits_that_are_not_here_are_named(tmp_path):
    elsewhere = small_digits(name="others")
    run = Run(SMALL, elsewhere, Workers(1), Store(tmp_path), trained(18))
    assert "It learned from made up, which are not here, so it cannot go on." in said(run)


def test_while_it_trains_the_controls_are_for_the_next_run(run):
    progress = run.look()._replace(state="running")
    caption = run_caption(progress, run, replace(SMALL, lr=0.3))
    assert "Start over" not in caption
    assert caption.endswith("The controls have moved since: the next run uses what they say now.")


def test_the_recording_says_that_it_is_one_and_of_what():
    progress = progress_of(trained(36))
    progress.history["val_accuracy"][-1] = 0.972
    caption = recording_caption(progress)
    assert caption.startswith("A **recording**: notebook B's network after 4 epochs")
    assert "**97.2%** of the test digits right" in caption
    config, made = MnistSettings(), MNIST_FORMULAS[-1]
    steps = config.epochs * config.images // config.batch
    assert (config.hidden, config.activation, config.lr) == (50, "sigmoid", 0.1)
    assert abs(steps - 50_000) < 600  # whole epochs
    assert "50,000 batches of 100 drawn with replacement, learning rate 0.1" in made
    assert f"{config.images:,} training digits" in made


def test_other_controls_than_the_recordings_say_what_they_would_do():
    caption = recording_caption(progress_of(trained(36)), False, "Too large a step.")
    assert caption.startswith("A **recording**")
    assert caption.endswith("**Start** trains that. Too large a step.")
