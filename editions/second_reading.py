"""What an edition says that nobody but its publisher has read: words in its change note, so that
they stand in the record and its digest as any other, and no format has to change."""

_WORDS = "Published without a second reading: "  # fixed and not translated: it is read back


def stated(change_note: str, reason: str) -> str:
    """The change note with the reason as its last paragraph."""
    said = _WORDS + " ".join(reason.split())
    return f"{change_note.strip()}\n\n{said}" if change_note.strip() else said


def reason_in(change_note: str) -> str:
    """Why nobody else has read the edition of that change note; blank where somebody has."""
    last = change_note.rpartition("\n")[2]
    return last.removeprefix(_WORDS) if last.startswith(_WORDS) else ""
