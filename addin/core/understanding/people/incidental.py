"""Those whom a text names for another reason than to be written to: thanked, quoted, gone, the boss who decided, who will come by."""

import re

from addin.core.understanding.people.groups import Group
from addin.core.understanding.people.mentions import Mentions

_ASIDE = r"[\s),»]*(?:,[^,.;!?]{1,60},)?\s*"
_CLITICS = r"(?:(?:me|nous|vous|te|en|y|le|la|les|lui|leur|ne) |[mtlsn]'){0,3}"
_OPINES = re.compile(
    rf"{_ASIDE}(?:qui )?{_CLITICS}(?:trouve|trouvait|pense|pensait|estime|estimait|souhaite|souhaitait|oppose|opposait|refuse"
    rf"|refusait|craint|dit|disait"
    r"|croit|croyait|considere|juge|salue|remercie|embrasse|passe le bonjour|adore|rale|rappelle|soutient|est (?:d'accord|ravie?"
    r"|content\w*|formel\w*"
    r"|favorable|enthousiaste|desole\w*|oppose\w*)|sera (?:ravie?|content\w*|contre)|tient (?:beaucoup|enormement|particulierement)|aime"
    r"|apporte|confirme|(?:pourra|saura|vient de|va)(?: bien)? (?:vous |te |me |m'|nous )?(?:le |la |l'|les )?(?:confirmer"
    r"|repeter|ecrire|repondre que|dire)|(?:a|ont|avait) (?:deja |bien |aussi |meme |enfin |tout )?(?:demande|dit|charge|tranche"
    r"|decide|refuse|vote|annonce|rappele"
    r"|fait savoir|juge|trouve|souhaite|valide|accepte|autorise|confirme|insiste|promis|interdit|dit non|exprime|eu l'idee|laisse entendre"
    r"|prevenu|signale|explique|conseille|propose|offert|pose|donne (?:son|sa|l'|le|un)))\b"
)
_VISITS = re.compile(
    r"[^.;!?\n]{0,60}\b(?:passera|viendra) |[^;!?\n]{0,140}\b(?:passera|passe|viendra|vient) (?:donc )?(?:vous voir|te voir"
    r"|a votre bureau|dans vos|vous (?:l'|le |la |les )?(?:apporter|porter|remettre"
    r"|montrer|deposer)|chez vous|demain|lundi|mardi|mercredi|jeudi|vendredi)|[^;!?\n]{0,140}\bvous (?:l'|le |la "
    r"|les )?(?:apportera|rendra visite"
    r"|montrera|deposera)\b"
)
_WORKED = re.compile(
    rf"{_ASIDE}qui (?:{_CLITICS})?(?:a|avait|ont|avaient|ait) (?:tout |deja |bien |lui-meme |elle-meme )?(?:depose|publie|integre"
    rf"|mis|numerise|dessine|saisi|lance"
    r"|compile|relu|corrige|charge|telecharge|verse|poste|prepare|nettoye|retape|ressaisi|fait|scanne|diffuse)\w*\b"
)
_CREDIT = re.compile(
    r"\b(?:dire|preciser|indiquer|noter|citer|mentionner|savoir|rappeler|retenir|ecrire) que c'est $|\b(?:grace|rendons|hommage"
    r"|chapeau|bravo|felicitations"
    r"|merite|pensee|amities|compliments|respects|avec l'aide|avec le concours|avec l'appui|avec le renfort|aidee? par"
    r"|epaulee? par|assistee? (?:de|par)|en binome avec|a quatre mains avec|bonjour|bises?|salut\w*"
    r"|clin d'oeil)\b[^.;!?]{0,25}\b(?:a|au|aux|pour|de|d'|par|avec|de la part d[eu]) ?$"
)
_PUBLISHED = re.compile(
    r"\b(?:en ligne|publi\w+|open data|data\.gouv\S*|portail|telecharg\w+|geoportail\S*|accessible a tous|a ete verse|diffuse"
    r"|merite|mis sur le site)\b"
)
_YOURS = re.compile(r"\b(?:votre|vos|ton|tes) (?:\w+ )?(?:collegue|collegues|predecesseur\w*|stagiaire|equipe|adjointe?)\s?,?\s?$")
_FORMER = re.compile(
    r"\b(?:predecesseur\w*|predecesseure|regrette\w*|feu|feue|defunte?|mon ancien\w*|l'ancien\w*|ex-\w+|qui (?:gerait"
    r"|s'en occupait|s'occupait|tenait|suivait|faisait|avait)|du temps d[eu'](?: \w+){0,2}|epoque d[eu'](?: \w+){0,2})"
    r"\b[^.;!?]{0,35}$"
)
# "j'en parle à Ghislaine et je reviens vers vous": the writer will ask.
_BACK = re.compile(
    r"[^.;!?]{0,50}(?:\bet\b|,|\bpuis\b) ?(?:je|on|nous) (?:vous |te |t')?(?:revien|redi|tien|rappel|recontact|dis\b|dirai|ferai"
    r"|fais (?:un )?(?:retour|signe)|donne\w* des nouvelles)"
)
_SELF = re.compile(r"\b(?:je|j'|on|nous)\b[^.;!?]*$|\bj'")
_STRONG_ASK = re.compile(
    r"\b(?:voyez|contactez|adressez|rapprochez|ecrivez|appelez|demandez|transmis|transfere|fait suivre|transmets|fais suivre)\b"
)
_AWAY = re.compile(
    rf"{_ASIDE}(?:qui )?(?:etant|est|sera) (?:actuellement |malheureusement )?(?:absente?|en conges?|en arret"
    r"|en vacances|hospitalise\w*|souffrante?)\b"
)
_GONE_NEXT = re.compile(
    r"[^.;!?]{0,70}[.;!]\s+(?:mais |or |helas |malheureusement )?(?:elle|il) (?:est (?:desormais |depuis )?(?:re)?parti\w*"
    r"|est mort\w*|est decede\w*|a quitte|n'est plus (?:la|en poste|parmi"
    r"|dans|chez|a la)|ne travaille plus|a pris sa retraite|a change de|a mute|n'a pas ete remplace)"
)
_LEFT_FOR = re.compile(
    r"\b(?:partie?s?|partir|rejoint|rejoindre|mutee?s?|embauchee?s?|debauchee?s?|nomme\w* directeur)"
    r" (?:desormais |maintenant |travailler )?(?:a|au|aux|chez|pour|vers|en)\b[^.,;!?]{0,12}$"
)
_MYSELF = re.compile(
    r"\b(?:avec|pour|sous) (?:le|la|mon|ma) (?:fils|fille|mari|femme|conjoint|conjointe|frere|soeur|pere|mere)\b[^.;!?]{0,10}$"
)


def is_incidental(found: Mentions, group: Group, cue: str) -> bool:
    """Tell whether somebody is named for another reason; `cue` are the words of pointing that stand before, or an empty text.

    Words that ask to write ("voyez", "contactez") always win over an opinion or a past work told afterwards.
    """
    before, after = found.before(group), found.after(group)
    if group.first("person") is None:
        return bool(_BACK.match(after) and _SELF.search(before)) or _LEFT_FOR.search(before) is not None
    if _CREDIT.search(before) or _FORMER.search(before) or _MYSELF.search(before):
        return True
    if _BACK.match(after) and not _STRONG_ASK.search(before):
        return True
    if _GONE_NEXT.match(found.bare[group.end : group.end + 160]):
        return True
    reachable = group.first("email") is not None or group.first("phone") is not None
    ahead = found.bare[group.end : group.end + 260]
    if not reachable and _VISITS.match(ahead):
        return True
    if cue and not _is_loose(cue):
        return bool(_WORKED.match(after)) and not reachable and _YOURS.search(before) is not None
    if _WORKED.match(after) and not reachable and (_YOURS.search(before) or _PUBLISHED.search(found.bare)):
        return True
    return _OPINES.match(after) is not None or (bool(cue) and _AWAY.match(after) is not None)


def _is_loose(cue: str) -> bool:
    """Tell whether words of pointing only introduce a name ("l'adjoint au sport,", "c'est"), without asking to write."""
    return (
        cue.rstrip().endswith((",", "c'est", "cest", "mais", "et"))
        or re.match(r"\W*(?:c'est|mais|ce sont|depuis|maintenant)\b", cue) is not None
    )
