"""Double surnames, bodies and imprints as Spanish, French, Italian and German print them."""

import pytest

from manuscripts.parse.name_lists import parse_names
from tests.manuscripts.parse.test_forms_of_strangers import cited


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Salcedo Ruiz, Fernando", ["Salcedo Ruiz|Fernando"]),
        ("Salcedo Ruiz, Juan Carlos", ["Salcedo Ruiz|Juan Carlos"]),
        ("Mejía Vallejo, Ana M.", ["Mejía Vallejo|Ana M."]),
        ("García de Paredes, Ana María", ["García de Paredes|Ana María"]),
        ("de la Cruz Ochoa, Luz Dary", ["de la Cruz Ochoa|Luz Dary"]),
        ("Souza Filho, Paulo Renan", ["Souza Filho|Paulo Renan"]),
        ("Cruz e Silva, Maria", ["Cruz e Silva|Maria"]),
        ("Ortega y Paz, José", ["Ortega y Paz|José"]),
        ("Pérez-Gómez, Ana", ["Pérez-Gómez|Ana"]),
        ("Salcedo Ruiz, Fernando, and Ana Vera", ["Salcedo Ruiz|Fernando", "Vera|Ana"]),
        ("Ann Lee, Bo Beta", ["Lee|Ann", "Beta|Bo"]),
        ("Ann Lee, Reuters", ["Lee|Ann", "Reuters"]),
        ("Ann Lee, Bloomberg", ["Lee|Ann", "Bloomberg"]),
        ("Ana Paz, Juan Carlos Vera", ["Paz|Ana", "Vera|Juan Carlos"]),
    ],
)
def test_two_family_names_before_a_comma_are_one_person(printed, names):
    found, _, _ = parse_names(printed)
    assert [n.literal or f"{n.family}|{n.given}" for n in found] == names


def test_two_family_names_in_a_short_list_are_two_people():
    found, _, _ = parse_names("Bravo Paz, Tekle and Lee", short=True)
    assert len(found) == 3


@pytest.mark.parametrize(
    ("notes", "places"),
    [
        (
            [
                "Salcedo Ruiz, Luz. “Soldiers.” Raya, edited by Bo Ek, Kite, 2008, pp. 12-38.",
                "Salcedo Ruiz 13 (my translation).",
                "Salcedo Ruiz, “Soldiers,” 14.",
            ],
            ["0:12-38", "0:13", "0:14"],
        ),
        (["Souza Filho, Paulo. Raya. Kite, 2008, p. 3.", "Souza Filho 9."], ["0:3", "0:9"]),
        (["Ortega y Paz, José. Raya. Kite, 2008, p. 3.", "Ortega y Paz 9."], ["0:3", "0:9"]),
        (
            [
                "Salcedo Ruiz, F. (2008) Raya. Quito: Kite, p. 3.",
                "Salcedo Ruiz 2008: 8.",
                "Salcedo Ruiz 2008, p. 9.",
            ],
            ["0:3", "0:8", "0:9"],
        ),
        (  # a body, not in brackets
            [
                "Kurdish Displacement Centre (2000) Returns. Erbil: KDC, p. 12.",
                "Kurdish Displacement Centre 2000: 20.",
                "Kurdish Displacement Centre 2000, p. 21.",
            ],
            ["0:12", "0:20", "0:21"],
        ),
        (["Rome Platform, 1995.", "Rome Platform, Art. 5."], ["0:-", "0:Art. 5"]),
    ],
)
def test_short_forms_of_them_find_their_work(notes, places):
    found, sources = cited(*notes)
    assert found == places
    assert len(sources) == 1


@pytest.mark.parametrize(
    ("printed", "body", "title"),
    [
        (
            "Commission of Inquiry into the June Events, Report on Osh (Oslo: CIJE, 2011), 44.",
            "Commission of Inquiry into the June Events",
            "Report on Osh",
        ),
        (
            "Commission of Inquiry into the June Events. Report on Osh. (Oslo: CIJE, 2011) p.44",
            "Commission of Inquiry into the June Events",
            "Report on Osh",
        ),
        (
            "Panel on Conduct under Fire, Report, Oslo, Fjell, 2011, p. 44.",
            "Panel on Conduct under Fire",
            "Report",
        ),
        (
            "Commission nationale de désarmement, Rapport final, Djibouti, Sablier, 2003, p. 44.",
            "Commission nationale de désarmement",
            "Rapport final",
        ),
        (
            "Commission nationale de désarmement. Rapport. (Djibouti: Sablier, 2003) p.44",
            "Commission nationale de désarmement",
            "Rapport",
        ),
        (
            "Ministère de la réconciliation, Bilan des accords (Bamako: Jamana, 2003), 44.",
            "Ministère de la réconciliation",
            "Bilan des accords",
        ),
        (
            "Comisión para el Esclarecimiento, Memoria del silencio, Lima, Norma, 1999, p. 44.",
            "Comisión para el Esclarecimiento",
            "Memoria del silencio",
        ),
        (
            "Ministero degli Affari esteri, Libro verde, Roma, Tevere, 2003, p. 44.",
            "Ministero degli Affari esteri",
            "Libro verde",
        ),
        (
            "Comissão Nacional da Verdade, Relatório final, Brasília, CNV, 2014, p. 44.",
            "Comissão Nacional da Verdade",
            "Relatório final",
        ),
        (
            "Komitee für Grundrechte, Bericht zur Lage (Köln: Komitee, 2014), 44.",
            "Komitee für Grundrechte",
            "Bericht zur Lage",
        ),
    ],
)
def test_a_body_is_the_author_of_its_report(printed, body, title):
    found, [source] = cited(printed)
    assert found == ["0:44"]
    assert source.rpartition(" | ")[0] == f"report | {body} | {title}"


def test_a_title_that_begins_like_a_body_has_no_author():
    _, [source] = cited("Mission impossible de l’ONU, Paris, Seuil, 2002, p. 3.")
    assert source.startswith("document |  | Mission impossible de l’ONU, Paris")


@pytest.mark.parametrize(
    "imprint",
    [
        "Bogotá, Norma, 2003",
        "San José de Costa Rica, Norma, 2003",
        "Frankfurt am Main, Suhrkamp, 2003",
        "Paris/Dakar, Karthala, 2003",
        "Aix-en-Provence, Édisud, 2003",
        "Suhrkamp, Frankfurt am Main 2003",
        "il Mulino, Bologna 2003",
        "Berlin: Suhrkamp 2003",
    ],
)
def test_imprints_without_brackets_are_no_part_of_the_title(imprint):
    found, sources = cited(f"Ida Roth, Die lange Ruhe, {imprint}, p. 17.")
    assert (found, sources) == (["0:17"], ["book | Ida Roth | Die lange Ruhe | 2003"])


@pytest.mark.parametrize(
    "after", ["May 2003", "Conference on Ports, Geneva 2003", "Dresden Lecture, Berlin 2003"]
)
def test_what_only_looks_like_an_imprint_stays_in_the_words(after):
    _, [source] = cited(f"Ida Roth, Die lange Ruhe, {after}, p. 17.")
    assert source == f"document | Ida Roth | Die lange Ruhe, {after} | "
