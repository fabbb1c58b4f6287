"""Where a talk begins: the talks that come with the project, on Home."""

from html import escape

import streamlit as st

from talks.built_in import built_in_names, built_in_talk
from talks.talk import Talk
from ui.pages import PAGE_NAMES
from ui.talk import link_to_scene


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
            st.html(f'<a class="begin-talk" href="{link}">{escape(talk.title)}</a>')
            st.caption(talk.about)
            with st.expander("What to say"):
                st.markdown(what_to_say(talk))


def what_to_say(talk: Talk) -> str:
    """A talk's notes, scene by scene, as Markdown."""
    said = []
    for number, scene in enumerate(talk.scenes, 1):
        asks = f"\n\nFirst ask: *{scene.question.ask}*" if scene.question else ""
        lines = "\n\n".join(filter(None, [scene.caption, scene.notes.replace("\n", "\n\n")]))
        said.append(f"**{number}. {scene.title}**{asks}\n\n{lines}")
    return "\n\n".join(said)
