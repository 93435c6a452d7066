"""Our types, and the types and fields of other programs' CSL-JSON."""

TYPES = (
    *("book", "chapter", "article-journal", "article-newspaper", "article-magazine", "report"),
    *("webpage", "treaty", "thesis", "paper-conference", "legislation", "interview", "broadcast"),
    "document",
)
ALIKE = {  # other names of ours: Crossref's, CSL's more general and more special ones
    **{"journal-article": "article-journal", "article": "article-journal", "monograph": "book"},
    **{
        "book-chapter": "chapter",
        "dissertation": "thesis",
        "newspaper-article": "article-newspaper",
    },
    **{"proceedings-article": "paper-conference", "edited-book": "book", "": "document"},
}
UNLIKE = {  # the nearest of ours; whoever reads the file is told
    **{"entry": "chapter", "entry-dictionary": "chapter", "entry-encyclopedia": "chapter"},
    **{"post-weblog": "webpage", "post": "webpage", "legal_case": "legislation"},
    **{"bill": "legislation", "regulation": "legislation", "hearing": "legislation"},
    **{"standard": "report", "posted-content": "article-journal", "review": "article-journal"},
    **{"review-book": "article-journal", "reference-entry": "chapter", "reference-book": "book"},
    **{"book-section": "chapter", "book-part": "chapter", "proceedings": "book"},
    **{"collection": "document", "periodical": "article-journal", "classic": "book"},
    **{"pamphlet": "book", "motion_picture": "broadcast", "song": "broadcast"},
    **{"performance": "broadcast", "speech": "paper-conference", "event": "paper-conference"},
}
UNINTERESTING = frozenset(  # what databases note about themselves
    "indexed reference-count references-count content-domain created deposited score resource"
    " issn-type isbn-type is-referenced-by-count member prefix reference relation source schema"
    " published-print published-online published journal-issue link license update-policy assertion"
    " alternative-id funder categories copyright citation-label system_id _id parse-names"
    " original-title short-title update-to article-number".split()
)
