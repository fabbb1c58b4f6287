"""A reader's own points on Decision boundaries: a table that is brought, a link, what is said."""

import base64
import re
from pathlib import Path

import numpy as np
import pytest
import sklearn

import ui.points
from datasets.own_points import Axis, OwnPoints, own_points, written
from datasets.points_chosen import chosen, points_of
from datasets.points_table import read_table
from tests.films import message_on, unpacked
from tests.pages.test_boundaries import caption_on, link_on
from tests.several import around
from ui.points import placed

OWN = {"boundaries_dataset": "your own", "boundaries_epochs": "10"}
TABLE = "height;weight;kind\n1,5;2;cat\n2,5;x;cat\n1,0;3;dog\n4;3;dog\n"


def film_on(page):
    return unpacked(message_on(page, "boundaries_stage"))


def pasted(page, text):
    page.button(key="points_bring").click().run()
    page.text_area(key="points_pasted").set_value(text).run()
    return page


def use(page):
    (button,) = (one for one in page.button if one.label == "Use these points")
    button.click().run()
    assert not page.exception
    return page


def test_an_example_stands_in_until_there_are_any(open_page):
    page = open_page("boundaries", **OWN)
    assert len(film_on(page)["points"]) == 14
    assert "14 points as an example" in caption_on(page)
    assert not page.text_area
    page.button_group(key="boundaries_dataset").set_value("xor").run()
    assert "example" not in caption_on(page)
    assert "Bring a table" not in [one.label for one in page.button]


def test_a_pasted_table_is_shown_and_used_and_its_link_opens_it(open_page):
    page = pasted(open_page("boundaries", **OWN), TABLE)
    said = " ".join(one.value for one in page.markdown)
    assert "**1** labelled *cat* (orange) and **2** labelled *dog* (blue)." in said
    assert "**3** of 4 rows make a point: " in said
    assert "“1,5” in *height* is read as **1.5**." in said
    assert "Line 3: it has “x” in column “weight”" in " ".join(one.value for one in page.code)
    use(page)
    film = film_on(page)
    assert sorted(film["points"].tolist()) == [
        [-5, 5, 1],
        pytest.approx([-10 / 3, -5, 0]),
        [5, 5, 1],
    ]
    assert film["names"] == ["cat", "dog"]
    assert caption_on(page).startswith(
        "Orange is *cat*, blue *dog*. x₁ is *height* (**1** to **4**), x₂ *weight* (**2** to **3**)"
        ", each drawn from −5 to 5."
    )
    link = {name: value for name, (value,) in link_on(page).items()}
    again = open_page("boundaries", **link)
    np.testing.assert_array_equal(film_on(again)["points"], film["points"])
    assert caption_on(again) == caption_on(page)


def test_points_stay_while_others_are_looked_at_and_are_in_no_link_then(open_page):
    page = use(pasted(open_page("boundaries", **OWN), TABLE))
    page.button_group(key="boundaries_dataset").set_value("moons").run()
    assert "boundaries_own_points" not in link_on(page)
    assert len(film_on(page)["points"]) == 250
    page.button_group(key="boundaries_dataset").set_value("your own").run()
    assert len(film_on(page)["points"]) == 3


def test_a_table_that_is_none_gets_a_sentence_and_the_page_stands(open_page):
    page = pasted(open_page("boundaries", **OWN), "1,2,<b>\n2,3,<b>\n")
    assert [one.value for one in page.error] == [
        "There is one label only, “\\<b\\>”, in column “column 3”: expected two different "
        "ones, else there is nothing to tell apart."
    ]
    assert not page.exception


def test_nothing_of_the_table_before_stays_below_a_refusal(open_page):
    page = pasted(open_page("boundaries", **OWN), TABLE)
    assert any("make a point" in one.value for one in page.markdown)
    (box,) = (one for one in page.file_uploader if one.key.startswith("points_file"))
    box.set_value(("t.csv", b"<!DOCTYPE html><html>404</html>", "text/csv")).run()
    while "points_file_reading" in page.session_state:
        page.run()
    assert "t.csv: is a web page and not the file" in page.error[0].value
    assert not any("make a point" in one.value for one in page.markdown)
    page.text_area(key="points_pasted").set_value(TABLE + "5,5,dog\n").run()
    assert not page.error
    assert any("make a point" in one.value for one in page.markdown)


NASTY = "![a](https://e.x/a.png)", ":smile: :red[x] **b** `c` &lt;"


def test_a_readers_names_are_never_markup(open_page):
    page = use(pasted(open_page("boundaries", **OWN), f"x,y,l\n1,2,{NASTY[0]}\n2,1,{NASTY[1]}\n"))
    caption = caption_on(page)
    assert "![" not in caption
    assert "**b**" not in caption
    assert ":smile:" not in caption
    assert "://" not in caption


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("~AAAAAAAAAAAA", "The points that the link names are not on this server any more."),
        ("~../../../etc/passwd", "Your own points: what the link brings is no name of points"),
        ("zzzz", "Your own points: expected a line of names, then points"),
    ],
)
def test_a_link_with_no_points_gets_a_sentence_and_the_example(open_page, text, said):
    page = open_page("boundaries", **OWN, boundaries_own_points=text)
    assert said in caption_on(page)
    assert len(film_on(page)["points"]) == 14
    assert not page.exception


def test_many_points_have_a_short_link_and_a_full_disk_a_sentence(open_page, monkeypatch):
    rows = "".join(f"{k},{k * k % 7},{'ab'[k % 2]}\n" for k in range(300))
    page = use(pasted(open_page("boundaries", **OWN), rows))
    (name,) = link_on(page)["boundaries_own_points"]
    assert name.startswith("~")
    assert len(film_on(open_page("boundaries", **OWN, boundaries_own_points=name))["points"]) == 300

    def full(*_):
        raise OSError

    monkeypatch.setattr(ui.points, "in_words", full)
    page = use(pasted(page, TABLE))
    assert "could not be kept on the server" in caption_on(page)
    assert len(film_on(page)["points"]) == 300


def test_who_brought_many_points_can_delete_them(open_page):
    rows = "".join(f"{k},{k * k % 7},{'ab'[k % 2]}\n" for k in range(300))
    page = use(pasted(open_page("boundaries", **OWN), rows))
    link = {name: value for name, (value,) in link_on(page).items()}
    other = open_page("boundaries", **link)
    other.button(key="points_bring").click().run()
    assert "Delete the points I brought" not in [one.label for one in other.button]
    page.button(key="points_bring").click().run()
    (button,) = (one for one in page.button if one.label == "Delete the points I brought")
    button.click().run()
    assert "14 points as an example" in caption_on(page)
    assert "are not on this server any more" in caption_on(open_page("boundaries", **link))


CLASH = OwnPoints(np.zeros((2, 2), np.float32), np.array([0, 1], np.uint8))


def test_two_points_of_both_colours_on_one_spot_are_said_to_be_that(open_page):
    page = open_page("boundaries", **OWN, boundaries_own_points=written(CLASH))
    caption = caption_on(page)
    assert "At one spot points of different colours lie on each other: no network gets" in caption
    assert "**50.0%** are right" in caption
    assert "At one spot points of different colours are the same to it, so no network" in caption
    assert "more than **50.0%** of all right." in caption
    assert "may help" not in caption
    assert not page.exception


def test_the_lottery_counts_them_and_says_what_learned_means(open_page):
    page = open_page(
        "boundaries",
        **OWN,
        boundaries_own_points=written(CLASH),
        boundaries_view="lottery",
        boundaries_starts="10",
    )
    assert "**none** learned it" in caption_on(page)
    assert "*Learned it* would be: 99% or more of its points right." in caption_on(page)


# More classes than two

IRIS = Path(sklearn.__file__).parent / "datasets" / "data" / "iris.csv"


def test_a_table_of_three_classes_trains_by_softmax_and_its_link_opens_it(open_page):
    page = pasted(open_page("boundaries", **OWN | {"boundaries_epochs": "300"}), IRIS.read_text())
    said = " ".join(one.value for one in page.markdown)
    assert (
        "**150** of 150 rows make a point: **50** labelled *setosa* (orange), **50** "
        "labelled *versicolor* (blue) and **50** labelled *virginica* (green)." in said
    )
    page = use(page)
    film = film_on(page)
    assert (film["output"], film["loss"]) == ("softmax", "softmax_cross_entropy")
    assert (film["sizes"], film["classes"]) == ([2, 4, 4, 3], 3)
    assert film["names"] == ["setosa", "versicolor", "virginica"]
    assert sorted(film["points"][:, 2].tolist()) == [0] * 50 + [1] * 50 + [2] * 50
    caption = caption_on(page)
    assert caption.startswith("Orange is *setosa*, blue *versicolor*, green *virginica*. x₁ is ")
    assert f"**{film['history']['accuracy'][-1]:.1%}** of its points right" in caption
    link = {name: value for name, (value,) in link_on(page).items()}
    again = film_on(open_page("boundaries", **link))
    assert again["digest"] == film["digest"]


def test_what_is_for_two_classes_gives_way_and_says_so(open_page):
    three = {"boundaries_own_points": written(around(3))}
    page = open_page("boundaries", **OWN, **three, boundaries_loss="squared_error")
    assert "3 classes are told apart by their probabilities (softmax)" in caption_on(page)
    assert film_on(page)["loss"] == "softmax_cross_entropy"
    start = {"boundaries_init": "study notes", "boundaries_layers": "1"}
    page = open_page("boundaries", **OWN, **three, **start)
    assert "The study notes' start is for two classes; here the weights" in caption_on(page)
    assert not page.exception


@pytest.mark.parametrize("view", ["lottery", "map", "sweep", "race"])
def test_every_view_takes_several_classes(open_page, view):
    few = {"boundaries_starts": "10", "boundaries_each": "1", "boundaries_side": "2"}
    named = around(4, names=("a", "b", "c", "d"))
    page = open_page(
        "boundaries",
        **OWN,
        **few,
        boundaries_own_points=written(named),
        boundaries_view=view,
    )
    assert not page.exception
    assert "Orange is *a*, blue *b*, green *c*, pink *d*." in caption_on(page)


# Numbers

PRICES = "size;age;price\n" + "".join(f"{k};{k * k % 7};{3 * k - 4}\n" for k in range(30))


def test_a_table_whose_third_column_is_a_number_is_learned_as_one_and_its_link_opens_it(open_page):
    page = pasted(open_page("boundaries", **OWN), PRICES + "1;2;NaN\n")
    said = " ".join(one.value for one in page.markdown)
    assert "**30** of 31 rows make a point. *price* is learned as a number: **−4** is −1," in said
    assert "Line 32: it has “NaN” in column “price”" in " ".join(one.value for one in page.code)
    page = use(page)
    film = film_on(page)
    assert (film["output"], film["loss"], film["classes"]) == ("identity", "squared_error", 0)
    assert (film["low"], film["high"], film["sizes"]) == (-1, 1, [2, 4, 4, 1])
    order = film["points"][film["points"][:, 0].argsort()]
    np.testing.assert_allclose(order[:, 2], np.linspace(-1, 1, 30), atol=1e-6)
    assert "accuracy" not in film["history"]
    caption = caption_on(page)
    assert "Each of your points has a number, not a class, so the loss is squared_error." in caption
    off = film["history"]["loss"][-1] ** 0.5  # 43.5 of the price are 1 on the plane's scale
    (told,) = re.findall(r"off by about \*\*([\d.]+)\*\* \(\*\*([\d.]+)\*\* of \*price\*", caption)
    np.testing.assert_allclose([float(v) for v in told], [off, 43.5 * off], rtol=5e-3)
    link = {name: value for name, (value,) in link_on(page).items()}
    again = open_page("boundaries", **link)
    assert film_on(again)["digest"] == film["digest"]
    assert caption_on(again) == caption


def test_few_whole_numbers_are_classes_or_numbers_as_the_reader_says(open_page):
    rows = "".join(f"{k},{k * k % 7},{k % 4}\n" for k in range(12))
    page = pasted(open_page("boundaries", **OWN), f"x,y,<b>\n{rows}")
    assert "**3** labelled *0* (orange)" in " ".join(one.value for one in page.markdown)
    (choice,) = (one for one in page.get("button_group") if "is" in one.label.split())
    assert choice.label == "“\\<b\\>” is"
    choice.set_value("a number").run()
    said = " ".join(one.value for one in page.markdown)
    assert "is learned as a number: **0** is −1, orange, and **3** is 1, blue." in said
    assert film_on(use(page))["classes"] == 0


@pytest.mark.parametrize("view", ["lottery", "map", "sweep", "race"])
def test_every_view_takes_numbers(open_page, view):
    few = {"boundaries_starts": "10", "boundaries_each": "1", "boundaries_side": "2"}
    film = open_page("boundaries", **OWN)
    link = {name: value for name, (value,) in link_on(use(pasted(film, PRICES))).items()}
    page = open_page("boundaries", **few, **link, boundaries_view=view)
    assert not page.exception
    caption = caption_on(page)
    assert "*price* is learned as a number" in caption
    if view in ("lottery", "sweep"):
        assert "a tenth of the error left, or less" in caption
    if view == "race":
        assert "of *price*)" in caption


@pytest.mark.parametrize("view", ["film", "lottery"])
def test_two_numbers_on_one_spot_are_said_to_be_that_and_one_start_is_counted(open_page, view):
    both = CLASH._replace(label=np.array([-1, 1], np.float32), number=Axis("rent", 2.0, 5.0))
    page = open_page(
        "boundaries",
        **OWN,
        boundaries_own_points=written(both),
        boundaries_view=view,
        boundaries_starts="1",
    )
    caption = caption_on(page)
    assert "At one spot points of different numbers lie on each other: no network gets" in caption
    if view == "film":
        assert "it answers about " in caption
        assert "(**1.5** of *rent*)" in caption  # half of what lies between them
    else:
        assert "Of **1** start **0** learned it; **1** left more than half of the error" in caption
    assert not page.exception


# What the stage sends


def read_points(text):
    table = read_table("t", text)
    return points_of(table, chosen(table)).points


def sent(*points):
    return base64.b64encode(np.array(points, "<f4").tobytes()).decode()


def settings(**changed):
    from recipes.boundaries import BoundariesSettings

    return BoundariesSettings(**changed)


def test_placed_points_lie_where_they_were_placed_and_keep_their_names():
    found = placed(settings(), sent((1.25, -6, 0), (6, 0.5, 1)))
    np.testing.assert_array_equal(found.x, [[1.25, -6], [6, 0.5]])
    assert found.label.tolist() == [0, 1]
    assert (found.classes, found.axes) == ((), ())
    named = own_points(written(CLASH))._replace(classes=("no", "yes"))
    own = settings(dataset="your own", own_points=written(named))
    assert placed(own, sent((1, 2, 0), (2, 1, 1))).classes == ("no", "yes")
    assert placed(own, sent((1, 2, 0), (2, 1, 1), (3, 3, 2))).classes == ("no", "yes", "green")
    three = settings(dataset="your own", own_points=written(around(3, names=("a", "b", "c"))))
    assert placed(three, sent((1, 2, 0), (2, 1, 1))).classes == ("a", "b")
    assert placed(settings(), sent(*[(k, k / 2, k) for k in range(3)])).classes == ()
    numbers = read_points(PRICES)
    found = placed(
        settings(dataset="your own", own_points=written(numbers)), sent((1, 2, 0), (2, 1, 1))
    )
    assert (found.axes, found.number, found.label.tolist()) == ((), None, [0, 1])


def test_on_the_plane_of_the_four_points_places_are_scaled_to_the_larger_one():
    found = placed(settings(dataset="four points"), sent((-0.5, 1.5, 0), (0.5, 0.5, 1)))
    np.testing.assert_array_equal(found.x, [[-6, 6], [0, 0]])


@pytest.mark.parametrize(
    "what",
    [
        *["", "abc", "!", sent((1, 2, 0)), sent((1, 2, 0), (2, 1, 0)), sent((1, 2, 0), (2, 1, 2))],
        sent(*[(0, 0, k) for k in range(11)]),
        *[sent((1, 2, 0), (2, 1, 0.5)), sent((np.nan, 2, 0), (2, 1, 1))],
        sent(*[(0, 0, k % 2) for k in range(10_001)]),
    ],
)
def test_anything_else_is_nothing(what):
    assert placed(settings(), what) is None
