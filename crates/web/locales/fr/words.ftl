### Coded words: what events, files and lists carry as codes · Français

## Roles

role-clerk = Agent d'accueil
role-screener = Agent d'évaluation
role-protection = Protection
role-warehouse = Entrepôt
role-cash = Caisse
role-coordinator = Coordinateur
role-information-officer = Responsable de l'information
role-administrator = Administrateur

## Permissions, as they stand in "your role does not allow you to …"

permission-manage-movements = gérer les mouvements
permission-register = enregistrer des personnes
permission-see-people = voir qui sont les personnes
permission-screen = poser les questions d'évaluation
permission-see-screening = voir les réponses à l'évaluation
permission-protect = écrire et lire les notes de protection
permission-give = remettre des articles
permission-give-cash = remettre de l'argent
permission-decide-exceptions = décider des exceptions
permission-link = relier deux dossiers
permission-manage-stock = gérer le stock
permission-see-stock = voir le stock
permission-see-reports = voir les rapports
permission-publish = publier ce que lit le public
permission-administer = administrer
permission-erase = effacer les données d'une personne

## Sites

site-kind-encampment = Campement
site-kind-custody = Rétention
site-kind-airport = Aéroport
site-kind-land-crossing = Poste frontière
site-kind-seaport = Port
site-kind-shelter = Hébergement
site-kind-warehouse = Entrepôt
site-kind-office = Bureau

## Movements

movement-kind-flight = Vol
movement-kind-bus-convoy = Convoi de bus
movement-kind-boat = Bateau
movement-kind-transfer = Transfert
legal-title-42-expulsion = Expulsion Title 42
legal-deportation-order = Ordre d'expulsion
legal-voluntary-return = Retour volontaire
legal-sea-interception = Interception en mer
legal-land-return = Refoulement à la frontière terrestre
legal-sector-transfer = Transfert vers un autre secteur
legal-medical = Pour soins médicaux
legal-not-stated = Non précisée
stage-announced = annoncé
stage-departed = parti
stage-landed = arrivé
stage-closed = clos
stage-cancelled = annulé
screened-before-not-offered = non proposé
screened-before-offered = proposé, non voulu
screened-before-refused = demandé et refusé
screened-before-done = fait
screened-not-known = On ignore si les besoins de protection ont été évalués avant le départ
screened-not-offered = Évaluation de protection non proposée avant le départ
screened-done = Besoins de protection évalués avant le départ
line-waiting = en attente
line-registered = enregistré
line-no-show = absent
line-removed = retiré de la liste

## Items

item-hot-meal = Repas chaud
item-water = Eau
item-hygiene-kit = Kit d'hygiène
item-dignity-kit = Kit de dignité
item-baby-kit = Kit bébé
item-blanket = Couverture
item-cash-grant = Aide en espèces
item-shelter-night = Nuit d'hébergement
item-onward-transport = Transport vers le domicile
item-phone-call = Appel téléphonique

## What makes a person more exposed to harm

vulnerability-unaccompanied-or-separated-child = Enfant non accompagné ou séparé
vulnerability-pregnant-or-breastfeeding = Enceinte ou allaitante
vulnerability-single-parent-with-children = Parent seul avec enfants
vulnerability-older-person-at-risk = Personne âgée à risque
vulnerability-disability = Handicap
vulnerability-serious-medical-condition = Maladie ou blessure grave
vulnerability-survivor-of-violence = Survivant de violences
vulnerability-survivor-of-gender-based-violence = Survivant de violences basées sur le genre
vulnerability-trafficked-or-at-risk = Victime de traite ou à risque
vulnerability-psychological-distress = Détresse psychologique
vulnerability-no-place-to-stay = Sans endroit où dormir
separation-unaccompanied = Seul, aucun adulte responsable
separation-separated = Avec d'autres parents, sans père ni mère
priority-child-alone = enfant seul
priority-medical = malade ou blessé
priority-pregnant = enceinte
priority-small-children = avec de jeunes enfants
priority-frail = âgé ou handicapé

## People

sex-f = F
sex-m = M
sex-x = X
age-group-men = Hommes
age-group-women = Femmes
age-group-boys = Garçons
age-group-girls = Filles
age-group-unknown = Inconnu
relation-head = Chef de famille
relation-spouse = Conjoint
relation-child = Fils ou fille
relation-parent = Mère ou père
relation-sibling = Frère ou sœur
relation-other-relative = Autre parent
relation-not-related = Sans lien de parenté
document-passport = Passeport
document-identity-card = Carte d'identité
document-birth-certificate = Acte de naissance
document-other = Autre document
country-hti = Haïti
country-chl = Chili
country-bra = Brésil
country-usa = États-Unis
country-mex = Mexique
country-dom = République dominicaine
country-cub = Cuba
country-bhs = Bahamas
country-tca = Îles Turques-et-Caïques
department-ht01 = Ouest
department-ht02 = Sud-Est
department-ht03 = Nord
department-ht04 = Nord-Est
department-ht05 = Artibonite
department-ht06 = Centre
department-ht07 = Sud
department-ht08 = Grand'Anse
department-ht09 = Nord-Ouest
department-ht10 = Nippes

## Reasons

void-wrong-person = Remis à une autre personne par erreur
void-not-given = Noté, mais jamais remis
void-returned = Rapporté non utilisé
difference-damaged = Abîmé
difference-expired = Périmé
difference-lost = Perdu
difference-miscounted = Premier comptage faux
difference-given-without-record = Remis sans être noté

## Fields, as they stand in messages about them

field-designator = Le nom du mouvement
field-kind = Le genre
field-legal-basis = La base légale
field-name = Le nom
field-login = L'identifiant
field-number = Le numéro
field-reason = La raison
field-note = La note
field-vulnerability = La vulnérabilité
field-relation = Le lien
field-difference = La raison de la différence
field-given-names = Les prénoms
field-family-name = Le nom de famille
field-mother-name = Le nom de la mère
field-birthplace = Le lieu de naissance
field-phone = Le téléphone

## How long people waited, as reports tell it apart

waited-under-15-min = moins de 15 minutes
waited-15-to-30-min = de 15 à 30 minutes
waited-30-to-60-min = de 30 minutes à 1 heure
waited-1-to-2-h = de 1 à 2 heures
waited-2-to-4-h = de 2 à 4 heures
waited-4-h-or-more = 4 heures ou plus
waited-unknown = inconnu : pour l'un des deux moments, on ne connaît que le jour
