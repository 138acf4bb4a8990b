"""Phrases that say what is wrong with the data: only a part, a bad format, locked in software."""

from addin.core.understanding.phrases.phrase import Phrase, phrase
from addin.core.understanding.signs import Kind

LIMITS: tuple[Phrase, ...] = (
    phrase(
        Kind.PARTLY,
        0.86,
        r"\b(?:en partie|partiellement|oui et non|partielle?s?|incomplet\w*|pas complet\w*|pas exhausti\w*"
        r"|pas l'integralite|une partie|qu'une partie|une petite partie|la moitie|partly|only (?:have"
        r"|hold) (?:data|figures|records|the)|only part|some of (?:it|them|this)|not all|incomplete)\b(?! (?:publique"
        r"|prenante))",
    ),
    phrase(
        Kind.PARTLY,
        0.8,
        r"\b(?:seulement|uniquement|juste|exclusivement)\s?(?:celles?|ceux|celui|pour|depuis|a partir de"
        r"|sur|les|le|la|l'|ceux|une partie|de|d'|jusqu'(?:a|en))\b ?(?!nous|pdf|papier|format"
        r"|cas\b|faire|dire|fait\b)(?=.{0,40}(?:\d{4}|annee|ecoles?|quartier|secteur|nord|sud|centre"
        r"|partie|dernier|derniere|maternelle|primaire|commune|ville|zone|creche|salle|site|trimestre"
        r"|mois|moitie|territoire))",
    ),
    phrase(Kind.PARTLY, 0.8, r"\b(?:seulement|uniquement)\W*$"),
    phrase(
        Kind.PARTLY,
        0.84,
        r"\b(?:il (?:me |nous |en |y )?manque|manquent|manque(?:ra)?|hormis|hors|a l'exception d"
        r"|excepte|sauf (?:les|la|le|pour|l'|celles?|ceux|depuis))\b(?! (?:de temps|de personnel"
        r"|de moyens|de bras|plus qu|erreur|avis|si\b))",
    ),
    phrase(
        Kind.PARTLY,
        0.58,
        r"\b(?:ne |n')(?:ai|avons|gere|gerons|dispose|disposons|detiens|detenons|tiens|tenons|possede"
        r"|possedons|suis|suivons|m'occupe|nous occupons|a)\b(?: (?:de|d'|ici|plus|moi|donc))*\s?(?:que"
        r"|qu')\b",
    ),
    phrase(
        Kind.PARTLY,
        0.9,
        r"\b(?:[\w'-]+ ){0,3}oui\b[^.!?]{0,40}\b(?:mais )?(?:pas (?:les?|la|l'|pour|celles?|ceux)"
        r"|[\w'-]+ non\b)|\boui pour\b[^.!?]{1,60}\bnon pour\b|\bpour (?:les? |la |l')?[\w'-]+(?: [\w'-]+){0,3},? (?:oui"
        r"|non)\b",
    ),
    phrase(
        Kind.EXCEPT,
        0.8,
        r"^\W*(?:mais |et |par contre |en revanche |ni )?(?:(?:mais |et )?pas|mais sans|ni|moins) (?:encore "
        r"|forcement )?(?:les?|la|l'|des|du|de la|de l'|celles?|ceux|ni|pour|toutes?)\b(?!.{0,25}\b(?:moment"
        r"|instant|peine|main|tout de suite|temps|choix|droit|seule?|premier|premiere|bonne?)\b)",
    ),
    phrase(Kind.CONTRAST, 0.7, r"^\W*(?:mais|en revanche|par contre|cependant|toutefois|neanmoins|sauf que|seulement)\b"),
    phrase(
        Kind.PARTLY,
        0.86,
        r"\bne (?:peux|pouvons|pourrai|pourrons|puis) (?:vous |t'|te )?(?:les |le |la |en )?(?:transmettre"
        r"|fournir|donner|envoyer|communiquer|extraire|sortir) (?:que|qu')",
    ),
    phrase(
        Kind.PARTLY,
        0.8,
        r"\bn'(?:y )?(?:est|sont|figure(?:nt)?|apparai\w+) pas (?:dedans|dans le (?:fichier|tableau))"
        r"|\bn'y (?:est|sont|figure(?:nt)?|apparai\w+) pas\b",
    ),
    phrase(
        Kind.PARTLY,
        0.8,
        r"\b(?:ai|avons|a) (?:juste|seulement|uniquement) (?:les?|la|l'|une?|des|quelques)\b|\bdonnees agregees\b"
        r"|\b(?:jamais|pas) (?:termine|fini|acheve|complet)\w*|\binacheve\w*|\b(?:plus|pas) (?:a jour"
        r"|tenue?s? a jour)\b|\b(?:trous|lacunes)\b|\bversion (?:de )?20[01]\d",
    ),
    phrase(
        Kind.FORMAT,
        0.84,
        r"\b(?:pdf|scans?|scannee?s?|papiers?|images?|photos?|jpe?g|manuscrit\w*|post-it|fiches cartonnees"
        r"|classeurs?(?! (?:excel|calc|partage|xls))|au crayon|(?:saisi|fait|ecrit|tenu|rempli"
        r"|note|en page|dessine|compte)\w* a la main|photocopies?|microfiches?|registres? (?:papier"
        r"|relies?|manuscrits?)|word|powerpoint|publisher|indesign|autocad|dwg|dxf|version imprimee"
        r"|tirages?)\b",
    ),
    phrase(
        Kind.LOCKED,
        0.86,
        r"\b(?:logiciel|progiciel|appli\w*|outil|plateforme|plate-forme|erp|solution|base|systeme"
        r"|programme|editeur|module|interface)\b.{0,50}\b(?:ne (?:permet|sait|propose|prevoit|sort"
        r"|donne|peut|dispose)|n'(?:a|offre|exporte|autorise)|sans (?:fonction d'|possibilite d'"
        r"|aucun )?(?:export|extraction)|ferme|verrouille|proprietaire\b|bloque|enferme|captif"
        r"|pas d'export|impossible|sait pas|permet pas|refuse)",
    ),
    phrase(
        Kind.LOCKED,
        0.86,
        r"\b(?:aucune?|pas d'|pas de|pas la|impossible|impossibilite|incapable|n'arriv\w+ pas|sais pas"
        r"|ne sait pas|ne savons pas|pas possible|sans|pas les droits|pas de droits?|pas moyen"
        r"|aucun moyen|ne permet pas|permet pas|pas comment|ne peux pas|ne peut pas|ne pouvons pas"
        r"|peut pas|peux pas|moyen de rien|comment faire pour)(?: \w+){0,3}?\s?(?:d'|de |pour "
        r"|a |l'|les |un |des |en |rien |quoi que ce soit |possible )*(?:export\w*|extraire|extraction\w*"
        r"|sortir(?! (?:du service|de chez))|recuperer|requet\w+|moissonn\w+)",
    ),
    phrase(
        Kind.LOCKED,
        0.84,
        r"\b(?:extraction|export)\w*\b.{0,30}\b(?:necessite|suppose|payante?s?|module|option|licence)\b"
        r"|\b(?:euros?|eur|frais|devis|payant\w*|factur\w+)\b.{0,40}\b(?:extraction|export|extraire"
        r"|exporter)|\b(?:editeur|prestataire) (?:nous )?(?:facture|fait payer|reclame)|\bsais pas (?:comment )?(?:l'en"
        r"|les en|l'|les )\s?(?:sortir|extraire|exporter)|\bprisonni\w+ d|\benferme\w* dans|\bverrouille\w*\b"
        r"|\bbloque\w* dans\b|\b(?:logiciel|progiciel|systeme) (?:est )?(?:ferme|proprietaire|verrouille)"
        r"|\bexport (?:impossible|payant|facture)|\bextraction (?:est )?(?:impossible|payante)"
        r"|\bno (?:way to )?export|\bcannot (?:be )?export",
    ),
)
