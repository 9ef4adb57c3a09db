### Written differently at two places · Français

conflicts-title = Écrit différemment à deux endroits
conflicts-lead = Deux personnes ont écrit des choses différentes sans le savoir. Les deux sont gardées. Choisissez celle qui est juste ; l’autre reste dans l’historique.
after-closing = { $count ->
    [one] Une personne a été inscrite sur un autre nœud pendant la clôture. Elle est comptée ; vérifiez si elle a été servie
   *[other] { $count } personnes ont été inscrites sur un autre nœud pendant la clôture. Elles sont comptées ; vérifiez si elles ont été servies
}
conflicts-none = Rien n’attend un choix.
conflicts-board = { $count ->
    [one] Une chose a été écrite différemment à deux endroits
   *[other] { $count } choses ont été écrites différemment à deux endroits
}
conflict-by = écrit par { $name }, { $at }
conflict-values = { $count ->
    [one] une valeur
   *[other] { $count } valeurs
}
conflict-choose = C’est juste
conflict-open = Choisir
conflict-empty = rien
conflict-active = actif
conflict-inactive = plus actif
conflict-takes-place = Il a lieu
conflict-cancelled = Il est annulé
conflict-declined = a préféré ne pas répondre
conflict-protection = la protection devrait parler à cette personne
conflict-limit = { $times } en { $days } jours
conflict-no-limit = sans limite
conflict-stocked = pris du stock
conflict-until = jusqu’au { $at }

## Of what
conflict-about-person = Personne
conflict-about-line = Ligne d’un manifeste
conflict-about-movement = Mouvement
conflict-about-arrival = Arrivée
conflict-about-site = Site
conflict-about-user = Collègue
conflict-about-item = Article
conflict-about-package = Lot d’assistance
conflict-about-legal-basis = Base légale
conflict-about-office = Bureau
conflict-about-service = Service
conflict-about-referral = Orientation
conflict-about-incident = Incident
conflict-about-access = Accès
conflict-about-pathway = Voie
conflict-about-feedback = Retour
conflict-about-booklet = Carnet de cartes

## Which field
conflict-field-person-given-names = Prénoms
conflict-field-person-family-name = Nom de famille
conflict-field-person-sex = Sexe
conflict-field-person-birth = Naissance
conflict-field-person-mother-name = Nom de la mère
conflict-field-person-birthplace = Lieu de naissance
conflict-field-person-country-of-birth = Pays de naissance
conflict-field-person-nationalities = Nationalités
conflict-field-person-documents = Documents
conflict-field-person-phone = Téléphone
conflict-field-person-destination = Où la personne veut aller
conflict-field-person-last-residence = Dernier pays de résidence
conflict-field-person-origin = D’où vient la personne
conflict-field-line-particulars = Qui c’est
conflict-field-movement-takes-place = S’il a lieu
conflict-field-movement-destination = Destination et arrivée prévue
conflict-field-movement-departed-at = Départ
conflict-field-movement-landed-at = Arrivée
conflict-field-movement-headcount = Personnes comptées
conflict-field-movement-screening = Entretiens avant
conflict-field-arrival-person = Qui a été enregistré avec cette carte
conflict-field-arrival-screening = Réponses de l’entretien
conflict-field-arrival-priority = Pourquoi appelé d’abord
conflict-field-site-name = Nom
conflict-field-site-kind = Type de site
conflict-field-site-country = Pays
conflict-field-site-area = Zone
conflict-field-site-port-code = Code du port
conflict-field-site-capacity = Capacité
conflict-field-site-time-zone = Fuseau horaire
conflict-field-site-day-closes-min = Heure de clôture du jour, en minutes après minuit
conflict-field-user-access = Ce qu’ils peuvent faire
conflict-field-item-definition = Règles de l’article
conflict-field-package-grants = Ce à quoi les arrivants ont droit
conflict-field-legal-basis-definition = Nom et usage
conflict-field-office-definition = Nom et membres
conflict-field-service-listing = Fiche dans l’annuaire
conflict-field-service-contact = Comment le joindre
conflict-field-service-availability = Places et ouverture
conflict-field-referral-outcome = Ce qu’il en est advenu
conflict-field-incident-state = Conséquences et crédibilité
conflict-field-access-status = Si on peut y accéder
conflict-field-pathway-outcome = Comment elle s’est terminée
conflict-field-feedback-answer = Réponse
conflict-field-booklet-torn-out = Cartes détachées

## Refusals
refusal-no-conflict = Il n’y a plus rien à choisir ici : quelqu’un a choisi entre-temps.
refusal-conflict-changed = Autre chose a été écrit ici entre-temps : regardez ce qui s’y trouve, puis choisissez.
