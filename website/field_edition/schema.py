"""The schema of the SQLite file: each text is stored once, and views put together what is asked.

What belongs to a case is stored under the number of the case, in a table whose name begins with
`stored_`; the view of the rest of that name has the case's name and the number of its edition.
"""

import re

from website.exports.codebook import COLUMNS
from website.exports.tidy_tables import tables

CASE = "case_slug"  # "case" is a word of SQL
_CONSTRAINTS = {  # behind the columns of the tables that are stored as they are
    "cases": f"id INTEGER PRIMARY KEY, UNIQUE ({CASE})",
    "sources": "id INTEGER PRIMARY KEY",
    "organisations": "PRIMARY KEY (slug)",
    "notices": "PRIMARY KEY (reference)",
}
_OF_OTHERS = re.compile(  # columns of cases whose values are rows of a table
    "(agreement|casualties|event|external_id|organisation_|parties|party|place)"
)
CASES = [column for column in COLUMNS if not _OF_OTHERS.match(column.name)]

# A note is stored in parts, one for each work that it cites: what stands before the title of the
# source, before its address, and the rest. Where it has not the one, before_title or
# before_address is NULL. The index keeps notes and parts in order.
_OURS = """
CREATE TABLE README (line INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE codebook ("table" TEXT, "column" TEXT, explanation TEXT);
CREATE TABLE ended (title TEXT, kind TEXT, day TEXT, why TEXT, address TEXT);

CREATE TABLE stored_editions (id INTEGER PRIMARY KEY REFERENCES cases, citation TEXT, text TEXT);
CREATE VIEW editions AS SELECT cases.id, case_slug, edition, citation, text
  FROM stored_editions JOIN cases ON cases.id = stored_editions.id;

CREATE TABLE stored_notes (case_id INTEGER REFERENCES cases, note INTEGER NOT NULL,
  source_id INTEGER REFERENCES sources, locator, label, accessed, passage,
  before_title TEXT, before_address TEXT, rest TEXT NOT NULL);
CREATE INDEX stored_notes_in_order ON stored_notes (case_id, note);
CREATE VIEW citations AS
  SELECT case_slug, cases.edition, note, sources.key AS source, locator, label,
    stored_notes.accessed, passage
  FROM stored_notes JOIN cases ON cases.id = case_id JOIN sources ON sources.id = source_id;
CREATE VIEW note_parts AS
  SELECT case_id, note, coalesce(before_title || title, '') ||
    coalesce(before_address || address, '') || rest AS text
  FROM stored_notes LEFT JOIN sources ON sources.id = source_id;
CREATE VIEW notes AS SELECT case_slug, note, group_concat(text, '') AS text
  FROM note_parts JOIN cases ON cases.id = case_id GROUP BY case_id, note;

CREATE VIEW searched AS SELECT cases.id, title, standfirst,
  coalesce(location, '') || ' ' || coalesce(country_names, '') || ' ' ||
  coalesce(conflict_label, '') || ' ' || coalesce(conflict_type_labels, '') || ' ' ||
  coalesce(initiative_type_labels, '') || ' ' || coalesce(organisations, '') || ' ' ||
  coalesce((SELECT group_concat(name, ' ') FROM (SELECT name FROM stored_parties
    WHERE case_id = cases.id ORDER BY rowid)), '') || ' ' ||
  coalesce((SELECT group_concat(line, ' ') FROM (SELECT line FROM stored_events
    WHERE case_id = cases.id ORDER BY rowid)), '') AS facts,
  text,
  (SELECT group_concat(text, ' ') FROM (SELECT group_concat(text, '') AS text
    FROM note_parts WHERE case_id = cases.id GROUP BY note)) AS notes
FROM cases JOIN stored_editions ON stored_editions.id = cases.id;
CREATE VIRTUAL TABLE search USING fts5 (title, standfirst, facts, text, notes,
  content='searched', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
"""


def schema() -> str:
    """All tables and views. Columns of the tidy tables have no type, so that numbers stay numbers
    and texts texts."""
    made = [_table(name, columns) for name, columns in heads().items() if name != "citations"]
    return "\n".join([*made, _OURS])


def heads() -> dict[str, list[str]]:
    """The columns of the tidy tables, by table."""
    named = {name: [column for column, _what in columns] for name, columns in tables().items()}
    named["cases"] = [column.name for column in CASES]
    return {
        name: [CASE if column == "case" else column for column in columns]
        for name, columns in named.items()
    }


def _table(name: str, columns: list[str]) -> str:
    first, *others = [f'"{column}"' for column in columns]
    if name in _CONSTRAINTS:
        return f"CREATE TABLE {name} ({', '.join([first, *others, _CONSTRAINTS[name]])});"
    own = others[1:]  # the second is the number of the edition
    stored = ", ".join(["case_id INTEGER REFERENCES cases", *own])
    shown = ", ".join(f"stored_{name}.{column}" for column in own)
    joined = f"FROM stored_{name} JOIN cases ON cases.id = case_id"
    return f"""
CREATE TABLE stored_{name} ({stored});
CREATE VIEW {name} AS SELECT {first}, cases.edition, {shown} {joined};"""
