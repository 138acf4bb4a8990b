"""The words that name the departments of an authority and other public bodies. All without accents and in lower case."""

from addin.core.understanding.people.wordlist import listed, phrases

# Nouns that open the name of a department and need a complement ("service" alone names nobody).
HEADS = listed("""
abattoir academie accueil agence agglo agglomeration amicale antenne archives association atelier bibliotheque brigade bureau cabinet
caisse camping capitainerie cellule centre centres chambre cinema club collectif college comite commissariat commission communaute
commune conseil conservatoire cooperative coordination creche creches crematorium decheterie dechetterie delegation departement
direction directions dispositif division ecole ehpad equipe espace etablissement etablissements federation ferme fourriere gendarmerie
groupe groupement guichet hippodrome hopital inspection institut intercommunalite ligue ludotheque lycee mairie maison mediatheque
metropole ministere mission musee observatoire office perception piscine plate-forme plateforme point pole prefecture rectorat refuge
regie region relais residence secretariat secteur section service services societe sous-prefecture standard station syndicat theatre
tresorerie unite universite ville
""")

# Those that are enough by themselves, after an article.
ALONE = listed("""
accueil agglo agglomeration amicale archives atelier bibliotheque cabinet capitainerie commissariat communaute conservatoire creche
crematorium decheterie dechetterie departement direction federation garage gendarmerie guichet hippodrome interco intercommunalite
ludotheque mairie mediatheque metropole ministere musee observatoire office perception piscine prefecture rectorat region secretariat
sous-prefecture standard syndicat theatre tresorerie
""")

# Single words that name a field of work; after a head noun, or alone after an article where a department is awaited.
TOPICS = listed("""
accessibilite accueil accueils achats action administration ads affaires agriculture aides aine aines animation animations archeologie
archi architecture archives arts assainissement assemblees associations associative assurance assurances ateliers batiment batiments
bibliotheque billetterie biodiversite bourses budget budgets cadastre cantine cantines carrieres carto cartographie cimetiere cimetieres
cinema circulation citoyennete climat cohesion collecte com comm commande commerce commerces communication compta comptabilite
concertation conges conseil contentieux controle cooperation courrier creches ctm cuisine cuisines culture cycles data debats decheterie
dechets dechetterie deliberations demographie deplacements developpement documentation domaine domanialite donnees droits eau eaux
eclairage eclairage-public ecoles ecologie economat economie editions education elec elections emploi energie energies enfance enquetes
enseignement enseignements entretien environnement equipements espace espaces espaces-verts etat etat-civil etudes evaluation
evenementiel evenementielle evenements exploitation facturation familles festivites finance finances fiscalite flotte foncier fonciere
formation formations funeraire garage geo geographie geomatique gestion guichet gymnases habitat handicap hygiene immobilier imprimerie
info information informatique ingenierie innovation insertion institutions intendance interieur international internet inventaire
inventaires investissements jardins jeunes jeunesse jumelages juridique justice lecture littoral location logement logements logiciels
logistique loisirs magasin maintenance maraichage marches materiel mediation memoire menage mer mobilite mobilites moyens musees musique
nature nettoiement nettoyage numerique observation observatoire occupation organisation orientation paie paies parcs parentalite
participation patrimoine paysage paysages peche periscolaire permis personnel petite piscine piscines planification pluvial pmi police
politique politiques population ports presse prevention projets proprete prospective protection protocole proximite qualite quartiers
recensement recettes recherche regie reglementation relations reprographie reseaux ressources restauration rh rh. risques routes rues
ruralite salles sante scolaire scolaires secretariat securite senior seniors serres sig social sociale sociales solidarite solidarites
spectacles sport sports stationnement statistique statistiques stocks subventions surete systeme systemes taxes telephonie terrains
thermique topo topographie tourisme trafic tranquillite transition transport transports travail travaux tresorerie urba urbain urbaine
urbanisme usagers vegetal vehicules velo velos vie vivant voirie voiries
""")

# Words that follow a field of work and still belong to the name.
QUALIFIERS = listed("""
administratif administratifs administrative administratives adultes animal animale artistique artistiques associatif associative
associatives bati batis central centrale centraux citoyenne citoyens civil civile civils collectif collectifs collective commerciale
communal communale communales communaux culturel culturelle culturelles culturels cyclable cyclables departemental departementale
departementales departementaux durable durables ecologique economique economiques educatif educative educatives energetique energetiques
enfance environnemental environnementale exterieur exterieures exterieurs externe externes familial familiale famille financier
financiere financieres financiers foncier fonciere foncieres funeraire general generale generales generaux graphique gratuit historique
historiques humain humaines immobilier immobiliere immobilieres industriel informatique informatiques insertion instructeur
intercommunal intercommunale intercommunales intercommunaux interieure international internationales interne internes jeune jeunesse
juridique juridiques local locale locales locaux medical medico-social metropolitain metropolitaine mixte mobile municipal municipale
municipales municipaux national nationale naturel naturels numerique numeriques paysager personnelles petite plein pluviales portuaire
potable prestations professionnel professionnelle propre public publics publique publiques regional regionale regionales regionaux
routier routiere routieres rural rurale rurales scientifique scolaire scolaires seniors social sociale sociales sociaux sportif sportifs
sportive sportives strategique strategiques support technique techniques territorial territoriale territoriales territoriaux thermique
touristique transversal unique urbain urbaine urbaines urbains usees vert verte vertes verts
""")

ACRONYMS = listed("""
ade adil adt afpa agence ars asvp ca caf cap caue cc ccas cci ccid cdg cias cma cnfpt coge cpam crige crous crt csu ctm cu dac dae-rh
daf dan dasc dcsi ddfip ddt ddtm deej dej dev dga dgac dge dgfip dgs dgst dir dircom dnum dosi dpe dpm dpo drac dreal drh dsi dsin dsit
dsiun dsp dst dsu dtic dtn dtsi ehpad epage epci epf eptb mel mjc onf opah osi ot otc petr pm pmi pnr ram rh rpe rssi scot sde sdea sdee
sdef sdes sdis sem semop siaep sias sictom siea siel sig sitcom sivom sivos sivu smictom smtc spanc spl syane sycotom syctom sydec
sydela tan tcl
""")

# Upper-case words that never name a body.
NOT_BODIES = listed("""
anssi api asap avec bal ban bcc bd bdtopo bonjour cada cdt cnil covid csv cu dae data decp des dia doc docx dpe dwg erp faq ftp fw fwd
fyi geojson gps gtfs ht html http https id insee-rp irve iso jpg json ko les mail merci mlle mme n+1 nb nom non ods odt ok open oui padd
pav pcrs pdf pdf/a pj plu plui pmr png pour ps qr rdv re rgpd rna rpg rtge scdl siren siret sms stp sur svp tel tr ttc tva une uri url
usb voir wfs wifi wms xls xlsm xlsx xml zac zan zip
""")

# Words that follow "service" and still name none.
NAMELESS = listed("""
adequat charge chargee chargees charges competent competente competentes competents concerne concernee concernees concernes dedie
demandeur detenteur gestionnaire idoine instructeurs interesse producteur productrice responsable voisin
""")

NAMELESS_PHRASES = phrases("""
bureau communautaire
bureau municipal
bureaux d' etudes
conseil communautaire
conseil municipal
equipe municipale
equipe projet
espace personnel
espace public
point d' acces
point presse
service administratif
service internet
service municipal
service public
services communaux
services municipaux
services publics
unite d' habitation
""")

# Whole names that stand without a head noun. A phrase wins over a single word.
PHRASES = phrases("""
accueil de loisirs
accueil periscolaire
action culturelle
action educative
action sociale
affaires culturelles
affaires financieres
affaires generales
affaires juridiques
affaires scolaires
affaires sociales
affaires sportives
amenagement
amenagement du territoire
amenagement urbain
application du droit des sols
archives communales
archives departementales
archives municipales
batiments communaux
bureau d' ordre
bureau des marches
cabinet d' architectes
cabinet du maire
cabinet du president
centre communal d' action sociale
centre de gestion
centre de loisirs
centre de supervision urbain
centre intercommunal d' action sociale
centre social
centre technique
centre technique municipal
chambre de commerce
chambre des metiers
com com
comcom
commune nouvelle
commande publique
communaute d' agglomeration
communaute de communes
communaute urbaine
conseil departemental
conseil municipal
conseil regional
controle de gestion
cuisine centrale
developpement durable
developpement economique
developpement local
direction generale
domaine public
droit des sols
droits des sols
eau et assainissement
eau potable
eaux pluviales
eclairage public
ecole de musique
ecologie urbaine
education nationale
enseignement superieur
espace france services
espace public
espaces publics
espaces verts
etat civil
finances publiques
france services
garage municipal
gens du voyage
gestion des dechets
gestion financiere
guichet unique
interco
lecture publique
maison de quartier
maison des associations
maison des jeunes
marches publics
mission locale
mobilier urbain
observation territoriale
occupation du domaine public
office de tourisme
office du tourisme
office public de l' habitat
open data
ordures menageres
parc auto
patrimoine bati
permis d' amenager
permis de construire
petite enfance
police municipale
police rurale
politique de la ville
prefecture
protection civile
protection des donnees
regie de l' eau
regie des eaux
regie municipale
relation usagers
relations aux usagers
relations internationales
relations publiques
relations usagers
ressources humaines
restauration collective
restauration scolaire
salle des fetes
secretariat de mairie
secretariat des assemblees
secretariat des elus
secretariat du maire
secretariat general
service technique
services administratifs
services generaux
services informatiques
services techniques
sous-prefecture
sports et loisirs
syndicat d' electricite
syndicat d' energie
syndicat d' energies
syndicat d' initiative
syndicat d' ordures menageres
syndicat de traitement
syndicat departemental d' energie
syndicat des eaux
syndicat intercommunal
syndicat mixte
systeme d' information
systemes d' information
trame verte
tranquillite publique
transformation numerique
transition ecologique
transition energetique
transition numerique
tresor public
urbanisme reglementaire
vie associative
vie culturelle
vie des quartiers
vie locale
vie quotidienne
vie scolaire
vie sociale
""")
