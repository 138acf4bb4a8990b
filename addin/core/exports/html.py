"""The chart as one web page that stands alone: the chains as nested lists, then the same as a table. It prints."""

from collections.abc import Iterator
from html import escape

from addin.core.drawing.palette import DARK, FONTS, LIGHT
from addin.core.drawing.svg import audience_words, heading, summary
from addin.core.exports.characters import printable, web_address
from addin.core.exports.trees import Branch, Tree, grow
from addin.core.french import short_date
from addin.core.orgchart.chart import ChainLink, Chart, ChartContact
from addin.core.orgchart.statuses import STATUS

_HEADINGS = ("Jeu de données", "État", "Contact", "Service", "Statut", "Depuis le", "Orienté par")


def chart_html(chart: Chart) -> bytes:
    """Write the page: HTML 5 in French, UTF-8, no script, nothing from elsewhere."""
    return "\n".join(_page(chart)).encode()


def text(words: str) -> str:
    """Escape words for HTML, in content or in a quoted attribute."""
    return escape(printable(words))


def _page(chart: Chart) -> Iterator[str]:
    trees = list(grow(chart))
    title = text(heading(chart))
    yield '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_style()}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>\n<p>{text(audience_words(chart))} – {text(summary(chart))}.</p>"
    yield from _issues(chart)
    yield "<h2>Les chaînes</h2>"
    if trees:
        yield '<ul class="sets">'
        for tree in trees:
            yield from _tree(tree, chart)
        yield "</ul>"
        yield from _table(trees)
    else:
        yield "<p>Aucun jeu de données pour l’instant.</p>"
    yield "</main>\n</body>\n</html>\n"


def _issues(chart: Chart) -> Iterator[str]:
    if not chart.issues:
        return
    titles = {one.id: one.title for one in chart.datasets}
    yield '<h2>À regarder</h2>\n<ul class="issues">'
    for issue in chart.issues:
        yield f"<li><strong>{text(titles.get(issue.dataset, ''))}</strong>\u00a0: {text(issue.words)}</li>"
    yield "</ul>"


def _tree(tree: Tree, chart: Chart) -> Iterator[str]:
    one = tree.dataset
    url = web_address(one.url)
    title = f'<a href="{escape(url)}">{text(one.title)}</a>' if url else text(one.title)
    yield f'<li><strong>{title}</strong> <span class="state">{text(one.state)}</span>'
    if tree.branches:
        yield "<ul>"
        for branch in tree.branches:
            yield from _branch(branch)
        yield "</ul>"
    else:
        yield '<p class="tone-off">Personne n’a été interrogé.</p>'
    names = {contact.id: contact.name for contact in chart.contacts}
    for arrow in tree.others:
        if arrow.from_:
            yield f"<p><small>{text(names.get(arrow.from_, ''))} oriente aussi vers {text(names.get(arrow.to, ''))}.</small></p>"
    yield "</li>"


def _branch(branch: Branch) -> Iterator[str]:
    yield f"<li>{_who(branch.contact)} {_status(branch.link)}"
    reach = [f'<a href="mailto:{text(branch.contact.email)}">{text(branch.contact.email)}</a>' if branch.contact.email else ""]
    reach.append(text(branch.contact.phone))
    if any(reach):
        yield f"<br><small>{' · '.join(filter(None, reach))}</small>"
    if branch.branches:
        yield "<ul>"
        for below in branch.branches:
            yield from _branch(below)
        yield "</ul>"
    yield "</li>"


def _who(contact: ChartContact) -> str:
    service = contact.service if contact.service != contact.name else ""
    return f"<b>{text(contact.name)}</b>{f' ({text(service)})' if service else ''}"


def _status(link: ChainLink) -> str:
    status = STATUS[link.status]
    return f'<span class="status tone-{status.tone}"><span aria-hidden="true">{status.mark}</span> {text(link.words)}</span>'


def _table(trees: list[Tree]) -> Iterator[str]:
    """Write the table: every contact of every chain, in reading order."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in _HEADINGS)
    yield '<h2>Le tableau</h2>\n<div class="wide" role="region" aria-labelledby="table" tabindex="0">\n<table>'
    yield '<caption id="table">Qui a été interrogé, et qui détient quoi</caption>'
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for tree in trees:
        one = tree.dataset
        first = f'<th scope="row">{text(one.title)}</th><td>{text(one.state)}</td>'
        rows = list(_walk(tree.branches))
        names = {branch.contact.id: branch.contact.name for branch in rows}
        for branch in rows:
            link = branch.link
            since = f'<time datetime="{link.since.isoformat()}">{short_date(link.since)}</time>' if link.since else ""
            cells = (text(branch.contact.name), text(branch.contact.service), _status(link), since, text(names.get(link.by or "", "")))
            yield f"<tr>{first}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        if not rows:
            yield f'<tr>{first}<td colspan="5">Personne n’a été interrogé</td></tr>'
    yield "</tbody>\n</table>\n</div>"


def _walk(branches: list[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _walk(branch.branches)


def _style() -> str:
    light = "".join(f".tone-{tone}{{color:{ink};background:{tint}}}" for tone, (ink, tint) in LIGHT.items())
    dark = "".join(f".tone-{tone}{{color:{ink};background:{tint}}}" for tone, (ink, tint) in DARK.items())
    return (
        f":root{{color-scheme:light dark}}body{{margin:0;font:1rem/1.5 {FONTS};color:#1d232b;background:#fff}}"
        "main{max-width:70rem;margin:auto;padding:1rem}h1{font-size:1.6rem;line-height:1.2}a{color:#234f8f}"
        "ul{padding-left:1.2rem}.sets>li{margin:0 0 1rem}li{margin:.25rem 0}.sets ul{border-left:1px solid #7d8795}"
        ".state,.status{padding:.05rem .4rem;border-radius:.4rem;font-weight:600}.state{border:1px solid}"
        "table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.3rem 0}"
        "th,td{border:1px solid #7d8795;padding:.3rem .5rem;text-align:left;vertical-align:top}time{white-space:nowrap}"
        ".wide{overflow-x:auto}.wide:focus-visible{outline:3px solid}table{font-size:.9rem}li{overflow-wrap:anywhere}"
        f"{light}@media (prefers-color-scheme:dark){{body{{color:#eceff3;background:#16191d}}a{{color:#9cc2f5}}{dark}}}"
        "@media print{body{font-size:10pt;color:#000;background:#fff}main{max-width:none;padding:0}li,tr{break-inside:avoid}"
        ".wide{overflow:visible}table{font-size:9pt}thead{display:table-header-group}"
        ".status,.state{background:none;color:#000;border:1px solid}}"
    )
