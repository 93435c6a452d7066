"""How initiatives ended, in words and in marks that differ in shape and not in colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


@dataclass(frozen=True)
class Ending:
    """One way of ending: `slug` as cases have it, `style` as style sheets have it, `label` on its
    own, `phrase` within a sentence, `counted` with a number in front."""

    slug: str
    style: str
    label: str | Promise
    phrase: str | Promise
    counted: Promise

    @property
    def square_ink(self) -> str:
        """What is filled of its mark beside a case, as an SVG path within 10 by 10 units."""
        return shape(self.style, 1, 1, 8, 8)[0]

    @property
    def square_line(self) -> str:
        """What is only outlined of that mark."""
        return shape(self.style, 1, 1, 8, 8)[1]

    @property
    def ink(self) -> str:
        """What is filled of its mark in a key, as an SVG path within 16 by 10 units."""
        return shape(self.style, 0, 0, 16, 10)[0]

    @property
    def line(self) -> str:
        """What is only outlined of its mark in a key."""
        return shape(self.style, 0, 0, 16, 10)[1]


ENDINGS = {
    ending.slug: ending
    for ending in (
        Ending(
            "lasting",
            "lasting",
            _("Lasting impact"),
            _("lasting impact"),
            ngettext_lazy("%(n)d lasting", "%(n)d lasting", "n"),
        ),
        Ending(
            "limited",
            "limited",
            _("Limited impact"),
            _("limited impact"),
            ngettext_lazy("%(n)d limited", "%(n)d limited", "n"),
        ),
        Ending(
            "contested",
            "contested",
            _("Contested impact"),
            _("contested impact"),
            ngettext_lazy("%(n)d contested", "%(n)d contested", "n"),
        ),
        Ending(
            "failed",
            "failed",
            _("Failed"),
            _("failed"),
            ngettext_lazy("%(n)d failed", "%(n)d failed", "n"),
        ),
        Ending(
            "too-early",
            "too-early",
            _("Too early to say"),
            _("too early to say"),
            ngettext_lazy("%(n)d too early to say", "%(n)d too early to say", "n"),
        ),
        Ending(
            "",
            "unassessed",
            _("Impact not assessed"),
            _("impact not assessed"),
            ngettext_lazy("%(n)d not assessed", "%(n)d not assessed", "n"),
        ),
    )
}


def ending_of(impact: str) -> Ending:
    """The ending of that slug; one that is unknown counts as not assessed."""
    return ENDINGS.get(impact, ENDINGS[""])


def shape(style: str, x: int, y: int, width: int, height: int) -> tuple[str, str]:
    """A box as two SVG paths, what is filled and what is only outlined: all of it for a lasting
    impact, the lower half for a limited one, stripes for a contested one, a cross at its
    end for a failure, a line at its foot where it is too early to say, nothing where it was not
    assessed."""
    box = f"M{x} {y}h{width}v{height}h{-width}z"
    if style == "lasting":
        return box, ""
    if style == "limited":
        half = height // 2
        return f"M{x} {y + height - half}h{width}v{half}h{-width}z", box
    if style == "contested":
        stripes = range(x, x + width - 1, 4)
        return "".join(f"M{at} {y}h2v{height}h-2z" for at in stripes), ""
    if style == "failed":
        side = min(width, height)
        left = x + width - side
        return "", f"{box}M{left} {y}l{side} {side}M{left + side} {y}l{-side} {side}"
    if style == "too-early":
        return f"M{x} {y + height - 2}h{width}v2h{-width}z", box
    return "", box
