"""Numbers as they are spelled, each beside what a reader would write."""

import re

import pytest

from figures.words import (
    adding_up,
    advice,
    advised,
    as_written,
    bracketed,
    duration,
    equals,
    exact,
    listed,
    not_whole,
    number,
    ranked,
    result,
    written,
)


@pytest.mark.parametrize(
    ("value", "spelled"),
    [(0.25, "0.25"), (-1.23456, "−1.23"), (4.54e-5, "4.54 × 10⁻⁵"), (1e9, "1 × 10⁹"), (0, "0")],
)
def test_a_caption_has_three_significant_digits(value, spelled):
    assert number(value) == spelled


@pytest.mark.parametrize(
    ("parts", "written_so"),
    [
        ([1.53, 0.22], ["1.53", "0.22", "1.75"]),
        ([11.96, -4.57, 0.0943], ["11.96", "−4.57", "0.09", "7.48"]),
        ([1.004, 1.004], ["1.004", "1.004", "2.008"]),  # not 1.00 and 1.00 are 2.01
        ([0.00321, -0.00321], ["0.00321", "−0.00321", "0.00000"]),
        ([0.0, 0.0], ["0.00", "0.00", "0.00"]),
        ([float("inf"), 1.0], ["inf", "1.00", "inf"]),
    ],
)
def test_parts_of_a_sum_add_up_as_they_are_written(parts, written_so):
    assert adding_up(parts) == written_so


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"a": "1", "b": "2", "c": "3"}, "a **1**, b **2** and c **3**"),
        ({"a": "1", "b": "2", "c": "2"}, "a **1**; b and c **2** each"),
        ({"a": "2", "b": "2"}, "a and b **2** each"),
        ({"a": "2"}, "a **2**"),
    ],
)
def test_nobody_is_first_of_those_whose_numbers_read_alike(said, words):
    assert ranked(said) == words


@pytest.mark.parametrize(
    ("value", "text", "sign"),
    [
        (0.25, "0.25", "="),
        (-0.5, "−0.5000", "="),
        (0.1 + 0.2, "0.3000", "="),  # what a computer adds to it is no rounding of ours
        (0.47317964, "0.4732", "≈"),
        (-4e-5, "−4 × 10⁻⁵", "="),
        (4.54e-5, "5 × 10⁻⁵", "≈"),
        (float("inf"), "∞", "="),
        (0.0, "0", "="),
    ],
)
def test_a_number_that_was_rounded_is_only_about_equal(value, text, sign):
    assert equals(value, text) == sign
    assert result(value, lambda _: text) == f"{sign} {{{text}}}"


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (99.9954, "99.995"),
        (0.9999546, "0.99995"),
        (100.0, "100"),
        (0.0, "0"),
        (64.39, "64.4"),
        (-1.0, "−1"),
        (1 - 1e-16, "1"),  # as near as a computer knows
    ],
)
def test_what_is_not_whole_is_not_written_whole(value, spelled):
    assert not_whole(value) == spelled


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (0.5, "0.5000"),
        (3.0, "3"),
        (-0.00012345, "−0.0001234"),
        (0.000012345, "1.234 × 10⁻⁵"),
        (123456.7, "123457"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
        (float("nan"), "not a number"),
    ],
)
def test_a_drawing_has_four_always(value, spelled):
    assert written(value) == spelled


@pytest.mark.parametrize(
    ("value", "spelled"),
    [(0.80732274123, "0.80732274"), (1.0, "1"), (2.5e-8, "2.5000 × 10⁻⁸"), (-1e6, "−1.0000 × 10⁶")],
)
def test_the_notebook_has_eight_after_the_point(value, spelled):
    assert exact(value) == spelled


def test_a_factor_with_a_sign_or_a_power_gets_brackets():
    assert [bracketed(text) for text in ("2", "−2", "1 × 10⁶")] == ["2", "(−2)", "(1 × 10⁶)"]


@pytest.mark.parametrize(
    ("seconds", "spelled"),
    [(0.4, "0 s"), (9, "9 s"), (90, "90 s"), (180, "3 min"), (11195, "3 h"), (3e5, "3 days")],
)
def test_a_wait_is_in_the_unit_a_person_would_use(seconds, spelled):
    assert duration(seconds) == spelled


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.65177001, "0.65177001"),
        (-0.6577991, "−0.65779910"),
        (0.0, "0"),
        (-3.0, "−3"),
        (4.539787e-9, "4.5398 × 10⁻⁹"),
        (123456.7, "1.2346 × 10⁵"),
    ],
)
def test_numbers_are_written_as_the_notebook_prints_them(value, text):
    assert exact(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.7310586, "0.731"),
        (-2.0, "−2"),
        (0.0, "0"),
        (4.539787e-05, "4.54 × 10⁻⁵"),
        (-1.5e-7, "−1.5 × 10⁻⁷"),
        (1234567.0, "1.23 × 10⁶"),
    ],
)
def test_numbers_have_three_significant_digits(value, text):
    assert number(value) == text


def test_lists_read_as_a_person_would_say_them():
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"


# What GitHub's Markdown makes a link of without being asked: mdast-util-gfm-autolink-literal.
LINKS = (r"(https?://|www(?=\.))([-.\w]+)([^ \t\r\n]*)", r"([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)")


@pytest.mark.parametrize("text", ["http://e.com/a", "see HTTPS://E.com", "www.e.com", "a@e.com"])
def test_what_a_reader_wrote_is_no_link(text):
    assert any(re.search(link, text, re.IGNORECASE) for link in LINKS)
    written = as_written(text)
    assert not any(re.search(link, written, re.IGNORECASE) for link in LINKS)
    assert written.replace("\u2060", "") == text


@pytest.mark.parametrize("text", [":red[x]", ":smile:", ":material/delete:"])
def test_what_a_reader_wrote_is_no_directive_of_streamlits(text):
    assert not re.search(r":\w", as_written(text))


def test_advice_is_told_where_all_of_it_may_move():
    longer, free = "More epochs, or a *larger* rate, may help.", {"epochs", "lr"}
    text = f"It is slow. {advice(longer, *sorted(free))} Dead."
    whole = f"It is slow. {longer} Dead."
    assert advised(text, free.__contains__) == whole
    for name in free:
        assert advised(text, {name}.__contains__) == "It is slow. Dead."
    assert advised(text) == "It is slow. Dead."
    assert advice("", "lr") == ""


def test_what_somebody_called_their_file_is_no_advice_and_does_not_end_one():
    name = as_written("a](#move-x)[b", 100)
    assert advised(name) == name
    assert advised(advice(f"**Start** trains on {name}.", "run")) == ""
    assert advised("[another run](?run=x)") == "[another run](?run=x)"
