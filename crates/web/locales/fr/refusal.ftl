### Why something was not done, and what to do about it · Français

## Who may

refusal-not-allowed = Votre rôle ne permet pas de { $permission } : demandez au coordinateur.
refusal-unknown-user = Cette personne ne peut plus travailler ici : connectez-vous à nouveau.
refusal-already-founded = Cette opération existe déjà.
refusal-last-administrator = Il doit rester un administrateur : admettez-en d'abord un autre.
refusal-login-taken = Quelqu'un se connecte déjà sous ce nom : choisissez-en un autre.
refusal-login-invalid = L'identifiant a de 2 à 32 lettres minuscules, chiffres, points ou tirets.
refusal-no-role = Donnez au moins un rôle à cette personne.
refusal-same-person-twice = Deux personnes doivent décider : quelqu'un d'autre doit confirmer.

## What was typed

refusal-text-missing = { $field } manque : remplissez ce champ.
refusal-text-too-long = { $field } : texte trop long, raccourcissez-le.
refusal-too-long = { $field } : texte trop long, raccourcissez-le.
refusal-unknown-code = { $field } n'est pas sur la liste : choisissez dans la liste.
refusal-unknown-time-zone = Ce fuseau horaire est inconnu : écrivez par exemple America/Port-au-Prince.
refusal-born-in-future = La date de naissance est dans le futur : vérifiez jour, mois et année.
refusal-too-old = Cette date donne plus de 125 ans : vérifiez l'année.
refusal-nothing-known = Écrivez au moins un nom, ou notez que la personne préfère ne pas le dire.
refusal-people-out-of-range = Le nombre de personnes doit être entre 1 et { $max }.
refusal-too-many-meetings = Accueillez au plus { $max } personnes à la fois.
refusal-quantity-out-of-range = La quantité doit être entre 1 et { $max }.
refusal-no-lines = Écrivez au moins un article.
refusal-item-twice = { $item } figure deux fois sur ce papier : additionnez.

## What is not here

refusal-unknown-site = Ce lieu n'est pas connu ici.
refusal-unknown-movement = Ce mouvement n'est pas connu ici.
refusal-unknown-line = Cette ligne du manifeste n'est pas connue ici.
refusal-unknown-arrival = Cette carte n'est pas connue ici.
refusal-unknown-person = Cette personne n'est pas connue ici.
refusal-unknown-family = Cette famille n'est pas connue ici.
refusal-unknown-link = Ce lien n'est pas connu ici, ou a déjà été défait.
refusal-unknown-entitlement = Cet article n'a jamais été prévu pour cette personne.
refusal-unknown-item = L'article « { $item } » n'est pas défini ici : demandez à l'administrateur.
refusal-unknown-waybill = Ce bordereau n'est pas connu ici.

## Movements

refusal-designator-taken = Un mouvement de ce nom est déjà annoncé pour ce jour.
refusal-same-place = L'origine et la destination sont le même lieu.
refusal-wrong-stage = Ce mouvement est { $stage } : cela n'est pas possible maintenant.
refusal-not-landed = Notez d'abord que le mouvement est arrivé, et combien de personnes ont été comptées.
refusal-people-waiting = Personnes accueillies et pas encore enregistrées : { $waiting }. Enregistrez-les d'abord.
refusal-manifest-too-long = Un manifeste a au plus { $max } personnes.
refusal-manifest-replaces = Ceci retire { $removed } personnes de la liste et en garde { $same }. Est-ce le bon mouvement, et la liste entière ?
refusal-manifest-elsewhere = La plupart de ces personnes sont sur le manifeste de { $other } : est-ce le bon mouvement ?
refusal-other-site = Cela relève d'un autre lieu : à faire là-bas seulement.
refusal-other-movement = Cette carte ou cette ligne appartient à un autre mouvement.

## At the desk

refusal-already-registered = Cette carte est déjà enregistrée : ouvrez le dossier.
refusal-person-already-arrived = Cette personne est déjà enregistrée pour ce mouvement.
refusal-line-taken = Quelqu'un est déjà enregistré pour cette ligne.
refusal-line-removed = Un manifeste corrigé ne nomme plus cette personne : enregistrez-la sans la liste.
refusal-line-not-waiting = Cette personne n'attend plus.
refusal-document-held = Autres personnes avec ce numéro de document : { $holders }. Regardez-les, puis confirmez ou corrigez le numéro.
refusal-not-registered = Enregistrez d'abord la personne.
refusal-person-erased = Les données de cette personne ont été effacées.
refusal-already-linked = Ces dossiers sont déjà une seule personne.
refusal-in-family = Cette personne est dans une autre famille : retirez-la d'abord.
refusal-not-in-family = Cette personne n'est pas dans cette famille.
refusal-no-role-key = Il n'existe pas encore de clé pour les notes de protection : demandez à l'administrateur.
refusal-already-left = Cette personne est déjà partie.

## Giving

refusal-already-given = Déjà remis : { $at }.
refusal-not-given = Cela n'a pas été remis : rien à annuler.
refusal-limit-reached = Cette personne l'a reçu le { $last } et peut le recevoir à nouveau { $days } jours plus tard : demandez au coordinateur.
refusal-nothing-to-waive = Aucune limite ne bloque cet article.
refusal-stock-short = { $item } : il n'en reste que { $available } ici. Réceptionnez un bordereau ou comptez d'abord l'étagère.
refusal-right-elsewhere = C'est { $node } qui a le droit de remettre ceci : cela se remet là-bas, ou un coordinateur de là-bas le cède à ce poste.
refusal-right-not-accepted = Le droit de remettre ceci a été cédé à ce poste : acceptez-le d'abord, sur la page des articles entre postes.
refusal-right-released = Le droit de remettre ceci est en route vers { $node } : cela se remet là-bas, une fois accepté.
refusal-not-to-itself = C'est le même poste : choisissez-en un autre.
refusal-unknown-node = Ce poste n'est pas de cette opération, ou n'est pas encore connu ici : choisissez-en un autre.
refusal-node-replaced = Un autre poste a repris les droits de celui-là : choisissez celui qui l'a fait.
refusal-nothing-to-release = Ce poste n'a plus aucun droit à céder pour ces personnes.
refusal-too-many-released = Cédez les articles de { $max } personnes au plus à la fois : choisissez une part.
refusal-nothing-released-here = Rien de cette cession n'attend ce poste : elle a déjà reçu réponse, ou est pour un autre poste.
refusal-waybill-for-other = Ce bordereau est pour le stock de { $node } : recevez-le là-bas.
refusal-unknown-recovery = Cette déclaration de perte n'est pas connue ici.
refusal-recovery-open = Ce poste est déjà déclaré perdu : confirmez, ou annulez.
refusal-recovery-over = Ceci a déjà été annulé ou fait.
refusal-waiting-out-of-range = Le délai est entre { $min } et { $max } jours ici.
refusal-recovery-early = Le délai court jusqu'à { $due } : cherchez le poste d'ici là, confirmez ensuite.
refusal-recover-elsewhere = C'est { $node } qui doit reprendre : confirmez là-bas.
refusal-node-heard = Ce poste a donné signe de vie depuis qu'il est déclaré perdu : il ne l'est pas, annulez.
refusal-loss-behind = { $known } enregistrements du poste perdu étaient connus quand il a été déclaré perdu, et { $here } sont ici : échangez d'abord avec les autres postes.
refusal-rights-frozen = Ce poste vient d'une sauvegarde : deux personnes avec la clé racine doivent d'abord reprendre ses droits.
refusal-check-card = Cela a peut-être été remis sans qu'on le sache ici : regardez la carte, puis confirmez.

## Stock

refusal-waybill-number-taken = Un bordereau de ce numéro existe déjà.
refusal-already-received = Ce bordereau a déjà été réceptionné.
refusal-difference-unexplained = Les nombres diffèrent : dites pourquoi.

## Time, and what cannot be twice

refusal-in-future = Cette heure est dans le futur : vérifiez-la.
refusal-before-met = Cette heure précède l'accueil de la personne : vérifiez-la.
refusal-before-landed = Cette heure précède l'arrivée du mouvement : vérifiez-la.
refusal-count-late = Un comptage se compare au livre de cette minute : recomptez maintenant.
refusal-document-without-number = Le numéro du document manque : écrivez-le ou retirez le document.
refusal-item-invalid = Un article a un code de minuscules, chiffres et _ ; une limite est d'au moins 1 fois en 1 jour.
refusal-limited-on-meeting = { $item } a une limite par personne : à accorder seulement après l'enregistrement.
refusal-manifest-empty = Ce fichier ne nomme personne : vérifiez les colonnes, ou annulez le mouvement.
refusal-not-stocked = { $item } ne vient pas du stock : ni envoyé, ni compté.
refusal-nothing-to-correct = C'est déjà ce qui est noté.
refusal-role-key-exists = Ce rôle a déjà une clé : qui la détient doit la transmettre.
refusal-superseded = Un autre poste a repris ses droits : arrêtez ici, utilisez l'autre.
refusal-already-claimed = Ces droits ont déjà été repris, ou pas à ce poste de les reprendre.
refusal-user-known = Cette personne est déjà connue : changez plutôt ses rôles.
refusal-last-role-key = { $role ->
    [focal_point] C'est la dernière personne à détenir la clé des signalements : donnez-la d'abord à un autre point focal.
   *[protection] C'est la dernière personne à détenir la clé des notes de protection : donnez-la d'abord à un collègue.
}
refusal-second-unsigned = La deuxième personne doit saisir elle-même son nom et son mot de passe : appelez-la à cette page.
refusal-request-reused = Ce formulaire a déjà servi à autre chose : rouvrez la page et renvoyez-le.
refusal-key-not-for-them = Cette clé n’est donnée qu’à une personne du rôle protection qui n’administre ni ne coordonne. Choisissez une autre personne.
refusal-erase-person-instead = Quelqu’un a été enregistré pour cette ligne. Effacez la personne : la ligne part avec elle.
refusal-erased-may-return = Les données de { $erased } personnes de cette liste ont été effacées sur demande, et { $listed } personnes du fichier semblent nouvelles. Retirez du fichier les lignes des personnes effacées, ou confirmez qu’aucune n’y figure.
refusal-withdrawn = Cette carte a été retirée : c’était une erreur. Utilisez l’autre carte de la personne.
refusal-something-given = Quelque chose a été remis sur cette carte. Annulez-le d’abord, puis retirez la carte.

## Ce que lit le public

refusal-no-edition = Rien n’est choisi pour être publié. Choisissez un jour ou un mois pas encore publié.
refusal-published-meanwhile = Quelqu’un a publié entre-temps, et ce qui est masqué en dépend. Regardez à nouveau, puis publiez.
refusal-period-not-over = La journée du { $last } n’est pas encore close sur tous les sites. Publiez-la une fois close.
refusal-already-published = C’est déjà publié, et ce qui est publié reste tel quel. Choisissez des jours pas encore publiés.
refusal-edition-nowhere = Aucun site n’est choisi. Choisissez-en au moins un, puis publiez.
refusal-edition-malformed = Rien n’a été publié : ces nombres ne concordent pas, ou montreraient moins de personnes qu’il n’est permis. C’est une erreur du programme. Signalez-la à la personne qui s’occupe d’Akèy chez vous.
