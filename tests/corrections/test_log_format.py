"""No token of a private page is written into the log."""

import logging
import sys

from corrections.log_format import TokensHidden


def test_a_token_is_hidden_wherever_it_stands(caplog, client, db):
    address = "/corrections/status/abc123secret/"
    client.get(address)
    formatter = TokensHidden("%(message)s")
    lines = [formatter.format(record) for record in caplog.records]
    assert any("/corrections/status/(hidden)/" in line for line in lines)
    assert not any("secret" in line for line in lines)


def test_also_in_a_traceback():
    try:
        raise OSError("/corrections/status/abc123secret/ is not there")
    except OSError:
        record = logging.LogRecord("a", 40, "a.py", 1, "At %s", ("a",), sys.exc_info())
    written = TokensHidden("%(message)s").format(record)
    assert "OSError: /corrections/status/(hidden)/ is not there" in written
    assert "secret" not in written
