from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from tests.charts import trace_on
from tests.walks import known_at, walk_on
from views.neuron import many_steps, one_step

PRESETS = one_step.PRESETS | many_steps.PRESETS


def caption(page):
    return page.markdown[0].value


def written(page, rows):
    """The page after its reader has written these lines into its table."""
    table = page.session_state["neuron_table"]
    return page.text_area(key=f"neuron_own_{table}").set_value("\n".join(rows)).run()


def link_of(page):
    """The parameters of the link that the page gives."""
    return dict(parse_qsl(urlsplit(page.code[-1].value).query))


def test_it_opens_on_the_study_notes_neuron(open_page):
    walk = walk_on(open_page("neuron"), "neuron_walk")
    weights = known_at(walk, 0, "values")
    assert [f"{weights[w]:.8f}" for w in ("w1", "w2", "w3", "b")] == [
        "0.47143516",
        "-1.19097569",
        "1.43270697",
        "0.00000000",
    ]
    assert len(walk["samples"]) == 4


def test_what_an_audience_may_ask_stands_together_on_a_projector_and_not_in_the_maths(open_page):
    page = open_page("neuron", present="true")
    asked = [line.value for line in page.markdown if "**What is a gradient?**" in line.value]
    assert len(asked) == 1
    assert "**Why does a saturated neuron stop learning?**" in asked[0]
    assert "$$" not in asked[0]


def test_the_page_says_what_is_descended_and_what_is_shown(open_page):
    page = open_page("neuron")
    assert "*mean* of squared errors) falls from **0.273** to **0.272**" in caption(page)
    assert "their *sum*, which a step tries to make smaller" in caption(page)
    answers = [line.value for line in page.markdown if line.value.startswith("**W")]
    assert [answer.split("**")[1] for answer in answers] == [
        "What is a gradient?",
        "Which way does it point?",
        "Why does a saturated neuron stop learning?",
    ]
    assert "∂E/∂w₃ (say “E per w₃”) = 0.353" in answers[0]
    assert "w₃ moves from **1.433** to **1.429**, down" in answers[1]


def test_many_steps_are_the_notebooks_thousand(open_page):
    page = open_page("neuron", neuron_view="many steps")
    assert "**14, 341, 574 and 775**" in caption(page)
    final = [
        trace_on(page, "neuron_curves", name)["y"][-1]
        for name in ("0 0 1 → 0", "1 1 1 → 1", "1 0 1 → 1", "0 1 1 → 0")
    ]
    np.testing.assert_allclose(final, [0.31499, 0.72324, 0.66336, 0.37881], atol=6e-6)
    loss = trace_on(page, "neuron_curves", "loss")["y"]
    assert loss[0] == pytest.approx(0.5532968595697426)
    assert loss[999] == pytest.approx(0.10835635687797315)


def test_xor_is_what_one_neuron_cannot_do(open_page):
    page = open_page("neuron", neuron_view="many steps", neuron_table="XOR", neuron_lr="1")
    assert "One neuron cannot do this" in caption(page)
    assert trace_on(page, "neuron_curves", "accuracy")["y"][-1] < 1
    assert page.session_state["neuron_preset"] == "XOR"


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_opens(open_page, name):
    page = open_page("neuron")
    (pills,) = (group for group in page.get("button_group") if group.key == "neuron_preset")
    pills.set_value(name).run()
    assert not page.exception
    assert page.session_state["neuron_preset"] == name
    assert PRESETS[name].point in caption(page)


@pytest.mark.parametrize("weights", ["abc", "1e400, 0, 0", "1, 2", "nan nan nan", "é" * 300])
def test_weights_that_are_none_get_a_sentence_and_the_usual_ones(open_page, weights):
    page = open_page("neuron")
    page.text_input(key="neuron_weights").set_value(weights).run()
    assert not page.exception
    assert "Starting weights:" in caption(page)
    assert "expected" in caption(page)
    values = known_at(walk_on(page, "neuron_walk"), 0, "values")
    assert values["w1"] == pytest.approx(0.47143516, abs=1e-8)


def test_a_box_that_is_first_drawn_late_has_its_text(open_page):
    """On a busy machine the popover opened after the run that it asks for, on an empty box."""
    page = open_page("neuron")
    for rows in (["0 0 1 1", "1 1 1 1"], ["1 0 1 1"]):
        (box,) = page.run().text_area
        assert box.proto.default == box.value != ""
        written(page, rows)
    next(b for b in page.button if "Back to the usual table" in b.label).click().run()
    (box,) = page.run().text_area
    assert box.proto.default == box.value != "1 0 1 1"
    assert not page.exception
    assert not page.warning


def test_own_weights_are_taken(open_page):
    page = open_page("neuron", neuron_weights="0.5, -1, 2, 3", neuron_lr="100")
    values = known_at(walk_on(page, "neuron_walk"), 1, "values", sample=1)
    assert values["h"] == 0.5 - 1 + 2 + 3


@pytest.mark.parametrize(
    "link",
    [
        {"neuron_lr": "abc"},
        {"neuron_lr": "1e400"},
        {"neuron_step": "99"},
        {"neuron_step": "1e400"},
        {"neuron_table": "NAND"},
        {"neuron_view": "both"},
    ],
)
def test_a_link_with_garbage_opens_on_the_default_and_says_so(open_page, link):
    page = open_page("neuron", **link)
    assert caption(page).startswith("The link has “")
    assert page.session_state["neuron_preset"] == "One neuron by hand"


def test_a_link_with_garbage_for_many_steps_says_so_too(open_page):
    page = open_page("neuron", neuron_view="many steps", neuron_steps="0")
    assert caption(page).startswith("The link has “0” for steps")
    assert page.session_state["neuron_preset"] == "1,000 steps"
    assert page.session_state["neuron_steps"] == 1000


@pytest.mark.parametrize("view", ["one step", "many steps"])
def test_a_link_from_before_the_table_had_its_name_opens_the_same_table(open_page, view):
    page = open_page("neuron", neuron_table="notebook A", neuron_view=view)
    usual = open_page("neuron", neuron_view=view)
    assert caption(page) == caption(usual)
    assert page.session_state["neuron_table"] == "first input"
    assert page.session_state["neuron_preset"] == usual.session_state["neuron_preset"]


@pytest.mark.parametrize(
    "link",
    [
        {"neuron_table": "OR", "neuron_lr": "10", "neuron_weights": "1, 2, 3", "neuron_step": "4"},
        {"neuron_view": "many steps", "neuron_table": "AND", "neuron_steps": "100"},
        {"neuron_view": "many steps", "neuron_weights": "0 0 0 −1", "present": "true"},
        {},
    ],
)
def test_the_link_that_the_page_gives_opens_it_again(open_page, link):
    page = open_page("neuron", **link)
    assert link_of(page) == link
    again = open_page("neuron", **link_of(page))
    assert caption(again) == caption(page)


@pytest.mark.parametrize(
    ("view", "own", "others"),
    [("one step", "neuron_step", "neuron_steps"), ("many steps", "neuron_steps", "neuron_step")],
)
def test_a_view_has_only_controls_that_move_it(open_page, view, own, others):
    page = open_page("neuron", neuron_view=view)
    keys = [widget.key for kind in ("slider", "select_slider") for widget in page.get(kind)]
    assert own in keys
    assert others not in keys


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no row to learn from"),
        (["0 1 1 1"] * 500, "500 rows"),
        (["0 1 1", "0 1 1 1"], "Line 1 of the table is left out: it has 3 numbers"),
        (["0 ![](//x.org/y.png) 1 1"], "\\!\\[\\]\\(//x.org/y.png"),
    ],
)
@pytest.mark.parametrize("view", ["one step", "many steps"])
def test_a_strange_table_gets_a_sentence(open_page, rows, said, view):
    page = written(open_page("neuron", neuron_view=view), rows)
    assert not page.exception
    assert said in caption(page)


def test_a_table_that_asks_two_things_of_one_sample_is_told_apart_from_xor(open_page):
    page = written(open_page("neuron"), ["1 0 1 1", "1 0 1 0"])
    assert "the same inputs and different targets" in caption(page)


def test_an_emptied_table_can_be_put_back(open_page):
    page = written(open_page("neuron", neuron_table="AND"), [])
    page.button(key="neuron_usual").click().run()
    rows = page.text_area(key="neuron_own_AND").value.splitlines()
    assert [row.split() for row in rows] == [
        ["0", "0", "1", "0"],
        ["1", "1", "1", "1"],
        ["1", "0", "1", "0"],
        ["0", "1", "1", "0"],
    ]
    assert "no row to learn from" not in caption(page)


def test_a_table_of_ones_own_is_the_same_in_both_views(open_page):
    page = written(open_page("neuron"), ["0 0 1 1", "1 1 1 1"])
    (watch,) = {g.key: g for g in page.get("button_group") if g.key == "neuron_view"}.values()
    watch.set_value("many steps").run()
    assert caption(page).startswith("The table is your own")
    assert page.text_area(key="neuron_own_first input").value == "0 0 1 1\n1 1 1 1"


def test_the_code_shown_is_the_code_that_runs(open_page):
    code = "\n".join(block.value for block in open_page("neuron").code)
    assert "def one_step(" in code
    assert "class Sigmoid" in code
