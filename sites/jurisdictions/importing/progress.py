"""How far a long import is: a bar on a terminal, a line now and then elsewhere."""

from typing import TextIO

WIDE = 40  # characters of the bar
LINES = 10  # in all, where there is no terminal


class Progress:
    """Called with the row's number and how many there are; writes only when something new shows."""

    def __init__(self, out: TextIO):
        self._out = out
        self._is_terminal = out.isatty()
        self._shown = -1
        self._is_open = False

    def __call__(self, number: int, total: int) -> None:
        parts = 100 if self._is_terminal else LINES
        part = number * parts // max(total, 1)
        if part == self._shown or (number == total and not self._is_terminal):
            return
        self._shown = part
        if self._is_terminal:
            self._draw(number, total)
        elif part:
            self._out.write(f"{number:,} of {total:,} rows\n")
        self._out.flush()

    def _draw(self, number: int, total: int) -> None:
        done = number * WIDE // max(total, 1)
        self._out.write(f"\r[{'#' * done}{'.' * (WIDE - done)}] {number:,} of {total:,} rows")
        self._is_open = True

    def end(self) -> None:
        """What comes after stands on a line of its own."""
        if self._is_open:
            self._out.write("\n")
            self._out.flush()
