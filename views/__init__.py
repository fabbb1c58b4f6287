"""What a page can show: one file a view, its parts always by the same names, last its `VIEW`."""
