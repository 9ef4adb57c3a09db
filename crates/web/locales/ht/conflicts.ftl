### Written differently at two places · Kreyòl
### not yet reviewed by a speaker

conflicts-title = Ekri yon jan diferan nan de kote
conflicts-lead = De moun ekri bagay diferan san youn pa t konnen lòt. Nou kenbe tou de. Chwazi sa ki bon an; lòt la rete nan istorik la.
after-closing = { $count ->
    [one] Yo antre yon moun sou yon lòt òdinatè pandan yo t ap fèmen sa a. Li konte; gade si yo te sèvi l
   *[other] Yo antre { $count } moun sou yon lòt òdinatè pandan yo t ap fèmen sa a. Yo konte; gade si yo te sèvi yo
}
conflicts-none = Pa gen anyen pou chwazi.
conflicts-board = { $count ->
    [one] Gen yon bagay ki ekri yon jan diferan nan de kote
   *[other] Gen { $count } bagay ki ekri yon jan diferan nan de kote
}
conflict-by = { $name } ekri l, { $at }
conflict-values = { $count ->
    [one] yon valè
   *[other] { $count } valè
}
conflict-choose = Se sa ki bon
conflict-open = Chwazi
conflict-empty = anyen
conflict-active = aktif
conflict-inactive = pa aktif ankò
conflict-takes-place = L ap fèt
conflict-cancelled = Li anile
conflict-declined = pito pa reponn
conflict-protection = pwoteksyon dwe pale ak moun sa a
conflict-limit = { $times } nan { $days } jou
conflict-no-limit = san limit
conflict-stocked = soti nan depo a
conflict-until = jiska { $at }

## Of what
conflict-about-person = Moun
conflict-about-line = Liy nan yon manifès
conflict-about-movement = Mouvman
conflict-about-arrival = Arive
conflict-about-site = Sit
conflict-about-user = Kòlèg
conflict-about-item = Atik
conflict-about-package = Pakè
conflict-about-legal-basis = Baz legal
conflict-about-office = Biwo
conflict-about-service = Sèvis
conflict-about-referral = Referans
conflict-about-incident = Ensidan
conflict-about-access = Aksè
conflict-about-pathway = Chemen
conflict-about-feedback = Kòmantè
conflict-about-booklet = Kanè kat

## Which field
conflict-field-person-given-names = Non
conflict-field-person-family-name = Siyati
conflict-field-person-sex = Sèks
conflict-field-person-birth = Nesans
conflict-field-person-mother-name = Non manman
conflict-field-person-birthplace = Kote moun nan fèt
conflict-field-person-country-of-birth = Peyi kote moun nan fèt
conflict-field-person-nationalities = Nasyonalite
conflict-field-person-documents = Dokiman
conflict-field-person-phone = Telefòn
conflict-field-person-destination = Kote moun nan vle ale
conflict-field-person-last-residence = Dènye peyi kote moun nan te rete
conflict-field-person-origin = Kote moun nan soti
conflict-field-line-particulars = Kiyès li ye
conflict-field-movement-takes-place = Si l ap fèt
conflict-field-movement-destination = Kote l prale ak lè yo tann li
conflict-field-movement-departed-at = Depa
conflict-field-movement-landed-at = Arive
conflict-field-movement-headcount = Moun yo konte
conflict-field-movement-screening = Entèvyou anvan
conflict-field-arrival-person = Kiyès ki anrejistre ak kat sa a
conflict-field-arrival-screening = Repons entèvyou a
conflict-field-arrival-priority = Poukisa yo rele l anvan
conflict-field-site-name = Non
conflict-field-site-kind = Ki kalite sit
conflict-field-site-country = Peyi
conflict-field-site-area = Zòn
conflict-field-site-port-code = Kòd pò a
conflict-field-site-capacity = Kantite moun ki ka antre
conflict-field-site-time-zone = Zòn lè
conflict-field-site-day-closes-min = Kilè jounen an fèmen, an minit apre minwi
conflict-field-user-access = Sa yo gen dwa fè
conflict-field-item-definition = Règ atik la
conflict-field-package-grants = Sa moun ki rive yo gen dwa resevwa
conflict-field-legal-basis-definition = Non ak itilizasyon
conflict-field-office-definition = Non ak manm
conflict-field-service-listing = Fich nan anyè a
conflict-field-service-contact = Kijan pou jwenn li
conflict-field-service-availability = Plas ak ouvèti
conflict-field-referral-outcome = Sa l bay
conflict-field-incident-state = Sa l lakòz, ak konbyen yo kwè l
conflict-field-access-status = Si moun ka rive
conflict-field-pathway-outcome = Kijan l fini
conflict-field-feedback-answer = Repons
conflict-field-booklet-torn-out = Kat ki dechire

## Refusals
refusal-no-conflict = Pa gen anyen pou chwazi isit la ankò: yon moun deja chwazi.
refusal-conflict-changed = Yo ekri yon lòt bagay isit la pandan tan sa a: gade sa ki la kounye a, epi chwazi.
