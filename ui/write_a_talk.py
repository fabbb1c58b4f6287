"""Where a reader writes a talk: its scenes in a list, and the words of the one that is chosen.

The page's own link has the key that changes the talk; the link to give it has only its name.
"""

import re
from collections.abc import Callable, Sequence
from html import escape

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from datasets.idx import DataError
from figures.words import as_written
from runs.kept_talks import name_of
from talks.built_in import built_in_names, built_in_talk
from talks.reader import LARGEST, LONGEST, LONGEST_TITLE, MOST_ANSWERS, BrokenTalk, read_talk
from talks.talk import SKETCHES, Question, Scene, Talk
from talks.writer import link_of, write_talk
from ui import changing_a_talk as changing
from ui.browser.mytalks import show_my_talks
from ui.give_a_talk import offer_file
from ui.own_talks import KEY, talk_of
from ui.pages import PAGE_NAMES, PAGES
from ui.talk import link_to_give, link_to_scene
from ui.uploads import bring

HOW = (
    "A talk is a row of views of these pages, each with a title and your words. Begin it in one of "
    "three ways; from there you put its scenes in order, write, and give it."
)
FROM_ANOTHER = (
    "**From a talk that is there.** You get a copy: change its words and its order, take scenes "
    "away, add others."
)
FROM_A_PAGE = (
    "**From any page.** Move its controls until it shows what you want to show. Then press *Link* "
    "below the picture, and *Add this view to my talk*."
)
FROM_A_FILE = "**From a file** that was downloaded here, or written by hand."
LASTS = (
    "What you change is kept at once, on this server, as long as there is room for it; the longest "
    "unused talks leave first. The file of *Download* lasts, and opens here on any computer."
)
GONE = (
    "The talk of this link is not on this server any more. If you have its file, open it, and its "
    "links work again."
)


def write_a_talk() -> None:
    """The talk that the page's link has the key of, or how to begin one."""
    key = st.query_params.get(KEY, "")
    talk = talk_of(key)
    k = changing.see(talk)
    undo: changing.Undo | None = st.session_state.get(changing.UNDO)
    deleted = talk is None and undo is not None and undo.key == key
    show_my_talks(key, talk.title if talk else "", deleted)
    if wrong := st.session_state.get(changing.WRONG):
        st.error(as_written(wrong, 500))
    if undo and undo.key == key:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{as_written(undo.said, 200)}.", width="content")
            st.button("Undo", key="my_talk_undo_it", on_click=changing.undo)
    if talk is None:
        _how_to_begin("" if deleted else key)
        return
    st.session_state[KEY] = key
    _of_the_talk(key, talk)
    left, right = st.columns([1, 1.7], gap="medium")
    with left:
        _list(key, talk, k)
    with right:
        _scene(key, talk, k)


def _how_to_begin(gone: str) -> None:
    """Three ways to begin; `gone` is the key of a talk that is not here any more, or ""."""
    if gone:
        st.warning(GONE)
    st.markdown(HOW)
    another, page, file = st.columns(3, gap="large")
    with another:
        st.markdown(FROM_ANOTHER)
        _copies(with_words=True)
    with page:
        st.markdown(FROM_A_PAGE)
        for entry in PAGES:
            st.page_link(entry.file, label=entry.title, icon=entry.icon)
        _new_button()
    with file:
        st.markdown(FROM_A_FILE)
        _file_box(gone)


def _new_button() -> None:
    begins = "A talk of one scene, Home; what you add comes after it."
    st.button("Begin with Home", key="my_talk_new", on_click=changing.open_new, help=begins)


def _copies(with_words: bool = False) -> None:
    """A button for each talk that comes with the project: a copy of it, and for whom it is."""
    for name in built_in_names():
        talk = built_in_talk(name, PAGE_NAMES)
        assert talk is not None
        st.button(talk.title, f"my_talk_copy_{name}", on_click=changing.open_new, args=[talk])
        if with_words:
            st.caption(talk.about)


def _file_box(gone: str = "") -> None:
    """A box for a talk's file: a new talk, or the one with the key whose talk is gone."""

    def use(talk: Talk) -> None:
        if gone:
            changing.open_as(gone, talk)
        else:
            changing.open_new(talk)

    bring("A talk's file (TOML)", "my_talk_file", _read, use, megabytes=1)


def _read(files: Sequence[UploadedFile]) -> Talk:
    try:
        return read_talk(files[0].getvalue(), PAGE_NAMES)
    except BrokenTalk as broken:
        raise DataError(str(broken)) from None


def _of_the_talk(key: str, talk: Talk) -> None:
    """Its title, and what can be done with all of it."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="of_the_talk"):
        _stage_link("Give it", key, talk, 0)
        for name, label, text, most in (
            ("talk_title", "Title of the talk", talk.title, LONGEST_TITLE),
            ("talk_about", "For whom it is, how long it takes", talk.about, LONGEST),
        ):
            box = changing.field(name)
            st.text_input(label, text, most, key=box, on_change=changing.say, args=[key, name])
        st.download_button(
            "Download",
            lambda: write_talk(talk),
            f"{_file_name(talk)}.toml",
            on_click="ignore",
            key="my_talk_download",
            icon=":material/download:",
            help=LASTS,
        )
        with st.popover("Another", icon=":material/add:"):
            st.caption("A new talk, in place of this one on the page; this one is kept.")
            _new_button()
            st.caption("A copy of one that is there:")
            _copies()
            _file_box()
        with st.popover("More", icon=":material/more_horiz:"):
            st.caption("Whoever has this link can give the talk and read its notes, not change it:")
            st.code(link_to_give(name_of(key)), language=None, wrap_lines=True)
            st.caption("As one file that plays without this app:")
            offer_file(talk, _file_name(talk), "my_talk_save")
            st.caption(f"Whoever has this page's own address can change it. {LASTS}")
            st.button(
                "Delete this talk",
                key="my_talk_delete",
                on_click=changing.take_away,
                args=[key, talk],
            )


def _file_name(talk: Talk) -> str:
    return re.sub("[^a-z0-9]+", "_", talk.title.lower()).strip("_") or "talk"


def _stage_link(words: str, key: str, talk: Talk, k: int) -> None:
    """Where the talk is given from scene k on: as a link that was sent, in a visit of its own."""
    link = escape(link_to_scene(name_of(key), talk, k + 1))
    st.html(f'<a class="give-talk" href="{link}">{words}</a>', width="content")


def _list(key: str, talk: Talk, k: int) -> None:
    """The scenes in their order; one of them is chosen."""
    chosen, box = changing.field("chosen"), changing.field("pasted")
    # The browser knows a choice by its words, which a changed title changes: it is told each time.
    st.session_state[chosen] = k
    st.radio(
        "Scenes",
        range(len(talk.scenes)),
        format_func=lambda n: f"{n + 1}. {as_written(talk.scenes[n].title, LONGEST_TITLE)}",
        key=chosen,
        on_change=lambda: changing.choose(st.session_state[chosen]),
    )
    st.text_input(
        "Add a scene by its link",
        key=box,
        placeholder="Paste the address of a page",
        max_chars=LONGEST,
        on_change=changing.paste,
        args=[key],
        help="Or, on any page: *Link*, *Add this view to my talk*.",
    )


def _scene(key: str, talk: Talk, k: int) -> None:
    """The scene that is chosen: where it stands, its words, its question, its link."""
    scene, last = talk.scenes[k], len(talk.scenes) - 1
    asked = scene.question
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Scene {k + 1} of {last + 1}**", width="content")
        for label, name, sign, idle, does, args in (
            ("Up", "up", "arrow_upward", k == 0, changing.move, [key, -1]),
            ("Down", "down", "arrow_downward", k == last, changing.move, [key, 1]),
            ("Delete", "drop", "delete", last == 0, changing.drop, [key, talk, k]),
        ):
            icon = f":material/{sign}:"
            st.button(label, f"my_talk_{name}", icon=icon, disabled=idle, on_click=does, args=args)
        _stage_link("See it on the stage", key, talk, k)
    write = changing.write
    _field("title", "Title: its one point", scene.title, write, [key, "title"], LONGEST_TITLE)
    caption = "Caption: a sentence that the audience reads below the title"
    _field("caption", caption, scene.caption, write, [key, "caption"])
    _field("notes", "Notes: what you want to say", scene.notes, write, [key, "notes"], rows=150)
    ask = "Question, to be guessed before it is shown"
    _field("ask", ask, asked.ask if asked else "", changing.write_ask, [key])
    if asked:
        _guess(key, scene, asked)
    shows = "Link: the page as this scene shows it; paste another one to change it"
    _field("link", shows, link_of(scene), changing.write_link, [key])


def _guess(key: str, scene: Scene, asked: Question) -> None:
    """How an audience answers the scene's question."""
    now = changing.way_of(asked)
    ways = [way for way in changing.WAYS if scene.begins_as_film or way not in SKETCHES]
    box = changing.field("way")
    st.selectbox(
        "How it is guessed",
        ways,
        ways.index(now),
        format_func=lambda way: changing.WAYS[way],
        key=box,
        on_change=changing.write_way,
        args=[key],
        help="Where the scene is a film from its beginning, the guess can be drawn, too.",
    )
    write = changing.write_question
    if now == "answers":
        label = f"Its answers, one a line, 2 to {MOST_ANSWERS}"
        _field("answers", label, "\n".join(asked.answers), changing.write_answers, [key], rows=90)
    elif now == "number":
        label, box = "The most that can be guessed", changing.field("number")
        st.number_input(
            label, 1, LARGEST, asked.number, key=box, on_change=write, args=[key, "number"]
        )
        label = "Of what that is, as in “of 100 starts”"
        _field("of", label, asked.of, write, [key, "of"], LONGEST_TITLE)


def _field(
    name: str,
    label: str,
    text: str,
    changed: Callable[..., None],
    args: list[str],
    most: int = LONGEST,
    rows: int = 0,
) -> None:
    """A field of the scene; `rows` is its height in pixels where it has several lines."""
    box = changing.field(name)
    if rows:
        st.text_area(label, text, rows, most, key=box, on_change=changed, args=args)
    else:
        st.text_input(label, text, most, key=box, on_change=changed, args=args)
