"""Formulas that open and close a mail, in French and in English."""

import re

_ADVERB = r"(?:bien |tr[èe]s |le plus |plus |sinc[èe]rement |bien sinc[èe]rement |respectueusement |tout )?"
_COMPLEMENT = r"(?: (?:à|a) (?:vous|toi|tous|toutes|tous deux|vous deux)(?: (?:aussi|également|deux|tous))?| et bon courage)?"
_WISH = (
    r"(?:je (?:vous|te) souhaite |(?:excellente?|tr[èe]s|je vous souhaite) )?(?:une |un |de |d')?(?:tr[èe]s |excellente? )?"
    r"(?:bon(?:ne)?s?|belle|excellente?|agr[ée]able|douce|joyeuses?|journ[ée]e|soir[ée]e)"
    r"(?: (?:journ[ée]e|soir[ée]e|semaine|r[ée]ception|fin (?:de|d') ?(?:journ[ée]e|semaine|matin[ée]e|apr[èe]s-midi"
    r"|ann[ée]e)|week-?end|apr[èe]s-midi|matin[ée]e"
    r"|continuation|weekend|lecture|f[êe]tes|vacances|appr?[ée]t?|suite|reprise|courage|d[ée]but de semaine))?"
)
_SINGLE = (
    rf"{_ADVERB}(?:cordialement|sinc[èe]rement|respectueusement|amicalement|courtoisement|fraternellement|chaleureusement"
    rf"|sportivement)(?: v[ôo]tres?)?"
    r"|(?:bien )?cordialement et (?:bonne|belle) [a-zé]{3,10}"
    r"|bien (?:à|a) (?:vous|toi)|v[ôo]tre d[ée]vou[ée]e?"
    r"|(?:mes |nos |avec (?:mes|nos) |sinc[èe]res |cordiales |meilleures |bonnes |respectueuses )*(?:salutations|amiti[ée]s"
    r"|respects|remerciements|hommages)"
    r"(?: (?:distingu[ée]es|cordiales|les meilleures|respectueuses|sinc[èe]res|anticip[ée]s|les plus [a-zé]{5,15}))?"
    r"|b?cdl?t|cdlmt|cdmt|cldt|cord|bav|bien cdlt|slts|a\+|bises?|bisous|tchao|salut"
    r"|(?:mille |un grand |grand )?mercis?(?: (?:d'avance|par avance|beaucoup|encore|bien|à (?:vous|toi|tous)|infiniment"
    r"|pour tout|de votre (?:retour|aide|confiance)))*"
    r"|en (?:vous|te) remerciant(?: (?:par avance|d'avance))?|(?:à|a) (?:bient[ôo]t|tr[èe]s bient[ôo]t|plus tard|demain"
    r"|votre disposition|plus)"
    r"|(?:restant|je reste|nous restons|reste) (?:à|a) (?:votre|ta) (?:enti[èe]re )?disposition(?: .{0,60})?"
    r"|dans l'attente (?:de|d') ?(?:votre|ton|vos|une|vous).{0,60}"
    r"|(?:best|kind|warm|with kind|with best) regards|regards|sincerely|yours (?:sincerely|faithfully|truly)|best|cheers"
    r"|thanks|many thanks|thank you"
)
_UNIT = rf"(?:{_SINGLE}|{_WISH})"
_CLOSING = re.compile(
    rf"{_UNIT}{_COMPLEMENT}(?:[\s,;.!]{{1,3}}(?:et "
    rf"|and )?{_UNIT}{_COMPLEMENT}){{0,2}}[\s,.!;:)-]{{0,6}}",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"(?:(?:nous |je )?(?:vous |te )?(?:pri(?:e|ons) (?:de |d')|veuillez |vous prie).{0,80}(?:agr[ée]er|croire|recevoir|accepter)"
    r"|(?:veuillez|recevez|agr[ée]ez|croyez|soyez assur[ée])\b).{0,220}",
    re.IGNORECASE,
)
_FORMAL_WORD = re.compile(r"salutations|sentiments|consid[ée]ration|respect|d[ée]vouement|hommages|assurance", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|salut|hello|coucou|re|hi|dear|ch[eè]re?s?|madame|monsieur|mesdames|messieurs|rebonjour)\b.{0,60}", re.IGNORECASE
)
_OPENS_WITH = re.compile(
    rf"(?P<closing>{_ADVERB}(?:cordialement|sinc[èe]rement|respectueusement|amicalement)|bien (?:à|a) (?:vous|toi)|b?cdl?t"
    rf"|cdlmt)(?P<mark>[\s,.!-]{{1,4}})(?P<name>\S.{{0,60}})",
    re.IGNORECASE,
)


def is_closing(text: str) -> bool:
    """Tell whether a plain line is a closing formula and nothing else ("Cordialement,", "Merci et bonne journée à vous")."""
    if not text or len(text) > 320:
        return False
    if len(text) <= 140 and _CLOSING.fullmatch(text):
        return True
    return bool(_FORMAL.fullmatch(text) and _FORMAL_WORD.search(text))


def is_greeting(text: str) -> bool:
    """Tell whether a plain line greets and says nothing else ("Bonjour Claire,")."""
    return bool(_GREETING.fullmatch(text)) and len(text.split()) <= 6 and not text.rstrip().endswith("?")


def closing_and_name(text: str) -> tuple[str, str]:
    """Part `Cordialement, Paul Morin`, written on one line, into the formula and the name; two empty texts when it is none."""
    found = _OPENS_WITH.fullmatch(text)
    if not found or is_closing(text) or any(char.isdigit() for char in found["name"]):
        return "", ""
    return text[: found.start("name")].rstrip(" -"), found["name"]
