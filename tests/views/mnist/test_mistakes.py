"""What it takes for what: every word by the numbers, on digits and on whatever was brought."""

import numpy as np
import pytest

import views.mnist.look
from datasets.digits import TEN, Kind, Subject
from recipes.mnist import MnistSettings
from runs.answers import Answers, Unseen
from runs.run import Run
from tests.saved_runs import small_digits, trained
from views.mnist.mistakes import Settings, caption, heading, numbers, picture, try_this

T = np.array([4] * 5 + [9] * 3 + [1] * 2)
SAID = np.array([9, 4, 9, 4, 4, 9, 4, 9, 1, 1])
SURE = np.array([0.6, 0.9, 0.95, 0.8, 0.7, 0.55, 0.7, 0.9, 1.0, 0.9999])
LETTERS = ("a", "b", *(f"letter {k}" for k in range(60)))


@pytest.fixture
def answered(monkeypatch):
    """A network that answers just this, whatever it is asked."""

    def answered(t=T, said=SAID, sure=SURE, lost=False, classes=TEN, **asked):
        found = Answers(said.astype(np.uint8), sure.astype(np.float32), sure, lost)
        monkeypatch.setattr(views.mnist.look, "answers_of", lambda *of: found)
        run = Run(trained(18)._replace(digits=Subject(Kind.BUNDLED, "these", 8, classes)), "an-id")
        x = np.arange(len(t) * 64, dtype=np.float32).reshape(-1, 64) / (len(t) * 64 + 1)
        return numbers(Settings(**asked), run, Unseen(x, t, "these"))

    return answered


def test_it_counts_what_is_taken_for_what_and_says_what_most_often(answered):
    now = answered()
    assert (now.counts[4, 9], now.counts[9, 4], now.counts[4, 4]) == (2, 1, 3)
    assert now.counts.sum() == 10
    said = caption(now)
    assert said.startswith("After 2 epochs it reads **7 of 10** test digits right.")
    assert "In % of the row it most often takes a four for a nine: **2 of 5 fours**." in said
    assert "The surest mistake is image 3, a four: it says a nine with 95%." in said
    assert "answers given" not in said  # of so few a share says nothing


def test_above_the_images_a_name_is_plain_text(answered):
    """The browser puts it there as it is: marks of Markdown once stood before & and brackets."""
    names = [f"Katze & Maus ({k})" for k in range(10)]
    for asked, said in (
        ({"truth": 4}, "2 of 5 images of Katze & Maus (4) misread"),
        ({"truth": 4, "guess": 9}, "2 of 5 images of Katze & Maus (4) taken for Katze & Maus (9)"),
        ({"guess": 4}, "1 other image taken for Katze & Maus (4)"),
        ({"truth": 0}, "No test image is Katze & Maus (0)"),
    ):
        assert heading(answered(classes=tuple(names), **asked)).startswith(said)


def told(answered, **rows):
    """The caption where so many of a class, the first number, are taken for each other class."""
    t, said = [], []
    for name, counts in rows.items():
        for guess, count in counts.items():
            t += [int(name[1:])] * count
            said += [guess] * count
    return caption(answered(np.array(t), np.array(said), np.full(len(t), 0.5)), brief=True)


def test_the_most_frequent_mistake_is_the_strongest_of_the_table_and_equals_are_named(answered):
    few = told(answered, _4={4: 98, 9: 2}, _9={9: 997, 4: 3})  # 2% of fours, but 3 nines
    assert "it most often takes a four for a nine: **2 of 100 fours**." in few
    fours, fives = {4: 971, 9: 11}, {5: 882, 6: 10}  # 1.120% and 1.121%
    both = told(answered, _4=fours, _5=fives)
    assert (
        "In % of the row two mistakes are the most frequent, 1.1% each: a five taken for a six "
        "(**10 of 892 fives**) and a four taken for a nine (**11 of 982 fours**)." in both
    )
    three = told(answered, _4=fours, _5=fives, _9={9: 998, 4: 11})
    assert "three mistakes are the most frequent, 1.1% each: a five taken for a six" in three
    assert "(**11 of 982 fours**) and 1 more." in three
    row = told(answered, _4=fours, _5=fives, _9={9: 989, 4: 10, 7: 10})
    assert "10 of 1,009 nines" not in row
    rare = told(answered, _4={4: 29999, 9: 1}, _9={9: 100})
    assert "it most often takes a four for a nine: **1 of 30,000 fours**." in rare


def test_what_one_class_is_most_often_taken_for_names_equals(answered):
    t = np.array([5] * 9)
    said = np.array([5, 5, 5, 5, 3, 3, 6, 6, 0])
    words = caption(answered(t, said, np.full(9, 0.5), truth=5))
    assert "It misreads **5 of 9 fives**, most often as a three and a six (2 each)." in words


def test_what_is_chosen_is_said_with_its_numbers(answered):
    for asked, words, above in (
        ({"truth": 4, "guess": 9}, "It takes **2 of 5 fours** for a nine.", "2 of 5 fours taken"),
        ({"truth": 9, "guess": 4}, "It takes **1 of 3 nines** for a four.", "1 of 3 nines taken"),
        ({"truth": 1, "guess": 4}, "It takes none of 2 ones for a four.", "None of 2 ones taken"),
        ({"truth": 4, "guess": 4}, "It reads **3 of 5 fours** right.", "3 of 5 fours read right"),
        ({"truth": 4}, "**2 of 5 fours**, most often as a nine (2).", "2 of 5 fours misread"),
        ({"truth": 1}, "It misreads none of 2 ones.", "None of 2 ones misread"),
        ({"guess": 9}, "It takes **2** other images for a nine: 2 fours.", "2 other images taken"),
        ({"guess": 0}, "It takes nothing else for a zero.", "Nothing else taken for a zero"),
        ({"truth": 0}, "None of the test digits is a zero.", "No test image is a zero"),
    ):
        now = answered(**asked)
        assert words in caption(now)
        assert heading(now).startswith(above)
    assert heading(answered(truth=4, guess=4)).endswith("the least sure first")


def test_of_enough_answers_it_says_how_many_of_so_sure_were_right(answered):
    t, sure = np.full(100, 4), np.full(100, 0.85)
    said = np.where(np.arange(100) < 62, 4, 9)
    words = caption(answered(t, said, sure))
    assert "Of 100 answers given with 80 to 90%, **62%** were right" in words
    assert "23.0 points apart on average" in words
    assert "points" not in caption(answered(t, said, sure), brief=True)


def test_the_picture_shows_the_images_of_what_is_chosen(answered):
    now = answered(truth=4)
    message = picture(now).message
    assert [image["number"] for image in message["shown"]] == [3, 1]
    assert message["shown"][0] == {"number": 3, "label": 4, "said": 9, "sure": "95%"}
    assert message["counts"] == now.counts.tolist()
    assert sum(group["count"] for group in message["believed"]) == 10
    assert message["moments"][-1] == -1
    assert len(message["moments"]) == len(message["epochs"])


@pytest.mark.parametrize("classes", [LETTERS[:2], LETTERS])
def test_any_classes_are_called_by_their_names(answered, classes):
    t = np.array([0, 0, 1])
    said = np.array([1, 0, 1])
    now = answered(t, said, np.array([0.7, 0.8, 0.9]), classes=classes, truth=61)
    assert now.truth == (61 if len(classes) == 62 else -1)
    words = caption(answered(t, said, np.array([0.7, 0.8, 0.9]), classes=classes))
    assert "it most often takes a for b: **1 of 2 images of a**" in words
    assert picture(now).message["classes"] == list(classes)


def test_what_there_is_nothing_of_is_one_sentence(answered):
    none = np.empty(0, int)
    nothing = caption(answered(none, none, none.astype(float)))
    assert nothing == "None of the digits it could be tried on are here."
    lost = caption(answered(lost=True))
    assert lost == "This network's numbers are no longer finite: it reads nothing."


def test_test_images_of_one_class_and_of_three_images_are_looked_at_like_any(answered):
    said = caption(answered(np.array([3, 3, 3]), np.array([3, 3, 3]), np.array([0.9, 0.8, 0.7])))
    assert said == "After 2 epochs it reads **3 of 3** test digits right."


def test_a_run_is_looked_at_as_it_was_at_any_moment():
    run = Run(trained(18), "an-id")
    digits = small_digits()
    unseen = Unseen(digits.x_test, digits.t_test, "noise")
    early = numbers(Settings(moment=2), run, unseen)
    assert (early.look.moment.step, early.look.moment.exact) == (2, False)
    assert "rounded to one of 255 values" in caption(early)
    assert picture(early).message["moments"][picture(early).message["at"]] == 2
    late = numbers(Settings(), run, unseen)
    assert picture(late).message["at"] == len(late.look.epochs) - 1


def test_the_settings_are_those_of_the_page_and_what_is_looked_at():
    assert Settings(lr=0.3, hidden=7, truth=3).recipe == MnistSettings(lr=0.3, hidden=7)


def test_it_suggests_the_most_frequent_mistake_and_from_there_its_surest_image(answered):
    then = try_this(Settings(), answered())
    assert (then.what, then.view) == ("*a four read as a nine*", "mistakes")
    assert then.why == "the images of the most frequent mistake, in % of the row."
    assert (then.settings.truth, then.settings.guess) == (4, 9)
    image = try_this(then.settings, answered(truth=4, guess=9))
    assert (image.what, image.view, image.settings.image) == ("*image 3*", "one image", 3)
    equal = answered(np.array([4, 4, 9, 9]), np.array([9, 4, 4, 9]), np.full(4, 0.5))
    assert "one of the most frequent mistakes" in try_this(Settings(), equal).why
    assert try_this(Settings(), answered(T, T)) is None
    named = answered(classes=(*"abcd", "<b>", *"fghi", "_q_"))
    assert try_this(Settings(), named).what == "*<b> read as _q_*"
