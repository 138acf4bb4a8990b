"""Phrases that hold the data back: an approval is awaited, it is refused, nobody sees the use; and the reasons given."""

from addin.core.understanding.lexicon import ABOVE
from addin.core.understanding.phrases.phrase import Phrase, phrase
from addin.core.understanding.signs import Kind

_OPEN = (
    r"(?:transmettre|communiquer|diffuser|publier|donner|fournir|partager|envoyer|ouvrir|divulguer"
    r"|rendre publi\w+|mettre (?:ca |cela |ces \w+ |tout ca )?(?:en ligne|sur (?:internet|le net"
    r"|le web|la place))|sortir du service|les mettre|lacher)"
)
_ABOVE_HOW = (
    r"(?:(?:de |d'|du |a |au |aux |avec |aupres d\w* |par |l'aval d\w* )?(?:le |la |les |l'"
    rf"|mon |ma |mes |notre |nos |son |sa |m |mme |monsieur |madame )*(?:\w+ )?{ABOVE})"
)
_AGREEMENT = (
    r"(?<!mon )(?<!notre )(?<!plein )(?:accord|aval\b|feu vert|autorisation|valid\w+|approb\w+"
    r"|approuv\w+|arbitrage|signature|permission|visa\b|blanc-seing|consentement)"
)

REFUSALS: tuple[Phrase, ...] = (
    phrase(
        Kind.REFUSES,
        0.84,
        rf"\b{ABOVE} (?:est|sont|reste) (?:totalement |farouchement )?(?:contre|opposee?s?|hostiles?)\b|\b{ABOVE} bloquen?t?\b",
    ),
    phrase(
        Kind.APPROVAL,
        0.88,
        r"\b(?:(?:il )?(?:me |nous )?(?:faut|faudra|faudrait|manque)|sous reserve|apres|sans|besoin"
        r"|necessit\w+|requiert|requis\w*|attends?|attendons|en attente|dans l'attente|soumis\w*"
        r"|subordonne\w*|conditionne\w*|demand(?:e|er|ons|erai)|obtenir|obtenu|ai|avoir|avant|reste"
        r"|doit|doivent|exige\w*|devra|avec|si j'ai|des que j'ai|donne\w*|dit oui|reserve|dois"
        rf"|attend|suspendu\w* a|attente)\b[^.!?]{{0,45}}?\b(?<!d'){_AGREEMENT}(?! (?:les donnees"
        r"|le fichier))",
    ),
    phrase(
        Kind.APPROVAL,
        0.86,
        r"\b(?:doit|doivent|devra|devront|faut que|faudra que|faudrait que|a condition que|il faut"
        rf"|des que|une fois que|quand|apres que|tant que)\b(?!.{{0,80}}contraire).{{0,40}}\b(?:{ABOVE})\b.{{0,70}}?\b(?:valide\w*"
        r"|approuve\w*|autorise\w*|donne\w*|dise\w*|signe\w*|tranche\w*|accepte\w*|dit|soi[et]\w* d'accord)",
    ),
    phrase(
        Kind.APPROVAL,
        0.84,
        r"\b(?:faut|faudra|faudrait|dois|devrai|devons|vais|allons|souhaite|prefere|aimerais|voudrais"
        r"|attends|attend)\b(?: que (?:je|j'|nous|vous))?(?: (?:d'abord|avant|aussi|prealablement))*(?: ?(?:voir"
        r"|voie|voyiez|en parle|en parler|demande|demander|consulte|consulter|soumettre|soumette"
        r"|en refere|en referer|solliciter|sollicite|interroger|passer|passe|poser la question"
        rf"|verifier|fasse|que))(?: (?:ca|cela|d'abord|prealablement|avant))* {_ABOVE_HOW}\b",
    ),
    phrase(
        Kind.APPROVAL,
        0.86,
        r"\b(?:demande|demandons|vais demander|dois demander|pose la question|vois|verrai|en parle"
        rf"|en refere|soumets|sollicite)\b (?:ca |cela |d'abord |avant |donc )*{_ABOVE_HOW}\b(?=.{{0,60}}\b(?:si je peux"
        r"|si on peut|si nous pouvons|si c'est possible|avant|d'abord|l'autorisation|d'accord|ok\b"
        rf"|peut))|\ben refere\w* a|\bc'est {_ABOVE_HOW} (?:de|d'|qui) (?:decid|tranch|valid|voir"
        r"|autoris)\w*|\b(?:decision|choix)\b.{0,20}\b(?:appartient|revient|releve)\b|\bpas (?:habilite"
        r"|autorise)e?\b.{0,40}\bsans\b|\bpas a moi (?:d'en decider|de decider|d'en juger)|\b(?:need"
        r"|needs|require|requires|waiting for|subject to|pending)\b.{0,25}\b(?:approval|permission"
        r"|sign-off|green light|consent|authoris\w+|authoriz\w+)",
    ),
    phrase(
        Kind.APPROVAL,
        0.82,
        rf"\b(?:ok|d'accord|favorable|~+|oui) (?:pour|de) (?:moi|ma part|mon cote|nous)\b.{{0,30}}\bmais\b.{{0,50}}\b{ABOVE}\b"
        r"|\b(?:manager|boss|director|mayor|head) (?:must|has to|needs to|should) (?:first )?(?:approve"
        r"|agree|validate|sign)",
    ),
    phrase(
        Kind.APPROVAL,
        0.82,
        rf"\b(?:{ABOVE}|conseil d'administration|bureau|assemblee generale)(?: de [\w' -]{{1,30}}?)? (?:doit"
        r"|doivent|devra|devrait|souhaite|veut) (?:d'abord |prealablement |tout |encore |bien "
        r"|les |la |le )*(?:valider|approuver|autoriser|signer|trancher|donner|relire|voir|se prononcer"
        r"|regarder)",
    ),
    phrase(
        Kind.APPROVAL,
        0.78,
        r"\bsous (?:la )?(?:reserve|condition) (?:que|qu'|de|d'|du)\b(?! (?:stock|erreur|oubli"
        r"|disponibilite))",
    ),
    phrase(
        Kind.REFUSES,
        0.88,
        r"\b(?:ne |n'|n |ni )\s?(?:\w+ ){0,2}?(?:peux|pouvons|peut|puis|pourrai|pourrons|pourra"
        r"|pourrait|saurais|saurait|saurions|souhaite|souhaitons|souhaitent|veux|voulons|veut|desire"
        r"|desirons|compte|entends|entendons|tient|tiens|tenons|sommes|suis|est|sera|doit|dois"
        r"|devons|doivent|autorise|permet|sont|envisage|accepte|acceptons)(?: donc| malheureusement"
        r"| absolument| en aucun cas| vraiment)* (?:pas|plus|nullement|point|rien|aucunement)\b(?: (?:autorise\w*"
        r"|habilite\w*|question|possible|envisageable|en droit|en mesure|donc|prets?|d'accord|favorable"
        r"|disposes?|pour))*(?: (?:de|d'|a|que|qu'|les?|la|l'|vous|nous|leur|y|en|ces|cette|ce"
        r"|etre|soient|soit|mes|mon|nos|donnees|chiffres|informations|fichiers?|pour|l'instant"
        rf"|voir))*\s?(?:les |l'|vous )*(?:{_OPEN}|(?:diffus|communiqu|publi|transmis|divulgu|rendu"
        r"|ouvert)\w*)(?!.{0,40}\b(?:aujourd'hui|tout de suite|maintenant|avant|pour l'instant"
        r"|pour le moment|cette semaine|encore|dans l'immediat|ce jour|car nous ne|puisque nous ne)\b)",
    ),
    phrase(
        Kind.REFUSES,
        0.84,
        r"\bne (?:peu(?:t|vent)|saurai(?:t|ent)|doi(?:t|vent)|pouvons|puis)(?: pas| en aucun cas"
        r"| donc)* (?:etre |faire l'objet (?:de |d')(?:une? |aucune )?)(?:rendu|diffus|publi|communiqu"
        r"|divulg|transm|mis|partag)\w*|\bn'est pas prevu (?:de|d') ?(?:les )?(?:diffus|publi|communiqu"
        r"|partag|ouvr|rendre|transm)\w*",
    ),
    phrase(
        Kind.REFUSES,
        0.84,
        r"\b(?:ne|n') ?(?:veu|voul|souhait|desir)\w+ (?:pas|plus|nullement) (?:que|qu'|de|d')?.{0,50}(?:circul"
        r"|diffus|publi|divulg|sort|partag|communiqu|transm|donn|rendu|en ligne|internet)\w*",
    ),
    phrase(
        Kind.REFUSES,
        0.84,
        r"\b(?:ne|n') ?(?:les |la |le |l')?(?:communique|diffuse|publie|partage|transmet|divulgue)(?:ons"
        r"|nt|tons)? (?:pas|rien|plus|jamais|aucun\w*)\b(?!.{0,40}\b(?:avant|encore|pour l'instant"
        r"|pour le moment)\b)|\b(?:il|elle|on|je|nous|maire) n'y (?:tient|tiens|tenons) pas|\bne (?:tient"
        r"|tiens|tenons|tiennent) pas a ce que|\bpas de (?:publication|diffusion|communication)\b(?! (?:avant"
        r"|pour l'instant))|\b(?:m'y|nous y) (?:refuse|oppose)|\bpas (?:souhaitable|opportun\w*"
        r"|envisageable)\b|\binterdi(?:t|te|ts|tes) (?:de|a la|d'en)|\bcontre (?:la|cette|leur"
        r"|sa) (?:publication|diffusion|mise en ligne|ouverture)\b|\bpas (?:d'accord|prets?|disposes?"
        r"|enclins?) (?:pour|a) ",
    ),
    phrase(
        Kind.REFUSES,
        0.86,
        r"\b(?:ne |n')\s?(?:vous |les |le |la |l'|en )*(?:donnerai|donnerons|communiquerai|communiquerons"
        r"|communiquons|communique|transmettrai|transmettrons|diffuserai|diffuserons|diffusons"
        r"|publierons|publierai|enverrai|enverrons|partagerai|partagerons|partageons|fournirai"
        r"|fournirons|donne|donnons)\b (?:pas|rien|jamais|plus)|\bpas (?:le droit|autorise\w*|habilite\w*) (?:de"
        r"|d'|a) (?:vous |les |la |le |l')*(?:" + _OPEN + r")|\bje ne donnerai rien",
    ),
    phrase(
        Kind.REFUSES,
        0.88,
        r"\b(?:je|nous|on|il|elle|maire|elus?|adjointe?|direction|president\w*|dgs|chef\w*|directeur"
        r"|directrice) (?:m'y |m'|nous y |nous |s'y |s'|vous |le |la |les )*(?:refus(?:e|ons|ent"
        r"|era)|oppos(?:e|ons|ent|era))\b|\brefus(?:e|ons)? (?:de|d'|que|net|categorique)|\bhors de question"
        r"|\bpas question|\b(?:pas|peu|guere) favorable|\bdefavorable|\bc'est non\b|\bveto\b|\bfin de non-recevoir"
        r"|\b(?:ne|n') (?:souhait|desir)\w+ pas\b(?=.{0,40}(?:donnee|fichier|diffus|publi|chiffre"
        r"|soient|soit|ouvr))|\bno way\b|\brefuse to\b|\b(?:cannot|can't|won't|will not|not allowed to"
        r"|unable to) (?:share|publish|disclose|release|give)",
    ),
    phrase(
        Kind.REFUSES,
        0.84,
        r"\bconfidentiel\w*|\b(?:non|pas|in) ?communicable\w*|\bincommunicable\w*|\bsecret (?:medical"
        r"|statistique|des affaires|fiscal|professionnel|industriel|defense|de la defense|commercial"
        r"|de l'instruction|bancaire|des sources)|\bcouvert\w* par (?:le|un) secret|\bsoumis\w* au secret"
        r"|\bsecret\b.{0,12}\bprotege|\bdiffusion restreinte|\bpas vocation a\b|\breservee?s? (?:a (?:nos"
        r"|la|notre|l'usage|un)|aux)\b|\bconfidential\b",
        note="secret",
    ),
    phrase(
        Kind.REFUSES,
        0.8,
        r"\btrop sensible\w*|\bsensible\w* (?:politiquement|pour|donc)|\bpour des raisons de (?:securite"
        r"|surete)|\bvigipirate|\b(?:est|sont) (?:tres |assez |politiquement )?sensibles?\b",
        note="sensitive",
    ),
    phrase(
        Kind.NO_INTEREST,
        0.84,
        r"\b(?:quel(?:le)?s? (?:est )?(?:donc )?(?:l')?(?:interet|utilite)|(?:aucun|pas|peu|pas d'"
        r"|pas l'|pas l|pas quel|sans|sans grand|pas bien l'|pas trop l'|guere l'|pas de grand"
        r"|pas grand)\s?(?:interet|utilite)|a quoi (?:bon|ca sert|cela sert|ca va servir|cela va servir"
        r"|ca peut servir|sert|serviraient|servirait)|n'interess\w+ (?:personne|pas|que)|n'a pas d'(?:interet"
        r"|utilite)|perte de temps|temps perdu|usine a gaz|gadget|inutile\w* (?:pour|de publier"
        r"|d'ouvrir)|personne ne (?:s'en servira|les lira|les regardera|va lire)|ne sert(?:ent"
        r"|virait|vira)? (?:a rien|pas)|pas prioritaire|pas une priorite|qui (?:ca|cela) (?:peut "
        r"|va )?interess\w+|(?:ne )?voi(?:s|t|yons) (?:vraiment |franchement |toujours )?pas (?:franchement "
        r"|vraiment |trop |bien )?(?:a qui (?:cela|ca) (?:peut |va |pourrait )?servir|qui (?:cela"
        r"|ca) (?:peut |va )?interess|l'interet|a quoi|en quoi|ce que|pourquoi|l'utilite|bien l'"
        r"|trop l'|l interet)|what(?:'s| is) the point|no interest)",
        bold=True,
    ),
    phrase(
        Kind.LOST,
        0.6,
        r"\b(?:perdu\w*|efface\w*|detruit\w*|ecrase\w*|cryptolocker|cyberattaque|brule\w*|inondation des archives"
        r"|introuvable\w*)\b",
    ),
)

REASONS: tuple[Phrase, ...] = (
    phrase(
        Kind.REFUSES,
        1.0,
        r"\b(?:rgpd|cnil|donnees? (?:a caractere )?personnel\w*|caractere personnel|nominativ\w*"
        r"|nominatif\w*|vie privee|identifi\w+|noms? (?:et|des|de)|personal data|gdpr|privacy|numeros personnels"
        r"|adresses personnelles)\b",
        note="personal_data",
    ),
    phrase(Kind.REFUSES, 1.0, r"\b(?:secret\w*|confiden\w+|incommunicable\w*|communicable\w*)\b", note="secret"),
    phrase(
        Kind.REFUSES,
        1.0,
        r"\b(?:elue?s?|maire|adjointe?s?|election\w*|electoral\w*|politiqu\w*|president\w*|municipales"
        r"|conseillere?s?|opposition municipale|bureau municipal|conseil municipal|municipalite)\b",
        note="elected",
    ),
    phrase(
        Kind.REFUSES,
        1.0,
        r"\b(?:sensible\w*|securite|surete|vandal\w*|vols?\b|cambriol\w*|malveill\w*|vigipirate"
        r"|dangere\w*|terroris\w*|sabotage|attentat\w*|sensitive|security)\b",
        note="sensitive",
    ),
    phrase(
        Kind.REFUSES,
        1.0,
        r"\b(?:hierarchi\w*|chefs?|cheffes?|direction generale|dgs|dga|directeur\w*|directrice\w*"
        r"|responsable\w*|superieur\w*|instructions?|consigne\w*|manager)\b",
        note="hierarchy",
    ),
    phrase(Kind.REFUSES, 1.0, r"\b(?:interet|utilite|inutile\w*)\b", note="no_interest"),
)
