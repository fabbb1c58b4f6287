"""A talk of the reader's own, written out of links."""

from ui.page import open_page
from ui.write_a_talk import write_a_talk

open_page("A talk of your own, made of these pages", movable=False)
write_a_talk()
