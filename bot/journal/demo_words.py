"""What do people of the demonstration say when nobody has an answer? Invented sentences, that name nobody.

(language, need understood or None, sentence); several say nearly the same, so that the review has something to group.
"""

from __future__ import annotations

PHRASES: tuple[tuple[str, str | None, str], ...] = (
    ("fr", None, "je cherche quelqu'un pour réparer ma machine à laver"),
    ("fr", None, "qui peut réparer une machine à laver pas cher"),
    ("fr", None, "réparer machine à laver svp"),
    ("fr", None, "où faire garder mon chien pendant l'hôpital"),
    ("fr", None, "quelqu'un pour garder mon chien une semaine"),
    ("fr", None, "je voudrais apprendre à nager, je suis adulte"),
    ("fr", None, "cours de natation pour adultes débutants"),
    ("fr", None, "j'ai trouvé des clés dans le hall, à qui les donner"),
    ("fr", None, "où donner mes vieux livres"),
    ("fr", None, "je veux donner des livres et des jouets"),
    ("fr", None, "prêter une remorque pour un déménagement"),
    ("fr", None, "aide pour déménager un frigo au 4e sans ascenseur"),
    ("fr", None, "qui aide à déménager sans voiture"),
    ("fr", None, "le jardin partagé a-t-il encore des parcelles"),
    ("fr", None, "je voudrais une parcelle de jardin"),
    ("fr", None, "cours de couture le soir"),
    ("fr", None, "apprendre la couture après le travail"),
    ("fr", None, "où imprimer une photo"),
    ("fr", None, "une salle pour fêter un anniversaire"),
    ("fr", None, "louer une salle pour un baptême"),
    ("fr", None, "je cherche une salle pas chère pour un mariage"),
    ("en", None, "where can I repair my bicycle on my own"),
    ("en", None, "somebody to repair a washing machine"),
    ("es", None, "busco a alguien para arreglar la lavadora"),
    ("ar", None, "أبحث عن قاعة لعيد ميلاد"),
    ("tr", None, "yetişkinler için yüzme kursu var mı"),
    ("ru", None, "где научиться шить вечером"),
    ("fr", "acces-soins", "aucun dentiste ne prend de nouveaux patients"),
    ("fr", "acces-soins", "le dentiste ne prend plus de nouveaux patients"),
    ("fr", "acces-soins", "un orthophoniste avec de la place"),
    ("fr", "acces-soins", "il faut attendre un an pour l'orthophoniste"),
    ("fr", "garde-enfants", "une garde le samedi, je travaille tôt"),
    ("fr", "garde-enfants", "garde d'enfant à 5 heures du matin"),
    ("fr", "apprendre-francais", "un cours de français le soir avec garde d'enfants"),
    ("fr", "apprendre-francais", "les cours du soir sont complets"),
    ("en", "apprendre-francais", "evening French classes are full everywhere"),
    ("fr", "demarches-administratives", "le guichet ferme avant que je finisse le travail"),
    ("fr", "demarches-administratives", "aucun rendez-vous avant trois semaines"),
    ("fr", "numerique-equipement", "un ordinateur d'occasion pour l'école"),
    ("fr", "numerique-equipement", "où trouver un ordinateur pas cher"),
    ("fr", "permis-vehicule", "une auto-école pas chère avec un traducteur"),
    ("fr", "logement-degrade", "la moisissure revient et personne ne répond"),
    ("fr", "logement-degrade", "personne ne répond pour la moisissure"),
    ("fr", "sejour-nationalite", "impossible d'avoir un créneau sur le site"),
    ("fr", "sejour-nationalite", "pas de créneau sur le site pour le renouvellement"),
    ("fa", "sejour-nationalite", "هیچ وقت خالی در سایت نیست"),
    ("fr", "traduction", "un interprète en dari pour l'hôpital"),
    ("fa", "traduction", "برای بیمارستان مترجم لازم دارم"),
    ("fr", "activites-jeunes", "rien pour les ados pendant les vacances"),
    ("fr", "activites-jeunes", "le centre est complet pour les vacances"),
)

REMARQUES = (
    "Pas de créneau avant trois semaines.",
    "La personne travaille aux heures d'ouverture.",
    "Refus par téléphone, sans motif écrit.",
    "Il manque une pièce que l'on n'obtient qu'en ligne.",
    "Personne sur place ne parle la langue.",
    "Deux bus pour y aller, avec une poussette.",
    "La personne préfère renoncer.",
)

REMARQUES_DE_REVUE = (
    "Vu avec la structure : à suivre le mois prochain.",
    "Demande qui revient : à porter au comité technique.",
    "Fiche à compléter après un appel.",
    "Partenaire prévenu.",
)
