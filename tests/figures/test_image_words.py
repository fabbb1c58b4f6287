import math

from datasets.digits import TEN
from figures.image_words import epoch_of, one_of, part_of, share, so_many, when
from nn_core import log_spaced
from recipes.mnist import SNAPSHOTS

CLOTHES = ("T-shirt", "Trouser", "8")


def test_a_share_is_told_from_none_and_from_all():
    assert [share(p) for p in (0, 1, 0.5, 0.93, 0.994)] == ["0%", "100%", "50%", "93%", "99%"]
    assert [share(p) for p in (0.9996, 0.99998, 0.004, 0.00002)] == [
        "99.96%",
        "99.998%",
        "0.4%",
        "0.002%",
    ]
    assert (share(1 - 1e-12), share(1e-12)) == (">99.999%", "<0.001%")
    assert (share(0.999996), share(0.000004)) == (">99.999%", "<0.001%")


def test_so_many_of_so_many_is_in_percent_and_halves_go_up():
    said = [part_of(*one) for one in ((3475, 10_000), (1225, 10_000), (1035, 10_000), (7, 7))]
    assert said == ["34.8%", "12.3%", "10.4%", "100.0%"]


def test_digits_are_counted_in_words_and_other_classes_by_their_names():
    assert so_many(TEN, 4, 982) == "982 fours"
    assert so_many(TEN, 6, 1) == "1 six"
    assert so_many(TEN, 6, 2) == "2 sixes"
    assert so_many(CLOTHES, 0, 1000) == "1,000 images of T-shirt"
    assert so_many(CLOTHES, 2, 1) == "1 image of 8"
    assert [one_of(TEN, k) for k in (8, 9)] == ["an eight", "a nine"]
    assert one_of(CLOTHES, 1) == "Trouser"


def test_a_moment_says_whether_its_weights_are_its_own():
    assert when(83.0, exact=True) == "after 83 epochs"
    assert when(1.0, exact=True) == "after 1 epoch"
    assert when(0.25, exact=False).startswith("after 0.25 epochs (each weight rounded")
    assert when(2.5, exact=True) == "after 2.5 epochs"


def test_an_epoch_has_as_many_digits_as_tell_it_from_the_moments_beside_it():
    said = [epoch_of(one) for one in (0, 1 / 600, 2 / 600, 1 / 3, 0.998, 45.53, 45.98, 83)]
    assert said == ["0", "0.0017", "0.0033", "0.33", "0.998", "45.5", "45.98", "83"]
    assert [epoch_of(one) for one in (0.5, 45.25, 0.125)] == ["0.50", "45.3", "0.13"]


def test_no_two_moments_of_a_training_read_alike():
    """Whatever it learns from, and wherever it was stopped: its latest epoch is a moment, too."""
    for an_epoch in (1, 2, 3, 7, 12, 60, 600, 938, 6000):
        for epochs in (1, 2, 3, 10, 83, 500):
            kept = log_spaced(an_epoch * epochs, SNAPSHOTS)
            for stopped in {1, epochs // 2, epochs - 1, epochs} - {0}:
                latest = stopped * an_epoch
                steps = [step for step in kept if step < latest] + [latest]
                said = [epoch_of(step / an_epoch) for step in steps]
                assert len(set(said)) == len(said), (an_epoch, epochs, stopped)


def test_a_small_share_keeps_its_first_digit():
    """A score 7.56 below the highest is 0.052 %: that was once written 0.1%, twice as much."""
    said = [share(p) for p in (math.exp(-7.56), 0.000065, 0.00012, 0.0000067, 0.0948)]
    assert said == ["0.05%", "0.006%", "0.01%", "<0.001%", "9%"]
