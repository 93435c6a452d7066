"""The field edition: the whole collection as an EPUB and as one SQLite file, to read offline.

`write_epub`, `write_sqlite` and `write_packed_sqlite` write what is in print when they are called;
`contents` says what that is. The same state and day give the same bytes (docs/adr/0025).
"""

from .database import write_sqlite
from .epub import write_epub
from .packed import write_packed_sqlite

__all__ = ["write_epub", "write_packed_sqlite", "write_sqlite"]
