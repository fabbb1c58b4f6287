"""Links of TensorFlow Playground on the page of Decision boundaries, brought and pasted."""

from datasets.plane import FEATURES
from recipes.boundaries import BoundariesSettings
from recipes.playground import opened
from tests.pages.test_boundaries import caption_on, film_on, settings_on

LINK = (
    "https://playground.tensorflow.org/#activation=sigmoid&batchSize=30&dataset=gauss"
    "&learningRate=0.3&noise=10&networkShape=3,2&seed=0.1&percTrainData=70&x=true&y=true"
    "&problem=classification&discretize=true"
)
BOX = "boundaries_playground"


def box_on(page):
    (box,) = (box for box in page.text_input if box.key == BOX)
    return box


def said_on(page):
    return "\n".join(one.value for one in page.markdown)


def test_a_link_brought_by_the_pages_own_opens_that_experiment(open_page):
    page = open_page("boundaries", playground=LINK, boundaries_dropout="0.5")
    settings = settings_on(page)
    assert settings == opened(LINK).settings
    assert settings.dropout == 0
    assert film_on(page)["sizes"] == [2, 3, 2, 1]
    assert "playground" not in page.query_params
    assert page.query_params["boundaries_dataset"] == "gaussians"
    assert "This is the experiment of a TensorFlow Playground link" in caption_on(page)
    assert "shows one of two colours" in said_on(page)
    page.select_slider(key="boundaries_lr").set_value(0.1).run()
    assert settings_on(page).lr == 0.1  # and not the link's any more
    assert "Playground" not in said_on(page)
    assert not page.exception


def test_it_opens_the_film_whatever_view_it_was_brought_to(open_page):
    page = open_page("boundaries", playground=LINK, boundaries_view="lottery")
    assert page.session_state["boundaries_view"] == "film"
    assert settings_on(page) == opened(LINK).settings


def test_a_link_is_pasted_and_junk_changes_nothing(open_page):
    page = open_page("boundaries", boundaries_epochs="10")
    box_on(page).set_value(LINK).run()
    assert settings_on(page) == opened(LINK).settings
    assert box_on(page).value == ""
    before = settings_on(page)
    box_on(page).set_value("![x](http://example.org/x.png) <b>").run()
    assert settings_on(page) == before
    said = caption_on(page)
    assert "is not a TensorFlow Playground link: expected one such as" in said
    assert "![" not in said
    assert box_on(page).value.startswith("![x]")
    assert not page.exception


def test_junk_brought_by_the_pages_own_link_is_one_sentence(open_page):
    page = open_page("boundaries", playground="#nonsense")
    assert settings_on(page) == BoundariesSettings()
    assert "is not a TensorFlow Playground link" in caption_on(page)
    assert not page.exception


def test_every_input_of_a_link_stands_in_the_address(open_page):
    on = "&".join(f"{name}=true" for name in ("x", "y", "xSquared", "ySquared", "xTimesY"))
    page = open_page("boundaries", playground=f"#dataset=xor&{on}&sinX=true&sinY=true")
    assert page.query_params["boundaries_inputs"] == list(FEATURES)
    assert settings_on(page).inputs == tuple(FEATURES)
