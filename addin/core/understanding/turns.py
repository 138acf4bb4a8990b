"""Words that turn what a sentence says: yes and no, denial, doubt, hearsay, supposition, manners."""

from addin.core.understanding.lexicon import ORG_NOUN, OUTSIDE, listed, rule

YES = rule(
    r"^\W*(?:(?:et|alors|donc|eh bien|ben|bah|bon|ah|euh|bonjour|alors la|mais|re)\W+)*(?P<said>oui+"
    r"|ouais|ouep|yes|yep|yeah|affirmatif|absolument|tout a fait|exact\w*|effectivement|en effet"
    r"|bien sur|c'est (?:exact|correct|juste|ca|bien ca)|je confirme|parfaitement"
    r"|evidemment|certainement|bien entendu|a priori oui|plutot oui|mais oui|of course|indeed)\b(?! (?:pas|que non)\b)"
)
NO = rule(
    r"^\W*(?:(?:et|alors|donc|eh bien|ben|bah|bon|ah|euh|mais|malheureusement|helas|desolee?"
    r"|a priori|plutot|evidemment|bien sur|evidemment que|bien sur que|du coup|clairement|franchement"
    r"|pour ma part|de mon cote|sorry|a mon avis|je dirais|je crains que|il semble que)\W+)*(?P<said>non+"
    r"|nan|nope|no|negatif|absolument pas|pas du tout|certainement pas|plus maintenant|plus du tout"
    r"|pas encore(?=\W*$)|impossible(?=\W*$)|je (?:ne )?crois pas|(?:ne )?crois pas|je (?:ne )?pense pas"
    r"|(?:bien sur|evidemment) (?:que )?(?:pas|non)|point du tout|aucunement|nullement|not really"
    r"|non helas)\b(?! (?:seulement|communicable|plus(?! (?:depuis|nous|chez))|renseign|publi"
    r"|exhausti|plus\b|loin|que\b|qu')|-)"
)
DENIED_CLEFT = rule(
    r"(?:n'est|n'est donc|c'est|c est|c|est|ne sont|sont|n'etait|ne serait)(?: malheureusement"
    r"| donc| vraiment| du tout)? (?:pas|plus|jamais) (?:chez )?(?:nous|moi|mon service|notre service"
    r"|mes services|ma direction|notre direction|notre equipe)\s?(?:qui|que|qu')"
)
DENIED_OTHER = rule(
    r"\b(?:ce n'est|c n'est|n'est|c'est|c|ne sont|ce ne sont|ne suis|surtout|jamais|n') ?(?:donc )?(?:pas"
    r"|plus) (?!.{0,12}\bmais\b)(?!(?:nous|moi)\b)|\bne (?:vous |t')?(?:adressez|contactez"
    r"|demandez|voyez|appelez|ecrivez) (?:plus|pas)|\bplus a\b"
)
DOUBT_DENIED = rule(
    r"\bpas (?:le )?souvenir (?:que|qu'|d)|\bpas (?:a )?(?:ma )?connaissance (?:que|qu'|d)"
    r"|\b(?:ne |n')?(?:pense|crois|pensons|croyons|semble)(?:nt)? (?:pas|guere) (?:que|qu'"
    r"|etre|avoir|en |l'|les )"
)
SUPPOSED = rule(
    r"(?:^|\W)(?:si|s')\s?(?:nous|je|j'|on|c'est|c'etait|cela|ca|il|ils|elle|elles|mon|notre"
    r"|jamais|ce|les?|la|l')\b(?! (?:vous|te|t') (?:conv|va|int|arr|aide))"
    r"|\b(?:verifi\w+|regard\w+|voir|vois|savoir|demand\w+|confirm\w+ (?:en interne|avec)|cherch\w+"
    r"|m'assurer|nous assurer|s'assurer|sais pas|savons pas|ignore\w*|pas (?:sure?|certaine?))\s?(?:encore "
    r"|aupres \w+ |avec \w+ )?(?:si|que|qu'|de ce que|comment|ou)\b"
    r"|\b(?:pourrions|pourrais|pourrait|devrions|devrais|aurions|aurais|aurait|seraient) (?:bien "
    r"|peut-etre |eventuellement )?(?:avoir|detenir|disposer|posseder|etre|les|la|l'|en)"
)
REPORTED = rule(
    r"\b(?:on|il|elle|m|mme|monsieur|madame|collegue\w*|[\w-]+) (?:(?:m'|nous |me |vous |t')\s?(?:a"
    r"|ont|avait|avaient|dit|disent|assure\w*|indique\w*|affirme\w*|signale|explique|repond)\s?(?:toujours "
    r"|bien |souvent )?(?:dit|assure|indique|affirme|confirme|signale|explique|repondu|certifie"
    r"|laisse entendre|fait savoir)?)\s?(?:que|qu'|de)\s?"
    r"|\b(?:il )?parait (?:que|qu')|\bapparemment\b|\bsoi-disant\b|\b(?:j'ai|nous avons) (?:entendu dire"
    r"|cru comprendre) (?:que|qu')|\bde ce (?:que|qu')(?: on)? .{0,16}(?:dit|comprends?)"
)
DOUBT = rule(
    r"\b(?:je (?:crois|pense|suppose|presume|pencherais?|dirais)|nous (?:pensons|croyons|supposons)"
    r"|j'imagine|il (?:me |nous )?semble|me semble|peut-etre|sans doute|probablement|eventuellement"
    r"|possible que|possiblement"
    r"|a verifier|a confirmer|sous toute reserve|de memoire|sauf erreur|si je ne me trompe"
    r"|pas (?:sure?|certaine?)|maybe|perhaps|i think|i believe|might)\b"
)
PAST_OTHER = rule(
    r"\b(?:faisait|gerait|tenait|suivait|s'occupait|avait|etait|s'en occupait|s'en chargeait"
    r"|s'occupait de|produisait)\b"
)
WEAK_ELSEWHERE = rule(
    r"\b(?:voir|demander|regarder|interroger) (?:si|que|ca|cela|plus tard|avec vous|ensemble"
    r"|mes|en interne|autour)\b|\bvoir(?:,| ci| mes| le fichier| les? \w+ jointe| pj| en pj"
    r"| piece)|\bavec (?:vous|toi|nous|moi|plaisir|mes (?:salutations|remerciements|excuses))\b"
    r"|\ba vous\b|\bvous demander\b"
)
PARTICIPLE = rule(r"(?:demande|contacte|interroge|sollicite|essaye|questionne|appele|relance)\b")
OURS = rule(rf"\b(?:notre|mon|ma|nos|en tant que|en qualite de|la commune)\s(?:{OUTSIDE})\b")
DEPARTMENT = rule(
    r"^\W*(?:peut-etre |plutot |cote )*(?:(?:le|la|les|l'|au|aux|a la|a l'|du|mon|ma|notre)\s?)?(?:service "
    rf"|direction |pole )?(?:{ORG_NOUN}|{OUTSIDE})"
    rf"(?: (?!(?:non|est|sont|a|ont|bloque\w*|veu\w+|refuse\w*|souhaite\w*|ne|s'\w+|n'\w+)\b)[\w'-]+){{0,3}}\W*$"
)
# "Les menus ? C'est chez nous.": the words of the letter taken up again ask nothing.
ECHO = rule(
    r"^\W*(?:et |pour )?(?:les?|la|l'|des|du|cette|cet?|ces|quant a\w*)\s?(?!.{0,60}\b(?:vous"
    r"|tu|te|est|sont|il|elle|faut|doit|peut|quoi|qui|que)\b)[\w' -]{3,60}\?$"
)
DENIAL = rule(r"\bn'|\bne\b|\bpas\b|\baucun|\bjamais\b|\bni\b")
# Those who decide: to be sent to them is no "no", it may be a matter of leave.
HEAD = rule(
    r"\b(?:avec|aupres d\w+|a|au|par) (?:le |la |l'|m |mme |monsieur |madame |notre |mon |ma )*(?:maire"
    r"|dgs|dga|dpo|dpd|hierarchie|direction generale|cabinet du maire|elue?|adjointe? au maire"
    r"|chef\b|cheffe\b|responsable hierarchique|directeur general|directrice generale)\b"
)
CIVIL = rule(
    r"\b(?:peux-tu repondre|pouvez-vous repondre|peux-tu voir|peux-tu t'en|comment (?:allez"
    r"|vas|ca va|va)|ca va|vous allez bien|tu vas bien|vous avez passe|ca vous va)\b"
)
NO_NAME = listed(
    "bonjour merci cordialement madame monsieur lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars "
    "avril mai juin juillet aout septembre octobre novembre decembre noel "
    "excel pdf csv word oui non rgpd open data internet amities salutations bises bref ps kenavo cdt cdlt bonsoir salut"
)
