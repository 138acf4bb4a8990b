"""Phrases about the exchange itself: questions back, searches, absence, moves, needs, the wish to be named or not."""

from addin.core.understanding.phrases.phrase import Phrase, phrase
from addin.core.understanding.signs import Kind

MANNERS: tuple[Phrase, ...] = (
    phrase(
        Kind.QUESTION,
        0.84,
        r"\b(?:pas (?:bien |tout |tres bien |vraiment |trop |du tout )?(?:compris|saisi)|comprends (?:pas"
        r"|mal)|comprenons pas|ne comprends (?:pas|rien)|pas clair\w*|pas (?:sure?|certaine?) (?:d'avoir (?:bien )?compris"
        r"|de (?:bien )?comprendre|de ce que|de saisir)|(?:merci de|pouvez-vous|pourriez-vous|peux-tu"
        r"|pourrais-tu|veuillez|il faudrait|besoin de|prie de) (?:me |nous |bien vouloir )*(?:precis\w+"
        r"|expliqu\w+|detaill\w+|preciser|clarifi\w+|eclair\w+)|besoin (?:de|d') (?:precision\w*"
        r"|plus de (?:precision\w*|details)|savoir|un exemple|explication\w*)|dites-moi (?:ce que"
        r"|ce qu|quel\w*|si|sous|comment)|dis-moi (?:ce que|quel\w*|si)|dans l'attente de vos precisions"
        r"|flou\w*\b|en quoi (?:ca|cela) consiste|c'est (?:quoi|du chinois)|(?:don't|do not) understand"
        r"|not sure what|could you (?:clarify|specify|explain)|chinois pour moi)",
        bold=True,
    ),
    phrase(
        Kind.SEARCHES,
        0.7,
        r"\b(?:je|nous|on) (?:me |nous |vais |allons |m'|le |la )*(?:renseign\w+|regard\w+|cherch\w+"
        r"|verifi\w+|recherch\w+|creus\w+|investigu\w+|fais le point|faisons le point|revien\w+"
        r"|reviens vers|me penche|demande en interne|etudi\w+|examin\w+|vais voir|fouill\w+|pose la question)\b"
        r"|\b(?:a verifier|a confirmer|reponse (?:bientot|suivra|prochainement)|tiens au courant"
        r"|tiendrai (?:au courant|informe\w*)|prends note|pris note|bien note|will (?:look|check"
        r"|get back))\b",
    ),
    phrase(
        Kind.SEARCHES,
        0.7,
        r"\b(?:sera|seront|va etre|vont etre) (?:traite|etudie|examine|instruit|transmise? a qui)\w*"
        r"|\b(?:on|nous|je) (?:en )?(?:parle|discute|reparle|echange)\w*\b|\bde vive voix\b|\bappelle (?:demain"
        r"|moi|lundi|mardi|mercredi|jeudi|vendredi)",
    ),
    phrase(
        Kind.ABSENT,
        0.75,
        r"\b(?:suis|serai|sommes|serons|etant|etais)(?: actuellement| moi-meme| aussi| donc)* (?:absente?s?"
        r"|en (?:conges?|vacances|arret|formation|deplacement|rtt|maladie|mission|repos|recup\w*)"
        r"|pas au bureau|pas la\b)|^\W*(?:absente?|en (?:conges?|vacances|formation|deplacement"
        r"|rtt|arret))\b|\b(?:a|des|avant|apres) mon retour\b|\bde retour (?:le|lundi|mardi|mercredi"
        r"|jeudi|vendredi|dans|en)\b|\bout of (?:the )?office\b|\bon (?:leave|holiday|vacation)\b",
    ),
    phrase(
        Kind.MOVED,
        0.88,
        r"\b(?:je|j') ?(?:ne |n')?\s?(?:travaille|exerce|fais|occupe|suis|serai) plus (?:a |au "
        r"|aux |dans |partie|en poste|ce poste|cette fonction|ces fonctions|de ce service|chez "
        r"|pour |l[ae] |du tout|agent|employe\w*|la\b|en charge de ce poste|ici)|\b(?:j'ai|ai) (?:quitte"
        r"|change (?:de|d')|ete mute\w*|pris (?:ma|la) retraite|rejoint|demissionn\w*|pris (?:un autre"
        r"|de nouvelles|d'autres))|\b(?:je suis|suis) (?:desormais |maintenant |a present |depuis \w+ )?(?:en retraite"
        r"|a la retraite|retraitee?|partie?\b|mutee?\b|affectee? (?:a|au|aux))|\b(?:no longer work"
        r"|have left|have moved|left the|changed (?:jobs|position))|\b(?:suis|serai) plus en (?:poste"
        r"|fonction)\b|\bquitte (?:mes fonctions|la collectivite|la mairie|le service|mon poste"
        r"|la ville|l'agglo)",
    ),
    phrase(
        Kind.NEED,
        0.84,
        r"\b(?:(?:j'|je |nous |on )(?:aurai[ts]|aurions|ai|avons|a)(?: \w+){0,2} besoin (?:de|d'"
        r"|des|du)(?! (?:l'accord|l'aval|l'autorisation|precision|plus|savoir|temps|reponse|aide"
        r"|vous dire|te dire|voir|valid|un accord|son |l'avis|feu))|(?:il |ce )?serait (?:tres "
        r"|bien |vraiment )?(?:utile|precieux|interessant|formidable|bien|super) (?:d'|de |si )(?!savoir"
        r"|preciser|en parler|echanger)|(?:cela |ca |ce qui )?(?:m'|nous |m )(?:interess|aiderait"
        r"|serait utile|serait tres utile|manque cruellement|rendrait service)\w*(?! (?:pas|de savoir"
        r"|a ce))|(?:j'|je |nous |on )(?:aimerai[ts]|aimerions|souhaiterai[ts]|souhaiterions|voudrai[ts]"
        r"|voudrions|reve\w* (?:de|d')) (?:bien )?(?:avoir|disposer|recuperer|obtenir|pouvoir (?:disposer"
        r"|croiser|acceder|exploiter|consulter|utiliser|avoir)|acceder|voir publie\w*|savoir combien)"
        r"|il (?:me |nous )faudrait (?:les|des|la|le|un|une|l')|(?:pour|au) (?:le |du )?club\b"
        r"|serait-il possible d'(?:avoir|obtenir|ouvrir)|profite .{0,40}pour (?:demander|vous demander"
        r"|te demander)|we (?:would|could) (?:need|use|like) (?:the|data|access)|serai[ts] (?:preneur"
        r"|preneuse|interesse\w*)|sommes preneurs?|suis preneu\w+)",
    ),
    phrase(
        Kind.UNNAMED,
        0.88,
        r"\b(?:anonyme(?:ment)?\b|anonymat\b|(?:ne |n').{0,30}\b(?:mon nom|mes coordonnees|cite\w*"
        r"|nomme\w*|mentionne\w*|figur\w*|apparai\w*)|(?:sans|ni|pas|plutot que|retir\w+|enlev\w+"
        r"|supprim\w+|evit\w+ de) (?:que |de |d'|etre |mettre |citer |mentionner |afficher |faire )*(?:me "
        r"|m'|soit |soient )*(?:mon nom|mes coordonnees|me citer|cite\w*|nomme\w*|mentionne\w*"
        r"|figur\w*|apparai\w*|mentionn\w*|afficher mon)|(?:refuse|oppose|prefere(?:rais)? (?:pas"
        r"|ne pas|rester)).{0,40}\b(?:nom|cite\w*|nomme\w*|figur\w*|apparai\w*|anonym\w*)|(?:mettre"
        r"|citer|mentionner|indiquer|garder|afficher|inscrire|noter|mettez|citez|indiquez|mentionnez) (?:que"
        r"|seulement|uniquement|plutot) (?:le|mon) (?:nom du )?service|not be named|do not (?:name"
        r"|mention) me)\b",
    ),
    phrase(
        Kind.NAMED,
        0.84,
        r"(?:~|\b(?:d'accord|ok|accepte|acceptons|autorise|autorisons|pouvez|peux|peut|oui|volontiers"
        r"|aucune objection|consens|sans probleme|favorable|mon accord)).{0,40}?\b(?:mon nom|me (?:citer"
        r"|nommer|mentionner|faire figurer)|etre (?:cite\w*|nomme\w*|mentionne\w*|affiche\w*)|mes coordonnees"
        r"|apparai\w*|figur\w* (?:sur|dans|comme)|soi[ts] (?:cite\w*|nomme\w*|mentionne\w*|affiche\w*"
        r"|publie\w*)|mettre mon nom|afficher mon nom|m'(?:indiquer|inscrire|afficher|y mettre comme"
        r"|ajouter comme)|me mettre comme|name me|mention me|be named)|\b(?:nom|coordonnees) (?:peut"
        r"|peuvent) (?:apparaitre|figurer|etre)",
    ),
)
