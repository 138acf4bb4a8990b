"""What is said of each group: the one to write to next, the one not to write to, or nothing."""

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from addin.core.understanding.people import cues, hints
from addin.core.understanding.people.approvers import approves
from addin.core.understanding.people.cues import FILLERS
from addin.core.understanding.people.given_names import is_given
from addin.core.understanding.people.groups import Group, are_joined
from addin.core.understanding.people.incidental import is_incidental
from addin.core.understanding.people.lead_ins import stripped
from addin.core.understanding.people.mentions import Mentions
from addin.core.understanding.people.plaintext import bare, is_led_by_arrow
from addin.core.understanding.people.role_words import ROLES

_CLOSED = re.compile(r"\s?(?:[.,;:!?)(]|$|qui\b)")
_TOPIC = re.compile(r"(?: \w+)?,\s?(?:c'est|ce sont|ca)\b")
_ASSOCIATED = re.compile(
    r"(?:gere|gerent|gerait|occup\w+|detien\w+|(?:est|sont|etait) (?:en charge|chargee?s?|responsables?|competente?s?)"
    r"|(?:l'|les )(?:a|ont)|pourra\w*|saura\w*|(?:a|ont|doit avoir|doivent avoir|en a|en ont) ?(?:ca|cela|tout|toutes?|les"
    r"|la main|la liste|une?"
    r"|le|l'|cette|ces|ce|surement|peut-etre|forcement)?)\b"
)
_IDENTITY = re.compile(
    r"(?:c'est|cest|ce sont|ce serait|ce sera|il y a|y a|il s'agit d[eu']?|concerne|provien\w+ (?:de|du|des))(?: \w+ment)?$"
)
_NAMES_NOBODY = re.compile(
    r"(?:\bje suis|\bnous sommes|\bje travaille|\bnous travaillons|\bje suis affecte\w*|\bje suis rattache\w*|\bje bosse"
    r"|\bje dirige|\bje gere|\bj'ai rejoint|\bj'etais|\bje ne suis plus|\bje ne travaille plus|\bj'ai quitte"
    r"|\bje quitte)(?: [\w'-]+){0,5}$"
)

_APPROVES = re.compile(
    r"[\s),]*(?:(?:aura|ont|auront|a) (?:valide|donne|signe|autorise|dit oui|accepte|tranche)|me donne|valide|autorise|donne"
    r"|signe|est d'accord|sera d'accord|accepte)\b"
)
# "quand Paul sera rentré"; "fourni par Mme Jacob" tells where a file came from.
_CONDITION = re.compile(
    r"(?:\b(?:quand|lorsque|des que|si|tant que|apres que|pendant que|avant que)|\b(?:ete|etait) (?:donne|fourni|transmis"
    r"|envoye|remis|communique|adresse)e?s? par)$"
)

Outcome = Literal["next", "denied", "nobody", "detail"]


class Verdict(Struct, frozen=True):
    """Say what a group is.

    `detail` is an address or a telephone without a cue; `start` is where the cue opens, `anchored` that one stands beside the group,
    `telling` that it only tells where the data is ("géré par", "relève de", "chez"), without asking to write there.
    """

    outcome: Outcome
    confidence: float = 0.0
    start: int = 0
    end: int = 0
    anchored: bool = False
    telling: bool = False


def judged(found: Mentions) -> list[Verdict]:
    """Judge every group, in order; in an enumeration, one without a cue of its own follows the one before it."""
    verdicts: list[Verdict] = []
    for rank, group in enumerate(found.groups):
        verdict = judge(found, group)
        previous = found.groups[rank - 1] if rank else None
        if (
            not verdict.anchored
            and verdict.outcome in ("nobody", "detail")
            and previous is not None
            and previous.sentence == group.sentence
        ):
            given = verdicts[-1]
            topic = group.weak and group.first("person") is None and _TOPIC.match(found.after(group))
            if not topic and given.outcome in ("next", "denied") and given.anchored and are_joined(found.plain.text, previous, group):
                verdict = Verdict(given.outcome, given.confidence - 0.05, given.start, group.end, True, given.telling)
        if verdict.outcome == "next" and previous is not None and previous.sentence == group.sentence and verdicts[-1].outcome == "nobody":
            # "Mmes Lopez et Hoarau suivent ce dossier": the verb is that of both.
            between = found.bare[previous.end : group.start]
            if (
                not verdicts[-1].anchored
                and previous.first("person")
                and re.fullmatch(r"\s(?:et|ou)\s", between)
                and verdict.end > group.end
            ):
                verdicts[-1] = Verdict("next", verdict.confidence - 0.05, previous.start, verdict.end, True)
        verdicts.append(verdict)
    return verdicts


def judge(found: Mentions, group: Group) -> Verdict:
    """Judge one group by the words before and after it in its sentence."""
    before, after = found.before(group), found.after(group)
    steps = list(stripped(before, described=group.first("person") is not None))
    bared = steps[-1]
    named = group.first("person") is not None or group.first("service") is not None

    def said(outcome: Outcome, confidence: float, cue: int = 0, *, anchored: bool = True) -> Verdict:
        return Verdict(outcome, confidence, group.start - cue, group.end, anchored)

    if approves(found, group):
        return said("next", 0.8, len(before) - len(before.rstrip()))
    if any(cues.THANKED.search(step) for step in (steps[0], bared)):
        return said("nobody", 0.9)
    turned = next((len(before) - turn.start() for step in steps if (turn := cues.TURN.search(step))), 0)
    if not turned:
        if named and not cues.REPORTED.search(bared) and cues.HISTORY.search(bared):
            return said("denied", 0.85)
        if named and cues.is_denied(bared):
            return said("denied", 0.85)
    if named and cues.GONE.match(after):
        return said("denied", 0.85)
    if _CONDITION.search(bared):
        return said("next", 0.7) if _APPROVES.match(after) else said("nobody", 0.6)
    if cues.ONLY.match(after):
        return said("nobody", 0.6)
    if cues.REPORTED.search(bared):
        return said("next", 0.8)
    if cues.INSTEAD.search(bared):
        return said("nobody", 0.8)
    if cues.is_told_past(bared, after) or (not named and (cues.OURSELVES.search(before) or cues.SENT_BY_US.search(before))):
        return said("nobody", 0.8)
    if not named and cues.OURSELVES.search(bared):
        return said("nobody", 0.8)
    if group.first("person") is None and _NAMES_NOBODY.search(bared):
        return said("nobody", 0.8)
    if named and cues.DOES_NOT.match(after):
        return said("denied", 0.75)
    pointing = next((match for step in steps if (match := cues.POINTING.search(step))), None)
    if pointing is not None and re.search(r"\b(?:chez (?:nous|moi)|ici)\b", pointing.group()):
        pointing = None
    weak_service = group.weak and group.first("person") is None
    if (
        pointing is not None
        and weak_service
        and _IDENTITY.search(pointing.group())
        and not (
            (group.value("service").isupper() or group.marks[0].company)
            and len(group.value("service")) > 2
            and bare(group.value("service")) not in ROLES
            and _CLOSED.match(after)
        )
        and not (cues.DOES.match(after) and _ASSOCIATED.search(after[:60]))
    ):
        pointing = None
    if (
        pointing is not None
        and weak_service
        and not re.search(r"(?:\b(?:le|la|les|mon|notre|nos|au|aux|du|des|cote|service)\s|l'|[:(>]\s?|\ba\s)$", before)
        and not turned
        and group.first("phone") is None
    ):
        pointing = None
    if is_incidental(found, group, pointing.group() if pointing else ""):
        return said("nobody", 0.7)
    if pointing is not None and weak_service and (hints.SUBJECT.search(before) or bare(group.value("service")) in hints.PUBLIC):
        pointing = None
    if _is_place(group) and hints.IN_PLACE.search(before):
        return said("nobody", 0.6, anchored=False)
    if group.first("person") is None and hints.ONCE_MADE.search(before) and not (group.first("email") or group.first("phone")):
        return said("nobody", 0.6)
    if pointing is None and group.first("person") and hints.SOUGHT.search(before):
        return said("next", 0.75)
    if pointing is None and group.first("person") and hints.THEIRS.search(before):
        return said("next", 0.65)
    if named and not group.weak and hints.THEIR_OFFICE.match(after):
        return replace(said("next", 0.65), telling=True)
    if group.first("person") is None and hints.FUTURE.search(before):
        return said("nobody", 0.7)
    if (
        group.first("person") is None
        and hints.HELD_BY.search(before)
        and hints.NAMED_NEXT.match(found.plain.text[group.end : group.end + 60])
    ):
        return said("nobody", 0.5)
    if pointing is not None and group.first("person") is None and hints.DOUBTED.match(after):
        return said("nobody", 0.4)
    if pointing is not None and cues.WAS_DOING.match(after):
        return said("denied", 0.6)
    if cues.AS_ONESELF.search(before):
        return said("nobody", 0.7)
    if pointing is not None:
        return replace(said("next", 0.9, len(before) - pointing.start()), telling=cues.TELLING.search(pointing.group()) is not None)
    if named and hints.PAIRED.search(before):
        return replace(said("next", 0.75), telling=True)
    if named and not group.weak and cues.APPOSED.search(before) and group.first("person"):
        return said("next", 0.75)
    if named and cues.WAS.match(after):
        return said("denied", 0.6)
    if _opens_sentence(found, group) and not ((does := cues.DOES.match(after)) and _ASSOCIATED.search(does.group())):
        return said("nobody", 0.5, anchored=False)
    does = cues.DOES.match(after) if named else None
    known = bare(group.value("service")) not in ("dpo", "dgs", "dga", "rssi") and (
        " " in group.value("service") or group.value("service").isupper()
    )
    told = does is not None and (
        not weak_service
        or (
            (_ASSOCIATED.search(does.group()) or (known and _strong_does(does.group()))) and re.search(r"(?:\b(?:le|la|les)\s|l')$", before)
        )
    )
    if told and does is not None and _is_sure(group, does.group()):
        return Verdict("next", 0.85, group.start, group.end + does.end(), True, telling=True)
    asked = cues.ASKED.match(after) if named and not weak_service else None
    if asked and (asked.group().strip() != "?" or (not bared and not _is_lower(found, group))):
        return Verdict("next", 0.7, group.start, group.end + asked.end(), True)
    if named and cues.AWAY.match(after):
        return said("nobody", 0.7)
    if named and not weak_service and any(cues.POINTING_EARLIER.search(step) for step in [*steps[:1], bared]):
        return said("next", 0.7)
    sentence = found.sentences[group.sentence]
    if (
        named
        and not group.weak
        and cues.LISTED.search(found.bare[max(sentence.start, group.start - 450) : group.start])
        and not cues.PAST.search(before)
    ):
        return said("next", 0.65, anchored=False)
    return _unanchored(found, group)


def _is_place(group: Group) -> bool:
    """Tell whether a group is one unknown capital, which may be a place."""
    mark = group.marks[0]
    return len(group.marks) == 1 and mark.weak and mark.kind == "person" and " " not in mark.value and not is_given(bare(mark.value))


def _is_lower(found: Mentions, group: Group) -> bool:
    return found.plain.text[group.start : group.start + 1].islower()


def _opens_sentence(found: Mentions, group: Group) -> bool:
    """Tell whether a group is one unknown word at the head of a sentence, whose capital tells nothing."""
    mark = group.marks[0]
    return (
        len(group.marks) == 1
        and mark.weak
        and mark.kind == "person"
        and " " not in mark.value
        and not is_given(bare(mark.value))
        and not re.search(r"\w", found.before(group))
    )


def _is_sure(group: Group, does: str) -> bool:
    """Tell whether what somebody does says that they hold data: of a person nearly any verb, of a department only those that say so."""
    if group.first("person") or group.first("email") or group.first("phone") or any(mark.company for mark in group.marks):
        return True
    return _ASSOCIATED.search(does) is not None or _strong_does(does)


def _strong_does(words: str) -> bool:
    return (
        re.search(
            r"tien|suit|suivent|pilot|produi|dispose|possede|centralis|administr|conserv|instrui|saisi|collect|recens|traite|assur"
            r"|repond|met |fait\b|font\b|realis|heberg|archiv",
            words,
        )
        is not None
    )


def _unanchored(found: Mentions, group: Group) -> Verdict:
    """Judge a group without any cue: it counts when it holds a way to reach somebody, or stands alone in a list or after a colon."""
    sentence = found.sentences[group.sentence]
    rest = found.bare[sentence.start : group.start] + " " + found.bare[group.end : sentence.end]
    alone = not [word for word in re.findall(r"[^\W\d_]{2,}", rest) if word not in FILLERS and word not in ROLES]
    number_only = group.first("email") is None and group.first("person") is None and group.first("service") is None and not alone
    reachable = group.first("email") is not None or (group.first("phone") is not None and not group.weak)
    if alone and not _only_weak(group) and (sentence.item or sentence.led or is_led_by_arrow(found.plain.text, sentence)):
        return Verdict("next", 0.75, group.start, group.end, True)
    if reachable:
        # A telephone alone in a sentence is nobody's, unless it completes a name said before.
        return Verdict("detail", 0.5 if number_only else 0.65, group.start, group.end)
    if alone and group.first("person") is not None and group.first("service") is not None:
        return Verdict("detail", 0.6, group.start, group.end)
    return Verdict("nobody")


def _only_weak(group: Group) -> bool:
    return group.weak and len(group.marks) == 1 and group.marks[0].kind == "service"
