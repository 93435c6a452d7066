"""Notes in the orders of other countries: German colons, surnames in capitals, Chinese brackets."""

import pytest

from manuscripts.parse.linking import link
from manuscripts.parse.manuscript import Line
from manuscripts.parse.notes import read_notes
from manuscripts.parse.outline import PrintedNote


def read(*texts):
    """The citations of each note as “source:place”, a line for each source, and the warnings."""
    printed = [PrintedNote(n, [Line(n, text)]) for n, text in enumerate(texts, 1)]
    notes, doubts = read_notes(printed)
    sources, more = link(notes)
    places = [
        "; ".join(f"{c.source}:{c.locator.value if c.locator else '-'}" for c in note.citations)
        for note in notes
    ]
    return places, [_line(source) for source in sources], [d.code for d in doubts + more]


def _line(source):
    names = "; ".join(n.literal or f"{n.family}, {n.given}".strip(" ,") for n in source.authors)
    imprint = f"{source.publisher_place}: {source.publisher}".strip(" :")
    return (
        f"{source.type} | {names} | {source.title} | {source.container_title} | {imprint} | "
        f"{source.issued}"
    )


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        (
            "Ann Ek: Das Lager. Eine Geschichte. Bozen 1990, S. 31.",
            "book | Ek, Ann | Das Lager. Eine Geschichte |  | Bozen | 1990",
            "S. 31",
        ),
        (
            "Ek, Ann: Das Lager, Bozen: Raetia 1990, S. 31.",
            "book | Ek, Ann | Das Lager |  | Bozen: Raetia | 1990",
            "S. 31",
        ),
        (
            "Ann Ek/Bo Lee: Das Lager, Raetia, Bozen 1990.",
            "book | Ek, Ann; Lee, Bo | Das Lager |  | Bozen: Raetia | 1990",
            "-",
        ),
        (
            "Ann Ek und Bo Lee: Das Lager. 2. Aufl., Bozen 1990, S. 3.",
            "book | Ek, Ann; Lee, Bo | Das Lager |  | Bozen | 1990",
            "S. 3",
        ),
        (
            "Ann Ek: „Am Tisch“. In: Zeitschrift für Frieden 12 (1993), S. 201.",
            "article-journal | Ek, Ann | Am Tisch | Zeitschrift für Frieden |  | 1993",
            "S. 201",
        ),
        (
            "Ann Ek: Am Tisch. In: Bo Lee (Hg.): Frieden machen. Wien 1995, S. 77.",
            "chapter | Ek, Ann | Am Tisch | Frieden machen | Wien | 1995",
            "S. 77",
        ),
        (
            "Ana Paz: Los llanos, Loja, Sol, 2004, p. 3.",
            "book | Paz, Ana | Los llanos |  | Loja: Sol | 2004",
            "3",
        ),
        (
            "Jean Morel, Les montagnes, Genève, 1998, p. 4.",
            "book | Morel, Jean | Les montagnes |  | Genève | 1998",
            "4",
        ),
        (
            "Tomás Arana y Beatriz Solís, Los llanos, Madrid, Sol, 2004, p. 3.",
            "book | Arana, Tomás; Solís, Beatriz | Los llanos |  | Madrid: Sol | 2004",
            "3",
        ),
        (
            "Juan de los Ríos, Los llanos, Madrid, Sol, 2004, p. 3.",
            "book | de los Ríos, Juan | Los llanos |  | Madrid: Sol | 2004",
            "3",
        ),
    ],
)
def test_the_author_may_stand_before_a_colon(text, line, place):
    assert read(text) == ([f"0:{place}"], [line], [])


def test_a_short_form_with_a_colon_is_known_by_its_author():
    full = ("Ann Ek/Bo Lee: Das Lager. Eine Geschichte. Bozen 1990, S. 31.",)
    places, sources, doubts = read(*full, "Ek/Lee: Das Lager, S. 44.", "Ek: Das Lager, S. 45.")
    assert (places, len(sources), doubts) == (["0:S. 31", "0:S. 44", "0:S. 45"], 1, [])


@pytest.mark.parametrize(
    "text",
    [
        "Lee, Ann. The Quartet: A History. Kite, 2004, p. 3.",
        "Ann Lee. The Quartet: A History. (London: Kite, 2004) p.3",
    ],
)
def test_a_colon_in_a_title_divides_no_author(text):
    assert [line.split(" | ")[1:3] for line in read(text)[1]] == [
        ["Lee, Ann", "The Quartet: A History"]
    ]


@pytest.mark.parametrize("name", ["Sierra Leone", "Northern Ireland", "South Sudan"])
def test_a_country_before_a_colon_is_no_author(name):
    _, sources, _ = read(f"{name}: The Road. London 1999, p. 3.")
    assert [line.split(" | ")[1] for line in sources] in ([], [""])


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("DUPONT, Jean, Titre", "Dupont, Jean"),
        ("DUPONT (Jean), Titre", "Dupont, Jean"),
        ("Jean DUPONT, Titre", "Dupont, Jean"),
        ("J.-P. DUPONT, Titre", "Dupont, J.-P."),
        ("DUPONT, J.-P., Titre", "Dupont, J.-P."),
        ("DUPONT-AIGNAN, Anne-Marie, Titre", "Dupont-Aignan, Anne-Marie"),
        ("O’DOWD, Mary, Titre", "O’Dowd, Mary"),
        ("Yves LE GALL, Titre", "Le Gall, Yves"),
        ("VAN DEN BERGHE, Lieve, Titre", "Van Den Berghe, Lieve"),
        ("SALCEDO RUIZ, Luz Dary, Titre", "Salcedo Ruiz, Luz Dary"),
        ("ÉTIENNE, Zoé et Jean DUPONT, Titre", "Étienne, Zoé; Dupont, Jean"),
        ("KANEZA (Odette) et DIOP (Ali), Titre", "Kaneza, Odette; Diop, Ali"),
        ("UNICEF, Mali", "UNICEF"),
        ("UNESCO, Rapport", "UNESCO"),
        ("OTAN, Kosovo", "OTAN"),
    ],
)
def test_surnames_in_capitals_are_set_small(printed, name):
    _, [line], _ = read(f"{printed}, Paris, Seuil, 2002, p. 4.")
    assert line.split(" | ")[1] == name


@pytest.mark.parametrize(
    ("printed", "is_sure"),
    [
        ("Jean DUPONT", True),
        ("DUPONT (Jean)", True),
        ("DUPONT, J.", True),
        ("DUPONT, Jean", False),
        ("Yves LE GALL", False),
        ("Ann MACDONALD", False),
    ],
)
def test_a_name_in_capitals_that_may_be_read_otherwise_is_named(printed, is_sure):
    _, _, doubts = read(f"{printed}, Titre, Paris, Seuil, 2002, p. 4.")
    assert doubts == ([] if is_sure else ["author-from-capitals"])


def test_short_forms_in_capitals_mean_the_same_work():
    places, sources, doubts = read(
        "Yves LE GALL et Zoé D’HARCOURT, « Uranium », in Bruno FABRE (dir.), Sahel, Paris, Phare, "
        "2013, p. 7.",
        "LE GALL et D’HARCOURT, art. cit., p. 38.",
        "LE GALL et D’HARCOURT, « Uranium », p. 39.",
    )
    assert places == ["0:7", "0:38", "0:39"]
    assert sources == [
        "chapter | Le Gall, Yves; D’Harcourt, Zoé | Uranium | Sahel | Paris: Phare | 2013"
    ]
    assert doubts == ["author-from-capitals"]


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        (
            "王明：《和平之路》，北京：和平出版社，2001年，第35页。",
            "book | 王明 | 和平之路 |  | 北京: 和平出版社 | 2001",
            "第35页",
        ),
        (
            "王明，《道路》（北京：和平出版社，2003），页12。",
            "book | 王明 | 道路 |  | 北京: 和平出版社 | 2003",
            "页12",
        ),
        (
            "李华、张伟：〈调解者〉，《国际研究》，第4卷第2期，1999年，第60-71页。",
            "article-journal | 李华; 张伟 | 调解者 | 国际研究 |  | 1999",
            "第60-71页",
        ),
        (
            "佐藤健一『国境の寺』東京：青葉書房、2014年、88頁。",
            "book | 佐藤健一 | 国境の寺 |  | 東京: 青葉書房 | 2014",
            "88頁",
        ),
        (
            "田中花子「停戦の条件」『平和研究』第12号、2003年、15頁。",
            "article-journal | 田中花子 | 停戦の条件 | 平和研究 |  | 2003",
            "15頁",
        ),
        (
            "박지훈, 『국경의 사원』 (서울: 푸른숲, 2015), 120쪽.",
            "book | 박지훈 | 국경의 사원 |  | 서울: 푸른숲 | 2015",
            "120쪽",
        ),
        (
            "赵六：〈村庄〉，载王明主编：《乡村和平》，上海：三联书店，2005年，第9页。",
            "chapter | 赵六 | 村庄 | 乡村和平 | 上海: 三联书店 | 2005",
            "第9页",
        ),
        (
            "钱七：〈停火〉，《人民日报》，1993年5月4日。",
            "article-newspaper | 钱七 | 停火 | 人民日报 |  | 1993-05-04",
            "-",
        ),
        (
            "王明, The Long Road (Beijing: Peace Press, 2001), p. 3.",
            "book | 王明 | The Long Road |  | Beijing: Peace Press | 2001",
            "3",
        ),
        (
            "王明, 和平的道路, 北京: 出版社, 2001, p. 3.",
            "book | 王明 | 和平的道路 |  | 北京: 出版社 | 2001",
            "3",
        ),
        (
            "Wang Ming, 《和平之路》 (北京: 和平出版社, 2001), 35.",
            "book | Ming, Wang | 和平之路 |  | 北京: 和平出版社 | 2001",
            "35",
        ),
    ],
)
def test_titles_stand_in_the_brackets_of_china_japan_and_korea(text, line, place):
    assert read(text) == ([f"0:{place}"], [line], [])


def test_a_full_width_semicolon_divides_and_a_short_title_is_known():
    places, sources, doubts = read(
        "王明：《和平之路》，北京：和平出版社，2001年，第35页；李华：《停火》，上海：三联书店，1999年。",
        "参见王明：《和平之路》，第41页；李华：《停火》，第2页。",
    )
    assert (places, len(sources), doubts) == (["0:第35页; 1:-", "0:第41页; 1:第2页"], 2, [])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("王明：《道路》 [The Road]，北京：和平出版社，2001年，第3页。", "The Road"),
        ("王明：《道路》，北京：和平出版社，2001年，修订版，第3页。", "修订版"),
    ],
)
def test_what_is_not_understood_of_a_chinese_note_is_kept_and_named(text, kept):
    _, [line], doubts = read(text)
    assert doubts == ["reference-part-unread"] and kept not in line
