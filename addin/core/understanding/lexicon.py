"""The words that rules share: who speaks, what data is called, who else may hold it. Patterns match bare text (see bare_text)."""

import re

# Words that stand between a pronoun and its verb, or just after the verb.
ADVERB = (
    r"(?:bien|toujours|encore|deja|aussi|effectivement|desormais|maintenant|actuellement|malheureusement|donc|egalement|simplement"
    r"|personnellement|directement|tous|toutes|tout|helas|certes|en effet|du coup|en interne"
    r"|ici|tres|vraiment|strictement|absolument"
    r"|plutot|plus ou moins|seuls?|seule?s?|elle-meme|lui-meme|eux-memes|nous-memes|moi-meme"
    r"|bel et bien|justement|evidemment|normalement"
    r"|a priori|de fait|en fait|forcement|pour ma part|pour notre part|de notre cote|de mon cote|a ce jour|pour l'instant|non plus)"
)
CLITIC = r"(?:(?:les?|la|en|y|nous|vous|me|se|te|leur)\s|[lmst]')"
NOT = r"(?:pas|plus|jamais|aucune?s?|rien|point|guere|ni|nullement|aucunement|pu)"

BODY_NOUN = (
    r"(?:services?|directions?|poles?|equipes?|bureaux?|unites?|departements?|cellules?|secteurs?"
    r"|associations?|societes?|entreprises?|structures?|collectivites?"
    r"|communes?|mairies?|villes?|etablissements?|ecoles?|cabinets?|regies?|regie|sections?"
    r"|antennes?|mission|missions|ateliers?|secretariat|accueil"
    r"|crech\w+|cantine|mediatheque|bibliotheque|syndicat|agence|groupe|club|federation|office)"
)
# What somebody of the house calls the people elsewhere in it.
ORG_NOUN = (
    r"(?:services?|directions?|direction|poles?|bureau|unite|cellule|secteur|secretariat|secretaire\w*"
    r"|standard|accueil|mairie|dgs|dga|dsi|drh|dst|stm|ctm|cctp|sig|ccas|cias"
    r"|informatique|compta\w*|finances?|urbanisme|voirie|ateliers?|espaces verts|etat civil"
    r"|police municipale|pm|archives?|scolaire|periscolaire|enfance|jeunesse"
    r"|mediatheque|bibliotheque|creche|cuisine centrale|cuisine|cantine|cantiniere|restauration"
    r"|communication|com|cabinet|culture|sports?|technique|rh|ressources humaines"
    r"|marches publics|commande publique|juridique|environnement|proprete|eau|assainissement"
    r"|dechets|logement|social|patrimoine|foncier|geomatic\w*|geomatique"
    r"|collegue\w*|remplacante?|successeure?|predecesseure?|responsables?|chef\w*|directeur\w*"
    r"|directrice\w*|adjointe?\w*|elue?s?|maire|gestionnaire\w*|assistante?\w*"
    r"|agents?|referente?s?|chargee?s?|technicien\w*|ingenieur\w*|archiviste|documentaliste"
    r"|animat\w+|regisseur\w*|gardien\w*|musee|piscine|conservatoire|theatre|regie"
    r"|prestataire|ecole|ecoles|college|gymnase|interlocuteur\w*|interlocutrice\w*|personne|mme|mlle|monsieur|madame|mr|m)"
)
OUTSIDE = (
    r"(?:prestataires?|sous-traitante?s?|delegataires?|fermier|fournisseurs?|editeurs?|editrice"
    r"|exploitante?s?|concessionnaires?|titulaire du marche|"
    r"societe|entreprise|bureau d'etudes?|cabinet d'etudes?|cabinet conseil|agglos?|agglomeration"
    r"|communautes? (?:de communes?|urbaine|d'agglo\w*)|comcom|com com|codecom|"
    r"cc d[eu]s?|metropole|epci|intercommunalite|intercommunale?|interco|departement(?! (?:des?"
    r"|du|rh|info\w*|tech\w*|urba\w*|finan\w*|juri\w*|de l))|"
    r"conseil departemental|conseil regional|conseil general|region|prefecture|sous-prefecture"
    r"|(?<!en l')(?<!en )(?<!bon )(?<!un )etat(?! (?:civil|des?|du|d'|recap))|syndicat\w*|sivu"
    r"|sivom|sivos|sde\w*|sdis|sdef|smictom|"
    r"sictom|smitom|symictom|caf|cpam|insee|ign|enedis|erdf|edf|grdf|gaz de france|ademe|sncf"
    r"|la poste|association|asso|federation|office d[eu] tourisme|spl|epl|epic|"
    r"rectorat|academie|education nationale|dsden|inspection academique|ars\b|ddtm?|dreal|agence de l'eau"
    r"|cci|chambre d[e'] ?\w+|bailleur\w*|bailleur social|operateurs?|"
    r"centre de gestion|cdg|tresor public|tresorerie|dgfip|impots|finances publiques|gendarmerie"
    r"|police nationale|hopital|transporteur|exploitant du reseau|contractors?|"
    r"supplier|vendor|provider|external company|city council|county)"
)
DATA_NOUN = (
    r"(?:donnees?|donees?|datas?|datasets?|infos?|informations?|elements?|fichiers?|listes?"
    r"|listings?|tableaux?|tableurs?|bases?|statistiques?|stats?|chiffres?|"
    r"jeux?|documents?|docs?|renseignements?|exports?|extractions?|inventaires?|registres?"
    r"|recensements?|couches?|cartes?|cartographie|plans?|archives?|releves?|excel|csv|historiques?"
    r"|"
    r"versions?|plannings?|tableau de bord|suivi|etat|etats|copie|copies|sig|comptages?|comptes?"
    r"|references?|series?|annees?|horaires?|menus?|effectifs?|adresses?|localisations?|"
    r"coordonnees gps|frequentations?|bilans?|rapports?|planning|cahiers?|fiches?|extrait|pieces?"
    r"|resultats?|matiere|trace|traces|gisements?|base de donnees|"
    r"ce (?:genre|type) de \w+|ce que vous|de quoi vous|votre bonheur|quelque chose|cela|ca"
    r"|tout|tout ca|tout cela|celui-ci|celles?-ci|ceux-ci|une partie|rien)"
)
DETERMINER = (
    r"(?:ces?|cette?|cet|les?|la|l'|une?|des|du|de la|de l'|d'|de|mes|mon|ma|nos|notre|leurs?"
    r"|leur|tous les|toutes les|tout le|toute la|quelques|plusieurs|certaines?|"
    r"toutes ces|tous ces|tout ce|bien ces|\d+)"
)
PRONOUN = r"(?:je|nous|on)"
ABOVE = (
    r"(?:hierarchie|chefs?|cheffes?|directeurs?|directrices?|direction generale|dgs|dga|responsables?"
    r"|superieure?s?|n\s?\+\s?1|maire|maires|elue?s?|adjointe?s?|"
    r"presidente?s?|cabinet|bureau municipal|conseil municipal|conseil communautaire|bureau communautaire"
    r"|comite|codir|vice-presidente?s?|conseillere?s?|dpo|dpd|"
    r"juridique|service juridique|manager|boss|patronn?e?|direction|municipalite|secretaire generale?"
    r"|autorite territoriale|commission)"
)


def rule(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of bare words, blanks in it standing for any blank."""
    return re.compile(pattern, re.ASCII)


def listed(words: str) -> frozenset[str]:
    """Give the words of a list written on one line, blanks between them."""
    return frozenset(words.split())
