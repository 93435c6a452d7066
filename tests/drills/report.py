"""What the drills found."""

from dataclasses import dataclass


@dataclass
class Report:
    """Prints each check as it is made, and counts those that failed."""

    failed: int = 0

    def check(self, what: str, holds: bool, figures: str = "") -> None:
        self.failed += not holds
        said = f": {figures}" if figures else ""
        print(f"{'ok    ' if holds else 'FAILED'} {what}{said}", flush=True)

    def tell(self, what: str) -> None:
        print(f"       {what}", flush=True)
