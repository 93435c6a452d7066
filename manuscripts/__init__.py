"""Imports manuscripts: text → structure → our records that it refers to → a draft case.

manuscript = read(decode(data), "tajikistan.txt")       # parse: pure; raises Refused
resolved = resolve(manuscript, Directory.load())         # resolve: reads, stores nothing
report(resolved)                                         # the report, JSON-ready
store(resolved, by=user, reason="Imported from …")       # the draft, in one revision
"""
