### Stock, reports, users, sites, items · Kreyòl
### not yet reviewed by a speaker

## Stock
## not yet reviewed by a speaker

stock-title = Estòk
stock-here = Isit
stock-counted-at = Dènye kontaj: { $at }
stock-never-counted = Etajè a poko konte.
stock-do = Resevwa, voye, konte
stock-supply = Resevwa nan men yon founisè
stock-send = Voye nan yon lòt kote
stock-count = Konte etajè a
stock-count-hint = Konte sa ki sou etajè a kounye a. Si li pa menm ak liv la, di poukisa.
stock-difference = Poukisa chif yo pa menm
stock-no-difference = chif yo menm
stock-empty-hint = Kite vid sa ki pa sou papye a.
waybill-title = Bon { $number }
waybill-number = Nimewo bon an
waybill-supplier = founisè
waybill-sent = Voye
waybill-received = resevwa
waybill-under-way = sou wout
waybill-sent-at = Voye { $at }
waybill-received-at = Resevwa { $at }
waybill-receive = Resevwa bon an
waybill-receive-hint = Ekri sa ou konte, pa sa ki sou papye a.
waybills-open = Pou resevwa
waybills-open-none = Pa gen anyen sou wout pou isit.
waybills-recent = Bon yo
waybills-none = Poko gen bon.
journal-title = Jounal: { $item }
journal-when = Ki lè
journal-why = Poukisa
journal-change = Chanjman
journal-by = Kiyès
cause-sent = voye ak yon bon
cause-received = resevwa ak yon bon
cause-given = bay yon moun
cause-voided = anile, tounen sou etajè a
cause-counted = etajè a konte

## The report
## not yet reviewed by a speaker

report-title = Rapò sitiyasyon
report-from = Soti jou sa a
report-to = Rive jou sa a
report-sites = Kote
report-all-sites = Tout kote
report-show = Montre
report-print = Enprime
report-download = Telechaje
report-wrong-period = Peryòd sa a pa bon: premye jou a dwe anvan dènye a, epi mwens pase 400 jou.
report-unclear = Adrès sa a mande yon bagay okenn rapò pa genyen: yon jou, yon chwa kote oswa lektè ki pa egziste. Chwazi ankò anlè a.
trace-title = Kote chif sa a soti
trace-text = Evènman ki fè chif la: { $count }, pi ansyen yo an premye. Tout liy yo ansanm bay chif la.
trace-what = Kisa
trace-event = Evènman
trace-line = liy manifès
page-before = Paj anvan
page-after = Paj apre
page-of = paj { $page } sou { $pages }
event-title = Evènman jan li siyen
event-kind = Kalite
event-occurred = Sa te fèt
event-recorded = Li ekri
event-body = Pati piblik la
event-sealed = Non ak lòt done pèsonèl yo pa la: yo sele apa.

## Settings
## not yet reviewed by a speaker

users-title = Moun k ap travay isit
user-admit = Mete yon moun
user-name = Non
user-login-hint = Lèt piti, chif, pwen oswa tirè
user-first-password = Premye modpas
user-new-password = Nouvo modpas
user-set-password = Mete modpas la
user-roles = Wòl
user-active = Ka konekte
user-revoked = pa ka konekte ankò
sites-title = Kote yo
site-open = Mete yon kote
site-name = Non kote a
site-kind = Kalite
site-country = Peyi (twa lèt)
site-area = Depatman
site-port-code = Kòd IATA oswa UN/LOCODE
site-capacity = Konbyen moun ki ka la
site-time-zone = Zòn lè
site-day-closes = Lè jounen an fèmen
items-title = Atik yo
item-new = Mete yon atik
item-code = Kòd
item-code-hint = Lèt piti, chif ak _ , tankou school_kit
item-stocked = Li soti nan estòk la (li ka fini)
item-limit-times = Limit: konbyen fwa
item-limit-days = nan konbyen jou
item-money = Si se lajan: konbyen
item-money-hint = Se kès la sèlman ki bay lajan.
item-currency = Ki lajan (USD, HTG)
package-title = Sa chak moun dwe resevwa
package-hint = Mete 0 pou retire yon liy. Chanjman an vo pou moun ki vini apre.
package-when = Pou kiyès
package-age = Laj
when-met = tout moun ki resevwa
when-registered = tout moun ki anrejistre
when-age-from = ki gen laj sa a oswa plis
when-age-under = ki pi piti pase laj sa a
about-title = Enfòmasyon sou pòs sa a
about-operation = Operasyon
about-version = Vèsyon
about-node = Pòs
about-digest = Anprent rejis la
about-digest-public = Anprent pati piblik la
about-verify = Konpare ak sa `akey verify` ekri: si yo menm, anyen pa chanje.
password-old = Modpas ou genyen kounye a
password-new = Nouvo modpas
password-old-wrong = Modpas ou genyen kounye a pa bon.
password-short = Yon modpas gen omwen { $min } karaktè.
role-key-title = Kle nòt pwoteksyon yo
role-key-text = Ou gen kle a. Bay kòlèg pwoteksyon yo li pou yo ka li nòt yo.
role-key-everybody = Tout kòlèg pwoteksyon yo genyen l.
role-key-recovered = { $at }: { $user } resevwa kle a ak kle rasin lan, devan { $by }.
role-key-give = Bay kle a

## Published
## not yet reviewed by a speaker

published-title = Pibliye
published-lead = Sa tout moun ka li. Chak jou ak chak mwa pibliye yon sèl fwa epi li pa janm chanje.
published-next = Pibliye
published-none = Poko gen anyen ki pibliye.
published-at = pibliye { $moment }
published-period = Jou oswa mwa
published-period-hint = Yon jou tankou 2021-09-19 oswa yon mwa tankou 2021-09.
published-look = Gade l anvan
published-month-hint = Ak yon mwa, jou l yo ki poko pibliye ale tou.
published-month = { $from } rive { $to }
published-all = Tout sa ki pibliye
published-since = Sa ki chanje depi lè a
published-changes = { $changes } chif sou { $numbers } konte yon lòt jan kounye a.
published-erased = Moun yo te akeyi nan jou sa yo epi yo efase done yo depi lè a: { $count }.
published-then = pibliye
published-now = kounye a
published-stays = Sa ki pibliye rete jan l ye. Ti koreksyon ta montre yon moun si yo te pibliye yo. Si gen yon gwo bagay ki chanje, di l ak mo.
published-not-over = Jou sa yo poko fini nan tout sit yo: pibliye yo lè yo fini.
published-already = Sa a pibliye deja epi li rete jan l ye: chwazi yon lòt jou oswa yon lòt mwa.
published-not-here = Gen yon bagay ki te pibliye anvan ki pa ka li sou òdinatè sa a, oswa ki swiv règ li pa konnen: pibliye kote yo te fè l la, oswa mete Akèy ajou isit la.
published-unprotected = Kèlkeswa sa yo kache, sa t ap devwale sa ki te kache anvan. Yo pa ka pibliye l.
published-draft = Pou pibliye: { $period }
published-for-good = Depi l pibliye, yo pa ka ni chanje l ni retire l.
published-hides = { $hidden } chif moun sou { $numbers } nan { $editions } piblikasyon pa parèt: sa ki soti youn rive kat, ak sa yo ta ka kalkile yo ladan yo.
published-second = Yon lòt moun ki ka pibliye gade l tou, epi li tape pwòp non l ak modpas li
published-do = Pibliye l pou toutbon
