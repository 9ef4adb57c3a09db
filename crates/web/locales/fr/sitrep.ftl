### The situation report · Français

## The head of the report

sitrep-title = Rapport de situation
sitrep-internal = Réservé à l'opération : de petits nombres peuvent désigner une personne
sitrep-public = Version publique : les petits nombres ne sont pas publiés
sitrep-period = du { $from } au { $to }
sitrep-cut-off = Compté jusqu'au { $moment }
sitrep-computed = Calculé le { $moment } par { $by }
sitrep-published = Publié le { $moment }
sitrep-log-end = Jusqu'à l'événement
sitrep-first = Les chiffres d'abord
sitrep-summary =
    { $returned ->
        [one] { $returned } personne est revenue
       *[other] { $returned } personnes sont revenues
    } par { $movements ->
        [one] { $movements } mouvement
       *[other] { $movements } mouvements
    }. Enregistrées : { $registered }. Assistées : { $assisted }.

## What is counted

sitrep-measure-movements = Mouvements
sitrep-measure-announced = Annoncées
sitrep-measure-listed = Sur le manifeste
sitrep-measure-returned = Revenues
sitrep-measure-met = Accueillies
sitrep-measure-registered = Enregistrées
sitrep-measure-unlisted = Hors manifeste
sitrep-measure-declined = N'ont pas souhaité dire qui elles sont
sitrep-measure-screened = Évaluées
sitrep-measure-assisted = Assistées
sitrep-measure-left = Parties
sitrep-measure-no-show = Ne sont pas venues
sitrep-hidden = non publié
sitrep-hidden-why = Non publié : c'est un nombre d'une à quatre personnes, ou un tel nombre pourrait s'en déduire
sitrep-unpublished = hors publication
sitrep-not-known = Inconnu
sitrep-percent = { $number } %
sitrep-percent-under-one = moins de 1 %
sitrep-decimal = { $whole },{ $tenth }
sitrep-together = Ensemble

## Day by day

sitrep-days = Jour par jour
sitrep-days-caption = Ce qui s'est passé chaque jour de travail du site
sitrep-day = Jour
sitrep-chart-title = Personnes revenues, selon le jour d'arrivée
sitrep-chart-text = Le plus le { $day } : { $number }. Tous les nombres sont dans le tableau.
sitrep-chart-hidden = Tous les nombres publiables sont dans le tableau.

## The people

sitrep-people = Les personnes
sitrep-group = Groupe
sitrep-share = Part
sitrep-by-age-group = Sexe et âge
sitrep-by-vulnerability = Ce qui expose davantage les personnes
sitrep-by-destination = Destination : département
sitrep-by-origin = Origine : département
sitrep-by-last-residence = Dernier pays de résidence
sitrep-waited-registered = De l'accueil à l'enregistrement
sitrep-waited-assisted = De l'accueil au premier article
sitrep-chart-groups = Le plus : { $group }, { $number }. Tous les nombres sont dans le tableau.
sitrep-by-departed-from = Pays de départ du mouvement
sitrep-by-legal-basis = Base légale du mouvement
sitrep-by-screened-before = Évaluation de protection avant le départ
sitrep-screened-before = Évaluation de protection avant
sitrep-screened-not-known = inconnu
sitrep-screened-not-offered = non proposée
sitrep-screened-done = faite
sitrep-several = Toutes les évaluées ; une personne peut en avoir plusieurs
sitrep-nobody =
    { $rows ->
        [one] { $rows } autre groupe : personne
       *[other] { $rows } autres groupes : personne
    }

## From announced to counted

sitrep-reconciliation = De l'annonce au comptage
sitrep-reconciliation-caption = Les personnes des mouvements arrivés ces jours-là. Les écarts entre deux lignes en gras s'additionnent.
sitrep-step = Étape
sitrep-difference = Écart
sitrep-people-number = Personnes
sitrep-step-announced = Annoncées
sitrep-step-manifest-differs = Les manifestes en nomment plus ou moins qu'annoncé
sitrep-step-listed = Sur les manifestes
sitrep-step-no-show = Ne sont pas venues
sitrep-step-awaited = On ne sait pas encore si elles sont venues
sitrep-step-unlisted = Venues sans être sur un manifeste
sitrep-step-registered = Enregistrées
sitrep-step-unregistered = Accueillies, pas encore enregistrées
sitrep-step-met = Accueillies
sitrep-step-not-met = Comptées et non accueillies (+), ou accueillies et non comptées (−)
sitrep-step-returned = Comptées à l'arrivée

## Movements

sitrep-movements = Mouvements
sitrep-movements-caption = Mouvements arrivés ces jours-là ; leurs personnes sont suivies jusqu'à l'heure limite
sitrep-movement = Mouvement
sitrep-apart = Ces jours-là (dès le { $day }), en plus (+) ou en moins (−) de ces mouvements : personnes de mouvements arrivés avant, ou servies après

## What was given, and whether it lasts

sitrep-items = Assistance
sitrep-items-caption = Une personne compte une fois par article, le jour où elle l'a reçu pour la première fois
sitrep-item = Article
sitrep-item-people = Personnes qui l'ont reçu
sitrep-item-quantity = Donné ces jours-là
sitrep-stock = Stock
sitrep-stock-caption = D'après le livre au moment du calcul. Durée : stock divisé par la moyenne donnée par jour.
sitrep-site = Site
sitrep-in-stock = En stock
sitrep-a-day = Donné par jour
sitrep-lasts = Durée
sitrep-owed-here = Dû aux personnes ici
sitrep-needed = Pour les personnes attendues
sitrep-left-over = Reste
sitrep-nothing-given = rien donné
sitrep-cover-not-known = ne peut se dire
sitrep-cover-days = { $days } jours
sitrep-cover-short = court
sitrep-waybills = Marchandises en route
sitrep-waybills-caption = Bordereaux envoyés et non reçus au moment du calcul
sitrep-waybill = Bordereau
sitrep-from-to = De → à
sitrep-sent = Envoyé
sitrep-goods = Marchandises
sitrep-supplier = Fournisseur
sitrep-expected = À venir
sitrep-expected-caption = Mouvements annoncés ou en route au moment du calcul, pour les sept jours après l'heure limite
sitrep-to = Vers
sitrep-expected-at = Attendu

## What is not known, and how it was counted

sitrep-quality = Ce qu'on ne sait pas
sitrep-quality-caption = Parmi les personnes enregistrées ces jours-là
sitrep-quality-what = Inconnu ici
sitrep-unknown-age-group = Sexe ou âge
sitrep-unknown-destination = Destination
sitrep-unknown-origin = Origine
sitrep-unknown-last-residence = Dernier pays de résidence
sitrep-method = Comment on a compté
sitrep-method-days = Un jour va d'une heure de fermeture du site à la suivante. Chaque étape compte le jour où elle a eu lieu ; ce qui a été saisi plus tard avec sa propre heure compte à son propre jour.
sitrep-method-movements = « Revenues » est le comptage le plus récent de chaque mouvement. Le tableau des mouvements suit leurs personnes, celui des jours compte toutes les personnes de ces jours ; s'ils diffèrent, l'écart figure dessous.
sitrep-method-groups = Moins de 18 ans : enfant. L'âge est celui du jour d'arrivée ; si seule l'année de naissance est connue, comme né le 1er juillet.
sitrep-method-cover = Donné par jour : moyenne des derniers jours de travail où l'article a été donné, sept au plus, aucun de plus de quatre semaines ; le jour en cours ne compte que s'il augmente la moyenne. Le tableau calcule de même. Pour les personnes attendues : ce que le lot prévoit pour chacun.
sitrep-method-trace = Chaque nombre compté ouvre les événements dont il est tiré.
sitrep-method-public = Publié une seule fois, jour par jour et mois par mois, sans changement ensuite. Les nombres d'une à quatre personnes ne sont pas publiés, ni autant d'autres qu'il en faut pour qu'aucun ne puisse se déduire, même de toutes les publications ensemble : chaque nombre non publié peut varier d'au moins cinq. Un mois additionne ses jours tels qu'ils ont été publiés.

## In a workbook

sitrep-kind = Genre
sitrep-from = De
sitrep-landed = Arrivé
sitrep-code = Code
sitrep-sources = D'où viennent les nombres
sitrep-source-sheet = Feuille
sitrep-source-cell = Cellule
sitrep-source-what = Ce qui a été compté
sitrep-source-key = Clé du nombre : derrière /trace/ sur le site, elle ouvre les événements

## Referrals and feedback in the situation report

sitrep-referrals = Orientations
sitrep-referrals-caption = Faites ces jours-ci, et où elles en sont
sitrep-referrals-kind = Type de service
sitrep-referrals-made = faites
sitrep-referrals-no-answer = sans réponse
sitrep-referrals-accepted = acceptées
sitrep-referrals-declined = refusées
sitrep-referrals-completed = achevées
sitrep-referrals-lost = injoignables
sitrep-referrals-withdrawn = retirées
sitrep-feedback = Retours
sitrep-feedback-caption = Notés ces jours-ci
sitrep-feedback-kind = Type
sitrep-feedback-recorded = notés
sitrep-feedback-open = ouverts
sitrep-feedback-answered = répondus
sitrep-feedback-closed = clos
sitrep-incidents = Incidents
sitrep-incidents-caption = De ces jours, par département et type
sitrep-incidents-kind = Département et type
sitrep-incidents-reported = signalés
sitrep-incidents-harmed = avec dommage
sitrep-incidents-doubted = mis en doute
sitrep-incidents-over = terminés
sitrep-recovered = Dont remis par des droits repris d'un poste perdu (eux seuls peuvent avoir été remis deux fois) :
sitrep-item-recovered = Remis par droits repris
