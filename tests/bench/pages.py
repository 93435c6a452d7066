"""The pages that the bench asks for: one address again and again, and ones never asked before."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

RARE = "mediation"  # as tests.synthetic has it, which needs Django
_SEED = 20261126
_REGIONS = ("african", "asia-pacific", "eastern-european", "western-european-and-other")


@dataclass(frozen=True)
class Page:
    """A kind of page: `warm` is one address, `cold(rng, editions, n)` the nth that nobody asked
    before; `targets` are the least ratios to a bare view, warm and cold, that the issue names."""

    warm: str
    cold: Callable[[random.Random, int, int], str]
    targets: tuple[float, float] | None = None

    def addresses(self, editions: int) -> Iterator[str]:
        """Addresses without end, each another one."""
        rng = random.Random(_SEED)
        return (self.cold(rng, editions, n) for n in count())


def _years(rng: random.Random, n: int) -> str:
    start = rng.randint(1945, 2010)
    return f"from={start}&to={start + rng.randint(0, 20)}&region={rng.choice(_REGIONS)}&n={n}"


PAGES = {
    "front page": Page("/", lambda rng, size, n: f"/?n={n}"),
    "case page": Page(
        "/cases/synthetic-7/",
        lambda rng, size, n: f"/cases/synthetic-{rng.randrange(size)}/?n={n}",
        (0.5, 0.2),
    ),
    "permanent address": Page(
        "/cases/synthetic-7/editions/1/",
        lambda rng, size, n: f"/cases/synthetic-{rng.randrange(size)}/editions/1/?n={n}",
    ),
    "catalogue": Page("/cases/", lambda rng, size, n: f"/cases/?{_years(rng, n)}", (0.5, 0.06)),
    "search": Page(  # words that were never searched, though what they find is the same 8 %
        f"/cases/?q={RARE}", lambda rng, size, n: f"/cases/?q={RARE}+-n{n}", (0.5, 0.06)
    ),
    "search, narrowed": Page(  # the same word again, each time with other years and region
        f"/cases/?q={RARE}&sort=relevance",
        lambda rng, size, n: f"/cases/?q={RARE}&{_years(rng, n)}",
        (0.5, 0.06),
    ),
}
