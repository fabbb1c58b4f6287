"""A visit whose reader moves on while a page of theirs waits."""


class Moved(Exception):
    """Streamlit ends a run of the page so when its reader has moved on."""


class Session(dict):
    """A visit's state; after so many looks at it its reader has moved on."""

    def __init__(self, stays: int = 10**6) -> None:
        super().__init__()
        self.stays = stays

    def get(self, key, default=None):
        """A look, at which a run of the page can end."""
        self.stays -= 1
        if self.stays < 0:
            raise Moved
        return super().get(key, default)
