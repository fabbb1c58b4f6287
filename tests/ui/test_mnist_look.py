"""What is touched in a picture of the MNIST page, and what the link and the way back have of it."""

from streamlit.runtime.state.query_params import QueryParams
from streamlit.testing.v1 import AppTest

from ui.mnist import look  # what the script imports takes longer than it may

assert look


def touch() -> None:
    import streamlit as st

    import ui.mnist.look
    from views.mnist import one_image

    st.query_params["other"] = "kept"
    at = {"mnist_sum_of": "1.44", "mnist_image": "9588", "mnist_opens": "few pixels"}
    st.query_params.update(at)
    st.session_state.sent = []
    for asked in (
        {"sum_of": "", "opens": "its sum", "score": 9},
        {"sum_of": "", "opens": "its sum", "score": -1},
    ):
        ui.mnist.look._hear(one_image.VIEW, asked)
        st.session_state.sent.append(dict(st.query_params))


def test_one_touch_that_changes_several_settings_is_one_step_of_the_history(monkeypatch):
    app = AppTest.from_function(touch, default_timeout=60)
    links = []
    send = QueryParams._send_query_param_msg

    def counted(link):
        links.append(str(link))
        send(link)

    monkeypatch.setattr(QueryParams, "_send_query_param_msg", counted)
    app.run()
    assert not app.exception
    assert len(links) == 2 + 2  # two that the page set up, one a touch
    kept = {"other": "kept", "mnist_image": "9588"}
    assert app.session_state.sent == [{**kept, "mnist_score": "9"}, kept]
