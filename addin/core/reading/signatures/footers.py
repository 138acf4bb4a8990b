"""Texts that a gateway or an organisation adds around a mail: confidentiality, antivirus, environment, warnings about outside mail."""

import re
from collections.abc import Sequence

from addin.core.reading.lines import plain
from addin.core.reading.signatures.frames import end_of_list_banner, is_reply_mark, unframed, without_list_footers, without_ticket_end

_MAIL = r"(?:message|courriel|mail|e-?mail|email|courrier (?:[ée]lectronique)?|envoi)"
_LEGAL = re.compile(
    rf"(?:ce (?:pr[ée]sent )?{_MAIL}|cet {_MAIL}|le (?:pr[ée]sent|contenu de ce) {_MAIL}|les informations (?:contenues"
    rf"|transmises|figurant) dans (?:ce|cet) {_MAIL}"
    rf"|ces informations|this (?:e-?mail|message|communication)|the information contained|l'(?:int[ée]grit[ée]|absence|utilisation)"
    rf"|si vous (?:avez re[çc]u (?:ce|cet) {_MAIL}|n'[êe]tes pas (?:le|la) (?:bon )?destinataire)|(?:avis"
    rf"|clause) de (?:confidentialit[ée]|non[- ]responsabilit[ée])"
    r"|confidentialit[ée] ?:|disclaimer|confidentiality notice|avertissement ?:|internet ne permet|any unauthori[sz]ed"
    r"|toute (?:utilisation|diffusion|publication))",
    re.IGNORECASE,
)
_KEYS = re.compile(
    r"(confiden|strictement personnel)|(destinataires?\b|intended|addressee|à l'attention)|(exclusi|solely|only for"
    r"|uniquement|strictement)|(par erreur|in error|pas le destinataire)"
    r"|(int[ée]grit[ée])|(virus)|(responsabilit[ée]|liab)|(divulg|disclos|diffus|reproduction)|(secret professionnel)"
    r"|(n'engage|ne saurait)|(d[ée]truire|supprimer|delete)",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"[\W_]{0,4}p?\s?(?:(?:avant d'imprimer|pensez (?:à l'|[àa] notre )?(?:environnement|plan[èe]te)"
    r"|pensez.{0,20}avant d'imprimer|pr[ée]servons (?:l'environnement|la plan[èe]te)|n'imprimez"
    r"|adopt(?:ez|ons) l'[ée]co|[ée]conomisons (?:le|du) papier|think before|please consider the environment"
    r"|merci de n'imprimer|soyons [ée]co|ayez le r[ée]flexe"
    r"|limitons (?:les|nos) impressions|[ée]co-?attitude|save (?:paper|trees)|faites un geste pour)"
    rf"|(?:ce|cet) {_MAIL} (?:a [ée]t[ée] (?:v[ée]rifi|contr[ôo]l|analys|scann)|est garanti|ne contient (?:aucun"
    rf"|pas de) virus)|garanti sans virus|sans virus\b|virus-free"
    r"|l'absence de virus dans|(?:this (?:e-?mail|message) has been (?:scanned|checked))|scanned by|analyse (?:antivirus"
    r"|effectu[ée]e par)|avast\b|mailscanner\b"
    r"|.{1,80}\bmailing[- ]list$|(?:liste|groupe) de (?:diffusion|discussion)\b.{0,80}$"
    r"|droit [àa] la d[ée]connexion"
    rf"|si (?:vous recevez|je vous [ée]cris|ce|cet) {_MAIL}? ?.{{0,30}}(?:en dehors|hors) (?:de |des )?(?:vos|vos propres|tes"
    rf"|mes)? ?(?:heures|horaires|jours)"
    rf"|(?:mes|les) {_MAIL}s? .{{0,40}}en dehors (?:de|des) .{{0,20}}(?:heures|horaires).{{0,40}}r[ée]ponse"
    r"|pour vous d[ée]s(?:abonner|inscrire)|se d[ée]s(?:abonner|inscrire)|vous recevez (?:ce|cet) \w+ (?:car|parce)|to unsubscribe)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_\-*=#~. ]{3,200}|[pP]|[🌱🌳🌲♻\ufe0f🍃 ]{1,4}")
_BANNER = re.compile(
    r"[\W_]{0,6}(?:(?=.*(?:message|courriel|mail|exp[ée]diteur|sender|origin|organisation|externe[\W_]*$|external[\W_]*$))"
    r"(?:attention|caution|avertissement|warning|prudence|\[?externe?\]?|\[?external\]?)\b.{0,60}(?:ext[ée]rieur"
    r"|externe|external|outside|inconnu|expéditeur)"
    r"|(?:ce|cet) (?:message|courriel|mail|e-?mail) (?:provient|vient|a [ée]t[ée] envoy[ée]) (?:de l'ext[ée]rieur"
    r"|d'un exp[ée]diteur ext|depuis l'ext[ée]rieur|d'une adresse ext|de l'internet)"
    r"|this (?:e-?mail|message) (?:originated|came|comes) from (?:outside|an external)|you don't often get email"
    r"|\[(?:externe?|external|ext|mail externe|expéditeur externe)\][\W_]{0,4}$"
    r"|vous n'obtenez pas souvent d'e-mail|vous ne recevez pas souvent de)",
    re.IGNORECASE,
)
_BANNER_GOES_ON = re.compile(
    r"ne (?:cliquez|pas cliquer|r[ée]pondez|ouvrez)|do not click|n'ouvrez|soyez (?:vigilant|prudent)|d[ée]couvrez pourquoi"
    r"|learn why|en cas de doute",
    re.IGNORECASE,
)
_BY_MISTAKE = re.compile(r"si vous (?:l'|les |n'en )?(?:avez|[êe]tes|recevez).{0,60}(?:par erreur|destinataire)", re.IGNORECASE)
_TAG = re.compile(r"\s*\[(?:EXTERNE?|EXTERNAL|EXT)\]\s+(?=\S)")
_OF_A_MAIL = re.compile(rf"\b{_MAIL}s?\b|destinataire|recipient", re.IGNORECASE)
_WINDOW = 8
_MOST_BANNERS = 6


def without_footers(lines: Sequence[str]) -> list[str]:
    """Give the lines without the footer that ends them, nor the rule drawn above it, nor what a list or a help desk adds.

    A legal text is told by its opening and by two of its subjects (confidentiality, recipient, error, integrity, virus, …): "ce message ne
    m'est pas destiné" stays. A footer never takes the whole of a text.
    """
    lines = without_ticket_end(without_list_footers(lines))
    for number, line in enumerate(lines):
        text = plain(line)
        if not text or not (_SURE.match(text) or _is_legal(lines, number, text)):
            continue
        above = number
        while above and (not lines[above - 1].strip() or _RULE.fullmatch(plain(lines[above - 1]))):
            above -= 1
        if above:
            return list(lines[:above])
    end = len(lines)
    while end and (not lines[end - 1].strip() or re.fullmatch(r"[_*=]{5,200}|-{6,200}", lines[end - 1].strip())):
        end -= 1
    return list(lines[:end]) if end else list(lines)


def without_banner(lines: Sequence[str]) -> list[str]:
    """Give the lines without what stands above them: a warning about outside mail, a legal text, a list's banner, a help desk's frame.

    Each is a paragraph of its own; none ever takes the whole of a text.
    """
    kept = list(lines)
    for banner in range(_MOST_BANNERS):
        start = 0
        while start < len(kept) and not kept[start].strip():
            start += 1
        end = _end_of_banner(kept, start, below=banner > 0) if start < len(kept) else start
        if end == start or not any(line.strip() for line in kept[end:]):
            break
        while end < len(kept) and (not kept[end].strip() or re.fullmatch(r"[_*=~-]{5,200}", kept[end].strip())):
            end += 1
        kept = kept[end:]
    kept = unframed(kept)
    first = next((number for number, line in enumerate(kept) if line.strip()), None)
    if first is not None:
        kept[first] = _TAG.sub("", kept[first])
    return kept


def _end_of_banner(lines: Sequence[str], start: int, *, below: bool) -> int:
    """Give the place after the banner that opens at a line, or that line. `below` tells that another one stands above."""
    text = plain(lines[start])
    if is_reply_mark(text):
        return start + 1
    end = start + 1
    if _BANNER.match(text):
        while end < len(lines) and lines[end].strip() and (_BANNER_GOES_ON.search(plain(lines[end])) or _BANNER.match(plain(lines[end]))):
            end += 1
        return end
    while end < len(lines) and lines[end].strip():
        end += 1
    paragraph = lines[start:end]
    if end - start <= _WINDOW and (_is_legal(paragraph, 0, text) or (below and _BY_MISTAKE.match(text))):
        return end
    return end_of_list_banner(lines, start)


def _is_legal(lines: Sequence[str], number: int, text: str) -> bool:
    opening = _LEGAL.match(text.lstrip('*_-–— "«[('))
    if not opening:
        return False
    window = " ".join(plain(line) for line in lines[number : number + _WINDOW] if line.strip())[:1200]
    return len({key.lastindex for key in _KEYS.finditer(window)}) >= 2 and len(window) >= 60 and _OF_A_MAIL.search(window) is not None
