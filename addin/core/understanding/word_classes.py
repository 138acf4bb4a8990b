"""Classes of words: who speaks, who else is there, what is held, made, sent, refused. One row a class, words of bare French.

A word that ends with "*" stands for all that begin so. A word may be in several classes.
"""

from collections import defaultdict
from functools import lru_cache

_ROWS = """
SELF je j nous on moi mon ma mes notre nos
OURS mon ma mes notre nos moi
YOU vous tu te toi votre vos ton ta tes
THEY il elle ils elles eux lui leur leurs celui celle ceux celles chacun chacune
THEM eux leur leurs
AI ai avons aurai aurons j'ai
HAS a ont possede possedent detient detiennent tient tiennent garde gardent dispose disposent
HAD avais avions avait avaient etait etaient etais etions faisait gerait tenait suivait eu
IS est sont c sera seront reste restent
AM suis sommes serai
HOLD detien* deten* possed* dispos* tien* tenons tenu* tenue* gard* conserv* ger* stock* archiv* heberg* administr* range* ranges possession
MAKE produi* etabli* saisi saisis saisie saisies saisissons rempli* aliment* note notons notes noter notee releve* relevons recens* compte comptons compter calcul* mesur* numeris* cartograph* collect*\
 centralis* instrui* attribu* exploit* encaiss* coche tape tapes redig* edit* suis suit suivons suivi suivie suivent inventori* inscri* enregistr* tiens maj elabor* compil* actualis* constitu* \
recopie* dresse* pointe* pointes realis* monte tiens pilot* dessin* repertori* controle* controlons
KEEPER responsab* charge detent* gestionnair* product* proprietair* depositair* competen* administrat* exploitant* auteur referent* concern* interlocut* occup* soins
SEND envoi* envoy* enverr* transmet* transmis* adress* joins joint joignons joindrai expedi* depos* livr* fourni* communiqu* parvenir parviendr* extrai* sors sortirai sortons remets remettrai passe passerai \
partage* prepar* glisse* balance* donne donner donnerai donnons tire tirer sortir recevrez recevras aurez auras ferai fais ressors retrouv* lance finalis* termin* livrerai copie tenir
TAKEIT servez sers prenez prends piochez disposition tabler comptez compte trouverez recevoir
LATER demain lundi mardi mercredi jeudi vendredi samedi semaine mois janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre noel vacances quinzaine huitaine bientot rentree des\
 retour foulee plus-tard fetes ensuite apres d'ici avant pour
SOON promis rapidement dans foulee delai temps pret prete prets pretes patience
POINT voir voyez vois adressez adresser contacte* demandez demande demander rapproch* appelez appeler interrog* sollicit* tournez tourner ecrivez ecrire essayez essaie essaye tente tentez saisissez saisir insistez \
passez joindre orient* renvoie renvoyer reoriente frapper toquez relanc* telephon* parlez cherchez regardez consultez allez
PASS transfer* transmets transmis suivre relaie relaye achemin* reachemin* redirig* aiguill* confie confiee remis copie suite relais main affecte* bascul*
ROLE chef cheffe chefs responsable* directeur directrice adjoint* collegue* referent* charge* technicien* ingenieur* agent* gestionnaire* secretaire* assistant* president* maire elu elue elus animat* tresorier* \
archiviste geomatici* documentaliste conservateur regisseur gardien* brigadier lieutenant conseiller* coordinat* remplac* success* predecess* prestataire dame gars mme monsieur madame m mr mlle webmestre
BODY service* direction* pole* bureau unite cellule secretariat guichet accueil atelier* mairie siege garage standard dsi drh rh dgs compta comptabilite finances urbanisme voirie sig ccas communication informatique \
etat-civil archives mediatheque bibliotheque ecole* creche* cuisine culture sports scolaire technique* police juridique logistique mobilites com reseau* mission equipe
OUT societe* entreprise* syndic* departement* region* agglo agglomeration communaute* metropole intercommun* prefecture etat prestataire* delegataire* fermier exploitant* bailleur* association* assoc federation \
office cabinet insee sdis pompiers caf cci dreal ddt ddtm ars ign enedis edf grdf sncf ademe inspection rectorat academie sivos sivu sivom smictom sictom sde* concession* fournisseur* editeur* \
agence parc ministere dgfip impots tresorerie pmi spanc onf epci scot epf eptb crige cdg academie atmo operateur* afficheur architecte* bet gestion epl spl sem hopital \
departementales departemental ad cooperat* fabricant* constructeur* contractant club* chambre concedant titulaire diffuseur intervenant* garagiste sarl sas sa studio
DELEG delegu* delegation affermage dsp concede* confie* sous-trait* sous trait* externalis* transfere* competence* mutualis* repris reprise marche contrat convention groupement depuis desormais dorenavant
AWAY chez la-bas ailleurs aupres cote entre
MEDIUM classeur* cahier* registre* tableau* excel base bases logiciel* extraction* feuille* pdf shapefile shp plan plans agenda* fichier* liste* listing* inventaire* export* couche* carte* csv tableur* calque* \
carnet* fiche* planning* calendrier* annuaire* dossier* document* bilan* rapport* catalogue* access geojson ods xlsx releve* etat serveur disque ordinateur ordi progiciel* application* appli outil* \
statistique* chiffre* donnee* information* info infos element* dictionnaire recapitulatif historique* recensement
HERE commun serveur disque bureau armoire tiroir poste partage dossier service maison interne chez ici locaux
PAPER papier* pdf scan* manuscrit* cahier* carnet* classeur* registre* photo* image* jpeg jpg word powerpoint dwg calque* bristol relie* stylo feutre crayon imprim* impression affiche panneau mur \
photocop* numeris* punais* traitement doc docx reli* main souche* calepin illisible bloc-notes mural* lambert
LOCK editeur bouton module extraire extraction* exporter export* automate portail mot-de-passe verrouill* ecran* devis api bloqu* ferme fermee proprietaire licence payant* passe code codes fabricant \
logiciel* progiciel* application* appli sortie sortir recuperer telecharg* captur*
REFUSE refus* interdi* secret* confiden* oppos* nominat* sensible* juridiqu* loi rgpd cnil contrefa* vie-privee prive privee communicab* divulg* question hors pature donnerai communiquerai \
montrer sortira quitt* diffuser publier publiera rendre public jamais defavorable veto negative
WHY personne* personnel* familles securite identi* protection droit droits elections politi* scrutin auteurs medical* professionnel* fiscal sociale*
APPROVE accord aval feu vert autoris* valid* signature signe approuv* approb* avis hierarchi* decid* tranch* permission visa banco deliber* oui ok commission comite relire
CHIEF maire dgs dga elu elue elus adjoint* direct* chef cheffe hierarchi* president* responsable n+1 dpo secretaire conseil cabinet commission comite
UNTIL tant avant sans attend* sous reserve condition si faut dois doit prealable* d'abord d'accord
PUBLISHED ligne site portail open opendata data public* publi* internet telechargeable* consultab* diffuse* geoportail gouv accessible* moissonn* plateforme rubrique onglet page web web moissonne affiche* paraît parait
ALREADY deja depuis
NONE aucun aucune rien zero neant nada personne jamais nul nulle ni nulle-part
NOT pas plus guere point non ne n sans
EXIST existe* exister
LOST perdu* detruit* disparu* brul* jete* jette pilon* supprim* cess* dissout* dissoute inexist* introuv* abandon* incendie cyber* mort
PART partie moitie seulement uniquement sauf hormis juste que manque* quelques certains certaines celles ceux reste uns autres partiel*
BUT mais revanche contre cependant toutefois seulement or
IGNORE ignore sais savoir savons saurais idee connais connaissons oriente saurait oriente* dire
SEEK renseign* regard* verifi* cherch* reviens revenons fouill* examin* demande pose poser
SAYS dites dis precis* expliqu* exactement saisis compris comprends comprendre voulez entendez cherchez souhaitez attendez quoi quel quelle quels quelles comment pourquoi sens
ASKED qui que quoi quel quelle quels quelles ou comment combien pourquoi quand
THANKS merci remerci* bravo felicit* initiative bonne bonnes joyeux voeux
MOVED retraite quitte rejoint mute mutee change parti partie poste depart recrut* succ* rempla* travaille hérit* herite ancien ancienne
NEED besoin aimerais aimerions souhaiterais voudrais club preneur preneuse utile interesse* interesserait faudrait cherchons
NAMED nom anonym* citer cite citee mentionn* figurer apparai* contact
USELESS interet utilite utile servir sert servira interess* lire inutile passionn* lubie
NEW debute nouveau nouvelle arrive viens decouvre stage apprenti stagiaire
HELPLESS aider utile renseigner impossible moyen
MISTAKE erreur tromp* mauvais mauvaise confond* confusion aiguille aiguillee renseigne bon bonne porte guichet
MAYBE peut-etre plutot semble crois pense sans-doute probablement serait dirais suppose possible
KNOWS saura sait connait pourra devrait renseigner aidera repondra repondre
WHOM qui celui celle
"""


def _table() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    whole: dict[str, list[str]] = defaultdict(list)
    begun: dict[str, list[str]] = defaultdict(list)
    for row in _ROWS.strip().replace("\\\n", "").splitlines():
        name, *words = row.split()
        for word in dict.fromkeys(words):
            (begun if word.endswith("*") else whole)[word.rstrip("*")].append(name)
    return {word: tuple(names) for word, names in whole.items()}, {word: tuple(names) for word, names in begun.items()}


_WHOLE, _BEGUN = _table()


@lru_cache(maxsize=20_000)
def classes_of(word: str) -> tuple[str, ...]:
    """Give the classes of one bare word, in no order that matters, each once."""
    found = list(_WHOLE.get(word, ()))
    for end in range(2, len(word) + 1):
        found += _BEGUN.get(word[:end], ())
    return tuple(dict.fromkeys(found))
