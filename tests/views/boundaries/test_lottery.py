"""The lottery counts what is there: films, bit for bit, and nn_core's own stack of networks."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from datasets.xor import xor_points
from figures.lottery import BARS
from nn_core import SGD, BinaryCrossEntropy, Ensemble
from recipes.boundaries import STARTS, BoundariesSettings, boundaries_data, boundaries_net
from recipes.lottery import DIVERGED, LEARNED, SIDE, shared, starts_of
from recipes.settings import STUDY_NOTES
from runs.work import Turns, Work
from tests.words import numbers_in
from views.boundaries import film
from views.boundaries.lottery import (
    PRESETS,
    Settings,
    caption,
    growing,
    maths,
    numbers,
    opens,
    picture,
    seen_by,
)

XOR = PRESETS["Was I lucky?"].settings


def solved_by_nn_core(seeds):
    """Which of these answer XOR within 0.1, trained as one stack by NumPy."""
    x, t = xor_points()
    starts = Ensemble([2, 2, 1], "sigmoid", "normal", seeds)
    starts.train(BinaryCrossEntropy(), SGD(1.0), x, t, 20_000)
    answers = BinaryCrossEntropy().output(starts.predict(x))
    return (np.abs(answers - t) < 0.1).all(axis=(1, 2))


@pytest.fixture(scope="module")
def whole():
    return numbers(XOR)


def learned(numbers):
    return {lane.start.seed for lane in numbers.lanes if lane.ending == LEARNED}


def test_xor_with_two_sigmoid_units_is_solved_as_often_as_the_study_notes_say(whole):
    assert len(whole.lanes) == 400
    assert abs(len(learned(whole)) / 400 - 0.715) < 0.09


def test_where_none_learned_it_yours_is_told_by_how_it_ended():
    """It was once said to have had no worse luck than any other, though others did better."""
    found = numbers(Settings(layers=1, hidden=2, epochs=10, starts=50))
    assert not learned(found)
    ended = {lane.start.seed: lane.ending.words for lane in found.lanes}
    assert len(set(ended.values())) > 1
    assert f"yours, seed 0, {ended[0]}" in caption(found)
    assert "luck" not in caption(found)


# Of four sigmoid units the map counts it, too (test_map.py).
SHARES = [({"hidden": 4}, 0.98, 1.0), ({"activation": "tanh"}, 0.405, 0.585)]


@pytest.mark.sweep
@pytest.mark.parametrize(("changed", "least", "most"), SHARES)
def test_other_shares_of_the_study_notes(changed, least, most):
    share = len(learned(numbers(replace(XOR, **changed)))) / 400
    assert least <= share <= most


def test_with_tanh_about_half_of_a_hundred_starts_learn_it():
    share = len(learned(numbers(replace(XOR, activation="tanh", starts=100)))) / 100
    assert share == pytest.approx(0.495, abs=3 * 0.05)  # of a hundred it varies by 0.05


def test_the_very_seeds_are_nn_cores(whole):
    solved = set(np.flatnonzero(solved_by_nn_core(range(100))))
    assert {seed for seed in learned(whole) if seed < 100} == solved


def test_the_plateaus_are_where_their_losses_are_known_to_be(whole):
    for lane in whole.lanes:
        if lane.ending.words == "got stuck with two answers near ½":
            assert lane.loss == pytest.approx(np.log(2) / 2, abs=2e-3)
            assert sorted(np.round(lane.answers, 1)) == [0, 0.5, 0.5, 1]
        elif lane.ending.words == "got stuck with three answers near ⅔":
            assert lane.loss == pytest.approx((2 * np.log(1.5) + np.log(3)) / 4, abs=2e-3)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(starts=10, epochs=30),
        Settings(starts=10, epochs=30, dataset="hills", loss="squared_error", lr=0.3),
        Settings(starts=10, epochs=100, dropout=0.2, optimizer="adam", widths="8 relu, 3"),
        Settings(starts=10, epochs=100, lr=30.0, dataset="slope", loss="squared_error"),
        Settings(**vars(replace(XOR, starts=10, epochs=300, init=STUDY_NOTES, seed=7))),
    ],
)
def test_a_film_is_the_lane_that_was_counted_bit_for_bit(settings):
    for lane in numbers(settings).lanes[::3]:
        name, start = opens(settings, lane.start.seed)
        assert (name, start) == ("film", lane.start)
        shown = film.numbers(start)
        with np.errstate(over="ignore"):
            assert np.array_equal(shown.film.thetas[-1], lane.theta.astype(np.float32), True)
        assert shown.end.diverged_at == lane.diverged_at
        if lane.diverged_at is None:
            assert shown.end.loss == lane.loss
            assert shown.end.accuracy == lane.accuracy


def test_a_setting_that_diverges_says_so():
    diverging = Settings(starts=10, epochs=100, lr=100.0, dataset="hills", loss="squared_error")
    found = numbers(diverging)
    assert {lane.ending for lane in found.lanes} == {DIVERGED}
    assert "**none** learned it; **all** diverged" in caption(found)
    assert picture(found).counts() == [0] * BARS + [10]
    assert picture(found).message["own"] >= 0


def share_right(settings, lane):
    """Of the points it learned from, those it gets right, by nn_core alone."""
    net, data = boundaries_net(settings), boundaries_data(settings)
    net.theta = lane.theta
    return ((net.predict(data.x_train) > 0) == (data.t_train == 1)).mean()


def test_classes_are_learned_where_99_of_100_points_are_right():
    settings = Settings(starts=25, epochs=100, lr=0.1)
    found = numbers(settings)
    assert 0 < len(learned(found)) < 25
    for lane in found.lanes:
        right = share_right(lane.start, lane)
        assert (lane.ending == LEARNED) == (right >= 0.99)
        assert ("90 to 99%" in lane.ending.words) == (0.9 <= right < 0.99)


def test_of_one_point_to_learn_from_a_single_answer_leaves_nothing():
    settings = Settings(
        starts=10, epochs=10, dataset="slope", loss="squared_error", points=10, train=10, batch=1
    )
    found = numbers(settings)
    assert len(boundaries_data(settings).x_train) == 1
    assert len(found.lanes) == 10
    for lane in found.lanes:
        assert (lane.ending == LEARNED) == (lane.loss < 1e-13)


def test_numbers_are_learned_where_a_tenth_of_the_error_is_left():
    settings = Settings(starts=25, epochs=30, dataset="slope", loss="squared_error")
    found, data = numbers(settings), boundaries_data(settings)
    assert 0 < len(learned(found)) < 25
    for lane in found.lanes:
        net = boundaries_net(lane.start)
        net.theta = lane.theta
        left = np.var(data.t_train) * 0.1
        error = np.square(net.predict(data.x_train) - data.t_train).mean()
        assert (lane.ending == LEARNED) == (error <= left)


def test_the_seed_on_screen_is_always_among_the_starts_and_its_lottery_everybodys():
    for starts in Settings.values_of("starts"):
        for seed in (0, 7, 99, 123, STARTS - 1):
            settings = Settings(starts=starts, seed=seed)
            drawn = starts_of(settings)
            assert len(drawn) == starts == len({one.seed for one in drawn})
            assert seed in {one.seed for one in drawn}
            for one in drawn:
                assert shared(Settings(**vars(one), starts=starts)) == shared(settings)


def test_the_study_notes_start_is_one_among_starts_that_normal_draws():
    settings = replace(XOR, starts=10, epochs=10, init=STUDY_NOTES, seed=3)
    drawn = starts_of(settings)
    assert [one.init for one in drawn] == ["normal"] * 3 + [STUDY_NOTES] + ["normal"] * 6
    said = caption(numbers(settings))
    assert "the study notes’ start" in said
    assert "drawn as *normal* draws them" in said


def test_the_counts_in_words_are_the_counts(whole):
    said = caption(whole)
    stuck = sum("two answers near ½" in lane.ending.words for lane in whole.lanes)
    assert numbers_in(said)[:3] == [400, len(learned(whole)), stuck]
    assert f"**{stuck}** got stuck with two answers near ½" in said
    lucky, unlucky = min(learned(whole)), min(set(range(400)) - learned(whole))
    for seed, word in ((lucky, "*lucky*"), (unlucky, "*unlucky*")):
        assert word in caption(seen_by(whole, replace(XOR, seed=seed)))
    assert f"{len(learned(whole)) / 4:.1f}" in " ".join(maths(whole))


def test_a_lottery_of_one_is_a_lottery():
    found = numbers(Settings(starts=1, epochs=10, seed=STARTS - 1))
    assert [lane.start.seed for lane in found.lanes] == [STARTS - 1]
    assert "Of **1** start" in caption(found)
    assert picture(found).message["own"] == 0


def test_it_grows_and_tells_how_far_it_is():
    told = []
    settings = replace(XOR, starts=100)
    for grown in growing(settings, tell=told.append):
        said = caption(grown)
        assert f"{len(grown.lanes)}" in said
        assert picture(grown).message["of"] == 100
    shares = [how_far.share for how_far in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(grown.lanes) == 100


def test_before_the_first_has_ended_it_says_that():
    settings = Settings()
    nothing = numbers(replace(settings, starts=1, epochs=10))._replace(
        settings=settings, lanes=(), counts=[]
    )
    assert caption(nothing).startswith("**0** of 400 starts")
    assert picture(nothing).message["own"] == -1


def test_what_the_picture_says_is_what_the_lanes_came_to(whole):
    drawn = picture(whole)
    message, lanes = drawn.message, drawn.order
    assert sum(drawn.counts()) == 400
    assert [group["count"] for group in message["groups"]] == [n for _, n in whole.counts]
    assert sorted(message["seeds"]) == list(range(400))
    assert message["seeds"][message["own"]] == 0
    low, high = drawn.scale
    for place, lane in list(enumerate(lanes))[::40]:
        bar = message["bars"][place]
        edges = low * (high / low) ** (np.array([bar, bar + 1]) / BARS)
        assert edges[0] * (1 - 1e-9) <= lane.loss <= edges[1] * (1 + 1e-9)
        assert f"{lane.answers[0]:.2f}" in message["said"][place]


def test_losses_beyond_the_scale_stand_in_the_outermost_bars_which_say_so(whole):
    few = [
        lane._replace(loss=loss) for lane, loss in zip(whole.lanes, [0.0, 0.1, 1e9], strict=False)
    ]
    drawn = picture(whole._replace(lanes=few))
    counts, between = drawn.counts(), drawn.message["between"]
    assert counts[0] == counts[BARS - 1] == 1
    assert between[0].startswith("a loss below ")
    assert between[BARS - 1].startswith("a loss above ")
    assert picture(whole).message["between"][0].startswith("a loss of ")


def test_a_tile_is_what_the_network_answers_there(whole):
    lane = whole.lanes[17]
    net = boundaries_net(lane.start)
    net.theta = lane.theta
    for row, column in [(0, 0), (3, 16), (19, 19)]:
        x = [[-0.5 + 2 * (column + 0.5) / SIDE, 1.5 - 2 * (row + 0.5) / SIDE]]
        answer = 1 / (1 + np.exp(-net.predict(np.array(x)).item()))
        assert lane.tile[row, column] == pytest.approx(127 * (2 * answer - 1), abs=0.51)


def test_only_a_start_of_the_lottery_is_opened():
    settings = Settings(starts=10, seed=25)
    assert opens(settings, 20) == ("film", BoundariesSettings(seed=20))
    for nothing in (-1, 19, 30, 400, None, "20"):
        assert opens(settings, nothing) is None


def test_another_visitors_film_comes_first():
    turns = Turns(2)
    long = [Settings(epochs=3000, hidden=hidden) for hidden in (3, 4)]
    lotteries = [Work(partial(growing, settings), turns) for settings in long]
    for work in lotteries:
        work.go_on()
    for work in lotteries:
        work.first_numbers()
    one = Work(partial(film.growing, BoundariesSettings(epochs=10), None), turns)
    while not one.finished:
        for work in (*lotteries, one):
            work.go_on()
        one.wait(1)
    assert not any(work.finished for work in lotteries)
    for work in lotteries:
        work.stop()
        work.wait(60)
        assert len(work.numbers.lanes) < 400


def test_a_stopped_lottery_goes_on_where_it_was():
    turns = Turns(1)
    work = Work(partial(growing, replace(XOR, starts=200)), turns)
    work.go_on()
    kept = work.first_numbers().lanes
    work.stop()
    work.wait(60)
    while not work.finished:
        work.go_on()
        work.wait(1)
    assert all(a is b for a, b in zip(work.numbers.lanes, kept, strict=False))
    assert len({lane.start.seed for lane in work.numbers.lanes}) == 200
