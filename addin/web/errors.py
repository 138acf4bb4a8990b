"""Every error, said in French: problem+json (RFC 9457) to programs, a short fragment to the pane. Never a traceback."""

import logging
import traceback

import msgspec
from flask import Flask, Response, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from addin.core.errors import BadInput, Failed, NotFound

LOG = logging.getLogger("antiseche")

TITLES = {
    400: "Demande illisible",
    401: "Jeton demandé",
    403: "Accès refusé",
    404: "Introuvable",
    405: "Méthode refusée",
    406: "Forme de réponse inconnue",
    408: "Demande trop lente",
    409: "Changement impossible",
    411: "Longueur demandée",
    413: "Envoi trop gros",
    414: "Adresse trop longue",
    415: "Type de contenu refusé",
    422: "Saisie refusée",
    500: "Erreur d’Antisèche",
}
DETAILS = {
    400: "La demande ne se lit pas.",
    404: "Cette adresse n’existe pas.",
    405: "Cette adresse existe, mais pas pour cette méthode.",
    413: "L’envoi dépasse la taille acceptée.",
    415: "Ce type de contenu n’est pas accepté ici.",
    500: "Une erreur imprévue a arrêté cette demande\u00a0; rien n’a été écrit. Le journal technique en garde la trace.",
}


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Describe an error (RFC 9457). `where` names the field, the file or the line at fault when there is one."""

    title: str
    status: int
    detail: str = ""
    where: str = ""


def refuse(status: int, title: str = "", detail: str = "", where: str = "") -> Response:
    """Give the answer to a request that cannot be met, in the form its caller reads."""
    problem = Problem(title or TITLES.get(status, "Demande refusée"), status, detail or DETAILS.get(status, ""), where)
    if request.path.startswith("/api/"):
        return Response(msgspec.json.encode(problem), status, content_type="application/problem+json")
    words = f"<p><strong>{escape(problem.title)}</strong></p><p>{escape(problem.detail)}</p>"
    words = f'<div class="notice notice-error" role="alert">{words}</div>'
    return Response(words, status, content_type="text/html; charset=utf-8")


def _place(error: BaseException) -> str:
    """Name the line of ours where an error arose: never its message, which may hold somebody's words."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "addin" in frame.filename]
    return f"{frames[-1].filename.rsplit('addin', 1)[-1]}:{frames[-1].lineno}" if frames else "?"


def handle(app: Flask) -> None:
    """Register the handlers of every error on `app`."""

    @app.errorhandler(BadInput)
    def bad_input(error: BadInput) -> Response:
        return refuse(404 if isinstance(error, NotFound) else 422, detail=error.message, where=error.where)

    @app.errorhandler(Failed)
    def failed(error: Failed) -> Response:
        LOG.error("échec : %s, %s", request.endpoint, _place(error))
        return refuse(500, "Antisèche n’a pas pu", str(error))

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        answer = refuse(error.code or 500)
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After", "Location"):
                answer.headers[name] = value
        return answer

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        LOG.error("erreur imprévue : %s %s, %s à %s", request.method, request.endpoint, type(error).__name__, _place(error))
        return refuse(500)
