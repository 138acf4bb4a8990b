"""Those whose leave is needed before anything is sent ("tant que la directrice ne me dit pas oui"): they are the next to write to."""

import re

from addin.core.understanding.people.groups import Group
from addin.core.understanding.people.mentions import Mentions

_WHEN = (
    r"(?:tant qu[e']|jusqu'a ce que|a moins que|sauf si|des que|sitot que|aussitot que|si|quand|lorsque|une fois que|(?:il )?(?:me |nous )?"
    r"(?:faut|faudra|faudrait)(?: d'abord| avant| que?)?(?: que)?|attend\w*(?: \w+){0,2} qu[e']|avant que|apres que"
    r"|sous reserve que|a condition que"
    r"|du moment qu[e']|pour peu que|le temps que|pourvu que|(?:besoin|voudrais|veux|aimerais|souhaite|prefere|prefererais"
    r"|tiens a ce) qu[e'])(?:\b|(?<='))"
)
_AGREES = (
    r"(?:(?:ne |n')?(?:me |m'|nous |vous |te |t'|l'|le |la |les |lui |leur |en |y )*(?:a|ait|aura|ai)?\s?(?:pas )?"
    r"(?:dit|dise|dira|donne\w*|valid\w+|sign\w+|accord\w*|autoris\w*|accept\w+|approuv\w+|confirm\w+|relis\w*|relu|tranch\w*|vis[ea]\w*"
    r"|soit|est|sera|repond\w*|leve\w*|verifi\w*|regard\w*|jette\w*|voit|vu|voie)\b)"
)
_CONDITION = re.compile(rf"\b{_WHEN}[^.;!?]{{0,60}}$")
_AGREEING = re.compile(rf"[\s),]*(?:,[^,.;!?]{{1,50}},)?\s*{_AGREES}")
_SAID = re.compile(rf"\b{_WHEN}[^.;!?]{{0,50}}\b{_AGREES}[^.;!?]{{0,40}}[(:,–—-]\s?$")
_ALREADY = re.compile(r"(?:^|[^\w])(?:qui|comme|vu que|puisque)\s?$")
_ASKS = re.compile(
    r"[\s),]*(?:,[^,.;!?]{1,60},)?\s*(?:qui )?(?:me |nous |m')?(?:exige|veut|souhaite|demande|tient a|doit|devra|insiste pour|a besoin"
    r"|voudra|voudrait|attend) [^.;!?]{0,45}(?:\bavis\b|\baccord\b|valid\w+|relire|relis\w*|relecture|voir passer|\bregard"
    r"|sign\w+|\bvisa\b|viser"
    r"|autoris\w+|tranch\w+|approuv\w+|oui\b|feu vert|donner son)"
)
_DECIDES = re.compile(
    r"[\s),]*(?:,[^,.;!?]{1,60},)?\s*(?:(?:et )?(?:lui|elle) seule? )?(?:qui )?(?:decide\w*|tranche\w*|autorise\w*|signe\w*"
    r"|donne\w* (?:l'accord|le feu"
    r"|les autorisations|son accord|le go)|a le dernier mot|aura le dernier mot|arbitre\w*|peut (?:me |vous |nous "
    r"|l')?(?:autoriser|dire oui|donner"
    r"|decider|trancher|lever))\b"
)
_WAITED = re.compile(
    r"\b(?:attends?|attendons|attend|manque|faut|faudra|faudrait|besoin|reste|sous reserve|sans|obtenir|obtenu|moyennant"
    r"|subordonne\w*|soumis\w*)"
    r"\b[^.;!?]{0,50}\b(?:accord|aval|feu vert|visa|validation|signature|autorisation|ok|oui|go|avis|blanc-seing|benediction"
    r"|paraphe|imprimatur"
    r"|assentiment|permission|decision|arbitrage|approbation|quitus|relecture|contreseing|consentement|mail|ecrit|confirmation"
    r"|mot|courrier)\b[^.;!?]{0,60}"
    r"(?:\b(?:de|du|de la|de l'|d'|des|par)\s?|[(:,–—-]\s?)$"
)
_PASSED_BY = re.compile(
    r"\b(?:interdit|interdisent|impossible|ne|n'|jamais|pas le droit)\b[^.;!?]{0,80}\bsans (?:passer par|consulter|en referer a"
    r"|demander a|solliciter|saisir|voir avec) ?(?:\w+ ){0,2}"
    r"(?:le |la |l'|les |notre )?$"
)
# The leave was given, or refused: nobody is left to ask.
_GIVEN = re.compile(
    r"\b(?:ai|avons|a|avec|eu|obtenu|recu) (?:deja |bien |enfin )?(?:eu |obtenu |recu )?"
    r"(?:l'|le |la |son |ton )\s?(?:accord|aval|feu vert|ok|visa)\b"
)


def approves(found: Mentions, group: Group) -> bool:
    """Tell whether a person, or a body that nobody may pass by, is said to have to agree first."""
    if _PASSED_BY.search(found.before(group)) and not (group.weak and group.first("person") is None):
        return True
    if group.first("person") is None:
        return False
    before, after = found.before(group), found.after(group)
    if _GIVEN.search(before):
        return False
    return (
        (_CONDITION.search(before) is not None and _AGREEING.match(after) is not None)
        or _SAID.search(before) is not None
        or (_ASKS.match(after) is not None and _ALREADY.search(before) is None)
        or (_DECIDES.match(after) is not None)
        or _WAITED.search(before) is not None
    )
