### The desk: meeting, registering, screening, giving; people and their pages · Français

## The desk

scan-label = Scanner ou taper la carte (ou le numéro, comme A068)
scan-open = Ouvrir
card-length = Un code de carte a 8 caractères, celui-ci en a { $count }. Relisez.
card-character = Le caractère { $place } n'est jamais sur une carte. Relisez.
card-check = Un caractère du code est faux. Relisez.
desk-waiting = En attente ({ $count })
desk-waiting-none = Personne n'attend.
desk-served = En cours ({ $count })
desk-served-none = Personne n'a d'article à recevoir.
desk-more = et encore { $count } derrière : scannez une carte ou tapez un numéro pour trouver quelqu'un
desk-open-items = { $count } à remettre
desk-called = appelé ailleurs
desk-aside = mis de côté
call-hint = Un numéro appelé reste à ce guichet pendant { $minutes } minutes.
call-still = { $queue } a été appelé ici et n'est pas encore enregistré.
call-aside-hint = Enregistrez cette personne ou mettez-la de côté : elle garde son numéro et sa place dans la file, et sera rappelée quand plus personne n'attend, ou après { $minutes } minutes.
call-aside = Mettre de côté et appeler la personne suivante
call-none = Personne d'autre à appeler : tous ceux qui attendent ont été appelés à un autre guichet ou mis de côté. Un appel est libre de nouveau après { $minutes } minutes.
desk-first = en premier
desk-next-title = La personne suivante
desk-next = Appeler la personne suivante
desk-meet-title = Accueillir
desk-meet-hint = Chacun reçoit tout de suite un numéro et une carte, avant tout formulaire.
desk-how-many = Combien de personnes
desk-priority = Appeler en premier, car
desk-priority-none = non, dans l'ordre
desk-meet = Donner numéros et cartes
meet-exceeds = { $headcount } personnes ont été comptées et { $met } ont une carte. Avec { $people } de plus, il y aurait { $cards } cartes. Vérifiez le nombre.
meet-exceeds-yes = Oui, il y a plus de personnes ici qu'on n'en a compté
desk-nothing-landed = Aucun mouvement n'est arrivé. À l'arrivée, notez-le sur sa page.
cards-title = Cartes ({ $count })
cards-hint = Imprimez et remettez-les, ou recopiez numéro et code sur un bracelet. Aucun nom n'y figure.
cards-print = Imprimer
cards-to-desk = Aller à l'accueil
cards-mistake = Ces cartes étaient une erreur
cards-withdraw-text = { $count } de ces cartes n'ont servi à personne. Elles ne compteront plus ; celles qui ont servi restent.
cards-withdraw = Retirer { $count } cartes non utilisées
cards-withdraw-ask = Ne les distribuez pas. Une coordinatrice ou un coordinateur reprend les cartes non utilisées sur cette page. Donnez-lui son adresse :
card-keep = Gardez cette carte. Montrez-la à chaque fois.
card-with-name = Avec le nom
card-without-name = Sans le nom

## One person at the desk

arrival-elsewhere = Cette personne est à { $site }. Choisissez ce lieu en haut de la page.
arrival-met = accueilli { $at }
arrival-left = parti { $at }
arrival-not-registered = pas encore enregistré
arrival-declined = préfère ne pas dire
arrival-unlisted = hors manifeste
arrival-screened = évalué
arrival-concern = besoin de protection
arrival-next-title = Et ensuite
arrival-leave = La personne part
arrival-withdrawn = retirée : c’était une erreur
arrival-withdraw = C’était une erreur : retirer cette carte
arrival-withdraw-text = Si une personne a été enregistrée deux fois, ou si une carte a été remise pour rien, retirez cette carte. Elle ne compte plus, et sa place sur la liste est de nouveau libre. Annulez d’abord ce qui a été remis.
arrival-withdraw-do = Retirer la carte
arrival-card = Refaire la carte
arrival-flag = Appeler en premier
back = Retour
save = Enregistrer
item = Article
quantity = Quantité

## Told what is kept: read aloud before anything is written down

told-title = À lire à voix haute
told-text = Bienvenue. Nous notons votre nom et vos besoins pour vous aider, une fois pour chaque chose. Seuls ceux qui vous aident les voient. Vous pouvez refuser de répondre : vous aurez quand même à manger et à boire. Vous pouvez demander à voir, corriger ou effacer ce que nous notons.
told-done = On a dit à la personne ce qui est gardé, et pourquoi
told-was = La personne a été informée de ce qui est gardé.
told-was-not = La personne n'a pas été informée de ce qui est gardé.

## Who is this?

scan-is-document = C'est un document. Ouvrez d'abord le numéro de la personne, puis scannez-le là où il est demandé qui elle est.
who-title = Qui est-ce ?
who-name = Nom
who-find = Chercher sur le manifeste : nom ou numéro de document
who-find-do = Chercher
who-on-list = Sur le manifeste
who-on-list-none = Personne sur le manifeste. Inscrivez la personne ci-dessous.
who-other-movement = autre mouvement
who-this-one = C'est cette personne
who-new = Inscrire une personne, un nom suffit
who-check = Vérifiez avec la personne
who-from-list = Cela vient du manifeste. Corrigez ce qui est faux.
zone-holds = Document lu : ses chiffres de contrôle sont justes.
zone-wrong = Un chiffre de contrôle de ce document n'est pas juste. Regardez le document.
zone-check = { $field } : ligne { $line }, place { $column } porte { $stands } ; { $expected } serait juste.
zone-offer = Le document porte-t-il l'une de ces lectures ?
zone-change = ligne { $line }, place { $column } : { $after } au lieu de { $before }
zone-as-it-is = Ou corrigez ci-dessous à la main. Personne n'est refusé pour cela.
zone-truncated = Les noms remplissent toute la zone : le document en porte peut-être d'autres.
zone-expired = Le document était valable jusqu'au { $date }.
zone-next-line = Scannez ou tapez la ligne suivante du document.
zone-filled = Ceci vient du document. Corrigez ce qui est faux.
zone-field-number = Numéro du document
zone-field-birth = Date de naissance
zone-field-expiry = Valable jusqu'au
zone-field-optional = Numéro personnel
zone-field-composite = Ligne entière
known-document-of-several = Ce numéro de document figure pour { $count } personnes. Regardez laquelle c'est ; si c'est une seule personne, liez les dossiers.
who-register = Enregistrer la personne
who-decline = La personne préfère ne pas dire
who-decline-text = Aucun nom n'est noté. La personne reçoit quand même à manger et à boire.
who-decline-do = Enregistrer sans nom
who-not-landed = Le mouvement de cette personne n'est pas ouvert. Rouvrez-le d'abord.
who-nothing = Rien n'est connu.
who-registered-title = La personne
who-open-person = Ouvrir le dossier
line-wrong = Ce n'est pas la bonne ligne du manifeste
line-wrong-text = La personne comptera hors liste, et la ligne sera libre.
line-wrong-do = Détacher de la ligne
who-given-names = Prénoms
who-family-name = Nom de famille
who-sex = Sexe
who-sex-age = Sexe · âge
who-female = Féminin
who-male = Masculin
who-birth = Naissance
who-birth-day = Jour
who-birth-month = Mois
who-birth-year = Année
who-age = ou âge
who-age-hint = Si la date est inconnue : l'année seule, ou l'âge.
who-born-on = { $date } ({ $age } ans)
who-born-in = { $year } (environ { $age } ans)
who-aged = { $age } ans, selon la personne
who-mother = Nom de la mère
who-birthplace = Né à (commune)
who-nationalities = Nationalités (plusieurs possibles)
who-nationality-other = Autre nationalité, trois lettres
who-document = Numéro de document, ou scanner
who-document-kind = Quel document
who-document-more = Un autre document
who-document-shared = J'ai regardé l'autre dossier : ce n'est pas la même personne
who-destination = Département de destination
who-phone = Téléphone
who-more = Autres questions
who-origin = Département d'origine
who-last-residence = Dernier pays de résidence
who-country-of-birth = Pays de naissance
who-country-other = Autre pays, trois lettres

## Is this someone we know?

known-title = Connaît-on cette personne ?
known-search = Nom, document ou ancienne carte
known-none = Personne de connu.
known-mother = mère : { $name }
known-met = accueilli le { $at }
known-on-this-movement = déjà enregistré sur ce mouvement
known-yes = Oui, la même personne
known-look = Voir le dossier
known-undo = Rien n'est fusionné sans vous. Un lien peut être défait.

## Family

family-title = Voyagent ensemble
family-none = Aucune famille notée.
family-find = Chercher quelqu'un de la famille
family-nobody = Personne trouvé. Enregistrez d'abord l'autre personne.
family-relation = Par rapport au chef de famille
family-join = Joindre cette famille
family-take-out = Retirer
family-hint = La famille peut venir par plusieurs mouvements.

## Screening

screening-title = Évaluation
screening-at = Faite { $at }
screening-again = Modifier les réponses
screening-declined = préfère ne pas répondre
screening-nothing = rien de particulier
screening-language = Poser les questions en :
screening-aloud = Je vais vous poser quelques questions courtes pour savoir de quelle aide vous avez besoin. Vous n'êtes pas obligé de répondre.
screening-child = Pour un enfant : avec qui est-il ?
screening-with-parents = Avec ses parents, ou adulte
screening-which = Qu'est-ce qui s'applique ?
screening-before = Avant votre renvoi : un agent vous a-t-il demandé si vous aviez peur de retourner ?
screening-before-no-answer = Non demandé, ou sans réponse
screening-decline = La personne préfère ne pas répondre
screening-concern = L'équipe de protection devrait parler à cette personne
screening-save = Enregistrer les réponses
note-title = Notes de protection
note-new = Note pour l'équipe de protection
note-sealed = Scellée : seule l'équipe de protection peut la lire.
note-save = Écrire la note
note-none = Pas encore de note.
note-exist = Notes de protection : { $count } (scellées)
note-locked = Il y a { $count } notes, mais la clé n'est pas ouverte pour vous. Un collègue de la protection peut vous la donner, sur sa page de mot de passe.

## Giving

give-title = À remettre, une seule fois
give-none = Rien à remettre pour l'instant.
give = Remettre
given-at = remis { $at }, { $by }
give-disputed = noté { $count } fois
give-limit = Déjà reçu le { $last }. Limite de { $days } jours.
give-ask-coordinator = Demandez au coordinateur.
give-cash-desk = À la caisse
give-other-desk = À un autre poste
give-short = Il n'en reste que { $count } ici.
give-waived = limite levée
give-card-checked = J'ai regardé la carte : pas encore remis
void-title = Annuler
void-do = Annuler la remise
waive-title = Lever la limite
waive-do = Lever la limite pour cette personne
grant-title = Accorder autre chose
grant-do = Accorder

## People

people-title = Personnes
people-search = Chercher : nom, document, carte ou numéro
people-search-hint = Accents et majuscules sont indifférents. Les premières lettres suffisent.
people-found = Trouvés : { $count }
people-nobody = Personne trouvé.
people-more = Il y en a d'autres. Écrivez plus de lettres.
because-card = carte
because-document = document
because-queue = numéro
because-name = nom
person-title = Personne
person-unnamed = Personne sans nom
person-particulars = Informations
person-correct = Corriger
person-correct-reason = Raison de la correction
person-correct-hint = Ce qui était écrit avant reste dans l'historique.
person-arrivals = Arrivées et aide reçue
person-nothing-given = Rien reçu
person-given = Reçu : { $items }
person-history = Historique : qui a écrit quoi
person-history-none = Aucun historique lisible ici.
person-first = première fois
person-corrected = corrigé
person-erased = Les données de cette personne ont été effacées.
link-title = La même personne, autre dossier
link-none = Aucun autre dossier lié.
link-same = même personne
link-undone = défait
link-undo = Défaire le lien
link-find = Chercher l'autre dossier
link-do = C'est la même personne
erase-title = Effacer les données
erase-open = La personne demande l'effacement
erase-text = Le nom et toutes les informations sont détruits pour toujours. Ce qui a été remis reste compté, sans nom.
erase-sure = J'en suis sûr. C'est irréversible.
erase-line-ask = Seul un administrateur efface. Donnez-lui l’adresse de cette page.
erase-ask = C'est l'administrateur qui efface, dans les Réglages. Donnez-lui le code de la carte : { $codes }
erase-find-title = Effacer les données d'une personne
erase-find-text = Pour quelqu'un qui le demande. Le code de la carte, ou le numéro du jour, mène à la page qui efface ; aucun nom n'est montré.
erase-find-code = Code de la carte ou numéro
erase-find-do = Aller à la page
erase-find-nobody = Personne n'est enregistré avec cette carte : rien de personnel n'est gardé.
erase-tick = Cochez la case pour confirmer.
erase-do = Effacer pour toujours
