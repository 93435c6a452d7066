"""What readers take home: one edition, or all that was found in the catalogue.

`formats` lists them. What was found is an `ExportSet`, read from the records while it is written;
`fact_columns` and `codebook` list what a table says of each edition.
"""

from .formats import EDITION_FORMATS, FORMATS, RESULT_FORMATS, Format

__all__ = ["EDITION_FORMATS", "FORMATS", "RESULT_FORMATS", "Format"]
