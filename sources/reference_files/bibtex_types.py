"""The entries and fields of BibTeX and BibLaTeX: what each says to us."""

BIBTEX_TYPES = {  # ours: the entry, and an entrysubtype where the entry may be another
    "book": ("book", ""),
    "chapter": ("incollection", ""),
    "article-journal": ("article", ""),
    "article-newspaper": ("article", "newspaper"),
    "article-magazine": ("article", "magazine"),
    "report": ("techreport", ""),
    "thesis": ("phdthesis", ""),
    "paper-conference": ("inproceedings", ""),
    "webpage": ("online", ""),
    "treaty": ("legal", ""),
    "legislation": ("legislation", ""),
    "interview": ("misc", "interview"),
    "broadcast": ("misc", "broadcast"),
    "document": ("misc", ""),
}
SUBTYPES = {subtype: ours for ours, (_entry, subtype) in BIBTEX_TYPES.items() if subtype}
ALIKE = {entry: ours for ours, (entry, subtype) in BIBTEX_TYPES.items() if not subtype} | {
    **dict.fromkeys("mvbook collection mvcollection reference mvreference".split(), "book"),
    **dict.fromkeys("inbook bookinbook suppbook suppcollection inreference".split(), "chapter"),
    **dict.fromkeys("report manual".split(), "report"),
    **dict.fromkeys("thesis mastersthesis masterthesis".split(), "thesis"),
    **dict.fromkeys("electronic www webpage website".split(), "webpage"),
    **{"proceedings": "book", "mvproceedings": "book", "booklet": "book", "misc": "document"},
    **{"conference": "paper-conference", "suppperiodical": "article-journal"},
    **{"unpublished": "document", "newspaper": "article-newspaper"},
}
UNLIKE = {  # the nearest of ours; whoever reads the file is told
    **dict.fromkeys("audio video movie music performance".split(), "broadcast"),
    **{"periodical": "article-journal", "review": "article-journal", "standard": "report"},
    **{"jurisdiction": "legislation", "presentation": "paper-conference"},
}
NO_SOURCES = frozenset(("set", "control", "bibnote", "ieeetranbstctl"))
GENRES = {  # what a type of entry says, and BibLaTeX's own words for types
    **dict.fromkeys(("mathesis", "mastersthesis", "masterthesis"), "Master’s thesis"),
    **{"phdthesis": "PhD thesis", "bathesis": "Bachelor’s thesis"},
    **{"candthesis": "Candidate thesis", "techreport": "Technical report"},
    **{"resreport": "Research report"},
}
SAME_FIELD = {  # other names of a field
    **{"journaltitle": "journal", "location": "address", "eprinttype": "archiveprefix"},
    **{"ee": "url", "annote": "annotation", "key": "sortkey", "pdf": "file"},
}
TEXTS = {  # fields of one meaning
    **{"shorttitle": "title-short", "shortjournal": "container-title-short"},
    **{"shortbooktitle": "container-title-short", "address": "publisher-place"},
    **{"volume": "volume", "edition": "edition", "library": "archive"},
    **{"archivelocation": "archive_location", "callnumber": "call-number"},
    "documentnumber": "number",
}
PUBLISHERS = {
    "thesis": ("school", "institution", "publisher", "organization"),
    "report": ("institution", "publisher", "organization", "school"),
    "": ("publisher", "institution", "organization", "school"),
}
EPRINTS = {  # an archive: addresses of what lies there
    "arxiv": "https://arxiv.org/abs/",
    "jstor": "https://www.jstor.org/stable/",
    "hdl": "https://hdl.handle.net/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
}
UNINTERESTING = frozenset(  # what programs note for themselves
    "file timestamp owner groups date-added date-modified creationdate modificationdate biburl"
    " bibsource __markedentry ranking qualityassured readstatus printed priority sortkey langid"
    " langidopts hyphenation ids options presort primaryclass eprintclass uuid citation-key"
    " entryset execute label abbr bibtex_show".split()
)
UNINTERESTING_PREFIXES = ("bdsk-", "mendeley-", "citeulike-", "opt")
NOT_INHERITED = frozenset(  # by crossref (BibLaTeX's manual, B), nor what is the whole book's alone
    "title subtitle titleaddon shorttitle crossref xref xdata ids entryset entrysubtype execute"
    " label options presort related relatedoptions relatedstring relatedtype shorthand sortkey"
    " sorttitle sortname indextitle indexsorttitle keywords abstract note file timestamp url"
    " urldate otherurls archiveurl doi pages pagetotal eprint archiveprefix".split()
)
