"""No rule of a style asks all that is on a page, every word of a chart too, what is in it."""

import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "ui"
STYLES = [file for kind in ("*.py", "*.css") for file in UI.rglob(kind) if "node_modules" not in
          file.parts and ":has(" in file.read_text(encoding="utf-8")]  # fmt: skip
# A `:has` of whatever it is, but for one that asks only its own children; and a rule for whatever
# (*) lies in, or beside, what has something. A browser begins at a selector's end: on a phone the
# race's chart took seconds for every change of its size.
ASKS_ALL = (
    re.compile(r"(?<![\w\]()-]):has\((?!> [.:][\w-]+\))"),
    re.compile(r":has\([^{}()]*\)[^{},]*\*\s*(?=[,{])"),
)


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_no_rule_asks_everything_on_the_page_what_is_in_it(file):
    style = file.read_text(encoding="utf-8")
    assert [found.group() for asks in ASKS_ALL for found in asks.finditer(style)] == []


@pytest.mark.parametrize("rule", ["*:has(.x) {", ".a > :has(.x) ~ * {", ".a:has(.x, .y) * {"])
def test_such_a_rule_is_found(rule):
    assert any(asks.search(rule) for asks in ASKS_ALL)
