"""The collection at a glance: a timeline, a world map and a grid of evidence, as geometry that
templates draw. Plain data in, dataclasses out; no query and no markup is made here."""

from .grid import Grid, grid
from .outcomes import MOST_MARKS, Outcomes, outcomes, outcomes_of_many
from .timeline import MOST_BARS, Row, Timeline, UnderWay, timeline, timeline_of_many, under_way
from .world import World, world

__all__ = [
    "MOST_BARS",
    "MOST_MARKS",
    "Grid",
    "Outcomes",
    "Row",
    "Timeline",
    "UnderWay",
    "World",
    "grid",
    "outcomes",
    "outcomes_of_many",
    "timeline",
    "timeline_of_many",
    "under_way",
    "world",
]
