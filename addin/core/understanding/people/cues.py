"""The words that say whom to write to, and those that say whom not to. All patterns read text without accents, in lower case."""

import re

from addin.core.understanding.people.wordlist import listed

_FEW = r"(?:[\w'-]+ ){0,4}"
_OF = r"(?:de|du|des|d')"
_TO = r"(?:a|au|aux)"

# What stands between a cue and a name, taken away word by word: "voyez plutôt avec | ma collègue du service | Sophie Marchand".
FILLERS = listed("""
" ( , - : = actuellement agents alors aujourd'hui aussi bien certainement cher chere collegues desormais directement donc doute
egalement encore equipes eventuellement gens l' la le les leur ma maintenant meme mes mon normalement nos notamment notre
particulierement peut-etre plutot precisement probablement sa sans services ses simplement soit son surement surtout theoriquement
toujours tout un une vos votre « – — “
""")

_DIRECT = (
    r"(?:re)?contacte[rzs]?|contactons|sollicite[rzs]?|joindre|joignez|appele[rz]|appelle[s]?|interroge[rz]?|consulte[rz]?"
    r"|relance[rz]|saisir|saisissez"
    r"|(?:re)?voir|revoyez|voyez|(?<!je )vois|va voir|essaye[rz]?|essaie|tente[rz]?|cf\.?|demande[rz]|cc|contacter"
    r"|(?<!\w )demandes?|laisse[rz]? (?:donc )?|laisse|rencontre[rz]"
    r"|ask|call|email|reach|write to|reach out to|speak (?:to|with)|get in touch with|refer to|forwarded? (?:\w+ ){0,3}to"
    r"|copy|trouver|trouve[rz]|avoir|associe[rz]?|trouverez"
)
_WITH = (
    rf"(?:voir|voyez|(?<!je )vois|verrez|voyons|regarde[rz]?|parle[rzs]?|discute[rz]?|echange[rz]?|prendre|prenez|prends|pris"
    rf"|mettre|mets|mettez|faites?|faire|le point|rapproche[rz]?"
    rf"|traite[rz]?|travaille[rz]|dialogue[rz]|convenir|rendez-vous|gere[rz]|valide[rz]?|valider|relation|contact|lien"
    rf"|attache|entrer) ?{_FEW}avec"
)
_AT = (
    rf"(?:adresse[rz]?|demande[rz]|demande|ecri(?:re|vez|s)|parle[rzs]?|question|questions|transmet\w*|transmis\w*"
    rf"|transfere\w*|(?:fais|faire|fait|faites) suivre"
    rf"|relaie|relaye\w*|relayer|redirige\w*|passe[rz]?|repasse|communique\w*|soumet\w*|soumis\w*|envoie|envoye[rz]?|revient"
    rf"|reviennent|incombe|appartien\w+"
    rf"|confie\w*|delegue\w*|remis|depose\w*|verse\w*|tourne[rz]?|voir|faut|mail|message|requete|demande votre|precise[rz]?"
    rf"|pense[rz]?|pense a|telephone[rz]?|prier|remonte[rz]?"
    rf"|renvoie|signale[rz]?|donne[rz]?|confier|competence|charge|reference|externalise\w*|sous-traite\w*|copie) ?{_FEW}{_TO}"
)
_TOWARDS = (
    r"(?:tourne[rz]?|tourner|oriente\w*|renvoie|renvoyer|renvoye\w*|redirige\w*|dirige\w*|reoriente\w*|aiguille\w*|guide\w*"
    r"|revenir|bascule\w*|transmis\w*) ?(?:[\w'-]+ ){0,4}vers"
)
_NEAR = (
    rf"(?:aupres|rapproche[rz]?(?:-vous|-toi)? ?(?:[\w'-]+ ){{0,4}}|du cote|la porte|les? coordonnees|le contact|le nom"
    rf"|l'adresse|le numero|le mail|l'appui|l'aide|au niveau) ?{_OF}"
)
_THROUGH = (
    r"(?:pass(?:er|ez|e|es|ent|iez|era)|transit\w+) ?(?:[\w'-]+ ){0,3}par|(?:reparti|partage|ventile|dispatche|eclate"
    r"|disperse|distribue)\w* (?:[\w'-]+ )?entre"
)
_HANDLED = (
    r"(?:gere|tenu|suivi|pilote|detenu|produit|fait|assure|realise|etabli|saisi|maintenu|alimente|traite|repris|remplace"
    r"|centralise|valide|administre|collecte|conserve|dirige|preside"
    r"|jour|charge|porte|fourni|instruit|exploite|elabore|constitue|prepare|renseigne|heberge|stocke|recense|mis|recueilli"
    r"|archive|coordonne|edite|extrait|generalement"
    rf"|supplee?|cree|commande|delivre|developpe|pourvu|represente|encadre|donne|calcule|enregistre|succede)e?s? ?{_FEW}par"
)
_BELONGS = (
    rf"(?:releve(?:nt|rait)?|depend(?:ent|rait)?|ressort|ressortit|competence|competences|perimetre|domaine|responsabilite"
    rf"|attributions?|boulot|travail|job|rayon|affaire|dada|tasse de the|rayon d'action|charge|giron|portefeuille|fait partie|provien\w+"
    rf"|main|mains|cote|propriete) ?{_FEW}{_OF}"
)
_WHERE = (
    rf"(?:est|sont|se trouvent?|se passe|se fait|trouvera|dispo\w*|directement|loge\w*|heberge\w*|bosse"
    rf"|basee?) (?:[\w'-]+ ){{0,3}}{_TO}|chez|de chez|pour le compte {_OF}|sous l'egide {_OF}"
)
_IDENTITY = (
    r"c'est|cest|c est|(?<!\S)c|ce sont|ce serait|ce sera|ce soit|(?:ca|ce) doit etre|ca doit venir|il s'agit d[eu']|il y a"
    r"|y a|s'appelle|se nomme|il reste|reste|nomme[er]?|dirai[st]|"
    r"je pense a|pense[rz]? a|penser a|votez|concerne|connai[st]|vous avez|designe|prefere[rz]?"
)
_ROLE = (
    r"(?:interlocut\w+|contacts?|correspondant\w*|referent\w*|responsable|successeure?|remplacante?|remplacant|gestionnaire"
    r"|detenteur|detentrice|proprietaire|producteur|productrice|adjointe?|prestataire|collegue"
    r"|administrat\w+|pilote|personne|service competent|service concerne|service gestionnaire|direction competente|titulaire"
    r"|expert\w*|specialiste|cheffe?|direct(?:eur|rice)|fournisseur|editeur"
    r"|geomaticien\w*|technicien\w*|chargee?|agente?|exploitant|coordonnees|bon service|delegataire|destinataire|mainteneur)"
)
_NAMED_ROLE = rf"{_ROLE}(?: [\w'’()-]+){{0,8}}? ?(?:est|sont|sera|serait|:|c'est|s'appelle|s'appellent|reste|,|se nomme|-|–|—|=)"
_APPROVAL = (
    rf"(?:accord|validation|vert|autorisation|aval|visa|signature|approbation|avis|arbitrage|decision|aval|ok|go|consentement"
    rf"|permission|assentiment|blanc-seing|acceptation) (?:[\w'-]+ ){{0,3}}{_OF}"
)
_COPY = r"en copie|en cc|copie a|(?:je |j')(?:mets|met|ajoute)(?: aussi| egalement| donc)?|je mets en copie|avec en copie|nous mettons"
TURN_WORDS = (
    r"(?:^\s*|[.,;:!?…)>] ?|\b(?:ou|et|mais|alors|donc|sinon|non) )(?:plutot|sinon|peut-etre|probablement|sans doute"
    r"|surement|maintenant|desormais|aujourd'hui|depuis|mais|a present|a defaut|dorenavant|maybe|bien sur)(?: chez| a| au"
    r"| aux| pour| c'est| du cote d[eu'])?|mais(?: bien| plutot)?|=>|->|→|(?<=\s)>|^>|⇒"
)

POINTING = re.compile(
    rf"(?:^|(?<=[\s'(«:,.;-]))(?:(?:{_DIRECT})|{_WITH}|{_AT}|{_TOWARDS}|{_NEAR}|{_THROUGH}|{_HANDLED}|{_BELONGS}|{_WHERE}"
    rf"|(?:{_IDENTITY})(?: \w+ment)?(?: {_TO}| {_OF}| chez| avec)?|{_NAMED_ROLE}|{_APPROVAL}|{_COPY}|(?:c'est|ce sont|celle"
    rf"|celui|celles|ceux|personne|agente?|dame|collegue|gens|service)(?: [^.;!?,]{{1,40}})? qui [^.;!?,]{{1,40}},)$"
    rf"|(?:{TURN_WORDS})$"
)
# Cues that tell where the data is, or once went, and do not ask to write there.
TELLING = re.compile(
    r"\bpar$|^\W*(?:releve|depend|ressort|competence|perimetre|domaine|responsabilite|attribution|charge|giron|portefeuille"
    r"|fait partie|provien|main|cote"
    r"|est |sont |se trouve|se passe|se fait|loge|heberge|bosse|base|chez|de chez|pour le compte|sous l'egide|reveni|revien"
    r"|incombe|appartien|confie"
    r"|delegue|remis|depose|verse|transfere|transmis|reference|externalise|sous-traite|reparti|partage|ventile|dispatche|eclate"
    r"|passe |mais|donne)"
)
# "c'est le conservateur, un vrai titre, M. Aubusson".
APPOSED = re.compile(
    r"\b(?:c'est|ce sera|ce serait|voyez|voir|contactez|demandez|appelez|interrogez|sollicitez|interlocut\w+ est|s'adresser au?"
    r"|adressez-vous au?)(?: a| avec| aupres de)?"
    r" (?:le|la|l'|les|notre|mon|ma|un|une|votre)?\s?[^.;!?,()]{2,40},(?: [^.;!?,()]{2,30},)?\s*$"
)
TURN = re.compile(rf"(?:{TURN_WORDS})$")
# The same further back in the clause: "il faut voir à la cuisine centrale avec M. Perrin".
POINTING_EARLIER = re.compile(
    r"\b(?:voir|voyez|contacte[rz]|adresse[rz]|rapproche[rz]|demande[rz]|sollicite[rz]|joindre|appele[rz]|ecri(?:re|vez)"
    r"|oriente\w*|transmet\w*|transmis|transfere\w*|interlocut\w+|essaye[rz]|solliciter)\b[^.;!?]{0,90}"
    r"(?:\b(?:avec|aupres d[eu]|vers|a|au|aux|par|chez|ou)|aupres d'|:|\()$"
)

_ADVERBS = (
    r"(?:(?:\s|,|\)|»|\")*(?:maintenant|desormais|aujourd'hui|bien|normalement|aussi|egalement|directement|sans doute"
    r"|peut-etre|probablement|surement|certainement|qui|elle|il|lui|eux|ils|elles|c'est|je pense|je crois"
    r"|me semble-t-il|a mon avis|en principe|actuellement|toujours|seule?|en revanche|par contre|lui-meme|elle-meme|ce sont"
    r"|qu'il faut|que vous (?:devez|pouvez)|qu'on doit|pour sa part|theoriquement|svp)\b){0,5}"
)
_CLITICS = r"(?:(?:vous|te|me|nous|le|la|les|en|y|se|leur|lui)\s|t'|m'|l'|s'(?:en )?|qu'il faut\s){0,3}"
_DOES = (
    r"(?:(?<=en )charge\b|(?:(?<=l')|(?<=les ))(?:a|ont)\b"
    r"(?= ?[.,;:!?)]| ?$| (?:tout|toute|tous|dans|sur|au|chez|en|peut-etre|surement|forcement)\b)"
    r"|(?<=se )charge\b|gere\w*|gerent|occup\w+|detien\w+|dispose\w*"
    r"|possede\w*|tien(?:t|nent|dra)|suit"
    r"|suivent|suivra|pilot\w+|produi\w+|(?:est|sont|etant|sera|serait|reste) (?:bien |plus |aussi |en fait "
    r"|toujours )?(?:en charge|chargee?s?|responsables?|competente?s?"
    r"|a meme|mieux plac\w+|(?:votre|le|la|les|l'|notre|ma|mon|leur)\s?(?:\w+ ){0,2}?(?:interlocut\w+|contacts?|personnes?"
    r"|referente?s?|correspondante?s?|responsable|remplacante?|gestionnaire|successeur|suppleante?|chef\w*|expert\w*"
    r"|specialiste|pilote|detent\w+|service)|en copie|au courant|dans la boucle|joignable|a contacter|a votre disposition"
    r"|disponible pour|celui|celle|ceux|sur ce dossier|sur ce sujet)"
    r"|pourr\w+|peu(?:t|vent) (?:\w+ )?(?:vous|te|t'|l'|le|la|les|fournir|repondre|faire|extraire|aider|envoyer|donner)"
    r"|peu(?:t|vent)\b(?! pas)|saura\w*|sai(?:t|vent)|devrai\w+ (?:avoir|pouvoir|etre|l'avoir|les avoir|savoir|vous|te|t'"
    r"|posseder|disposer|detenir)|doi(?:t|vent) (?:avoir|pouvoir|etre (?:en mesure|capable|a meme)|l'avoir|les avoir"
    r"|en avoir|savoir|vous|te|posseder|disposer|detenir|valider|donner|signer|autoriser)|(?:sera|seront) (?:en mesure"
    r"|a meme|plus a meme|mieux|apte|ravie?|capable|l'interlocut|votre|ton|le contact)|(?:va|vont) (?:vous|te|t'|l'|les|s'en"
    r"|prendre|reprendre|faire|regarder|nous)|repondr\w+|enverra\w*|recontacter\w*|contactera\w*|rappellera"
    r"|reviendra|reprend\w*|prend(?:ra)?\b|prennent|(?:a|ont|avait|avaient|aura|auront)\s(?:la main|acces|(?:ca|cela|tout"
    r"|toutes?|les|la|le|l'|un|une|ce|cet|cette|ces|surement|peut-etre|forcement|normalement)\b|repris|monte|cree|fait"
    r"|herite|recupere|pris (?:la suite|le relais|ma suite|ma place)|en charge|constitue|realise|developpe|bati)"
    r"|ont\b|aura\b|auront\b|remplac\w+|conna\w+|centralis\w+|maitris\w+|valide\w*|administr\w+|assur\w+|trait\w+|conserv\w+"
    r"|met\b|mettent|instrui\w+|exploit\w+|saisit|saisissent|alimente\w*|collect\w+|recens\w+|coordonn\w+|fait\b|font\b"
    r"|en est|est cheff?e|heberg\w+|stock\w+|archiv\w+|elabor\w+|prepar\w+|a ca|travaille\w* (?:la-dessus|dessus|sur)"
    r"|recupere\w*|succede\w*)"
)
DOES = re.compile(rf"[\s),»\"]*(?:,[^,.;!?]{{1,70}},)?{_ADVERBS}\s*,?\s*{_CLITICS}{_DOES}")
ASKED = re.compile(
    r"[\s),»\"]*(?:,[^,.;!?]{1,60},)?\s*(?:(?:lui|elle|eux),? )?(?:oui\b|,?\s?(?:que|qui|qu')\s?(?:je|nous)?\s?(?:mets|met|mettons|suis|est"
    r"|ai mise?)?\s?(?:en copie|en cc|ci-dessus|en cc)|en copie|est a contacter|a contacter|peut-etre\b|sans doute\b|\?"
    r"|qu'il faut|que vous devriez|que tu devrais"
    r"|qu'il faudrait|a qui (?:il faut|vous)|est la personne|, c'est (?:lui|elle|eux)\b)"
)

# "C'est Léa qui met à jour la page, mais elle ne fait que recopier"
ONLY = re.compile(r"[^.;!?]{0,70}\b(?:mais|sauf qu'?e?|seulement) ?(?:elle|il|elles|ils) n[e']")
GONE = re.compile(
    r"[\s),»\"]*(?:,[^,.;!?]{1,40},)?\s*,?\s*(?:qui |elle |il |mais il |mais elle )?(?:(?:est|etait|sont|ayant|etant"
    r"|vient) (?:desormais |maintenant |deja )?(?:morte?\b|mortes?\b|plus la\b|plus de ce monde|parti\w*|a la retraite"
    r"|en retraite|retraite\w*|decede\w*|mute\w*|de partir"
    r"|de quitter)|n'est plus|ne sont plus|n'y est plus|a quitte|ont quitte|ayant quitte|nous a quitte"
    r"|a pris sa retraite|a change de|a ete mut|a demissionne|s'en est alle|prend sa retraite|nous quitte|a rejoint"
    r"|part a la retraite|part en retraite|ne travaille\w* plus|a mute"
    r"|ne fait plus partie)"
)
DOES_NOT = re.compile(
    r"[\s),»\"]*(?:,[^,.;!?]{1,40},)?\s*(?:qui |elle |il )?(?:n'|ne )(?:(?:s'en|en|s'|y|les|l'|le|la|vous|nous"
    r"|plus) ?){0,2}\s?(?:gere\w*|occup\w+|charge\w*|detien\w+|a\b|ont\b|est|sont|sai\w+|dispose\w*|possede\w*|suit|suivent"
    r"|fait|font|tien\w+|peu\w+|pourra\w*|traite\w*|produi\w+|saura\w*|repond\w*|concerne\w*|releve\w*)"
)
# "C'est Laetitia qui l'alimentait": it is no more; "qui avait repris" and "qui pourrait" still hold.
WAS_DOING = re.compile(
    r"[\s),»\"]*(?:,[^,.;!?]{1,40},)?\s?qui (?:(?:s'en|en|les|l'|le|la|s'|y|vous|nous) ?){0,2}(?!avait|avaient|\w*rai(?:t"
    r"|ent)\b|fait\b|sait\b|connait\b|parait\b)\w{2,}(?:ait|aient)\b"
)
WAS = re.compile(
    r"[\s),»\"]*(?:qui )?(?:(?:s'en|en|les|l'|le|la|s'|y) ?){0,2}\s?(?:gerait|geraient|occupait|tenait|suivait|avait|avaient"
    r"|etait|etaient|detenait|pilotait|faisait|traitait|assurait|produisait)\b"
)
AWAY = re.compile(
    r"[\s),»\"]*(?:qui |elle |il )?(?:est|sera|etant|etait) (?:actuellement |malheureusement )?(?:absent\w*|en conge\w*"
    r"|en arret|en vacances|en formation|indisponible|souffrant\w*|en deplacement)"
)

DENIED = re.compile(
    r"(?:"
    r"(?:ce|c') ?(?:n'est|n'etait|ne sont|est|n est|ne serait|ne sera|ne doit)(?: \w+)? (?:pas|plus)(?: etre)?(?: (?:a|au"
    r"|aux|chez|avec|du cote d[eu']))?"
    r"|(?:ne|n')[\w' -]{0,18}\b(?:pas|plus|jamais|surtout pas|plus la peine)(?: (?!hesit|manqu)[\w'-]+){0,4}?(?: (?:a|au|aux"
    r"|par|avec|aupres d[eu's]|vers|chez|de|du|des|d'))?"
    r"|(?:pas (?:la peine|besoin|necessaire|utile)|inutile|evite[rz]?|plus la peine)(?: (?:de|d'))? ?(?:[\w'-]+ ){0,4}?(?:[\w'-]+)?"
    r"|(?:plutot|autre|au lieu|a la place) (?:que|de|du|des)(?: chez| a| au| avec)?"
    r"|rien a voir avec|(?<!en )rapport avec"
    r"|(?:et |mais )(?:non|pas|surtout pas)(?: (?:chez|a|au|par|avec|du|de))?"
    r"|\bsans (?:passer par|contacter|solliciter|voir|consulter)"
    r"|(?:^|[.,;:!?(] ?|\s)(?:surtout pas|pas|ni|non pas|plus)(?: (?:chez|a|au|aux|par|avec|du|de|moi ni))?"
    r")$"
)
_NOT_DENIED = re.compile(
    r"hesit\w*|manqu\w*|(?:ne|n')[\w' ]{0,12}\b(?:ai|a|avons|sais|savons|gere|gerons|detenons|dispose|disposons|connais"
    r"|trouve|suis|sommes|ont|possede|possedons|vois|peux)\b|pourquoi pas|pas (?:chez |pour |a )?(?:nous|moi)\b"
)
HISTORY = re.compile(
    r"(?:\b(?:avant|auparavant|autrefois|jadis|anciennement|precedemment|historiquement|a l'epoque|jusqu'(?:en|a|au|aux"
    r"|ici)[^.;!?]{0,30}|jusque-la|dans le temps|jusqu'alors)[ ,]*(?:c'etait|cetait|c'est|ct|il y avait|par)?"
    r"|c'etait|etai(?:t|ent) (?:\w+ )?(?:gere|tenu|suivi|fait|pilote|assure|detenu|saisi)e?s? par)$"
)
REPORTED = re.compile(r"(?:\bque|\bqu'?)\s?(?:c'etait|ct)$")
INSTEAD = re.compile(
    r"(?:(?:a la )?place|en remplacement|(?<!par )remplace|successeure?|remplacante?|la suite|ma suite|succede|predecesseur"
    r"|depart|absence|conge\w*|retraite|arret|mutation|retour|deces|arrivee|nomination|l'attente) (?:de|du|des|d'|a|au)$"
    r"|\bremplace$|succede a$"
)
THANKED = re.compile(
    r"(?:^|[.!?,;:\n] ?)(?:bonjour|bonsoir|salut|hello|hi|coucou|dear|cher|chere|chers|rebonjour|re|merci|mille mercis"
    r"|un grand merci|grand merci|bravo|remerci\w+|bonne journee|thanks|thank you)(?: (?:beaucoup|bien|encore|a vous|a toi"
    r"|d'avance|vivement))*(?: ?,)?(?: (?:a|au|aux|et))?$"
)
PAST = re.compile(
    r"(?:\b(?:j'ai|nous avons|on a|avons|j'avais|nous en avons|j'en ai|ai) (?:deja |aussi |bien |egalement "
    r"|moi-meme )?(?:demande|contacte|vu|parle|interroge|sollicite|pose|relance|ecrit|appele|eu|rencontre|fait le point"
    r"|echange|evoque|travaille|laisse|recu|prepare|valide|fait)\b[^.;!?]{0,50}"
    r"|\b(?:je|nous|on) (?:peux|pouvons|pourrais|peut) (?:en |lui |leur )?(?:parler|demander|poser|voir)\b[^.;!?]{0,40}"
    r"|\b(?:je|nous|on) (?:me renseigne|nous renseignons|verifie|verifions|vais (?:voir|demander|me renseigner|verifier"
    r"|interroger|en parler|faire le point|regarder|relancer)|(?:regarde|vois|voyons) (?:[\w'-]+ ){0,3}(?:avec|aupres|si)"
    r"|demande|demandons|interroge|relance|attends|attendons|fais le point)\b[^.;!?]{0,40}"
    r"|(?:comme )?convenu [^.;!?]{0,12}|\b(?:d'apres|selon|dixit|suite a|vu|en lien|en accord|de la part|en collaboration"
    r"|en reunion)(?: [^.;!?,]{0,30})?(?:\bavec|\bde|\bdu|\bd'|\bpar|\ba|apres|selon|dixit)?)$"
)
_PASSED_ON = re.compile(r"transmis|transfere|fait suivre|redirige|relaye|remis|confie|oriente")
AS_ONESELF = re.compile(r"\ben (?:tant|qualite) (?:que |qu'|de |d')[^.;!?]{0,60}$")
# An enumeration opened earlier in the sentence: "plusieurs pistes : A pour les bornes, B pour le reste".
LISTED = re.compile(
    r"\b(?:pistes?|contacts?|interlocut\w+|coordonnees|personnes (?:a contacter|ressources)|reparti\w* (?:[\w'-]+ )?entre"
    r"|partage\w* entre)\b[^.;!?]{0,400}$"
)
OURSELVES = re.compile(
    r"(?:\b(?:me|moi|nous)\b[^.;!?\n]{0,40}|\bm'(?:appeler|ecrire|envoyer|adresser|joindre|contacter)[^.;!?\n]{0,30}"
    r"|\b(?:mon|ma|mes|notre|nos)\b(?: \w+){0,2} (?:numero|ligne|portable|tel\w*|mail|adresse|poste|courriel|bureau|boite"
    r"|fixe|mobile)[^.;!?\n]{0,25}"
    r"|\bmon (?:numero|portable|tel\w*|mail|adresse|poste|courriel|mobile|fixe)[^.;!?\n]{0,25}|\bma (?:ligne"
    r"|boite)[^.;!?\n]{0,25}|\b(?:je suis|je reste|je serai|on est|nous sommes|nous restons) [^.;!?\n]{0,50}|\b(?:moi|ici"
    r"|je m'appelle|je soussigne|je soussignee)[ ,:]{0,3}|(?:appelle|rappele|appele|ecri|contacte|joign|rappelle)\w*-(?:moi"
    r"|nous)[^.;!?\n]{0,20})$"
)
SENT_BY_US = re.compile(
    r"\b(?:j'ai|nous avons|on a|a ete|ont ete|avons|l'ai|avions) [^.;!?]{0,20}(?:envoye|adresse|ecrit|recu|depose|mis"
    r"|transmis)\w*[^.;!?]{0,40}(?:\ba|\bau|\baux|\bde|\bsur|\bpar|\bdu)$"
)
TO_ANSWER = re.compile(r"[^.;!?]{0,20}\b(?:de (?:vous|te|t'|les)|pour (?:qu|vous)|afin qu|qui (?:vous|te|pourra|saura))")
COPIED = re.compile(r"\ben (?:copie|cc)\b|\bje (?:vous |te )?mets en copie\b|\bcc'?d\b|\bin cc\b|\bcopying\b")


def is_denied(before: str) -> bool:
    """Tell whether what stands before a name says not to write to it: "ne passez pas par", "ce n'est plus", "plutôt que"."""
    found = DENIED.search(before)
    return found is not None and _NOT_DENIED.search(found.group()) is None


def is_told_past(before: str, after: str) -> bool:
    """Tell whether the writer only speaks of what they did or will do themselves: "j'ai demandé à", "je me renseigne auprès de"."""
    found = PAST.search(before)
    if found is None or _PASSED_ON.search(found.group()):
        return False
    return TO_ANSWER.match(after) is None
