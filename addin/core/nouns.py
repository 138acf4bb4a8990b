"""Nouns that open the titles of local public data, with their gender, and the sounds that call for an elision.

The lists are ours. A noun that is not here is never guessed: core/titles then names "le jeu de données « … »".
"""

import re
import unicodedata
from typing import Literal

from msgspec import Struct


def _listed(words: str) -> list[str]:
    return words.split()


MASCULINE = _listed("""
abattoir abonnement abonné abri abribus accès accident accord accueil achat acheteur acte acteur adhérent administré adolescent aérodrome
aéroport affichage agenda agent agrément agriculteur aidant aliment allergène allocataire amendement aménagement amphithéâtre an animal
animateur anniversaire annuaire aperçu appareil appartement appel apport aqueduc arbre arbuste archipel architecte arrêt arrêté
arrondissement artisan artiste ascenseur aspirateur assainissement assistant atelier atlas auditeur auditorium autobus autocar autorail
avenant avis axe azimut âge bac bain balayage banc bar barème barrage bassin bateau bâtiment besoin bénéficiaire bénévole bien bien-être
bilan billet bleuet bloc bois boisement boulevard boulodrome bouquet bouquiniste bourg bout bruit budget buisson bulletin bureau bus
cadastre cadre café calcul calendrier camion camping canal candidat canton capteur car carburant carnet carrefour carré carton cas casier
catalogue ceinturon centre certificat cépage champ changement chantier chargeur chariot chauffage chef chef-lieu chemin chèque chêne chien
chiffre choix chômage ciment cimetière cinéma circuit classement client climat club code coefficient colis collecteur collectif collège
collégien comité commerce commerçant commissariat complexe comportement compostage composteur compte compte-rendu compteur concert
concessionnaire concours conducteur conseil conseiller conservatoire consommateur constat contact conteneur contenu contour contrat
contribuable contrôle convoi coproduit corridor couloir coupon courant courrier court court-métrage couvert covoiturage côté crédit
crématorium créneau cru cycle cycliste danger degré demandeur dessin débat débit débitmètre décès déchet décompte décret défibrillateur
déficit délai délégué délit démarchage déménagement dénombrement département dépistage déplacement dépôt député dérèglement détail
détecteur développement déversement diagnostic dialogue diplôme directeur dispensaire dispositif district document dojo domaine domicile
don donateur dossier drainage droit dysfonctionnement effectif emballage embranchement emplacement emploi emprunt emprunteur encart
encombrant enduit enfant engagement engin engrais enjeu enrobé enseignant enseignement ensemble ensoleillement entrepôt entretien
environnement ermitage escalier espace essai examen excédent exercice exploitant exposant extincteur extrait échange échangeur échantillon
éclairage écobuage écocompteur écoquartier écran édifice éditeur égout électeur élevage élève élément élu équipement établissement étage
étang état été étiage étudiant évènement événement fablab facteur festival feu fichier financement flux foncier fonctionnaire
fonctionnement fonds forage formulaire forum fossé fournisseur foyer frais franchissement fruit funérarium garage gardien gaz giratoire
gisement gîte glacier glissement golf goûter gradin graphique groupe groupement guichet guide gymnase habitant habitat hall hameau
handball handicap hangar haras hébergement hélicoptère héritage hippodrome historique hiver horaire horodateur hospice hôpital hôtel
hydrant hydrocarbure hymne identifiant immeuble impact impôt incendie incident index indicateur indicatif indice individu inscrit insecte
inspecteur instrument intercommunal internaute inventaire investissement itinéraire îlot jalonnement jardin jardinier jeu jeune job jour
journal juge jumelage jury justificatif kayak kilomètre kiosque kit label laboratoire lac lampadaire lauréat lavoir lecteur legs levé
légume licencié lien lieu lieu-dit linéaire lit livre local locataire logement logiciel loisir long-métrage lot lotissement loyer lycée
lycéen magasin magazine maillage maillon maintien maire mammifère mandat mandataire manuel manuscrit maraîcher marché marégraphe mariage
marquage marqueur marronnier massif matériau matériel membre menu message meublé mètre médicament mégot métier métro milieu mineur
ministère mobilier modèle module mois monument moteur mouillage moulin mouvement moyen mur muret musée musicien naissain navire néon nid
niveau nom nombre notaire notariat noyer nuage nuisible numérique numéro objectif objet observatoire obstacle océan octroi office oiseau
olivier ombrage opéra opérateur oratoire orchestre ordinateur ordre organigramme organisme orgue ouvrage ouvrier oxygène palais palmarès
panneau papier parc parcellaire parcmètre parcours parent parking parlement parrain parrainage partage partenaire partenariat particulier
passage passager passeport patient patrimoine pavage pavillon pays paysage peintre pensionnaire permis personnel pesticide petit-déjeuner
pèlerinage péage périmètre photographe piège piéton pigeonnier pilier pin plafond plan plancher planning plant plat platane plateau poids
point point-relais poisson pollen polluant pompier pont port portail poste potager poteau potentiel pourcentage pôle preneur presbytère
prestataire prélèvement prénom président prêt prix processus procès-verbal procédé producteur produit professeur professionnel profil
programme projet promeneur propriétaire prospect public puits pylône quai quartier questionnaire quota quotient radar rail randonneur rang
rappel rapport ratio rayon rayonnage recensement recours recruteur recueil recyclage redevable refuge regard registre relais relevé
remblai remboursement rempart rendement rendez-vous renouvellement renseignement repas repère report reportage repos représentant
restaurant retard retour retraité revenu rez-de-chaussée règlement réacteur récepteur référentiel réfugié régime répertoire répondant
réseau réservoir résident résultat risque riverain robinet rond-point rucher ruisseau rûcher sac salaire salarié salon sanctuaire
sanitaire sapeur-pompier sapin scénario schéma scrutin secours secrétariat secteur semestre senior sentier service seuil séchage séisme
séjour sénateur siège signal signalement silo site skatepark slogan socle sol solaire solde sommet sondage sous-sol sport square stade
stage standard stationnement statut stock stockage studio suivi sujet supermarché support surcoût surplus sursis syndicat système tabac
tableau tapis tarif taux taxi temps terrain terrassement territoire télescope téléphone téléservice témoignage thermomètre théâtre
tiers-lieu tilleul timbre titre titulaire toit tonnage torrent tourisme touriste tournage tournoi tracé trafic train trait traitement
trajet tramway transfert transformateur transport travail travailleur tremblement trésor tri trimestre tronçon trophée trottoir tumulus
tunnel type urbanisme usage usager ustensile vaccin vaccinateur vainqueur vendeur vent verger verre versement vestiaire vestige végétal
véhicule vélo vélodrome vétérinaire viaduc vide-grenier vignoble village vin visiteur vivier voisin vol volet volontaire volume votant
vote voyage voyageur vœu wagon zonage zoo
""")

FEMININE = _listed("""
abbaye absence abstention accessibilité acquisition action activité adduction adjudication administration admission adresse aération
affaire affectation affiche affluence agence agglomération agression agriculture aide aire alerte algue alimentation allée allocation
alternance ambition amende amélioration analyse animation annexe annonce annulation antenne arcade archive arène arrivée artère assemblée
assiduité assiette assistance association assurance attente attestation attraction attribution auberge audience authentification
autorisation autorité autoroute avalanche avancée avenue baignade balade balance balise bande banque banquette barrière base basilique
bataille berge bergerie bibliothèque bicyclette billetterie biodiversité boisson boîte borne bouche boucle boulangerie bourse boutique
branche brasserie brève brigade brocante brochure buvette cabane cabine caisse caméra campagne canalisation candidature cantine capacité
capitainerie capture caractéristique carrière carte cartographie cascade caserne caution cave cellule centrale centralité certification
célébration cérémonie chambre chapelle charge charte chasse chaudière chaufferie chaussée châtaigneraie cheminée chênaie chose chronique
chute circonscription circulation citerne cité classe classification clef clé clinique cloison clôture coalition collecte collection
collectivité colline collision colonie colonne commande commémoration commission communauté commune communication compagnie compensation
compétence compétition composition comptabilité concentration concertation concession condition conduite conférence connexion consigne
consommation construction consultation contravention contribution convention convocation coopération coopérative coordonnée copropriété
corniche correspondance cotisation couche coupure cour courbe course couverture côte crèche création croissance cuisine culture cuve date
demande densité description desserte destination dette devise décharge déchetterie déchèterie décision déclaration décoration décote
découverte déduction défaillance défense définition dégradation délégation délibération délimitation délinquance démarche démographie
démolition dépendance dépense dépêche dictée digue direction discipline discothèque disponibilité distance distinction distribution
diversité division documentation domiciliation donnée dotation douche durée dynamique eau efficacité effraction empreinte emprise enceinte
enfance enquête enseigne entité entreprise entrée enveloppe escale espèce espérance essence estacade estimation excavation exception
exécution exonération expertise expérimentation exploitation exportation exposition expulsion extension extinction extraction échelle
échéance échographie éclosion écluse école économie écriture édition éducation église élection électricité élimination émission énergie
éolienne épaisseur épave épicerie épreuve équipe érosion étape étendue étiquette étude évacuation évaluation évolution fabrication facture
faculté façade faille famille fauche faune fenêtre ferme fermeture ferraille feuille fête fiche figure filière finance fiscalité flore
flotte foire fonction fondation fontaine forêt formalité formation forme formule fosse fourchette fourniture fourrière fraction fréquence
fréquentation friche frontière fuite fusion galerie garantie garde garderie gare gendarmerie gestion géographie géologie glacière
gouttière graine grandeur grange grève grille grotte habitation haie halle halte haltérophilie hauteur herbe heure histoire homologation
hydrographie hygiène hypothèse identification identité illumination image immatriculation implantation importation imposition impression
incidence inclusion indemnité indication industrie information infraction infrastructure initiative injection innovation inondation
inscription insertion inspection installation instance institution instruction insularité intensité intention intercommunalité
interdiction interruption intervention invalidation invasion invitation irrigation isolation issue île jachère jardinerie jauge jetée
jeunesse journée jurisprudence justice lagune laiterie lande langue laverie lecture lettre légende législation liaison librairie licence
ligne limite lisière liste litière littérature livraison location locomotion logistique loi longueur loterie ludothèque luminosité lutte
magistrature mairie maison majorité maladie manifestation marche mare marée marge marina marque masse maternelle maternité matière menace
mensualité mention mesure mémoire métadonnée météo méthode métropole micro-crèche micro-entreprise minorité minute mise mission mixité
mobilité modalité modification moisson monnaie montagne montée mosquée motion moyenne municipalité musique mutation mutuelle nage
naissance nappe natation nationalité nature navette navigation neige négociation nomenclature nomination norme note notice notification
notion nuance nuisance nuit numérotation obligation observation obstruction occupation offre olympiade ombrière opération opposition
option ordonnance organisation orientation origine orthophotographie ossature ouverture page palette panne parcelle parité paroisse parole
part participation parure passerelle pastille patinoire pauvreté pâture peinture pelouse pension pente perception performance permanence
permission personne perspective perte perturbation pépinière période pharmacie phase photo photographie pièce piscine piste place plage
plaine plainte planche planification plante plaque plate-forme plateforme pluie pluviométrie poche poésie police politique pollution pompe
ponctualité population porte portée position possibilité poubelle poussière pratique pression prestation précipitation prédiction
préfecture préférence présence présentation préservation présidence prévention prévision prime priorité prise prison probabilité
procession procédure production profession profondeur programmation progression projection promenade promesse promotion propagation
proportion proposition propreté propriété protection provenance provision proximité publication publicité qualité quantité question
quittance radio rampe randonnée ration recette recharge recherche recommandation reconnaissance redevance relation relève remise rencontre
rente représentation reprise requête ressource restauration restriction retenue revalorisation revue réalisation réclamation récolte
récompense réconciliation rédaction réduction référence réforme régie région réglementation régulation rémunération rénovation réparation
répartition réponse réservation réserve résidence résistance résolution rétention réunion réussite réutilisation richesse rive rivière
robe ronde rotation roue route rubrique ruche rue ruelle ruine rupture saison salle salubrité sanction santé satisfaction sauvegarde scène
scolarisation scolarité section semaine serre servitude session séance sécheresse sécurité série signalétique signalisation signature
situation société solidarité solution sonorité sortie source sous-préfecture sous-station souscription spécialité sphère station
statistique stratégie structure subvention succession suggestion superficie suppression surface surveillance survie synagogue synthèse
table taille tarification taxe tâche technique technologie température tempête tendance tension terrasse terre thématique toilette tombe
tonne tonte topographie toponymie tournée trace traçabilité trame tranche transaction transformation transition transmission traversée
trésorerie tribune tuyauterie typologie unité université urbanisation urgence urne usine utilisation vacance vaccination valeur validation
valorisation vanne variation vedette veille vente verbalisation verdure version végétation vérification viabilité viande victime vidange
vidéo vidéoprotection vie vigilance vigne vignette villa ville visite vitesse vitrine voie voirie voiture voix volonté vue vulnérabilité
zone œuvre
""")

# Nouns whose singular already ends in s, x or z, which titles of data use in the plural.
PLURAL_BY_USE = frozenset(_listed("avis colis frais permis repas rendez-vous"))

# "Cours" is a lesson, several, or several yards: only what follows tells (core/titles knows "cours d'eau").
AMBIGUOUS = frozenset({"cours"})

IRREGULAR = {
    "travaux": "travail",
    "vitraux": "vitrail",
    "baux": "bail",
    "coraux": "corail",
    "lieux-dits": "lieu-dit",
    "procès-verbaux": "procès-verbal",
    "chefs-lieux": "chef-lieu",
    "comptes-rendus": "compte-rendu",
    "ronds-points": "rond-point",
    "tiers-lieux": "tiers-lieu",
    "points-relais": "point-relais",
    "plates-formes": "plate-forme",
    "micro-crèches": "micro-crèche",
    "sapeurs-pompiers": "sapeur-pompier",
    "vide-greniers": "vide-grenier",
    "sous-préfectures": "sous-préfecture",
    "sous-stations": "sous-station",
    "sous-sols": "sous-sol",
}

# Adjectives that stand before the noun; the article then follows the noun for its gender and the adjective for its sound.
BEFORE_THE_NOUN = frozenset(
    _listed("""
    ancien ancienne anciennes anciens autre autres beau beaux bel belle belles bon bonne bonnes bons différentes différents divers
    diverses futur future futures futurs grand grande grandes grands gros grosse grosses haut haute hautes hauts jeune jeunes long longs
    longue longues meilleur meilleure meilleures meilleurs moyen moyenne nouveau nouveaux nouvel nouvelle nouvelles petit petite petites
    petits premier premiers première premières principal principale principales principaux prochain prochaine prochaines prochains vieil
    vieille vieilles vieux
""")
)

# French words whose h is aspirated, or that take no elision all the same (onze, yaourt, ouistiti ...).
NO_ELISION = frozenset(
    _listed("""
    hache haie haies haine halage haleur hall halle halles halte halte-garderie haltes haltes-garderies hamac hameau hameaux handball
    handicap handicapé handicapés handicaps hangar hangars hanneton hanse haras harcèlement haricot haricots harpe hasard hauban hausse
    hausses haut haut-débit haute hautes hauteur hauteurs hauts havre hâte herse heurt hérisson hérissons héron hérons héros hêtraie hêtre
    hêtres hibou hiérarchie hip-hop hobby hockey holding homard honte hors hors-sol hotte houille houle housse hublot huée huit huitième
    hurlement hutte huttes onze onzième oui ouistiti uhlan ululement yacht yachts yaourt yaourts yoga yourte yourtes
""")
)

# Given names whose first h is mute, without accents; before any other h, "de" keeps its vowel (de Hamid, de Hans).
MUTE_H = frozenset(
    _listed("""
    hadrien hector helena helene helios heloise henri henriette henry herbert hercule hermance hermann hermine herve hilaire hilda
    hippolyte hortense honore honorine horace hubert hugo hugues huguette humbert hyacinthe
""")
)

# Words that open the name of a department or of an organisation, and so take an article.
BODIES = frozenset(
    _listed("""
    accueil agence association bibliothèque bureau cabinet cellule centre commune communauté conseil conservatoire crèche département
    direction école entreprise équipe établissement mairie médiathèque métropole mission office pôle police préfecture régie région
    secrétariat service société standard syndicat unité ville
""")
)

_VOWELS = frozenset("aeiou")


Gender = Literal["m", "f"]


class Noun(Struct, frozen=True):
    """Hold what an article must agree with. `same` is true of a noun written alike in both numbers (accès, bus, prix)."""

    gender: Gender
    plural: bool
    same: bool


def plain(word: str) -> str:
    """Give a word without accents, in lower case, ligatures undone, apostrophes straight."""
    undone = word.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae").replace("’", "'")
    return "".join(c for c in unicodedata.normalize("NFD", undone.lower()) if not unicodedata.combining(c))


_EXACT: dict[str, Gender] = {**dict.fromkeys(FEMININE, "f"), **dict.fromkeys(MASCULINE, "m")}
# Without accents "marche" is a market or a walk: such a word tells no gender.
_BOTH = {plain(word) for word in MASCULINE} & {plain(word) for word in FEMININE}
_PLAIN: dict[str, Gender] = {plain(word): gender for word, gender in _EXACT.items() if plain(word) not in _BOTH}
_BEFORE = frozenset(plain(word) for word in BEFORE_THE_NOUN)
_NO_ELISION = frozenset(plain(word) for word in NO_ELISION)


def noun(word: str) -> Noun | None:
    """Recognise a common noun, singular or plural, accents optional. Give None for any other word."""
    word = word.lower().replace("’", "'")
    if word in AMBIGUOUS:
        return None
    gender = _gender(word)
    if gender:
        return Noun(gender, word in PLURAL_BY_USE, word[-1] in "sxz")
    for one in _singulars(word):
        gender = _gender(one)
        if gender:
            return Noun(gender, True, False)
    return None


def _gender(word: str) -> Gender | None:
    return _EXACT.get(word) or _PLAIN.get(plain(word))


def _singulars(word: str) -> tuple[str, ...]:
    if word in IRREGULAR:
        return (IRREGULAR[word],)
    if word.endswith("aux"):
        return (word[:-1], word[:-3] + "al")
    if word.endswith(("s", "x")):
        return (word[:-1],)
    return ()


def goes_before(word: str) -> bool:
    """Tell whether a word is an adjective that stands before its noun."""
    return plain(word) in _BEFORE


def elides(word: str) -> bool:
    """Tell whether le, la, de lose their vowel before this common word: a vowel, a mute h, y before a consonant."""
    key = plain(re.split(r"['\s]", word.replace("’", "'"), maxsplit=1)[0])
    if not key or key in _NO_ELISION or key.split("-")[0] in _NO_ELISION:
        return False
    if key[0] == "y":
        return len(key) > 1 and key[1] not in _VOWELS
    return key[0] in _VOWELS or key[0] == "h"
