from dataclasses import asdict, replace

import numpy as np
import pytest

from recipes.mnist import PRESETS, MnistSettings
from runs.registry import Registry
from runs.run import ELSEWHERE, Run, State, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import SMALL, small_digits, trained
from tests.words import in_full
from views.mnist.training import Settings, caption, maths, numbers
from views.mnist.training.paper import answer
from views.mnist.training.words import EXPECT


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


def test_of_a_network_that_was_measured_it_says_whether_it_is_sure():
    assert answer(sure(d3=0.998), sure=True) == "Sure: a 3 (99.8%)."
    assert answer(sure(d3=0.98), 3, sure=False) == "Likely a 3 (98%). Right."
    assert answer(sure(d3=0.9, d8=0.08), sure=False) == "Likely a 3 (90%), or an 8 (8%)."
    assert answer(sure(d3=0.5, d5=0.04), sure=False).startswith("Not sure: a 3 (50%) or a")
    for probabilities in (sure(d3=0.9999), sure(d3=0.7, d5=0.25), sure(d4=0.45, d9=0.4)):
        assert not answer(probabilities).startswith("Sure")  # of others nobody measured it


def test_what_may_be_no_digit_is_said_before_what_it_may_be():
    said = answer(sure(d3=0.998), doubt="ink in two places", sure=True)
    assert said == "Perhaps no digit (ink in two places): it reads a 3 (99.8%)."
    assert answer(sure(d3=0.4), doubt="why").startswith("Perhaps no digit (why): it reads a 3")


@pytest.mark.parametrize(
    ("p", "said"), [(0.604, "60%"), (0.9949, "99%"), (0.9962, "99.6%"), (0.9999, "99.99%")]
)
def test_what_is_no_certainty_is_not_written_as_one(p, said):
    """Of no words beside a percentage, doubtful ones least of all, it says 100% of what is less."""
    for sure_of_it in (None, False, True):
        assert f"a 3 ({said})" in answer(sure(d3=p), sure=sure_of_it).lower()


@pytest.mark.parametrize("lost", [np.nan, np.inf])
def test_numbers_that_are_lost_are_told(lost):
    probabilities = np.full(10, 0.1)
    probabilities[3] = lost
    assert "no longer finite" in answer(probabilities)
    assert "no longer finite" in answer(probabilities, 3)


# The settings


def test_the_view_has_all_that_trains_and_how_it_is_drawn():
    settings = Settings(lr=0.3, hidden=7, layers=2, smooth=True)
    assert settings.recipe == MnistSettings(lr=0.3, hidden=7, layers=2)
    assert list(Settings.allowed()) == [
        *MnistSettings.allowed(),
        "smooth",
        "only_paper",
        "wall_layer",
        "off",
    ]
    assert Settings.key("smooth") == "mnist_smooth"


# The caption


@pytest.fixture
def run(tmp_path):
    run = TrainingRun(SMALL, small_digits(), Workers(1), Store(tmp_path), trained(18))
    run._progress.history["val_accuracy"][-1] = 0.625
    run._progress.history["val_loss"][-1] = 1.234567
    return run


def seen(run, chosen=None, looking=False):
    """A look at a run while the controls say what it was trained with, or something else."""
    return numbers(Settings(**asdict(chosen or run.settings)), run, looking)


def said(run, chosen=None, **changes):
    """The caption, with some of the run's numbers changed."""
    now = seen(run, chosen)
    return in_full(caption(now._replace(progress=now.progress._replace(**changes))))


RECIPE = "5 hidden units, learning rate 0.1"
LOST = " (their loss: 1.23)"


def test_each_state_says_how_far_it_is_with_its_numbers(run):
    assert said(run) == (
        f"Paused after 2.0 of 4 epochs (18 steps), {RECIPE}. "
        f"At the last count (epoch 2) it reads **62.5%** of the test digits right{LOST}."
    )
    # 18 of 36 batches of 10 are left: 180 images, at 20 a second.
    assert said(run, state=State.RUNNING, images_per_second=20.0) == (
        f"Training, {RECIPE}: 2.0 of 4 epochs, 20 images a second, about 9 s left. "
        f"At the last count (epoch 2) it reads **62.5%** of the test digits right{LOST}."
    )
    assert said(run, state=State.FINISHED, step=36) == (
        f"Done: 4.0 of 4 epochs, {RECIPE}. "
        f"It reads **62.5%** of the test digits right{LOST}. {EXPECT}"
    )
    stopped = said(run, state=State.FINISHED, stopped="You stopped it here.")
    assert f"2.0 of 4 epochs, {RECIPE}. You stopped it here. It reads" in stopped
    assert "After step 18 the numbers left" in said(run, state=State.DIVERGED)
    assert "*diverged*" in said(run, state=State.DIVERGED)
    assert said(run, state=State.FAILED).startswith("This run failed on the server.")


def test_a_run_that_waits_says_its_place(run, tmp_path):
    workers = Workers(0)  # nobody works
    ahead, behind = (TrainingRun(SMALL, small_digits(), workers, Store(tmp_path)) for _ in range(2))
    ahead.go_on()
    behind.go_on()
    assert said(behind) == f"Waiting for a free place, number 2 in the queue ({RECIPE})."


def test_the_recipe_is_counted_in_words(tmp_path):
    for settings, recipe in (
        (replace(SMALL, hidden=1), "1 hidden unit, learning rate 0.1"),
        (replace(SMALL, layers=3, lr=0.001), "3 layers of 5 hidden units, learning rate 0.001"),
    ):
        run = TrainingRun(settings, small_digits(), Workers(1), Store(tmp_path))
        assert f", {recipe}." in said(run)


def test_before_anything_was_counted_it_reads_nothing_yet(run):
    assert said(run, history={"val_accuracy": [], "step": []}).endswith("it reads nothing yet.")


def test_a_point_comes_first_and_what_is_wrong_last(run, tmp_path):
    run.unsaved = "It cannot be saved."
    changed = said(run, replace(SMALL, lr=0.3))
    assert changed.startswith("Paused")
    assert changed.endswith("**Train on** does so from this network. It cannot be saved.")
    pointed = caption(seen(run)._replace(point="A point."))
    assert pointed.startswith("A point. Paused")
    assert "controls say something else" not in pointed
    assert pointed.endswith("It cannot be saved.")


def test_a_point_is_a_presets_and_is_made_only_of_what_is_shown(tmp_path):
    preset = PRESETS["Zero start"]
    run = TrainingRun(preset.settings, small_digits(), Workers(1), Store(tmp_path))
    assert said(run).startswith(f"{preset.point} Paused")
    elsewhere = said(run, PRESETS["Too fast"].settings)
    assert preset.point not in elsewhere
    assert PRESETS["Too fast"].point not in elsewhere


@pytest.mark.parametrize(("side", "title"), [(8, "scikit-learn's digits"), (28, "MNIST")])
def test_digits_that_are_not_here_are_named(side, title):
    run = Run(trained(18, digits=small_digits(side=side)), "an-id")
    assert f"It learned from {title}, which are not here, so it cannot go on." in said(run)


def test_digits_that_may_still_be_found_are_not_given_up():
    mnist, bundled = (Run(trained(18, digits=small_digits(side=s)), "an-id") for s in (28, 8))
    waiting = caption(seen(mnist, looking=True))
    assert "It learned from MNIST, which are still being looked for" in waiting
    assert "not here" not in waiting
    assert "which are not here, so it cannot go on." in caption(seen(bundled, looking=True))


def test_while_it_trains_the_controls_are_for_the_next_run(run):
    caption = said(run, replace(SMALL, lr=0.3), state=State.RUNNING)
    assert "Start over" not in caption
    assert caption.endswith("The controls say something else. The next run uses that.")


def recorded(saved):
    """A run without an id, as the recording is."""
    run = Run(saved)
    run.look().history["val_accuracy"][-1] = 0.972
    return run


def test_the_recording_says_that_it_is_one_and_of_what():
    run = recorded(trained(36))
    caption = said(run)
    assert caption.startswith("A **recording**: the study notes' network after 4 epochs")
    assert "**97.2%** of the test digits right" in caption
    settings, made = MnistSettings(), maths(seen(run))[-1]
    steps = settings.epochs * settings.images // settings.batch
    assert (settings.hidden, settings.activation, settings.lr) == (50, "sigmoid", 0.1)
    assert abs(steps - 50_000) < 600  # whole epochs
    assert "50,000 batches of 100 drawn with replacement, learning rate 0.1" in made
    assert f"{settings.images:,} training digits" in made


def test_other_controls_than_the_recordings_say_what_they_would_do():
    preset = PRESETS["Too fast"]
    caption = said(recorded(trained(36)), preset.settings)
    assert caption.startswith("A **recording**")
    assert caption.endswith(f"**Start** trains that. {preset.point}")
    other = said(recorded(trained(36)), replace(SMALL, lr=0.3))
    assert other.endswith("**Start** trains that, and **Train on** does so from this network.")


# The maths is that of the network on the page


def formulas(chosen=None, **trained_with):
    run = Run(trained(2, replace(SMALL, **trained_with)), "an-id")
    return "\n".join(maths(seen(run, chosen)))


def test_the_maths_of_one_sigmoid_layer():
    said = formulas()
    assert "64-5-10 units" in said
    assert r"a_{1} = \operatorname{sigmoid}(z_{1})" in said
    assert r"p_{kj} = \frac{e^{z_{2,kj}}}{\sum_m e^{z_{2,km}}}" in said
    assert r"\frac{\partial L}{\partial z_{2,kj}} = \frac{p_{kj} - [j = t_k]}{n}" in said
    assert "z_{3}" not in said
    assert "ten weights in $W_2$" in said
    assert r"\theta \leftarrow \theta - \eta" in said


def test_the_maths_of_three_layers_of_another_activation_and_optimizer():
    said = formulas(layers=3, activation="leaky_relu", optimizer="adam")
    assert "64-5-5-5-10 units" in said
    for i in (1, 2, 3):
        assert rf"a_{{{i}}} = \operatorname{{leaky relu}}(z_{{{i}}})" in said
    assert "sigmoid" not in said.split("The recordings")[0]
    assert r"p_{kj} = \frac{e^{z_{4,kj}}}{\sum_m e^{z_{4,km}}}" in said
    assert r"\partial z_{4,kj}" in said
    assert "ten weights" not in said  # no digit comes right after the units of the wall
    assert "plain gradient descent" not in said
    assert "adam" in said


def test_controls_that_have_moved_since_do_not_change_the_maths_of_what_is_shown():
    assert formulas(replace(SMALL, layers=2, activation="relu")) == formulas()


def test_a_run_that_another_process_trains_says_so_and_as_of_when_its_numbers_are(tmp_path, hold):
    there, here = (Registry(Workers(1), Store(tmp_path)) for _ in range(2))
    run = there.new(replace(SMALL, epochs=50), small_digits())
    run.go_on()
    shown = here.find(run.id, small_digits())
    said = caption(numbers(Settings(), shown, here=small_digits()), False)
    said = said if isinstance(said, str) else said[-1].words
    assert "As of its latest whole epoch" in said
    assert ELSEWHERE in said
    assert "cannot go on" not in said
    run.pause()
