"""The corpus of invented mails, and how far what we read is from what each of them says.

`known` may be looked at while the rules are made, `apart` was written first and is only counted. A case is NAME.eml and NAME.toml.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from typing import Any, Final

from addin.core.reading.incoming import Incoming, Mailbox, MailFile, Person
from addin.core.reading.mails import read_mail
from addin.core.reading.sent import Sent
from addin.core.understanding.context import Context
from addin.core.understanding.understand import understand

HERE: Final = Path(__file__).parent
SETS: Final = ("known", "more", "apart")
HUMAN: Final = ("answer", "forward", "other")
_RUN: Final = 6
"""So many words of our own letter in a row are a leak."""


@dataclass(frozen=True)
class Case:
    """Hold one mail, what it says, and the letter it answers."""

    name: str
    set: str
    raw: bytes
    expected: Mapping[str, Any]
    letter: bytes | None = None

    @property
    def human(self) -> bool:
        """Tell whether a person wrote it."""
        return self.expected["kind"] in HUMAN


def cases(which: str) -> Iterator[Case]:
    """Give the cases of one set, by name."""
    for path in sorted((HERE / which / "mails").glob("*.eml")):
        expected = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
        letter = HERE / which / "sent" / expected["sent"] if expected.get("sent") else None
        yield Case(path.stem, which, path.read_bytes(), expected, letter.read_bytes() if letter else None)


@cache
def letter_of(raw: bytes) -> tuple[Sent, Context]:
    """Give one of our letters as the product knows it, and what surrounds its answers."""
    mail = message_from_bytes(raw, policy=default)
    body = mail.get_body(("plain",))
    sender, to = mail["From"].addresses[0], [one.addr_spec.lower() for one in mail["To"].addresses]
    text = body.get_content() if body is not None else ""
    context = Context(own=frozenset({sender.addr_spec.lower()}), names=frozenset({sender.display_name}), original_recipients=frozenset(to))
    return Sent(text=text, subject=str(mail["Subject"]), emails=tuple(to)), context


def read(case: Case, *, with_letter: bool = True) -> Incoming:
    """Read a case by the real door."""
    sent, context = letter_of(case.letter) if case.letter else (None, Context())
    known = (sent,) if sent and with_letter else ()
    return understand(read_mail(case.raw, sent=known), context)


def plain(text: str) -> str:
    """Give a text without differences of white space, to compare two of them."""
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def words(text: str) -> list[str]:
    """Give the lower-cased words of a text."""
    return re.findall(r"\w+", plain(text).casefold())


def leaked(case: Case, text: str) -> bool:
    """Tell whether words of our own letter stand in a text, those left apart that the person really wrote."""
    if case.letter is None:
        return False
    ours, wrote, found = (words(each) for each in (letter_of(case.letter)[0].text, case.expected.get("text", ""), text))
    runs = {tuple(ours[at : at + _RUN]) for at in range(len(ours) - _RUN + 1)}
    runs -= {tuple(wrote[at : at + _RUN]) for at in range(len(wrote) - _RUN + 1)}
    return any(tuple(found[at : at + _RUN]) in runs for at in range(len(found) - _RUN + 1))


def answers(case: Case) -> tuple[str, ...]:
    """Give the codes of the taxonomy that are right for a case."""
    wanted = case.expected["answer"]
    return tuple(wanted) if isinstance(wanted, list) else (wanted,)


def people(expected: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Give the next contacts that are right, in the form in which they are compared."""
    return sorted(_person(*(one.get(key, "") for key in ("name", "email", "phone", "service"))) for one in expected.get("next", ()))


def found_people(incoming: Incoming) -> list[tuple[str, str, str, str]]:
    """Give the next contacts that were read, in the same form."""
    return sorted(_person(one.name, one.email, one.phone, one.service) for one in incoming.next)


def same_deputy(case: Case, incoming: Incoming) -> bool:
    """Tell whether the deputy of an absence is the right one."""
    wanted = case.expected.get("deputy")
    found: Person | None = incoming.deputy
    if not wanted or found is None:
        return not wanted and found is None
    return _person(*(wanted.get(key, "") for key in ("name", "email", "phone", "service"))) == _person(
        found.name, found.email, found.phone, found.service
    )


def _person(name: str, email: str, phone: str, service: str) -> tuple[str, str, str, str]:
    return (
        _bare(name),
        email.lower(),
        re.sub(r"\D", "", phone),
        _bare(re.sub(r"^(?:le |la |les |l['’])", "", service.strip(), flags=re.IGNORECASE)),
    )


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", plain(text).replace("’", "'")).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9']+", letters.casefold()))


@dataclass
class Tally:
    """Count right, left open and wrong, and name the cases that are not right."""

    right: int = 0
    open: int = 0
    wrong: int = 0
    names: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Give how many were judged."""
        return self.right + self.open + self.wrong

    def add(self, name: str, *, right: bool, open: bool = False) -> None:
        """Count one case."""
        if right:
            self.right += 1
            return
        self.names.append(f"{name}{' (open)' if open else ''}")
        if open:
            self.open += 1
        else:
            self.wrong += 1

    def share(self, count: int) -> float:
        """Give a count as a percentage of what was judged."""
        return 100 * count / self.total if self.total else 100.0


@dataclass
class Report:
    """Hold the tallies of one set."""

    kinds: Tally = field(default_factory=Tally)
    machines: Tally = field(default_factory=Tally)
    text: Tally = field(default_factory=Tally)
    leaks: Tally = field(default_factory=Tally)
    holds: Tally = field(default_factory=Tally)
    answer: Tally = field(default_factory=Tally)
    next: Tally = field(default_factory=Tally)
    absence: Tally = field(default_factory=Tally)
    bounced: Tally = field(default_factory=Tally)
    confusion: dict[tuple[str, str], int] = field(default_factory=dict)


def judge(which: str, *, with_letter: bool = True) -> Report:
    """Read a whole set and count. An answer left open ("unknown", no contact) is not wrong; one that is sure and false is."""
    report = Report()
    for case in cases(which):
        _judge(case, read(case, with_letter=with_letter), report)
    return report


def _judge(case: Case, incoming: Incoming, report: Report) -> None:
    expected = case.expected
    report.kinds.add(f"{case.name}: {incoming.kind} for {expected['kind']}", right=incoming.kind == expected["kind"])
    pair = (expected["kind"], incoming.kind)
    report.confusion[pair] = report.confusion.get(pair, 0) + 1
    if case.human:
        report.machines.add(case.name, right=incoming.kind not in ("automatic", "bounce", "receipt", "rsvp"))
        report.leaks.add(case.name, right=not leaked(case, incoming.text))
        _judge_words(case, incoming, report)
        if "text" in expected:
            report.text.add(case.name, right=plain(incoming.text) == plain(expected["text"]))
    if "absent_until" in expected or "deputy" in expected:
        right = incoming.absent_until == expected.get("absent_until") and same_deputy(case, incoming)
        report.absence.add(f"{case.name}: {incoming.absent_until} {incoming.deputy}", right=right)
    if "bounced" in expected:
        wanted_bounced = sorted((one["email"], one.get("permanent", True)) for one in expected["bounced"])
        report.bounced.add(case.name, right=sorted((one.email, one.permanent) for one in incoming.bounced) == wanted_bounced)


def _judge_words(case: Case, incoming: Incoming, report: Report) -> None:
    expected = case.expected
    report.holds.add(
        f"{case.name}: {incoming.holds} for {expected['holds']}",
        right=incoming.holds == expected["holds"],
        open=incoming.holds == "unknown",
    )
    said = incoming.conclusion.answer if incoming.conclusion else ""
    report.answer.add(f"{case.name}: {said} for {answers(case)}", right=said in answers(case), open=not said)
    wanted, found = people(expected), found_people(incoming)
    report.next.add(f"{case.name}: {found} for {wanted}", right=found == wanted, open=not found)


ANSWER_SETS: Final = ("fresh-a", "fresh-b", "fresh-c")
"""Whole answers without their mail: `fresh-a` was looked at while the rules were made, `fresh-b` (odd voices) and `fresh-c` (ordinary
ones) only counted."""


def judge_answers(which: str) -> Report:
    """Read a set of answers, each as the text of a mail from somebody whom nobody else knows, and count."""
    report = Report()
    for number, one in enumerate(tomllib.loads((HERE / f"{which}.toml").read_text(encoding="utf-8"))["reply"]):
        day = one["date"]
        incoming = Incoming(
            kind="answer",
            sender=Mailbox("Xavier Zzyzx", "xavier.zzyzx@ville.example"),
            text=one["text"].strip(),
            cc=tuple(Mailbox(name, email.lower()) for name, email in map(parseaddr, one.get("cc", ()))),
            date=datetime(day.year, day.month, day.day, 10, tzinfo=UTC),
            attachments=tuple(MailFile(name, "application/octet-stream", 10) for name in one.get("files", ())),
        )
        context = Context(titles=(one["asked"],), own=frozenset({"opendata@ville.example"}))
        _judge_words(Case(f"{which}-{number}", which, b"", {"kind": "answer", **one}), understand(incoming, context), report)
    return report
