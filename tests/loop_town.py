"""One invented town asks twelve people about five data sets; thirty mails come in, and one chart must come out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Literal

from msgspec import convert

HOUSE = "saint-aubin.example"
CLAIRE = f"claire.vasseur@{HOUSE}"
PEOPLE: Mapping[str, tuple[str, str, str]] = {
    "paul": ("Paul Morin", f"paul.morin@{HOUSE}", "Restauration scolaire"),
    "anne": ("Anne Le Goff", f"anne.legoff@{HOUSE}", "Éducation"),
    "sophie": ("Sophie Marchand", f"sophie.marchand@{HOUSE}", "Informatique"),
    "karim": ("Karim Benali", f"karim.benali@{HOUSE}", "Voirie"),
    "julie": ("Julie Perrin", f"julie.perrin@{HOUSE}", "Finances"),
    "marc": ("Marc Dubois", f"marc.dubois@{HOUSE}", "Espaces verts"),
    "nadia": ("Nadia Roche", f"nadia.roche@{HOUSE}", "Vie associative"),
    "sig": ("", f"sig@{HOUSE}", "Service SIG"),
    "hugo": ("Hugo Lambert", f"hugo.lambert@{HOUSE}", "Direction générale"),
    "elise": ("Élise Caron", f"elise.caron@{HOUSE}", "Communication"),
    "thomas": ("Thomas Girard", f"thomas.girard@{HOUSE}", "Patrimoine arboré"),
    "ines": ("Inès Simon", f"ines.simon@{HOUSE}", "Comptabilité"),
}
SETS: Mapping[str, str] = {
    "menus": "Menus scolaires",
    "eclairage": "Éclairage public",
    "budget": "Budget primitif",
    "arbres": "Arbres remarquables",
    "subventions": "Subventions aux associations",
}
CONTACTS_CSV = "nom,courriel,service,type\n" + "".join(
    f"{name},{email},{service},{'service' if not name else 'direction' if key == 'hugo' else 'agent'}\n"
    for key, (name, email, service) in PEOPLE.items()
)
DATASETS_CSV = "id,title,rank,wanted\n" + "".join(f"{key},{title},{rank},oui\n" for rank, (key, title) in enumerate(SETS.items(), start=1))


@dataclass(frozen=True)
class Mail:
    """Say one mail: who writes (a key of PEOPLE, or "Name <address>") in answer to our letter to `to` about `about`, and what."""

    to: str
    about: str
    text: str = ""
    writer: str = ""
    kind: Literal["answer", "absence", "bounce", "delay", "receipt", "ticket"] = "answer"
    file: tuple[str, str] | None = None
    threaded: bool = True


@dataclass(frozen=True)
class Round:
    """Say one round: the letters that leave (contact or "Name <address>", data set, letter), then the mails that come."""

    letters: tuple[tuple[str, str, str], ...]
    mails: tuple[Mail, ...]


def rounds(today: date) -> tuple[Round, ...]:
    """Give the four rounds (tests/loop_town.toml); promises and absences are said of days after `today`."""
    days = {"{soon}": today + timedelta(days=12), "{back}": today + timedelta(days=10)}
    text = (Path(__file__).parent / "loop_town.toml").read_text(encoding="utf-8")
    for mark, day in days.items():
        text = text.replace(mark, f"{day:%d/%m/%Y}")
    return convert(tomllib.loads(text)["rounds"], tuple[Round, ...])


def address_of(who: str) -> str:
    """Give the address of a key of PEOPLE, or of "Name <address>"."""
    return PEOPLE[who][1] if who in PEOPLE else who.rpartition("<")[2].strip(">")


def written(mail: Mail, letter: EmailMessage, *, number: int, at: datetime) -> bytes:
    """Write one mail as its sender's program does: an Outlook, a robot, a mail system, our letter quoted below."""
    box = address_of(mail.to)
    name = PEOPLE[mail.to][0] or PEOPLE[mail.to][2] if mail.to in PEOPLE else "Julien Fabre"
    out = EmailMessage(policy=SMTP)
    out["From"] = mail.writer or f"{name} <{box}>"
    out["To"] = f"Claire Vasseur <{CLAIRE}>"
    out["Date"] = format_datetime(at)
    out["Message-ID"] = f"<boucle-{number}@{HOUSE}>"
    ours = str(letter["Message-ID"])
    if mail.kind in ("bounce", "delay", "receipt"):
        return _report(mail, out, ours, box)
    subject = str(letter["Subject"])
    out["In-Reply-To"] = out["References"] = ours
    if mail.kind == "absence":
        out["Subject"] = f"Réponse automatique : {subject}"
        out["Auto-Submitted"] = "auto-replied"
        out.set_content(mail.text + "\n")
        return out.as_bytes()
    if mail.kind == "ticket":
        out["Subject"] = f"[GLPI #0045127] {subject}"
        out["Auto-Submitted"] = "auto-generated"
        out.set_content(mail.text + "\n")
        return out.as_bytes()
    out["Subject"] = f"RE: {subject}"
    body = letter.get_body(("plain",))
    quoted = body.get_content() if body else ""
    out.set_content(
        f"{mail.text}\n\nDe : Claire Vasseur <{CLAIRE}>\nEnvoyé : lundi 23 novembre 2026 10:20\nÀ : {name}\nObjet : {subject}\n\n{quoted}"
    )
    if mail.file:
        out.add_attachment(mail.file[1].encode(), maintype="text", subtype="csv", filename=mail.file[0])
    return out.as_bytes()


def _report(mail: Mail, out: EmailMessage, ours: str, box: str) -> bytes:
    """Write a delivery report (RFC 3464) or a read receipt (RFC 8098)."""
    edge = "limite"
    head = f"Date: {out['Date']}\r\nTo: {CLAIRE}\r\nMessage-ID: {out['Message-ID']}\r\nMIME-Version: 1.0\r\n"
    original = f"--{edge}\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {ours}\r\nTo: {box}\r\n\r\n--{edge}--\r\n"
    if mail.kind == "receipt":
        return (
            f"From: {box}\r\nSubject: Lu : votre message\r\n{head}"
            f'Content-Type: multipart/report; report-type=disposition-notification; boundary="{edge}"\r\n\r\n'
            f"--{edge}\r\nContent-Type: text/plain\r\n\r\nVotre message a été lu.\r\n"
            f"--{edge}\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822;{box}\r\n"
            f"Original-Message-ID: {ours}\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n\r\n--{edge}--\r\n"
        ).encode()
    action, status = ("failed", "5.1.1") if mail.kind == "bounce" else ("delayed", "4.4.1")
    return (
        f"Return-Path: <>\r\nFrom: Mail Delivery System <mailer-daemon@{HOUSE}>\r\nSubject: Undelivered Mail Returned to Sender\r\n{head}"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{edge}"\r\n\r\n'
        f"--{edge}\r\nContent-Type: text/plain\r\n\r\nCe message n'a pas pu être remis.\r\n"
        f"--{edge}\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; {HOUSE}\r\n\r\n"
        f"Final-Recipient: rfc822; {box}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n{original}"
    ).encode()


Row = tuple[str, str, str, str]
EXPECTED: Mapping[str, tuple[str, tuple[Row, ...], tuple[tuple[str, str, str], ...]]] = {
    "Menus scolaires": (
        "reçu",
        (
            ("Paul Morin", "asked", "redirected", ""),
            ("Hugo Lambert", "asked", "refused", ""),
            ("Marc Dubois", "asked", "dead-end", ""),
            ("Julie Perrin", "asked", "to-explain", ""),
            ("Anne Le Goff", "holds", "holds", "Paul Morin"),
        ),
        (
            ("", "Paul Morin", "asked"),
            ("Paul Morin", "Anne Le Goff", "redirected"),
            ("", "Hugo Lambert", "asked"),
            ("", "Marc Dubois", "asked"),
            ("", "Julie Perrin", "asked"),
        ),
    ),
    "Éclairage public": (
        "localisé",
        (
            ("Karim Benali", "asked", "redirected", ""),
            ("Inès Simon", "asked", "redirected", ""),
            ("Sophie Marchand", "asked", "redirected", "Karim Benali"),
            ("Julien Fabre", "holds", "partial", "Inès Simon"),
            ("Service SIG", "asked", "redirected", "Sophie Marchand"),
        ),
        (
            ("", "Karim Benali", "asked"),
            ("Karim Benali", "Sophie Marchand", "redirected"),
            ("Sophie Marchand", "Service SIG", "redirected"),
            ("", "Inès Simon", "asked"),
            ("Inès Simon", "Julien Fabre", "redirected"),
            ("Service SIG", "Karim Benali", "redirected"),
        ),
    ),
    "Budget primitif": (
        "reçu",
        (
            ("Julie Perrin", "holds", "holds", ""),
            ("Paul Morin", "asked", "redirected", ""),
            ("Inès Simon", "asked", "refused", ""),
        ),
        (
            ("", "Julie Perrin", "asked"),
            ("", "Paul Morin", "asked"),
            ("Paul Morin", "Julie Perrin", "redirected"),
            ("", "Inès Simon", "asked"),
        ),
    ),
    "Arbres remarquables": (
        "localisé",
        (
            ("Marc Dubois", "asked", "redirected", ""),
            ("Karim Benali", "asked", "dead-end", ""),
            ("Sophie Marchand", "holds", "locked", ""),
            ("Élise Caron", "asked", "redirected", ""),
            ("Thomas Girard", "holds", "approval", "Marc Dubois"),
            ("Léo Martin", "asked", "dead-end", "Élise Caron"),
            ("Hugo Lambert", "validates", "linked", "Thomas Girard"),
        ),
        (
            ("", "Marc Dubois", "asked"),
            ("Marc Dubois", "Thomas Girard", "redirected"),
            ("", "Karim Benali", "asked"),
            ("", "Sophie Marchand", "asked"),
            ("Thomas Girard", "Hugo Lambert", "validates"),
            ("", "Élise Caron", "asked"),
            ("Élise Caron", "Léo Martin", "redirected"),
        ),
    ),
    "Subventions aux associations": (
        "localisé",
        (
            ("Nadia Roche", "asked", "dead-end", ""),
            ("Élise Caron", "asked", "dead-end", ""),
            ("Thomas Girard", "asked", "redirected", ""),
            ("Julie Perrin", "holds", "to-check", ""),
            ("Inès Simon", "holds", "partial", "Thomas Girard"),
        ),
        (
            ("", "Nadia Roche", "asked"),
            ("", "Élise Caron", "asked"),
            ("", "Thomas Girard", "asked"),
            ("Thomas Girard", "Inès Simon", "redirected"),
            ("", "Julie Perrin", "asked"),
        ),
    ),
}
"""The chart, written by hand: state, then (contact, relation, status, who pointed the way), then (from, to, relation)."""


def told(chart: Mapping[str, Any]) -> dict[str, tuple[str, set[Row], set[tuple[str, str, str]]]]:
    """Give the chart of the contract in the shape of EXPECTED, ids made names."""
    names = {one["id"]: one["name"] for one in chart["contacts"]} | {None: ""}
    return {
        one["title"]: (
            one["state"],
            {(names[link["contact"]], link["relation"], link["status"], names[link["by"]]) for link in one["chain"]},
            {(names[link["from"]], names[link["to"]], link["relation"]) for link in chart["links"] if link["dataset"] == one["id"]},
        )
        for one in chart["datasets"]
    }


def expected() -> dict[str, tuple[str, set[Row], set[tuple[str, str, str]]]]:
    """Give EXPECTED, the order left out."""
    return {title: (state, set(rows), set(links)) for title, (state, rows, links) in EXPECTED.items()}
