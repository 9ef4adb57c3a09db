### The situation report · Kreyòl
### not yet reviewed by a speaker

## The head of the report
## not yet reviewed by a speaker

sitrep-title = Rapò sou sitiyasyon an
sitrep-internal = Sèlman pou operasyon an: ti chif ka montre yon moun
sitrep-public = Vèsyon piblik: ti chif yo pa parèt
sitrep-period = soti { $from } rive { $to }
sitrep-cut-off = Konte jiska { $moment }
sitrep-computed = Kalkile { $moment } pa { $by }
sitrep-published = Pibliye { $moment }
sitrep-log-end = Jiska evènman
sitrep-first = Chif yo an premye
sitrep-summary = { $returned } moun tounen nan { $movements } vwayaj. Nou anrejistre { $registered }, nou ede { $assisted }.

## What is counted
## not yet reviewed by a speaker

sitrep-measure-movements = Vwayaj
sitrep-measure-announced = Anonse
sitrep-measure-listed = Sou lis la
sitrep-measure-returned = Tounen
sitrep-measure-met = Akeyi
sitrep-measure-registered = Anrejistre
sitrep-measure-unlisted = Pa t sou lis la
sitrep-measure-declined = Pito pa di kiyès yo ye
sitrep-measure-screened = Evalye
sitrep-measure-assisted = Ede
sitrep-measure-left = Ale
sitrep-measure-no-show = Pa t vini
sitrep-hidden = pa parèt
sitrep-hidden-why = Li pa parèt: se yon chif youn a kat moun, oswa yo ta ka kalkile yon chif konsa avè l
sitrep-unpublished = pa pibliye
sitrep-not-known = Nou pa konnen
sitrep-percent = { $number } %
sitrep-percent-under-one = mwens pase 1 %
sitrep-decimal = { $whole },{ $tenth }
sitrep-together = Ansanm

## Day by day
## not yet reviewed by a speaker

sitrep-days = Jou pa jou
sitrep-days-caption = Sa ki pase chak jou travay sit la
sitrep-day = Jou
sitrep-chart-title = Moun ki tounen, dapre jou yo rive
sitrep-chart-text = Pi plis se { $day }: { $number }. Tout chif yo nan tablo a.
sitrep-chart-hidden = Tout chif ki ka parèt yo nan tablo a.

## The people
## not yet reviewed by a speaker

sitrep-people = Moun yo
sitrep-group = Gwoup
sitrep-share = Pati
sitrep-by-age-group = Sèks ak laj
sitrep-by-vulnerability = Sa ki ekspoze moun yo plis
sitrep-by-destination = Kote yo prale: depatman
sitrep-by-origin = Kote yo soti: depatman
sitrep-by-last-residence = Dènye peyi kote yo te rete
sitrep-waited-registered = Soti nan akèy rive nan anrejistreman
sitrep-waited-assisted = Soti nan akèy rive nan premye atik la
sitrep-chart-groups = Pi plis: { $group }, { $number }. Tout chif yo nan tablo a.
sitrep-by-departed-from = Peyi vwayaj la soti
sitrep-by-legal-basis = Baz legal vwayaj la
sitrep-by-screened-before = Evalyasyon pwoteksyon anvan depa a
sitrep-screened-before = Evalyasyon pwoteksyon anvan
sitrep-screened-not-known = nou pa konnen
sitrep-screened-not-offered = yo pa t ofri l
sitrep-screened-done = fèt
sitrep-several = Tout moun nou evalye; yon moun ka gen plizyè
sitrep-nobody = { $rows } lòt gwoup: pèsonn

## From announced to counted
## not yet reviewed by a speaker

sitrep-reconciliation = Soti nan anons rive nan kontaj
sitrep-reconciliation-caption = Moun ki nan vwayaj ki rive nan jou sa yo. Diferans ant de liy fonse yo fè total la.
sitrep-step = Etap
sitrep-difference = Diferans
sitrep-people-number = Moun
sitrep-step-announced = Anonse
sitrep-step-manifest-differs = Lis yo gen plis oswa mwens moun pase sa yo te anonse
sitrep-step-listed = Sou lis yo
sitrep-step-no-show = Pa t vini
sitrep-step-awaited = Nou poko konnen si yo vini
sitrep-step-unlisted = Vini san yo pa t sou lis
sitrep-step-registered = Anrejistre
sitrep-step-unregistered = Akeyi, poko anrejistre
sitrep-step-met = Akeyi
sitrep-step-not-met = Konte epi pa akeyi (+), oswa akeyi epi pa konte (−)
sitrep-step-returned = Konte lè yo rive

## Movements
## not yet reviewed by a speaker

sitrep-movements = Vwayaj yo
sitrep-movements-caption = Vwayaj ki rive nan jou sa yo; nou swiv moun yo jis lè nou sispann konte
sitrep-movement = Vwayaj
sitrep-apart = Nan jou sa yo (depi { $day }), plis (+) oswa mwens (−) pase vwayaj sa yo: moun nan vwayaj ki te rive anvan, oswa nou sèvi apre

## What was given, and whether it lasts
## not yet reviewed by a speaker

sitrep-items = Èd
sitrep-items-caption = Yon moun konte yon fwa pou chak atik, jou li resevwa l premye fwa a
sitrep-item = Atik
sitrep-item-people = Moun ki resevwa l
sitrep-item-quantity = Bay nan jou sa yo
sitrep-stock = Estòk
sitrep-stock-caption = Dapre liv la lè nou kalkile rapò a. Konbyen tan: estòk la divize pa mwayèn nou bay pa jou.
sitrep-site = Sit
sitrep-in-stock = Genyen
sitrep-a-day = Bay pa jou
sitrep-lasts = Konbyen tan
sitrep-owed-here = Dwe moun ki la
sitrep-needed = Pou moun n ap tann
sitrep-left-over = Rete
sitrep-nothing-given = anyen
sitrep-cover-not-known = nou pa ka di
sitrep-cover-days = { $days } jou
sitrep-cover-short = piti
sitrep-waybills = Machandiz sou wout
sitrep-waybills-caption = Bòdwo ki voye epi nou poko resevwa lè nou kalkile rapò a
sitrep-waybill = Bòdwo
sitrep-from-to = Soti → rive
sitrep-sent = Voye
sitrep-goods = Machandiz
sitrep-supplier = Founisè
sitrep-expected = Sa ki poko rive
sitrep-expected-caption = Vwayaj yo anonse oswa ki sou wout lè nou kalkile rapò a, pou sèt jou apre nou sispann konte
sitrep-to = Pou
sitrep-expected-at = N ap tann li

## What is not known, and how it was counted
## not yet reviewed by a speaker

sitrep-quality = Sa nou pa konnen
sitrep-quality-caption = Nan moun nou anrejistre nan jou sa yo
sitrep-quality-what = Nou pa konnen isit
sitrep-unknown-age-group = Sèks oswa laj
sitrep-unknown-destination = Kote yo prale
sitrep-unknown-origin = Kote yo soti
sitrep-unknown-last-residence = Dènye peyi kote yo te rete
sitrep-method = Kijan nou konte
sitrep-method-days = Yon jou soti nan yon lè fèmen sit la rive nan pwochen an. Chak etap konte jou li fèt la; sa nou ekri pita ak pwòp lè pa l konte nan pwòp jou pa l.
sitrep-method-movements = « Tounen » se dènye kontaj chak vwayaj. Tablo vwayaj yo swiv moun ki ladan yo, tablo jou yo konte tout moun nan jou sa yo; si yo diferan, diferans la anba.
sitrep-method-groups = Mwens pase 18 an se timoun. Laj la se laj jou yo rive a; si nou konnen ane nesans lan sèlman, tankou moun nan te fèt 1ye jiyè.
sitrep-method-cover = Bay pa jou se mwayèn dènye jou travay kote nou bay atik la, sèt jou o maksimòm, pa gen youn ki gen plis pase kat semèn; jou ki poko fini an konte sèlman si li fè mwayèn nan monte. Tablo a kalkile l menm jan. Pou moun n ap tann: sa pakè a bay tout moun.
sitrep-method-trace = Chak chif nou konte louvri evènman li soti ladan yo.
sitrep-method-public = Yo pibliye l yon sèl fwa, jou pa jou ak mwa pa mwa, epi yo pa chanje l apre. Chif youn a kat moun pa parèt, ni lòt chif jan sa nesesè pou pèsonn pa ka kalkile yo, menm ak tout piblikasyon yo ansanm: chak chif ki pa parèt ka varye omwen senk. Yon mwa adisyone jou l yo jan yo te pibliye.

## In a workbook
## not yet reviewed by a speaker

sitrep-kind = Kalite
sitrep-from = Soti
sitrep-landed = Rive
sitrep-code = Kòd
sitrep-sources = Kote chif yo soti
sitrep-source-sheet = Fèy
sitrep-source-cell = Kaz
sitrep-source-what = Sa nou konte
sitrep-source-key = Kle chif la: dèyè /trace/ sou sit la, li louvri evènman yo

## Referrals and feedback in the situation report
## not yet reviewed by a speaker

sitrep-referrals = Referans
sitrep-referrals-caption = Fèt nan jou sa yo, ak kote yo ye kounye a
sitrep-referrals-kind = Kalite sèvis
sitrep-referrals-made = fèt
sitrep-referrals-no-answer = san repons
sitrep-referrals-accepted = aksepte
sitrep-referrals-declined = refize
sitrep-referrals-completed = fini
sitrep-referrals-lost = pa jwenn
sitrep-referrals-withdrawn = retire
sitrep-feedback = Sa moun di
sitrep-feedback-caption = Ekri nan jou sa yo
sitrep-feedback-kind = Kalite
sitrep-feedback-recorded = ekri
sitrep-feedback-open = louvri
sitrep-feedback-answered = reponn
sitrep-feedback-closed = fèmen
sitrep-incidents = Ensidan
sitrep-incidents-caption = Nan jou sa yo, pa depatman ak kalite
sitrep-incidents-kind = Depatman ak kalite
sitrep-incidents-reported = rapòte
sitrep-incidents-harmed = ak domaj
sitrep-incidents-doubted = gen dout
sitrep-incidents-over = fini
sitrep-recovered = Ladan yo, sa yo bay ak dwa yo te repran nan men yon pòs ki pèdi (se yo sèl yo ka te bay de fwa):
sitrep-item-recovered = Bay ak dwa ki te repran
