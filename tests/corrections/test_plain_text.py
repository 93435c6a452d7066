from corrections.plain_text import one_line, plain, web_addresses


def test_plain_text_has_one_kind_of_line_break_and_no_control_characters():
    assert (
        plain("  a\r\nb\rc\u2028d\x0ce\x00f\x1b[31m\x7f\u0085g\ud800  ") == "a\nb\nc\nd\nef[31m\ng"
    )


def test_plain_text_keeps_every_script_and_direction():
    words = "Тоҷикистон תג'יקיסטן تاجيكستان\u200f 塔吉克斯坦 👩‍👩‍👧"
    assert plain(words) == words


def test_one_line_is_fit_for_a_header():
    assert one_line("Rosa\r\nBcc: all@example.org\n") == "Rosa Bcc: all@example.org"


def test_web_addresses_are_http_and_https_only():
    text = "https://a.example/x?y=1, javascript:alert(1), <http://b.example/z>. data:text/html,x"
    assert web_addresses(text) == ["https://a.example/x?y=1", "http://b.example/z"]
