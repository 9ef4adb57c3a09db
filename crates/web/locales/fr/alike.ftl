## Qui cela peut être, parmi les personnes déjà enregistrées

alike-hint = Écrivez un nom : qui est déjà enregistré s’affiche ici.
alike-nobody = Personne de semblable n’est enregistré.
alike-not-ready = La liste des personnes connues se prépare. En attendant, cherchez par nom.
alike-very-likely = Très probablement la même personne
alike-likely = Probablement la même personne
alike-perhaps = Peut-être la même personne
alike-jump = Déjà enregistré, peut-être : { $count }. Voir plus bas.
alike-why = Pourquoi
alike-read = Un pas vers le haut double la chance, un pas vers le bas la divise par deux. Parmi cent mille personnes, deux prises au hasard ne sont presque jamais la même : c’est de là qu’on part.
alike-warning = Cela ressemble à une personne déjà enregistrée. Regardez à côté du formulaire : si c’est la même personne, choisissez « Oui, la même personne ».
alike-somebody-else = J’ai regardé : c’est une autre personne

## Les pas de l’explication

why-before = Avant toute comparaison
why-family = Frères et sœurs ont cela en commun
why-together = D’autres de la famille sont venus aussi
why-alike = le même, ou il se prononce pareil
why-slip = une lettre diffère
why-part-rare = l’un fait partie de l’autre
why-part-common = l’un fait partie de l’autre
why-one-rare = un nom en commun
why-one-common = un nom en commun
why-apart = différent
why-apart-women = différent ; cela peut être celui du mari
why-exchanged = échangé avec le nom de famille
why-exchanged-nearly = échangé avec le nom de famille, à peu près
why-same = pareil
why-same-by-name = pareil, le prénom le dit
why-near = un chiffre diffère
why-very-common = (très répandu)
why-common = (répandu)
why-rare = (rare)
why-birth-same = Né le même jour
why-birth-exchanged = Naissance : jour et mois échangés
why-birth-one-part = Naissance : le jour, le mois ou un chiffre de l’année diffère
why-birth-same-year = Naissance : la même année, on n’en sait pas plus
why-birth-year-apart = Naissance : un an d’écart, on n’en sait pas plus
why-birth-apart = Naissance : une autre date
