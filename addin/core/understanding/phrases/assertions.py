"""Phrases that say yes: it is with us, it is our matter, we can hand it over."""

from addin.core.understanding.lexicon import DATA_NOUN
from addin.core.understanding.phrases.phrase import Phrase, phrase
from addin.core.understanding.signs import Kind

ASSERTIONS: tuple[Phrase, ...] = (
    # What is left of "aucun problème pour vous l'envoyer" once the idiom is blanked.
    phrase(
        Kind.HAS,
        0.8,
        r"~ ?(?:a|pour|de)(?: ce que je)? (?:vous|te|t') ?(?:les |le |la |l'|en )?(?:envoyer|transmettre|fournir|communiquer"
        r"|donner|donne|adresser|partager|preparer|sortir|faire parvenir|envoie|transmette)\b",
    ),
    phrase(
        Kind.HAS,
        0.82,
        r"\bc'est (?:bien |tout a fait |justement |effectivement )?(?:mon|notre) (?:domaine|rayon"
        r"|metier|truc|job|affaire|boulot|coeur de metier|dossier|sujet|service|perimetre|bebe"
        r"|travail)\b|\bpar (?:mes|nos) soins\b|\b(?:ai|avons|a) (?:enfin |bien |fini par )*(?:retrouver?"
        r"|recupere|mis la main sur)\b|\bsuis (?:bien )?(?:la|le|celle|celui) (?:personne )?(?:qui"
        r"|en charge|referente?)",
    ),
    phrase(
        Kind.HAS,
        0.7,
        r"\b(?:il|elle|ils|elles|ca|cela|fichier|donnee|liste|tableau|recensement|inventaire|base"
        r"|registre|releve|couche|document|info|information)s? (?:\w+ ){0,3}?existe(?:nt)?\b(?! (?:pas"
        r"|plus|nulle|rien|aucun|que|ailleurs|peut-etre))(?<!n'existe)|(?<!ne )\b(?:dois|devons"
        r"|doit) (?:l'|les |en |la )avoir\b",
    ),
    phrase(
        Kind.HAS,
        0.9,
        r"(?<!n'est )\b(?:c'est|c est|cest|c|ce sont|est|sont|sera)(?: (?:bien|effectivement|donc"
        r"|toujours|en effet|desormais|maintenant|tout a fait|bel et bien|evidemment))* (?:chez "
        r"|a )?(?:nous|moi|mon service|notre service|ma direction|notre direction|mes services"
        r"|nos services|notre equipe|mon equipe|mon bureau|ma partie)\b(?!\s(?:que|qui vous (?:ai"
        r"|avons|ecri)|pas|plus|aussi)\b)(?! qui (?:suis|sommes) (?:pas|plus))(?! qui (?:l'|les "
        r"|en )?(?:ai|avons|a|avais|etais|avions|etions)\b)",
    ),
    phrase(
        Kind.HAS,
        0.8,
        r"\b(?:a|au|sur) (?:la )?(?:bonne? (?:porte|adresse|endroit|personne|place|service|interlocuteur"
        r"|interlocutrice))\b|(?:etes|es|etes bien|suis|suis bien|sommes|sommes bien) (?:la bonne personne"
        r"|le bon (?:interlocuteur|service|contact)|la bonne (?:interlocutrice|personne)|votre (?:interlocut\w+"
        r"|homme|contact))",
    ),
    phrase(
        Kind.HAS,
        0.85,
        r"\b(?:entre|dans) (?:mes|nos) (?:mains|dossiers|bases|fichiers|archives|serveurs|locaux"
        r"|tiroirs)\b|\ben (?:ma|notre) possession\b|\bsont (?:bien )?(?:ici|la|chez nous|a jour"
        r"|pretes?|prets?)\b",
    ),
    phrase(
        Kind.HAS,
        0.75,
        r"\b(?:tout|le fichier|le tableau|la liste|le document|la base|l'export|c'est|il|elle) est (?:la"
        r"|pret|prete|a (?:votre|ta) disposition|sur (?:le|notre|mon) (?:serveur|reseau|drive|disque"
        r"|poste|commun|nas|partage))|servez-vous|sers-toi|a (?:votre|ta) (?:entiere )?disposition(?! pour)"
        r"|tien(?:s|ons) a (?:votre|ta) disposition",
    ),
    phrase(
        Kind.HAS,
        0.8,
        r"\b(?:peux|peut|pouvons|pourrai|pourrons|pourrais|pourrions|suis en mesure|sommes en mesure)(?: tout a fait"
        r"| sans probleme| bien sur)?(?: de)? (?:vous|t'|te) ?(?:les |l'|la |le |en |y )?(?:envoyer"
        r"|transmettre|fournir|sortir|extraire|donner|communiquer|preparer|faire (?:parvenir|une extraction"
        r"|un export|passer)|exporter|adresser|editer|partager|generer|copier)(?! (?:l'adresse"
        r"|le contact|le nom|les coordonnees|la reponse|vers))",
    ),
    phrase(Kind.HAS, 0.88, r"\b(?:moi|nous|chez nous|chez moi|notre service|mon service),? (?:oui|si)\b"),
    phrase(
        Kind.HAS,
        0.78,
        r"\b(?:ok|d'accord|partante?s?|volontiers|rien contre) (?:pour|de) (?:vous |te |t')(?:les? "
        r"|la |l'|en |tout )?(?:donner|transmettre|envoyer|fournir|communiquer|passer|partager)"
        r"|\b(?:export|extraction) (?:est|sera) (?:tout a fait |bien |techniquement )?possible",
    ),
    phrase(
        Kind.HAS, 0.72, rf"\bil y a (?:bien |effectivement |deja |quand meme )?(?:une?|des|ces|cette?|le|la|les) (?:\w+ )?{DATA_NOUN}\b"
    ),
    phrase(
        Kind.HAS,
        0.7,
        r"\b(?:je|moi) (?:je )?veux bien\b|\b(?:fichier|base|tableau) (?:pese|fait \d+ (?:lignes"
        r"|colonnes|mo|go)|comporte|contient)\b",
    ),
    phrase(Kind.HAS, 0.8, r"\bbien sur que (?:oui|nous|je|on)|\b(?:nous|je) (?:en )?(?:sommes|suis) bien"),
    phrase(
        Kind.HAS,
        0.9,
        r"\b(?:we|i) (?:do )?(?:hold|have (?:it|them|this|these|the|that|all)|own|manage|keep|maintain"
        r"|produce|handle)\b|\b(?:it is|it's|that's|this is) (?:us|me|ours|mine)\b|\bi am in charge"
        r"|we are in charge",
    ),
    phrase(
        Kind.HAS,
        0.85,
        r"\b(?:ger|ten|suiv|produi|deten|etabli|pilot|heberg|assur|realis|centralis|collect|fourni"
        r"|fait|elabor|trait|saisi|edit|recens|administr|stock|mis a jour|mise a jour|mises a jour)\w* (?:a jour )?par (?:nous"
        r"|moi|mes|nos|notre|mon)\b|\b(?:ne sort(?:ira|iront|ent)? (?:pas|jamais|plus) de|reste(?:ra"
        r"|nt|ront)? dans) (?:mon|nos|notre|mes|le) (?:bureau|service|locaux|tiroir)",
    ),
)
