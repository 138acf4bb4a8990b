"""The words around those that a text only tells of, or introduces without a verb of asking. They read bare text, as the cues do."""

import re

from addin.core.understanding.people.role_words import INTRODUCERS

# "c'est de l'occupation du domaine public" tells of what it is about, not who.
SUBJECT = re.compile(r"\bc'est (?:\w+ment )?(?:de l'|du|de la|des|d')\s?$")
PUBLIC = frozenset(("etat", "associations", "familles", "usagers", "jeunes", "seniors", "enfants", "ecoles", "creches"))

# The verb is said once: "le recensement est tenu par X et les titres par Y".
PAIRED = re.compile(
    r"\b(?:geree?s?|tenue?s?|suivie?s?|pilotee?s?|faite?s?|assuree?s?|traitee?s?|instruite?s?|produite?s?"
    r"|saisie?s?)\b[^.;!?]{0,60}\bpar\b[^.;!?]{0,140}\bpar $"
    r"|\b(?:est|sont)\b[^.;!?]{0,40}\bchez\b[^.;!?]{0,110}\bchez $|^\W*pour (?:le|la|les|l')\s?[^.;!?]{2,40}\s?:\s?$"
)

# "leur webmestre, Joris": the one to ask at a body just named.
THEIRS = re.compile(
    rf"\bleurs? (?:{'|'.join(sorted(INTRODUCERS, key=len, reverse=True))})"
    rf"(?: [^.;!?,:()]{{1,30}})?\s?[,:(]?\s?(?:est |serait |s'appelle |c'est )?$"
)
# "l'ARS passe une fois par mois et son labo a les analyses".
THEIR_OFFICE = re.compile(r"[^.;!?]{0,60}\bet (?:son|sa|leur|leurs) \w+ (?:a|ont|detient|garde|conserve) (?:les|la|le|l'|tou)")
FUTURE = re.compile(r"\b(?:futur|future|prochain|prochaine|ancien|ancienne|ex)\s?-?$")
# "ce serait plutôt la DDT, non ?"
DOUBTED = re.compile(r"\s?,?\s?(?:non|nan|hein|pas vrai|je me trompe|si)\s?\?")
# "l'exploitant de la déchèterie, à savoir Valtri": the body is named next.
HELD_BY = re.compile(
    r"\b(?:exploitant|prestataire|gestionnaire|fournisseur|editeur|delegataire|titulaire|hebergeur|mainteneur|concessionnaire"
    r"|operateur|fermier|proprietaire)e?s?"
    r" (?:de|du|de la|de l'|des)\s?$"
)
NAMED_NEXT = re.compile(r"\s?(?:,|\(|:|est|c'est)\s?(?:à savoir|soit|c'est-à-dire|qui est)?\s?(?:la |le |l'|M\. |Mme )?[A-ZÀ-Ý«]")
# "réalisé en 2018 par l'INSEE", "on a changé d'éditeur : maintenant JVS": where something came from.
ONCE_MADE = re.compile(
    r"\b(?:19|20)\d\d\b[^.;!?]{0,25}\b(?:fait|realise|etabli|dresse|releve|redige|produit)e?s? par (?:la |le |les |l')?$"
    r"|\b(?:fait|realise|etabli|dresse|releve|redige|produit)e?s? (?:en|vers|avant) (?:19|20)\d\d,? par (?:la |le |les |l')?$"
    r"|\b(?:change d|nouvel|nouveau|ancien) ?'?\s?(?:e )?(?:editeur|logiciel|outil)\b[^.;!?]{0,60}$"
)
# "vous cherchez Sylvie Martin des finances".
SOUGHT = re.compile(r"\b(?:vous|tu) (?:re)?cherche[zs]?(?: sans doute| peut-etre| plutot)? (?:plutot )?$")
# "dont le siège est à Lyon", "nos voisins de Plouvara".
IN_PLACE = re.compile(
    r"\b(?:est|sont|basee?s?|siege|habite|situee?s?|demenage\w*|install\w+)(?: \w+){0,2} a $"
    r"|\b(?:voisine?s?|mairie|commune|ville|collegues?|gens|homologues?|agence|antenne|site|bourg|canton|ecole|pays) (?:de|d'|a) ?$"
)
