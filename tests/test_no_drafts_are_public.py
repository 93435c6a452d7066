"""No draft is public: a word is planted in drafts of every kind and looked for everywhere."""

import gzip
import html
import io
import itertools
import re
import zipfile
from datetime import timedelta
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from cases import services as cases
from cases.models import Case, Conflict
from corrections import limits
from corrections import services as corrections
from corrections.models import Correction, Notice
from editions import services as editions
from editions.passages import Passage
from organisations.models import Organisation
from organisations.services import merge
from reviews import checklist, comments
from reviews.links import end_link, make_link
from reviews.models import ChecklistItem, DraftLink
from sources.models import Contributor, Source
from tests.factories import make_case, make_edition, make_organisation, make_source, make_user
from tests.factories import publish_case as publish
from tests.manuscripts.articles import make_article
from website.exports import EDITION_FORMATS, RESULT_FORMATS
from website.exports.references import REFERENCE_FORMATS
from website.views.sitemaps import SITEMAPS
from website.views.vocabularies import VOCABULARIES

WORD = "zqxplant"  # it stands in what is not public, and nowhere else
NONSENSE = "zqxnever"  # it stands nowhere; as long as the word
ACCEPTED = ({}, {"Accept": "text/html"}, {"Accept": "application/json", "Accept-Encoding": "gzip"})


def words(model: type[models.Model], *skipped: str) -> dict[str, str]:
    """The word for every field of text that `model` has, also those to come."""
    return {
        field.name: f"{WORD} in {field.name}"[: field.max_length]
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in skipped
    }


@pytest.fixture
def planted(db, tmp_path, capsys):
    """Everything that is not public, beside a public case with two editions and a notice."""
    names = {"first_name": WORD, "last_name": WORD, "email": f"{WORD}@example.org"}
    edith = make_user("edith", is_staff=True, **names)
    maud = make_user("maud", is_staff=True, **names)
    body, source = make_organisation("Public body"), make_source("public2001", note=WORD)
    hidden = plant_organisations(body, edith)
    plant_source()
    draft = words(Case, "slug", "stage_reason", "import_digest")
    draft |= {
        "body": f"{WORD} in text.[@secret2001, p. 1]",
        "orcids": f"{WORD} 0000-0002-1825-0097",
        "first_published_address": f"https://{WORD}.example/once/",
        "external_ids": [{"scheme": "other", "value": WORD}],
        "parties": [{"role": "mediator", "name": WORD}, {"role": "funder", "organisation": hidden}],
        "casualties": [{"counted": "killed", "best": 1, "citation": WORD}],
        "events": [{"date": "1997", "line": WORD}],
        "places": [{"name": WORD, "latitude": 1, "longitude": 1, "precision": "town"}],
    }
    draft |= {"organisations": [hidden, body]}
    draft["conflict"] = Conflict.objects.create(slug=WORD, **words(Conflict, "slug"))

    stood = [{"address": f"https://old.example/{WORD}-once/"}, {"address": "/?p=7"}]
    never = make_case(slug="secret", old_addresses=stood, **draft)
    waiting = make_case(slug="secret-in-review", **draft)
    cases.submit(waiting, by=edith, reason=WORD)
    back = cases.submit(make_case(slug="secret-sent-back", **draft), by=edith, reason=WORD)
    editions.request_changes(back, by=maud, reason=WORD)

    first = make_edition(slug="was-public", organisations=[body], source=source)
    mended = plant_corrections(first, maud)
    changed = cases.change_case(
        reread(first), by=edith, reason=WORD, standfirst="As mended.", related=[never, waiting]
    )
    second = publish(changed, kind="correction", change_note="A slip mended.")
    corrections.mend([mended], edition=second, by=maud)
    editions.rename(reread(first), "public", by=maud, reason=WORD)
    cases.change_case(reread(first), by=edith, reason=WORD, **draft)

    gone = make_edition(slug="withdrawn", organisations=[body], source=source)
    cases.change_case(reread(gone), by=edith, reason=WORD, **draft)
    editions.withdraw(reread(gone), by=maud, reason="It rested on a forgery.")

    plant_reviews(waiting, maud)
    manuscript = tmp_path / f"{WORD}.txt"
    manuscript.write_text(make_article(title=f"Ending the {WORD} war").replace("Ann", WORD))
    call_command("import_manuscripts", str(manuscript))
    capsys.readouterr()


def reread(edition):
    return Case.objects.get(pk=edition.case_id)


def plant_organisations(body: Organisation, editor) -> Organisation:
    """A secret organisation in every relation to a public one; and one merged into it."""
    hidden, part, gone = (make_organisation(name) for name in ("Secret", "Part", "Gone"))
    merge(gone, hidden, by=editor, reason=WORD)
    text = words(Organisation, "slug", "name")
    for row in (hidden, part):
        named = {"name": f"{WORD} {row.pk}", "parent": body, "successor": body}
        Organisation.objects.filter(pk=row.pk).update(**text, **named)
    Organisation.objects.filter(pk=body.pk).update(parent=hidden, successor=hidden)
    Organisation.objects.filter(pk=hidden.pk).update(slug=WORD)
    return Organisation.objects.get(pk=hidden.pk)


def plant_source() -> None:
    hidden = make_source("secret2001", authors=[(WORD, WORD)], editors=[(WORD, WORD)])
    text = words(Source, "key", "issued", "original_date", "symbol")
    addresses = ("url", "archive_url", "other_addresses")
    text |= {name: f"https://{WORD}.example/{name}" for name in addresses}
    Source.objects.filter(pk=hidden.pk).update(**text)
    Contributor.objects.create(source=hidden, literal=WORD, position=9)


def plant_corrections(edition, moderator) -> Correction:
    """One in each state; returns an accepted one, whose notice may be published."""
    said = dict.fromkeys(("message", "passage", "suggestion", "evidence", "name"), WORD)

    def sent(**over):
        return corrections.send(edition, **said, email=f"{WORD}@example.org", **over)[0]

    sent()
    corrections.take(sent(), by=moderator)
    corrections.accept(sent(), by=moderator, reason=WORD, before=WORD, after=WORD, why=WORD)
    corrections.decline(sent(), by=moderator, reason=WORD)
    corrections.mark_spam(sent(), by=moderator, reason=WORD)
    corrections.answer(sent(kind="comment"), by=moderator, reason=WORD)
    corrections.undo(
        corrections.decline(sent(credit_wanted=True), by=moderator, reason=WORD),
        by=moderator,
        reason=WORD,
    )
    notice = {"before": "A slip.", "after": "No slip.", "why": "It was one."}
    return corrections.accept(sent(), by=moderator, reason=WORD, **notice)


def plant_reviews(waiting: Case, moderator) -> None:
    """What is said of cases while they are reviewed; and links to a draft, one of them ended."""
    waiting.refresh_from_db()
    about = Passage("p1", f"{WORD} in text.")
    for case in (waiting, Case.objects.get(slug="public")):
        comments.comment(case, by=moderator, text=WORD, about=about)
        comments.comment(case, by=moderator, text=WORD)
    item = ChecklistItem.objects.create(text=WORD)
    checklist.tick(waiting, [item], by=moderator)
    in_a_day = timezone.now() + timedelta(days=1)
    make_link(waiting, by=moderator, for_whom=WORD, ends_at=in_a_day)
    ended, _token = make_link(waiting, by=moderator, for_whom=WORD, ends_at=in_a_day)
    end_link(ended, by=moderator)


def patterns(resolver=None):
    """Every public address pattern of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        elif entry.app_name != "admin":
            yield from patterns(entry)


def known() -> dict[str, dict[str, list] | list]:
    """What stands in addresses, by the name it has there (a slug: by where it stands; an extension:
    by the address it ends). Drafts, and what is nowhere, are among them."""
    terms = [term.slug for v in VOCABULARIES.values() for term in v.model.objects.all()[:3]]
    return {
        "slug": {
            "cases": [*Case.objects.values_list("slug", flat=True), "was-public", "nowhere"],
            "organisations": [*Organisation.objects.values_list("slug", flat=True), "nowhere"],
            "vocabulary": [*terms, WORD],
        },
        "key": [*Source.objects.values_list("key", flat=True), "nowhere"],
        "vocabulary": [*VOCABULARIES],
        "iso3": ["tjk", "per", "zzz"],
        "reference": [
            *Correction.objects.values_list("reference", flat=True),
            *Notice.objects.values_list("reference", flat=True),
        ],
        "token": [
            *Correction.objects.values_list("status_digest", flat=True),
            *DraftLink.objects.values_list("digest", flat=True),
            "x" * 40,
        ],
        "number": [1, 2, 3, 9],
        "a": [1, 2],
        "b": [2, 3],
        "extension": {
            "export": [*EDITION_FORMATS],
            "results": [*RESULT_FORMATS],
            "source-file": ["bib", "ris", "csl.json"],
            "references": [*REFERENCE_FORMATS],
            "edition-references": [*REFERENCE_FORMATS],
        },
        "section": [*SITEMAPS, "nothing"],
        "name": {
            "schema": ["record", "cases"],
            "field-edition": ["collection.epub", "collection.sqlite3", "collection.sqlite3.zip"],
        },
        "id": ["p1", "p1s1", "p99"],
    }


def addresses() -> set[str]:
    """Every public pattern filled with everything known. A new pattern with a part of a new name
    stops here, with a KeyError: say above what may stand in its place."""
    values, found = known(), set()
    for pattern in patterns():
        place = str(pattern.pattern).lstrip("^").partition("/")[0]
        names = list(pattern.pattern.regex.groupindex)
        parted = {"slug": place, "extension": pattern.name, "name": pattern.name}
        choices = [values[n][parted[n]] if n in parted else values[n] for n in names]
        for chosen in itertools.product(*choices):
            found.add(reverse(pattern.name, kwargs=dict(zip(names, chosen, strict=True))))
    return found


def questions() -> set[str]:
    """The catalogue, and every form of its answers, asked for drafts by name."""
    asked = [("organisation", slug) for slug in ("public-body", "part", "gone", "nobody")]
    asked += [("country", "per"), ("page", "2"), ("sort", "newest"), ("from", "1"), ("to", "2200")]
    asked += [("q", word) for word in ("secret", "text", "edith", "ruritania", "a*")]
    typed = {f"/suggest/?q={word}" for word in ("secret", WORD, "part", "zq", "gone", "pu", "en")}
    packed = {"zip", "xlsx"}  # which take the longest, and hold what the others hold
    places = ["/cases/", *(f"/cases.{extension}" for extension in RESULT_FORMATS.keys() - packed)]
    found = {f"{place}?{name}={value}" for place in places for name, value in asked}
    found |= {f"/cases.{extension}?q={word}" for extension in packed for word in ("secret", "a*")}
    return found | typed


def text_of(response) -> str:
    """All that an answer says, headers included; packed answers unpacked."""
    said = b"".join(response) if response.streaming else response.content
    if said.startswith(b"\x1f\x8b"):
        said = gzip.decompress(said)
    if said.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(said))
        said = b"\n".join(packed.read(name) for name in packed.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n\n{said.decode(errors='replace')}"  # a picture is no text


def links(text: str, address: str) -> set[str]:
    """The addresses on this site that a page or sitemap leads to; from one question to the next
    there is no end, so a question's page leads to no other."""
    named = re.findall(r'(?:href|src|action)="([^"]*)"|<loc>([^<]*)<|(?m:^Location: (.*)$)', text)
    hosts, found = {"testserver", urlsplit(settings.SITE_URL).netloc}, set()
    for link in map("".join, named):
        target = urldefrag(urljoin(f"http://testserver{address}", html.unescape(link))).url
        _, host, path, query, _ = urlsplit(target)
        ours = host in hosts
        if ours and not path.startswith(("/static/", "/admin/")) and not (query and "?" in address):
            found.add(f"{path}?{query}" if query else path)
    return found


def walk(client: Client, start: set[str]) -> tuple[set[str], dict[str, str]]:
    """Every address that can be reached, and around the word what was read with it in it."""
    seen, waiting, leaks = set(), set(start), {}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        for headers in ACCEPTED:
            response = client.get(address, headers=headers)
            assert response.status_code < 500, address
            text = text_of(response)
            if WORD in text.lower():
                leaks[address] = text[max(0, text.lower().find(WORD) - 100) :][:200]
            waiting |= links(text, address) - seen
    return seen, leaks


def test_the_word_is_there_for_those_who_may_see_it(planted, logged_in, administrator):
    client = logged_in(administrator)
    for address in ("cases/case", "organisations/organisation", "sources/source"):
        assert WORD in text_of(client.get(f"/admin/{address}/")), address
    assert Case.objects.filter(title__contains=WORD).count() == 6
    assert Correction.objects.filter(message=WORD).count() == 8


def test_no_public_address_shows_a_draft(planted, client):
    start = {"/", "/sitemap.xml", "/robots.txt", "/nowhere/"} | addresses() | questions()
    seen, leaks = walk(client, start)
    assert leaks == {}
    assert {"/cases/public/", "/sources/public2001/", "/organisations/public-body/"} <= seen
    assert any(address.startswith("/cases/?country=") for address in seen)


def test_a_draft_is_shown_to_whoever_was_sent_its_secret_link_and_to_nobody_else(planted, client):
    """The one exception: an address that nobody can guess, and that no page leads to."""
    case, maud = Case.objects.get(slug="secret-in-review"), make_user("maud")
    until = timezone.now() + timedelta(days=1)
    link, token = make_link(case, by=maud, for_whom="A reader", ends_at=until)
    response = client.get(f"/drafts/{token}/")
    assert WORD in text_of(response)
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not [name for name in links(text_of(response), "/") if name.startswith("/drafts/")]
    end_link(link, by=maud)
    ended = client.get(f"/drafts/{token}/")
    assert (ended.status_code, WORD in text_of(ended).lower()) == (410, False)


def test_drafts_are_not_found_and_what_is_public_is(planted, client):
    conflict = f"/vocabulary/conflicts/{WORD}/"
    for address in ("/cases/secret/", "/cases/secret/correct/", "/sources/secret2001/", conflict):
        assert client.get(address).status_code == 404, address
    for address in ("/cases/public/", "/cases/public/editions/1/", "/cases/withdrawn/"):
        assert client.get(address).status_code == 200, address
    assert client.get("/cases/was-public/").status_code == 301


def test_where_a_draft_stood_on_another_site_leads_nowhere(planted, client):
    assert client.get(f"/{WORD}-once/").status_code == 404
    for number in (7, 8):
        response = client.get(f"/?p={number}")
        assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.parametrize(
    "question", ["q={}", "q={}*", 'q="{}"', "organisation={}", "q=armed&organisation={}", "sort={}"]
)
def test_the_catalogue_answers_a_draft_word_as_it_answers_nonsense(planted, client, question):
    def said(word):
        response = client.get(f"/cases/?{question.format(word)}")
        del response["ETag"], response["X-Request-ID"]
        return text_of(response).replace(word, "…")

    assert said(WORD) == said(NONSENSE)


def test_error_pages_show_no_draft(planted, client, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError(WORD)

    form = {"kind": "correction", "message": "A slip.", "form_token": "t" * 43}
    strict = Client(enforce_csrf_checks=True)
    client.raise_request_exception = False
    answers = {
        400: [client.get("/", headers={"Host": "not a host"})],
        403: [strict.post("/cases/public/correct/", form), strict.post("/admin/login/", form)],
        404: [client.get("/cases/secret/"), client.post("/cases/secret/correct/", form)],
        405: [client.post("/cases/public/"), client.put("/about/")],
        200: [client.post("/cases/public/correct/", {}), client.get("/admin/login/")],
    }
    monkeypatch.setattr(limits, "PER_ADDRESS", 0)
    answers[429] = [client.post("/cases/public/correct/", form)]
    monkeypatch.setattr("website.views.about.render", fails)
    answers[500] = [client.get("/about/")]
    for status, responses in answers.items():
        for response in responses:
            assert response.status_code == status
            assert WORD not in text_of(response).lower(), status
