"""A link for a class: what it locks is not on the page and is as the link says; its goal is said
to be reached when it is; and the dialog that makes such a link."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1.element_tree import Widget

import ui.show
import ui.talk
from recipes.settings import Text
from talks.reader import read_talk
from tests.pages.test_talks import words
from tests.sweeps import sweep
from tests.views.test_every_view import FOUND, ends, name_of
from ui.class_link import ALREADY, ONLY_HERE, ONLY_NEAR, class_link, frame_line, who_can_open
from ui.controls import as_text
from ui.lock import fields_with_controls, gestures_of, lock_of, lock_text
from ui.talk import PAGE_NAMES, parameters
from views.goal import Goal
from views.mnist.training import VIEW as MNIST
from views.view import TryThis

VIEWS = {name_of(view): view for view in FOUND}
QUICK = ["activations: curve", "neuron: one step"]
THIRDS = 3  # of a view's fields are locked at a time
CASES = [(name, third) for name in VIEWS for third in range(THIRDS)]
FEW = {"epochs": 10, "starts": 10, "each": 1, "side": 2, "steps": 100}


def keys(page):
    """The keys of all widgets on a page."""
    return {str(node.key) for node in page._tree if isinstance(node, Widget) and node.key}


def parts(page):
    """What is sent to the browser's parts, by their keys."""
    return {part.key: json.loads(part.proto.json) for part in page.get("bidi_component")}


def opened(open_page, view, lock="", **settings):
    """A view by its link, with little to train; its first one needs no name."""
    few = {name: value for name, value in FEW.items() if name in view.settings.allowed()}
    link = {view.settings.key(name): as_text(v) for name, v in (few | settings).items()}
    several = [other for other in FOUND if other.settings.page == view.settings.page]
    if len(several) > 1:
        link[view.settings.key("view")] = view.name
    return open_page(view.settings.page, **({"lock": lock} if lock else {}), **link)


def another(view, name):
    """A value of a setting that is not its default."""
    setting, usual = view.settings.allowed()[name], getattr(view.settings, name)
    good, _ = ends(name, setting)
    return next(value for value in good if value != usual and not (name == "own_points" and value))


@sweep("name, third", CASES, usual=[(QUICK[0], third) for third in range(THIRDS)])
def test_a_locked_control_is_not_on_the_page_and_is_as_the_link_says(open_page, name, third):
    view = VIEWS[name]
    fields = list(fields_with_controls(view.settings))
    locked = fields[third::THIRDS]
    values = {field: another(view, field) for field in locked}
    page = opened(open_page, view, lock="-".join(locked), **values)
    for field in locked:
        key = view.settings.key(field)
        assert not keys(page) & {key, f"{key}_in_words"}
        assert page.session_state[key] == values[field]
    free = set(fields) - set(locked)
    shown = {name for name in free if view.settings.key(name) in keys(page)}
    assert shown or len(free) < 2  # all others are where they were


@sweep("name", VIEWS, usual=QUICK)
def test_a_page_of_which_all_is_locked_shows_what_its_link_shows(open_page, name):
    view = VIEWS[name]
    field = next(
        field
        for field in fields_with_controls(view.settings)
        if not isinstance(view.settings.allowed()[field], Text) and field not in FEW
    )
    changed = {field: another(view, field)}
    locked, free = (opened(open_page, view, lock, **changed) for lock in ("all", ""))
    assert keys(locked) & {view.settings.key(f) for f in view.settings.allowed()} == set()
    assert not locked.get("page_link")
    assert words(locked).split("The link")[0][:120] == words(free).split("The link")[0][:120]
    for key, part in parts(free).items():
        for what in ("figure", "film", "shown", "race", "walk"):
            if what in part:
                assert parts(locked)[key][what] == part[what]


ADVICE = re.compile(
    r"\b(may help|Click|Press|Try|Raise|Lower|Place points|Start\b.*\b(trains|uses|over)|Train on)"
)


@sweep("name", VIEWS, usual=["gradients: landscape", "mnist: training"])
def test_where_all_is_locked_no_sentence_advises_to_move_anything(open_page, name):
    page = opened(open_page, VIEWS[name], "all")
    assert not ADVICE.search(words(page).split("**Goal")[0])
    assert "#move-" not in words(page)


def test_advice_is_given_where_what_it_names_may_move(open_page):
    film, advises = VIEWS["boundaries: film"], "Other starting weights may help."
    for lock, told in (("", True), ("all-but-init", True), ("all-but-lr", False)):
        assert (advises in words(opened(open_page, film, lock, init="zeros"))) == told
    for lock, told in (("", True), ("all-but-begin", True), ("begin", False)):
        page = opened(open_page, VIEWS["gradients: landscape"], lock)
        assert ("Click the picture" in words(page)) == told
    for lock, told in (("", True), ("all-but-run", True), ("run", False)):
        page = open_page("mnist", **({"lock": lock} if lock else {}))
        assert ("trains your own" in words(page)) == told


@pytest.mark.parametrize("also", ["", "run"])
def test_what_only_start_would_train_is_not_suggested_without_it(monkeypatch, also):
    settings = MNIST.settings()
    view = replace(MNIST, try_this=lambda *_: TryThis("x", "y.", settings, also=also))
    for name, answer in (("presenting", False), ("locked", True)):
        monkeypatch.setattr(ui.show, name, lambda answer=answer: answer)
    monkeypatch.setattr(ui.show, "may_open", lambda *_: True)
    for may in (True, False):
        monkeypatch.setattr(ui.show, "free", lambda name, may=may: may)
        assert bool(ui.show.next_step(view, settings, None, "mnist")) == (may or not also)


def test_nothing_but_what_may_move_is_on_the_film_and_gestures_are_gone(open_page):
    page = opened(open_page, VIEWS["boundaries: film"], "all-but-hidden", lr=0.1, layers=1)
    assert {key for key in keys(page) if key.startswith("boundaries_")} == {"boundaries_hidden"}
    assert not keys(page) & {"predict", "class_link", "points_bring"}
    stage = parts(page)["boundaries_stage"]
    assert stage["built"] is None
    assert stage["fixed"]
    assert not any(stage[gesture] for gesture in ("places", "trains", "keeps"))
    assert not [key for key in parts(page) if "try_this" in key]
    page.slider(key="boundaries_hidden").set_value(2).run()
    assert not page.exception
    assert parts(page)["boundaries_stage"]["film"]["sizes"] == [2, 2, 1]
    assert page.session_state["boundaries_lr"] == 0.1


@pytest.mark.parametrize("gesture", ["build", "place", "change", "keep", "predict", "view"])
def test_each_gesture_can_be_left_to_a_class(open_page, gesture):
    page = opened(open_page, VIEWS["boundaries: film"], f"all-but-{gesture}")
    stage = parts(page)["boundaries_stage"]
    assert (stage["built"] is not None) == (gesture == "build")
    assert stage["places"] == (gesture == "place")
    assert stage["fixed"] == (gesture != "change")
    assert ("boundaries_keep" in keys(page)) == (gesture == "keep")
    assert ("predict" in keys(page)) == (gesture == "predict")
    assert ("boundaries_view" in keys(page)) == (gesture == "view")


def test_the_keys_for_one_step_do_nothing_where_their_control_is_locked(open_page):
    curve = VIEWS["activations: curve"]
    assert "along_activations_x" in parts(opened(open_page, curve))
    assert "along_activations_x" not in parts(opened(open_page, curve, "x"))


def test_a_preset_that_would_move_what_is_locked_is_not_offered(open_page):
    curve = VIEWS["activations: curve"]
    offered = "activations_preset"
    assert offered not in keys(opened(open_page, curve, "all"))
    page = opened(open_page, curve, "all-but-function-second-third-x")
    (pills,) = (group for group in page.get("button_group") if group.key == offered)
    assert pills.options == list(curve.presets)
    page = opened(open_page, curve, "all-but-function-second-third", x=-1.0)
    (pills,) = (group for group in page.get("button_group") if group.key == offered)
    assert pills.options == [
        name for name, preset in curve.presets.items() if preset.settings.x == -1
    ]


def test_a_lottery_whose_starts_may_not_be_opened_offers_none(open_page):
    lottery = VIEWS["boundaries: lottery"]
    for lock, opens in (("", True), ("all-but-view", False), ("all-but-view-open", True)):
        assert parts(opened(open_page, lottery, lock))["boundaries_lottery"]["opens"] == opens


def test_the_buttons_of_a_run_and_what_can_be_brought_can_be_locked(open_page):
    page = opened(open_page, MNIST, "all")
    assert not {key for key in keys(page) if key.startswith(("mnist_", "keep_"))}
    page = opened(open_page, MNIST, "all-but-run")
    assert {"mnist_start", "mnist_step"} <= keys(page)
    assert "mnist_start" not in keys(opened(open_page, MNIST, "run"))


@pytest.mark.parametrize("lock", ["lrr", "all-but-lrr", "all-but-hidden-lrr"])
def test_a_lock_by_a_name_that_there_is_not_gets_one_sentence(open_page, lock):
    page = opened(open_page, VIEWS["boundaries: film"], lock)
    assert "The link locks by “lrr”, which nothing on this page is called" in words(page)
    assert "such as lr." in words(page)
    assert not page.exception


def test_what_a_locked_page_s_link_has_wrong_is_said_and_is_the_default(open_page):
    page = open_page("activations", lock="all", activations_x="1e400", activations_function="relo")
    assert "“1e400” for x" in words(page)
    assert "“relo” for function" in words(page)
    assert page.session_state["activations_x"] == VIEWS["activations: curve"].settings.x


def test_a_scene_of_a_talk_may_lock(open_page, monkeypatch):
    file = (
        'title = "x"\n[[scene]]\nlink = "/activations?activations_x=2&lock=all-but-x"\ntitle = "y"'
    )
    talk = read_talk(file.encode(), PAGE_NAMES)
    monkeypatch.setattr(ui.talk, "built_in_talk", lambda *_: talk)
    page = open_page("activations", **dict(parameters("x", talk, 1)))
    assert "activations_x" in keys(page)
    assert not keys(page) & {"activations_function", "activations_view", "class_link"}
    assert "The link" not in words(page)


# The goal


def test_a_goal_is_said_to_be_reached_by_what_the_film_came_to(open_page):
    film = VIEWS["boundaries: film"]
    link = {"goal": "Few *units*", "reach": "right100-units8"}
    page = open_page("boundaries", **link)
    assert r"**Goal:** Few \*units\*" in words(page)
    assert "✓ **Reached:** All 250 points are right and it has 8 hidden units in all." in words(
        page
    )
    page = open_page("boundaries", reach="right100", boundaries_layers="0", boundaries_epochs="10")
    said = re.search(r"\*\*Not yet:\*\* (\d+) of 250 points are wrong", words(page))
    end = film.numbers(film.settings(layers=0, epochs=10)).end
    x = end.accuracy * 200 + end.test_accuracy * 50
    assert int(said[1]) == round(250 - x) > 0


def test_where_there_is_a_goal_nothing_else_is_suggested(open_page):
    link = {"boundaries_hidden": "1", "boundaries_layers": "1"}
    assert [key for key in parts(open_page("boundaries", **link)) if "try_this" in key]
    for goal in ({"goal": "All right"}, {"reach": "right100"}):
        page = open_page("boundaries", **link, **goal)
        assert not [key for key in parts(page) if "try_this" in key]


def test_what_a_view_cannot_check_is_said_on_the_one_that_can(open_page):
    page = open_page(
        "boundaries", boundaries_view="lottery", boundaries_starts="10", reach="loss0.1"
    )
    assert "Whether it is reached is said on *film*." in words(page)


def test_a_recording_reaches_nobody_s_goal(open_page):
    assert "**Not known yet.**" in words(open_page("mnist", reach="right90"))


def test_before_a_guess_is_taken_nothing_is_said_of_the_goal(open_page):
    page = open_page("boundaries", predict="true", reach="right100", lock="all-but-predict")
    assert "**Goal:** All points right." in words(page)
    assert not re.search("Reached|Not yet", words(page))


def test_a_goal_that_cannot_be_read_gets_a_sentence(open_page):
    page = open_page("activations", reach="best")
    assert "“best” for what its goal asks: expected loss, right and units" in words(page)


# The link


@pytest.mark.parametrize("names", [[], ["hidden"], ["hidden", "init", "view"]])
def test_a_lock_is_read_as_it_was_written(names):
    lock = lock_of(lock_text(names))
    assert not any(map(lock.holds, names))
    assert lock.holds("lr")


def test_the_link_of_a_class_has_all_of_the_page_but_what_a_reader_chooses():
    link = class_link(
        "https://a.example/boundaries?boundaries_inputs=a&boundaries_inputs=b&present=true&theme=dark",
        ["hidden"],
        "A & B",
        Goal(right=100),
    )
    assert parse_qsl(urlsplit(link).query) == [
        ("boundaries_inputs", "a"),
        ("boundaries_inputs", "b"),
        ("lock", "all-but-hidden"),
        ("goal", "A & B"),
        ("reach", "right100"),
    ]
    assert frame_line(link, 'A "title"').startswith('<iframe src="https://a.example/boundaries?')
    assert "&amp;embed=true" in frame_line(link, "")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://localhost:8501/x", ONLY_HERE),
        ("http://127.0.0.1:8501/x", ONLY_HERE),
        ("http://[::1]/x", ONLY_HERE),
        ("http://192.168.1.5:8501/x", ONLY_NEAR),
        ("http://teachers-pc:8501/x", ONLY_NEAR),
        ("https://glassbox.example.edu/x", ""),
        ("http://93.184.216.34/x", ""),
    ],
)
def test_who_can_open_a_link_is_said(address, says):
    assert who_can_open(address) == says


def test_a_teacher_ticks_and_gets_a_link_that_opens_just_that(open_page):
    page = open_page("activations", activations_x="3")
    page.button(key="class_link").click().run()
    (ticks,) = (g for g in page.get("button_group") if g.key == "class_free_In the row")
    ticks.set_value(["x"]).run()
    page.text_input(key="class_goal").set_value("Find where it is flat").run()
    assert not page.exception
    link = next(code.value for code in page.code if "lock=" in code.value)
    asked = dict(parse_qsl(urlsplit(link).query))
    assert asked == {
        "activations_x": "3",
        "lock": "all-but-x",
        "goal": "Find where it is flat",
    }
    student = open_page("activations", **asked)
    here = {key for key in keys(student) if key.startswith("activations_")}
    assert here - {"activations_preset"} == {"activations_x"}
    assert "**Goal:** Find where it is flat" in words(student)


def test_whoever_lets_a_class_move_what_only_start_trains_is_told(open_page):
    page = open_page("mnist")
    page.button(key="class_link").click().run()
    told = "Without *Start, pause and stop trainings* nothing is trained"

    def tick(heading, names):
        (ticks,) = (g for g in page.get("button_group") if g.key == f"class_free_{heading}")
        ticks.set_value(names).run()
        return " ".join(line.value for line in page.caption)

    assert told not in tick("What can be done", ["view"])
    assert told in tick("In the row", ["lr"])
    assert told not in tick("What can be done", ["run"])


def test_whoever_sets_a_goal_that_the_page_reaches_already_is_told(open_page):
    page = open_page("boundaries", boundaries_layers="1", boundaries_epochs="10")  # 4 units
    page.button(key="class_link").click().run()

    def told(most):
        page.selectbox(key="class_reach_Hidden units, at most").set_value(most).run()
        return ALREADY in [line.value for line in page.caption]

    assert [told(most) for most in (None, 3, 4)] == [False, False, True]


@pytest.mark.parametrize("name", VIEWS)
def test_every_gesture_has_words_and_no_name_of_a_setting_of_its_page(name):
    view = VIEWS[name]
    page = [other for other in FOUND if other.settings.page == view.settings.page]
    gestures = gestures_of(view, page)
    assert all(gestures.values())
    fields = {field for other in page for field in other.settings.allowed()}
    assert not fields & set(gestures)
