"""Check and compile the source of a letter: what is written there may fill blanks, choose and list, and nothing else.

The check reads the tree of the source before anything of it runs; Jinja's sandbox comes second.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from addin.core.errors import BadInput
from addin.core.prose.shown import FILTERS, finalize
from addin.core.stages import Blank

MAX_SOURCE = 64 * 1024
MAX_NODES = 3_000
MAX_DEPTH = 40
MAX_LOOPS = 2

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.For, nodes.Filter,
    nodes.Const, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
)  # fmt: skip
_LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})
_NAMES = {
    "Call": "un appel de fonction",
    "Assign": "{% set %}",
    "AssignBlock": "{% set %}",
    "Include": "{% include %}",
    "Import": "{% import %}",
    "FromImport": "{% from %}",
    "Extends": "{% extends %}",
    "Block": "{% block %}",
    "Macro": "{% macro %}",
    "CallBlock": "{% call %}",
    "FilterBlock": "{% filter %}",
    "With": "{% with %}",
    "Getitem": "un accès entre crochets",
    "Concat": "l’opérateur ~",
    "CondExpr": "un « if » dans une expression",
    "Test": "« is »",
    "List": "une liste",
    "Tuple": "une liste",
    "Dict": "un dictionnaire",
}
_FORBIDDEN = re.compile(r"[\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\U000f0000-\U0010ffff]")


class Remark(Struct, frozen=True):
    """Say what is refused in a source, in French. `line` counts from 1."""

    line: int
    message: str


class Reading(Struct, frozen=True):
    """Hold what the check of a source found: the blanks it names, in order of first use, and what is refused."""

    names: tuple[str, ...]
    remarks: tuple[Remark, ...]


_ENVIRONMENT = ImmutableSandboxedEnvironment(
    autoescape=False,  # every value is a mark, escaped once the Markdown is read (core/prose/rendering)
    undefined=StrictUndefined,
    finalize=finalize,
    keep_trailing_newline=True,
)
_ENVIRONMENT.filters = dict(FILTERS)
_ENVIRONMENT.tests = {}
_ENVIRONMENT.globals = {}


def check(source: str, blanks: Sequence[Blank]) -> Reading:
    """Read a source without running any of it, against the blanks that it may name."""
    return _check(source, frozenset((blank.name, blank.type == "datasets") for blank in blanks))


def compiled(source: str, blanks: Sequence[Blank]) -> Template:
    """Give the template of a source, checked first. Raise BadInput naming the first refused line."""
    known = frozenset((blank.name, blank.type == "datasets") for blank in blanks)
    remarks = _check(source, known).remarks
    if remarks:
        raise BadInput(f"Ligne {remarks[0].line}\u00a0: {remarks[0].message}")
    return _compiled(source)


@lru_cache(maxsize=256)
def _compiled(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)


@lru_cache(maxsize=256)
def _check(source: str, known: frozenset[tuple[str, bool]]) -> Reading:
    if len(source.encode("utf-8", "surrogatepass")) > MAX_SOURCE:
        return Reading((), (Remark(1, "ce courrier dépasse 64\u00a0Ko."),))
    bad = _FORBIDDEN.search(source)
    if bad:
        return Reading((), (Remark(source.count("\n", 0, bad.start()) + 1, "caractère de contrôle ou à usage privé."),))
    try:
        tree = _ENVIRONMENT.parse(source)
    except TemplateSyntaxError as fault:
        return Reading(
            (), (Remark(fault.lineno, "champ mal écrit\u00a0: vérifiez les accolades, et que chaque {% if %} a son {% endif %}."),)
        )
    except (RecursionError, MemoryError):
        return Reading((), (Remark(1, "expression trop imbriquée."),))
    except (TemplateError, ValueError, OverflowError):
        return Reading((), (Remark(1, "champ illisible."),))
    walk = _Walk(dict(known))
    return walk.over(tree) if not walk.too_big(tree) else Reading((), (Remark(1, "ce courrier compte trop de champs ou d’imbrications."),))


class _Walk:
    def __init__(self, known: Mapping[str, bool]) -> None:
        self._known = known
        self._names: dict[str, None] = {}
        self._remarks: list[Remark] = []

    def too_big(self, tree: nodes.Node) -> bool:
        """Tell, without recursion, whether the tree has too many nodes or is too deep to be compiled at ease."""
        waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
        seen = 0
        while waiting:
            node, depth = waiting.pop()
            seen += 1
            if seen > MAX_NODES or depth > MAX_DEPTH:
                return True
            waiting += [(child, depth + 1) for child in node.iter_child_nodes()]
        return False

    def over(self, tree: nodes.Node) -> Reading:
        """Walk the tree, whose depth is bounded, in the order of the source."""
        self._visit(tree, frozenset())
        return Reading(tuple(self._names), tuple(sorted(self._remarks, key=lambda remark: remark.line))[:20])

    def _visit(self, node: nodes.Node, loops: frozenset[str] | tuple[str, ...]) -> None:
        targets = tuple(loops)
        if not isinstance(node, _ALLOWED):
            self._refuse(node, f"{_NAMES.get(type(node).__name__, 'cette expression')} n’est pas permis dans un courrier.")
            return
        if isinstance(node, nodes.For):
            self._visit_for(node, targets)
            return
        if isinstance(node, nodes.Name):
            self._name(node, targets)
        elif isinstance(node, nodes.Getattr):
            self._attribute(node, targets)
            return
        elif isinstance(node, nodes.Filter):
            self._filter(node)
        for child in node.iter_child_nodes():
            self._visit(child, targets)

    def _visit_for(self, node: nodes.For, targets: tuple[str, ...]) -> None:
        if node.recursive:
            self._refuse(node, "une boucle récursive n’est pas permise.")
        if len(targets) >= MAX_LOOPS:
            self._refuse(node, "pas plus de deux boucles l’une dans l’autre.")
        if not isinstance(node.iter, nodes.Name) or not self._known.get(node.iter.name):
            self._refuse(node, "une boucle parcourt un champ de type « datasets », et rien d’autre.")
        else:
            self._names.setdefault(node.iter.name)
        inside = targets
        if not isinstance(node.target, nodes.Name):
            self._refuse(node, "une boucle donne un seul nom.")
        elif (
            node.target.name in self._known
            or node.target.name in targets
            or not re.fullmatch(r"(?!loop$)[a-z][a-z0-9_]*", node.target.name)
        ):
            self._refuse(node, f"«\u00a0{node.target.name}\u00a0» ne peut pas nommer l’élément d’une boucle.")
        else:
            inside = (*targets, node.target.name)
        for child in (*node.body, *((node.test,) if node.test else ())):
            self._visit(child, inside)
        for child in node.else_:
            self._visit(child, targets)

    def _name(self, node: nodes.Name, targets: tuple[str, ...]) -> None:
        if node.name in self._known:
            self._names.setdefault(node.name)
        elif node.name not in targets:
            self._refuse(node, f"le champ «\u00a0{node.name}\u00a0» n’est déclaré nulle part.")

    def _attribute(self, node: nodes.Getattr, targets: tuple[str, ...]) -> None:
        if not (isinstance(node.node, nodes.Name) and node.node.name == "loop" and targets and node.attr in _LOOP):
            self._refuse(node, f"«\u00a0.{node.attr}\u00a0» n’est pas permis.")

    def _filter(self, node: nodes.Filter) -> None:
        if node.name not in FILTERS:
            self._refuse(node, f"le filtre «\u00a0{node.name}\u00a0» n’existe pas. Filtres permis\u00a0: {', '.join(FILTERS)}.")
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self._refuse(node, "un filtre ne prend pas d’arguments cachés.")

    def _refuse(self, node: nodes.Node, message: str) -> None:
        # Jinja gives no line to a few nodes it makes itself ({% autoescape %}): that of what they hold then
        line = node.lineno or next((below.lineno for below in node.find_all(nodes.Node) if below.lineno), 1)
        remark = Remark(line, message)
        if remark not in self._remarks:
            self._remarks.append(remark)


def render(source: str, blanks: Sequence[Blank], context: Mapping[str, object]) -> Iterator[str]:
    """Write a checked source with its values, piece by piece. Raise BadInput for a source or a value that cannot be used."""
    template = compiled(source, blanks)
    try:
        yield from template.generate(context)
    except (TemplateError, TypeError, ValueError, RecursionError) as fault:
        raise BadInput(f"Ce courrier ne peut pas être écrit ({type(fault).__name__}).") from fault
