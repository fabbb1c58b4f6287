"""One page of paper for a class: task, settings, the link and its QR code, room to write."""

import io
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import segno

QUIET = 4  # modules of white around a QR code: readers need as many
FINE = 97  # modules a side: from here on a phone has to come close


class Row(NamedTuple):
    """A setting as it is when the link opens."""

    label: str
    value: str
    may_move: bool


class Sheet(NamedTuple):
    """What stands on the paper."""

    title: str
    goal: str  # "" if there is none
    rows: Sequence[Row]
    link: str


def qr_code(link: str) -> segno.QRCode | None:
    """The QR code of a link; None if it is too long for one."""
    try:
        return segno.make_qr(link, error="l")  # a better correction where it takes no more room
    except segno.DataOverflowError:
        return None


def as_svg(code: segno.QRCode) -> str:
    """The code as a picture of any size, dark on white whatever the theme, and with its margin."""
    file = io.BytesIO()
    code.save(file, kind="svg", border=QUIET, light="#fff", xmldecl=False, omitsize=True, nl=False)
    return file.getvalue().decode()


def is_fine(code: segno.QRCode) -> bool:
    """Whether its modules are so many that they are small."""
    return len(code.matrix) >= FINE


def sheet_html(sheet: Sheet) -> str:
    """The sheet as one HTML file: open it, print it, one page of A4."""
    may_move = [row for row in sheet.rows if row.may_move]
    fixed = [row for row in sheet.rows if not row.may_move]
    goal = f"<p class=goal><b>Goal:</b> {escape(sheet.goal)}</p>" if sheet.goal else ""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(sheet.title)}</title><style>{STYLE}</style></head>
<body><button onclick="print()">Print</button>
<main>
<header><div><h1>{escape(sheet.title)}</h1>{goal}
<p class=who>Name:<span></span>Date:<span class=short></span></p></div>
{_figure(sheet.link)}</header>
<p class=link>{escape(sheet.link)}</p>
{_rows("You may move", may_move)}{_rows("As it is set" if may_move else "Settings", fixed)}
<h2>What I tried, and what I saw</h2>
<div class=write>{"<div></div>" * LINES}</div>
</main></body></html>
"""


def _figure(link: str) -> str:
    code = qr_code(link)
    if code is None:
        return ""
    return f"<figure{' class=fine' if is_fine(code) else ''}>{as_svg(code)}</figure>"


def _rows(heading: str, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    listed = "".join(
        f"<li><span>{escape(row.label)}</span> <b>{escape(row.value)}</b></li>" for row in rows
    )
    return f"<h2>{heading}</h2><ul>{listed}</ul>"


LINES = 40  # more than fit: what is beyond the page's foot is cut off
STYLE = """
@page { size: A4; margin: 0; }
* { box-sizing: border-box; }
body { margin: 0; background: #ddd; color: #000;
  font: 11pt/1.35 "Source Sans", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif; }
main { width: 210mm; height: 296mm; margin: 0 auto; padding: 14mm 16mm; overflow: hidden;
  background: #fff; display: flex; flex-direction: column; }
header { display: flex; gap: 8mm; justify-content: space-between; }
header > div { flex: 1; min-width: 0; }
h1 { margin: 0 0 3mm; font-size: 18pt; line-height: 1.2; }
h2 { margin: 4mm 0 1.5mm; font-size: 11pt; }
p { margin: 0 0 3mm; overflow-wrap: anywhere; }
.goal { font-size: 13pt; }
.who { display: flex; gap: 2mm; align-items: flex-end; margin-top: 5mm; }
.who span { flex: 3; margin-right: 4mm; border-bottom: 0.3mm solid #777; }
.who .short { flex: 1; margin-right: 0; }
figure { flex: none; width: 46mm; margin: -3mm -3mm 0 0; }
.fine { width: 76mm; }
figure svg { display: block; width: 100%; }
.link { max-height: 40mm; overflow: hidden;
  font: 8.5pt/1.3 "Source Code Pro", Consolas, monospace; }
ul { margin: 0; padding: 0; list-style: none; columns: 3; column-gap: 7mm; font-size: 9.5pt; }
li { break-inside: avoid; padding-bottom: 0.4mm; overflow-wrap: anywhere; }
.write { flex: 1; min-height: 30mm; overflow: hidden; }
.write div { height: 9mm; border-bottom: 0.2mm solid #999; }
button { display: block; margin: 0 auto; padding: 2mm 5mm; font: inherit; cursor: pointer; }
@media print { body { background: none; } button { display: none; } }
"""
