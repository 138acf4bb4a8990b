"""Idioms whose words say something else than they seem to: they are blanked before anything is read."""

from addin.core.understanding.lexicon import rule

# Blanked letter for letter. "Pas de problème", "sans souci" and the like deny nothing.
NEUTRAL = rule(
    r"(?<![\w'-])(?:(?:je ne (?:pense|crois) pas que )?(?:(?:je |nous |on )?n'(?:ai|avons|a) |il n'y a |y a |y'a |il y a |je n'y vois "
    r"|on n'y voit |nous n'y voyons |ca ne (?:me |nous )?pose |cela ne (?:me |nous )?pose "
    r"|ne (?:me |nous )?pose )?"
    r"(?:aucune?|pas (?:de|d')|pas le moindre|sans|sans aucun|nul|0|zero)\s?(?:soucis?|problemes?"
    r"|pb|blemes?|difficultes?|inconvenients?|objections?|obstacle|opposition|malaise|doute"
    r"|faute|soucy)\b"
    r"(?: (?:pour|de|a) (?:moi|nous|mon cote|notre cote))?"
    r"|(?:ca|cela) ne (?:me |nous )?(?:pose|posera|pose pas|derange|gene)(?: pas)? ?(?:de )?(?:probleme|souci)?"
    r"|(?:(?:je ne|nous ne) (?:pense|crois|pensons) pas )?que (?:ca|cela) (?:ne )?(?:me |nous )?pose (?:un "
    r"|de |le moindre )?(?:probleme|souci)\w*|rien ne s'y oppose|ne vous inquietez pas|t'inquiete(?: pas)?"
    r"|pas d'inquietude|pas de quoi|de rien\b"
    r"|n'hesit(?:ez|e) (?:surtout )?pas|ne manquer(?:ai|ons) pas|ne tard(?:erai|erons|ez|e) pas"
    r"|ne doute pas|n'est-ce pas|pas (?:si )?mal|pas plus tard que|non seulement|pas seulement"
    r"|plus ou moins|d'autant plus"
    r"|de plus\b|en plus\b|non plus|sans plus tarder|au plus (?:vite|tot|tard)|le plus (?:vite"
    r"|tot)|des que possible|n'empeche|si je ne me trompe(?: pas)?|si je ne m'abuse|sauf erreur(?: de ma part)?"
    r"|ce n'est pas faux|pas faux|ne demande (?:pas|que) mieux(?: que de (?:vous |t')?aider)?"
    r"|je ne demande pas mieux|n'ai pas besoin de (?:vous|te) dire|inutile de (?:vous|te) dire"
    r"|ne suis pas contre\b|pas contre\b|n'est pas complique|pas complique|si ce n'est pas trop tard"
    r"|mieux vaut tard que jamais|pas toujours facile|pas evident|ce n'est pas rien"
    r"|no problem|not a problem|no worries|pas mal de|si possible|plus (?:precisement|simplement"
    r"|simple|recente?s?|tard|vite|facile|loin|longtemps)|non sans"
    r"|(?:bonne|belle|excellente) (?:journee|soiree|fin de \w+|semaine|reception|continuation|initiative|idee|question))"
)
# A denial of not holding: it asserts. "Nous ne sommes pas sans disposer", "ce n'est pas que nous ne les avons pas".
ASSERTING = rule(
    r"(?:ne (?:suis|sommes|serions|serais) pas|pas) sans (?:en )?(?:disposer|posseder|detenir|avoir|savoir)"
    r"|(?:ce |c')n'est pas (?:que|qu')\s?(?:je|nous|on) (?:ne |n')(?:les? |l'|la |en )?(?:ai"
    r"|ait|aie|ayons|avons|detien|detenons|dispos|posse)\w*[^,;.:]{0,40}?(?:pas|plus)\b|(?:ce "
    r"|c')n'est pas faute d'en avoir"
    r"|(?:il est|c'est|serait) faux (?:de dire )?(?:que|qu')\s?(?:je|nous|on) (?:ne |n')[^,;.]{0,50}?(?:pas|plus)\b"
)
# Neither yes nor no: "je ne dis pas que nous ne l'avons pas".
NEITHER = rule(
    r"(?:je ne dis|on ne dit|nous ne disons|je n'ai|nous n'avons) (?:pas|jamais)(?: dit)? (?:que"
    r"|qu')[^,;.:]{0,80}|(?:ce |c')n'est pas (?:que|qu')\s?(?:je|nous|on) (?:ne |n')(?:veuill"
    r"|souhait|veux|voul)\w*[^,;.:]{0,50}"
)
