"""Phrases that say no: not held, not our matter, not there, nobody known, nothing of the kind."""

from addin.core.understanding.lexicon import DATA_NOUN
from addin.core.understanding.phrases.phrase import Phrase, phrase
from addin.core.understanding.signs import Kind

DENIALS: tuple[Phrase, ...] = (
    phrase(
        Kind.HAS_NOT,
        0.8,
        r"\b(?:aucune?|personne) (?:\w+ )?n'(?:a|ont) (?:ce|cette|ces|cela|ca|de|le|la|les)\b|\bque dalle\b|\bnada\b"
        r"|\bplus (?:habilite|autorise)\w* a (?:acceder|consulter)|\bplus d'acces (?:a|aux)\b",
    ),
    phrase(Kind.HAS_NOT, 0.9, r"\b(?:pas|plus|ni) (?:a |chez |de )?(?:nous|moi)\b(?! (?:qui|deranger))(?!\s(?:avons|sommes))"),
    phrase(
        Kind.HAS_NOT,
        0.9,
        r"(?:n'est|c'est|c|c est|sommes|suis|n'en sommes|n'en suis|est|ne sont) (?:malheureusement "
        r"|helas |vraiment |du tout )?(?:pas|plus)\s?(?:malheureusement |du tout |vraiment )?(?:chez "
        r"|de chez )?(?:nous|moi|mon service|notre service|notre direction|ma direction|mon bureau"
        r"|mon domaine|ma partie|mon secteur|mes services|nos services|dans (?:mes|nos|les)|de (?:mon"
        r"|notre|ma|mes) |du ressort|ma competence|notre competence|mon perimetre|notre perimetre"
        r"|mon rayon|mon affaire|mon truc|mon job)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.85,
        r"\b(?:(?:ne )?(?:releve|depend|fait|font|relevent|dependent|entre|rentre|concerne|concernent)(?:nt)? (?:malheureusement "
        r")?(?:pas|plus)|hors) (?:partie )?(?:directement )?(?:de |dans |du )?(?:mon|ma|notre|nos"
        r"|mes|chez nous|moi|nous|ressort|perimetre|champ)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.85,
        r"\b(?:pas|plus) (?:la bonne personne|le bon (?:service|interlocuteur|contact|destinataire"
        r"|endroit|bureau)|la bonne (?:interlocutrice|adresse|porte|direction)|l'interlocut\w+"
        r"|concernee?s?\b|competente?s?\b|detenteurs?|detentrices?|producteurs?|productrice|gestionnaires?"
        r"|responsables?\b|en charge|charge\b|la competence|de notre ressort|de mon ressort|de ma competence"
        r"|habilitee? a repondre)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.85,
        r"\btromp(?:ez|e|es|e) (?:de |d')(?:interlocut\w+|service|personne|adresse|destinataire"
        r"|porte|bureau)|erreur d'(?:aiguillage|adresse|interlocuteur|destinataire)|mauvaise? (?:adresse"
        r"|personne|porte|interlocut\w+|service)\b|mal (?:aiguille|oriente|adresse)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.72,
        r"\b(?:ne|n') ?(?:\w+\s){0,3}?(?:peux|pourrai|pouvons|pourrons|puis|saurais|saurai|saurions"
        r"|suis|sommes|serai)(?: malheureusement| helas| donc)? (?:pas |plus |guere |nullement )?(?:malheureusement "
        r"|en mesure de |en capacite de |donc )*(?:de )?(?:vous |t'|te )?(?:etre (?:d'aucun\w*"
        r"|utile|d'un\w*)|aider|renseigner|eclairer|repondre (?:favorablement|positivement|a votre demande)"
        r"|donner satisfaction|apporter)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.72,
        r"\b(?:peux|pourrai|pouvons) (?:malheureusement |helas )?pas (?:vous |t'|te )?(?:aider"
        r"|renseigner|etre utile)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.85,
        r"\brien (?:de tel|de tout (?:ca|cela)|de ce (?:genre|type)|de semblable|de la sorte|chez (?:nous"
        r"|moi)|en (?:ce sens|stock|magasin)|a ce sujet|la-dessus|a (?:vous |t'|te )(?:offrir|proposer"
        r"|envoyer|donner|montrer|communiquer|transmettre)|sur (?:le|ce) sujet|au service|a la (?:mairie"
        r"|direction)|d'exploitable (?:pour|a)|a vous (?:transmettre|fournir|donner|communiquer"
        r"|envoyer)|de notre cote|de mon cote)|\bn'(?:ai|avons|y a) rien\b(?! (?:d'autre|contre"
        r"|a (?:redire|ajouter|signaler)|recu))",
    ),
    phrase(
        Kind.HAS_NOT,
        0.85,
        r"(?<!que nous )(?<!que je )(?<!qu'on )\b(?:ne|n')\s?(?:l'|les |la |le )?(?:ai|avons|a"
        r"|trouve|trouvons|retrouve|retrouvons) (?:pas|plus|rien|nulle part)(?=\s*$|[.!?]| chez"
        r"| ici| dans nos)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.8,
        r"\b(?:ne|n') ?(?:pense|crois|penses|croit|pensons|croyons|semble)(?: pas| guere) (?:que "
        r"|qu'|en |l'|les |etre |avoir |detenir |disposer )(?!.{0,20}(?:probleme|souci|gene|derange"
        r"|difficul|utile|interet|possible))",
    ),
    phrase(Kind.HAS_NOT, 0.69, r"\brien d'(?:exploitable|utilisable|utile|interessant|officiel|informatise)"),
    phrase(
        Kind.HAS_NOT,
        0.8,
        r"\b(?:pas|aucune?|plus) (?:de |d')?(?:[\w'-]+ ){1,6}?(?:de (?:mon|notre) cote|chez (?:nous"
        r"|moi)|ici|a (?:mon|notre) niveau|dans (?:mon|notre|mes|nos) (?:service|services|dossiers"
        r"|bases|archives|locaux))\b|^\W*(?:pas|aucun|plus) (?:de|d')?\s?(?:fichiers?|donnees?"
        r"|infos?|informations?|tableaux?|listes?|elements?|trace|traces)\b",
    ),
    phrase(Kind.HAS_NOT, 0.8, r"\b(?:pas (?:a|de) (?:ma|notre) connaissance|pas que je sache|not (?:that i know|to my knowledge))"),
    phrase(Kind.HAS_NOT, 0.8, r"\bplus (?:depuis|maintenant que|du tout depuis|a ce jour|cette annee|aujourd'hui|chez)\b"),
    phrase(Kind.HAS_NOT, 0.6, r"\bsi (?:nous|je|on) (?:l'|les |en )?(?:avions|avais|avait|detenions|disposions|gerions) ?.{0,60}"),
    phrase(
        Kind.HAS_NOT,
        0.8,
        r"\b(?:n'avons|n'ai|n'a) (?:plus|pas) (?:la main|la competence|acces(?! (?:au (?:serveur"
        r"|reseau|vpn)|a (?:ma|mes|mon))\b)|cette competence|la gestion)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.9,
        r"\b(?:do not|don't|dont|does not|doesn't|no longer|cannot|can't|never) (?:have|hold|own"
        r"|manage|keep|handle|hold|collect|produce|possess|help)|\bnot (?:us|me|mine|ours|our|my"
        r"|with us|in my|in our|responsible|the right)|\bhave no (?:such )?(?:data|record|file"
        r"|list)|\bno longer\b",
    ),
    phrase(
        Kind.HAS_NOT,
        0.82,
        r"\b(?:ne|n') ?(?:me|nous|m') ?(?:concerne|regarde|appartien|incombe)\w* (?:pas|plus|en rien"
        r"|nullement)|\b(?:transmis|envoye|adresse|recu|arrive|parvenu)\w* par erreur|\b(?:pas"
        r"|plus) (?:pour|destinee? a) (?:nous|moi)\b|\bce n'est pas a (?:nous|moi)\b",
    ),
    phrase(
        Kind.HAS_NOT,
        0.84,
        r"\b(?:n'ai|n'avons|n'a|ai|avons|on a) (?:malheureusement |helas |donc )*(?:jamais|pas"
        r"|nulle) (?:eu|vu|recu|ete destinataires?|possede|detenu|gere|dispose|tenu|entendu parler"
        r"|connaissance|trouve|retrouve|mis la main|de trace)\b(?! (?:votre|ton|de probleme|le temps"
        r"|de reponse|de retour|a y redire|d'autre))",
    ),
    phrase(
        Kind.HAS_NOT,
        0.75,
        r"\b(?:ne |n')?(?:fais|faisons|fait|fait ici|font) que (?:les |la |le |l')?(?:relayer|coller"
        r"|consulter|transmettre|recopier|distribuer|afficher|recevoir|passer|payer|donner|appliquer"
        r"|executer|servir|heberger|diffuser|signer)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.75,
        r"\b(?:n'est|ne sont|est|sont) (?:pas|plus) (?:ici|en (?:notre|ma) possession|dans (?:nos"
        r"|mes|notre|mon)|a (?:notre|ma) disposition|detenu\w*|disponible\w*|chez nous)\b(?! (?:avant"
        r"|aujourd'hui|pour l'instant|pour le moment|en ligne))|\b(?:aucune?|nulle|pas) trace\b"
        r"|\bne figure\w* (?:pas|nulle part)|\bnous (?:est|sont) (?:totalement |parfaitement )?inconnu\w*"
        r"|\bne (?:peux|pouvons|pourrai) rien (?:pour vous|faire|vous (?:dire|fournir))|\b(?:rien"
        r"|pas) (?:re)?trouve\b|\bintrouvable\w*|\bignor\w+ (?:totalement )?(?:qui|ou|tout)\b",
    ),
    phrase(
        Kind.HAS_NOT,
        0.82,
        r"\b(?:connais|connaissons|connait) (?:pas|aucun\w*)\b(?!.{0,30}\bqui\b)|\binconnue?s? (?:au"
        r"|chez|de nos|de mes|pour)|\bjamais vu\b|\bne (?:me|nous) dit (?:absolument )?rien|\b(?:hors"
        r"|pas) (?:de )?(?:notre|mon) (?:competence|champ|perimetre|domaine)",
    ),
    phrase(
        Kind.HAS_NOT,
        0.75,
        r"^\W*mais (?:nous n'avons |je n'ai |on n'a )?pas (?:les?|la|de|ces|d'|l')\s?(?:donnees?"
        r"|fichiers?|listes?|infos?|chiffres?|elements?|tableaux?)\b",
    ),
    phrase(
        Kind.HAS_NOT,
        0.78,
        r"\b(?:n'a|n'ont|n a) (?:malheureusement |donc |absolument )*(?:pas|plus|aucune?|jamais eu) (?:de "
        rf"|d'|ces |les? |la |l'|une? )?(?:telle? |vraie? )?{DATA_NOUN}\b",
    ),
    phrase(
        Kind.HAS_NOT,
        0.8,
        r"\bfaites (?:erreur|fausse route)|\bne pas (?:pouvoir|etre en mesure de|savoir) (?:vous "
        r"|t'|te )?(?:aider|renseigner|repondre)|\b(?:n'ai|n'avons|n'a|pas|aucun) (?:pas |plus "
        r"|jamais |toujours |encore |aucun )*(?:recu|obtenu|recupere) (?:les?|la|l'|ces|ce|cette"
        r"|de) \w+",
    ),
    phrase(Kind.HAS_NOT, 0.66, r"\b(?:n'ai|n'avons|pas|aucun) (?:pas |plus |aucun )?(?:le |la |de )?(?:souvenir|memoire) (?:qu|d)"),
    phrase(
        Kind.HAS_NOT,
        0.72,
        r"\bn'en (?:ai|avons|a|dispose|disposons|possede|possedons|detiens|detenons|tenons|tiens"
        r"|trouve|fais|faisons|sommes|suis)\b(?: \w+)? (?:pas|plus|aucun\w*|jamais)\b(?! (?:besoin"
        r"|la moindre idee|l'idee|idee|sur|certain|encore|parle|fini|termine|l'intention|envie"
        r"|convaincu))",
    ),
    phrase(
        Kind.NOBODY,
        0.9,
        r"\b(?:aucune idee|jamais entendu parler|en a entendu parler|pas (?:la moindre )?idee|pas d'idee"
        r"|no idea|not a clue|aucune piste|je seche|seche completement|personne a vous (?:indiquer"
        r"|proposer|conseiller)|aucun nom a|pas de piste|mystere|(?:ne |n')?(?:ai|avons) (?:aucun"
        r"|pas de) (?:contact|nom|piste))",
    ),
    phrase(
        Kind.NOBODY,
        0.88,
        r"\b(?:ne |n')?\s?(?:sais|savons|vois|voyons|connais|connaissons|saurais|saurai|saurions"
        r"|peux|pourrais|pouvons)(?: (?:malheureusement|helas|donc|vraiment))* (?:pas |plus |absolument pas "
        r"|vraiment pas |guere |nullement )?(?:du tout |malheureusement |non plus |vraiment |trop "
        r"|encore )*(?:vous |te |t')?(?:dire |indiquer |orienter|a |vers |de )?(?:\s?qui\b|quel service"
        r"|quelle personne|aupres de qui|vers qui|a qui|de qui|chez qui|personne\b)",
    ),
    phrase(
        Kind.NOBODY,
        0.8,
        r"\b(?:ne |n')?connai(?:s|ssons) personne|\bdo(?:n't| not) know who|personne ne (?:sait"
        r"|semble savoir)|\bsai[st] (?:vraiment )?(?:pas|plus) (?:du tout )?ou (?:elles?|ils?|c'est"
        r"|ca|on|trouver|les?|chercher)|ne (?:sais|vois) pas (?:trop )?(?:vers|a|aupres de) qui",
    ),
    phrase(
        Kind.MISSING,
        0.88,
        r"\b(?:n'existe(?:nt)?|n'existait|existe(?:nt)?) (?:pas|plus|nulle part|rien|aucun)|\binexistante?s?\b"
        r"|\b(?:n'a|n'ont|n'avons|n'ai|a|ont|avons|on a|est|n'est|n'y a)(?: jamais| pas| plus)? (?:jamais "
        r"|pas )(?:ete |encore ete )?(?:recense|fait|mis en place|etabli|cree|realise|produit|constitue"
        r"|inventorie|reussi a|pris le temps|formalise|eu)\w*",
    ),
    phrase(
        Kind.MISSING,
        0.85,
        r"\b(?:ne|n')\s?(?:tenons|tient|tiens|faisons|fait|fais|realisons|realise|produisons|produit"
        r"|recensons|recense|suivons|suit|collectons|collecte|mesurons|comptons|compte|compilons"
        r"|enregistrons|etablissons|sont|est) (?:plus|pas|aucun\w*|jamais|rien)\b(?: de)? ?(?:statistiq\w*"
        r"|recens\w*|suivi\w*|compt\w*|registre\w*|liste\w*|fichier\w*|inventaire\w*|tableau\w*"
        r"|stats?|ce (?:genre|type)|rien|cela|ca|donnee\w*|tenue?s?|centralise\w*|informatise\w*"
        r"|formalise\w*)",
    ),
    phrase(
        Kind.MISSING,
        0.8,
        r"\bil n'y (?:a|en a)(?: donc| plus| malheureusement)? (?:pas|aucune?|plus|jamais|rien)\b(?! (?:d'export"
        r"|moyen|de moyen|besoin|urgence|de raison|d'autre|a redire|de fonction|possibilite|d'extraction"
        r"|que\b))|\by a pas (?:de|d') ?(?!export|moyen|besoin)|\bpersonne (?:ici |chez nous |dans \w+ \w+ "
        r"|en interne )?(?:n'a|ne (?:fait|possede|dispose|detient))\b|personne ne (?:fait|tient"
        r"|suit|s'en|s'occupe|gere|recense|produit|l'a|les a|a |met a jour)",
    ),
    phrase(
        Kind.MISSING,
        0.8,
        r"\baucune? (?:recens|inventaire|fichier|registre|liste|suivi|releve|etat des|statistique"
        r"|comptage|tableau|base|denombrement|enquete|cartographie)\w*\b(?! (?:joint|ne pose))",
    ),
    phrase(
        Kind.HAS_NOT,
        0.8,
        r"\b(?:tout|l'ensemble|dossiers?|fichiers?|donnees?|archives?)\b.{0,25}\b(?:perdu|detruit"
        r"|efface|brule|disparu|parti en fumee)\w*|\b(?:avons|ai|a) (?:tout )?(?:perdu|jete|detruit"
        r"|efface)\b",
    ),
    phrase(
        Kind.MISSING,
        0.8,
        r"\b(?:n'est|ne sont|est|sont) plus (?:produit|tenu|alimente|mis|maintenu|actualise|suivi"
        r"|realise|edite|publie)\w*|\b(?:n'est|n'a|c'est|est|n'ont|ne sont|pas) (?:pas )?encore (?:ete )?(?:fait"
        r"|recense|commence|realise|mis en place|lance|inventorie)\w*|\b(?:on|nous|je) (?:ne )?(?:les? "
        r"|la |l')?(?:comptons|compte|recensons|recense|inventorions|mesurons|mesure|relevons) (?:pas"
        r"|plus|jamais)\b",
    ),
    phrase(
        Kind.MISSING,
        0.78,
        r"\brien (?:de tout (?:cela|ca) )?n'(?:est|a ete) (?:suivi|fait|recense|formalise|ecrit"
        r"|trace|enregistre|centralise)|\b(?:no such|does(?:n't| not) exist|there is no|never been)\b"
        r"|\b(?:ne|n')\s?(?:collectons|recensons|suivons|produisons|mesurons) (?:rien|pas)|plus personne ne"
        r"|\bpas de (?:fichier|recensement|registre|donnees|suivi|statistiques) (?:de ce|a ce|sur ce"
        r"|la-dessus|chez|ici|en la|existant)",
    ),
)
