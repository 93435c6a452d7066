"""Reads files as they come (text in any encoding, Word, HTML, WordPress exports) into articles."""

from .reading import Article, articles, read

__all__ = ["Article", "articles", "read"]
