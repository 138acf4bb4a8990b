"""What the status of an answer means for the next step, in French."""

from addin.adapters.caldav.connection import Answer
from addin.adapters.caldav.multistatus import NOT_CALDAV, error_conditions
from addin.core.errors import Failed
from addin.core.refusals import Blocked, Dropped, Refused
from addin.core.stored_object import Outdated


def check(answer: Answer) -> Answer:
    """Give back an answer that says yes (2xx). Raise what the others mean."""
    if 200 <= answer.status < 300:
        return answer
    raise fault_of(answer)


def fault_of(answer: Answer) -> Failed:
    """Say what an answer that says no means."""
    status = answer.status
    conditions = error_conditions(answer.body)
    if status == 401:
        return Blocked(
            "Le serveur d’agendas refuse l’identifiant ou le mot de passe. "
            "Un compte à double authentification demande un mot de passe d’application."
        )
    if "no-uid-conflict" in conditions:
        return Refused("Cette réunion est déjà dans l’agenda, sous un autre nom.", permanent=True)
    if "max-resource-size" in conditions or status == 413:
        return Refused("Cette réunion est trop grosse pour le serveur d’agendas.", permanent=True)
    if status == 403:
        return Blocked("Le serveur d’agendas refuse\u00a0: ce compte n’a pas le droit d’écrire dans cet agenda.")
    if status == 404 or status == 410:
        return Blocked("Cet agenda n’existe pas, ou plus, sur le serveur\u00a0: choisissez-le de nouveau.")
    if status == 412:
        return Outdated("La réunion a changé dans l’agenda entre-temps.")
    if status == 507 or "quota-not-exceeded" in conditions:
        return Blocked("Il n’y a plus de place dans l’espace du compte sur le serveur d’agendas.")
    if status == 429 or status == 503:
        return Dropped("Le serveur d’agendas est trop occupé pour le moment\u00a0: réessayez dans quelques minutes.")
    if status == 502 or status == 504:
        return Dropped("Le serveur d’agendas ne répond pas derrière son relais\u00a0: réessayez dans quelques minutes.")
    if status in (400, 409, 415, 422):
        return Refused(f"Le serveur d’agendas ne veut pas de cette réunion (réponse {status}).", permanent=True)
    if status >= 500:
        return Refused(f"Le serveur d’agendas a échoué sur cette réunion (réponse {status}).", permanent=False)
    return Blocked(f"{NOT_CALDAV[:-1]}\u00a0: il répond {status}.")
