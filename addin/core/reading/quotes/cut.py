"""What the person wrote: our own text taken off by alignment, then what the shapes of mail clients show, then signature and footers."""

from collections.abc import Sequence

from msgspec import Struct

from addin.core.reading.alignment import Known, align
from addin.core.reading.incoming import Forwarded, Mailbox, Piece
from addin.core.reading.lines import Line, joined, lines_of, plain
from addin.core.reading.mailboxes import read_mailboxes
from addin.core.reading.quotes.attributions import attribution_at
from addin.core.reading.quotes.headers import Block, blocks_of
from addin.core.reading.quotes.known import only_ours, put_right
from addin.core.reading.quotes.roles import Role, roles_of
from addin.core.reading.quotes.segments import Segment, segments_of
from addin.core.reading.quotes.tints import announced, in_our_text, lone_marks, take_out
from addin.core.reading.sent import Sent
from addin.core.reading.signatures.footers import without_banner, without_footers
from addin.core.reading.signatures.signature import part
from addin.core.reading.words import header_text

_NOT_PARTED = "La réponse n’a pas pu être séparée du message cité\u00a0: relisez le texte."
_LEFT = "Des lignes précédées de «\u00a0>\u00a0» sont restées dans le texte."
_INSIDE = "La personne dit répondre dans le message cité\u00a0: relisez-le, ses réponses n’ont pas été trouvées."
_LEAK = "Des mots de votre propre message sont peut-être restés dans le texte\u00a0: relisez-le."
_ONLY_OURS = "Ce message ne contient que le vôtre, cité\u00a0: lisez son objet et ses fichiers."
_LEAKED_RUN = 8
_ANY_SENTENCE = "Ceci est dit."


class Cut(Struct, frozen=True, kw_only=True):
    """Hold what was kept (`text`), the signature, whether something quoted was taken off, and what must be said (`warnings`).

    `pieces` are the answers below or between the quoted lines, `forwarded` what a forward hands on, `doubtful` tells that `text` may hold
    quoted words or lack answers.
    """

    text: str
    signature: str = ""
    quoted: bool = False
    warnings: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    forwarded: Forwarded | None = None
    doubtful: bool = False


def cut(
    body: Sequence[Line],
    *,
    answer: bool,
    forward: bool = False,
    bare_file: bool = False,
    sender: Mailbox = Mailbox(),  # noqa: B008  # frozen
    sent: Sequence[Sent] = (),
) -> Cut:
    """Take quoted text, signature and footers off the lines of a body.

    `answer` tells that the mail answers another one (so that lines in `>` are quotes even without an attribution); `forward` that it hands
    on another mail (nothing may be left); `bare_file` that it carries files (idem). `sent` are the messages that may be quoted.
    When the cut would leave nothing, or when lines in `>` have no known origin, the text is left whole with a warning; an answer that holds
    our own letter and nothing else says nothing.
    """
    lines: Sequence[Line] = body
    found = roles_of(lines, answer=answer, forward=forward)
    roles: list[Role] = found.of
    doubts: list[str] = []
    ours = False
    if sent and (known := align([line.text for line in lines], sent)).ends:
        lines, roles, ours = put_right(lines, roles, known)
        if ours:
            tint = announced([line.text for line, role in zip(lines, roles, strict=True) if role == "own"])
            roles = lone_marks(lines, roles, [plain(line) for one in sent for line in one.text.split("\n")], tint)
    quoted = any(role in ("quote", "head", "handed") and line.text.strip() for role, line in zip(roles, lines, strict=True))
    loose = quoted and not (found.sure or ours or answer or forward)
    if loose:
        doubts.append(_LEFT)
    if not ours and "quote" in roles:
        lines, roles, missing = _coloured(lines, roles)
        doubts += [_INSIDE] if missing else []
    if not quoted and in_our_text([line.text for line in lines]):
        doubts.append(_INSIDE)
    segments = [segment for segment in segments_of(lines, roles, keep_quotes=loose) if segment.words()]
    texts, signature = _dressed(segments, sender, bare=bare_file)
    text = joined("\n\n".join(text for text in texts if text).split("\n"))
    if not text and quoted and not forward and not bare_file:
        if answer and ours and only_ours([line for line, role in zip(lines, roles, strict=True) if role == "quote"], sent):
            return Cut(text="", signature=signature, quoted=True, warnings=(_ONLY_OURS,))
        return _whole(body, sender)
    if _leaks(text, sent):
        doubts.append(_LEAK)
    pieces = tuple(Piece(segment.question, words) for segment, words in zip(segments, texts, strict=True) if segment.question and words)
    handed = _handed(body, found.handed, sent) if found.handed else None
    return Cut(
        text=text, signature=signature, quoted=quoted, warnings=tuple(doubts), pieces=pieces, forwarded=handed, doubtful=bool(doubts)
    )


def _coloured(lines: Sequence[Line], roles: list[Role]) -> tuple[Sequence[Line], list[Role], bool]:
    """Take out the answers typed in a colour, and tell whether some were announced and not found."""
    tint = announced([line.text for line, role in zip(lines, roles, strict=True) if role == "own"])
    if tint is None:
        return lines, roles, False
    taken = False
    if any(role == "quote" for role in roles):
        lines, roles, taken = take_out(lines, roles, tint)
    below = roles.index("quote") if "quote" in roles else len(roles)
    between = any(role == "own" and line.text.strip() for line, role in zip(lines[below:], roles[below:], strict=True))
    return lines, roles, not (taken or between)


def _dressed(segments: list[Segment], sender: Mailbox, *, bare: bool) -> tuple[list[str], str]:
    """Give the text of each segment without banner, footer and signature, and the signature.

    A formula or a name signs in the first segment that has words and in the last one only; what a client marks, anywhere.
    """
    texts: list[str] = []
    signatures: list[str] = []
    for number, segment in enumerate(segments):
        lines, marked = segment.lines, segment.marked
        if number == 0:
            kept = without_banner(lines)
            lines, marked = kept, marked[len(lines) - len(kept) :]
        elif any(texts):
            # Something was said above: a signature or a footer may be all there is here.
            lines, marked = [_ANY_SENTENCE, "", *lines], [False, False, *marked]
        lines = without_footers(lines)
        text, signature = part(lines, marked[: len(lines)], sender, by_words=number in (0, len(segments) - 1), bare=bare)
        if number and any(texts):
            text = text[1:] if text[:1] == [_ANY_SENTENCE] else text
        texts.append(joined(text))
        signatures.append(joined(signature))
    return texts, "\n".join(dict.fromkeys(signature for signature in signatures if signature))


def _whole(lines: Sequence[Line], sender: Mailbox) -> Cut:
    text = joined([("> " * line.depth + line.text) for line in lines])
    kept = without_footers(without_banner(text.split("\n")))
    return Cut(text=joined(kept), warnings=(_NOT_PARTED,), doubtful=True)


def _leaks(text: str, sent: Sequence[Sent]) -> bool:
    """Tell whether quoted words are left: headers, an attribution, or a line that is nearly all ours."""
    lines = lines_of(text)
    if blocks_of(lines) or any(attribution_at(lines, place)[1] for place in range(len(lines))):
        return True
    if not sent:
        return False
    known: Known = align([line.text for line in lines], sent)
    ours: dict[int, int] = {}
    for word, run in zip(known.words, known.runs, strict=True):
        ours[word.line] = ours.get(word.line, 0) + (1 if run >= _LEAKED_RUN else -1)
    return any(balance > 0 for balance in ours.values())


def _handed(lines: Sequence[Line], block: Block, sent: Sequence[Sent]) -> Forwarded:
    """Read the part that a forward hands on as a mail of its own."""
    boxes = read_mailboxes(header_text(block.sender)[:1000])
    sender = Mailbox(boxes[0][0][:200], boxes[0][1][:320]) if boxes else Mailbox()
    below = [Line(line.text, max(line.depth - block.depth, 0), line.mark, line.tints) for line in lines[block.end :]]
    read = cut(below, answer=True, bare_file=True, sender=sender, sent=sent)
    if not read.text and (further := cut(below, answer=True, forward=True, sender=sender, sent=sent).forwarded):
        return further
    return Forwarded(sender, read.text)
