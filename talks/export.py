"""A talk as one HTML file, or one folder, that plays without the app and without a network.

    python -m talks.export what_is_a_neural_network
    python -m talks.export my_talk.toml --to talk.html
    python -m talks.export my_talk.toml --folder talk

A command and nothing else, which nobody imports: so it may know what stands above this room.
"""

from ui.offline.command import main

if __name__ == "__main__":
    raise SystemExit(main())
