"""Groups of marks that speak of one and the same contact: a name with the service, the address and the telephone beside it."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from addin.core.reading.incoming import Person
from addin.core.understanding.people.given_names import is_given
from addin.core.understanding.people.marks import Mark, MarkKind
from addin.core.understanding.people.plaintext import bare
from addin.core.understanding.people.role_words import ROLES
from addin.core.understanding.people.wordlist import listed

_LABELS = (
    listed("""
a adresse at au aux avec bureau cel chez coordonnees courriel d dans de des direct directe du e-mail electronique email en est ext fixe
gsm ici interne joignable l la le les ligne mail mailto mel messagerie mob mobile n no nos notre numero of on par phone port portable
poste pro sa ses son suivante sur tel telephone telephonique the via
""")
    | ROLES
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|-)*|\d+|[&]")
# Of "services techniques de la communauté de communes", a person's own department is the first part.
LARGER = re.compile(
    r" (?:de|du|de la|de l')\s?(?:communauté|communaute|métropole|metropole|ville|mairie|commune|agglo\w*|département"
    r"|departement|région|collectivité)\b"
)
_JOINS = re.compile(
    r"\s?[,;/]?\s?(?:et|ou|and|or|et/ou|soit|puis|sinon|ou bien|ou encore|ainsi que|ou a defaut|a defaut|de meme que|voire"
    r"|comme)?\s?,?\s?$"
)
_PLACED = re.compile(r"\b(?:elle|il|qui)\s(?:y\s)?(?:est|travaille|bosse|se trouve|depend|fait partie|exerce)\b[^.;!?]{0,40}$")

# "c'est Sophie qui a ça, au SIG"
_LOCATED = re.compile(
    r"^(?:,[^,.;!?]{2,60},)?\s?(?:qui )?(?:tient|gere|s'occupe|s'en occupe|suit|a|detient|met|pilote|travaille)"
    r" [^.;:!?(,]{0,45} (?:au|a la|aux|a l')\s?$"
    r"|^[^.;:!?(]{0,40},\s(?:au|a la|aux|a l'|du|de la|des|cote)\s?$"
)


class Group(Struct):
    """Gather the marks of one contact, in order. `sentence` is the rank of the sentence where it opens."""

    sentence: int
    marks: list[Mark]

    @property
    def start(self) -> int:
        """Give the place where the first mark opens."""
        return self.marks[0].start

    @property
    def end(self) -> int:
        """Give the place after the last mark."""
        return max(mark.end for mark in self.marks)

    def first(self, kind: MarkKind) -> Mark | None:
        """Give the first mark of a kind."""
        return next((mark for mark in self.marks if mark.kind == kind), None)

    def value(self, kind: MarkKind) -> str:
        """Give the words of the first mark of a kind, or an empty text."""
        mark = self.first(kind)
        return mark.value if mark else ""

    @property
    def weak(self) -> bool:
        """Tell whether nothing here is sure to name somebody by itself."""
        return all(mark.weak for mark in self.marks)

    def person(self) -> Person:
        """Give the contact."""
        return Person(name=self.value("person"), email=self.value("email"), phone=self.value("phone"), service=self.value("service"))


def gathered(text: str, marks: Sequence[Mark], sentence: int) -> list[Group]:
    """Gather the marks of one sentence of a plain text (all within it, in order)."""
    groups: list[Group] = []
    for mark in marks:
        group = groups[-1] if groups else None
        if group is None:
            groups.append(Group(sentence, [mark]))
            continue
        between = bare(text[group.marks[-1].end : mark.start])
        if mark.kind == "person" and _is_nickname(group, mark, between):
            last = group.marks[-1]
            group.marks[-1] = replace(mark, start=last.start) if " " in mark.value else replace(last, end=mark.end)
            continue
        if mark.kind == "person" and not mark.weak and _is_company(group) and re.fullmatch(r"\s?[/,(:–—-]\s?", between):
            group.marks[-1] = replace(group.marks[-1], kind="service", company=True)
        if _belongs(group, mark, between):
            group.marks.append(mark)
        elif mark.kind == "service" and len(group.marks) == 1 and group.marks[0].kind == "service" and re.fullmatch(r"\s?\(\s?", between):
            # "l'intercommunalité (service restauration, …)": the nearer of the two; "l'ALEC (agence de l'énergie)" is spelt out.
            first = group.marks[0]
            if (
                first.company
                and mark.weak
                and not mark.value.isupper()
                and " " not in first.value
                and text[: first.start].rstrip().endswith("chez")
            ):
                group.marks = [replace(first, kind="person", company=False), mark]
            elif not first.value.isupper():
                group.marks[0] = mark
        elif (mark.kind == "service" and (_swallowed(group, between) or _is_branch(group, mark, between))) or (
            mark.kind == "phone" and mark.weak
        ):
            continue
        else:
            groups.append(Group(sentence, [mark]))
    _give_back(groups)
    return groups


def _is_nickname(group: Group, mark: Mark, between: str) -> bool:
    """Tell whether a name in brackets is that of the person just named by another: "Momo (Mohamed Zerrouki)", "Luc Rey, dit Lulu"."""
    last = group.marks[-1]
    if last.kind != "person" or not re.fullmatch(
        r"\s?(?:\(|,? dite?s? |, alias |, surnomme\w* |,? enfin |, pardon,? |, je veux dire "
        r"|, c'est-a-dire |, soit |, de son vrai nom |\.\.\. pardon,? )\s?(?:dite? |alias |de son vrai nom )?",
        between,
    ):
        return False
    if " " in last.value:
        return " " not in mark.value and not mark.civil
    short, given = bare(last.value), bare(mark.value.split()[0])
    if mark.civil or " " not in mark.value:
        return "(" not in between
    return (
        is_given(short)
        or re.fullmatch(r"(\w{1,3})\1e?", short) is not None
        or short[:2] == given[:2]
        or given.endswith(short)
        or "(" not in between
    )


def _is_company(group: Group) -> bool:
    """Tell whether the last mark is one unknown word in capitals, right before a person: "Défibrance / M. Ouattara"."""
    last = group.marks[-1]
    return (
        last.kind == "person" and last.weak and " " not in last.value and group.first("service") is None and not is_given(bare(last.value))
    )


def are_joined(text: str, left: Group, right: Group) -> bool:
    """Tell whether two groups of one sentence stand in one enumeration: "X et Y", "X, Y", "X ou bien à la DSI"."""
    between = bare(text[left.end : right.start])
    if len(between) > 40:
        return False
    between = re.sub(r"^[\s)\]»>\"]+|^,[^,.;:!?]{1,40}(?=,)", " ", between)
    trimmed = re.sub(
        r"(?:\b(?:a|au|aux|avec|le|la|les|l'|du|de|des|d'|chez|par|son|sa|notre|mon|ma|plutot|directement|adjoint|adjointe"
        r"|collegue|meme|aussi|peut-etre|encore|enfin|en particulier"
        r"|notamment|precisement|particulierement|a savoir)(?:\b|(?<='))\s?|[(\"«]\s?)+$",
        "",
        between,
    )
    return _JOINS.fullmatch(trimmed) is not None and bool(between.strip())


def _belongs(group: Group, mark: Mark, between: str) -> bool:
    if group.first(mark.kind) is not None:
        return False
    glued = _is_glue(between, mark.kind, group)
    if mark.kind == "phone" and mark.weak:
        return glued and not re.search(r"[a-z]", between)
    if mark.kind == "person":
        if re.search(r"\b(?:et|ou)\b", between):
            return False
        body = group.first("service")
        if body is not None and body.weak and re.search(r"\b(?:est|dans|bureau)\b", between):
            return False
        if glued and body is not None and body.weak and not between.strip() and not body.value.isupper():
            return False
        # "la société X pour les bornes (M. Tauzin, …)"
        bracketed = len(group.marks) == 1 and body is not None and re.fullmatch(r" pour [^.;:!?,()]{1,40}\(\s?", between) is not None
        return glued or bracketed
    if mark.kind == "service":
        if group.first("person") is None:
            return glued and not re.search(r",|;|\bet\b", between)
        if re.search(r"\)\s?,?\s?(?:le|la|les|l'|notre|nos)\s?$", between):
            return False
        return (
            glued
            or _PLACED.search(between) is not None
            or re.search(r"\b(?:elle|il|qui)\s[^.;!?]{0,50}\bchez\s$", between) is not None
            or _LOCATED.search(between) is not None
        )
    # An address or a telephone further on in the sentence is that of the person just named.
    return glued or ((group.first("person") is not None or group.first("service") is not None) and len(between) < 120 and _no_self(between))


def _is_glue(between: str, kind: MarkKind, group: Group) -> bool:
    if len(between) > 70 or re.search(r"\ba (?:les|le|des|un|une)\s$", between):
        return False
    words = _WORD.findall(between)
    if any(word not in _LABELS for word in words if not word.isdigit()):
        return False
    return not (kind == "service" and group.first("person") and re.search(r"[.!?]\s", between))


def _no_self(between: str) -> bool:
    return (
        re.search(r"\b(?:me|moi|mon|ma|mes|m'|nous|je|j')(?:\b|(?<='))", between) is None
        and re.search(r"\b(?:ou|sinon|et|mais)\s(?:a|au|sur|via|ecri\w+ a)?\s?l?'?adresse\s?$", between) is None
    )


_BRANCH = re.compile(r"(?:agence|antenne|site|secteur|direction|service|etablissement|delegation)\b")


def _is_branch(group: Group, mark: Mark, between: str) -> bool:
    """Tell whether a second service is only a branch of a company: "Valtri Environnement, agence de Lorme"."""
    last = group.marks[-1]
    return last.company and re.fullmatch(r"\s?,\s?", between) is not None and _BRANCH.match(bare(mark.value)) is not None


def _swallowed(group: Group, between: str) -> bool:
    """Tell whether a second service only says where the first, or its person, belongs: "service SIG de la direction du numérique"."""
    if re.fullmatch(r"\s?(?:de|du|de la|de l'|des|d'|a la|au)\s?", between) is not None:
        return True
    if group.first("person") is None and re.fullmatch(r"\s?,\s?(?:a la|au|de la|du|a l')\s?", between):
        return True
    return (
        group.first("person") is not None
        and group.first("service") is not None
        and re.fullmatch(r"\s?[,(–—-]\s?(?:a la|au|de la|du|a l')?\s?", between) is not None
    )


def _give_back(groups: Iterable[Group]) -> None:
    """Move an address to the person whose name it bears: "Paul Martin et Sophie Marchand (p.martin@…, s.marchand@…)"."""
    known = list(groups)
    emails = [mark for group in known for mark in group.marks if mark.kind == "email"]
    named = [group for group in known if group.first("person")]
    for mark in emails:
        fitting = [group for group in named if bears(mark.value, group.value("person"))]
        holder = next((group for group in known if mark in group.marks), None)
        if len(fitting) == 1 and holder is not None and holder is not fitting[0]:
            other = fitting[0].first("email")
            if other is not None and bears(other.value, fitting[0].value("person")):
                continue
            holder.marks.remove(mark)
            fitting[0].marks.append(mark)
            if other is not None:
                fitting[0].marks.remove(other)
                holder.marks.append(other)
    if isinstance(groups, list):
        groups[:] = [group for group in known if group.marks]


def bears(email: str, name: str) -> bool:
    """Tell whether the local part of an address bears a surname, or a given name, of somebody."""
    local = re.sub(r"[^a-z]", "", bare(email.partition("@")[0]))
    words = [re.sub(r"[^a-z]", "", bare(word)) for word in name.split()]
    joined = "".join(words[1:])
    if len(words) > 1 and len(joined) > 2 and joined in local:
        return True
    return any(len(word) > 2 and word in local for word in words[-1:])
