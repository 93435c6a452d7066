"""The tags and types of RIS: what each says, in our files and in those of other programs."""

from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

RIS_TYPES = {  # ours: that of RIS, one for each
    **{"book": "BOOK", "chapter": "CHAP", "article-journal": "JOUR", "article-newspaper": "NEWS"},
    **{"article-magazine": "MGZN", "report": "RPRT", "webpage": "ELEC", "treaty": "LEGAL"},
    **{"thesis": "THES", "paper-conference": "CPAPER", "legislation": "STAT"},
    **{"interview": "PCOMM", "broadcast": "VIDEO", "document": "GEN"},
}
ALIKE = {ris: ours for ours, ris in RIS_TYPES.items()} | {
    **{"CONF": "paper-conference", "EJOUR": "article-journal", "EBOOK": "book", "EDBOOK": "book"},
    **{"ECHAP": "chapter", "WEB": "webpage", "BLOG": "webpage", "GOVDOC": "report"},
    **{"CHAPTER": "chapter", "MANSCPT": "document", "UNPB": "document", "UNPD": "document"},
}
UNLIKE = {  # the nearest of ours; whoever reads the file is told
    **{"JFULL": "article-journal", "ABST": "article-journal", "INPR": "article-journal"},
    **{"DICT": "chapter", "ENCYC": "chapter", "SER": "book", "CLSWK": "book", "ANCIENT": "book"},
    **{
        "PAMP": "book",
        "CTLG": "book",
        "MUSIC": "book",
        "HEAR": "legislation",
        "BILL": "legislation",
    },
    **{"UNBILL": "legislation", "CASE": "legislation", "STAND": "report", "GRANT": "report"},
    **{"ICOMM": "document", "SOUND": "broadcast", "MPCT": "broadcast", "ADVS": "broadcast"},
    **{"MULTI": "broadcast", "SLIDE": "paper-conference"},
}
# Of these T2 says the series, the department or nothing; what they are in stands under JF.
OF_NO_CONTAINER = frozenset(("book", "report", "thesis"))

MAPPING = TAG_KEY_MAPPING | {"ED": "editors", "AV": "location_in_archives"}
LIST_TAGS = [*LIST_TYPE_TAGS, "ED"]
KNOWN_TAGS = frozenset(MAPPING) - {"UK"} | frozenset(
    "BT CP CR CT J1 JW L3 LK LL LN PP RD RT SI SV T4 U1 U2 U3 U4 U5 VO WP WT WV YR".split()
)
TEXTS = {  # tags of one meaning
    **{"ST": "title-short", "PB": "publisher", "VL": "volume", "VO": "volume", "IS": "issue"},
    **{"CP": "issue", "CY": "publisher-place", "PP": "publisher-place", "ET": "edition"},
    **{"J2": "container-title-short", "CN": "call-number"},
}
TITLES = ("TI", "T1", "CT")
CONTAINERS = ("C3", "T2", "JF", "JO", "BT", "JA", "J1")  # the first that there is
