"""Every page and view at every size, light and dark, on one sheet to look through.

`python -m docs.contact_sheet FILE.html [VIEW …]` (needs requirements-dev and Chromium; all of them
take a quarter of an hour). A thumbnail is the page as it opens; whoever clicks it sees it large.
"""

import argparse
import base64
import io
import os
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.browser.server import A_FEW_FRAMES, chromium, new_page, running_app, settle
from tests.browser.test_every_size import VIEWS

SIZES = (  # width, height, and whether it presents
    (320, 640, False),
    (390, 844, False),
    (844, 390, False),
    (768, 1024, False),
    (1024, 768, False),
    (1280, 720, True),
    (1280, 800, False),
    (1920, 1080, False),
)
THEMES = ("light", "dark")
HIGH = 150  # pixels of a thumbnail: all of a view stand in one row
STYLE = """
body { font: 14px system-ui, sans-serif; margin: 1rem; background: #888; color: #000; }
h2 { font-size: 1rem; margin: 0.8rem 0 0.2rem; }
.row { display: flex; gap: 6px; overflow-x: auto; }
figure { margin: 0; } figcaption { font-size: 11px; } img { height: 150px; display: block; }
img:focus, img:active { position: fixed; inset: 0; margin: auto; height: auto; max-width: 100vw;
  max-height: 100vh; z-index: 1; image-rendering: auto; }
"""


def pictures(page: Page, address: str, link: str) -> Iterator[tuple[str, bytes]]:
    """What a view looks like at each size, by name, as JPEG."""
    taken: dict[tuple[int, int, bool], bytes] = {}
    for presents in (False, True):
        sizes = [size for size in SIZES if size[2] is presents]
        mode = ("&" if "?" in link else "?") + "present=true" if presents else ""
        page.set_viewport_size({"width": sizes[-1][0], "height": sizes[-1][1]})
        page.goto(f"{address}{link}{mode}")
        settle(page)
        for size in sizes:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            settle(page).evaluate(A_FEW_FRAMES)
            taken[size] = small(page.screenshot())
    for width, height, presents in SIZES:
        name = f"{width}×{height}{' presenter' if presents else ''}"
        yield name, taken[width, height, presents]


def small(png: bytes) -> bytes:
    """A picture that can be looked at large: five times as high as its thumbnail."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    factor = min(1, 5 * HIGH / picture.height)
    picture = picture.resize((round(factor * picture.width), round(factor * picture.height)))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=70)
    return kept.getvalue()


def row(name: str, taken: Iterator[tuple[str, bytes]]) -> str:
    """One view as HTML."""
    figures = [
        f'<figure><img tabindex="0" src="data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}" '
        f'alt="{escape(f"{name}, {size}")}"><figcaption>{size}</figcaption></figure>'
        for size, jpeg in taken
    ]
    return f'<h2>{escape(name)}</h2><div class="row">{"".join(figures)}</div>'


def main() -> None:
    """Take all pictures and write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("views", nargs="*", choices=[[], *VIEWS], help="those only")
    asked = parser.parse_args()
    rows = []
    with (
        tempfile.TemporaryDirectory() as home,
        running_app(Path(home), **os.environ) as address,
        chromium() as browser,
    ):
        for name in asked.views or VIEWS:
            for theme in THEMES:
                with new_page(browser, color_scheme=theme) as page:
                    rows.append(row(f"{name}, {theme}", pictures(page, address, VIEWS[name])))
                print(f"{name}, {theme}", flush=True)
    head = f"<!doctype html><meta charset='utf-8'><title>Glassbox</title><style>{STYLE}</style>"
    asked.file.write_text(head + "".join(rows), encoding="utf-8")
    print(f"wrote {asked.file}: {asked.file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
