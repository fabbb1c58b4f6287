"""Where a talk begins: the talks that come with the project, on Home."""

from functools import partial
from html import escape

import streamlit as st

from talks.built_in import built_in_names, built_in_talk
from talks.talk import Talk
from ui.offline.kept import file_of
from ui.pages import PAGE_NAMES
from ui.talk import link_to_scene

IN_A_FILE = (
    "One file that plays without this app and without a network: for a USB stick, or to hand out "
    "to a course. The first time it is made, at about two seconds a scene."
)


def offer_talks() -> None:
    """A button, and behind it each talk: where it begins, for whom it is, and what to say in it.

    It begins as a link does that was sent to somebody: with a visit of its own.
    """
    with st.popover("Give a talk", icon=":material/co_present:"):
        st.page_link("my_talk.py", label="My talk: write one of your own", icon=":material/edit:")
        for name in built_in_names():
            talk = built_in_talk(name, PAGE_NAMES)
            assert talk is not None
            link = escape(link_to_scene(name, talk, 1))
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                begin = f'<a class="begin-talk" href="{link}">{escape(talk.title)}</a>'
                st.html(begin, width="content")
                offer_file(talk, name, f"save_talk_{name}")
            st.caption(talk.about)
            with st.expander("What to say"):
                st.markdown(what_to_say(talk))


def offer_file(talk: Talk, name: str, key: str) -> None:
    """A button that saves the talk as one HTML file of that name."""
    make, file = partial(file_of, talk), f"{name}.html"
    st.download_button("Save as HTML", make, file, on_click="ignore", key=key, help=IN_A_FILE)


def what_to_say(talk: Talk) -> str:
    """A talk's notes, scene by scene, as Markdown."""
    said = []
    for number, scene in enumerate(talk.scenes, 1):
        asks = f"\n\nFirst ask: *{scene.question.ask}*" if scene.question else ""
        lines = "\n\n".join(filter(None, [scene.caption, scene.notes.replace("\n", "\n\n")]))
        said.append(f"**{number}. {scene.title}**{asks}\n\n{lines}")
    return "\n\n".join(said)
