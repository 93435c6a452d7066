"""The pages that the bench asks for: one address again and again, and ones never asked before."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

RARE = "mediation"  # as tests.synthetic has it, which needs Django
_SEED = 20261126
_REGIONS = ("african", "asia-pacific", "eastern-european", "western-european-and-other")


@dataclass(frozen=True)
class Page:
    """A kind of page: `warm` is one address, `cold(rng, editions, n)` the nth that nobody asked
    before; `wanted` are the least ratios to a bare view, warm and cold, by number of editions."""

    warm: str
    cold: Callable[[random.Random, int, int], str]
    wanted: dict[int, tuple[float, float]] = field(default_factory=dict)

    def addresses(self, editions: int) -> Iterator[str]:
        """Addresses without end, each another one."""
        rng = random.Random(_SEED)
        return (self.cold(rng, editions, n) for n in count())


def _years(rng: random.Random, n: int) -> str:
    start = rng.randint(1945, 2010)
    return f"from={start}&to={start + rng.randint(0, 20)}&region={rng.choice(_REGIONS)}&n={n}"


PAGES = {
    "front page": Page("/", lambda rng, size, n: f"/?n={n}", {10_000: (1, 0.15)}),
    "case page": Page(
        "/cases/synthetic-7/",
        lambda rng, size, n: f"/cases/synthetic-{rng.randrange(size)}/?n={n}",
        {10_000: (1, 0.3), 100_000: (1, 0.3)},
    ),
    "permanent address": Page(
        "/cases/synthetic-7/editions/1/",
        lambda rng, size, n: f"/cases/synthetic-{rng.randrange(size)}/editions/1/?n={n}",
        {10_000: (1, 0.3)},
    ),
    "catalogue": Page(
        "/cases/",
        lambda rng, size, n: f"/cases/?{_years(rng, n)}",
        {10_000: (1, 0.18), 100_000: (1, 0.1)},
    ),
    "search": Page(  # words that were never searched, though what they find is the same 8 %
        f"/cases/?q={RARE}",
        lambda rng, size, n: f"/cases/?q={RARE}+-n{n}",
        {10_000: (1, 0.12), 100_000: (1, 0.05)},
    ),
    "search, narrowed": Page(  # the same word again, each time with other years and region
        f"/cases/?q={RARE}&sort=relevance",
        lambda rng, size, n: f"/cases/?q={RARE}&{_years(rng, n)}",
    ),
}
