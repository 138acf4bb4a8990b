"""The register sheet (RGPD, article 30) and the notice to the people concerned (articles 13 and 14), written from the profile.

The words are ours; the authority's data protection officer reads them before use.
"""

from datetime import date

from addin.core.french import date_in_words, short_date
from addin.core.organisation import Organisation
from addin.core.papers.paper import Paper, Part, Table
from addin.core.privacy.duration import months_in_words

TO_READ = "Texte proposé par Antisèche : votre délégué ou déléguée à la protection des données le relit et le complète avant tout emploi."
TO_FILL = "à compléter"
BASIS = "mission d’intérêt public (RGPD, article 6, paragraphe 1, point e)"
_LAWS = (
    "Loi n° 2016-1321 du 7 octobre 2016 pour une République numérique.",
    "Code des relations entre le public et l’administration : articles L. 312-1-1 (publication des données) et L. 312-1-2 "
    "(données personnelles).",
)
_OUTSIDE = (
    "Aucun destinataire hors de la collectivité. Les données restent sur le poste ou le serveur qu’elle a choisi ; rien n’en part seul."
)


def register_sheet(organisation: Organisation, *, today: date) -> Paper:
    """Write the sheet as of the local date `today`. What the profile does not say is marked "à compléter"."""
    return Paper(
        title="Fiche du registre : localisation et ouverture des données",
        about=f"{_town(organisation)}, registre des activités de traitement. Fiche établie le {short_date(today)}.",
        parts=(
            Part(
                heading="Qui répond du traitement",
                facts=(
                    ("Responsable du traitement", _town(organisation)),
                    ("Personne chargée de sa mise en œuvre", _referent(organisation)),
                    ("Délégué ou déléguée à la protection des données", organisation.dpo or TO_FILL),
                    ("Décision du projet", _mandate(organisation)),
                ),
            ),
            Part(
                heading="Pourquoi",
                sentences=(
                    "Savoir quel service produit quelles données, pour pouvoir les publier. "
                    "Concrètement : écrire aux agents, réunir celles et ceux qui produisent un jeu de données, noter les réponses, "
                    "dessiner l’organigramme de la donnée.",
                ),
            ),
            Part(
                heading="Sur quel fondement",
                sentences=(f"Base légale : {BASIS}.", *_LAWS),
                items=(
                    "Citer une personne en public demande en plus son accord, demandé par courrier, noté avec sa date, "
                    "et qu’elle peut reprendre à tout moment.",
                ),
            ),
            Part(
                heading="Qui est concerné",
                sentences=("Les agents et les élus interrogés, et les interlocuteurs chez les prestataires et les partenaires publics.",),
            ),
            Part(heading="Quelles données", table=_categories(organisation)),
            Part(
                heading="Ce qui n’est jamais gardé",
                items=(
                    "Le motif d’une absence : seule la date de retour est notée.",
                    "Le corps des messages reçus : un court extrait au plus.",
                    "L’ouverture des courriers : ils ne contiennent ni image espion ni lien de suivi.",
                    "Aucune donnée sensible au sens de l’article 9 du RGPD, aucun numéro de sécurité sociale.",
                ),
            ),
            Part(
                heading="Qui y a accès",
                items=(
                    "La personne référente et, s’il y a lieu, les personnes qu’elle désigne : tout.",
                    "Tous les agents : l’organigramme sans refus, sans téléphone, sans adresse, sans absence.",
                    "Le public : les services seulement, et le nom des personnes qui ont donné leur accord.",
                ),
                sentences=(_OUTSIDE,),
            ),
            Part(heading="Combien de temps", sentences=_durations(organisation)),
            Part(
                heading="Comment c’est protégé",
                items=(
                    "Accès par une clé propre à l’installation ; sauf réglage contraire, le programme ne répond qu’à sa propre machine.",
                    "Fichiers fermés aux autres comptes de la machine ; mots de passe dans le coffre du système, jamais dans les données.",
                    "Une copie datée chaque jour, les trente dernières gardées.",
                    "Trois versions de l’organigramme, selon qui le lit.",
                ),
            ),
            Part(
                heading="Les droits des personnes",
                sentences=(
                    "Accès, rectification, effacement, limitation, opposition : sur demande à "
                    f"{organisation.referent_email or TO_FILL} ou au délégué à la protection des données.",
                    "Antisèche réunit en un clic tout ce que le journal contient sur une personne, et l’efface en un clic : "
                    "son service reste dans la chaîne, elle n’y est plus.",
                ),
            ),
        ),
        foot=TO_READ,
    )


def notice(organisation: Organisation) -> Paper:
    """Write the notice for the people who are written to: short, to be joined to a letter or put on the intranet."""
    return Paper(
        title="Vos données personnelles dans le projet d’ouverture des données",
        about=f"{_town(organisation)} vous doit ces informations (RGPD, articles 13 et 14).",
        parts=(
            Part(
                heading="Qui, et pourquoi",
                sentences=(
                    f"{_town(organisation)} recense les données que ses services produisent, pour les publier.",
                    f"Le projet est conduit par {_referent(organisation)}.",
                    f"Base légale : {BASIS}.",
                ),
            ),
            Part(
                heading="Ce qui est noté",
                sentences=(
                    "Votre nom, votre service, votre fonction, votre adresse et votre téléphone professionnels ; les jeux de données que "
                    "vous connaissez ; la date et le sens de vos réponses ; vos présences aux réunions du projet.",
                    "Ces informations viennent de vous, de vos collègues ou de l’annuaire interne. En cas d’absence, seule la date de "
                    "retour est notée, jamais le motif. Rien ne dit si vous avez ouvert un courrier.",
                ),
            ),
            Part(
                heading="Qui les lit",
                sentences=(
                    "La personne référente. Les autres agents voient votre nom et votre service dans l’organigramme de la donnée, sans "
                    "votre téléphone ni vos éventuels refus. Le public ne voit que votre service, sauf si vous acceptez d’être cité.",
                ),
            ),
            Part(heading="Combien de temps", sentences=_durations(organisation)),
            Part(
                heading="Vos droits",
                sentences=(
                    "Vous pouvez consulter ces informations, les faire corriger ou effacer, vous opposer à leur emploi, et reprendre "
                    "votre accord pour être cité.",
                    f"Écrivez à {organisation.referent_email or TO_FILL}. "
                    f"Délégué ou déléguée à la protection des données : {organisation.dpo or TO_FILL}.",
                    "Si la réponse ne vous convient pas, vous pouvez saisir la CNIL (www.cnil.fr).",
                ),
            ),
        ),
        foot=TO_READ,
    )


def _categories(organisation: Organisation) -> Table:
    kept = f"{months_in_words(organisation.retention_months)} après le dernier échange"
    return Table(
        caption="Données, source et durée",
        heads=("Données", "Source", "Durée"),
        rows=(
            ("Identité et poste : nom, civilité, service, fonction", "la personne, ses collègues, l’annuaire", kept),
            ("Coordonnées professionnelles : courriel, téléphone", "la personne, ses collègues, l’annuaire", kept),
            ("Présence : jours de travail, date de retour d’absence", "la personne", kept),
            ("Échanges : date, objet, sens de la réponse, court extrait, note", "la personne", kept),
            ("Réunions : invitation, réponse, présence", "la personne", kept),
            ("Accord pour être cité : oui ou non, date, origine", "la personne", kept + ", ou jusqu’à son retrait"),
        ),
    )


def _durations(organisation: Organisation) -> tuple[str, ...]:
    return (
        f"Une personne est proposée à l’effacement {months_in_words(organisation.retention_months)} après le dernier échange avec elle, "
        "ou après la fin de sa fonction si elle est connue.",
        "Rien ne s’efface seul : la personne référente confirme chaque effacement. Les copies datées disparaissent au fil des jours.",
    )


def _town(organisation: Organisation) -> str:
    return organisation.name or f"la collectivité ({TO_FILL})"


def _referent(organisation: Organisation) -> str:
    if not organisation.referent:
        return TO_FILL
    ways = ", ".join(part for part in (organisation.referent_role, organisation.referent_email, organisation.referent_phone) if part)
    return f"{organisation.referent} ({ways})" if ways else organisation.referent


def _mandate(organisation: Organisation) -> str:
    if not organisation.mandate_by:
        return TO_FILL
    return f"{organisation.mandate_by}, le {date_in_words(organisation.mandate_on)}" if organisation.mandate_on else organisation.mandate_by
