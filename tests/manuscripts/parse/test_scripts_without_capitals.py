"""Authors, titles and short forms in scripts that have no capitals to know a name by."""

import pytest

from manuscripts.parse.manuscript import Name
from manuscripts.parse.name_lists import parse_names
from manuscripts.parse.names import is_uncased, same_family
from tests.manuscripts.parse.test_forms_of_strangers import cited

WORKS = {  # an author, in short, with an initial; another, in short; a title, its beginning
    "Georgian": "ლევან ბერიძე|ბერიძე|ლ. ბერიძე|ნინო კობალია|კობალია|ზღვის ხალხის ამბავი|ზღვის",
    "Arabic": "محمد حسن|حسن|م. حسن|ليلى ناصر|ناصر|الطريق إلى السلام في الجبال|الطريق إلى السلام",
    "Hebrew": "דוד לוי|לוי|ד. לוי|רות כהן|כהן|הדרך הארוכה אל השלום בהרים|הדרך הארוכה",
    "Devanagari": "राम शर्मा|शर्मा|र. शर्मा|सीता जोशी|जोशी|शांति का लंबा रास्ता और पहाड़|शांति का लंबा",
    "Tamil": "ராமன் கண்ணன்|கண்ணன்|ரா. கண்ணன்|சீதா முருகன்|முருகன்|அமைதிக்கான நீண்ட பாதை|அமைதிக்கான",
    "Thai": "สมชาย ใจดี|ใจดี|ส. ใจดี|มาลี สุขใจ|สุขใจ|เส้นทางสู่สันติภาพ|เส้นทาง",
    "Burmese": "အောင် မင်း|မင်း|အ. မင်း|ခင် လှ|လှ|ငြိမ်းချမ်းရေး လမ်း ရှည်|ငြိမ်းချမ်းရေး",
    "Ethiopic": "ተስፋዬ አበበ|አበበ|ተ. አበበ|አልማዝ በቀለ|በቀለ|ረጅሙ የሰላም መንገድ በተራሮች ላይ|ረጅሙ የሰላም",
    "Chinese": "王明|王|王明|李华|李|漫长的和平之路|漫长的和平",
    "Japanese": "山田 太郎|山田|山田 太郎|鈴木花子|鈴木|平和への長い道|平和への",
    "Korean": "김 민수|김|김 민수|박지영|박|평화로 가는 먼 길|평화로 가는",
}
IMPRINT = "(Oslo: Fjell, 2009)"


@pytest.mark.parametrize("script", WORKS)
def test_an_author_stands_before_a_full_stop_and_is_named_in_short(script):
    author, family, initial, other, others, title, short = WORKS[script].split("|")
    book = f"book | {author} | {title} | 2009"
    forms = [
        f"{family}. {short}. p.3",
        f"See {family}, p.4",
        "Ibid. p.5",
        f"{family}, op. cit., p. 6",
    ]
    places = ["0:2", "0:3", "0:4", "0:5", "0:6"]
    assert cited(f"{author}. {title}. {IMPRINT} p.2", *forms) == (places, [book])
    by_initial = cited(f"{initial}. {title}. {IMPRINT} p.2", f"{family}. {short}. p.3")
    assert by_initial == (["0:2", "0:3"], [f"book | {initial} | {title} | 2009"])
    both = cited(
        f"{author} & {other}. {title}. {IMPRINT} p.2", f"{family} and {others}. {short}. p.3"
    )
    assert both == (["0:2", "0:3"], [f"book | {author}, {other} | {title} | 2009"])
    two = cited(f"Ann Lee. Mud. {IMPRINT} p.2. See also {author}. {title}. {IMPRINT} p.3")
    assert two == (["0:2; 1:3"], ["book | Ann Lee | Mud | 2009", book])


@pytest.mark.parametrize("script", WORKS)
def test_chapters_and_articles_have_such_authors(script):
    author, family, _, other, others, title, short = WORKS[script].split("|")
    chapter = f"{author}. “{title}.” in {other}. {short}. {IMPRINT} p.2"
    places, sources = cited(chapter, f"{family}. “{short}.” p.3", f"{others}. {short}. p.4")
    assert (places, sources[0]) == (["0:2", "0:3", "1:4"], f"chapter | {author} | {title} | 2009")
    assert sources[1:] == [f"book | {other} | {short} | 2009"]
    article = f"{author}. “{title}.” Peace Notes, Vol. 2, No. 3. (2009) pp.2-3"
    assert cited(article, f"{family}. “{short}.” p.3")[0] == ["0:2-3", "0:3"]


@pytest.mark.parametrize(
    ("note", "author", "title"),
    [
        ("王明。漫长的和平之路。(北京: 三联, 2009) p.2", "王明", "漫长的和平之路"),
        ("ተስፋዬ አበበ። ረጅሙ የሰላም መንገድ። (Oslo: Fjell, 2009) p.2", "ተስፋዬ አበበ", "ረጅሙ የሰላም መንገድ"),
        ("राम शर्मा। शांति का रास्ता। (Oslo: Fjell, 2009) p.2", "राम शर्मा", "शांति का रास्ता"),
        ("علی خان۔ امن کا راستہ۔ (Oslo: Fjell, 2009) p.2", "علی خان", "امن کا راستہ"),
        ("ბერიძე, ლ. (2009) ზღვის ამბავი. Oslo: Fjell, p. 2.", "ლ ბერიძე", "ზღვის ამბავი"),
        ("ბერიძე, ლევან. ზღვის ამბავი. Fjell, 2009, p. 2.", "ლევან ბერიძე", "ზღვის ამბავი"),
        ("ლევან ბერიძე, ზღვის ამბავი (Oslo: Fjell, 2009), 2.", "ლევან ბერიძე", "ზღვის ამბავი"),
    ],
)
def test_other_stops_and_forms_divide_them_too(note, author, title):
    assert cited(note) == (["0:2"], [f"book | {author} | {title} | 2009"])


@pytest.mark.parametrize("script", ["Georgian", "Arabic", "Hebrew", "Devanagari", "Ethiopic"])
def test_what_is_too_long_for_a_name_stays_in_the_title(script):
    title = WORKS[script].split("|")[-2]
    _, [source] = cited(f"{title} {title}. {title}. {IMPRINT} p.2")
    assert source == f"book |  | {title} {title}. {title} | 2009"


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("ლევან ბერიძე და ნინო კობალია", ["ლევან ბერიძე", "ნინო კობალია"]),
        ("محمد حسن و ليلى ناصر", ["محمد حسن", "ليلى ناصر"]),
        ("राम शर्मा और सीता जोशी", ["राम शर्मा", "सीता जोशी"]),
        ("王明 和 李华", ["王明", "李华"]),
    ],
)
def test_their_own_words_for_and_join_two(printed, names):
    assert [str(name) for name in parse_names(printed)[0]] == names


def test_names_with_other_vowels_are_other_names():
    one, other = (parse_names(name, short=True)[0][0] for name in ("कमला", "कमली"))
    assert not same_family(one, other)
    assert not same_family(Name(literal="UN"), Name(family="王明"))
    assert not same_family(Name(family="李", given="明"), Name(family="李华"))
    assert is_uncased("ბერიძე 2009")
    assert not is_uncased("Lee")
