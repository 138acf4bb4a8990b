"""How right the reading of answers is: the corpus of invented mails, read by us and by the libraries that take quotes off.

Two sets: `known`, which may be looked at while the rules are made, and `apart`, only counted. All figures are shares of what is *not*
right, in percent, so that less is better. The peers do one part of the work only, taking quoted text off: of each, the share of human
answers whose text is not exact, and the share in which words of our own letter are left. They leave signatures where they are, or not:
for them the text counts as exact when what follows it is only the signature.
"""

import importlib
import sys
import types
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Final

from tests.replies.judge import ANSWER_SETS, SETS, Case, Report, Tally, cases, judge, judge_answers, leaked, plain, read

LIMITS: Final = {
    "kinds": 0.0,
    "machines": 0.0,
    "text": 3.0,
    "leaks": 0.0,
    "holds": 8.0,
    "next": 8.0,
    "sure": 1.0,
}
NAMES: Final = {
    "kinds": "kind not right",
    "machines": "human mail taken for a machine's",
    "text": "text not exact",
    "leaks": "our own words left in the text",
    "holds": "holds not right, left open included",
    "answer": "answer of the taxonomy not right, left open included",
    "next": "next contacts not exact, left open included",
    "absence": "absence not right",
    "bounced": "refused address not right",
}


def measure() -> list[dict[str, Any]]:
    """Give the lines of the bench: {"name", "value", "unit", "peer", "limit"}; a share above its limit is a failure."""
    rows = [one for which in SETS for one in ours(which)]
    rows += [one for which in ANSWER_SETS for one in answers(which)]
    everything = [
        case for which in SETS for case in cases(which) if case.human and "text" in case.expected and case.expected["kind"] == "answer"
    ]
    mine = _cut(everything, lambda case: read(case).text)
    rows += cut_rows("ours", *mine, over=None)
    alone = _cut(everything, lambda case: read(case, with_letter=False).text)
    rows += cut_rows("ours, our own letter unknown", *alone, over=None)
    for name, peer in peers():
        rows += cut_rows(name, *_cut(everything, peer), over=mine)
    return rows


def ours(which: str) -> Iterator[dict[str, Any]]:
    """Judge one set; show the confusion of kinds and what is not right on stderr."""
    report = judge(which)
    show(which, report)
    for key, words in NAMES.items():
        tally: Tally = getattr(report, key)
        yield row(f"replies, {which}: {words} ({tally.total} mails)", tally.share(tally.open + tally.wrong), LIMITS.get(key))
    sure = report.holds.wrong + report.next.wrong
    yield row(f"replies, {which}: wrong and sure", 100 * sure / (report.holds.total + report.next.total), LIMITS["sure"])


def answers(which: str) -> Iterator[dict[str, Any]]:
    """Judge one set of whole answers."""
    report = judge_answers(which)
    for key in ("holds", "answer", "next"):
        tally: Tally = getattr(report, key)
        yield row(f"replies, {which}: {NAMES[key]} ({tally.total} answers)", tally.share(tally.open + tally.wrong), None)
    wrong = report.holds.wrong + report.next.wrong
    yield row(f"replies, {which}: wrong and sure", 100 * wrong / (report.holds.total + report.next.total), None)


def show(which: str, report: Report) -> None:
    """Print the table of kinds, awaited down and read across, and the cases that are not right."""
    kinds = sorted({kind for pair in report.confusion for kind in pair})
    print(f"{which:12}" + "".join(f"{kind:>11}" for kind in kinds), file=sys.stderr)
    for wanted in kinds:
        print(f"{wanted:12}" + "".join(f"{report.confusion.get((wanted, kind), 0):11}" for kind in kinds), file=sys.stderr)
    if which == "known":  # those apart are never looked at one by one
        for key in NAMES:
            for name in getattr(report, key).names:
                print(f"{key}: {name}", file=sys.stderr)


def _cut(some: list[Case], take: Callable[[Case], str]) -> tuple[float, float]:
    """Give the shares of texts that are not exact and of texts with our words left, in percent."""
    bad = leaks = 0
    for case in some:
        text = take(case)
        bad += not _exact(case, plain(text))
        leaks += leaked(case, text)
    return 100 * bad / len(some), 100 * leaks / len(some)


def _exact(case: Case, text: str) -> bool:
    """Tell whether a text is the awaited one, the signature that may follow it left apart."""
    wanted, signature = plain(case.expected["text"]), plain(read(case).signature)
    return text == wanted or (
        bool(wanted) and bool(signature) and text.startswith(wanted) and plain(text[len(wanted) :]).strip("- ") == signature.strip("- ")
    )


def peers() -> Iterator[tuple[str, Callable[[Case], str]]]:
    """Give the libraries that are there; one that is missing is named on stderr."""
    for name, module in (("quotequail", "quotequail"), ("mail-parser-reply", "mailparser_reply"), ("talon", "talon.quotations")):
        try:
            library = _loaded(module)
        except ImportError as missing:
            print(f"left out: {name} ({missing})", file=sys.stderr)
            continue
        yield name, lambda case, name=name, library=library: _by(name, library, case)  # type: ignore[misc]


def _loaded(module: str) -> Any:
    if module.startswith("talon"):
        # talon asks for cchardet, which no longer builds; chardet has the same function
        stand_in = types.ModuleType("cchardet")
        stand_in.detect = importlib.import_module("chardet").detect  # type: ignore[attr-defined]
        sys.modules.setdefault("cchardet", stand_in)
        library = importlib.import_module(module)
        library.register_xpath_extensions()
        return library
    return importlib.import_module(module)


def _by(name: str, library: Any, case: Case) -> str:
    """Take the quotes off by one library, from the plain text where there is one, else from the HTML."""
    text, page = bodies(case.raw)
    try:
        if name == "quotequail":
            if text or not page:
                found = library.unwrap(text)
                return text if found is None else str(found.get("text_top") or found.get("text_bottom") or "")
            found = library.unwrap_html(page)
            return page_text(page if found is None else str(found.get("html_top") or found.get("html_bottom") or ""))
        if name == "talon":
            return str(library.extract_from_plain(text)) if text or not page else page_text(str(library.extract_from_html(page)))
        parser = library.EmailReplyParser(languages=["fr", "en"])
        return str(parser.parse_reply(text=text or page_text(page)))
    except Exception as error:  # a peer that fails on a mail has not cut it
        print(f"{name} fails on {case.name}: {type(error).__name__}", file=sys.stderr)
        return text


def bodies(raw: bytes) -> tuple[str, str]:
    """Give the plain text and the HTML of a mail, as the standard library finds them."""
    mail = message_from_bytes(raw, policy=default)
    return tuple(_content(mail, kind) for kind in ("plain", "html"))  # type: ignore[return-value]


def _content(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    try:
        return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""
    except (LookupError, ValueError):
        return ""


def page_text(page: str) -> str:
    """Give the words of an HTML page, as lxml sees them."""
    html = importlib.import_module("lxml.html")
    return str(html.fromstring(page).text_content()) if page.strip() else ""


def cut_rows(name: str, bad: float, leaks: float, *, over: tuple[float, float] | None) -> Iterator[dict[str, Any]]:
    """Give the two lines of one cutter; beside a peer, ours is the limit turned round: how many times fewer faults we make."""
    yield row(f"replies: text not exact, signature tolerated, {name}", bad, None, peer=name)
    yield row(f"replies: our own words left, {name}", leaks, None, peer=name)
    if over is not None:
        yield row(f"replies: texts not exact, ours / {name}", over[0] / bad if bad else 1.0, 1.0, peer=name, unit="×")


def row(name: str, value: float, limit: float | None, *, peer: str | None = None, unit: str = "%") -> dict[str, Any]:
    """Give one line of the bench."""
    return {"name": name, "value": round(value, 2), "unit": unit, "peer": peer, "limit": limit}
