"""What an import keeps: its articles in the order they came, and what it was not sure of."""

from .batches import ImportBatch, ImportedArticle
from .points import ImportPoint

__all__ = ["ImportBatch", "ImportPoint", "ImportedArticle"]
