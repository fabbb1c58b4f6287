"""What is said of a file that is too large for its box, which the browser never sends.

Streamlit shows how large it is and how large a file may be; what to do it has no place for. What
was chosen or dropped is looked at here in passing.
"""

from pathlib import Path

from ui.browser.part import part

_too_large = part(Path(__file__).parent)


def say_if_too_large(box: str, limit: int, advice: str) -> None:
    """Stand below the box for files in the container of this key, and name what it refuses.

    `limit` is in megabytes of 1,048,576 bytes, as Streamlit counts them; `advice` goes on the
    sentence after a comma.
    """
    _too_large(key=f"too_large_{box}", data={"box": box, "limit": limit, "advice": advice})
