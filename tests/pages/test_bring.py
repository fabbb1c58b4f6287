"""What is brought to the MNIST page: looked at, named, turned, kept or forgotten."""

import bz2
import contextlib
import gzip
import io
import os
import re

import numpy as np

import ui.runs
from datasets.looks import Turn
from datasets.upload import read_upload
from recipes.mnist import ALL_IMAGES
from tests.brought_files import INK, MNIST, PLAIN, SIGNED, TRAIN_Y, libsvm, npz, semeion, usps
from tests.pages.test_mnist import bring, click, data_of, link_of
from tests.sweeps import sweep
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
        turn = panel(page, "_turn", "selectbox")
        assert turn.value is Turn.DIAGONAL
        assert panel(page, "_invert", "toggle").value
        assert "as if they lay on their side" in words(page)
        if not turned:
            turn.set_value(Turn.NOT).run()
        click(page, panel(page, "_keep", "button").key)
        digits = ui.runs.registry().brought.find(data_of(page))
        expected = UPRIGHT[0] if turned else UPRIGHT[0].T
        np.testing.assert_array_equal(digits.x_test[0].reshape(28, 28), expected)


def test_names_are_checked_and_then_said_everywhere_as_they_were_written(open_page, bundled):
    page = give(open_page("mnist"), a=npz(x=UPRIGHT, y=TRAIN_Y % 3))
    for wrong in ("a\nb", "a\nb\nb", "a\n\nb", "a\nb\n" + "x" * 40, "", "a, b, c"):
        panel(page, "_classes", "text_area").set_value(wrong).run()
        assert page.error
        assert panel(page, "_keep", "button").disabled
    panel(page, "_classes", "text_area").set_value("**cat**\n dog, big \n\n<b>emu</b>\n").run()
    panel(page, "_name").set_value("![](https://a.b/c.png)").run()
    assert not page.error
    click(page, panel(page, "_keep", "button").key)
    subject = ui.runs.registry().brought.find(data_of(page)).subject
    assert subject.classes == ("**cat**", "dog, big", "<b>emu</b>")
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


@sweep("side", [8, 16, 64], usual=[64])
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


def test_numbers_that_a_mapping_names_are_digits(open_page, bundled):
    mapping = b"\n".join(b"%d %d" % (k, ord("0") + k) for k in range(10))
    page = give(open_page("mnist"), **{"a.npz": npz(x=UPRIGHT, y=TRAIN_Y), "mapping.txt": mapping})
    assert panel(page, "_digits", "toggle").value
    assert panel(page, "_classes", "text_area").value.splitlines() == list("0123456789")


def test_a_class_with_the_link_is_asked_before_it_deletes_a_teachers_images(open_page, bundled):
    teacher = give(open_page("mnist"), a=npz(x=UPRIGHT, y=TRAIN_Y))
    click(teacher, panel(teacher, "_keep", "button").key)
    warning = "Whoever gave you this link brought them"
    assert warning not in words(teacher)
    pupil = open_page("mnist", data=data_of(teacher))
    button = next(b for b in pupil.button if b.key == f"mnist_delete_{data_of(teacher)}")
    assert button.label == "Delete images that a reader brought (40 images)"
    assert warning in words(pupil)
    assert "You kept" not in words(pupil)


def keep(page, name="", **files):
    page = give(page, **files)
    if name:
        panel(page, "_name").set_value(name).run()
    click(page, panel(page, "_keep", "button").key)
    return data_of(page)


def noise(seed):
    """Images that cannot be packed, so that their sizes are known."""
    return npz(x=np.random.default_rng(seed).integers(0, 99, (40, 28, 28), np.uint8), y=TRAIN_Y)


def test_what_is_kept_is_shown_with_what_to_press_next(open_page, bundled):
    page = open_page("mnist", mnist_hidden="5", mnist_images="100")
    name = keep(page, "Signs", a=npz(x=UPRIGHT, y=TRAIN_Y % 3))
    said = words(page)
    assert "You kept **Signs** (40 images): 34 of 28×28 pixels to train on, 6 to test" in said
    assert "Note this page's link" in said
    assert "**Start**, at the top of the page" in said
    assert len(page.get("image")[-1].proto.imgs) == 10
    click(page, "mnist_step")
    assert "**Start**, at the top of the page" not in words(page)
    click(page, "mnist_back")
    assert "You kept **Signs** (40 images)." in words(page)
    click(page, f"mnist_show_{name}")
    assert data_of(page) == name


def test_after_a_refusal_it_is_said_what_is_still_here(open_page, bundled):
    page = give(open_page("mnist"), **{"mnist.pkl": b"\x80\x04."})
    assert "still" not in words(page)
    page = give(open_page("mnist"), **{"a.npz": npz(x=UPRIGHT, y=TRAIN_Y)})
    give(page, **{"mnist.pkl": b"\x80\x04."})
    said = words(page).replace("\\", "")
    assert "What you brought before still waits: x in a.npz, y in a.npz." in said
    assert "What you kept" not in said
    click(page, panel(page, "_keep", "button").key)
    give(page, **{"mnist.pkl": b"\x80\x04."})
    said = words(page)
    assert "What you kept before is still here: images that a reader brought (40 images)." in said
    assert "still waits" not in said


def test_several_sets_are_named_and_each_can_be_deleted(open_page, bundled):
    page = open_page("mnist")
    first = keep(page, "Signs", a=noise(0))
    second = keep(page, "Runes", a=noise(1))
    labels = {b.key: b.label for b in page.button if b.key.startswith("mnist_delete_")}
    assert labels == {
        f"mnist_delete_{first}": "Delete **Signs** (40 images)",
        f"mnist_delete_{second}": "Delete **Runes** (40 images)",
    }
    click(page, f"mnist_delete_{first}")
    assert data_of(page) == second
    assert "Deleted: **Signs** (40 images)." in words(page)
    assert not ui.runs.registry().brought.has(first)
    click(page, f"mnist_delete_{second}")
    assert "data" not in page.query_params
    assert "Runes" not in words(page).replace("Deleted: **Runes**", "")


def test_what_has_to_go_is_named_before_and_after(open_page, bundled):
    page = open_page("mnist")
    first = keep(page, "Signs", a=noise(0))
    brought = ui.runs.registry().brought
    size = brought.files.path(first).stat().st_size
    brought.files.share = int(2.5 * size)
    second = keep(page, "Runes", a=noise(1))
    os.utime(brought.files.path(first), (1, 1))  # the oldest, however coarse the clock
    give(page, a=noise(2))
    assert "If you keep these, this goes: **Signs** (40 images)." in page.warning[0].value
    click(page, panel(page, "_keep", "button").key)
    assert "Deleted, for its room was needed: **Signs** (40 images)." in words(page)
    assert [brought.has(name) for name in (first, second, data_of(page))] == [False, True, True]


def test_nothing_goes_that_was_not_named_however_the_size_was_misjudged(
    open_page, bundled, monkeypatch
):
    page = open_page("mnist")
    first = keep(page, "Signs", a=noise(0))
    brought = ui.runs.registry().brought
    brought.files.share = int(1.5 * brought.files.path(first).stat().st_size)
    monkeypatch.setattr("runs.brought.packed_size", lambda images: 0)
    give(page, a=noise(2))
    assert not page.warning
    click(page, panel(page, "_keep", "button").key)
    assert brought.has(first)
    assert "this goes: **Signs** (40 images)." in page.warning[0].value
    click(page, panel(page, "_keep", "button").key)
    assert not brought.has(first)


def test_what_went_for_others_is_said_at_the_next_look(open_page, bundled):
    page = open_page("mnist")
    first = keep(page, "Signs", a=noise(0))
    second = keep(page, "Runes", a=noise(1))
    for name in (first, second):
        ui.runs.registry().brought.delete(name)
    page.run()
    said = words(page)
    assert "Not on this server any more: **Signs** (40 images) and **Runes** (40 images)." in said
    assert "You kept" not in said


def test_a_typed_name_stays_when_another_file_comes(open_page, bundled):
    page = give(open_page("mnist"), **{name: PLAIN[name] for name in MNIST[:2]})
    panel(page, "_name").set_value("My digits").run()
    give(page, **{name: PLAIN[name] for name in MNIST[2:]})
    assert "20 to test" in words(page)
    assert panel(page, "_name").value == "My digits"


def test_what_the_page_proposes_can_be_kept(open_page, bundled):
    names = np.array(["a, b", "x" * 40, "x" * 41, " two\nlines "])
    page = give(open_page("mnist"), a=npz(x=UPRIGHT, y=names[TRAIN_Y % 4]))
    assert not page.error
    click(page, panel(page, "_keep", "button").key)
    classes = ui.runs.registry().brought.find(data_of(page)).subject.classes
    assert set(classes) >= {"a, b", "two lines"}


def test_the_command_line_says_what_the_page_says(open_page, bundled, tmp_path, monkeypatch):
    from datasets.__main__ import main

    file = tmp_path / "a.npz"
    file.write_bytes(npz(x=255 - UPRIGHT.transpose(0, 2, 1), y=TRAIN_Y))
    page = give(open_page("mnist"), **{"a.npz": file.read_bytes()})
    said = io.StringIO()
    monkeypatch.setattr("sys.argv", ["datasets", str(file)])
    with contextlib.redirect_stdout(said):
        assert main() == 0
    counts = "39 images of 28×28 pixels to train on"
    (line,) = (m.value for m in page.markdown if counts in m.value)
    assert said.getvalue().startswith(line.replace("\\", ""))
    names = panel(page, "_classes", "text_area").value.splitlines()
    assert said.getvalue().splitlines()[-1] == f"Its classes: {', '.join(names)}"


TOLD = {
    "semeion": {"semeion.data": semeion(INK, TRAIN_Y)},
    "USPS": {"zip.train.gz": gzip.compress(usps(SIGNED, TRAIN_Y))},
    "LIBSVM's": {"usps.bz2": bz2.compress(libsvm(SIGNED, TRAIN_Y + 1))},
    "Kuzushiji's": {
        "k49-train-imgs.npz": npz(arr_0=UPRIGHT),
        "k49-train-labels.npz": npz(arr_0=TRAIN_Y % 2),
        "k49_classmap.csv": "index,codepoint,char\n0,U+3042,あ\n1,U+3044,い\n".encode(),
    },
    "MATLAB's": {"train_32x32.mat": b"MATLAB 5.0 MAT-file, Platform: GLNXA64"},
    "MATLAB's 7.3": {"train.mat": b"MATLAB 7.3 MAT-file, Platform: GLNXA64"},
    "CIFAR's": {"data_batch_1": b"\x80\x02.", "test_batch": b"\x80\x02."},
}


@sweep("name", TOLD, usual=["semeion", "CIFAR's"])
def test_the_command_line_says_of_all_kinds_what_the_page_says(
    open_page, bundled, tmp_path, monkeypatch, name
):
    from datasets.__main__ import main

    files = TOLD[name]
    for file, content in files.items():
        (tmp_path / file).write_bytes(content)
    page = give(open_page("mnist"), **files)
    said = io.StringIO()
    monkeypatch.setattr("sys.argv", ["datasets", *(str(tmp_path / file) for file in files)])
    with contextlib.redirect_stdout(said):
        refused = main()
    lines = [line.value.replace("\\", "") for line in (*page.error, *page.markdown)]
    first = said.getvalue().split("\n")[0]
    assert any(line and first.startswith(line) for line in lines), first
    if refused:
        assert said.getvalue().strip().endswith(page.code[-1].value.strip())
        assert len(page.error) == 1
    else:
        classes = panel(page, "_classes", "text_area").value.splitlines()
        assert said.getvalue().splitlines()[-1] == f"Its classes: {', '.join(classes)}"


def test_as_many_training_images_as_there_are_can_be_chosen(open_page, bundled):
    def chosen(page):
        (control,) = (s for s in page.select_slider if s.key == "mnist_images")
        return control.options, control.value

    page = open_page("mnist", mnist_images="10000")
    assert chosen(page) == (["5", "100", "1000", "1437"], 60_000)
    said = "The link has “10000” for training images: expected one of 5, 100, 1000, 1437, so it is "
    assert f"{said}1437." in page.markdown[0].value
    keep(page, a=npz(x_train=UPRIGHT, y_train=TRAIN_Y, x_test=UPRIGHT, y_test=TRAIN_Y))
    assert chosen(page) == (["5", "40"], 60_000)
    (control,) = (s for s in page.select_slider if s.key == "mnist_images")
    control.set_value(5).run()
    click(page, "mnist_back")
    assert chosen(page) == (["5", "100", "1000", "1437"], 5)
    control = next(s for s in page.select_slider if s.key == "mnist_images")
    control.set_value(1000).run()
    keep(page, a=npz(x_train=UPRIGHT, y_train=TRAIN_Y, x_test=UPRIGHT, y_test=TRAIN_Y))
    assert chosen(page) == (["5", "40"], 60_000)
    click(page, "mnist_step")
    assert not page.exception


def test_all_of_a_set_that_is_larger_than_mnist_can_be_chosen_and_its_link_says_so(
    open_page, bundled
):
    x, y = np.tile(UPRIGHT[:, 8:16, 8:16], (1600, 1, 1)), np.tile(TRAIN_Y, 1600)
    page = open_page("mnist", mnist_hidden="3")
    name = keep(page, a=npz(x_train=x, y_train=y, x_test=x[:40], y_test=y[:40]))
    control = next(s for s in page.select_slider if s.key == "mnist_images")
    assert control.options[-2:] == ["60000", "64000"]
    assert control.value == 60_000
    control.set_value(ALL_IMAGES).run()
    assert link_of(page)["mnist_images"] == "64000"
    friend = open_page("mnist", data=name, mnist_hidden="3", mnist_images="64000")
    assert next(s for s in friend.select_slider if s.key == "mnist_images").value == ALL_IMAGES
    assert "The link has" not in friend.markdown[0].value


def test_a_typed_name_stays_while_nobody_has_looked_at_the_next_file(open_page, bundled):
    """Once the panel was away for a moment, on a busy machine, and what was typed with it."""
    page = give(open_page("mnist"), **{name: PLAIN[name] for name in MNIST[:2]})
    panel(page, "_name").set_value("My digits").run()
    more = read_upload((name, io.BytesIO(PLAIN[name])) for name in MNIST[2:])
    _offers().add(more, page.session_state["mnist_offer"])
    page.run()
    assert not page.info
    assert "20 to test" in words(page)
    assert panel(page, "_name").value == "My digits"


def test_images_in_the_box_for_runs_are_sent_to_the_other(open_page, bundled):
    page = open_page("mnist")
    for content in (PLAIN[MNIST[0]], npz(x=UPRIGHT, y=TRAIN_Y), b"\x80\x04."):
        key = next(u.key for u in page.file_uploader if u.key.startswith("mnist_open"))
        bring(page, key, ("a", content))
        assert "bring them in the box below" in page.error[0].value


def test_a_link_whose_images_are_gone_says_so_where_it_is_read(open_page, bundled):
    page = open_page("mnist", data="gone-gone-gone")
    assert "are not on this server any more" in words(page)
