"""The MNIST page's views that look into a network: what the link asks for, and of which run."""

import json
from dataclasses import replace

import numpy as np
import pytest

import ui.mnist.look
import ui.runs
import views.mnist.look
from runs.recording import recording
from runs.store import Store
from tests.saved_runs import SMALL, small_digits, trained

MISTAKES, IMAGE = {"mnist_view": "mistakes"}, {"mnist_view": "one image"}
UNITS, GRADIENTS = {"mnist_view": "units"}, {"mnist_view": "gradients"}
SPACE, BEFORE = {"mnist_view": "space"}, {"mnist_view": "before and after"}

GONE = "The run that this link names is not on this server any more."


def said(page):
    return " ".join(line.value for line in page.markdown)


def sent(page, name):
    """What a component of ours was sent."""
    (part,) = (p for p in page.get("bidi_component") if p.proto.component_name.endswith(name))
    return json.loads(part.proto.json)["shown"]


def saved(tmp_path, name, **changes):
    run = trained(18, replace(SMALL, **changes))
    Store(tmp_path / "runs").save(name, run)
    return run


def test_without_mnist_the_recording_is_looked_at_on_the_digits_that_came_with_it(
    open_page, bundled
):
    page = open_page("mnist", **MISTAKES)
    digits = recording().samples
    counts = np.array(sent(page, "mistakes")["counts"])
    np.testing.assert_array_equal(counts.sum(axis=1), np.bincount(digits.labels))
    assert f"**{np.trace(counts)} of 200** test digits that came with the recording" in said(page)
    assert {"mnist_start", "mnist_step"} <= {button.key for button in page.button}


def test_the_link_says_what_is_looked_at_and_a_wrong_one_is_told(open_page, bundled, tmp_path):
    saved(tmp_path, "a-run-looked-at")
    link = {"run": "a-run-looked-at", "mnist_image": "7", "mnist_score": "3"}
    page = open_page("mnist", **IMAGE, **link, mnist_sum_of="1.2", mnist_moment="2")
    shown = sent(page, "through")
    assert (shown["number"], shown["score"], shown["layer"], shown["unit"]) == (7, 3, 0, 1)
    assert shown["moments"][shown["at"]] == 2
    links = [code.value for code in page.code if "mnist_image=7" in code.value]
    assert "mnist_sum_of=1.2" in links[0]
    assert "mnist_view=one+image" in links[0]

    page = open_page("mnist", **IMAGE, mnist_image="seven", mnist_sum_of="eight")
    words = said(page)
    assert "The link has “seven” for image: expected a whole number from 0 to" in words
    assert "expected a hidden layer and a unit of it, such as 1.12" in words
    assert sent(page, "through")["number"] == 1


def test_what_is_looked_at_stays_while_another_view_is_open(open_page, bundled):
    page = open_page("mnist", **MISTAKES, mnist_truth="4", mnist_guess="9")
    assert (sent(page, "mistakes")["truth"], sent(page, "mistakes")["guess"]) == (4, 9)
    page.session_state["mnist_view"] = "training"
    page.run()
    assert "mnist_truth" not in page.query_params
    assert page.get("bidi_component")
    page.session_state["mnist_view"] = "mistakes"
    page.run()
    assert not page.exception
    assert sent(page, "mistakes")["truth"] == 4
    assert page.query_params["mnist_truth"] in ("4", ["4"])


def test_a_run_in_training_is_followed_by_its_epochs(open_page, bundled, hold):
    link = {"mnist_epochs": "200", "mnist_images": "100", "mnist_hidden": "5"}
    page = open_page("mnist", **MISTAKES, **link)
    hold.step = 3  # of one step an epoch
    page.button(key="mnist_start").click().run()
    (run,) = ui.runs.registry()._runs.values()
    while run.trainer.step_count < 3 or int(run.saved().state["step_count"]) < 3:
        pass
    page.run()
    assert not page.exception
    assert "After 3 epochs it reads" in said(page)
    assert "It trains on, and this follows after every epoch." in said(page)
    assert np.sum(sent(page, "mistakes")["counts"]) == 360
    run.pause()


@pytest.mark.parametrize("view", [MISTAKES, IMAGE, UNITS, GRADIENTS, SPACE, BEFORE])
def test_a_run_that_diverged_and_one_that_is_gone_get_a_sentence(
    open_page, bundled, tmp_path, view
):
    run = trained(18)
    run.state["theta"][:] = np.nan
    run.state["diverged_at"] = np.array(18)
    Store(tmp_path / "runs").save("a-run-that-is-lost", run)
    page = open_page("mnist", **view, run="a-run-that-is-lost")
    assert "This network's numbers are no longer finite: it reads nothing." in said(page)

    page = open_page("mnist", **view, run="a-run-that-is-gone")
    assert page.toast[0].value == GONE
    assert said(page).startswith(GONE)  # a toast goes after four seconds
    assert "**recording**" in said(page)


@pytest.mark.parametrize("view", [MISTAKES, IMAGE, UNITS, GRADIENTS, SPACE, BEFORE])
def test_a_run_that_is_deleted_while_a_view_is_open_gets_a_sentence(
    open_page, bundled, tmp_path, view
):
    saved(tmp_path, "a-run-looked-at")
    page = open_page("mnist", **view, run="a-run-looked-at")
    assert not page.toast
    registry = ui.runs.registry()
    registry.delete(registry.find("a-run-looked-at", small_digits()))  # by another visitor
    page.run()
    assert not page.exception
    assert page.toast[0].value == GONE
    assert said(page).startswith(GONE)  # a toast goes after four seconds
    assert "**recording**" in said(page)


def test_the_directions_of_a_run_that_diverged_are_lost_at_every_moment(
    open_page, bundled, tmp_path
):
    run = trained(18)
    run.state["theta"][:] = np.nan
    run.state["diverged_at"] = np.array(18)
    Store(tmp_path / "runs").save("a-run-that-is-lost", run)
    page = open_page("mnist", **SPACE, run="a-run-that-is-lost", mnist_moment="2")
    assert "no longer finite" in said(page)
    names = [part.proto.component_name for part in page.get("bidi_component")]
    assert not any(name.endswith("space") for name in names)


def test_a_run_whose_images_are_not_here_has_none_to_be_tried_on(open_page, bundled, tmp_path):
    digits = small_digits(side=28)._replace(classes=("a", "b", *"cdefghij"), title="letters")
    other = trained(5, SMALL, digits)._replace(digits=digits.subject)
    Store(tmp_path / "runs").save("a-run-on-letters", other)
    page = open_page("mnist", **MISTAKES, run="a-run-on-letters")
    assert "None of the images it could be tried on are here." in said(page)


def test_units_are_off_by_the_link_and_the_next_step_moves_it(open_page, bundled, tmp_path):
    saved(tmp_path, "a-run-looked-at")
    page = open_page("mnist", **UNITS, run="a-run-looked-at", mnist_off="1.2,1.4")
    assert sent(page, "units")["off"] == [[1, 2], [1, 4]]
    assert "Units **2 and 4** are off" in said(page)
    assert any("mnist_off=1.2%2C1.4" in code.value for code in page.code)
    names = [part.proto.component_name for part in page.get("bidi_component")]
    assert any(name.endswith("trythis") for name in names)
    page.session_state["mnist_off"] = "1.5"  # as the step's callback puts it
    page.run()
    assert sent(page, "units")["off"] == [[1, 5]]
    assert page.query_params["mnist_off"] in ("1.5", ["1.5"])

    page = open_page("mnist", **UNITS, run="a-run-looked-at", mnist_off="two")
    assert "The link has “two” for switched off: expected hidden layers and units" in said(page)
    assert sent(page, "units")["off"] == []


def test_without_mnist_the_recording_puts_the_digits_that_came_with_it(open_page, bundled):
    page = open_page("mnist", **SPACE, mnist_layer="3", mnist_moment="100")
    shown, words = sent(page, "space"), said(page)
    assert "puts 200 test digits that came with the recording where" in words
    assert "This network has one hidden layer, no layer 3, so here is the last." in words
    assert (sum(shown["counts"]), shown["moments"][shown["at"]]) == (200, 122)
    assert "after 0.20 epochs" in words


def test_a_run_stands_beside_another_and_beside_one_that_is_gone(open_page, bundled, tmp_path):
    saved(tmp_path, "a-run-looked-at")
    saved(tmp_path, "another-run", lr=0.3)
    link = {"run": "a-run-looked-at", "mnist_other_run": "another-run"}
    page = open_page("mnist", **BEFORE, **link, mnist_other_moment="2")
    shown = sent(page, "before")
    assert (shown["run"], shown["other"]) == ("a-run-looked-at", "another-run")
    assert shown["first"]["moments"][shown["first"]["at"]] == 2
    assert "They differ in learning rate (0.3, here 0.1)." in said(page)
    links = [code.value for code in page.code if "mnist_other_run=another-run" in code.value]
    assert "mnist_other_moment=2" in links[0]
    (seen,) = (p for p in page.get("bidi_component") if p.proto.component_name.endswith("seen"))
    assert json.loads(seen.proto.json)["run"] == "a-run-looked-at"

    page = open_page("mnist", **BEFORE, mnist_other_run="a-run-that-is-gone")
    assert "The other run is not on this server any more: choose another one." in said(page)
    assert sent(page, "before")["gone"]
    page = open_page("mnist", **BEFORE, mnist_other_run="../a")
    assert "expected the name of a run, as its own link has it after" in said(page)
    assert sent(page, "before")["other"] == ""


def test_on_a_run_in_training_the_words_are_of_the_moment_of_the_picture(
    open_page, bundled, hold, monkeypatch
):
    """However fast it trains: each time that somebody looks, another epoch is over."""
    link = {"mnist_epochs": "200", "mnist_images": "100", "mnist_hidden": "5"}
    page = open_page("mnist", **MISTAKES, **link)
    hold.step = 3
    page.button(key="mnist_start").click().run()
    (run,) = ui.runs.registry()._runs.values()
    while run.trainer.step_count < 3 or int(run.saved().state["step_count"]) < 3:
        pass
    ask, asked = views.mnist.look.moment_of, []

    def another(run, step):
        asked.append(step)
        moment = ask(run, step)
        return moment._replace(epoch=moment.epoch + len(asked))

    monkeypatch.setattr(views.mnist.look, "moment_of", another)
    drew, show = [], ui.mnist.look.show_many
    monkeypatch.setattr(
        ui.mnist.look, "show_many", lambda *given: (drew.append(len(asked)), show(*given))
    )
    page.run()
    assert f"After {3 + drew[-1]} epochs it reads" in said(page)
    run.pause()


def test_a_unit_that_the_link_switches_off_is_off_on_the_wall_on_the_paper_and_in_the_view(
    open_page, bundled, tmp_path
):
    saved(tmp_path, "a-run-looked-at")
    page = open_page("mnist", run="a-run-looked-at", mnist_off="1.3")
    assert not page.exception
    assert "Unit **3** is off: it answers 0 to every image." in said(page)
    (wall, pad) = (
        json.loads(part.proto.json)
        for part in page.get("bidi_component")
        if part.proto.component_name.endswith(("wall", "pad"))
    )
    assert wall["wall"]["off"] == "1.3"
    assert [reader["name"] for reader in pad["readers"]] == ["1 unit off"]
    page.session_state["mnist_view"] = "units"
    page.run()
    assert sent(page, "units")["written"] == "1.3"
    page.session_state["mnist_off"] = ""
    page.session_state["mnist_view"] = "training"
    page.run()
    assert "is off" not in said(page)
    assert "mnist_off" not in page.query_params
