"""Asks an address on the web whether it is still there, and what it says; knows no edition.

`checker.Checker` asks one, `archives.Archive` knows of copies, `passages.look_for` looks for words.
"""
