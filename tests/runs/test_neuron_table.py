import numpy as np
import pandas as pd
import pytest

from datasets.neuron import neuron_table
from runs.neuron_table import COLUMNS, as_frame, read_table

USUAL = neuron_table("notebook A")


def frame(*rows):
    return pd.DataFrame(list(rows), columns=list(COLUMNS), dtype=object)


def test_a_table_comes_back_as_it_was():
    x, t, sentences = read_table(as_frame(*USUAL), USUAL)
    np.testing.assert_array_equal(x, USUAL[0])
    np.testing.assert_array_equal(t, USUAL[1])
    assert sentences == []


def test_an_empty_table_gets_the_usual_one_and_a_sentence():
    for empty in (as_frame(*USUAL).iloc[:0], frame((None,) * 4)):
        x, _, sentences = read_table(empty, USUAL)
        np.testing.assert_array_equal(x, USUAL[0])
        assert "no row to learn from" in sentences[-1]


def test_five_hundred_rows_become_the_first_eight_and_a_sentence():
    rows = pd.concat([as_frame(*USUAL)] * 125)
    x, t, (sentence, own) = read_table(rows, USUAL)
    assert x.shape == (8, 3)
    assert t.shape == (8, 1)
    assert "500 rows" in sentence
    assert "your own" in own


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ((1, None, 0, 1), "x₂ is empty"),
        ((1, "abc", 0, 1), "x₂ is empty or no number"),
        ((float("inf"), 0, 0, 1), "beyond"),
        ((0, 0, 1e7, 1), "x₃ = 1e+07"),
        ((0, 0, 1, 2), "the target is 2"),
        ((0, 0, 1, -0.5), "the target is -0.5"),
        ((10**400, 0, 1, 1), "x₁ is empty or no number"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_with_its_reason(row, named):
    x, t, (sentence, _) = read_table(frame((0, 0, 1, 0), row, (1, 1, 1, 1)), USUAL)
    assert len(x) == len(t) == 2
    assert sentence.startswith("Row 2 of the table is left out")
    assert named in sentence


def test_many_bad_rows_are_not_listed_one_by_one():
    *_, sentences = read_table(frame(*[(None, 0, 0, 0)] * 500), USUAL)
    assert len(sentences) <= 3
