import itertools
import re
import threading

import numpy as np
import pytest

import views.gradients.race as race_view
from datasets.digits import bundled_digits
from figures.theme import CATEGORICAL
from nn_core import OPTIMIZERS, SoftmaxCrossEntropy, mlp
from recipes.ground import Ground, Landscape, Path
from runs.shelf import Shelf
from views.gradients.race import (
    VIEW,
    DigitRace,
    LandscapeRace,
    Numbers,
    Settings,
    caption,
    code,
    growing,
    numbers,
    picture,
)
from views.gradients.race.digits import averaged, digit_race

GROUND = Ground([2, 2, 1], "tanh", *[np.zeros(9)] * 3, 0.01, 0.35, None)
WIDE = Landscape(np.array([0.0, 9.0]), *[np.zeros(2)] * 5, True, 1.0)  # 9 wide


def path(name, losses, diverged_at=None):
    return Path(name, np.zeros((2, 2)), np.array(losses), np.array([0.0, 2.5]), diverged_at)


def said(ground, paths):
    return caption(Numbers(0.3, 0.03, LandscapeRace(1000, ground, WIDE, paths, {})))[-1].words


def test_a_race_starts_everyone_at_the_same_point():
    ran = numbers(Settings(steps=100)).race
    assert [path.name for path in ran.paths] == ["sgd", "momentum", "nesterov", "rmsprop", "adam"]
    for path in ran.paths:
        assert len(path.loss) == 101
        np.testing.assert_array_equal(path.at[0], ran.land.start)
        assert path.loss[0] == ran.paths[0].loss[0]


def test_batch_losses_are_averaged_by_ten():
    np.testing.assert_allclose(averaged([*range(20), 99]), [4.5, 14.5])


def test_a_search_that_found_no_solution_says_so():
    poor = GROUND._replace(solution_loss=0.69, stuck_loss=0.1)
    words = said(poor, [path("sgd", [0.7, 0.2])])
    assert "None of 32 runs solved XOR" in words
    assert "None of 32 runs got stuck" in words


def test_the_race_names_the_lowest_loss_first_and_who_diverged():
    paths = [path("sgd", [1, 0.5]), path("adam", [1, 0.1]), path("rmsprop", [1, 1], 3)]
    words = said(GROUND, paths)
    assert "adam **0.1** and sgd **0.5**. rmsprop diverged." in words
    assert "off it (9 wide)" in words


@pytest.fixture
def bundled(monkeypatch):
    digits = bundled_digits()
    here = Shelf(lambda report: digits)
    here.digits(patience=60)
    monkeypatch.setattr(race_view, "shelf", lambda: here)
    return digits


@pytest.fixture
def grown(bundled):
    """All that the race on digits showed while it was run, and what it told."""
    told = []
    return list(growing(Settings(ground="digits", seed=4), told.append)), told


def test_while_mnist_is_looked_for_there_is_a_picture_and_how_far_that_is(bundled, monkeypatch):
    found, told = threading.Event(), []

    def find(report):
        report("train-images", 0.25)
        found.wait(60)
        return bundled

    slow = Shelf(find)
    monkeypatch.setattr(race_view, "shelf", lambda: slow)
    shown = growing(Settings(ground="digits"), told.append)
    first = next(shown)
    while not told[-1].share:
        first = next(shown)
    assert told[-1].doing == "Downloading train-images"
    assert told[-1].done == "0 of 5 optimizers"
    assert first.race.loss == {}
    assert caption(first)[-1].words.startswith("The same 200 batches of digits for everyone.")
    picture(first).to_json()
    found.set()
    *_, whole = shown
    assert whole.race.digits == "scikit-learn's digits"
    assert list(whole.race.accuracy) == list(OPTIMIZERS)


def test_a_race_on_digits_grows_by_one_optimizer_after_the_other(grown):
    shown, told = grown
    assert [list(numbers.race.loss) for numbers in shown] == [
        list(OPTIMIZERS)[:n] for n in range(1, 6)
    ]
    assert [how_far.share for how_far in told] == pytest.approx(np.arange(1, 6) / 5)
    for before, after in itertools.pairwise(shown):
        for name, loss in before.race.loss.items():
            np.testing.assert_array_equal(after.race.loss[name], loss)


def test_what_is_there_of_a_race_on_digits_is_a_picture_and_a_true_sentence(grown):
    shown, _ = grown
    for n, one in enumerate(shown, 1):
        figure = picture(one)
        curves = figure.data[:n]  # and a dot at the end of each
        assert [trace.name for trace in curves] == list(OPTIMIZERS)[:n]
        assert [trace.line.color for trace in curves] == list(CATEGORICAL[:n])
        assert {trace.name for trace in figure.data[n:]} == {"now"}
        figure.to_json()
        *on_the_way, (_, words) = caption(one)
        assert [since for since, _ in on_the_way] == list(range(10, 200, 10))
        for k, (since, now) in enumerate(on_the_way):
            losses = {name: loss[k] for name, loss in one.race.loss.items()}
            assert f"After {since} batches" in now
            assert re.search(rf"lowest first: {min(losses, key=losses.get)}( \*\*|, | and )", now)
        assert words.endswith("Learning rate 0.3, for RMSprop and Adam 0.03.")
        assert words.startswith("The same 200 batches of scikit-learn's digits for everyone. Test")


def test_everyone_sees_the_same_batches_from_the_same_start_and_is_judged_by_all_test_digits(
    bundled, grown
):
    whole = grown[0][-1].race
    everyone = Settings(ground="digits", seed=4).rates()
    assert everyone == dict.fromkeys(("sgd", "momentum", "nesterov"), 0.3) | dict.fromkeys(
        ("rmsprop", "adam"), 0.03
    )
    firsts = [loss[0] for loss in whole.loss.values()]
    assert len(set(firsts)) == 5  # the first ten batches, already with steps in between
    pixels = bundled.x_train.shape[1]
    start = mlp([pixels, 32, 10], "sigmoid", "glorot_uniform", 4, np.float32)
    for name, trainer in digit_race("sigmoid", 4, everyone, bundled).items():
        np.testing.assert_array_equal(trainer.net.theta, start.theta)
        trainer.run(steps=200)
        np.testing.assert_array_equal(whole.loss[name], averaged(trainer.batch_loss))
        z = trainer.net.predict(bundled.x_test)
        right = float((z.argmax(axis=1) == bundled.t_test).mean())
        assert whole.accuracy[name] == pytest.approx(right)
        assert isinstance(trainer.loss, SoftmaxCrossEntropy)


def test_the_code_shown_is_of_what_was_trained(grown):
    on_digits = grown[0][-1]
    assert isinstance(on_digits.race, DigitRace)
    assert [piece.__name__ for piece in code(on_digits)] == ["digit_race", "SGD", "RMSprop", "Adam"]
    assert "twin" not in VIEW.code_note(on_digits)
    over_landscape = numbers(Settings(steps=100))
    assert code(over_landscape)[0].__name__ == "descent"
    assert "compiled twin" in VIEW.code_note(over_landscape)


def test_who_came_below_half_first_and_who_left_the_map_is_said_from_the_step_on_at_which_it_did():
    ran = numbers(Settings())
    said, losses = caption(ran), {path.name: path.loss for path in ran.race.paths}
    for share, level in (("half", 0.5), ("a tenth", 0.1)):
        came = {name: np.flatnonzero(loss < level * loss[0]) for name, loss in losses.items()}
        at = min(steps[0] for steps in came.values() if steps.size)
        who = [name for name, steps in came.items() if steps.size and steps[0] == at]
        (words,) = (words for since, words in said if since == at)
        assert f"First below {share} of" in words
        assert all(f"**{name}**" in words for name in who)
        assert not any(f"First below {share}" in words for since, words in said if since < at)
    for path in ran.race.paths:
        out = np.flatnonzero(~ran.race.land.holds(path.at))
        for since, words in said:
            left = f"{path.name} (step {out[0]:,})" if out.size else "no such words"
            assert (left in words) == bool(out.size and out[0] <= since)
    assert "lowest first" not in " ".join(words for _, words in said[:-1])


def test_where_all_diverge_the_end_is_said_at_the_last_step_that_there_is():
    ran, parts = numbers(Settings(steps=100)), ("at", "loss", "distance")
    short = [
        path._replace(**{part: getattr(path, part)[:n] for part in parts}, diverged_at=n)
        for n, path in enumerate(ran.race.paths, 3)
    ]
    lost = ran._replace(race=ran.race._replace(paths=short))
    film = picture(lost).layout.meta["film"]
    assert caption(lost)[-1].since == film["steps"][-1] == 6
