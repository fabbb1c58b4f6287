"""The paper for a class: what stands on it, and that its QR code holds the link."""

import numpy as np
import pytest
import zxingcpp

from ui.sheet import QUIET, Row, Sheet, as_svg, is_fine, qr_code, sheet_html

LINK = "https://glassbox.example.edu/boundaries?boundaries_inputs=x%E2%82%81&lock=all-but-hidden"
ROWS = [Row("Hidden units", "4", True), Row("Data", "xor", False)]


def decoded(code, scale=4):
    """What a reader of QR codes, another library, finds in its modules, with white around."""
    modules = np.pad(np.array([*map(list, code.matrix)], np.uint8), QUIET)
    image = np.where(np.kron(modules, np.ones((scale, scale), np.uint8)), 0, 255)
    (found,) = zxingcpp.read_barcodes(image.astype(np.uint8))
    return found.text


@pytest.mark.parametrize("length", [0, 300, 1500])
def test_a_qr_code_holds_the_link(length):
    link = f"{LINK}&goal={'a' * length}"
    assert decoded(qr_code(link)) == link


def test_a_link_too_long_for_a_qr_code_has_none_and_its_sheet_still_has_the_link():
    link = f"{LINK}&goal={'a' * 3000}"
    assert qr_code(link) is None
    assert "a" * 3000 in sheet_html(Sheet("Title", "", ROWS, link))


def test_a_code_of_many_modules_is_called_fine():
    assert not is_fine(qr_code(LINK))
    assert is_fine(qr_code(LINK + "a" * 1000))


def test_the_picture_of_a_code_has_its_white_margin():
    code = qr_code(LINK)
    side = len(code.matrix) + 2 * QUIET
    assert f'viewBox="0 0 {side} {side}"' in as_svg(code)
    assert 'fill="#fff"' in as_svg(code)


def test_what_is_on_the_sheet_is_text_whatever_it_says():
    sheet = Sheet("A <b>title</b>", "<script>alert(1)</script>", ROWS, f"{LINK}&goal=<i>")
    html = sheet_html(sheet)
    assert "A &lt;b&gt;title" in html
    assert "<script>" not in html
    assert "goal=&lt;i&gt;" in html


def test_what_may_move_and_what_is_set_stand_apart():
    html = sheet_html(Sheet("Title", "Goal", ROWS, LINK))
    assert html.index("You may move") < html.index("Hidden units") < html.index("As it is set")
    assert html.index("As it is set") < html.index("Data")
    assert "You may move" not in sheet_html(Sheet("Title", "", ROWS[1:], LINK))
