"""Every word in a picture can be told from what is under it, in both themes: 4.5 to 1 (WCAG 2.2).

What mixes and chooses colours is JavaScript (`ui/browser/shared/colours.js`, `stage/look.js`,
`mistakes/table.js`); it is restated here in NumPy, with what it mixes at most read out of it.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from figures.theme import CATEGORICAL, CLASS_COLOURS, DIVERGING, NEGATIVE, POSITIVE, THREE
from views.activations import softmax

ROOT = Path(__file__).parents[2]
THEMES = ("light", "dark")
TEXT = 4.5  # that WCAG asks of words


@cache
def theme(name):
    """The colours of the page, by name."""
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return {key: rgb(colour) for key, colour in config["theme"][name].items()}


def constant(file, pattern):
    """A number that a part's JavaScript has."""
    code = (ROOT / "ui" / "browser" / file).read_text(encoding="utf-8")
    return float(re.search(pattern, code)[1])


def rgb(colour):
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], float)


def luminance(colour):
    """As WCAG defines it, of colours (…, 3) from 0 to 255."""
    share = np.asarray(colour) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    a, b = luminance(one), luminance(other)
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


def between(paper, colour, most=1.0):
    """Colours from the paper's to so much of another one, (101, 3)."""
    return paper + np.linspace(0, most, 101)[:, None] * (colour - paper)


def test_contrast_is_what_wcag_says_of_its_own_examples():
    assert contrast(rgb("#000000"), rgb("#FFFFFF")) == pytest.approx(21)
    assert contrast(rgb("#777777"), rgb("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_the_page_s_text_and_links_can_be_read_on_it(name):
    colours = theme(name)
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        for words in ("textColor", "linkColor", "primaryColor"):
            assert contrast(colours[words], colours[ground]) >= TEXT, (words, ground)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("colour", sorted({*CATEGORICAL, *THREE, *CLASS_COLOURS.values()}))
def test_words_in_a_colour_have_as_much_of_the_text_s_as_it_takes_to_be_read(name, colour):
    paper, text = theme(name)["backgroundColor"], theme(name)["textColor"]
    parts = [k / 10 for k in range(10)]
    mixed = [np.round(rgb(colour) + part * (text - rgb(colour))) for part in parts]
    part = next(k for k, one in zip(parts, mixed, strict=True) if contrast(one, paper) >= TEXT)
    assert part <= 0.5  # and it is still that colour


@pytest.mark.parametrize("name", THEMES)
def test_words_on_the_stage_s_colours_can_be_read(name):
    most = constant("stage/look.js", rf"FULLEST = {{.*{name}: ([\d.]+)")
    colours = theme(name)
    for colour in (NEGATIVE, POSITIVE):
        under = between(colours["backgroundColor"], rgb(colour), most)
        assert contrast(colours["textColor"], under).min() >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_a_number_in_a_cell_of_softmax_can_be_read(name):
    """The steepest slope is ¼ over the temperature, of two classes that share all there is."""
    colours = theme(name)
    assert DIVERGING[0][1] == NEGATIVE
    even = softmax.Settings(logits="0, 0")
    cells = softmax.picture(softmax.numbers(even)).data[1]
    most = abs(cells.z).max() / cells.zmax
    assert 0 < most <= 0.5
    for colour in (NEGATIVE, POSITIVE):
        under = between(colours["backgroundColor"], rgb(colour), most)
        assert contrast(colours["textColor"], under).min() >= TEXT


@pytest.mark.parametrize("name", THEMES)
def test_a_number_in_a_cell_of_the_mistakes_can_be_read(name):
    colours, most = theme(name), constant("mistakes/table.js", r"DARKEST = ([\d.]+)")
    under = between(colours["backgroundColor"], colours["primaryColor"], most)
    assert contrast(colours["textColor"], under).min() >= TEXT
