"""What is left of a length, by arithmetic of its own."""

import re

import pytest

from figures.imagined import imagined
from views.activations.learning import MILLIMETRE

METRES = {  # by their own sources: FIFA, World Athletics, WGS 84, IAU, and light's speed in a year
    "a metre": 1, "a football pitch": 105, "a marathon": 42195, "the equator": 40_075_017,
    "the way to the Moon": 384_399_000, "the way to the Sun": 149_597_870_700,
    "a light-year": 299_792_458 * 365.25 * 86400,
    "the Milky Way": 1e5 * 299_792_458 * 365.25 * 86400,
    "the universe that can be seen": 93e9 * 299_792_458 * 365.25 * 86400,
}  # fmt: skip
UNITS = {"m": 1, "cm": 1e-2, "mm": 1e-3}


@pytest.mark.parametrize("power", range(-31, -2))
@pytest.mark.parametrize("lead", [1, 2.5, 7.3])
def test_what_would_arrive_is_that_share_of_the_length(lead, power):
    share = lead * 10.0**power
    found = re.fullmatch(r"Were the error as long as (.+), (\S+) (\w+) of it would arrive\.",
                         imagined(share))  # fmt: skip
    name, amount, unit = found.groups()
    assert float(amount) * UNITS[unit] == pytest.approx(METRES[name] * share, rel=0.06)
    assert float(amount) * UNITS[unit] >= 4.9e-5  # an eye can see it


def test_what_is_smaller_still_is_less_than_a_hair_of_everything():
    assert imagined(1e-40).endswith("less than the width of a hair would arrive.")
    assert 1e-40 * METRES["the universe that can be seen"] < 5e-5


@pytest.mark.parametrize("share", [0.0, 0.01, 1.0, 3e9, float("inf"), float("nan")])
def test_what_can_be_imagined_needs_no_help(share):
    assert imagined(share) == ""


def test_a_tick_is_a_millimetre_of_what_it_says():
    km, light_year = 1e3, METRES["a light-year"]
    said = {"a metre": 1, "a km": km, "1,000 km": 1e3 * km, "a million km": 1e6 * km,
            "a billion km": 1e9 * km, "a trillion km": 1e12 * km,
            "106 light-years": 106 * light_year,
            "106,000 light-years": 106e3 * light_year,
            "106 million light-years": 106e6 * light_year}  # fmt: skip
    for power, words in MILLIMETRE.items():
        assert 1e-3 / said[words] == pytest.approx(10.0**power, rel=0.01)
