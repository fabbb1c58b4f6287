"""What is said of an opened unit, as a pure function: what is shown, and nothing else."""

import re
from pathlib import Path

import numpy as np
import pytest

from datasets.digits import TEN
from datasets.known import CLOTHES
from figures.image_words import epoch_of
from ui.browser.join import joined

WORDS = Path(__file__).parents[2] / "ui" / "browser" / "wall" / "words.js"
FACTS = {"paper": 0.25, "lowest": 0.0, "highest": 0.984, "tried": 500, "exact": True, "epoch": None,
         "outgoing": [0, 2.15, 0, 2.61, 0, -2.36, 0, 0, 0.77, 0], "classes": list(TEN),
         "floor": 0.27, "weights": [0] * 784, "side": 28, "layer": 1}  # fmt: skip
NOTHING = "All its weights are 0: ink changes nothing. "


@pytest.fixture(scope="module")
def say(browser):
    """The function, in an empty page."""
    page = browser.new_page()
    page.add_script_tag(content=joined(WORDS))

    def say(brief=False, **changed):
        return page.evaluate(
            "([facts, brief]) => unitWords(facts, brief)", [FACTS | changed, brief]
        )

    yield say
    page.close()


def test_an_epoch_reads_as_python_writes_it(browser):
    page = browser.new_page()
    page.add_script_tag(content=joined(WORDS.parents[1] / "shared" / "numbers.js"))
    of = [0, 1, 83, 0.5, 0.125, 45.25, *(step / 600 for step in range(1, 80)), 45.98, 99.9996]
    said = page.evaluate("(of) => of.map(epochOf)", of)
    assert said == [f"epoch {epoch_of(epoch)}" for epoch in of]
    page.close()


@pytest.fixture(scope="module")
def strip(browser):
    """What the wall says of its strips, likewise."""
    page = browser.new_page()
    page.add_script_tag(content=joined(WORDS))
    yield lambda *classes, brief=False: page.evaluate(
        "([classes, brief]) => stripWords(classes, brief)", [classes, brief]
    )
    page.close()


def test_it_says_its_output_and_for_which_digits_it_speaks(say):
    assert say() == NOTHING + (
        "Its output for the digit on the paper is 0.250; for 500 test digits it is between 0.000 "
        "and 0.984. It speaks most for a 3 (2.61) and most against a 5 (−2.36)."
    )
    assert say(brief=True) == NOTHING + "Its output for the paper: 0.250."
    assert say(brief=True, exact=False) == NOTHING + "Its output for the paper: about 0.250."


def test_what_is_not_there_is_not_said(say):
    assert "Its output for 500 test digits is between 0.000 and 0.984. " in say(paper=None)
    nobody = say(paper=None, tried=0, lowest=None, highest=None)
    assert nobody.startswith(f"{NOTHING}It speaks most for a 3")
    assert "for all 500 test digits it is 0." in say(paper=0, lowest=0, highest=0)
    assert say(outgoing=None).endswith("goes on to the units of the next layer.")
    assert "against" not in say(outgoing=[0, 1, *[0] * 8])
    assert "speaks" not in say(outgoing=[0] * 10)
    assert "most for an 8 (" in say(outgoing=[*[0] * 8, 1.5, 0])


def test_a_unit_whose_answer_may_be_below_0_speaks_so_only_above(say):
    assert "Where its answer is above 0 it speaks most for a 3" in say(lowest=-0.9)


def test_what_is_rounded_says_so_and_what_is_lost_says_nothing_else(say):
    assert "This is epoch 1.2" in say(exact=False, epoch=1.2)
    assert "until the exact ones are here" in say(exact=False)
    lost = "Its numbers are no longer finite: it cannot answer anything."
    assert say(outgoing=[float("nan")] * 10) == lost


def test_of_clothes_it_says_their_names_and_never_a_digit(say):
    assert say(classes=CLOTHES) == NOTHING + (
        "Its output for what is on the paper is 0.250; for 500 test images it is between 0.000 and "
        "0.984. It speaks most for Dress (2.61) and most against Sandal (−2.36)."
    )
    assert "for all 500 test images is 0" in say(classes=CLOTHES, paper=None, lowest=0, highest=0)
    two = say(classes=["3", "8"], outgoing=[-1.5, 1.5])
    assert "most for an 8 (1.50) and most against a 3 (" in two
    assert "most for z (" in say(classes=[*"abz"], outgoing=[0, 0, 1])


def test_a_unit_whose_answers_nobody_knows_speaks_so_only_above_0_where_they_may_be_below(say):
    nobody = {"paper": None, "tried": 0, "lowest": None, "highest": None}
    assert "Where its answer is above 0 it speaks most for" in say(**nobody, floor=-0.76)


def test_the_strip_says_what_it_has_from_left_to_right(strip):
    assert strip(*TEN) == "digits 0 to 9"
    assert strip("3", "8") == "3, then 8"
    assert strip("1", "3", "5") == "each class, 1 first"
    assert strip(*CLOTHES) == "each class, T-shirt/top first"
    assert strip(*CLOTHES, brief=True) == "each class"
    assert strip(*TEN, brief=True) == "digits 0 to 9"


# What a unit looks for, held to made-up weights

PLACES = ["at the top left", "at the top", "at the top right", "on the left", "in the middle",
          "on the right", "at the bottom left", "at the bottom", "at the bottom right"]  # fmt: skip


@pytest.fixture(scope="module")
def looked(browser):
    """What is said of weights, (side, side)."""
    page = browser.new_page()
    page.add_script_tag(content=joined(WORDS))

    def looked(weights, brief=False):
        asked = [weights.ravel().tolist(), len(weights), brief]
        return page.evaluate("([w, side, brief]) => lookedFor(w, side, brief)", asked)

    yield looked
    page.close()


def ninth(weights, k):
    """The k-th ninth of weights, as NumPy cuts them: a view."""
    ends = [round(part * len(weights) / 3) for part in range(4)]
    rows, columns = divmod(k, 3)
    return weights[ends[rows] : ends[rows + 1], ends[columns] : ends[columns + 1]]


def named(words):
    """The places that a sentence names, for the unit and against it."""
    found = []
    for side in ("speaks for", "(?:speaks )?against"):
        match = re.search(rf"[Ii]nk ([^,.(]*?) {side} it", words)
        found.append(match[1].split(" and ") if match else [])
    return found


@pytest.mark.parametrize("side", [8, 16, 28, 64])
@pytest.mark.parametrize("k", range(9))
def test_one_ninth_of_ink_is_named_and_no_other(looked, side, k):
    for sign, expected in ((1, [[PLACES[k]], []]), (-1, [[], [PLACES[k]]])):
        weights = np.zeros((side, side))
        ninth(weights, k)[:] = 0.25 * sign
        words = looked(weights)
        assert named(words) == expected
        assert words.endswith(f"(mean weight {'−' if sign < 0 else ''}0.250).")
        assert not re.search(r"\d", looked(weights, brief=True))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_named_has_the_largest_means_and_lies_clear_of_chance(looked, seed):
    """The means by NumPy; what is clear is asked of weights whose signs are drawn anew."""
    rng = np.random.default_rng(seed)
    weights = rng.normal(0, 0.1, (28, 28))
    for k in rng.choice(9, 4, replace=False):
        ninth(weights, k)[:] += rng.normal(0, 0.1)
    means = np.array([ninth(weights, k).mean() for k in range(9)])
    speaks, against = named(looked(weights))
    for sign, places in ((1, speaks), (-1, against)):
        order = [PLACES[k] for k in np.argsort(-sign * means, kind="stable")]
        assert places == order[: len(places)]
        assert len(places) <= 2
        signs = rng.choice([-1, 1], (200, 784))
        chance = np.abs((signs * weights.ravel())[:, :81].mean(axis=1))
        assert not places or (sign * means).max() > chance.max()
        assert places or (sign * means).max() < 2 * chance.max()


def test_of_weights_that_are_noise_alone_it_says_that_no_ninth_speaks(looked):
    nothing = "In no ninth of the image does ink clearly speak for it or against it."
    rng = np.random.default_rng(0)
    assert {looked(rng.normal(0, s, (28, 28))) for s in (0.01, 1, 30)} == {nothing}
    board = np.indices((28, 28)).sum(axis=0) % 2 - 0.5
    assert looked(board) == nothing
    halves = np.zeros((27, 27))
    ninth(halves, 4)[:, :4], ninth(halves, 4)[:, 5:] = 1, -1  # strong, and for nothing on the whole
    assert looked(halves) == nothing
    assert looked(np.full((28, 28), np.nan)) == ""


def test_it_says_for_and_against_in_one_sentence_and_claims_to_detect_nothing(looked):
    weights = np.zeros((28, 28))
    ninth(weights, 0)[:], ninth(weights, 4)[:], ninth(weights, 5)[:] = 0.08, 0.07, -0.15
    assert looked(weights) == (
        "Ink at the top left and in the middle speaks for it most (mean weight 0.080 and 0.070), "
        "ink on the right against it (−0.150)."
    )
    assert looked(weights, brief=True) == (
        "Ink at the top left speaks for it most, ink on the right against it."
    )


@pytest.mark.parametrize("k", range(9))
def test_what_it_looks_for_is_said_first_though_no_part_does_as_a_whole(looked, k):
    weights = np.zeros((28, 28))
    ninth(weights, 5)[:] = -0.2
    against = "Ink on the right speaks against it most"
    assert looked(weights) == f"No pixel speaks for it. {against} (mean weight −0.200)."
    ninth(weights, k)[4, 4] = 0.5
    assert (
        looked(weights, brief=True) == f"Single pixels speak for it, most {PLACES[k]}. {against}."
    )
    assert looked(weights).startswith(
        "No part of the image clearly speaks for it as a whole; the single pixel that does most is "
        f"{PLACES[k]}. {against}"
    )


def test_of_a_deeper_layer_it_says_which_units_before_it_speak_for_it_and_against(say):
    weights = [0.0] * 50
    weights[11], weights[30], weights[6] = 0.82, 0.75, -0.9
    deep = {"layer": 2, "side": 8, "paper": None, "outgoing": None, "floor": 0.0}
    loudest = "Units 12 (0.820) and 31 (0.750) of layer 1 speak for it most, 7 (−0.900) against it."
    assert say(weights=weights, **deep).startswith(f"{loudest} Its output for 500 test digits")
    assert say(brief=True, weights=weights, **deep).startswith(
        "Unit 12 (0.820) of layer 1 speaks for it most, 7 (−0.900) against it."
    )
    below = say(weights=weights, **deep | {"floor": -0.8})
    assert below.startswith("Where their answers are above 0, units 12 (0.820) and 31 (0.750) of")
    against = say(weights=[0, -2.0], **deep)
    assert against.startswith("Unit 2 (−2.00) of layer 1 speaks against it most.")
    nothing = say(weights=[0, 0], **deep)
    assert nothing.startswith("All its weights are 0: nothing before it changes anything.")
