"""Knows the names of the months in the languages in which sources are often printed."""

import re

_NAMES = """
    january jan janvier enero janeiro januar jänner gennaio январь января
    february feb février fevrier febrero fevereiro februar febbraio февраль февраля
    march mar mars marzo março märz март марта
    april apr avril abril aprile апрель апреля
    may mai mayo maio maggio май мая
    june jun juin junio junho juni giugno июнь июня
    july jul juillet julio julho juli luglio июль июля
    august aug août aout agosto август августа
    september sept sep septembre septiembre setembro settembre сентябрь сентября
    october oct octobre octubre outubro oktober ottobre октябрь октября
    november nov novembre noviembre novembro ноябрь ноября
    december dec décembre decembre diciembre dezembro dezember dicembre декабрь декабря
"""
NUMBERS = {
    name: number
    for number, line in enumerate(_NAMES.strip().splitlines(), 1)
    for name in line.split()
}
ANY = "(?:" + "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)) + r")\b\.?"
