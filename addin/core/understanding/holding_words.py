"""The verbs of holding and what stands around them: patterns of bare text."""

from addin.core.understanding.lexicon import ADVERB, BODY_NOUN, CLITIC, DATA_NOUN, DETERMINER, NOT, ORG_NOUN, OUTSIDE, PRONOUN, listed, rule

_HOLD = (
    r"detien\w*|deten\w+|possed\w+|dispos\w+ (?:bien |deja |toujours |encore |pas |plus |effectivement "
    r"|egalement |en effet |malheureusement |aussi )*(?:d\w*\b|d')|en dispos\w+"
    r"|ger(?:e|es|ent|ons|ez|er|ais|ait|ions|aient|erai|erons)\b|administr(?:e|ons|ent|er|ait)\b"
    r"|pilot(?:e|ons|ent|ait)\b|suiv(?:ons|ez|ait|ais|ions|re)\b"
    r"|occup(?:e|es|ent|ons|er|ais|ait|ions)\b|m'en charge|s'en charge\w*|nous en chargeons"
    r"|se charge\w*|charge de (?:ca|cela|ce|cette|ces|la|l'|les|ces)\b"
    r"|tien(?:s|t|nent)\b|tenons|tenais|tenait|produi\w+|etabli(?:s|t|ssons|ssent)\b|elabor(?:e"
    r"|ons|ent|ait|er)\b|met(?:s|t|tons|tent|tait)? (?:regulierement |tous les \w+ )?a jour"
    r"|"
    r"aliment(?:e|ons|ent|ait)\b|saisi(?:s|t|ssons|ssent)\b|collect(?:e|ons|ent|ait|er)\b|recens(?:e"
    r"|ons|ent|ait|er)\b|centralis(?:e|ons|ent|ait|er)\b|conserv(?:e|ons|ent|er)\b"
    r"|stock(?:e|ons|ent)\b|recueill\w+|compil(?:e|ons|ent|er)\b|maintien(?:s|t|nent)\b|maintenons"
    r"|realis(?:e|ons|ent) (?:ce|cet|le|la|les)\b|redig(?:e|eons|ent)\b|edit(?:e|ons)\b"
    r"|assur(?:e|ons|ent|ait) (?:la gestion|le suivi|la tenue|la mise a jour|la collecte)|trait(?:e"
    r"|ons|ent|ait)\b|recev(?:ons|ez)\b|recois\b|centralise|exploit(?:e|ons|ent|ait)\b|instrui(?:s"
    r"|t|sons|sent)\b|attribu(?:e|ons|ent)\b|entreten(?:ons|ez)\b|entretien(?:s|t|nent)\b"
    r"|inventori(?:e|ons|ent)\b|releve\b|relevons\b|numeris(?:e|ons|ent)\b|archiv(?:e|ons|ent)\b"
    r"|cartographi(?:e|ons|ent)\b|heberg(?:e|eons|ent)\b|possed"
)
_BE = (
    (
        r"(?:(?:suis|sommes|est|sont|etais|etions|etait|serais|serions|etant)\s(?:ADV\s)*(?:NOT\s)?(?:ADV\s)*(?:les?\s"
        r"|la\s|l'|l\s|un\s|une\s|des\s)?(?:ADV\s)*(?:en charge|charge(?:e|s|es)? d\w*\b|responsables? d"
        r"|"
        r"gestionnaires?\b|detent(?:eur|rice|eurs|rices)|product(?:eur|rice|eurs|rices)|proprietaires?\b"
        r"|depositaires?\b|competente?s?\b|en possession|referente?s?\b (?:sur|pour|de|des|du|d')"
        r"|"
        r"concerne(?:e|s|es)?\b|titulaires?\b))"
    )
    .replace("ADV", ADVERB)
    .replace("NOT", NOT)
)
_VERB = rf"(?:(?:{_HOLD})|{_BE})"
_OWN_BODY = (
    rf"(?:(?:mon|ma|mes|notre|nos|votre serviteur)\s{BODY_NOUN}\b(?:\s(?!qui\b|ne\b|n'|est\b"
    r"|sont\b|a\b|ont\b)[\w'-]+){0,6}?)"
)
_CLEFT = (
    rf"(?:(?:c'est|c est|ce sont|c)\s(?:{ADVERB}\s)*(?:chez )?(?:moi|nous|nos services|notre \w+"
    rf"|mon \w+|ma \w+)(?:-memes?)?\s(?:{ADVERB}\s)*(?:qui|qu'on|que nous|que je)\b)"
)
_SUBJECT = rf"(?:\b{PRONOUN}\s|\bj'|\b{_OWN_BODY}\s|\b{_CLEFT}\s|\bmoi\s|\bnous-memes\s)"
SELF = rule(rf"{_SUBJECT}(?:{ADVERB}\s)*(?P<ne>n[e']?\s?(?={CLITIC}|\w))?(?P<pro>(?:{CLITIC}){{0,3}})(?:{ADVERB}\s)*(?P<verb>{_VERB})")
INFINITIVE = rule(
    rf"\b(?:{PRONOUN}\s|j')(?:{ADVERB}\s)*(?:vous\s|t'|te\s)?(?:confirm\w+|atteste|declar\w+"
    rf"|reconnai\w+|precise|informe|peux|pouvons|pense|pensons)\s(?:vous\s)?(?:{ADVERB}\s)*"
    rf"(?P<neg>ne (?:pas|plus|jamais|nullement) )?(?:{ADVERB}\s)*(?:{CLITIC}){{0,2}}(?P<verb>detenir"
    r"|posseder|disposer|gerer|produire|tenir|avoir|suivre|etre (?:en charge|responsable|competent"
    r"|le bon))"
)
AVOIR = rule(
    rf"(?:\b{PRONOUN}\s|\b{_OWN_BODY}\s|\b{_CLEFT}\s)?(?:\bj'|{PRONOUN}\s"
    rf"|\bqui\s)?(?:{ADVERB}\s)*(?P<ne>n[e']?\s?)?(?:{CLITIC}){{0,2}}\b(?P<verb>ai|avons|avions"
    r"|avais|aurai|aurons|a|avait|ont)\b"
    rf"(?P<mid>(?:\s(?:{ADVERB}|{NOT}))*)\s(?P<det>(?:l'|d'|de l'|bien l'|{DETERMINER}\s)(?:(?:autres?"
    r"|seules?|seul|petite?s?|vieux|vieille|gros|grosse|bons?|bonne|tels?|telles?|simple|memes?"
    r"|derniere?s?|nombreuses?|quelque|bonnes)\s)?)?(?P<noun>[\w'-]+)"
)
HAVE_IT = rule(
    rf"(?:\b{PRONOUN}\s|\bj'|\bqui\s)(?:{ADVERB}\s)*(?P<ne>ne\s|n')?(?:(?P<clitic>les?\s|la\s"
    r"|l'|en\s))(?:ai|avons|a|ont|aurai|aurons)\b"
    rf"(?P<mid>(?:\s(?:{ADVERB}|{NOT}))*)(?=\s*$|[.!?]|\s(?:en|dans|sur|chez|depuis|sous|pour"
    r"|ici|au|a|et|dispo\w*|de|aucune?s?|une?|\d+|plusieurs)\b)"
)
HAVE_NOT_IT = rule(
    rf"(?:\b{PRONOUN}\s|\bj'|^\s*)(?:{ADVERB}\s)*(?:n'|ne l'|ne les |n'en )(?:ai|avons|a)\s(?P<not>pas"
    r"|plus|rien|jamais)\b(?=\s*$|[.!?]|\s(?:ici|chez nous|du tout|non plus|en ma possession"
    r"|a disposition))"
)
MEANS = rule(
    r"^(?:\s(?:pas|plus|guere|malheureusement|pour l'instant|toutefois))*\s(?:d'|de |du |des "
    r"|suffisamment de |assez de )?(?:moyens?|temps|personnel|ressources|agents?|budget|outils?"
    r"|competences?|droits?|autorisation|delegation|bras|effectifs suffisants|visibilite)\b"
)
MINE = rule(
    rf"(?:\bj'|\b{PRONOUN}\s|\b(?:notre|nos|mon|ma|mes)\s(?:[\w'-]+\s){{1,6}}|\bmoi qui\s|\bnous qui\s)(?:{ADVERB}\s)*(?:ne\s"
    rf"|n')?(?:{CLITIC}){{0,2}}$"
)
SPECIAL_HAVE = listed(
    "temps besoin objection objections ordinateur pc reponse reponses idee idees moyen moyens souvenir acces connaissance "
    "choix envie mandat reunion reunions question questions droit droits "
    "probleme problemes souci soucis difficulte inconvenient agents agent arret conge conges pris vu lu eu recu fait dit "
    "demande transmis envoye joint mis etre change transfere regarde hate "
    "honneur plaisir regret bonne compris trouve parle contacte essaye note bien quitte mal peur hesite crainte raison tort "
    "lieu affaire confie pu du su cherche interroge copie mon ton son "
    "lien interet intention reserve reserves visibilite main mains competence competences retour retours nouvelles nouvelle "
    "avis doute doutes "
    "delegation rien d'autre autre collegue collegues adresse ecoute relance tableaux hein cle cles"
)
SHARE = rule(
    rf"\bqu(?:e |')(?:de |d'|des |du |les? |la |l'|une? |ces |ceux |celles? |pour |\w+ )*?(?:{DATA_NOUN}"
    r"|20\d\d|19\d\d|partie|moitie|ceux|celles?|celui|depuis|dernier\w*|annees?|pdf|papier)\b"
)
POSSESSED = rule(rf"^{DATA_NOUN}$")
ONLY = rule(r"\bqu(?:e|')\s?(?!nous|je\b|j'|on\b|vous|il|elle|ce soit|c'est)")
NEGATED = rule(rf"^(?:\s(?:{ADVERB}))*\s?(?P<not>{NOT})\b(?P<rest>.{{0,24}})")
MORE = rule(r"^\s?(?:de \d|d'une|tard|precis|recent|de detail|loin|vite|que|grand|large|complet|de cent|de mille)")
CONDITIONAL = rule(
    r"\b(?:pourrai[ts]|pourrions|aurai[ts]|aurions|devrai[ts]|devrions|serai[ts]|serions|gererai[ts]"
    r"|detiendrai[ts]|detiendrions|disposerai[ts])\b"
)
PAST = rule(r"(?:ais|ait|ions|aient)\b")
ALL = rule(
    r"\b(?:pas|ne (?:couvre|contient)\w* pas) (?:encore )?(?:tout(?:e|es|s)?|tous|complet\w*"
    r"|la totalite|l'integralite|l'ensemble|toutes les)\b"
)
THIRD = rule(
    rf"(?P<ne>\bne\s|\bn')?(?P<pro>(?:{CLITIC}){{0,2}})\b(?P<verb>{_VERB}|suit|gere|dispose d\w*"
    r"|est en charge|responsable d\w*)"
)
THIRD_BODY = rule(
    rf"\b(?:(?:le|la|les|l'|notre|nos|mon|ma|mes|un|une|leur|son|cette|ce|au|aux|du)\s?(?:\w+\s)?(?P<org>{ORG_NOUN}"
    rf"|{OUTSIDE})\b|(?P<bare>mme|m|mr|mlle|monsieur|madame|dsi|ccas|sig|stm|enedis|edf|caf"
    r"|insee|sde\w*|sdis|agglo)\b"
    r"|(?P<pro>il|elle|ils|elles|lui|celui-ci|celle-ci|eux)\b|(?P<nobody>personne|aucun\w*|nul)\b)"
)
THIRD_HAS = rule(
    r"(?<!j')(?<!y )\b(?:(?:les|l'|en|la|le)\s?(?:a|ont)\b(?=\s*$|[.!?]|\s(?:tous|toutes|bien"
    r"|peut-etre|surement|certainement|sans doute|forcement|deja|egalement|en|dans|sur)\b)"
    rf"|(?:a|ont|garde|detient)\s(?:{ADVERB}\s)*(?:(?:l'|d'|de l'|{DETERMINER}\s)(?:\w+\s)?)?(?:{DATA_NOUN}|main\b)\b)"
)
SAID_BY_US = rule(
    rf"(?:\b{PRONOUN}|\bj'|\bvous|\btu|\bil y|\by|\bmoi|\bnous qui|\bmoi qui)\s*(?:ne\s|n'|ne l'"
    r"|les\s|l'|en\s|la\s|le\s)?$"
)
OUR_BODY = rule(rf"\b(?:le|la|les|l'|ce|cette|notre|nos|mes|mon|ma)\s?{BODY_NOUN}\b")
VOUS = rule(r"\bvous\b(?!-)")
OBJECT = rule(rf"^(?:\s{ADVERB})*\s?(?:les?|la|l'|des|du|de l'|de la|aux?)\s?(?P<noun>[\w-]+)")
# Verbs that many use of data that others hold.
WEAK = rule(r"^(?:trait|attribu|instrui|entret|releve|relevons|heberg|archiv|exploit|recev|recois|assur|edit|redig|saisi|realis)|concerne")
