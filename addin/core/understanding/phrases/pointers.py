"""Phrases that point to somebody else, inside the house or out of it."""

from addin.core.understanding.lexicon import ORG_NOUN, OUTSIDE
from addin.core.understanding.phrases.phrase import Phrase, phrase
from addin.core.understanding.signs import Kind

_BETWEEN = (
    r"(?:\s(?:plutot|directement|donc|aussi|peut-etre|d'abord|eventuellement|cela|ca|de preference"
    r"|maintenant|desormais|par mail|par telephone|votre demande|ces questions|ce sujet|ce point"
    r"|en priorite|sans doute|rapidement|la question|conseil|confirmation))*"
)
# Verbs that point to somebody through a preposition, and the prepositions; then those that take somebody straight.
_ASK_WITH = (
    r"(?:voir|voyez|vois|voyons|check|faites le point|faire le point|en parler|parlez-en|parles-en"
    r"|parle-en|se mettre en relation|mettez-vous en rapport|vous mettre en (?:relation|contact"
    rf"|rapport)|mettre en relation){_BETWEEN} (?:avec|aupres d\w*|chez|du cote d\w*|a|au|aux"
    r"|with)"
)
_ASK_OF = (
    r"(?:adressez[- ]vous|s'adresser|vous adresser|t'adresser|adresse[- ]toi|adresser (?:votre"
    r"|ta|cette|la) \w+|adressez (?:votre|la|cette) \w+|(?<!vous )(?<!lui )(?:re)?demandez"
    r"|(?<!\bai )demander|(?<!votre )(?<!ta )(?<!la )(?<!cette )(?<!une )(?<!sa )(?<!de )(?<!ma )(?<!votre derniere "
    r")(?<!toute )(?<!ce )(?<!je )(?<!on )demande"
    r"|rapprochez[- ]vous|rapproche[- ]toi|vous rapprocher|te rapprocher|se rapprocher|tournez[- ]vous"
    r"|tourne[- ]toi|vous tourner|te tourner|se tourner|ecrivez|ecrire|telephonez|telephoner"
    r"|passez|passer par|renseignez[- ]vous|se renseigner|vous renseigner"
    r"|regardez|regarde|cherchez|essayez|essayer|essaye|essaie|prendre (?:contact|l'attache"
    r"|attache)|prenez (?:contact|l'attache)|prends contact|parlez|posez (?:la|votre) question"
    r"|poser (?:la|votre) question|reposez|formuler votre demande|envoyez (?:votre|la) \w+"
    r"|transmettez (?:votre|la) \w+|orientez-vous|dirigez-vous)"
    rf"{_BETWEEN} (?:aupres|avec|a|au|aux|vers|chez|du cote|par|de|du|a la|a l')\b"
)
_ASK_STRAIGHT = (
    r"(?:contactez|contacter|recontactez|contacte(?:-| )?|interrogez|interroger|questionnez"
    r"|questionner|appelez|appeler(?! (?:demain|plus tard|lundi|mardi))|sollicitez|solliciter"
    r"|saisir|saisissez|joindre|relancez|relancer|voyez|vois|voir|demandez[- ]lui|demandez[- ]leur"
    r"|demande[- ]lui|demande[- ]leur|essayez|essayer|essaye|essaie|consultez|rencontrer)"
    rf"{_BETWEEN} (?:plutot |directement |donc )?(?:le |la |les |l'|mon |ma |notre |mes |nos "
    r"|leur |un |une )?(?:service |direction |pole |bureau |cellule |societe |entreprise )?(?!ci\b"
    r"|dessous|dessus|plus\b|si\b|comment|que\b|vous\b|moi\b|nous\b|toi\b|pj\b|en\b|ca\b|cela\b"
    r"|suite|piece|quand|ce\b|tout|aussi|avec|ensemble|reponse|mail|message|mes\b|lien|document"
    r"|fichier|tableau|bas\b|ici\b|avant|demain|mieux)(?!pas\b|aucun|guere|rien|d'|qu|toujours"
    r"|plutot|bien\b|si\b|donc\b|pour|dans|sur\b)(?P<who>[\w~'-]+)"
)

POINTERS: tuple[Phrase, ...] = (
    phrase(
        Kind.ELSEWHERE, 0.86, rf"\b{_ASK_WITH}\s?(?!vous\b|toi\b|moi\b|nous\b|plaisir|mes salutations|lui\b.{{0,3}}$)[\w'~]+", bold=True
    ),
    phrase(
        Kind.ELSEWHERE, 0.86, rf"\b{_ASK_OF}\s?(?!vous\b|toi\b|moi\b|nous\b|mon tour|l'avance|jour\b|(?<= a )nouveau)[\w'~]+", bold=True
    ),
    phrase(Kind.ELSEWHERE, 0.85, rf"\b{_ASK_STRAIGHT}"),
    phrase(
        Kind.ELSEWHERE,
        0.8,
        r"\baupres (?:de |du |des |d')(?:la |l'|le |les )?(?!moi\b|nous\b|vous\b|mes\b|mon\b|ma\b"
        r"|nos\b|notre\b|toi\b)[\w-]+",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.8,
        r"^\W*(?:mais|plutot)\s(?:plutot |bien |directement )*(?:(?:au|a la|a l'|aux|chez|du cote d\w+)\s?){1,2}(?:le "
        rf"|la |l'|les )?(?:service |direction |pole )?(?:{ORG_NOUN}|{OUTSIDE})\b",
    ),
    phrase(
        Kind.OUTSIDE,
        0.84,
        r"\bcompetence (?:exclusivement |purement )?(?:departementale|regionale|intercommunale"
        r"|communautaire|metropolitaine|de l'etat|du departement|de la region|de l'agglo\w*|de la metropole"
        r"|de la communaute|du syndicat)",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:oriente|orienter|renvoie|renvoyer|redirige|rediriger|dirige|aiguille|reoriente|invite"
        r"|conseille|suggere|propose|recommande|laisse)(?:rai|rons|ons|r|z)?\b(?: donc| plutot)? (?:vers"
        r"|aupres|a (?:vous|contacter|voir|prendre|interroger|demander|adresser)|d'(?:appeler|interroger"
        r"|ecrire|en parler)|de (?:voir|contacter|prendre|vous|t'|demander|joindre)|contacter|voir avec"
        r"|prendre contact)",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:transmets|transmettons|transmis|transfere|transferons|transferee?|fais suivre|faisons suivre"
        r"|fait suivre|ai fait suivre|relaye|relaie|bascule|adresse|envoie|communique|passe|reoriente"
        r"|redirige)(?! (?:vous|le fichier|les donnees|ci-joint))(?:\s(?:donc|aussitot|immediatement"
        r"|directement|aussi|bien))*(?: (?:votre|ta|la|cette|le|ce|ton) (?:demande|message|mail"
        r"|courriel|mel|requete|question|sollicitation|dossier))?(?: (?:ce jour|donc))? (?:a|au"
        r"|aux|vers) (?!vous\b|toi\b)[\w']+",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:passe|passons|laisse|cede) (?:la main|le relais|la parole|le bebe|ca|cela)? ?(?:a"
        r"|au|aux) (?!vous|toi)[\w]+|\bc'est \w+ (?:\w+ ){0,3}?qu'il (?:te|vous) faut",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.8,
        r"\b(?:lui|leur) (?:transmets|fais suivre|transfere|transmettons|passe|ai transmis|ai transfere"
        r"|ai demande|demande|fais passer|ai fait suivre)|\bforward(?:ed|ing)?\b.{0,30}\bto\b",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.9,
        r"\b(?:c'est|c est|cest|c|ce sont|ce serait|sera|serait)(?: (?:bien|plutot|desormais|maintenant"
        r"|surtout|normalement|en fait|sans doute|certainement|peut-etre|du coup|toujours|donc"
        r"|a priori|probablement))* (?!nous\b|moi\b|notre\b|mon\b|ma\b|nos\b|mes\b|vous\b|toi\b"
        r"|ce\b|le cas|ca\b|pas\b|plus\b)(?:(?:le|la|les|l'|un|une|au|a la|a l'|aux|du|cote|chez)\s?)?[\w'-]+(?: [\w'-]+){0,8}? "
        r"qui (?!m'|vous (?:ecri|repond|a ecrit))",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:c'est|c est|cest|c|ce sont|ce serait|cela releve|ca releve|releve|relevent|depend"
        r"|dependent|est du ressort|est de la competence|incombe|appartient|appartiennent|revient"
        r"|est de la responsabilite)(?: (?:bien|plutot|desormais|maintenant|surtout|normalement"
        r"|sans doute|certainement|peut-etre|du coup|donc|a priori|probablement|de|d'))* (?:(?:le"
        r"|la|les|l'|un|une|au|a la|a l'|aux|du|de la|de l'|des|notre|mon|ma|chez (?:le|la|les"
        rf"|l')?|cote|a|de)\s?){{1,2}}(?:service |direction |pole )?(?:{ORG_NOUN}|{OUTSIDE})\b",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:est|sont|etait|etaient|sera)(?: (?:bien|desormais|maintenant|toujours|donc|directement"
        r"|entierement|plutot|restee?s?|partie?s?|stockee?s?|heberge\w*|detenue?s?|conservee?s?))* (?:chez"
        r"|a la|a l'|au|aux|du cote (?:de|du)|aupres (?:de|du)|entre les mains (?:de|du)|dans les mains (?:de"
        r"|du)|a) ?(?:le |la |les |l'|notre |nos |mon |ma )?(?!nous\b|moi\b|jour\b|disposition\b)(?:service "
        rf"|direction |pole |bureau )?(?:{ORG_NOUN}|{OUTSIDE})\b",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.82,
        r"\b(?:est|sont|reste|restent|c'est)(?: (?:desormais|maintenant|toujours|plutot|restee?s?))* chez (?!nous\b"
        r"|moi\b|vous\b|toi\b)[\w~'-]+|\b(?:est|sont|a ete|ont ete) (?:partie?s?|transmise?s?|transfere\w*"
        r"|envoyee?s?|confiee?s?) (?:chez|a|au|aux|vers) (?!nous|moi|vous|jour)[\w~'-]+|\blaiss(?:e"
        r"|ons) (?:le |la |mon |ma |l')?[\w-]+(?: [\w-]+){0,3} (?:vous |te |t')?(?:repondre|voir avec vous"
        r"|completer|prendre la suite)|\bproduit\w* par (?!nous|moi\b|notre|mes|nos|mon)",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.82,
        r"\b(?:reparti|disperse|eclate|partage|ventile)\w* entre\b|\b(?:tu as|vous avez) (?:aussi "
        r"|plutot )?(?:mme|m|monsieur|madame)\b|\bplusieurs (?:pistes|contacts|interlocuteurs)\b"
        r"|\bles? (?:bons? )?contacts?\b.{0,30}\b(?:est|sont)\b",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:est|sont|ete|etait|sera)?\s?(?:desormais |maintenant |toujours |donc |directement "
        r"|entierement |actuellement )*(?:ger|ten|suiv|produi|deten|etabli|pilot|heberg|assur|realis"
        r"|centralis|collect|fourni|fait|elabor|trait|saisi|edit|recens|repris|administr|stock)(?:e"
        r"|ee|es|ees|u|ue|us|ues|i|ie|is|ies|t|te|ts|tes|ite|its|ites|it|he|hee|hes|hees|ges?|gees?"
        r"|s|se|ses)? (?:en externe |directement |uniquement |desormais )?par (?!nous|moi\b|mon service"
        r"|notre |nos |mes |un stagiaire|une stagiaire|un ancien|une ancienne|l'ancien|mail|an\b"
        r"|mois|courriel|telephone|semaine|trimestre)",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:a|ont|qui a|vient de|va)\s?(?:repris|reprendre|recupere|pris la suite|pris le relais"
        r"|pris en charge|herite)\b",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:est|sont|ont ete|a ete|etaient|etait) (?:desormais |maintenant |toujours |actuellement "
        r"|directement )*\w{3,}(?:e|i|u|t)e?s? (?:\w+ )?par (?:le |la |l'|les |un |une )?(?:service "
        rf"|direction |pole )?(?:{ORG_NOUN}|{OUTSIDE})\b",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.8,
        r"\b(?:vendu|cede|concede|externalise|sous-traite|delegue|retrocede|verse)\w*\b.{0,30}\b(?:a"
        r"|au|aux) (?:l'|la |le |les |une? )?\w+",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.8,
        r"^\W*(?!(?:je|tu|il|elle|on|nous|vous|ils|elles|tout|tous|toutes|rien|personne|cela|ca"
        r"|qui|ce|cette|aucun\w*|chacun|mais|et|donc|notre|nos|mon|mes|votre|pour|oui|non|moi|cet"
        r"|ces|une?|les?|la|des|si|car|effectivement|bien|sinon)\b)[\w'-]{3,}(?: [\w'-]+)? (?:a (?:la main"
        r"|ca|cela|tout|ces|le fichier|la liste|le tableau|le cahier|la base)|gere|tient (?:le"
        r"|la|les|ce|cette|un|une|a jour)|s'en (?:occupe|charge)|suit (?:ce|ca|cela|le|la)|detient"
        r"|l'a\b|les a\b)",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:bonne? (?:personne|interlocuteur|interlocutrice|contact|service)|votre (?:contact"
        r"|interlocut\w+)|personne (?:a contacter|ressource|competente|en charge|referente|concernee)"
        r"|service (?:concerne|competent|gestionnaire|responsable|instructeur|charge d\w+|en charge(?: \w+){0,3})"
        r"|contact|interlocut\w+|referente?)\b(?: (?:sur ce (?:sujet|dossier)|pour (?:ca|cela)"
        r"|serait|sera|est|a ce sujet|desormais|plutot))*(?: (?:est|sera|serait|reste)| ?: ?|,? c'est"
        r"|$) ?(?!moi|nous|pas\b)",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.8,
        r"\b(?!je\b|nous\b|on\b|vous\b)[\w)'-]+ (?:saura|pourra|pourrait|devrait|doit|est en mesure de"
        r"|va|sera|peut)(?: (?:sans doute|certainement|surement|peut-etre|bien|mieux|pouvoir|vous"
        r"|te|t'|aussi|donc))*(?: (?:en mesure de|capable de|a meme de|plus a meme de|mieux place\w* pour"
        r"|le mieux place pour))*\s?(?:vous |t'|te )?(?:aider|renseigner|repondre|informer|eclairer"
        r"|guider|orienter|en dire plus|dire|les fournir|les transmettre|le fournir|savoir|avoir (?:ca"
        r"|cela|ces|les|la|le))\b",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.7,
        r"\b(?!je\b|nous\b|on\b|vous\b)[\w'-]{2,} (?:saura|sait|connait bien|connait le sujet|a peut-etre"
        r"|doit avoir|devrait avoir|repondra mieux|vous repondra|te repondra|vous recontactera"
        r"|reviendra vers vous|reprendra contact|prend le relais|vous repondront)\b",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.8,
        r"\b(?:mets|ajoute|met|mettons|mis|rajoute)\b.{1,60}\b(?:en copie|dans la boucle|en cc"
        r"|cc)\b|\ben copie de (?:ce|cet|la)",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.84,
        r"\b(?:competence|gestion|suivi|mission|dossier|marche|tout|fichier|base)s?\b(?: a| ont)?(?: (?:ete"
        r"|est|sont))?(?: (?:entierement|desormais|depuis))* (?:transfere\w*|passe\w*|deleg\w+"
        r"|confie\w*|reprise?s?|externalise\w*|basculee?s?|partie?s?) (?:a |au |aux |par |vers "
        r"|chez )",
    ),
    phrase(
        Kind.OUTSIDE,
        0.8,
        r"\b(?:competence|gestion|suivi|marche|dsp|delegation)\b.{0,40}\b(?:transfer\w+|passee?"
        r"|deleguee?|confiee?|externalisee?)\b",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.86,
        r"\b(?:is|are) (?:handled|managed|held|kept|maintained|produced|owned|run) by (?!us\b|me\b"
        r"|our (?:team|service|department|office|unit)|my (?:team|service|department|office|unit))"
        r"|\bplease (?:ask|contact|try|see)\b|\b(?:ask|contact|try|see) (?:the|our|my)\b|\b(?:check with"
        r"|speak to|talk to|get in touch with|reach out to)\b|\btry \w+ (?:in|at|from)\b|\byou should (?:ask"
        r"|contact)|belongs to (?!us|me|our)",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.75,
        r"\bqui (?:l'a|les a|les ont|l'ont|a (?:ca|cela|ces|tout|la main|le|la|les)|suit|gere|tient"
        r"|s'en occupe|s'en charge|detient|dispose|pourra|saura|produit|etablit)\b(?! .{0,10}\bnous\b)",
    ),
    phrase(
        Kind.ELSEWHERE,
        0.76,
        r"^\W*(?:detien(?:t|nent)|gere(?:nt)?|possede(?:nt)?|dispose(?:nt)? d\w*|s'en (?:occupe"
        r"|charge)(?:nt)?|tien(?:t|nent)|produi(?:t|sent)|les (?:a|ont)|l'(?:a|ont)|a (?:les|ces"
        r"|tout|ca|cela))\b",
    ),
)
