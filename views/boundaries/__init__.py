"""Which points are which: the views of the page Decision boundaries."""
