"""A talk of one's own on its page: written, kept, given, lost and found."""

import json
from dataclasses import replace

import pytest

from runs.kept_talks import name_of
from talks.built_in import built_in_names, built_in_talk
from talks.talk import Question, Scene, Talk
from tests.pages.test_browser_messages import TYPES, Types
from tests.pages.test_talks import said
from ui.adding import scene_of
from ui.own_talks import KEY, add_scene, begin, delete, talk_of
from ui.pages import PAGE_NAMES

TWO = Talk(
    "Mine", "", (Scene("neuron", (), "A"), Scene("activations", (("activations_x", "3"),), "B"))
)


def field(page, label):
    fields = [*page.text_input, *page.text_area]
    return next(one for one in fields if one.label.startswith(label))


def words(page):
    return " ".join(one.value for one in [*page.markdown, *page.warning, *page.error])


def test_a_talk_is_written_put_in_order_and_a_deleted_scene_comes_back(open_page):
    key = begin(TWO)
    page = open_page("my_talk", mine=key)
    field(page, "Caption").input("Read *this*.").run()
    field(page, "Notes").input("One.\nTwo.").run()
    field(page, "Question").input("Will it?").run()
    assert field(page, "Its answers").value == "Yes\nNo"
    field(page, "Its answers").input("It will\nNever\n").run()
    field(page, "Title of the talk").input("Ours").run()
    page.button(key="my_talk_down").click().run()
    talk = talk_of(key)
    assert talk.title == "Ours"
    assert [scene.title for scene in talk.scenes] == ["B", "A"]
    written = talk.scenes[1]
    assert (written.caption, written.notes) == ("Read *this*.", "One.\nTwo.")
    assert (written.question.ask, written.question.answers) == ("Will it?", ("It will", "Never"))
    page.button(key="my_talk_drop").click().run()
    assert len(talk_of(key).scenes) == 1
    field(page, "Title of the talk").input("Theirs").run()
    page.button(key="my_talk_undo_it").click().run()
    assert talk_of(key) == replace(talk, title="Theirs")  # what was written since stays
    assert page.radio[0].value == 1  # and it is the one that is chosen
    field(page, "Add a scene").input("http://host:8501/boundaries?boundaries_layers=0").run()
    assert talk_of(key).scenes[2].settings == (("boundaries_layers", "0"),)
    field(page, "Link").input("/nowhere").run()
    assert "There is no page “nowhere”" in words(page)
    assert len(talk_of(key).scenes) == 3
    assert not page.exception


def test_after_the_last_scene_is_deleted_the_one_before_it_is_written(open_page):
    key = begin(TWO)
    page = open_page("my_talk", mine=key)
    page.radio[0].set_value(1).run()
    page.button(key="my_talk_drop").click().run()
    field(page, "Caption").input("Read this.").run()
    assert not page.exception
    assert [scene.caption for scene in talk_of(key).scenes] == ["Read this."]


@pytest.mark.parametrize("then", ["choose", "move"])
def test_what_is_written_just_before_another_deed_is_in_its_own_scene(open_page, then):
    key = begin(TWO)
    page = open_page("my_talk", mine=key)
    field(page, "Caption").input("Of A")
    if then == "choose":
        page.radio[0].set_value(1).run()
        assert field(page, "Title: its").value == "B"
    else:
        page.button(key="my_talk_down").click().run()
        assert field(page, "Caption").value == "Of A"
    assert not page.exception
    assert {scene.title: scene.caption for scene in talk_of(key).scenes} == {"A": "Of A", "B": ""}


def test_a_question_is_guessed_in_any_way_that_its_page_allows(open_page):
    film = Scene("boundaries", (), "A film", question=Question("How?", ("Yes", "No")))
    key = begin(Talk("Mine", "", (film,)))
    page = open_page("my_talk", mine=key)

    def asked():
        return talk_of(key).scenes[0].question

    def way():
        return next(one for one in page.selectbox if one.label == "How it is guessed")

    way().select("number").run()
    page.number_input[0].set_value(20).run()
    field(page, "Of what").input("of 20").run()
    assert asked() == Question("How?", number=20, of="of 20")
    way().select("loss").run()
    assert asked() == Question("How?", sketch="loss")
    field(page, "Question").input("How low?").run()
    assert asked() == Question("How low?", sketch="loss")
    field(page, "Link").input("/neuron").run()  # on which nothing can be drawn
    assert "A sketch is drawn on a film" in words(page)
    assert talk_of(key).scenes[0].page == "boundaries"
    way().select("answers").run()
    field(page, "Its answers").input("").run()
    assert "A question needs 2 to 9 answers, each in a line" in words(page)
    assert asked() == Question("How low?", ("Yes", "No"))
    field(page, "Link").input("/neuron").run()
    assert way().options == ["One of some answers", "A whole number"]
    assert not page.exception


@pytest.mark.parametrize("name", built_in_names())
def test_a_talk_that_is_there_is_taken_over_whole_and_stays_as_it_is(open_page, name):
    talk = built_in_talk(name, PAGE_NAMES)
    page = open_page("my_talk")
    page.button(key=f"my_talk_copy_{name}").click().run()
    key = said(page, KEY)
    assert talk_of(key) == talk
    for k in range(len(talk.scenes)):
        page.radio[0].set_value(k).run()
        assert not page.exception
    page.button(key="my_talk_drop").click().run()
    assert talk_of(key).scenes == talk.scenes[:-1]
    page.button(key=f"my_talk_copy_{name}").click().run()  # once more, beside the other
    assert talk_of(said(page, KEY)) == talk == built_in_talk(name, PAGE_NAMES)
    assert said(page, KEY) != key


def test_what_another_window_changed_is_not_overwritten(open_page):
    key = begin(TWO)
    page = open_page("my_talk", mine=key)
    add_scene(key, Scene("", (), "C"))
    field(page, "Caption").input("new").run()
    assert [scene.title for scene in talk_of(key).scenes] == ["A", "B", "C"]
    assert talk_of(key).scenes[0].caption == "new"


def test_it_is_saved_as_a_file_as_those_that_are_there(open_page):
    page = open_page("my_talk", mine=begin(TWO))
    ids = [button.proto.id for button in page.get("download_button")]
    assert len([one for one in ids if one.endswith("-my_talk_save")]) == 1


def test_a_talk_that_is_gone_says_so_and_how_its_links_work_again(open_page):
    key = begin(TWO)
    delete(key)
    assert "not on this server any more" in words(open_page("my_talk", mine=key))


def test_it_is_given_by_its_name_and_not_changed_by_it(open_page):
    old = Scene("activations", (("activations_x", "3"), ("activations_curve", "relu")), "Old")
    key = begin(Talk("Mine", "", (old,)))
    page = open_page("my_talk", talk=name_of(key), scene="1")
    assert page.title[0].value == "Old"
    assert page.slider(key="activations_x").value == 3
    assert r"“activations\_curve”, which is no setting of this page" in words(page)
    assert key not in "".join(str(part.proto.json) for part in page.get("bidi_component"))
    assert talk_of(name_of(key)) is None


def test_nobody_is_shown_anothers_talk_and_messages_are_as_declared(open_page):
    key = begin(TWO)
    page = open_page("my_talk")
    assert "Mine" not in words(page)
    sent = {part.key: json.loads(part.proto.json) for part in page.get("bidi_component")}
    assert sent["mytalks"] == {"key": "", "title": "", "gone": False}
    assert Types(TYPES).misfit(sent["mytalks"], "MyTalksData") is None
    page = open_page("activations")
    sent = {part.key: json.loads(part.proto.json) for part in page.get("bidi_component")}
    assert sent["addview"]["key"] == ""
    assert Types(TYPES).misfit(sent["addview"], "AddViewData") is None
    assert key not in json.dumps(sent)


def test_a_view_begins_a_talk_and_the_next_one_joins_it(tmp_path, monkeypatch):
    monkeypatch.setenv("GLASSBOX_HOME", str(tmp_path))
    key, talk = add_scene("", scene_of("http://h/neuron?mine=x&present=true", "One neuron?"))
    assert talk.scenes == (Scene("neuron", (), "One neuron?"),)
    assert add_scene(key, scene_of("/", ""))[1].scenes[1] == Scene("", (), "A view")
