"""What is said of an opened unit, as a pure function: what is shown, and nothing else."""

from pathlib import Path

import pytest

from datasets.digits import TEN
from datasets.known import CLOTHES
from ui.browser.join import joined

WORDS = Path(__file__).parents[2] / "ui" / "browser" / "wall" / "words.js"
FACTS = {"paper": 0.25, "lowest": 0.0, "highest": 0.984, "tried": 500, "exact": True, "epoch": None,
         "outgoing": [0, 2.15, 0, 2.61, 0, -2.36, 0, 0, 0.77, 0], "classes": list(TEN),
         "floor": 0.27}  # fmt: skip


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


@pytest.fixture(scope="module")
def strip(browser):
    """What the wall says of its strips, likewise."""
    page = browser.new_page()
    page.add_script_tag(content=joined(WORDS))
    yield lambda *classes: page.evaluate("(classes) => stripWords(classes)", classes)
    page.close()


def test_it_says_its_answers_and_for_which_digits_it_speaks(say):
    assert say() == (
        "It answers the digit on the paper with 0.250; 500 test digits get 0.000 to 0.984. "
        "It speaks most for a 3 (2.61) and most against a 5 (−2.36)."
    )
    assert say(brief=True) == (
        "It answers the digit on the paper with 0.250; 500 test digits get 0.000 to 0.984."
    )


def test_what_is_not_there_is_not_said(say):
    assert say(paper=None).startswith("It answers 500 test digits with 0.000 to 0.984. ")
    assert say(paper=None, tried=0, lowest=None, highest=None).startswith("It speaks most for a 3")
    assert "all 500 test digits get 0." in say(paper=0, lowest=0, highest=0)
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
    assert say(classes=CLOTHES) == (
        "It answers what is on the paper with 0.250; 500 test images get 0.000 to 0.984. "
        "It speaks most for Dress (2.61) and most against Sandal (−2.36)."
    )
    assert "all 500 test images with 0" in say(classes=CLOTHES, paper=None, lowest=0, highest=0)
    two = say(classes=["3", "8"], outgoing=[-1.5, 1.5])
    assert "most for an 8 (1.50) and most against a 3 (" in two
    assert "most for z (" in say(classes=[*"abz"], outgoing=[0, 0, 1])


def test_a_unit_whose_answers_nobody_knows_speaks_so_only_above_0_where_they_may_be_below(say):
    nobody = {"paper": None, "tried": 0, "lowest": None, "highest": None}
    assert say(**nobody, floor=-0.76).startswith("Where its answer is above 0 it speaks most for")


def test_the_strip_says_what_it_has_from_left_to_right(strip):
    assert strip(*TEN) == "digits 0 to 9"
    assert strip("3", "8") == "3, then 8"
    assert strip("1", "3", "5") == "each class, 1 first"
    assert strip(*CLOTHES) == "each class, T-shirt/top first"
