"""The map counts what is there: nn_core's own stacks of networks, and films, bit for bit."""

import re
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from datasets.xor import xor_points
from nn_core import SGD, BinaryCrossEntropy, Ensemble, Trainer
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from recipes.map import ACCURACY, SHARE, STEPS, Cell, cells_of, looks, none_yet, note
from recipes.settings import STUDY_NOTES
from runs.side_by_side import AT_ONCE
from runs.work import Turns, Work
from tests.sweeps import sweep
from views.boundaries import film, lottery
from views.boundaries.map import (
    PRESETS,
    Settings,
    caption,
    growing,
    maths,
    numbers,
    opens,
    picture,
    seen_by,
    shared,
    try_this,
)

XOR = replace(PRESETS["Do more units help?"].settings, epochs=20_000, side=2)
SMALL = replace(PRESETS["Do more units help?"].settings, epochs=300, each=10, side=2, lr=3.0)


def solved_by_nn_core(hidden, seeds, steps, rate):
    """Which of these answer XOR within 0.1, trained as one stack by NumPy."""
    x, t = xor_points()
    starts = Ensemble([2, hidden, 1], "sigmoid", "normal", seeds)
    starts.train(BinaryCrossEntropy(), SGD(rate), x, t, steps)
    answers = BinaryCrossEntropy().output(starts.predict(x))
    return (np.abs(answers - t) < 0.1).all(axis=(1, 2))


def column(found):
    """The reader's own column: hidden units → its cell."""
    return {
        film.hidden: cell
        for film, cell in zip(found.films, found.cells, strict=True)
        if film.lr == found.settings.lr
    }


@sweep("each", [50, 200], usual=[50])
def test_two_units_and_four_learn_xor_as_often_as_the_study_notes_say(each):
    two = numbers(replace(XOR, each=each, side=1))
    assert [cell.trained for cell in two.cells] == [each]
    assert abs(two.cells[0].learned / each - 0.715) < 1.27 / np.sqrt(each)
    four = numbers(replace(XOR, each=each, side=1, hidden=4))
    assert four.cells[0].learned >= 0.98 * each


def test_the_very_seeds_of_every_cell_are_nn_cores():
    found = numbers(replace(SMALL, epochs=1000, seed=13))
    for cell, learned in zip(found.films, found.came.learned, strict=True):
        by_nn_core = solved_by_nn_core(cell.hidden, range(10, 20), 1000, cell.lr)
        assert learned.tolist() == by_nn_core.tolist()
    assert 0 < found.came.learned.sum() < found.came.learned.size


@pytest.mark.parametrize(
    "settings",
    [
        Settings(each=5, epochs=30, side=2, seed=7),
        Settings(each=1, epochs=30, side=2, across="activation", up="noise"),
        Settings(each=1, epochs=10, side=2, across="batch size", up="epochs"),
        Settings(each=5, side=2, dataset="hills", loss="squared_error", lr=30.0, activation="relu"),
    ],
    ids=["rates and units", "names", "other steps", "numbers"],
)
def test_a_film_is_the_start_that_was_counted(settings):
    settings = replace(settings, epochs=min(settings.epochs, 30))
    found = numbers(settings)
    start = settings.seed % settings.each
    for place, cell in enumerate(found.films):
        assert opens(settings, place) == ("film", cell)
        end = film.numbers(cell).end
        assert found.came.diverged[place, start] == (end.diverged_at is not None)
        if end.diverged_at is None and end.classes:
            assert found.came.accuracy[place, start] == end.test_accuracy
            assert found.came.learned[place, start] == (end.accuracy >= 0.99)


def test_a_cell_is_the_lottery_of_its_settings():
    found = numbers(replace(SMALL, lr=1.0, epochs=3000))
    place = found.own
    one = found.films[place]
    drawn = lottery.numbers(lottery.Settings(**vars(one), starts=10))
    assert dict(drawn.counts)[lottery.LEARNED] == found.cells[place].learned > 0


def test_steps_are_the_first_look_from_which_on_it_had_learned_it():
    settings = BoundariesSettings(**{
        name: getattr(SMALL, name) for name in BoundariesSettings.allowed()
    })  # fmt: skip
    settings = replace(settings, epochs=3000, hidden=4)
    data, at = boundaries_data(settings), looks(3000)
    x, t = xor_points()
    for seed in range(5):
        asked = replace(settings, seed=seed)
        trainer = boundaries_trainer(asked, data, frames=at)
        trainer.run(steps=3000)
        right, again = [], boundaries_trainer(asked, data, frames=())
        for step in at:
            again.run(steps=step - again.step_count) if step > again.step_count else None
            answers = 1 / (1 + np.exp(-again.net.predict(x)))
            right.append(bool((np.abs(answers - t) < 0.1).all()))
        came = none_yet(1, 1)
        note(came, (0, 0), data, trainer)
        wrong = [step for step, good in zip(at, right, strict=True) if not good]
        later = [step for step in at if step > max(wrong)]
        assert came.learned[0, 0] == right[-1]
        assert right[-1] is False or came.steps[0, 0] == later[0]


def test_what_diverges_looks_diverged_and_is_said():
    diverging = Settings(each=5, epochs=100, side=2, lr=30.0, dataset="hills", loss="squared_error")
    found = numbers(diverging)
    lost = [place for place, cell in enumerate(found.films) if cell.lr == 30.0 and cell.hidden > 4]
    message = picture(found).message
    for place in lost:
        assert message["cells"][place]["hatched"] == 1
        assert message["cells"][place]["fill"] is None
        assert message["cells"][place]["text"] == ""
        assert "5 diverged" in message["cells"][place]["said"]
    diverged = sum(cell.diverged for cell in found.cells)
    assert f"**{diverged}** of all {5 * len(found.cells)} starts diverged" in caption(found)


def with_cells(numbers, cells, each=0):
    """The same map, in which so many of so many starts learned it, of `each` or of the most."""
    starts = each or max(n for _, n in cells)
    came = none_yet(len(cells), starts)
    for place, (learned, trained) in enumerate(cells):
        came.trained[place, :trained] = True
        came.learned[place, :learned] = True
        came.steps[place, :learned] = 100 + place
    return numbers._replace(
        came=came, cells=cells_of(came), settings=replace(numbers.settings, each=starts)
    )


@pytest.fixture(scope="module")
def four_cells():
    """Learning rates 0.01 and 3, with 2 and 16 hidden units; the own one is at 3 with 2."""
    found = numbers(replace(SMALL, each=1, hidden=2))
    assert [(cell.lr, cell.hidden) for cell in found.films] == [
        (0.01, 2), (3.0, 2), (0.01, 16), (3.0, 16)
    ]  # fmt: skip
    return found


def test_what_is_no_luck_is_called_so(four_cells):
    said = caption(with_cells(four_cells, [(0, 100), (71, 100), (0, 100), (99, 100)]))
    assert "**71%** with 2 hidden units (yours) and **99%** with 16, of 100 starts each" in said
    assert "More hidden units help here, and that is no luck: with 16 it is **28** points" in said
    p, q = 72 / 102, 100 / 102  # Agresti and Caffo: two starts more in each
    error = 100 * np.sqrt((p * (1 - p) + q * (1 - q)) / 102)
    assert f"by about {error:.0f}." in said
    assert "The largest share on the map, **99%** of 100 starts, is with learning rate 3" in said


@pytest.mark.parametrize("others", [(7, 10), (1, 1)])
def test_what_may_be_luck_is_not_settled(four_cells, others):
    learned, n = others
    said = caption(with_cells(four_cells, [(0, n), (learned - 1, n), (0, n), (learned, n)]))
    assert "Whether more hidden units help here is not settled" in said
    assert "no luck" not in said


def test_the_best_is_not_outdone(four_cells):
    said = caption(with_cells(four_cells, [(0, 10), (10, 10), (0, 10), (10, 10)]))
    assert "None of them learned it more often than yours" in said
    assert "**100%** with 2 hidden units (yours) or 16, of 10 starts each" in said
    said = caption(with_cells(four_cells, [(0, 10)] * 4))
    assert "No cell has a start that learned it" in said
    assert "did not learn it, as none of its cell did" in said


def test_a_projector_names_all_that_are_as_good_as_the_best(four_cells):
    said = caption(with_cells(four_cells, [(0, 10), (10, 10), (0, 10), (10, 10)]), brief=True)
    assert "**100%** with 2 hidden units (yours) or 16, of 10 starts each" in said
    said = caption(with_cells(four_cells, [(0, 10), (3, 10), (0, 10), (10, 10)]), brief=True)
    assert "**30%** with 2 hidden units (yours) and **100%** with 16, of 10 starts each" in said


def test_all_but_one_are_not_all(four_cells):
    found = with_cells(four_cells, [(1, 400), (399, 400), (0, 400), (400, 400)])
    texts = [cell["text"] for cell in picture(found).message["cells"]]
    assert texts == ["1%", "99%", "0%", "100%"]


def test_a_map_that_is_not_whole_says_so(four_cells):
    said = caption(with_cells(four_cells, [(1, 4), (2, 5), (0, 4), (2, 4)]))
    assert said.startswith("So far every cell has had at least 4 starts of 5.")
    assert "**40%** with 2 hidden units (yours) and **50%** with 16, of 4 or 5 starts each" in said
    alike = with_cells(four_cells, [(1, 4), (2, 4), (0, 4), (2, 4)], each=5)
    assert caption(alike).startswith("So far every cell has had 4 starts of 5.")
    unfinished = with_cells(four_cells, [(1, 1), (0, 0), (0, 0), (0, 0)])
    assert caption(unfinished).startswith("**1** of 4 cells")
    assert picture(unfinished).message["cells"][1]["fill"] is None
    assert try_this(unfinished.settings, unfinished) is None


def test_points_that_look_like_more_than_luck_say_what_so_few_starts_make_of_them(four_cells):
    said = caption(with_cells(four_cells, [(0, 5), (1, 5), (0, 5), (5, 5)]))
    p, q = 2 / 7, 6 / 7  # two starts more in each, one of which learned it
    error = np.sqrt((p * (1 - p) + q * (1 - q)) / 7)
    assert 3 * round(100 * error) <= 80  # as the sentence alone would have it
    assert q - p < 3 * error
    counted = f"(of so few starts counted as {100 * (q - p):.0f})"
    assert f"**80** points more than yours {counted}, but chance alone" in said


def test_a_share_says_of_how_many_starts_it_is_whole_or_stopped(four_cells):
    def says(cells, each):
        message = picture(with_cells(four_cells, cells, each=each)).message
        return message["scale"]["name"], message["cells"][1]["said"].partition(": ")[2]

    whole = says([(1, 100), (40, 100), (0, 100), (2, 100)], 100)
    assert whole[0] == "share of 100 starts that learned it"
    assert whole[1].startswith("40 of 100 starts learned it")
    stopped = says([(1, 13), (2, 12), (0, 12), (2, 12)], 100)
    assert stopped[0] == "share of 12 or 13 starts so far (of 100) that learned it"
    assert stopped[1].startswith("2 of 12 starts (so far, of 100) learned it")
    one = says([(1, 1), (0, 1), (0, 1), (1, 1)], 1)
    assert one[0] == "share of 1 start that learned it"
    assert one[1].startswith("0 of 1 start learned it")


def test_steps_are_said_of_those_that_learned_it(four_cells):
    found = with_cells(four_cells, [(0, 10), (7, 10), (0, 10), (9, 10)])
    steps = seen_by(found, replace(found.settings, shows=STEPS))
    assert "had done so by step **101** with 2 hidden units (yours) and **103**" in caption(steps)
    fills = [cell["fill"] for cell in picture(steps).message["cells"]]
    assert fills[0] is None
    assert fills[1] > fills[3] > 0
    nowhere = with_cells(four_cells, [(0, 10)] * 4)
    said = caption(nowhere._replace(settings=replace(nowhere.settings, shows=STEPS)))
    assert "With learning rate 3 no start learned it" in said


def test_accuracy_is_that_of_the_median_start():
    found = numbers(Settings(each=5, epochs=30, side=2, shows=ACCURACY))
    accuracies = []
    for seed in range(5):
        one = boundaries_trainer(
            replace(found.films[found.own], seed=seed), boundaries_data(found.settings), frames=()
        )
        assert isinstance(one, Trainer)
        one.run(epochs=30)
        x, t = one.validation
        accuracies.append(((one.net.predict(x) > 0) == (t == 1)).mean())
    assert found.cells[found.own].accuracy == pytest.approx(np.median(accuracies))
    assert f"**{100 * np.median(accuracies):.1f}%**" in caption(found)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"dataset": "four points", "shows": ACCURACY}, "has no unseen points"),
        ({"dataset": "hills", "loss": "squared_error", "shows": ACCURACY}, "asks for numbers"),
        ({"init": STUDY_NOTES, "layers": 1}, "one and no other"),
        ({"across": "hidden units"}, "“hidden units” cannot be both"),
    ],
)
def test_what_no_map_can_show_gets_a_sentence(changed, said):
    settings, sentences = Settings(**changed).settled()
    assert said in " ".join(sentences)
    assert settings.settled() == (settings, [])


def test_a_map_of_one_cell_is_a_map():
    found = numbers(replace(SMALL, side=1, hidden=5, epochs=1000))
    assert found.films == [opens(found.settings, 0)[1]]
    assert re.search(r"is \*\*\d+%\*\* with 5 hidden units, of 10 starts\.", caption(found))
    assert "luck" not in caption(found)
    assert picture(found).message["own"] == 0


def test_only_a_cell_of_the_map_is_opened():
    settings = Settings(side=2)
    for nothing in (-1, 4, None, "2", 1.0):
        assert opens(settings, nothing) is None


def test_the_map_is_everybodys_who_has_a_cell_a_seed_or_a_look_of_it():
    settings = Settings(each=10)
    for same in ({"seed": 9}, {"lr": 0.1}, {"hidden": 16}, {"shows": STEPS}):
        assert shared(replace(settings, **same)) == shared(settings)
    for other in ({"seed": 10}, {"layers": 1}, {"up": "noise"}, {"each": 5}):
        assert shared(replace(settings, **other)) != shared(settings)


def test_every_cell_has_its_first_start_before_any_has_its_second():
    told = []
    for grown in growing(replace(SMALL, epochs=3000), tell=told.append):
        trained = grown.came.trained
        assert trained.sum(axis=1).max() - trained.sum(axis=1).min() <= AT_ONCE
        assert caption(grown)
    shares = [how_far.share for how_far in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert [cell.trained for cell in cells_of(grown.came)] == [10] * 4


def test_a_stopped_map_keeps_what_is_there_and_another_start_goes_on_with_it():
    turns = Turns(1)
    settings = replace(SMALL, epochs=10_000, each=50)
    work = Work(partial(growing, shared(settings)), turns)
    work.go_on()
    kept = work.first_numbers().came
    work.stop()
    work.wait(60)
    assert not work.finished
    assert shared(replace(settings, seed=3)) == shared(settings)
    while not work.finished:
        work.go_on()
        work.wait(1)
    for before, after in zip(kept[:3], work.numbers.came[:3], strict=True):
        assert np.array_equal(before[kept.trained], after[kept.trained])
    assert work.numbers.came.trained.all()


def test_what_to_try_is_the_best_cell(four_cells):
    found = with_cells(four_cells, [(0, 10), (7, 10), (0, 10), (9, 10)])
    tried = try_this(found.settings, found)
    assert (tried.view, tried.settings) == ("film", found.films[3])
    assert tried.why == "9 of 10 starts learned it there."
    best = with_cells(four_cells, [(0, 10), (9, 10), (0, 10), (9, 10)])
    assert try_this(best.settings, best).settings.shows == STEPS
    assert "$$p = " in " ".join(maths(best))
    assert Cell(10, 9, 0, np.nan, np.nan).share == 0.9
    assert best.settings.shows == SHARE


def test_a_cell_says_a_share_only_of_all_its_starts(four_cells):
    early = with_cells(four_cells, [(0, 1), (1, 1), (4, 10), (0, 0)])
    cells = picture(early, False).message["cells"]
    assert [cell["text"] for cell in cells] == ["0/1", "1/1", "40%", ""]
