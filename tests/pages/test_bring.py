"""What is brought to the MNIST page: looked at, named, turned, kept or forgotten."""

import re

import numpy as np
import pytest

import ui.runs
from tests.brought_files import MNIST, PLAIN, TRAIN_Y, npz
from tests.pages.test_mnist import bring, click, data_of
from ui.mnist.bring import _offers

UPRIGHT = np.zeros((40, 28, 28), np.uint8)
UPRIGHT[:, 4:24, 12:16] = 200  # ones: higher than wide


def box(page):
    return next(u.key for u in page.file_uploader if u.key.startswith("mnist_bring"))


def panel(page, what, kind="text_input"):
    """The control of the panel that is called so."""
    widgets = getattr(page, kind)
    return next(w for w in widgets if w.key.startswith("mnist_offer_") and w.key.endswith(what))


def give(page, **files):
    return bring(page, box(page), *files.items())


def words(page):
    return " ".join(line.value for line in (*page.markdown, *page.caption))


def test_what_lies_on_its_side_is_turned_unless_its_reader_decides_otherwise(open_page, bundled):
    content = npz(x=255 - UPRIGHT.transpose(0, 2, 1), y=TRAIN_Y)
    for turned in (True, False):
        page = give(open_page("mnist"), a=content)
        toggles = [panel(page, what, "toggle") for what in ("_turn", "_invert")]
        assert [toggle.value for toggle in toggles] == [True, True]
        assert "as if they lay on their side" in words(page)
        if not turned:
            toggles[0].set_value(False).run()
        click(page, panel(page, "_keep", "button").key)
        digits = ui.runs.registry().brought.find(data_of(page))
        expected = UPRIGHT[0] if turned else UPRIGHT[0].T
        np.testing.assert_array_equal(digits.x_test[0].reshape(28, 28), expected)


def test_names_are_checked_and_then_said_everywhere_as_they_were_written(open_page, bundled):
    page = give(open_page("mnist"), a=npz(x=UPRIGHT, y=TRAIN_Y % 3))
    names = panel(page, "_classes")
    for wrong in ("a, b", "a, b, b", "a, , b", "a, b, " + "x" * 40, ""):
        names.set_value(wrong).run()
        assert page.error
        assert panel(page, "_keep", "button").disabled
    names.set_value("**cat**, dog, <b>emu</b>").run()
    panel(page, "_name").set_value("![](https://a.b/c.png)").run()
    assert not page.error
    click(page, panel(page, "_keep", "button").key)
    subject = ui.runs.registry().brought.find(data_of(page)).subject
    assert subject.classes == ("**cat**", "dog", "<b>emu</b>")
    for _ in ("brought", "trained on"):
        assert [title.value for title in page.title] == [
            "Can a network learn to tell these images apart?"
        ]
        (pills,) = (group for group in page.button_group if group.key == "mnist_preset")
        assert not re.search("digit|97%", " ".join(pills.options))
        click(page, "mnist_step")
    assert r"\!\[\]\(https" in words(page)
    assert "![](https" not in words(page)
    click(page, "mnist_step")
    assert not page.exception
    assert "of the test images right" in words(page)


def test_nothing_is_kept_before_its_reader_says_so(open_page, bundled, tmp_path):
    page = give(open_page("mnist"), **{MNIST[0]: PLAIN[MNIST[0]]})
    assert "Still missing: their labels" in words(page).replace("\\", "")
    page = give(page, **{MNIST[1]: PLAIN[MNIST[1]]})
    assert "set aside" in words(page)
    assert not (tmp_path / "data").exists()
    click(page, panel(page, "_forget", "button").key)
    assert "set aside" not in words(page)
    assert not (tmp_path / "data").exists()


def test_what_waited_for_too_long_says_so_once(open_page, bundled):
    page = give(open_page("mnist"), a=npz(x=UPRIGHT, y=TRAIN_Y))
    _offers().forget(page.session_state["mnist_offer"])
    page.run()
    assert "waited for too long" in page.info[0].value
    assert not page.run().info


def test_a_pickle_is_refused_with_lines_that_convert_it(open_page, bundled):
    page = give(open_page("mnist"), **{"mnist.pkl": b"\x80\x04."})
    assert "is a pickle" in page.error[0].value
    assert any("pickle.load" in code.value for code in page.code)


@pytest.mark.parametrize("side", [8, 16, 64])
def test_other_sizes_and_two_classes_go_all_the_way(open_page, bundled, side):
    x = np.random.default_rng(0).integers(0, 120, (40, side, side), np.uint8)
    page = give(open_page("mnist", mnist_hidden="5", mnist_images="100"), a=npz(x=x, y=TRAIN_Y % 2))
    click(page, panel(page, "_keep", "button").key)
    click(page, "mnist_step")
    run = ui.runs.registry().find(page.session_state["run"], None)
    assert run.trainer.net.sizes == [side**2, 5, 2]
    assert not page.exception


def test_numbers_are_classes_until_their_reader_says_that_they_are_digits(open_page, bundled):
    for digits in (False, True):
        page = give(open_page("mnist"), a=npz(x=UPRIGHT, y=TRAIN_Y))
        assert "3 to 4 of each of 10 classes" in words(page)
        if digits:
            panel(page, "_digits", "toggle").set_value(True).run()
        click(page, panel(page, "_keep", "button").key)
        subject = ui.runs.registry().brought.find(data_of(page)).subject
        assert subject.digits == digits
        assert subject.classes == tuple(f"{'' if digits else 'class '}{k}" for k in range(10))


def test_a_class_with_the_link_is_asked_before_it_deletes_a_teachers_images(open_page, bundled):
    teacher = give(open_page("mnist"), a=npz(x=UPRIGHT, y=TRAIN_Y))
    click(teacher, panel(teacher, "_keep", "button").key)
    label = next(b.label for b in teacher.button if b.key == "mnist_delete_data")
    assert label == "Delete what I brought"
    pupil = open_page("mnist", data=data_of(teacher))
    button = next(b for b in pupil.button if b.key == "mnist_delete_data")
    assert button.label == "Delete them for everybody"
    assert "Whoever gave you this link brought them" in words(pupil)


def test_a_link_whose_images_are_gone_says_so_where_it_is_read(open_page, bundled):
    page = open_page("mnist", data="gone-gone-gone")
    assert "are not on this server any more" in words(page)
