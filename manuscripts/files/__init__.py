"""Reads files as they come (text in any encoding, Word, HTML, WordPress exports, zips of them) into
articles."""

from .reading import Article, articles, files_at, files_in, is_archive

__all__ = ["Article", "articles", "files_at", "files_in", "is_archive"]
