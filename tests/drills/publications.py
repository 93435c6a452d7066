"""python -m tests.drills.publications SECONDS, in the environment of a site: publishes one case
again and again. Prints its address, then a line for each edition: the words that its page has from
then on, which end in its number."""

import sys
import time

from .killed_changes import Changes  # sets Django up

PAUSE = 10  # seconds between two


def main(seconds: float) -> None:
    """Publish until the time is over."""
    changes, ends, number = Changes(), time.monotonic() + seconds, 0
    print(changes.edition.get_absolute_url(), flush=True)
    while time.monotonic() < ends:
        number += 1
        words = f"At the peak, number {number}"
        changes.submit(words)
        changes.publish(words)
        print(words, flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(float(sys.argv[1]))
