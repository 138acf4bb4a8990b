"""The data sets of the demonstration: what the invented town wishes to open, by rank."""

from addin.core.datasets import Dataset

# key: title, theme, level, schema, service, first contact thought of
_WISHES = (
    ("menus", "Menus scolaires", "Enfance et jeunesse", 2, "scdl/menus-collectifs", "Restauration scolaire", "nadia"),
    ("deliberations", "Délibérations du conseil municipal", "Vie municipale", 1, "scdl/deliberations", "Affaires juridiques", "solange"),
    ("subventions", "Subventions versées aux associations", "Vie municipale", 1, "scdl/subventions", "Vie associative", "ines"),
    ("equipements", "Équipements sportifs et culturels", "Sports et culture", 2, "scdl/equipements", "Sports et culture", "bruno"),
    ("dae", "Défibrillateurs", "Santé", 3, "arsante/schema-dae", "Prévention et sécurité", "helene"),
    ("prenoms", "Prénoms des nouveau-nés", "État civil", 1, "scdl/prenoms", "État civil", "mei"),
    ("eclairage", "Éclairage public", "Environnement et énergie", 3, "", "Services techniques", "philippe"),
    ("budget", "Budget primitif", "Finances", 2, "scdl/budget", "Finances", "karim"),
    ("marches", "Marchés publics", "Finances", 2, "139bercy/format-commande-publique", "Commande publique", "sophie"),
    (
        "irve",
        "Bornes de recharge pour véhicules électriques",
        "Transports",
        2,
        "etalab/schema-irve-statique",
        "Services techniques",
        "philippe",
    ),
    ("horaires", "Horaires d'ouverture des services", "Vie municipale", 1, "", "Accueil", "accueil"),
    ("arbres", "Arbres d'alignement", "Environnement et énergie", 2, "", "Espaces verts", "thomas"),
    ("livres", "Emprunts de livres à la médiathèque", "Sports et culture", 2, "", "Médiathèque", "claire"),
    ("cyclables", "Aménagements cyclables", "Transports", 4, "etalab/schema-amenagements-cyclables", "Voirie", "patrick"),
    ("stationnement", "Stationnement hors voirie", "Transports", 2, "etalab/schema-stationnement", "Voirie", "patrick"),
    ("permis", "Permis de construire", "Urbanisme", 3, "", "Urbanisme", "gwenaelle"),
    ("commerces", "Base des commerces", "Économie", 4, "", "Commerce", "jeanne"),
    ("fraicheur", "Îlots de fraîcheur", "Environnement et énergie", 2, "", "Cadre de vie", "lea"),
    ("piscine", "Fréquentation de la piscine", "Sports et culture", 2, "", "Sports et culture", "bruno"),
)


def wishes() -> dict[str, Dataset]:
    """Give the data sets by a short key of the story; `id` and `contact` are such keys, which the story replaces."""
    return {
        key: Dataset(id=key, title=title, theme=theme, level=level, schema=schema, service=service, contact=contact, rank=rank)
        for rank, (key, title, theme, level, schema, service, contact) in enumerate(_WISHES, start=1)
    }
