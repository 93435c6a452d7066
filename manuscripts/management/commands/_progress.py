"""A bar that shows how far a command is, on a terminal; nothing elsewhere."""

from time import monotonic

from django.core.management.base import OutputWrapper

_WIDTH = 30


class Progress:
    """A line that is written over itself."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out = out
        self.is_shown = bool(out.isatty())
        self.start = monotonic()

    def show(self, done: int, total: int) -> None:
        """How many are done, of a total or, while that is not known (0), of nobody knows."""
        if not self.is_shown:
            return
        seconds = int(monotonic() - self.start)
        if total:
            filled = _WIDTH * done // total
            words = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {done} of {total}"
        else:
            words = f"{done} read"
        self.out.write(f"\r{words}, {seconds} s ", str, ending="")
        self.out.flush()

    def clear(self) -> None:
        """Leave an empty line for other words."""
        if self.is_shown:
            self.out.write(f"\r{' ' * (_WIDTH + 40)}\r", str, ending="")
