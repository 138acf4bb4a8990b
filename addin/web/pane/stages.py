"""Stages: the six cards, and one stage with its guide, its letters, its links, its files and its meetings."""

from flask import Response
from markupsafe import Markup

from addin.core.errors import NotFound
from addin.core.progress import stage_progress
from addin.core.stages import Stage
from addin.web.desk import desk
from addin.web.pane import fragments
from addin.web.pane.guides import guide_html

stages = fragments.column("stages")


def find_stage(stage_id: str) -> Stage:
    """Give one stage by its id. Raise NotFound."""
    found = next((stage for stage in desk().shelf.stages() if stage.id == stage_id), None)
    if found is None:
        raise NotFound("Cette étape n’existe pas.")
    return found


@stages.get("/views/stages", endpoint="stages")
def show_stages() -> str:
    """Show the stages and how far each one is."""
    book = fragments.book()
    shelf = desk().shelf.stages()
    progress = stage_progress(book, shelf, today=fragments.local_now(book).date())
    return fragments.show(
        "stages/stages.html",
        column="stages",
        organisation=book.organisation,
        progress=progress,
        goals={stage.id: stage.goal for stage in shelf},
        faults=desk().shelf.faults(),
    )


@stages.get("/views/stages/<stage_id>", endpoint="stage")
def show_stage(stage_id: str) -> str:
    """Show one stage."""
    book = fragments.book()
    stage = find_stage(stage_id)
    progress = stage_progress(book, desk().shelf.stages(), today=fragments.local_now(book).date())
    return fragments.show(
        "stages/stage.html",
        column="stages",
        organisation=book.organisation,
        stage=stage,
        progress=next((one for one in progress if one.stage == stage.id), None),
        guide=Markup(guide_html(stage.guide)),  # noqa: S704 - raw HTML is off in guide_html
        kinds=tuple(dict.fromkeys(plan.kind for plan in stage.meetings)),
    )


@stages.get("/files/<stage_id>/<path:name>")
def attachment(stage_id: str, name: str) -> Response:
    """Give a file to join."""
    stage = find_stage(stage_id)
    known = next((one for one in stage.attachments if one.name == name), None)
    if known is None:
        raise NotFound("Ce fichier n’existe pas.")
    answer = Response(desk().shelf.attachment(stage.id, known.name), content_type=known.type)
    answer.headers.set("Content-Disposition", "attachment", filename=known.name)
    return answer
