"""The taxonomy of what people answer, and the reasons of a refusal."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

STAGE = "3-localiser"
Group = Literal["holds", "not_holds", "other"]
Ask = Literal["next", "reason", "until", "due", "url", "deputy"]
Reader = Literal["answerer", "next", "deputy", "nobody"]


class Answer(Struct, frozen=True, kw_only=True):
    """Describe one kind of answer.

    `label` is what people say, `status` the words shown on the chart, `asks` the fields that the form shows (those of
    `needs` must be filled), `relation` what ties the answerer to the contacts named in `next` ("redirected", or a
    relation of `linked` events, or "" when nobody can be named), `letter` the id of the letter of stage 3 offered
    (empty: none) and `reader` who it goes to.
    """

    code: str
    label: str
    group: Group
    status: str
    help: str = ""
    asks: tuple[Ask, ...] = ()
    needs: tuple[Ask, ...] = ()
    relation: str = ""
    letter: str = ""
    reader: Reader = "answerer"
    words: str = ""


GROUPS: Mapping[Group, str] = MappingProxyType({"holds": "Détient", "not_holds": "Ne détient pas", "other": "Autre…"})

ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        answer.code: answer
        for answer in (
            Answer(
                code="holds_sent",
                label="Oui, et le fichier est joint",
                group="holds",
                status="détient",
                help="Cette personne détient les données et les a envoyées.",
                asks=("next",),
                relation="produces",
                letter="merci",
                words="Remercier et demander qui d’autre participe",
            ),
            Answer(
                code="holds_later",
                label="Oui, le fichier viendra plus tard",
                group="holds",
                status="détient (attendu)",
                help="Cette personne détient les données et les promet pour une date.",
                asks=("due", "next"),
                relation="produces",
                reader="nobody",
            ),
            Answer(
                code="holds_partial",
                label="Oui, mais en partie ou dans un format inutilisable",
                group="holds",
                status="détient en partie",
                help="Il manque une partie des données, ou le fichier est un PDF, une image, un export illisible.",
                asks=("next",),
                relation="produces",
                letter="format-inutilisable",
                words="Demander un export avec les colonnes attendues",
            ),
            Answer(
                code="needs_approval",
                label="Oui, mais il faut l’accord de quelqu’un",
                group="holds",
                status="en attente d’accord",
                help="L’accord d’un responsable ou d’un élu est demandé avant l’envoi.",
                asks=("next",),
                relation="validates",
                letter="accord",
                reader="next",
                words="Demander l’accord en rappelant qui a décidé l’ouverture",
            ),
            Answer(
                code="locked",
                label="Oui, mais les données sont enfermées dans un logiciel",
                group="holds",
                status="détient (logiciel sans export)",
                help="Les données sont dans un logiciel métier qui ne sait pas les exporter.",
                asks=("next",),
                relation="supplies",
                letter="format-inutilisable",
                words="Expliquer l’export attendu, avec l’aide de l’éditeur ou du service informatique",
            ),
            Answer(
                code="redirects",
                label="Non, voir avec quelqu’un d’autre",
                group="not_holds",
                status="orienté",
                help="Cette personne indique un autre contact.",
                asks=("next",),
                needs=("next",),
                relation="redirected",
                letter="letter",
                reader="next",
                words="Écrire au contact indiqué",
            ),
            Answer(
                code="external",
                label="Non, c’est un prestataire ou un autre organisme",
                group="not_holds",
                status="orienté",
                help="Les données sont chez un prestataire, une intercommunalité, un syndicat ou une association.",
                asks=("next",),
                needs=("next",),
                relation="redirected",
                letter="letter",
                reader="next",
                words="Écrire à l’organisme indiqué",
            ),
            Answer(
                code="knows_nobody",
                label="Non, et ne sait pas qui les a",
                group="not_holds",
                status="sans suite",
                help="Cette personne ne détient pas les données et ne connaît personne.",
                reader="nobody",
            ),
            Answer(
                code="not_existing",
                label="Non, ces données n’existent pas ici",
                group="not_holds",
                status="sans suite",
                help="Personne ne produit ces données dans la collectivité.",
                reader="nobody",
            ),
            Answer(
                code="already_published",
                label="C’est déjà publié sur un site",
                group="other",
                status="à vérifier",
                help="Notez l’adresse, puis vérifiez le format et la licence.",
                asks=("url", "next"),
                relation="produces",
                reader="nobody",
            ),
            Answer(
                code="no_interest",
                label="N’en voit pas l’intérêt",
                group="other",
                status="refus",
                help="Cette personne ne voit pas à quoi servirait l’ouverture.",
                asks=("until",),
                letter="argument",
                words="Répondre par un exemple d’usage",
            ),
            Answer(
                code="refuses",
                label="Refuse",
                group="other",
                status="refus",
                help="Choisissez le motif\u00a0: la réponse proposée en dépend.",
                asks=("reason", "next", "until"),
                needs=("reason",),
                relation="validates",
                letter="argument",
                words="Répondre au motif du refus",
            ),
            Answer(
                code="not_understood",
                label="N’a pas compris la demande",
                group="other",
                status="demandé",
                help="Cette personne demande ce qu’il faut envoyer et sous quelle forme.",
                letter="explication",
                words="Expliquer la demande et joindre les colonnes attendues",
            ),
            Answer(
                code="absent",
                label="Est absent ou absente",
                group="other",
                status="absent",
                help="Notez la date de retour et la personne qui remplace\u00a0; le motif n’est jamais gardé.",
                asks=("until", "deputy"),
                letter="remplacant",
                reader="deputy",
                words="Écrire à la personne qui remplace",
            ),
            Answer(
                code="moved",
                label="N’est plus à ce poste",
                group="other",
                status="sans suite",
                help="Cette personne a quitté le service, ou le service n’existe plus.",
                asks=("next",),
                relation="redirected",
                letter="letter",
                reader="next",
                words="Écrire à la personne qui a repris le poste",
            ),
            Answer(
                code="bounced",
                label="L’adresse est refusée",
                group="other",
                status="adresse invalide",
                help="Le message n’est pas arrivé\u00a0: demandez l’adresse au standard.",
                reader="nobody",
            ),
        )
    }
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "sensitive": "Données sensibles",
        "personal_data": "Données personnelles",
        "secret": "Secret protégé par la loi",
        "published": "Déjà publié",
        "no_interest": "Pas d’intérêt",
        "hierarchy": "Accord hiérarchique nécessaire",
        "elected": "Choix d’un élu ou d’une élue",
    }
)
