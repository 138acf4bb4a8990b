"""The words that name companies and other outside bodies. All without accents and in lower case."""

from addin.core.understanding.people.wordlist import listed

# Nouns that belong to a company's or a body's own name: "la société Hydralis".
NAMED_BODIES = listed("""
agence amicale association atelier bailleur bet btp cabinet clinique club collectif compagnie cooperative entreprise entreprises
etablissement etablissements ets federation filiale fondation fonderie garage gie groupe imprimerie labo laboratoire mutuelle regie sa
sarl sas sasu scic scop sem societe societes spl start-up startup studio syndicat tp transports
""")

# What a company is to the authority; not part of its name: "notre prestataire Hydralis".
SUPPLIERS = listed("""
concessionnaire delegataire delegataires editeur exploitant fermier fournisseur gestionnaire hebergeur integrateur logiciel mainteneur
operateur partenaire partenaires prestataire prestataires sous-traitant titulaire
""")

LEGAL_FORMS = listed("""
collectivites conseil consulting eclairage energie energies environnement epic eurl france gie group groupe informatique ingenierie
logiciels mobilites numerique proprete propretes restauration sa sarl sas sasu scic scop sem semop services snc software solutions spl
systemes systems technologie technologies
""")

# Words that end the name of a public body: "Nantes Métropole".
BODY_ENDINGS = listed("""
agglo agglomeration communaute developpement energie energies habitat interco intercommunalite metropole mobilites numerique tourisme
""")

COMPANIES = listed("""
ademe arpege berger-levrault bouygues cerema ciril citelum citeos dalkia data4citizen docaposte edf effia eiffage elior enedis engie
esri grdf ign indigo insee jcdecaux jvs keolis onf opendatasoft orange ratp rte saur sepamat sfr sncf sodexo spie suez transdev veolia
vinci
""")
