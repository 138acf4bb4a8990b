"""Words that are no name although a sentence may open with them, and words that never go on with a department's name. Without accents."""

from addin.core.understanding.people.wordlist import listed

ORDINARY = listed("""
a absent absente accord actuellement adjoint adjointe adresse adresses adressez adressez-vous afin agent agents ah ai aie aille ainsi
ajoutez alala aller allez allo alors aout apparemment appeler appelez appelle apres arbres as as-tu ask association attendez attends
attention attn au au-dela aucun aucune aujourd'hui auparavant aupres aussi autre autres aux avant avec avez-vous avis avons avril bah
base bases bcp beaucoup ben besoin bidule bien bientot bjr bon bonjour bonne bonsoir bref bsr budget but ca car cc cdlt cdt ce cela
celui cependant certaine certains certes ces cet cette ceux cf chaque chef cher chere chers chez ci-dessous ci-joint collegue collegues
comme comment commune concernant concernee consultez contact contacter contactez contacts coordonnees cordialement correspondant
correspondante cote coucou courage cours crois d'abord d'apres dans data de dear debut decembre dedans dela demande demander demandez
denis- depart depuis des desole desolee desolees desormais detient deux devrait dga dgs diable dieu dimanche directement directeur
directrice dispose dites doit dommage donc donnee donnees dont dossier dossiers dsl du ecole ecoles ecris ecrivez effectivement
egalement eh elle elles elles-memes elu elue en encore enfin ensuite entre entreprise envoyez equipe es essaie essayer essayez est et
etant etat euh europe eux evidemment exact excel excellente excusez export extraction facile faire fait faites faudra faut fevrier
fichier fichiers fin france fyi gere gerent grand grist gros haha hehe helas hello hep hi hier hmm ho hop hors houla hum ici idem il ils
information informations interlocuteur interlocuteurs interlocutrice internet interrogez inutile j janvier je jeu jeudi jeux joignez
joindre jour journee juillet juin jusqu'a juste l la le les leur liste listes logiciel lui lundi ma machin madame mademoiselle mai mail
maintenant maire mairie mais malheureusement marche marches mardi mars mdr me mel meme menus merci mercredi mes mesdames message
messieurs mieux moi moins mon monsieur mouais n'hesitez nan ne nextcloud ni noel nombre nombreux non nos not note notre nous nouveau
novembre nul numero objet octobre oh ok okay oki on ont open or orientez ou ouf ouh oui oula oups outlook paques par parce pardon
parfait pas passez personne personnes peut peut-etre peux pff pfff pilote piste pistes plan plans please plus plusieurs plutot portable
posez possible poste pour pourquoi pourra pourrait pourriez-vous pouvez pouvez-vous precision precisions prefet president presidente
prestataire probablement produit projet ps ptdr puis puisque qgis qu quand quant quel quelle quelqu'un quelqu'une quelques question qui
quoi rappel rapprochez rapprochez-vous re re-bonjour rebonjour referent referente regarde regardez rendez-vous renseignement
renseignements reponse responsable retour rho rien s'adresser sa sachez sais saisissez salut salutations samedi sans sauf sauriez savoir
se secretaire see selon semaine septembre sera seraient serait ses si sincerement sinon site six slt societe soit sollicitez sommes son
sont sous souvent speak subventions suis suite super sur surtout svp t ta tableau tableur talk tartempion teams tel telephone tente
tentez tes thank thanks the tiens tient tkt toi ton tournez-vous tous toussaint tout toute toutefois toutes transmis tres trois truc try
tu un une unetelle untel urgent va vendredi vers veuillez via ville vis visiblement vivement voici voila voir vois vos votez votre vous
voyez vraiment vu week-end wesh word yes yo you zut
""")

# After "service", "direction"…, these words open what is said of the department, not its name.
AFTER_A_NAME = ORDINARY | listed("""
a actuellement administre alimente assure assurent aura auront avait bonjour car centralise ci-dessus collecte concernes connaissent
connait conserve conservent cordialement dans demain demande demandera depuis desormais detiennent detient devraient devrait directement
disponible disponibles dispose disposent dit doit doivent donne donnent dont egalement en enverra envoie est-ce etaient etait
exclusivement exploite exploitent fait ferme font fut gerait gere geree gerent hier instruit interne intervient joignable joint l'
lui-meme m' merci met mettra n' normalement notamment nous ont ou parle pendant peut peuvent pilote pilotent possede possedent pourra
pourrait pourront precisement produisent produit produite publie publient qu' qu'elle qu'il que qui remplace repond repondra reste s'
s'en s'occupe saisit saura sauront semble serait seul seule seulement seuls sinon soit stp suit suivent suivie svp t' te tenu tenue
tiennent tient traite traitent travaille travaillent uniquement utilise utilisent valide valident viennent vient vous y
""")
