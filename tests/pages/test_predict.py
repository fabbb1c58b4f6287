"""Predict first: a guess comes before the result, and stands beside it then."""

import json
import re

import pytest

from tests.pages.test_boundaries import SHORT, caption_on, film_on, link_on
from tests.pages.test_misread_links import words

ASKED = {"predict": "true", **SHORT}
QUESTION = "**What will become of this network?**"
FAST = {"boundaries_lr": "100", "boundaries_loss": "squared_error", "boundaries_activation": "relu"}


def address_on(page):
    """The guess that the page puts into its address."""
    parts = {part.key: json.loads(part.proto.json) for part in page.get("bidi_component")}
    return parts["address"]["said"]["guess"]


def answers_on(page):
    return [button.key for button in page.button if button.key.startswith("guess_")]


def is_asked(page):
    """Whether the page asks, and has nothing of a result."""
    if QUESTION not in words(page):
        return False
    assert list(film_on(page)["steps"]) == [0]
    assert "At the end" not in words(page)
    assert "Training has begun" not in words(page)
    assert address_on(page) == ""
    return True


def guess(page, word):
    return page.button(key=f"guess_{word}").click().run()


def last_words(page):
    """What a film says at its end: the first of its sentences on the page."""
    return page.markdown[0].value


def test_a_link_with_it_asks_first_and_shows_the_guess_beside_the_result(open_page):
    page = open_page("boundaries", **ASKED)
    assert is_asked(page)
    assert link_on(page)["predict"] == ["true"]
    guess(page, "learned")
    film = film_on(page)
    assert film["steps"][-1] == 200
    assert film["history"]["accuracy"][-1] < 0.99
    assert last_words(page).startswith(
        "Your guess was *It learns it*. This time it did not get there. At the end"
    )
    assert "Your guess: *It learns it*." in words(page)
    assert "From step" not in words(page)  # that would give away what is still to be seen
    assert "from here on" not in words(page)
    assert address_on(page) == "learned"

    page.select_slider(key="boundaries_lr").set_value(0.01).run()
    assert is_asked(page)
    page.run()
    assert is_asked(page)
    guess(page, "short")
    assert last_words(page).startswith("Your guess, *It does not get there*, was right. ")
    page.run()  # what has been seen is not asked about again
    assert film_on(page)["steps"][-1] == 200


def test_who_loads_the_page_again_meets_the_question_or_the_guess_again(open_page):
    page = open_page("boundaries", **ASKED)
    assert is_asked(open_page("boundaries", **{n: v for n, (v,) in link_on(page).items()}))
    page = open_page("boundaries", guess="diverged", **ASKED, **FAST)
    assert film_on(page)["diverged_at"] is not None
    assert last_words(page).startswith("Your guess, *It blows up*, was right. At step ")
    page.select_slider(key="boundaries_lr").set_value(0.03).run()
    assert is_asked(page)


def test_the_switch_hides_nothing_that_has_been_seen(open_page):
    page = open_page("boundaries", **SHORT)
    assert not answers_on(page)
    page.toggle(key="predict").set_value(True).run()
    assert QUESTION not in words(page)
    assert film_on(page)["steps"][-1] == 200
    page.slider(key="boundaries_hidden").set_value(3).run()
    assert is_asked(page)
    page.toggle(key="predict").set_value(False).run()
    assert film_on(page)["steps"][-1] == 200
    assert "guess" not in caption_on(page)
    assert "predict" not in link_on(page)


def test_all_four_points_learned_are_what_the_lottery_counts(open_page):
    link = {
        "boundaries_dataset": "four points",
        "boundaries_hidden": "8",
        "boundaries_lr": "1",
        "boundaries_epochs": "1000",
    }
    page = open_page("boundaries", predict="true", **link)
    assert "all four answers within 0.1" in page.button(key="guess_learned").label
    guess(page, "short")
    assert last_words(page).startswith(
        "Your guess was *It does not get there*. This time it learned all four."
    )


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"predict": "maybe"}, "“maybe” for predict first: expected true or false, so it is off"),
        ({"predict": "true", "guess": "<b>"}, "for the guess, which cannot be made here, so the"),
        ({"predict": "true", "guess": "7"}, "The link has “7” for the guess, which cannot be made"),
    ],
)
def test_a_link_that_cannot_be_read_is_said(open_page, link, said):
    page = open_page("boundaries", **SHORT, **link)
    assert said in words(page)
    assert "“<b>" not in words(page)
    assert (link["predict"] == "true") == (QUESTION in words(page))


def test_of_a_lottery_a_number_is_guessed(open_page):
    link = {"boundaries_view": "lottery", "boundaries_starts": "10", "predict": "true", **SHORT}
    page = open_page("boundaries", **link)
    asked = "**How many of 10 starts will learn it: 99% or more of its points right?**"
    assert asked in words(page)
    assert "Of **10** starts" not in words(page)
    page.slider(key="guess_amount_10").set_value(3).run()
    assert asked in words(page)
    page.button(key="guess_it").click().run()
    said = re.match(
        r"Your guess was \*3 of 10 starts\*, it is \*\*(\d+)\*\*, (\d+) (more|fewer)\. "
        r"Of \*\*10\*\* starts \*\*(\w+)\*\* learned it",
        caption_on(page),
    )
    came, off, way, counted = said.groups()
    assert came == {"all": "10", "none": "0"}.get(counted, counted)
    assert int(came) - 3 == (int(off) if way == "more" else -int(off))
    assert address_on(page) == "3"
    page.slider(key="boundaries_seed").set_value(4).run()  # one of the same ten
    assert asked not in words(page)
    assert "“11” for the guess" in words(open_page("boundaries", guess="11", **link))


def test_of_a_learning_rate_it_is_guessed_what_it_does(open_page):
    link = {"gradients_view": "learning rates", "gradients_rate": "10", "predict": "true"}
    page = open_page("gradients", **link)
    asked = "**What will learning rate 10 do?**"
    assert asked in words(page)
    assert answers_on(page) == ["guess_learns", "guess_slow", "guess_bounces", "guess_worse"]
    assert "After 300 steps" not in words(page)
    guess(page, "learns")
    assert last_words(page).startswith(
        "Your guess was *It learns*. This time it was thrown up above its first loss, and came "
        "down again. After 300 steps: "
    )
    assert "Thrown up" not in words(page)  # that would give away what is still to be seen
    assert address_on(page) == "learns"
    page.select_slider(key="gradients_apart").set_value(10).run()
    assert asked in words(page)


def test_why_there_is_no_boundary_to_draw_is_said(open_page):
    asked = {"predict": "true", "boundaries_epochs": "10"}
    page = open_page("boundaries", boundaries_dataset="slope", **asked)
    assert "guess_drawn_boundary" not in answers_on(page)
    assert "guess_drawn_loss" in answers_on(page)
    assert f"{QUESTION} Where numbers are learned there is no boundary, so none" in words(page)
