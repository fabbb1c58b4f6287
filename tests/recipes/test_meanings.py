"""Each start and each optimizer has a line that says what it does, and is so."""

import numpy as np
import pytest

from nn_core import INITIALIZERS, OPTIMIZERS
from recipes.boundaries import BoundariesSettings
from recipes.meanings import MEANINGS, meaning
from recipes.mnist import MnistSettings

WIDE = 400


@pytest.mark.parametrize("settings", [BoundariesSettings, MnistSettings])
@pytest.mark.parametrize("field", ["init", "optimizer"])
def test_every_choice_has_a_short_line(settings, field):
    values = settings.values_of(field)
    for value in values:
        assert 20 < len(meaning(values, value)) <= 130


def test_words_that_need_no_line_have_none():
    assert meaning(BoundariesSettings.values_of("dataset"), "xor") == ""
    assert meaning(BoundariesSettings.values_of("lr"), 0.1) == ""
    assert set(OPTIMIZERS) | set(INITIALIZERS) <= set(MEANINGS)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_what_is_said_of_a_start_is_so(name):
    few, many, out = (
        INITIALIZERS[name](np.random.default_rng(0), *shape)
        for shape in ((WIDE, 100), (4 * WIDE, 100), (WIDE, 4 * WIDE))
    )
    said = MEANINGS[name]
    assert ("Every weight starts at 0" in said) == (not few.any())
    if few.any():
        assert ("The smaller, the more inputs" in said) == (many.std() < 0.9 * few.std())
        assert ("inputs and outputs" in said) == (out.std() < 0.9 * few.std())
        assert ("evenly between two bounds" in said) == (np.abs(few).max() < 2 * few.std())
