"""What a page can show: a file or folder a view, its parts by the same names, last its `VIEW`."""
