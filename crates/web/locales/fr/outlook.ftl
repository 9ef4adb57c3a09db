### Ce qui vient : manques, déplacements, file.

outlook-title = Perspectives
outlook-lead = Ce qui va manquer et quand, d’après le stock, ce qui est dû aux personnes présentes et les mouvements annoncés.
outlook-all-last = Rien ne semble devoir manquer ces jours-ci.
outlook-short = Ce qui va manquer
outlook-earliest = Au plus tôt
outlook-likely = Probable
outlook-latest = Au plus tard
outlook-not-seen = pas en vue
outlook-line = { $item } à { $site } : manque à partir du { $day }
outlook-line-may = { $item } à { $site } : peut manquer à partir du { $day }
outlook-chart = { $item } à { $site } : ce qui reste, jour par jour
outlook-chart-text = Le dernier jour, { $day }, il reste probablement { $likely }, entre { $low } et { $high }. Moins que zéro : il manque.
outlook-how = Sur mille personnes annoncées, { $permille } viennent, entre { $low } et { $high } : vu sur { $movements } mouvements avec { $listed } personnes inscrites, dont { $no_shows } ne sont pas venues, et { $unlisted } en plus. Les biens en route comptent à partir du deuxième jour.
outlook-moves = Ce qui peut être déplacé
outlook-moves-none = Rien : soit rien ne manque, soit personne dans le même pays n’a assez à donner.
outlook-move = { $amount } × { $item } : { $from } → { $to }
outlook-moves-how = Qui donne garde assez, même si tout tourne mal. La distance entre les sites n’est pas connue ici ; ce qu’on sait du danger à chaque bout figure à côté.
outlook-prepare = Préparer le bordereau
outlook-queue = La file ce soir
outlook-queue-waiting = { $people } personnes : comptées ici et pas enregistrées, et annoncées pour aujourd’hui.
outlook-desks = Guichets ouverts
outlook-minutes = Minutes par personne
outlook-extra = Personnes en plus
outlook-by = Plus personne n’attend à
outlook-compute = Calculer
outlook-last = La dernière personne est servie vers { $likely }, entre { $easy } et { $hard }.
outlook-last-never = Avec ces guichets, la file ne finit pas en une semaine.
outlook-needed = { $desks } guichets dès maintenant, et plus personne n’attend à { $by }.
outlook-needed-none = Aucun nombre de guichets ne suffit : quelqu’un arrive trop tard pour cela.
outlook-wrong = Guichets de 0 à 10 000, minutes de 1 à 1 440, personnes de 0 à 1 000 000. Corrigez le nombre.
outlook-site = Site
outlook-day = Jour
outlook-there = Présents
outlook-lasts = Dure
outlook-not-known = inconnu
outlook-lasts-days = { $days ->
    [0] pas jusqu’à ce soir
    [one] { $days } jour
   *[other] { $days } jours
 }
outlook-lasts-between = de { $low } à { $high } jours
outlook-lasts-over = de { $low } à plus de { $days } jours
outlook-lasting = Suffit pour ces jours : { $count }
outlook-left-over = { $here } ici, probablement { $left } à la fin
outlook-unweighed = { $item } : aucun déplacement n’a pu être calculé. Regardez les manques ci-dessus et jugez vous-même.
outlook-queue-none = Personne n’attend ici et personne n’est annoncé.
outlook-queue-seen = Vu dernièrement : une personne prend { $minutes } minutes d’un guichet (de { $low } à { $high }, sur { $seen } enregistrements) ; collègues ayant enregistré quelqu’un dans l’heure : { $desks }.
outlook-queue-unseen = Trop peu d’enregistrements pour dire combien de temps prend une personne : saisissez-le.
outlook-staff = Guichets pour les jours à venir
outlook-desks-between = { $likely } (de { $easy } à { $hard })
outlook-desks-none = aucun nombre ne suffit : des gens arrivent trop tard
outlook-desks-how = Le moins de guichets, ouverts dès le début de la journée (aujourd’hui : dès maintenant), pour que plus personne n’attende à dix-huit heures ; si des gens arrivent plus tard, deux heures après les derniers. Une personne prend le temps constaté sur les mille derniers enregistrements du site.
outlook-places = Places dans les sites
outlook-places-how = Présents : le dernier comptage qui a une borne haute, et ce qui est arrivé et parti depuis. Chaque jour : les personnes annoncées, dans la proportion venue jusqu’ici ; qui doit partir rend une place, sauf au pire.
outlook-stock-link = Ce qui va manquer dans les jours à venir
outlook-desks-needed = Guichets nécessaires
