"""The addresses people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.core.addresses import Address, read_address, read_addresses, read_email
from addin.core.errors import BadInput


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("paul@ville.example", "", "paul@ville.example"),
        ("  Paul.Morin@Ville.Example ", "", "paul.morin@ville.example"),
        ("Paul Morin <paul@ville.example>", "Paul Morin", "paul@ville.example"),
        ('"Morin, Paul" <paul@ville.example>', "Morin, Paul", "paul@ville.example"),
        ('"Le \\"chef\\"" <paul@ville.example>', 'Le "chef"', "paul@ville.example"),
        ("'Paul' <paul@ville.example>", "Paul", "paul@ville.example"),
        ("Hélène  Caradec <h.caradec@ville.example>", "Hélène Caradec", "h.caradec@ville.example"),
        ("<paul@ville.example>", "", "paul@ville.example"),
        ("mailto:paul@ville.example", "", "paul@ville.example"),
        ("a@évian.example", "", "a@xn--vian-9oa.example"),
    ],
)
def test_one_address(text: str, name: str, email: str) -> None:
    assert read_address(text) == Address(name, email)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "paul",
        "paul@",
        "@ville.example",
        "paul@ville",
        "paul@@ville.example",
        "paul ville@x.example",
        "hélène@ville.example",
        "Paul <paul@ville.example",
        "Paul <>",
        "paul@ville.example\nBcc: tous@ville.example",
        "Paul\r\nBcc: x <paul@ville.example>",
        "paul@ville..example",
        "paul@-ville.é",
        "paul@-ville.example",
        "a@x.test, b@x.test",
        "x" * 300 + "@ville.example",
        "paul\u2028@ville.example",
        "a@\ud800.example",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_address(text, where="to")
    assert refused.value.where == "to"


def test_a_list() -> None:
    found = read_addresses('Paul <p@x.test>, "Le Goff, Anne" <a@x.test>;\nc@x.test\n; P@X.test ,')
    assert found == (Address("Paul", "p@x.test"), Address("Le Goff, Anne", "a@x.test"), Address("", "c@x.test"))
    assert read_addresses(" ") == ()


@pytest.mark.parametrize("text", ["p@x.test, rien", 'a@x.test, "Paul <p@x.test>', "a@x.test b@x.test"])
def test_a_list_with_a_bad_one_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_addresses(text)


@given(st.text(max_size=60))
def test_what_is_accepted_is_one_plain_line(text: str) -> None:
    for read in (read_email, lambda t: read_address(t).email):
        try:
            email = read(text)
        except BadInput:
            continue
        assert email.isascii() and email.count("@") == 1 and email == email.lower() and " " not in email and "\n" not in email
        assert read_email(email) == email
