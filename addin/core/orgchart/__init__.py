"""The organigramme de la donnée: who was asked for each data set, who pointed to whom, who holds it."""
