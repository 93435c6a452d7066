"""A site with something of every kind in its log."""

import importlib.util
from types import SimpleNamespace

import pytest

from cases.models import Case
from corrections import services as corrections
from corrections.models import Correction, CorrectionEvent, Notice
from desk import services as desk
from editions.log.appending import head
from editions.log.signing import make_key
from editions.models import Edition
from editions.removing import ask_removal
from tests.factories import make_edition, make_user, publish_case
from tests.website.public_pages import mended
from website.views.record import VERIFIER


@pytest.fixture
def key(settings, tmp_path):
    """The key of the site, in a file of its own."""
    settings.SIGNING_KEY_FILE = str(tmp_path / "keys" / "signing-key.pem")
    return make_key(tmp_path / "keys" / "signing-key.pem")


@pytest.fixture
def site(db, key):
    """`told` has three editions, the first removed, the last of which mends a correction; `other`
    has one; `gone` was withdrawn. A concern about `other` was expressed and lifted."""
    maud = make_user("maud", is_staff=True)
    first = make_edition(slug="told", title="Told", authors="Ann Author")
    second = mended(first)
    sent, _token = corrections.send(second, message="It was winter.", passage="autumn")
    corrections.take(sent, by=maud)
    corrections.accept(sent, by=maud, before="autumn", after="winter", why="A reader saw it.")
    case = Case.objects.get(slug="told")
    third = publish_case(
        change(case), kind="correction", change_note="Mended.", mends=[Correction.objects.get()]
    )
    other = make_edition(slug="other", title="Other")
    concern = desk.express_concern(other.case, by=maud, reason="A claim is doubted.")
    lifting = desk.lift_concern(other.case, by=maud, reason="It holds.")
    gone = make_edition(slug="gone", title="Gone")
    withdrawal = desk.withdraw(Case.objects.get(slug="gone"), by=maud, reason="A forgery.")
    removal = ask_removal(first, by=make_user("ada"), ground="A court of X, no. 17.")
    desk.remove_edition(removal, by=maud)
    return SimpleNamespace(
        **{"maud": maud, "second": again(second), "third": again(third), "other": again(other)},
        **{"gone": gone, "withdrawal": withdrawal, "removal": removal, "sent": sent, "key": key},
        **{"concern": concern, "lifting": lifting, "events": CorrectionEvent.objects},
        **{"notice": Notice.objects.get(correction=sent), "head": head()},
    )


def change(case):
    from cases import services as cases

    body = case.body.replace("autumn", "winter")
    return cases.change_case(case, by=make_user("edith"), reason="Mended.", body=body)


def again(edition):
    return Edition.objects.get(pk=edition.pk)


@pytest.fixture
def taken_home(client, tmp_path):
    """`taken_home(address)` is the file that a reader downloads from there."""

    def take(address, name=""):
        response = client.get(address)
        assert response.status_code == 200, address
        content = b"".join(response) if response.streaming else response.content
        file = tmp_path / (name or address.strip("/").replace("/", "-"))
        file.write_bytes(content)
        return str(file)

    return take


@pytest.fixture
def run(capsys):
    """`run(*arguments)` runs verify_record.py; its exit code and all that it says."""

    def running(*arguments):
        capsys.readouterr()
        spec = importlib.util.spec_from_file_location("verify_record", VERIFIER)
        verifier = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(verifier)
        code = verifier.main(list(arguments))
        said = capsys.readouterr()
        return code, said.out + said.err

    return running
