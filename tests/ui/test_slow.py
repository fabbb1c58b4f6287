"""Slow work on a page under AppTest."""

import threading

from streamlit.testing.v1 import AppTest

from runs.work import HowFar, Work


def page():
    import streamlit as st

    from ui.slow import begin, go_on

    numbers = begin(st.session_state["work"], st.container())
    st.markdown(f"shown: {numbers}")
    st.session_state["after_drawing"]()
    go_on(st.session_state["work"], numbers)


def test_work_that_ends_while_its_picture_is_drawn_is_shown_whole():
    ends = threading.Event()

    def do(tell):
        tell(HowFar(0.5))
        yield "half"
        ends.wait(60)
        tell(HowFar(1.0))
        yield "whole"

    work = Work(do)

    def end_now():
        ends.set()
        work.wait(60)

    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["work"], app.session_state["after_drawing"] = work, end_now
    app.run()
    assert not app.exception
    assert [line.value for line in app.markdown] == ["shown: whole"]
