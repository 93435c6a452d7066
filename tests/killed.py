"""What is left of an act that is killed before any of its statements, in one process."""

from collections.abc import Callable

from django.db import connection


class Killed(BaseException):
    """The process ends here: whatever was not committed is lost."""


def kill_at_each_statement(
    act: Callable[[], object], check: Callable[[], object], *, every: int = 7
) -> int:
    """Begin the act until it comes to its end, each time killed so many statements later than the
    time before; `check` what is left each time. How many statements it was last let go."""
    let_go = 0
    while _is_killed(act, let_go):
        check()
        let_go += every
    return let_go


def _is_killed(act: Callable[[], object], let_go: int) -> bool:
    left = let_go

    def end(execute, sql, params, many, context):
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(end):
            act()
    except Killed:
        return True
    return False
