"""How long a person is kept, in words."""


def months_in_words(months: int) -> str:
    """Say a number of months: "2 ans", "1 an", "18 mois"."""
    if months % 12:
        return f"{months} mois"
    years = months // 12
    return f"{years} ans" if years > 1 else "1 an"
