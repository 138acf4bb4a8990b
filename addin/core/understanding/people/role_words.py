"""The words that say what a person is: civilities, offices, ties of work. All without accents and in lower case."""

from addin.core.understanding.people.wordlist import listed

CIVILITIES = listed("docteur dr m m/mme madame mademoiselle maitre me melle mlle mme monsieur mr mrs ms")
# Nouns that introduce somebody of a body just named: "présidente : Mme Lescure", "leur webmestre, Joris".
INTRODUCERS = listed("""
adjoint adjointe agent agente animateur animatrice architecte archiviste assistant assistante benevole bibliothecaire binome boss
camarade cartographe charge chargee chef cheffe collegue comparse comptable conducteur conductrice confrere conseiller conseillere
conservateur conservatrice consoeur coordinateur coordinatrice coordonnateur coordonnatrice correspondant correspondante cuisinier
cuisiniere dame delegue deleguee dieteticien dieteticienne directeur directrice documentaliste economiste elu elue expert experte fille
garcon gardien gardienne gars geomaticien geomaticienne gerant gerante gestionnaire homologue informaticien informaticienne ingenieur
ingenieure instructeur instructrice intendant intendante interlocuteur interlocutrice juriste maire mec monsieur nana patron patronne
permanent permanente personne pilote president presidente prof referent referente regisseur regisseuse remplacant remplacante
responsable salarie salariee secretaire stagiaire statisticien statisticienne suppleant suppleante technicien technicienne titulaire
tresorier tresoriere type urbaniste voisin voisine webmaster webmestre
""")

# Ranks and titles said before a name written with a capital: "le lieutenant Bascou".
RANKS = listed("""
abbe adjudant adjudant-chef adjudante brigadier brigadier-chef brigadiere capitaine caporal chanoine colonel commandant commandante
commissaire lieutenant lieutenant-colonel lieutenante marechal professeur professeure sergent sergent-chef sergente soeur
""")
CIVILITIES_OF_MANY = listed("mesdames messieurs mlles mm mmes")

# What a person does, standing between a cue and a name: "voyez avec ma responsable, Isabelle Fournier".
ROLES = listed("""
actuel actuelle adjoint adjointe administrateur administratif administrative administratrice affaires agent agente alternant alternante
ancien ancienne animateur animatrice apiculteur apprenti apprentie architecte archiviste assistant assistante bibliothecaire binome bon
bonne boss brigadier cabinet cadre camarade cartographe certain certaine charge chargee chauffeur chef cheffe chefs clientele colleague
collegue collegues communal communale comptable conducteur conductrice conseiller conseillere conservateur conservatrice contact
coordinateur coordinatrice coordonnateur coordonnatrice correspondant correspondante cuisinier cuisiniere daf dame data delegue deleguee
deputy dessinateur dessinatrice dga dgs dieteticien dieteticienne directeur directrice documentaliste donnees dpo drh dsi dst economiste
elu elue equipe expert experte gars general generale geomaticien geomaticienne gerant gerante gestionnaire head hierarchique homologue
informaticien informaticienne ingenieur ingenieure instructeur instructrice interimaire interlocuteur interlocutrice jardinier juriste
maire-adjoint mairie maitre maitresse manager manageuse mission missions monsieur municipal municipale n+1 n+2 nouveau nouvelle
operateur operatrice patron patronne paysagiste personne preleveur president president-directeur presidente principal principale projet
projets redacteur redactrice referent referente regisseur regisseuse remplacant remplacante responsable rssi secretaire
secretaire-general service services seul seule sig stagiaire statisticien statisticienne successeur successeure successrice superieur
superieure technicien technicienne technique titulaire tresorier tresoriere tuteur tutrice urbaniste vice-president vice-presidente
webmaster webmestre
""")

# After a civility these name an office, nobody: "M. le maire".
OFFICES = ROLES | listed("""
depute deputee maire prefet prefete proviseur proviseure receveur receveuse tresorier tresoriere
""")
