"""The statuses of a link of the organigramme: a French word, a mark and a tone each, never a colour alone."""

from collections.abc import Mapping

from msgspec import Struct


class Status(Struct, frozen=True):
    """Describe one status.

    `shape` names the drawing (`shape-…` class, one of full, expected, half, stamp, lock, check, arrow, dashed, hourglass, question,
    hole, outline, cross, moon, mail, link), `mark` is one character that stands for it in plain text,
    `tone` names the family of colour (`tone-…` class: ok, wait, info, warn, stop, off).
    """

    label: str
    shape: str
    tone: str
    mark: str


STATUS: Mapping[str, Status] = {
    "holds": Status("détient", "full", "ok", "●"),
    "holds-expected": Status("détient (attendu)", "expected", "ok", "◔"),
    "partial": Status("détient en partie", "half", "ok", "◐"),
    "locked": Status("détient (logiciel sans export)", "lock", "warn", "▣"),
    "approval": Status("en attente d'accord", "stamp", "wait", "◇"),
    "to-check": Status("à vérifier", "check", "wait", "✓"),
    "redirected": Status("a orienté", "arrow", "info", "→"),
    "linked": Status("participe", "link", "info", "↔"),
    "to-ask": Status("à interroger", "dashed", "info", "＋"),
    "asked": Status("demandé", "dashed", "wait", "○"),
    "to-explain": Status("demandé, à préciser", "question", "wait", "?"),
    "silent": Status("sans réponse", "hole", "warn", "◌"),
    "reminded": Status("relancé", "hourglass", "warn", "⧗"),
    "absent": Status("absent", "moon", "off", "☾"),
    "bounced": Status("adresse invalide", "mail", "stop", "✉"),
    "refused": Status("refus", "outline", "stop", "□"),
    "dead-end": Status("sans suite", "cross", "stop", "✕"),
    "unavailable": Status("non disponible", "outline", "off", "□"),
}
"""By code, in the order of a legend."""

HOLDING = frozenset({"holds", "holds-expected", "partial", "locked", "approval", "to-check"})
OPEN = frozenset({"to-ask", "asked", "to-explain", "silent", "reminded", "absent"})

STATUS_OF_ANSWER: Mapping[str, str] = {
    "holds_sent": "holds",
    "holds_later": "holds-expected",
    "holds_partial": "partial",
    "needs_approval": "approval",
    "locked": "locked",
    "already_published": "to-check",
    "redirects": "redirected",
    "external": "redirected",
    "knows_nobody": "dead-end",
    "not_existing": "dead-end",
    "moved": "dead-end",
    "no_interest": "refused",
    "refuses": "refused",
    "not_understood": "to-explain",
}
"""The status that each kind of answer gives. `absent` and `bounced` are no answers: they only pause or stop the waiting."""
