"""The colours of the chart, by tone, and the style sheet made of them. Words and shapes say the same: colour only helps."""

from collections.abc import Mapping

Tone = tuple[str, str]

LIGHT: Mapping[str, Tone] = {
    "ok": ("#17683d", "#eaf6ef"),
    "wait": ("#6f4e00", "#fff7e3"),
    "info": ("#234f8f", "#eef4fc"),
    "warn": ("#93440a", "#fef1e6"),
    "stop": ("#961f18", "#fdeeed"),
    "off": ("#535b66", "#f2f3f5"),
}
DARK: Mapping[str, Tone] = {
    "ok": ("#7fd6a4", "#16291f"),
    "wait": ("#efc765", "#2c2613"),
    "info": ("#9cc2f5", "#18243a"),
    "warn": ("#f5b083", "#32210f"),
    "stop": ("#f6a19b", "#361a18"),
    "off": ("#b3bac4", "#25282d"),
}
"""By tone: the ink (at least 4.5:1 on the tint and on the page) and the tint."""

_GROUND = {
    "light": {"ink": "#1d232b", "soft": "#525b66", "page": "#ffffff", "band": "#f7f8fa", "rule": "#d9dde3", "line": "#7d8795"},
    "dark": {"ink": "#eceff3", "soft": "#b3bac4", "page": "#16191d", "band": "#1c2025", "rule": "#363c44", "line": "#8b95a3"},
}


FONTS = (
    "'Source Sans Pro','Source Sans 3',system-ui,'Segoe UI',Roboto,'Helvetica Neue','DejaVu Sans','Liberation Sans','Noto Sans',"
    "Ubuntu,Cantarell,'Open Sans',Arial,Helvetica,FreeSans,'Nimbus Sans',Carlito,Verdana,sans-serif,'DejaVu Serif','Liberation Serif'"
)
"""The fonts of the chart. The list is long because what draws a PNG knows no generic family: it takes the first font that is there."""


def style_sheet(scheme: str = "light", *, within: str = ".chart") -> str:
    """Write the rules of one scheme ("light" or "dark") for the SVG of class `within`: plain selectors, no outside reference."""
    ground, tones = _GROUND[scheme], LIGHT if scheme == "light" else DARK
    rules = [
        f"{within}{{color:{ground['ink']}}}",
        f"{within} text{{fill:{ground['ink']};font-family:{FONTS}}}",
        f"{within} .page{{fill:{ground['page']}}}",
        f"{within} .lane-odd{{fill:{ground['band']}}}",
        f"{within} .soft{{fill:{ground['soft']}}}",
        f"{within} .line{{stroke:{ground['line']}}}",
        f"{within} .tip{{fill:{ground['line']}}}",
        f"{within} .frame{{fill:{ground['page']};stroke:{ground['line']}}}",
        f"{within} .dataset .frame{{stroke:{ground['ink']}}}",
        f"{within} .bar{{fill:{ground['rule']};fill-opacity:1}}",
        f"{within} .bar-done{{fill:{tones['ok'][0]}}}",
        f"{within} .chip{{fill:{ground['page']};stroke:{ground['rule']}}}",
    ]
    for tone, (ink, tint) in tones.items():
        rules += [
            f"{within} .tone-{tone}{{color:{ink}}}",
            f"{within} .tone-{tone} .frame{{fill:{tint};stroke:{ink}}}",
            f"{within} .tone-{tone} .word{{fill:{ink}}}",
            f"{within} .tone-{tone} .line{{stroke:{ink}}}",
            f"{within} .tone-{tone} .tip{{fill:{ink}}}",
        ]
    rules += [f"{within} .hollow .frame{{fill:{ground['page']}}}", f"{within} .cut{{stroke:{tones['ok'][1]}}}"]
    return "\n".join(rules)


def page_style() -> str:
    """Write the style sheet of a page that shows the chart inline: light, dark when the reader prefers it, and a visible focus."""
    visible = ".chart [data-id]:focus-visible{outline:3px solid currentColor;outline-offset:3px;border-radius:12px}"
    focus = f"{visible}\n.chart [data-id]{{cursor:pointer}}"
    return f"{style_sheet('light')}\n@media (prefers-color-scheme: dark){{\n{style_sheet('dark')}\n}}\n{focus}\n"
