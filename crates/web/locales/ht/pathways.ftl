### Chemen, apèl, ak plas sèvis yo.
### not yet reviewed by a speaker

## Kinds

pathway-family-reunification = Reyini fanmi
pathway-resettlement = Reyenstalasyon nan yon lòt peyi
pathway-humanitarian-parole = Pèmisyon imanitè (« parole »)
pathway-asylum = Azil
pathway-work-or-study-visa = Viza pou travay oswa etid
pathway-voluntary-return = Retou volontè
pathway-reintegration-grant = Kòb pou rekòmanse

## Steps

pathway-step-relative-found = Yo jwenn fanmi an
pathway-step-papers-collected = Papye yo rasanble
pathway-step-application-filed = Demann nan depoze
pathway-step-interview = Entèvyou a fèt
pathway-step-decision = Desizyon an rive
pathway-step-travel-papers = Papye vwayaj yo bay
pathway-step-travelled = Moun nan vwayaje
pathway-step-protection-registered = Enskri kay ajans pwoteksyon an
pathway-step-identified = Yo wè moun nan bezwen l
pathway-step-submitted = Yo pwopoze l bay yon peyi
pathway-step-medical-check = Egzamen medikal
pathway-step-supporter-found = Yo jwenn yon moun ki sipòte
pathway-step-security-check = Kontwòl sekirite
pathway-step-rights-explained = Yo esplike dwa yo
pathway-step-legal-aid = Yo jwenn èd legal
pathway-step-offer = Òf travay oswa plas pou etidye
pathway-step-counselled = Yo bay konsèy
pathway-step-consent-signed = Dakò alekri
pathway-step-travel-booked = Vwayaj la rezève
pathway-step-plan-written = Plan an ekri
pathway-step-first-payment = Premye peman an fèt
pathway-step-visited = Vizit apre a fèt
step-open = pou fè
step-done = fèt
step-not-applicable = pa nesesè

## Outcomes

pathway-outcome-granted = Akòde
pathway-outcome-refused = Refize
pathway-outcome-withdrawn = Retire
pathway-outcome-lost-contact = Kontak pèdi
pathway-told-by-officials = otorite yo, anvan yo voye moun nan
pathway-told-by-desk = nou menm, nan biwo a
pathway-told-by-others = yon lòt moun

## The page

pathways-title = Chemen legal yo
pathways-lead = Yo te pale de « chemen ki an sekirite, an lòd, ki respekte moun ». Men sa ki rive. Chif yo rete nan operasyon an.
pathways-told-got = Sou { $told } moun yo te di sa, { $got } jwenn youn.
pathways-told-more = Yo louvri yon chemen pou { $opened } nan moun sa yo; se otorite yo ki te di { $officials } ladan yo.
pathways-median = Depi lè yo di l jis lè l jwenn li, mwatye pran { $days } jou oswa mwens.
pathways-kinds = Pa kalite
pathways-kind = Chemen
pathways-all = Tout ansanm
pathways-none = Pèsonn pa tande pale de yon chemen nan jou sa yo, epi pa gen youn ki louvri.
pathways-told = Yo di yo
pathways-got = Ladan yo, ki jwenn
pathways-days = Jou pou jwenn li (medyàn)
pathways-opened = Louvri
pathways-open = ap fèt
pathways-how = Chak moun konte yon sèl fwa ak tout fich li, nan jou yo te di l; chemen yo, nan jou yo louvri; sa ki rive, nenpòt lè. Moun yo te di plizyè nan chak, epi yon fwa nan tout ansanm. Se sèl moun ki jwenn apre yo te di l ki konte.
pathways-going-on = K ap fèt ({ $count })
pathways-none-open = Pa gen chemen k ap fèt.
pathways-and-more = ak { $count } lòt
pathways-steps-done = { $done } etap sou { $all } regle
pathways-next = apre sa: { $step }
pathways-overdue = an reta depi { $at }
pathways-due = pou { $at }
pathways-told-only = yo di l sèlman
pathways-none-of-them = Pa gen anyen ekri sou chemen pou moun sa a.
pathways-keep = Ekri chemen yo
pathways-in-general = Chemen an jeneral
pathways-told-at = yo di l { $at }: { $by }
pathways-opened-at = louvri { $at }
pathways-not-opened = pa louvri
pathways-closed-at = fèmen { $at }
pathways-done-on = fèt { $at }
pathways-done-today = Fèt jodi a
pathways-done-today-of = Fèt jodi a: { $step }
pathways-dates = Lòt jou, oswa dat limit
pathways-stands = Kote l ye
pathways-done-day = Fèt nan dat
pathways-due-day = Dat limit
pathways-close = Fèmen chemen sa a
pathways-outcome = Sa l bay
pathways-on = Ki jou
pathways-open-do = Louvri yon chemen
pathways-tell = Ekri kiyès ki di yo
pathways-tell-aloud = Èske yon moun te pale w de yon chemen legal pou al yon lòt kote, oswa pou rete? Kiyès, epi kilès?
pathways-tell-by = Kiyès ki di sa

## Calls

called-reached = Nou pale avè l
called-no-answer = Nou pa jwenn li
called-wrong-number = Move nimewo
called-no-calls = Li pa vle yo rele l
called-calls-again = Yo ka rele l ankò
calls-title = Apèl
calls-lead = { $count } pou rele jodi a
calls-none = Pa gen pèsonn pou rele jodi a.
calls-not-called = Pou suiv tou, men yo pa vle yo rele yo: { $count }. Mande sèvis la, sou paj referans lan.
calls-how = Apèl yo fèt yon semèn, yon mwa ak twa mwa apre referans lan. Moun nou pa jwenn tounen sou lis la demen.
calls-no-number = Pa gen nimewo.
calls-add-number = Ajoute youn
calls-week = apre yon semèn
calls-month = apre yon mwa
calls-quarter = apre twa mwa
calls-today = jodi a
calls-unreached = pa jwenn, youn apre lòt: { $count }
calls-perhaps-lost = Nou rele anpil pou granmesi: si nou pa ka jwenn moun nan, di sa sou paj referans lan.
calls-went = Kijan sa pase
calls-on-paper = ☐ pale avè l  ☐ pa jwenn  ☐ move nimewo  ☐ pa rele ankò
calls-declined = Moun sa a mande pou yo pa rele l.
calls-again = Li di yo ka rele l ankò

## Room of services

reachable-reachable = moun ka ale
reachable-by-phone = pa telefòn sèlman
reachable-unreachable = moun pa ka jwenn li
places-of-total = moun ansanm
places-of-week = moun pa semèn
service-room = { $left } plas lib sou { $places }
service-full = plen: 0 plas lib sou { $places }
service-places-said = { $places } plas yo di; moun yo voye la sele
service-reachable-unknown = nou pa konnen si moun ka jwenn li
service-open-on = louvri { $days }
service-holds-until = valab jiska { $at }
service-said-at = yo di sa { $at }
service-state = Di konbyen plas ki genyen
service-places = Plas
service-places-hint = Vid si yo pa di. Referans ki fèt apati kounye a pran plas.
service-places-of = Se
service-reachable = Kijan moun ka jwenn li
service-until = Sa valab jiska
service-until-hint = Nesesè si moun pa ka jwenn li: apre sa nou pa konnen ankò.
service-open-days = Louvri
refer-no-room = Plen, oswa moun pa ka jwenn li kounye a. Ou ka voye moun kanmenm.

## Refusals

field-by = Kiyès ki di sa
field-reached = Kijan apèl la pase
field-places-of = Ki plas yo ye
field-reachable = Kijan moun ka jwenn li
refusal-unknown-pathway = Nou pa konnen chemen sa a isit.
refusal-pathway-told = Li ekri deja moun sa a te tande sa.
refusal-pathway-open = Moun sa a nan chemen sa a deja: kontinye ak sa a.
refusal-pathway-not-opened = Chemen sa a poko louvri: louvri l anvan.
refusal-pathway-closed = Chemen sa a fèmen: louvri yon lòt.
refusal-pathway-of-other-kind = Se yon lòt chemen yo te di moun nan: louvri sa a, oswa yon nouvo.
refusal-step-of-other-kind = Chemen sa a pa gen etap sa a: chwazi youn nan lis li.
refusal-before-opened = Sa t ap rive anvan chemen an louvri: verifye dat la, oswa antre ouvèti a ak dat pa l.
refusal-no-calls = Moun sa a mande pou yo pa rele l: pa rele. Lè l di yo ka rele l ankò, ekri sa sou paj referans lan.
refusal-until-missing = Li manke jiska kilè moun pa ka jwenn sèvis la: ekri yon jou; apre sa n ap mande ankò.
refusal-no-weekday = Yon jou nan semèn nan se yon chif soti 1, lendi, rive 7, dimanch: chwazi ankò.
refusal-step-not-yet = Yon etap pa ka fèt nan yon jou k ap vini: ekri jou sa a kòm dat limit.
pathways-part = Se chemen ou gen dwa konnen sèlman ki konte.
