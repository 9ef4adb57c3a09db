### Voies, appels, et places des services.

## Kinds

pathway-family-reunification = Regroupement familial
pathway-resettlement = Réinstallation
pathway-humanitarian-parole = Admission humanitaire (« parole »)
pathway-asylum = Asile
pathway-work-or-study-visa = Visa de travail ou d’études
pathway-voluntary-return = Retour volontaire
pathway-reintegration-grant = Aide à la réintégration

## Steps

pathway-step-relative-found = Proche retrouvé
pathway-step-papers-collected = Papiers réunis
pathway-step-application-filed = Demande déposée
pathway-step-interview = Entretien tenu
pathway-step-decision = Décision reçue
pathway-step-travel-papers = Documents de voyage délivrés
pathway-step-travelled = Voyage effectué
pathway-step-protection-registered = Enregistrement auprès de l’organisme de protection
pathway-step-identified = Besoin reconnu
pathway-step-submitted = Proposé à un pays
pathway-step-medical-check = Visite médicale
pathway-step-supporter-found = Parrain trouvé
pathway-step-security-check = Contrôle de sécurité
pathway-step-rights-explained = Droits expliqués
pathway-step-legal-aid = Aide juridique trouvée
pathway-step-offer = Offre d’emploi ou place d’études
pathway-step-counselled = Conseil donné
pathway-step-consent-signed = Accord écrit
pathway-step-travel-booked = Voyage réservé
pathway-step-plan-written = Projet écrit
pathway-step-first-payment = Premier versement fait
pathway-step-visited = Visite de suivi
step-open = à faire
step-done = fait
step-not-applicable = sans objet

## Outcomes

pathway-outcome-granted = Accordé
pathway-outcome-refused = Refusé
pathway-outcome-withdrawn = Retiré
pathway-outcome-lost-contact = Contact perdu
pathway-told-by-officials = des agents de l’État, avant le renvoi
pathway-told-by-desk = nous, au guichet
pathway-told-by-others = quelqu’un d’autre

## The page

pathways-title = Voies de migration
pathways-lead = On a parlé de « voies sûres, ordonnées et humaines ». Voici ce qu’il en est advenu. Les chiffres restent dans l’opération.
pathways-told-got = Sur { $told } informées, { $got } en ont obtenu une.
pathways-told-more = Une voie a été ouverte pour { $opened } des personnes informées ; { $officials } l’ont été par des agents de l’État.
pathways-median = De l’information à l’obtention, la moitié a mis { $days } jours ou moins.
pathways-kinds = Par voie
pathways-kind = Voie
pathways-all = Ensemble
pathways-none = Personne n’a été informé d’une voie ces jours-là, et aucune n’a été ouverte.
pathways-told = Informées
pathways-got = Dont l’ont obtenue
pathways-days = Jours pour l’obtenir (médiane)
pathways-opened = Ouvertes
pathways-open = en cours
pathways-how = Chaque personne compte une fois, toutes fiches réunies, aux jours où elle a été informée ; les voies, aux jours de leur ouverture ; leur issue, à tout moment. Qui a été informé de plusieurs voies figure dans chacune et une fois dans l’ensemble. N’a obtenu une voie que qui l’a obtenue après avoir été informé.
pathways-going-on = En cours ({ $count })
pathways-none-open = Aucune voie n’est en cours.
pathways-and-more = et { $count } autres
pathways-steps-done = { $done } étapes sur { $all } réglées
pathways-next = ensuite : { $step }
pathways-overdue = en retard depuis le { $at }
pathways-due = pour le { $at }
pathways-told-only = informée seulement
pathways-none-of-them = Rien n’est consigné sur des voies pour cette personne.
pathways-keep = Consigner les voies
pathways-in-general = Des voies en général
pathways-told-at = informée le { $at } par { $by }
pathways-opened-at = ouverte le { $at }
pathways-not-opened = non ouverte
pathways-closed-at = close le { $at }
pathways-done-on = fait le { $at }
pathways-done-today = Fait aujourd’hui
pathways-done-today-of = Fait aujourd’hui : { $step }
pathways-dates = Autre jour, ou échéance
pathways-stands = Où on en est
pathways-done-day = Fait le
pathways-due-day = Pour le
pathways-close = Clore cette voie
pathways-outcome = Issue
pathways-on = Quel jour
pathways-open-do = Ouvrir une voie
pathways-tell = Consigner l’information reçue
pathways-tell-aloud = Quelqu’un vous a-t-il parlé d’une voie légale pour partir ailleurs ou pour rester ? Qui, et laquelle ?
pathways-tell-by = Qui l’a dit

## Calls

called-reached = Jointe
called-no-answer = Pas jointe
called-wrong-number = Mauvais numéro
called-no-calls = Ne veut plus d’appels
called-calls-again = Accepte à nouveau les appels
calls-title = Appels
calls-lead = { $count } à appeler aujourd’hui
calls-none = Personne à appeler aujourd’hui.
calls-not-called = À suivre aussi, mais ne veulent plus d’appels : { $count }. Demandez au service, sur la page de l’orientation.
calls-how = Les appels sont dus une semaine, un mois et trois mois après l’orientation. Qui n’a pas été joint revient demain.
calls-no-number = Aucun numéro consigné.
calls-add-number = En ajouter un
calls-week = après une semaine
calls-month = après un mois
calls-quarter = après trois mois
calls-today = aujourd’hui
calls-unreached = pas jointe, de suite : { $count }
calls-perhaps-lost = Souvent appelée en vain : si la personne est injoignable, dites-le sur la page de l’orientation.
calls-went = Comment cela s’est passé
calls-on-paper = ☐ jointe  ☐ pas jointe  ☐ mauvais numéro  ☐ plus d’appels
calls-declined = Cette personne ne veut plus être appelée.
calls-again = Elle accepte à nouveau les appels

## Room of services

reachable-reachable = accessible
reachable-by-phone = par téléphone seulement
reachable-unreachable = injoignable
places-of-total = personnes à la fois
places-of-week = personnes par semaine
service-room = { $left } places libres sur { $places }
service-full = complet : 0 place libre sur { $places }
service-places-said = { $places } places annoncées ; qui y est orienté est scellé
service-reachable-unknown = accès inconnu
service-open-on = ouvert { $days }
service-holds-until = valable jusqu’au { $at }
service-said-at = dit le { $at }
service-state = Dire combien de places il a
service-places = Places
service-places-hint = Vide s’il ne l’a pas dit. Les orientations faites à partir de maintenant prennent des places.
service-places-of = Il s’agit de
service-reachable = Comment y accéder
service-until = Valable jusqu’au
service-until-hint = Nécessaire s’il est injoignable : après, on n’en sait plus rien.
service-open-days = Ouvert le
refer-no-room = Complet ou injoignable pour le moment. Vous pouvez orienter quand même.

## Refusals

field-by = Qui l’a dit
field-reached = L’issue de l’appel
field-places-of = Ce que sont les places
field-reachable = Comment y accéder
refusal-unknown-pathway = Cette voie n’est pas connue ici.
refusal-pathway-told = Il est déjà consigné que cette personne en a été informée.
refusal-pathway-open = Cette personne suit déjà cette voie : continuez celle-là.
refusal-pathway-not-opened = Cette voie n’est pas ouverte : ouvrez-la d’abord.
refusal-pathway-closed = Cette voie est close : ouvrez-en une nouvelle.
refusal-pathway-of-other-kind = La personne a été informée ici d’une autre voie : ouvrez celle-là, ou une nouvelle.
refusal-step-of-other-kind = Cette voie n’a pas cette étape : choisissez-en une de sa liste.
refusal-before-opened = Ceci serait arrivé avant l’ouverture de la voie : vérifiez la date, ou saisissez l’ouverture à sa date.
refusal-no-calls = Cette personne ne veut plus être appelée : n’appelez pas. Si elle accepte à nouveau les appels, consignez-le sur la page de l’orientation.
refusal-until-missing = Il manque jusqu’à quand le service est injoignable : écrivez un jour, après lequel on redemande.
refusal-no-weekday = Un jour de la semaine est un nombre de 1, lundi, à 7, dimanche : choisissez à nouveau.
refusal-step-not-yet = Une étape ne peut être faite un jour à venir : inscrivez ce jour comme échéance.
pathways-part = Ne sont comptées que les voies que vous pouvez connaître.
