"""Calendar answers as a dozen mail clients write them. All people, hosts and identifiers are invented."""

import base64
import quopri
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import md5
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
WORDS = {"ACCEPTED": "Accepté", "DECLINED": "Refusé", "TENTATIVE": "Provisoire"}
THUNDERBIRD_WORDS = {"ACCEPTED": "accepté", "DECLINED": "décliné", "TENTATIVE": "accepté provisoirement"}


@dataclass(frozen=True)
class Said:
    """Say one answer: `proposed` makes it a proposal of another time; `writer` is the From when it is not the attendee."""

    uid: str
    email: str
    name: str = "Paul Morin"
    partstat: str = "ACCEPTED"
    start: datetime = datetime(2026, 12, 8, 10, 0, tzinfo=PARIS)
    end: datetime = datetime(2026, 12, 8, 10, 45, tzinfo=PARIS)
    title: str = "Séance 1 sur 4 : Introduction et nettoyage"
    organizer: str = "claire.vasseur@saint-aubin.example"
    sequence: int = 0
    stamp: datetime = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    comment: str = ""
    recurrence: datetime | None = None
    proposed: datetime | None = None
    method: str = "REPLY"
    writer: str = ""
    key: str = "1"

    @property
    def verb(self) -> str:
        return "COUNTER" if self.proposed else self.method

    @property
    def begins(self) -> datetime:
        return self.proposed or self.start

    @property
    def ends(self) -> datetime:
        return self.begins + (self.end - self.start)


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def local(moment: datetime) -> str:
    return moment.astimezone(PARIS).strftime("%Y%m%dT%H%M%S")


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def word(text: str) -> str:
    return f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="


def block(*lines: str) -> str:
    return "\r\n".join(line for line in lines if line) + "\r\n"


def folded(text: str) -> str:
    out = []
    for line in text.split("\r\n"):
        octets = line.encode()
        while len(octets) > 74:
            cut = 74
            while octets[cut] & 0xC0 == 0x80:
                cut -= 1
            out.append(octets[:cut].decode())
            octets = b" " + octets[cut:]
        out.append(octets.decode())
    return "\r\n".join(out)


def b64(text: str | bytes, indent: str = "") -> str:
    octets = text.encode() if isinstance(text, str) else text
    lines = base64.encodebytes(octets).decode().split()
    return block(*(indent + line if n else line for n, line in enumerate(lines)))


def qp(text: str) -> str:
    return quopri.encodestring(text.encode()).decode().replace("\r\n", "\n").replace("\n", "\r\n")


def part(*lines: str, body: str) -> str:
    return block(*lines) + "\r\n" + body


def multipart(kind: str, boundary: str, *parts: str) -> str:
    inside = "".join(f"--{boundary}\r\n{one}\r\n" for one in parts)
    return f'Content-Type: multipart/{kind};\r\n\tboundary="{boundary}"\r\n\r\n{inside}--{boundary}--\r\n'


def headers(said: Said, client: str, subject: str, *extra: str, writer: str = "") -> str:
    return block(
        f"From: {word(said.name)} <{writer or said.writer or said.email}>",
        f"To: Claire Vasseur <{said.organizer}>",
        f"Subject: {word(subject)}",
        f"Date: {format_datetime(said.stamp)}",
        f"Message-ID: <{client}.{md5(repr(said).encode()).hexdigest()}@clients.example>",
        *extra,
        "MIME-Version: 1.0",
    )


WINDOWS_ZONE = block(
    "BEGIN:VTIMEZONE",
    "TZID:Romance Standard Time",
    "BEGIN:STANDARD",
    "DTSTART:16010101T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)
OUTLOOK_ZONE = WINDOWS_ZONE.replace("Romance Standard Time", "(UTC+01:00) Brussels\\, Copenhagen\\, Madrid\\, Paris")
PARIS_ZONE = WINDOWS_ZONE.replace("Romance Standard Time", "Europe/Paris")


def outlook_desktop(said: Said) -> bytes:
    prefix = "Nouvel horaire proposé" if said.proposed else WORDS.get(said.partstat, "Réponse")
    ics = (
        block("BEGIN:VCALENDAR", f"METHOD:{said.verb}", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0")
        + WINDOWS_ZONE
        + block(
            "BEGIN:VEVENT",
            f"ORGANIZER:MAILTO:{said.organizer}" if not said.proposed else "",
            f"ATTENDEE;PARTSTAT={said.partstat};CN={said.name}:MAILTO:{said.email}",
            f"COMMENT;LANGUAGE=fr-FR:{escaped(said.comment)}\\n",
            f"UID:{said.uid}",
            f"RECURRENCE-ID;TZID=Romance Standard Time:{local(said.recurrence)}" if said.recurrence else "",
            f"SUMMARY;LANGUAGE=fr-FR:{prefix} : {escaped(said.title)}",
            f"DTSTART;TZID=Romance Standard Time:{local(said.begins)}",
            f"DTEND;TZID=Romance Standard Time:{local(said.ends)}",
            f"X-MS-OLK-ORIGINALSTART;TZID=Romance Standard Time:{local(said.start)}" if said.proposed else "",
            "CLASS:PUBLIC",
            "PRIORITY:5",
            f"DTSTAMP:{utc(said.stamp)}",
            "TRANSP:OPAQUE",
            "STATUS:CONFIRMED",
            f"SEQUENCE:{said.sequence}",
            "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
            "END:VEVENT",
            "END:VCALENDAR",
        )
    )
    return (
        headers(said, "outlook", f"{prefix}\u00a0: {said.title}", "Thread-Topic: seance", "X-MS-Has-Attach:")
        + multipart(
            "alternative",
            "_000_AM0PR_",
            part('Content-Type: text/plain; charset="iso-8859-1"', body="Voir mon mot."),
            part(
                f'Content-Type: text/calendar; charset="utf-8"; method={said.verb}',
                "Content-Transfer-Encoding: base64",
                body=b64(folded(ics)),
            ),
        )
    ).encode()


def outlook_web(said: Said) -> bytes:
    prefix = "Nouvel horaire proposé" if said.proposed else WORDS.get(said.partstat, "Réponse")
    zone = '"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"'
    ics = (
        block("BEGIN:VCALENDAR", f"METHOD:{said.verb}", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0")
        + OUTLOOK_ZONE
        + block(
            "BEGIN:VEVENT",
            f"ATTENDEE;PARTSTAT={said.partstat};CN={said.name}:mailto:{said.email}",
            f"COMMENT;LANGUAGE=fr-FR:{escaped(said.comment)}\\n",
            f"UID:{said.uid}",
            f"RECURRENCE-ID;TZID={zone}:{local(said.recurrence)}" if said.recurrence else "",
            f"SUMMARY;LANGUAGE=fr-FR:{prefix} : {escaped(said.title)}",
            f"DTSTART;TZID={zone}:{local(said.begins)}",
            f"DTEND;TZID={zone}:{local(said.ends)}",
            f"DTSTAMP:{utc(said.stamp)}",
            f"SEQUENCE:{said.sequence}",
            "END:VEVENT",
            "END:VCALENDAR",
        )
    )
    return (
        headers(said, "owa", f"{prefix} : {said.title}")
        + part(
            f'Content-Type: text/calendar; charset="utf-8";method={said.verb}; name="meeting.ics"',
            "Content-Transfer-Encoding: base64",
            body=b64(ics, indent="\t"),
        )
    ).encode()


def exchange_bare(said: Said) -> bytes:
    """No ORGANIZER, no DTSTAMP, no SEQUENCE, a Windows zone that no VTIMEZONE describes."""
    ics = block(
        "BEGIN:VCALENDAR",
        f"METHOD:{said.verb}",
        "PRODID:Microsoft CDO for Microsoft Exchange",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        f'ATTENDEE;PARTSTAT={said.partstat};CN="{said.name}":MAILTO:{said.email}',
        f"COMMENT:{escaped(said.comment)}\\n",
        f"UID:{said.uid}",
        f"RECURRENCE-ID;TZID=Romance Standard Time:{local(said.recurrence)}" if said.recurrence else "",
        f"SUMMARY:Réunion acceptée : {escaped(said.title)}",
        f"DTSTART;TZID=Romance Standard Time:{local(said.begins)}",
        f"DTEND;TZID=Romance Standard Time:{local(said.ends)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return (
        headers(said, "exchange", f"Réunion acceptée\u00a0: {said.title}")
        + multipart(
            "alternative",
            "----=_NextPart_1",
            part(
                f'Content-Type: text/calendar; method={said.verb};\r\n\tcharset="us-ascii"',
                "Content-Transfer-Encoding: 8bit",
                body=ics,
            ),
        )
    ).encode()


def google(said: Said) -> bytes:
    """The header says REPLY around a COUNTER; the comment and the guests stand on ATTENDEE."""
    params = [f"CN={said.name}"]
    if said.comment:
        params += ["X-NUM-GUESTS=0", f'X-RESPONSE-COMMENT="{said.comment}"']
    ics = folded(
        block(
            "BEGIN:VCALENDAR",
            "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
            "VERSION:2.0",
            "CALSCALE:GREGORIAN",
            f"METHOD:{said.verb}",
            "BEGIN:VEVENT",
            f"DTSTART:{utc(said.begins)}",
            f"DTEND:{utc(said.ends)}",
            f"DTSTAMP:{utc(said.stamp)}",
            f"ORGANIZER;CN={said.organizer}:mailto:{said.organizer}",
            f"UID:{said.uid}",
            f"RECURRENCE-ID:{utc(said.recurrence)}" if said.recurrence else "",
            f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said.partstat};{';'.join(params)}:mailto:{said.email}",
            f"CREATED:{utc(said.stamp)}",
            f"DESCRIPTION:{escaped('Ordre du jour; puis, questions.')}",
            f"LAST-MODIFIED:{utc(said.stamp)}",
            "LOCATION:salle du conseil",
            f"SEQUENCE:{said.sequence}",
            "STATUS:CONFIRMED",
            f"SUMMARY:{escaped(said.title)}",
            "TRANSP:OPAQUE",
            "END:VEVENT",
            "END:VCALENDAR",
        )
    )
    subject = f"{WORDS.get(said.partstat, 'Réponse')} : {said.title}"
    words = multipart(
        "alternative",
        "0000a2",
        part('Content-Type: text/plain; charset="UTF-8"', "Content-Transfer-Encoding: base64", body=b64(f"{said.name} a répondu.")),
        part('Content-Type: text/html; charset="UTF-8"', "Content-Transfer-Encoding: quoted-printable", body=qp("<p>A répondu.</p>")),
        part('Content-Type: text/calendar; charset="UTF-8"; method=REPLY', "Content-Transfer-Encoding: 7bit", body=ics),
    )
    file = part(
        'Content-Type: application/ics; name="invite.ics"',
        'Content-Disposition: attachment; filename="invite.ics"',
        "Content-Transfer-Encoding: base64",
        body=b64(ics),
    )
    return (
        headers(said, "google", subject, "Auto-Submitted: auto-generated", f"Reply-To: {said.email}")
        + multipart("mixed", "0000a1", words, file)
    ).encode()


def apple(said: Said) -> bytes:
    """Line feeds alone, the calendar as a joined file, VTIMEZONE first."""
    ics = (
        block("BEGIN:VCALENDAR", "CALSCALE:GREGORIAN", "PRODID:-//Apple Inc.//macOS 15.1//EN", f"METHOD:{said.verb}", "VERSION:2.0")
        + PARIS_ZONE
        + block(
            "BEGIN:VEVENT",
            f"UID:{said.uid}",
            f"RECURRENCE-ID;TZID=Europe/Paris:{local(said.recurrence)}" if said.recurrence else "",
            f"DTEND;TZID=Europe/Paris:{local(said.ends)}",
            f"SUMMARY:{escaped(said.title)}",
            f"DTSTART;TZID=Europe/Paris:{local(said.begins)}",
            f"DTSTAMP:{utc(said.stamp)}",
            f"SEQUENCE:{said.sequence}",
            f"ATTENDEE;CN={said.name};CUTYPE=INDIVIDUAL;PARTSTAT={said.partstat}:mailto:{said.email}",
            f"COMMENT:{escaped(said.comment)}" if said.comment else "",
            f"ORGANIZER;CN=Claire Vasseur:mailto:{said.organizer}",
            "END:VEVENT",
            "END:VCALENDAR",
        )
    ).replace("\r\n", "\n")
    return (
        headers(said, "apple", f"Invitation acceptée : {said.title}")
        + multipart(
            "mixed",
            "Apple-Mail=_1",
            part("Content-Type: text/plain; charset=utf-8", body="Voir."),
            part(
                f"Content-Type: text/calendar; charset=utf-8; method={said.verb}; name=iCal-20261125-093000.ics",
                "Content-Disposition: attachment; filename=iCal-20261125-093000.ics",
                "Content-Transfer-Encoding: quoted-printable",
                body=qp(ics),
            ),
        )
    ).encode()


def thunderbird(said: Said) -> bytes:
    """Two copies, no In-Reply-To."""
    ics = folded(
        block("BEGIN:VCALENDAR", "PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN", "VERSION:2.0", f"METHOD:{said.verb}")
        + PARIS_ZONE
        + block(
            "BEGIN:VEVENT",
            f"DTSTAMP:{utc(said.stamp)}",
            f"UID:{said.uid}",
            f"RECURRENCE-ID;TZID=Europe/Paris:{local(said.recurrence)}" if said.recurrence else "",
            f"SUMMARY:{escaped(said.title)}",
            f"ORGANIZER;CN=Claire Vasseur;PARTSTAT=ACCEPTED:mailto:{said.organizer}",
            f"ATTENDEE;CN={said.name};PARTSTAT={said.partstat};ROLE=REQ-PARTICIPANT:mailto:{said.email}",
            f"COMMENT:{escaped(said.comment)}" if said.comment else "",
            f"DTSTART;TZID=Europe/Paris:{local(said.begins)}",
            f"DTEND;TZID=Europe/Paris:{local(said.ends)}",
            f"SEQUENCE:{said.sequence}",
            "END:VEVENT",
            "END:VCALENDAR",
        )
    )
    subject = f"Réponse à l’invitation ({THUNDERBIRD_WORDS.get(said.partstat, 'réponse')}) : {said.title}"
    words = multipart(
        "alternative",
        "------------t2",
        part("Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit", body=f"{said.name} a répondu."),
        part(f"Content-Type: text/calendar; charset=UTF-8; method={said.verb}", "Content-Transfer-Encoding: 8bit", body=ics),
    )
    file = part(
        'Content-Type: application/ics; name="invite.ics"',
        'Content-Disposition: attachment; filename="invite.ics"',
        "Content-Transfer-Encoding: base64",
        body=b64(ics),
    )
    return (
        headers(said, "thunderbird", subject, "User-Agent: Mozilla Thunderbird") + multipart("mixed", "------------t1", words, file)
    ).encode()


def bluemind(said: Said) -> bytes:
    """MAILTO: in capitals, an HTML body, the method quoted."""
    ics = block(
        "BEGIN:VCALENDAR",
        "PRODID:-//BlueMind//BlueMind Calendar//FR",
        "VERSION:2.0",
        f"METHOD:{said.verb}",
        "BEGIN:VEVENT",
        f"UID:{said.uid}",
        f"RECURRENCE-ID;TZID=Europe/Paris:{local(said.recurrence)}" if said.recurrence else "",
        f"DTSTAMP:{utc(said.stamp)}",
        f"DTSTART;TZID=Europe/Paris:{local(said.begins)}",
        f"DTEND;TZID=Europe/Paris:{local(said.ends)}",
        f"SUMMARY:{escaped(said.title)}",
        f"ORGANIZER;CN=Claire Vasseur;DIR=bm://saint-aubin.example/users/c:MAILTO:{said.organizer}",
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said.partstat};RSVP=FALSE;CN={said.name}"
        + f';X-RESPONSE-COMMENT="{said.comment}":MAILTO:{said.email.upper()}',
        f"SEQUENCE:{said.sequence}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return (
        headers(said, "bluemind", f"{'Peut-être' if said.partstat == 'TENTATIVE' else 'Invitation'} : {said.title}")
        + multipart(
            "alternative",
            "bm-1",
            part("Content-Type: text/html; charset=UTF-8", "Content-Transfer-Encoding: base64", body=b64(f"<p>{said.name} a répondu.</p>")),
            part(
                f'Content-Type: text/calendar; charset=UTF-8; method="{said.verb}"; name="reply.ics"',
                "Content-Transfer-Encoding: base64",
                body=b64(folded(ics)),
            ),
        )
    ).encode()


def zimbra(said: Said) -> bytes:
    """VTIMEZONE last."""
    ics = (
        block(
            "BEGIN:VCALENDAR",
            "PRODID:Zimbra-Calendar-Provider",
            "VERSION:2.0",
            f"METHOD:{said.verb}",
            "BEGIN:VEVENT",
            f"UID:{said.uid}",
            f'RECURRENCE-ID;TZID="Europe/Brussels":{local(said.recurrence)}' if said.recurrence else "",
            f"SUMMARY:{WORDS.get(said.partstat, 'Réponse')} : {escaped(said.title)}",
            f"COMMENT:{escaped(said.comment)}" if said.comment else "",
            f"ATTENDEE;CN={said.name};ROLE=REQ-PARTICIPANT;PARTSTAT={said.partstat}:mailto:{said.email}",
            f"ORGANIZER;CN=Claire Vasseur:mailto:{said.organizer}",
            f'DTSTART;TZID="Europe/Brussels":{local(said.begins)}',
            f'DTEND;TZID="Europe/Brussels":{local(said.ends)}',
            f"DTSTAMP:{utc(said.stamp)}",
            f"SEQUENCE:{said.sequence}",
            "END:VEVENT",
        )
        + PARIS_ZONE.replace("Europe/Paris", "Europe/Brussels")
        + block("END:VCALENDAR")
    )
    return (
        headers(said, "zimbra", f"{WORDS.get(said.partstat, 'Réponse')} : {said.title}", "X-Mailer: Zimbra 10.1")
        + multipart(
            "alternative",
            "=_z",
            part("Content-Type: text/plain; charset=utf-8", body="Oui."),
            part(
                f"Content-Type: text/calendar; charset=utf-8; method={said.verb}; name=meeting.ics",
                "Content-Transfer-Encoding: 8bit",
                body=folded(ics),
            ),
        )
    ).encode()


def nextcloud(said: Said) -> bytes:
    """Sent by the server's own calendar code through the person's account: the calendar beside the alternative."""
    ics = block(
        "BEGIN:VCALENDAR",
        "PRODID:-//Sabre//Sabre VObject 4.5.6//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        f"METHOD:{said.verb}",
        "BEGIN:VEVENT",
        f"UID:{said.uid}",
        f"DTSTAMP:{utc(said.stamp)}",
        f"SEQUENCE:{said.sequence}",
        f"DTSTART;TZID=Europe/Paris:{local(said.begins)}",
        f"DTEND;TZID=Europe/Paris:{local(said.ends)}",
        f"RECURRENCE-ID;TZID=Europe/Paris:{local(said.recurrence)}" if said.recurrence else "",
        f"SUMMARY:{escaped(said.title)}",
        f"ORGANIZER;CN=Claire Vasseur:mailto:{said.organizer}",
        f"ATTENDEE;PARTSTAT={said.partstat};CN={said.name}:mailto:{said.email}",
        f"COMMENT:{escaped(said.comment)}" if said.comment else "",
        "REQUEST-STATUS:2.0;Success",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    words = multipart(
        "alternative",
        "nc2",
        part("Content-Type: text/plain; charset=utf-8", body="Oui."),
        part("Content-Type: text/html; charset=utf-8", body="<p>Oui.</p>"),
    )
    file = part(
        f'Content-Type: text/calendar; method={said.verb}; charset="utf-8"; name=event.ics',
        "Content-Disposition: attachment; filename=event.ics",
        "Content-Transfer-Encoding: base64",
        body=b64(ics),
    )
    subject = f"{said.name} a répondu à votre invitation"
    return (headers(said, "nextcloud", subject, f"Reply-To: {said.email}") + multipart("mixed", "nc1", words, file)).encode()


def sogo(said: Said) -> bytes:
    """VERSION inside the event, no blank before the method, the UID twice."""
    ics = block(
        "BEGIN:VCALENDAR",
        "PRODID:-//Inverse inc./SOGo 5.11//EN",
        f"METHOD:{said.verb}",
        "BEGIN:VEVENT",
        "VERSION:2.0",
        f"UID:{said.uid}",
        f"UID:{said.uid}",
        f"RECURRENCE-ID;TZID=Europe/Paris:{local(said.recurrence)}" if said.recurrence else "",
        f"SUMMARY:{escaped(said.title)}",
        f"DTSTART;TZID=Europe/Paris:{local(said.begins)}",
        f"DTEND;TZID=Europe/Paris:{local(said.ends)}",
        f"DTSTAMP:{utc(said.stamp)}",
        f"SEQUENCE:{said.sequence}",
        f"ORGANIZER;CN=Claire Vasseur:mailto:{said.organizer}",
        f"ATTENDEE;PARTSTAT={said.partstat};ROLE=REQ-PARTICIPANT;RSVP=TRUE;CN={said.name}:mailto:{said.email}",
        f"COMMENT:{escaped(said.comment)}" if said.comment else "",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return (
        headers(said, "sogo", f"Invitation acceptée : {said.title}", "User-Agent: SOGoMail 5.11")
        + multipart(
            "mixed",
            "sogo1",
            part("Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit", body="<p>Accepté.</p>"),
            part(
                f"Content-Type: text/calendar;method={said.verb};charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "Content-Disposition: inline",
                body=qp(ics),
            ),
        )
    ).encode()


def evolution(said: Said) -> bytes:
    """Several ATTENDEE lines, those of the others as they were, a maker's prefix before the zone."""
    zone = "/freeassociation.sourceforge.net/Europe/Paris"
    ics = block(
        "BEGIN:VCALENDAR",
        "PRODID:-//Ximian//NONSGML Evolution Calendar//EN",
        "VERSION:2.0",
        f"METHOD:{said.verb}",
        "BEGIN:VEVENT",
        f"UID:{said.uid}",
        f"RECURRENCE-ID;TZID={zone}:{local(said.recurrence)}" if said.recurrence else "",
        f"DTSTAMP:{utc(said.stamp)}",
        f"DTSTART;TZID={zone}:{local(said.begins)}",
        f"DTEND;TZID={zone}:{local(said.ends)}",
        f"SUMMARY:{escaped(said.title)}",
        f"SEQUENCE:{said.sequence}",
        f"ORGANIZER;CN=Claire Vasseur:mailto:{said.organizer}",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=Anne Le Goff:mailto:anne.legoff@saint-aubin.example",
        f"ATTENDEE;PARTSTAT={said.partstat};CN={said.name}:mailto:{said.email}",
        f"COMMENT:{escaped(said.comment)}" if said.comment else "",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return (
        headers(said, "evolution", f"Réunion : {said.title}")
        + part(
            f'Content-Type: text/calendar; name="meeting.ics"; charset=utf-8; METHOD={said.verb}',
            "Content-Transfer-Encoding: 8bit",
            body=folded(ics),
        )
    ).encode()


CLIENTS: dict[str, Callable[[Said], bytes]] = {
    "outlook-bureau": outlook_desktop,
    "outlook-web": outlook_web,
    "exchange-nu": exchange_bare,
    "google": google,
    "apple": apple,
    "thunderbird": thunderbird,
    "bluemind": bluemind,
    "zimbra": zimbra,
    "nextcloud": nextcloud,
    "sogo": sogo,
    "evolution": evolution,
}
