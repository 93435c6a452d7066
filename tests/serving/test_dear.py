"""What is dear and cannot be kept: one at work, so many from one client, none for too long."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from serving import dear as room
from serving.dear import AT_WORK, QUICK, Refused, Wish, check_time, dear


def asked(address="10.0.0.1", method="GET", **meta):
    return RequestFactory().generic(method, "/cases.json", REMOTE_ADDR=address, **meta)


def view_of(cases, pieces=(b"a", b"b")):
    @dear
    def view(request):
        response = StreamingHttpResponse(iter(pieces))
        response.cases = cases
        return response

    return view


def test_so_many_large_answers_an_hour_and_ten_times_as_many_small_ones(settings):
    settings.DEAR_ANSWERS_PER_ADDRESS = 2
    large, small = view_of(5000), view_of(3)
    assert [large(asked()).status_code for _ in range(3)] == [200, 200, 429]
    assert [small(asked()).status_code for _ in range(21)] == [200] * 20 + [429]
    assert large(asked("10.0.0.2")).status_code == 200


def test_whoever_asked_too_much_is_told_when_and_what_else(settings):
    settings.DEAR_ANSWERS_PER_ADDRESS = 0
    refused = view_of(5000)(asked())
    assert refused.status_code == 429 and 0 < int(refused["Retry-After"]) <= 3600
    assert "minute" in refused.content.decode() and "/cases.csv" in refused.content.decode()
    assert refused["Cache-Control"] == "no-store"


def test_what_costs_nothing_is_not_counted(settings):
    settings.DEAR_ANSWERS_PER_ADDRESS = 0
    assert view_of(5000)(asked(method="HEAD")).status_code == 200

    @dear
    def wrong(request):
        return HttpResponse("What is that?", status=400)

    assert wrong(asked()).status_code == 400


def test_a_quick_thread_hands_it_on_before_anything_is_asked():
    @dear
    def view(request):
        raise AssertionError

    assert view(asked(**{QUICK: True})).wish == Wish.THREAD


def test_one_is_at_work_and_the_next_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(room, "_WAIT", 0.01)
    first, second = view_of(1)(asked()), view_of(1)(asked())
    pieces = iter(first)
    next(pieces)
    with pytest.raises(Refused) as refused:
        list(second)
    assert refused.value.response.status_code == 503
    assert int(refused.value.response["Retry-After"]) > 0
    assert list(pieces) == [b"b"]
    assert b"".join(view_of(1)(asked())) == b"ab"


def test_what_breaks_off_lets_the_next_begin(monkeypatch):
    monkeypatch.setattr(room, "_WAIT", 0.01)
    response = view_of(1)(asked())
    next(iter(response))
    assert AT_WORK.locked()
    response.stop()
    assert not AT_WORK.locked()


def test_none_takes_longer_than_it_may(settings):
    settings.DEAR_SECONDS = -1

    def slow():
        check_time()
        yield b"a"

    with pytest.raises(Refused) as refused:
        list(view_of(1, slow())(asked()))
    assert refused.value.response.status_code == 503
    assert "Narrow" in refused.value.response.content.decode()
    assert not AT_WORK.locked()
    check_time()  # whoever is not at a dear answer has all the time
