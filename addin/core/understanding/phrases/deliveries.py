"""Phrases about the data itself on its way: sent, promised, published."""

from addin.core.understanding.phrases.phrase import Phrase, phrase
from addin.core.understanding.signs import Kind

_NOT_DATA = (
    r"(?!.{0,22}\b(?:coordonnees(?! gps)|contacts?|adresses?(?: mail| mel)?|numeros?|noms?"
    r"|reponses?|retours?|vers|messages?|demandes?|questions?|mails?|courriels?|personnes?"
    r"|salutations?|voeux|remerciements|suites?|precisions?|accord|aval|raison|mon avis|feu vert"
    r"|carte blanche|rendez-vous|occasion)\b)"
)
_SEND = (
    r"(?:envoie|envoi|envoyons|envoyer|enverr(?:ai|ons|a|ont)\b|transmettr(?:ai|ons|a|ont)\b"
    r"|transmett(?:ons|re)\b|transmets|apporte\w*|attache|glisse|balance|pousse|fais suivre"
    r"|transmis|adress(?:e|ons|er|erai|erons)\b|communiqu(?:e|ons|er|erai|erons)\b|fourni(?:s"
    r"|r|rai|rons|ssons)\b|prepar(?:e|ons|er|erai|erons)\b|sors|sortirai|sortons|sortir|extrai\w*"
    r"|donne|donnons|donnerai|donnerons|joindrai|partage\w*|expedi\w+|export\w+|depos\w+"
    r"|mettrai a disposition|mets a disposition|faire parvenir|faire passer|fais (?:passer"
    r"|ca|cela|parvenir|un export|une extraction|l'export|l'extraction|tenir)|faisons parvenir"
    r"|ferai parvenir|ferons parvenir|ferai tenir|ferons tenir|fais tenir|ferai|file|"
    r"repasse|remets|remettrai|remettons|livr\w+|copie|genere\w*|edit\w+)"
)

DELIVERIES: tuple[Phrase, ...] = (
    phrase(
        Kind.SENT,
        0.9,
        r"\bci[- ]?joint(?:e?s?)\b|\bci[- ]?inclus\w*|\b(?:en |cf |voir |la |les |ma |mes )?pieces? jointes?\b"
        r"|\b(?:en|cf|voir|la|ma|les) p\.?j\b|\bpj\b|\ben (?:attache|attachement|annexe)\b|\bsous ce pli\b"
        r"|\b(?:vous|te|t'|y|je|nous|les|le|l'|la|ai|avons) ?(?:joins|joignons|joint|ai joint|avons joint)\b"
        r"|\bjoints? a ce (?:mail|message|courriel)|\b(?:is|are|find|see|please find) (?:it )?(?:attached"
        r"|enclosed)|\battached\b|\b(?:c'est|est|sont) (?:bien )?jointe?s?\b|\bfichier joint|\btableau joint"
        r"|\bdocument joint",
    ),
    phrase(
        Kind.SENT,
        0.85,
        r"\b(?:voici|voila)\b(?! (?:le|les|la|l'|son|ses|leurs?|mes|un|une) ?(?:contacts?|coordonnees"
        r"|adresses?|numeros?|noms?|liens?|reponses?|elements de reponse|mail|personne|telephone"
        r"|precisions?|question|l'explication|pourquoi))(?! (?:ma|mes|notre) reponse)(?! donc\W*$)"
        r"|\b(?:les?|la) voi(?:ci|la)\b|\bhere (?:is|are)\b|\bvous trouverez\b(?!.{0,40}\b(?:sur"
        r"|a l'adresse|en ligne|chez|aupres)\b)",
    ),
    phrase(
        Kind.LATER,
        0.86,
        r"(?:\b(?:je|j'|nous|on)\s?)(?:peux |pourrai |pouvons |vais |allons |compte |pense pouvoir "
        r"|espere pouvoir |pense |essaie de |essaye de |tache de |ferai en sorte de |m'engage a "
        r"|devrais pouvoir |devrions pouvoir |devrais |dois |tacherai de |tenterai de |vais essayer de "
        r"|reviens vers vous .{0,20}avec )?(?:donc |bien |tout de suite |aussi )?(?:vous |te "
        rf"|t'|vous les |vous l')(?:les? |la |l'|en |y |tout |fais |ai )*{_SEND}\b{_NOT_DATA}",
    ),
    phrase(
        Kind.LATER,
        0.84,
        r"(?:^|\b(?:je|nous|on) )(?:vous |t'|te )(?:envoie|transmets|prepare|sors|fais|l'envoie"
        rf"|les envoie|le transmets|les transmets)\b{_NOT_DATA}",
    ),
    phrase(
        Kind.LATER,
        0.84,
        r"(?<!ou )(?<!quand )(?<!lorsque )(?<!si )(?<!que )\b(?:vous (?:l'|les |le |la |en )?(?:aurez"
        r"|recevrez|sera transmis|seront transmis\w*|seront envoye\w*|sera envoye\w*|sera adresse\w*"
        r"|seront adresse\w*)|tu (?:l'|les |le )?(?:auras|recevras|l'as)|vous l'avez (?:dans|d'ici"
        r"|avant|des)|tu l'as (?:dans|d'ici|avant|demain)|(?:il|elle|ils|elles|on) (?:vous|te) (?:l'"
        r"|les |le |la )(?:enverra|enverront|transmettra|transmettront|fournira|adressera))",
    ),
    phrase(
        Kind.LATER,
        0.8,
        r"\b(?:export|extraction|fichier|tableau|liste|donnees|tout|document|elements|inventaire"
        r"|csv|envoi|bilan|ca|cela|il|elle|ils|elles)s? (?:complet\w* |demande\w* )?(?:sera|seront"
        r"|devrai(?:t|ent) etre|est|sont) (?:bien |donc |deja )?(?:pret\w*|disponible\w*|finalise\w*"
        r"|termine\w*|transmis\w*|envoye\w*|a jour|prevu\w*|livre\w*|en preparation|adresse\w*)(?! (?:sur"
        r"|en ligne))|\b(?:envoi|livraison|transmission|extraction|export) (?:est )?(?:prevue?"
        r"|programmee?|demain|en cours)|\ben cours de (?:mise a jour|preparation|finalisation|constitution"
        r"|consolidation)",
    ),
    phrase(
        Kind.LATER,
        0.82,
        r"\b(?:je|nous|on) (?:m'y |nous y |m'en |lance |vais |allons )?(?:prepar(?:e|ons|er)|mets au propre"
        r"|mettons au propre|lance|sors|extrais|finalise|nettoie|consolide|compile|fais|faire|regroupe"
        r"|complete)\b (?:ca|cela|l'export|l'extraction|le fichier|les? (?:donnees|tableau|export"
        r"|extraction)|un export|une extraction|tout|la liste)",
    ),
    phrase(
        Kind.LATER,
        0.8,
        r"\b(?:reviens|revenons|reviendrai|repasse|reviendrons) vers (?:vous|toi)\b.{0,30}\bavec (?:le"
        r"|les|la|un|une|l'|ca|ces|cela|tout)|\b(?:demain|lundi|mardi|mercredi|jeudi|vendredi|bientot"
        r"|rapidement),? (?:je|nous) (?:vous |t')(?:l')?envoi",
    ),
    phrase(
        Kind.LATER,
        0.86,
        r"\b(?:i|we)(?:'ll| will| can| am going to| shall) (?:\w+ )?(?:send|forward|provide|share"
        r"|export|prepare|get) (?:it|them|you|the|this|these|that)|\bwill (?:send|follow|be sent)\b"
        r"|\byou(?:'ll| will) (?:have|get|receive)",
    ),
    phrase(
        Kind.LATER,
        0.8,
        r"\b(?:laissez|laisse|donnez|donne|accordez|accorde)[- ](?:moi|nous) (?:jusqu|le temps"
        r"|un peu de temps|quelques (?:jours|semaines)|encore|une? (?:semaine|mois|quinzaine|dizaine"
        r"|journee|petite)|deux|trois|\d|la semaine|les? \w+ jours|du temps)|\b(?:je|on|nous) (?:m'y"
        r"|s'y|nous y) (?:mets|met|mettons|attelle|colle|attaque)\b|\bce sera (?:fait|pret|chez vous)"
        r"|\b(?:c'est|tout est) (?:en route|en cours|parti\W*$)",
    ),
    phrase(
        Kind.LATER,
        0.74,
        r"\b(?:me|nous) reste a (?:completer|finir|relire|verifier|mettre|remplir|nettoyer)|\b(?:reviens"
        r"|revenir|retour)\w*(?: vers vous)? (?:des que|quand|lorsque|une fois que) (?:c'est|tout est"
        r"|ce sera) (?:fait|pret|bon)",
    ),
    phrase(
        Kind.LATER,
        0.66,
        r"\bpas (?:avant|tout de suite|maintenant|immediatement|dans l'immediat|aujourd'hui|cette semaine"
        r"|ce mois)\b|\bpas encore (?:recu|fini|termine|pret)\b",
    ),
    phrase(
        Kind.SENT,
        0.7,
        r"\b(?:vous|t') ?(?:l'|les |avais |les? )?(?:ai|avais|avons|a ete|ont ete) (?:deja |bien "
        r"|pourtant )+(?:envoye|transmis|adresse|fourni|communique)\w*|\bdeja (?:envoye|transmis"
        r"|fourni|communique|adresse)\w*",
    ),
    phrase(
        Kind.SENT,
        0.8,
        r"\b(?:depose\w*|copie\w*|mis|mise?s?|place\w*|range\w*|l'attache|attache|dispo\w*|telecharg\w+"
        r"|recuper\w+) (?:\w+ ){0,3}?(?:ici|dessous|sur (?:le|notre|mon) (?:serveur|reseau|drive"
        r"|nuage|nas|commun|partage)|en suivant|a partir d|via)\b|\blien (?:pour|de|vers|ci|suivant"
        r"|wetransfer)\b|\bwetransfer\b|\btelecharg\w+ (?:sur|a|via|en suivant|depuis)",
    ),
    phrase(
        Kind.PUBLISHED,
        0.86,
        r"\b(?:deja|est|sont|figure|figurent|reste|restent|l'est|le sont|sera|etait)(?: (?:deja"
        r"|toutes?|tous|bien|librement|aussi|par ailleurs|integralement|egalement|effectivement"
        r"|affiche\w* et))* (?:en ligne|publie\w*|publiqu\w* (?:sur|en)|public(?:s|)\b|accessible\w* (?:a tous"
        r"|au public|sur|en ligne|ici|librement)|consultable\w*|telechargeable\w*|mis\w* en ligne"
        r"|en open data|en opendata|en acces libre|en libre acces|disponible\w* (?:sur (?!(?:le"
        r"|notre|mon) (?:serveur|reseau|commun|drive|nas|disque|poste|pc))|en ligne|en telechargement))",
    ),
    phrase(
        Kind.PUBLISHED,
        0.82,
        r"\b(?:consultable|telechargeable|accessible|disponible|visible)\w* (?:en ligne|sur internet"
        r"|librement|sur (?:le|notre) (?:site|portail))",
    ),
    phrase(
        Kind.PUBLISHED,
        0.84,
        r"\bpublie\w* (?:sur|depuis|en ligne|chaque|tous|par (?:le service|nos|la direction|la ville"
        r"|la mairie))|\b(?:rendez-vous|allez|aller|regardez|voir|visitez|consultez) (?:directement )?sur (?:le "
        r"|notre |la page |~)|\bconsulter\b.{0,50}\b(?:site|en ligne|portail)|\btout y est\b|\b(?:nous"
        r"|on|je) (?:les |le |la |l'|la )?(?:publi(?:e|ons)|diffus(?:e|ons)|met(?:s|tons)? (?:deja )?en ligne"
        r"|avons (?:deja )?(?:publie|mis en ligne)|a (?:deja )?(?:publie|mis en ligne))\b|\bpubliees? (?:chaque"
        r"|tous|deja|depuis|par|sur)|\bdata\.gouv|\b(?:est|sont|figure\w*|tout|c'est|retrouv\w+"
        r"|trouv\w+|visible\w*|lisible\w*|presente?s?|deja|accessible\w*|telecharg\w+) (?:\w+ ){0,6}sur (?:le"
        r"|notre|votre|le nouveau) (?:site|portail|geoportail)(?! (?:de la piscine|du chantier))\b"
        r"|\b(?:online|on (?:our|the) (?:web ?)?site)\b|\balready (?:online|published|available)"
        r"|\bpublished (?:on|at)|\bavailable (?:online|on (?:the|our))|\b(?:vous|tu) (?:les |le "
        r"|la |l'|y )?trouver(?:ez|as) (?:tout |deja |aussi |cela |ca )?(?:sur|a l'adresse|en ligne"
        r"|ici)\b|\bopen ?data de (?:la|l'|notre)",
    ),
)
