"""Presenter mode: for a projector, type and lines grow and the controls fold away."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.folded import folding_popover, folds_again

KEY = "present"
CONTROLS, FOLDED = "controls_open", "controls_folded"

# Streamlit measures everything in rem, so one font size scales the whole page. Its smallest text
# is 0.875 rem, and nothing on a projector of 1280 pixels or more may be smaller than 24 px. On a
# narrower one it keeps its share of the width, so that it looks the same from the back row.
TYPE = "clamp(15px, 1.875vw, 24px)"
BIG = """
:root { font-size: clamp(16px, 2.1485vw, 27.5px) !important; }
[data-testid="stHeader"] { height: 2.2rem; min-height: 0; }
[data-testid="stMainBlockContainer"] { padding: 2.3rem 1rem 0 !important; }
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0.12rem !important; }
[data-testid="stColumn"] [data-testid="stVerticalBlock"]:has(.st-key-explain) { gap: 0; }
[data-testid="stHeading"] h1 { font-size: 1.15rem !important; }
.st-key-switches { top: 0.4rem !important; gap: 0.3rem !important; }
.st-key-switches [data-testid="stTooltipIcon"] { display: none; }
[data-testid="stHeading"] h1, [class*="st-key-controls_open"] button { line-height: 1.2; }
[class*="st-key-controls_open"] button, [data-testid="stButton"] button,
[data-testid="stPopover"] button { min-height: 1.5rem; padding: 0 0.5rem; }
[class*="st-key-picture_"] {
  min-height: calc(min(60vh, 72vw) + var(--glassbox-taller, 0px)
    - var(--glassbox-over, 0px)) !important; }
/* A 4:3 screen has more lines below a picture whose height is a share of the screen's. */
@media (max-aspect-ratio: 4 / 3) and (min-width: 900px) {
  :root { --glassbox-taller: 8vh; }
}
/* Views and presets in one line, that none of them takes from the picture. */
.st-key-slim { flex-wrap: nowrap !important; overflow: auto hidden; scrollbar-width: none;
  gap: 0.6rem !important; }
.st-key-slim { --left: #000; --right: #000;
  mask-image: linear-gradient(90deg, var(--left), #000 2rem,
    #000 calc(100% - 4rem), var(--right)); }
.st-key-slim[data-more-left] { --left: transparent; }
.st-key-slim[data-more-right] { --right: transparent; }
.st-key-slim > *, .st-key-slim [data-testid="stButtonGroup"] > * { flex: none !important;
  width: max-content !important; max-width: none !important; }
.st-key-slim [data-testid="stButtonGroup"] * { flex-wrap: nowrap !important; }
.st-key-slim [data-testid="stWidgetLabel"] { display: none; }
.st-key-slim button { height: 1.5rem; min-height: 0; padding: 0 0.35rem !important;
  white-space: nowrap; }
.st-key-slim:not(:has(button)) { display: none; }
/* The views stay where they are, presets pass below them; on a phone all of the line moves. */
@media (min-width: 745px) {
  .st-key-slim > [class*="_view"] { position: sticky; left: 0; z-index: 1;
    background: var(--glassbox-paper); }
  .st-key-slim:has(> [class*="_view"]) { --left: #000 !important; }
  [data-more-left] > [class*="_view"]::after { content: ""; position: absolute; left: 100%;
    top: 0; bottom: 0; width: 3rem; pointer-events: none;
    background: linear-gradient(90deg, var(--glassbox-paper), transparent); }
}
/* How many are out of sight, beside the line; whoever presses this or reaches for the line sees
   them all, over the picture. */
[data-testid="stLayoutWrapper"]:has(> .st-key-slim button) { position: relative; height: 1.5rem; }
[data-more]:not([data-more=""]) > .st-key-slim { max-width: calc(100% - 4.2rem); }
.glassbox-more { position: absolute; right: 0; top: 0; height: 1.5rem; padding: 0 0 0 0.6rem;
  border: 0; font: inherit; font-size: 0.875rem; line-height: 1.5rem; color: inherit;
  background: var(--glassbox-paper); cursor: pointer; }
.glassbox-more:hover { text-decoration: underline; }
[data-more=""] > .glassbox-more, [data-open] + .glassbox-more { display: none; }
.st-key-slim.st-key-slim[data-open] { flex-wrap: wrap !important; overflow: visible;
  mask-image: none; max-width: none !important;
  position: absolute; z-index: 10; inset: 0 0 auto 0; gap: 0.25rem !important;
  padding-bottom: 0.4rem; background: var(--glassbox-paper); }
.st-key-slim[data-open] > [class*="_view"]::after { display: none; }
.st-key-slim[data-open] > [class*="_preset"],
.st-key-slim[data-open] > [class*="_preset"] div:has(> [role="radio"]),
.st-key-slim[data-open] > [class*="_preset"] [data-testid="stButtonGroup"] {
  display: contents; }
/* What there is to wait for has a line of its own at the foot: the header is full. */
[data-testid="stLayoutWrapper"]:has(> .st-key-waiting) { order: 1; }
.st-key-waiting { position: static !important; }
.st-key-waiting:has(button) { padding-bottom: 0.5rem; }
[data-testid="stTopNavLink"] { padding: 0.25rem 0.25rem !important; }
/* Maths, code and link stand in the header, as icons with a name for those who hear the page. */
.st-key-explain { position: fixed !important; top: 0.4rem; right: 11.1rem; width: auto !important;
  gap: 0.3rem !important; z-index: 1000000; }
.st-key-explain button { padding: 0 0.3rem !important; min-height: 1.6rem !important; }
.st-key-explain button:focus-visible { outline-width: 2px !important; box-shadow: none !important; }
[data-testid="stPopoverBody"]:has(.st-key-asked) { min-width: min(42rem, 96vw); }
.st-key-asked p { font-size: 0.9rem; line-height: 1.25; }
/* Where a window's text goes on below, its foot fades. */
[data-testid="stPopoverBody"] { scroll-timeline: --window; }
[data-testid="stPopoverBody"]::after { content: ""; display: block; position: sticky; bottom: -2rem;
  height: 5rem; margin-top: -5rem; background: inherit; opacity: 0; pointer-events: none;
  mask-image: linear-gradient(transparent, #000 55%);
  animation: more linear both; animation-timeline: --window; }
@keyframes more { 0%, 97% { opacity: 1; } 100% { opacity: 0; } }
.st-key-explain button [data-testid="stMarkdownContainer"] { position: absolute;
  clip-path: inset(50%); }
.st-key-explain button div[aria-hidden="true"] { display: none; }
[data-testid="stLayoutWrapper"]:has(> [data-testid="stHorizontalBlock"] .st-key-question) {
  position: static !important; z-index: auto !important; }
.st-key-question [data-testid="stHorizontalBlock"] { gap: 0.3rem; }
.st-key-question button p { font-size: 0.875rem !important; }
.st-key-question button * { line-height: 1.2 !important; }
.st-key-caption [data-testid="stMarkdownContainer"], .st-key-caption p:last-child {
  margin-bottom: 0 !important; }
.st-key-caption p, .st-key-goal p { font-size: 0.9rem !important; line-height: 1.2; }
.st-key-said_edited:not([data-due="true"]) { display: none; } /* no room is kept for it */
@media (max-width: 1000px) {
  [data-testid="stTopNavLink"] { padding: 0.25rem 0.1rem !important; }
  .st-key-explain { right: 11.7rem; }
}
"""


def presenting() -> bool:
    """Whether this page is on a projector."""
    return bool(st.session_state.get(KEY))


def presenter_switch() -> None:
    """The switch; it stays on from page to page."""
    st.toggle(
        "Present",
        key=KEY,
        bind="query-params",
        help="For a projector: larger type and lines, controls folded away.",
    )


def controls_popover(place: DeltaGenerator) -> DeltaGenerator:
    """Where the controls are folded away; it closes when a choice is made (`fold_controls`).

    Each time they fold it is another one: to be told to close, one must have said that it is open,
    and a quick choice is made before.
    """
    key = f"{CONTROLS}_{st.session_state.get(FOLDED, 0)}"
    return folding_popover(place, "Controls", key)


def fold_controls() -> None:
    """Close the controls that are folded away on a projector. For a callback."""
    st.session_state[FOLDED] = st.session_state.get(FOLDED, 0) + 1
    if presenting():
        folds_again()
