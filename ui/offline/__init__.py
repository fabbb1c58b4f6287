"""A talk as one HTML file, or one folder, that plays without the app and without a network.

Each scene has the very parts of `ui/browser/` that the app shows it with, and the same messages to
them; a player (`ui/browser/player`) goes from scene to scene. `python -m talks.export` writes it.
"""
