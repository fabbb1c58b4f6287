"""Reads numbers back out of what a page says."""

import re

from streamlit.testing.v1 import AppTest

from figures.words import advised


def numbers_in(text: str) -> list[float]:
    """All numbers in a caption."""
    plain = text.replace("−", "-").replace("*", "")
    plain = re.sub(r" × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "e" + m[1].translate(
        str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")), plain)  # fmt: skip
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", plain)]


def as_sentence(suggestion):
    """What is suggested to try, as the page says it; "" if there is nothing."""
    return f"Try {suggestion.what}: {suggestion.why}" if suggestion else ""


def in_full(words: str) -> str:
    """A caption as it is told where everything may move."""
    return advised(words, lambda name: True)


def paragraphs_on(page: AppTest) -> list[str]:
    """What is written on a page, paragraph by paragraph."""
    return [line for words in page.markdown for line in words.value.split("\n\n")]
