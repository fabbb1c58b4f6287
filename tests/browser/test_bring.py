"""The box for images in a real browser: a dozen files as people have them, and what it says."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from datasets.known import CLOTHES
from tests.brought_files import ASIDE, BAD, GOOD, MNIST, PLAIN, TRAIN_Y, npz
from tests.browser.server import PATIENCE, close_popover, settle
from tests.sweeps import sweep

LONG = 1000 * PATIENCE
PANEL = ".st-key-mnist_offer_panel"
OPENED = [
    "gzipped", "names that say nothing", "QMNIST's", "IDX of floats", "torchvision's folder, each "
    "file twice", "a tar.gz", "Keras' in Kaggle's zip", "MedMNIST's", "flat, 0 to 1, one-hot",
    "Kaggle's two tables", "pjreddie's, without head", "OpenML's, the class last",
]  # fmt: skip
REFUSED = ["a pickle", "an error page", "IDX cut short", "a link in a tar", "a name that is markup"]


def open_page(page: Page, app: str) -> Page:
    page.goto(f"{app}/mnist?mnist_hidden=8&mnist_epochs=3&mnist_batch=10")
    return settle(page)


def give(page: Page, files: dict[str, bytes]) -> None:
    """Drop files into the box, which is another one after each use."""
    box = page.locator("[class*=st-key-mnist_bring] input[type=file]")
    box.set_input_files(
        [
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            for name, content in files.items()
        ]
    )


def drop(page: Page, file: Path) -> None:
    """Drop a file from the disk onto the box, as a hand does: Chromium itself makes the events."""
    zone = page.locator(".st-key-mnist_bring_files [data-testid=stFileUploaderDropzone]")
    zone.scroll_into_view_if_needed()
    at = zone.bounding_box()
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send(
            "Input.dispatchDragEvent",
            {
                "type": kind,
                "x": at["x"] + at["width"] / 2,
                "y": at["y"] + at["height"] / 2,
                "data": {"items": [], "files": [str(file)], "dragOperationsMask": 1},
            },
        )


def forget(page: Page) -> None:
    page.locator(PANEL).get_by_role("button", name="Forget it").click()
    expect(page.locator(PANEL)).to_have_count(0, timeout=LONG)


@sweep("names", [OPENED[:2], OPENED[2:]], usual=[OPENED[:2]])
def test_a_dozen_files_open_at_the_first_try(app, visit, names):
    page = open_page(visit.page, app)
    for name in names:
        files, comes = GOOD[name]
        give(page, files)
        panel = page.locator(PANEL)
        expect(panel).to_contain_text("images of 28×28 pixels to train on", timeout=LONG)
        expect(panel).to_contain_text("10 classes", timeout=LONG)
        if comes != ASIDE:
            expect(panel).to_contain_text("40 images of 28×28", timeout=LONG)
        expect(panel.locator("img")).to_have_count(10, timeout=LONG)
        forget(page)


@pytest.mark.sweep
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_one_sentence_as_it_is_written(app, visit, name):
    page = open_page(visit.page, app)
    files, said = BAD[name]
    give(page, files)
    alert = page.locator("[data-testid=stAlert]")
    expect(alert).to_contain_text(said, timeout=LONG)
    assert page.locator(PANEL).count() == 0
    assert page.locator("[data-testid=stMain] img[src=x]").count() == 0
    if name == "a pickle":
        expect(page.locator("[data-testid=stCode]").last).to_contain_text("pickle.load")


def test_a_file_that_is_too_large_is_named_with_what_to_do(app, visit, tmp_path):
    """Streamlit does not send it, and itself says only how large a file may be."""
    page = open_page(visit.page, app)
    large = tmp_path / "letters.csv"
    with large.open("wb") as file:
        file.truncate(210_000_000)
    box = page.locator("[class*=st-key-mnist_bring] input[type=file]")
    box.set_input_files([large])
    said = page.locator(".st-key-too_large_mnist_bring_files .gf")
    words = "letters.csv: is larger than the 200 MB that are read here, so pack it as .zip or .gz"
    expect(said).to_contain_text(words)
    page.get_by_test_id("stFileChipDeleteBtn").locator("button").click()
    expect(said).to_be_hidden()
    drop(page, large.rename(tmp_path / "numbers.csv"))
    expect(said).to_contain_text("numbers.csv: is larger than the 200 MB")
    expect(said).to_be_in_viewport()
    files, wrong = BAD["bytes of no kind"]
    give(page, files)
    expect(page.locator("[data-testid=stAlert]")).to_contain_text(wrong, timeout=LONG)
    expect(said).to_be_hidden()


def test_images_now_labels_later(app, visit):
    page = open_page(visit.page, app)
    give(page, {MNIST[0]: PLAIN[MNIST[0]]})
    expect(page.locator(PANEL)).to_contain_text("Still missing: their labels", timeout=LONG)
    give(page, {MNIST[1]: PLAIN[MNIST[1]]})
    expect(page.locator(PANEL)).to_contain_text("set aside", timeout=LONG)


def test_clothes_are_called_clothes_from_then_on(app, visit):
    page = open_page(visit.page, app)
    x = np.zeros((40, 28, 28), np.uint8)
    for k, label in enumerate(TRAIN_Y):
        x[k, 2 + 2 * label : 4 + 2 * label, 4:24] = 255  # easy to tell
    give(page, {"a.npz": npz(x_train=x, y_train=TRAIN_Y, x_test=x, y_test=TRAIN_Y)})
    panel = page.locator(PANEL)
    panel.get_by_label("Name", exact=True).fill("<b>Clothes</b>")
    classes = panel.get_by_label("Classes, one a line, in the order of their labels")
    classes.fill("one\ntwo")
    classes.press("Control+Enter")
    expect(panel).to_contain_text("There are 2 names of classes: expected 10", timeout=LONG)
    classes.fill("\n".join(CLOTHES))
    classes.press("Control+Enter")
    expect(panel.locator("[data-testid=stImageCaption]").last).to_have_text(
        "Ankle boot", timeout=LONG
    )
    expect(panel).not_to_contain_text("There are 2 names", timeout=LONG)
    panel.get_by_role("button", name="Keep and show").click()
    page.wait_for_url("**data=**", timeout=LONG)
    settle(page)
    kept = page.locator("[class*=st-key-mnist_kept]")
    expect(kept).to_contain_text("(80 images): 40 of 28×28 pixels to train on")
    expect(kept.locator("img")).to_have_count(10, timeout=LONG)
    page.get_by_role("button", name="Delete what I brought").click()
    expect(page.get_by_role("button", name="Delete <b>Clothes</b> (80 images)")).to_be_visible()
    close_popover(page)
    line = page.locator(".st-key-own_digits")
    expect(line).to_contain_text("This is <b>Clothes</b>, images that a reader brought: 40")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-testid=stMain]")).to_contain_text("Done: 3.0 of 3", timeout=LONG)
    settle(page)
    said = page.locator(".gd-answer").inner_text()
    assert any(name in said for name in CLOTHES)
    assert page.locator(".gd-share b").all_inner_texts() == list(CLOTHES)
    expect(page.locator("[data-testid=stMain]")).to_contain_text("of the test images right")
    assert "digit" not in page.locator(".gd").inner_text()
