"""Where the answer ends and the signature begins."""

import re
from collections.abc import Sequence

from addin.core.reading.incoming import Mailbox
from addin.core.reading.lines import plain
from addin.core.reading.signatures.blocks import is_bare_signature, is_post, signs_as_a_block
from addin.core.reading.signatures.clients import is_client_line
from addin.core.reading.signatures.closings import closing_and_name, is_closing, is_greeting
from addin.core.reading.signatures.names import is_card, is_name, is_name_of, is_postscript, is_sentence

_DASHES = re.compile(r"-{2,3}|—|_{2,4}")
_MOST_LINES = 14
_LONGEST = 160
_ANSWER = re.compile(
    r"(?:oui|non|ok|merci|d'accord|parfait|entendu|voil[àa]|bonjour|re[çc]u|not[ée]|absolument|exact|idem|n[ée]ant|aucune?|rien|jamais|tout"
    r"|peut-[êe]tre|possible|impossible|excel|pdf|word)$"
    r"|(?:voyez|voir|vois|demandez|demande|contactez|contacte|appelez|appelle|essayez|avec|chez|par|pour|sauf|plut[ôo]t|cf)\b",
    re.IGNORECASE,
)
_STATES = re.compile(r"\b(?:est|sont|a|ont|sera|peut|faut|sous|dans|joint|joints|oui|non)\b", re.IGNORECASE)


def part(
    lines: Sequence[str], marked: Sequence[bool], sender: Mailbox, *, by_words: bool = True, bare: bool = False
) -> tuple[list[str], list[str]]:
    """Part lines into text and signature. `marked` tells which lines the mail client says to be a signature; `by_words` looks for others.

    The closing formula stays with the text, wherever the client put it; so does a postscript below the signature. A signature never takes
    the whole of a text, but that of a mail that only brings files (`bare`).
    """
    words = [plain(line) for line in lines if line.strip()]
    dashed = bool(words) and _DASHES.fullmatch(words[0]) is not None
    if bare and is_bare_signature(words[dashed:], sender):
        first = next(number for number, line in enumerate(lines) if line.strip())
        return [], list(lines[first + dashed :])
    own, signature = _marked(lines, marked)
    start = _start(own, sender) if by_words else None
    if start is None:
        return own, signature
    text, below = own[:start], own[start:]
    if below and plain(below[0]) and (formula := closing_and_name(plain(below[0])))[0]:
        at = below[0].find(formula[1])
        text, below = [*text, below[0][:at].rstrip(" -")], [below[0][at:], *below[1:]]
    if below and _DASHES.fullmatch(plain(below[0])):
        below = below[1:]
    after = _said_after(below)
    if not any(line.strip() for line in text) and not is_client_line(plain(own[start])):
        return own, signature
    said = below[after:]
    return [*text, *([""] if said else []), *said], [*below[:after], *signature]


def _marked(lines: Sequence[str], marked: Sequence[bool]) -> tuple[list[str], list[str]]:
    """Take the lines that the client marks, but for the formula they open with; none if nothing else stands outside."""
    flags = list(marked)
    for number, line in enumerate(lines):
        text = plain(line)
        if not flags[number] or not text or _DASHES.fullmatch(text):
            continue
        if not is_closing(text):
            break
        flags[number] = False
    own = [line for line, flag in zip(lines, flags, strict=True) if not flag]
    taken = [line for line, flag in zip(lines, flags, strict=True) if flag and not re.fullmatch(r"-- ?", line)]
    if not any(line.strip() and not is_greeting(plain(line)) and not is_closing(plain(line)) for line in own):
        return list(lines), []
    return own, taken


def _start(lines: Sequence[str], sender: Mailbox) -> int | None:
    """Give the number of the first line of the signature, or None."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    texts = {number: plain(lines[number]) for number in filled[-(_MOST_LINES + 8) :]}
    recent = list(texts)
    for at, number in enumerate(recent):
        text = texts[number]
        below = [texts[other] for other in recent[at + 1 :]]
        if _DASHES.fullmatch(text) and (
            text == "--" or (below and len(below) <= _MOST_LINES and not any(is_sentence(one) for one in below))
        ):
            return number
        if is_client_line(text) and len(below) <= 8:
            return number
        if closing_and_name(text)[0] and _signs(below, sender, after_name=True) and is_name_like(closing_and_name(text)[1], sender):
            return number
        if (is_closing(text) or _takes_leave(text, below, sender)) and below and not is_closing(below[0]) and _signs(below, sender):
            return recent[at + 1]
        if at + len(filled) - len(recent) > 0 and _signs_alone(lines, recent, at, texts, sender):
            return number
    return None


def is_name_like(text: str, sender: Mailbox) -> bool:
    """Tell whether a plain text may be the name that signs: the sender's own, or any that looks like one."""
    return is_name_of(text, sender) or is_name(text)


def _signs(below: list[str], sender: Mailbox, *, after_name: bool = False) -> bool:
    """Tell whether the lines below a closing formula sign: short ones, the first of them a name or a post, up to what says something."""
    card = below[: next((at for at, text in enumerate(below) if is_sentence(text) and not is_name_of(text, sender)), len(below))]
    if after_name and not below:
        return True
    if len(card) > _MOST_LINES or any(len(text) > _LONGEST for text in card):
        return False
    if not card:
        return after_name
    first = card[0]
    return is_name_like(first, sender) or is_card(first) or is_client_line(first) or (len(first.split()) <= 5 and not _STATES.search(first))


def _takes_leave(text: str, below: list[str], sender: Mailbox) -> bool:
    """Tell a formula of the writer's own making ("Nos sentiments horticoles,"): a few words and a comma above a name."""
    return (
        bool(below)
        and text.endswith(",")
        and len(text.split()) <= 6
        and not is_greeting(text)
        and not is_post(text)
        and is_name_like(below[0].rpartition(",")[2], sender)
    )


def _signs_alone(lines: Sequence[str], recent: list[int], at: int, texts: dict[int, str], sender: Mailbox) -> bool:
    """Tell whether a line signs without a formula above it: the sender's own name, or a lone name that ends the mail."""
    number = recent[at]
    text = texts[number]
    below = [texts[other] for other in recent[at + 1 :]]
    above = plain(lines[recent[at - 1]]) if at else plain(next((line for line in reversed(lines[:number]) if line.strip()), ""))
    if above.endswith(":") or is_closing(text):
        return False
    apart = number - (recent[at - 1] if at else number - 2) > 1
    card = not any(is_sentence(one) for one in below) and len(below) <= _MOST_LINES and all(len(one) <= _LONGEST for one in below)
    if is_name_of(text, sender) and (card or (below and all(is_sentence(one) for one in below[:1]) and is_postscript(below[0]))):
        return apart or above[-1:] in ".!?…," or is_closing(above)
    if not card:
        return False
    if (apart or (is_post(text) and 1 <= len(below) <= 2)) and signs_as_a_block([text, *below], above, sender):
        return True
    if not apart or text.endswith(","):
        return False
    if sender.email and any(sender.email in one.lower() for one in (text, *below)) and (is_name(text) or is_card(text)):
        return True
    return not below and above[-1:] in ".!?…)," and is_name(text) and len(text.split()) <= 3 and not is_greeting(text) and not _says(text)


def _says(text: str) -> bool:
    """Tell a short answer from a lone name that is not the sender's: "Merci", "RAS", "Voyez Anne", "Idem."."""
    bare = text.strip(" .!,")
    return text.endswith((".", "!")) or _ANSWER.match(bare) is not None or (len(bare) <= 4 and bare.isupper() and bare.isalpha())


def _said_after(below: list[str]) -> int:
    """Give the number of the first line under a signature that says something; their number when none does."""
    for number, line in enumerate(below):
        text = plain(line)
        if number and text and is_sentence(text) and not is_client_line(text):
            return number
    return len(below)
