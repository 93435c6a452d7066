"""Reads imprints without brackets: “. London: Zed, 2005”, “, Paris, Seuil, 2002”, “, Suhrkamp,
Frankfurt 2003”, as Spanish, French, Italian and German books are cited."""

import re

from .. import months
from ..manuscript import Reference
from ..note_patterns import is_name
from .authorship import EDITORS, add_note, is_edited

_CAPITAL = r"(?-i:[^\W\d_a-zà-öø-ÿ])"
TOWN = (
    rf"(?:’[st]-)?{_CAPITAL}[\w’.-]+(?:[ /](?:(?:am|an der|de|de la|del|della|di|do|la|los|en) )?"
    rf"{_CAPITAL}[\w’.-]+){{0,3}}"
)  # San José de Costa Rica, Frankfurt am Main, Paris/Dakar
HOUSES_HERE = (
    r"(?:Abidjan|Accra|Addis Ababa|Amsterdam|Ankara|Asunción|Athens|Baltimore|Bangkok|Barcelona"
    r"|Basel|Basingstoke|Beirut|Belgrade|Berkeley|Berlin|Bern|Bogotá|Bologna|Bonn|Boston"
    r"|Boulder|Brasília|Bruxelles|Brussels|Buenos Aires|Cairo|Cambridge|Cape Town|Caracas"
    r"|Chicago|Ciudad de México|Colombo|Copenhagen|Dakar|Delhi|Den Haag|Dordrecht|Dublin"
    r"|Edinburgh|Firenze|Frankfurt (?:am Main|a\. ?M\.)|Geneva|Genève|Göttingen|Hamburg"
    r"|Harmondsworth|Hong Kong|Ibadan|Islamabad|Istanbul|İstanbul|Ithaca|Jakarta|Jerusalem"
    r"|Johannesburg|Kampala|Karachi|Köln|La Paz|Lagos|Leiden|Leipzig|Lima|Lisboa|Lisbon|London"
    r"|Londres|Los Angeles|Madrid|Manchester|Manila|México|México D\.? ?F\.?|Milano?"
    r"|Minneapolis|Montevideo|Montréal|Moscow|Mumbai|München|Nairobi|Napoli|New Brunswick"
    r"|New Delhi|New Haven|New York|Oslo|Ottawa|Oxford|Paris|Philadelphia|Pretoria|Princeton"
    r"|Providence|Quito|Rio de Janeiro|Roma|Rome|San José(?: de Costa Rica)?|San Salvador"
    r"|Santiago(?: de Chile)?|São Paulo|Seoul|Stanford|Stockholm|Stuttgart|Sydney|Tel Aviv"
    r"|Tokyo|Torino|Toronto|Tübingen|Uppsala|Vienna|Warsaw|Washington|Wien|Zagreb|Zürich)"
)  # towns of many houses, which are no words of a title
REGION = (
    r"(?:[A-Z]{2,3}|(?:[A-Z]\. ?){2,3}|(?:Cal|Calif|Colo|Conn|Del|Fla|Ill|Ind|Mass|Md|Me|Mich|Minn"
    r"|Mo|Ont|Pa|Que|Tex|Va|Wash|Wis)\b\.?|Algeria|Argentina|Australia|Austria|Bangladesh|Belgium"
    r"|Bolivia|Bosnia and Herzegovina|Botswana|Brasil|Brazil|Burundi|California|Cameroon|Canada"
    r"|Chile|China|Colombia|Connecticut|Costa Rica|Côte d’Ivoire|Croatia|Cyprus|Denmark|Deutschland"
    r"|Ecuador|Egypt|El Salvador|England|España|Ethiopia|Finland|France|Georgia|Germany|Ghana"
    r"|Greece|Haiti|Honduras|Hungary|India|Indonesia|Iraq|Ireland|Israel|Italia|Italy|Jamaica|Japan"
    r"|Jordan|Kenya|Kosovo|Lebanon|Liberia|Malawi|Malaysia|Mali|Massachusetts|Mexico|México|Morocco"
    r"|Mozambique|Namibia|Nepal|Netherlands|New Jersey|New Zealand|Nicaragua|Nigeria|Norway"
    r"|Pakistan|Paraguay|Perú|Peru|Philippines|Poland|Portugal|Romania|Russia|Rwanda|Scotland"
    r"|Senegal|Serbia|Sierra Leone|Slovenia|Somalia|South Africa|Spain|Sri Lanka|Sudan|Suisse"
    r"|Sweden|Switzerland|Tanzania|Thailand|the Netherlands|Tunisia|Turkey|Uganda|UK|Ukraine"
    r"|Uruguay|USA|Venezuela|Vermont|Virginia|Wales|Zambia|Zimbabwe)"
)  # what a town is followed by, and no title
_COUNTRIES_TOO = (
    r"(?:Afghanistan|Angola|Benin|Bénin|Bosnia|Bosnie|Burkina Faso|Burma|Cambodge|Cambodia|Cameroun"
    r"|Centrafrique|Central Africa|Chad|Colombie|Congo|Darfou?r|Dominican Republic|East Timor"
    r"|Equatorial Guinea|Eritrea|Éthiopie|Gabon|Gambia|Guinea|Guinée|Irak|Iran|Ivory Coast|Kosovo"
    r"|Kyrgyzstan|Liban|Libya|Libye|Macedonia|Madagascar|Mali|Mauritania|Moldova|Myanmar|Niger"
    r"|Nigéria|North Korea|North Macedonia|Northern Ireland|Ouganda|Palestine|Papua New Guinea"
    r"|Saudi Arabia|Sénégal|Solomon Islands|Somalie|Somaliland|Soudan|South Sudan|South Korea|Syria"
    r"|Syrie|Tajikistan|Tchad|Timor(?:-Leste)?|Togo|Western Sahara|Yemen|Yémen)"
)
_PAIR = rf"{HOUSES_HERE}(?: ?[/–-] ?| (?:and|&|et|y|e|und) |, ){HOUSES_HERE}"
_PLACE = re.compile(rf"(?:,|\.(?= {HOUSES_HERE}))\s+(?P<place>{_PAIR}|{TOWN}(?:,\s+{REGION})?)\Z")
_LOOSE_IMPRINT = re.compile(
    r"(?:[.,]\s+)(?:(?P<place>[^\W\d_][^.:,\d]{1,40}(?:,\s(?:[A-Z.]{2,5}|[A-Z][a-z]{1,3}\.?))?):\s*)?(?P<publisher>[^.:,\d“”«»\"][^.:,\d“”«»\"]{1,90})"
    r"(?:(?(place),?|,)\s+(?P<year>1[5-9]\d\d|20\d\d))?[.,]?\Z"
)
_HOUSE_IN_TOWN = re.compile(
    rf"[.,]\s+(?P<publisher>(?!{months.ANY}\b)[^\W\d][\w’&-]*(?: [\w’&-]+){{0,2}}),\s+"
    rf"(?P<place>(?!(?:{months.ANY}|spring|summer|autumn|fall|winter)\b){TOWN})\s+"
    r"(?P<year>1[5-9]\d\d|20\d\d)[.,]?\Z",
    re.I,
)  # “, Suhrkamp, Frankfurt am Main 2003”, as German and Italian books are cited
_TOWN_ALONE = re.compile(
    rf"[.,]\s+(?P<place>{_PAIR}|{HOUSES_HERE}),?\s+(?P<year>1[5-9]\d\d|20\d\d)\Z"
)  # “, Berlin 2003”
_TOWN_AND_HOUSE = re.compile(
    rf"[.,]\s+(?P<place>(?:{_PAIR}|{HOUSES_HERE})(?:,\s+{REGION})?),\s+"
    r"(?P<publisher>[^.:,\d“”«»\"]{2,90})\Z"
)  # “, London, Zed”, where Harvard has the year in front
_SERIES = re.compile(
    r",\s+\(?(?P<series>(?:coll(?:ection|\.)|col(?:ección|\.)|collana)\s+[«“\"][^«»“”\"]{2,80}[»”\"])\)?(?=,\s)",
    re.I,
)
_NO_HOUSE = re.compile(
    r"\b(?:conference|congress|meeting|workshop|seminar|summit|session|talks|lecture|speech"
    r"|statement|paper|report|of|on|for|at)\b",
    re.I,
)


def is_place(name: str) -> bool:
    """Whether a name is that of a country or of a town of many houses, and of no author."""
    return bool(re.fullmatch(rf"{HOUSES_HERE}|{REGION}|{_COUNTRIES_TOO}", name))


def without_imprint(source: Reference, text: str) -> str:
    """A text without the imprint that it ends with outside brackets: “. London: Zed, 2005”,
    “, Zed, 2005” or “, Zed, London 2005”; place, publisher and year go into the source."""
    found = _HOUSE_IN_TOWN.search(text)
    if found is None or _NO_HOUSE.search(found["publisher"]):
        found = _LOOSE_IMPRINT.search(text)
    if found is None or not (found["place"] or found["year"]) or is_name(text):
        return text
    source.publisher_place = (found["place"] or "").strip()
    source.publisher = found["publisher"].strip(" .")
    if not source.publisher_place and re.fullmatch(rf"{_PAIR}|{HOUSES_HERE}", source.publisher):
        source.publisher_place, source.publisher = source.publisher, ""  # “, Genève, 1998”
    source.issued = source.issued or found["year"] or ""
    return text[: found.start()]


def book_without_imprint(source: Reference, book: str) -> str:
    """The book of a chapter, with its editors, without imprint, series and place: “A (ed.), Title,
    London, Zed, 2005”, “Title, ed. by A, London, Zed, 2005”, “A (Hg.), Title, Berlin 2005”."""
    if series := _SERIES.search(book):
        add_note(source, f"Printed with its series: {series['series']}.")
        book = book[: series.start()] + book[series.end() :]
    editors, printed = _after_editors(book)
    title = without_imprint(source, printed)
    if title == printed and (alone := _TOWN_ALONE.search(printed)):
        source.publisher_place, source.issued = alone["place"], source.issued or alone["year"]
        title = printed[: alone.start()]
    elif title == printed and (house := _TOWN_AND_HOUSE.search(printed)):
        source.publisher_place, source.publisher = house["place"], house["publisher"]
        title = printed[: house.start()]
    elif title != printed and not source.publisher_place and printed[len(title)] == ",":
        title = without_place(source, title, with_names=not editors)
    return editors + title


def _after_editors(book: str) -> tuple[str, str]:
    """The editors in front of a title, with “(eds.),”, and the words after them."""
    at = max((roles.end() for roles in EDITORS.finditer(book)), default=0)
    return book[:at], book[at:]


def without_place(source: Reference, title: str, *, with_names: bool = False) -> str:
    """A title without the place that stands before the publisher, as the French print it: “Title,
    Paris, Seuil, 2002”. Where it stands with names, what may as well be one of them or the title
    itself stays, and is named, but for the towns of many houses."""
    found = _PLACE.search(title)
    if found is None or not found.start():
        return title
    name, place = title[: found.start()], found["place"]
    if not re.match(rf"{HOUSES_HERE}(?:[,/ -]|\Z)", place) and ", " not in place:
        is_one = is_name(name) and "," not in name
        may_be_editor = with_names and (is_one or is_edited(title))
        if may_be_editor or " and " in name or re.fullmatch(REGION, place):
            if with_names:
                add_note(source, f"Perhaps the place where it was published: {place}.")
            return title
    source.publisher_place = place
    return name
