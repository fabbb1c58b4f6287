import tracemalloc

import numpy as np
import pytest

from datasets.neuron import neuron_table
from recipes.neuron import NeuronSettings
from recipes.neuron_table import as_text, read_table, samples, usual_text

USUAL = neuron_table("first input")


def lines(*rows):
    return "\n".join(rows)


def test_a_table_comes_back_as_it_was():
    x, t, sentences = read_table(as_text(*USUAL), USUAL)
    np.testing.assert_array_equal(x, USUAL[0])
    np.testing.assert_array_equal(t, USUAL[1])
    assert sentences == []


@pytest.mark.parametrize(
    "row", ["0.5 1 -2 1", "0.5, 1, −2, 1", "0.5\t1\t-2\t1", "  .5;1;-2;1  ", "5e-1 1.0 -2. 1"]
)
def test_a_row_is_read_however_its_reader_parts_the_numbers(row):
    x, t, _ = read_table(row, USUAL)
    np.testing.assert_array_equal(x, [[0.5, 1, -2]])
    np.testing.assert_array_equal(t, [[1]])


@pytest.mark.parametrize("empty", ["", "  ", "\n\n", ","])
def test_an_empty_table_gets_the_usual_one_and_a_sentence(empty):
    x, _, sentences = read_table(empty, USUAL)
    np.testing.assert_array_equal(x, USUAL[0])
    assert "no row to learn from" in sentences[-1]


def test_five_hundred_rows_become_the_first_eight_and_a_sentence():
    x, t, (sentence, own) = read_table(lines(*[as_text(*USUAL)] * 125), USUAL)
    assert x.shape == (8, 3)
    assert t.shape == (8, 1)
    assert "500 rows" in sentence
    assert "your own" in own


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("1 0 1", "it has 3 numbers"),
        ("1", "it has 1 number,"),
        ("1 0 1 1 0", "it has 5 numbers"),
        ("1 abc 0 1", "“abc” is no number"),
        ("1 nan 0 1", "“nan” is no number"),
        ("inf 0 0 1", "x₁ = inf lies beyond"),
        ("1 1e400 0 1", "x₂ = 1e400 lies beyond"),
        ("0 0 1e7 1", "x₃ = 1e7 lies beyond"),
        ("0 0 1 2", "the target is 2"),
        ("0 0 1 -0.5", "the target is -0.5"),
        ("9" * 5000 + " 0 1 1", "99999999999999999999… lies beyond"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_with_its_reason(row, named):
    x, t, (sentence, _) = read_table(lines("0 0 1 0", row, "1 1 1 1"), USUAL)
    assert len(x) == len(t) == 2
    assert sentence.startswith("Line 2 of the table is left out")
    assert named in sentence
    assert len(sentence) < 150


def test_many_bad_rows_are_not_listed_one_by_one():
    *_, sentences = read_table(lines(*["1 0 0"] * 500), USUAL)
    assert len(sentences) <= 3


def test_a_reader_who_brought_no_table_gets_that_of_the_settings():
    settings = NeuronSettings(table="AND")
    x, t, sentences = samples(settings)
    np.testing.assert_array_equal(np.hstack([x, t]), np.hstack(neuron_table("AND")))
    assert sentences == samples(settings, usual_text(settings))[2] == []


def test_an_emptied_table_is_one_that_a_reader_brought():
    *_, sentences = samples(NeuronSettings(), "")
    assert "no row to learn from" in sentences[-1]


@pytest.mark.parametrize("line", ["1 0 0 1\n", "1 0 0\n", "x ", "\n"])
def test_ten_megabytes_of_text_take_no_memory_and_get_a_sentence(line):
    text = line * (10_000_000 // len(line))
    tracemalloc.start()
    try:
        x, t, (first, *_) = read_table(text, USUAL)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert first == "Only whole lines within the table's first 10,000 characters are read."
    assert len(x) == len(t) <= 8
    assert peak < 5_000_000
