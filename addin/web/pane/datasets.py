"""Data sets: what the organisation wants to open. List, add, edit, import."""

from addin.actions import edit_records
from addin.actions.import_lists import Imported, import_datasets
from addin.actions.show_chart import show_chart
from addin.core.errors import NotFound
from addin.web.desk import desk
from addin.web.pane import forms, fragments
from addin.web.pane.fragments import Toast
from addin.web.pane.imports import told

datasets = fragments.column("datasets")

TEXTS = ("title", "theme", "schema", "service", "published_url")


@datasets.get("/views/datasets", endpoint="datasets")
def show_datasets(toast: Toast | None = None, imported: Imported | None = None) -> str:
    """Show the data sets in the order of the wish list, each with its state."""
    book = fragments.book()
    drawn = show_chart(desk())
    return fragments.show(
        "datasets/datasets.html",
        column="datasets",
        view="/pane/views/datasets",
        toast=toast,
        organisation=book.organisation,
        sets=sorted(book.datasets.values(), key=lambda one: (not one.wanted, one.rank is None, one.rank or 0, fragments.order(one.title))),
        states={one.id: one.state for one in drawn.datasets},
        imported=imported,
    )


@datasets.get("/views/datasets/new", endpoint="new")
@datasets.get("/views/datasets/<dataset_id>", endpoint="edit")
def show_form(dataset_id: str = "") -> str:
    """Show the form of one data set."""
    book = fragments.book()
    dataset = book.datasets.get(dataset_id)
    if dataset_id and dataset is None:
        raise NotFound("Ce jeu de données n’existe pas.")
    people = [(one.id, one.label) for one in sorted(book.contacts.values(), key=lambda one: fragments.order(one.label))]
    return fragments.show("datasets/form.html", column="datasets", organisation=book.organisation, dataset=dataset, people=people)


@datasets.post("/views/datasets", endpoint="add")
@datasets.post("/views/datasets/<dataset_id>", endpoint="save")
def save(dataset_id: str = "") -> str:
    """Keep one data set, new or not."""
    values: dict[str, object] = dict(forms.typed(TEXTS))
    values["level"] = forms.number("level")
    values["rank"] = forms.number("rank")
    values["contact"] = forms.text("contact") or None
    values["wanted"] = forms.ticked("wanted")
    if dataset_id:
        kept = edit_records.edit_dataset(desk(), dataset_id, values)
        return show_datasets(Toast(f"{kept.record.title}\u00a0: modifications enregistrées.", kept.action))
    kept = edit_records.add_dataset(desk(), values)
    return show_datasets(Toast(f"{kept.record.title}\u00a0: ajouté à la liste.", kept.action))


@datasets.post("/views/datasets/import", endpoint="import_file")
def import_file() -> str:
    """Import data sets from a table."""
    imported = import_datasets(desk(), forms.upload("file"), partial=forms.ticked("partial"))
    return show_datasets(told(imported, "jeu de données"), imported)
