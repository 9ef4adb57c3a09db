### The board, movements and manifests · Kreyòl
### not yet reviewed by a speaker

## The board
## not yet reviewed by a speaker

board-ground = Sou teren an kounye a
board-ground-none = Pa gen okenn vwayaj n ap resevwa kounye a.
board-landed = { $movement }, { $origin } → { $destination }, rive { $time }
board-to-desk = Ale nan resepsyon an
board-arriving = Ap vini
board-arriving-none = Pa gen okenn vwayaj ki anonse pou jodi a ak demen.
board-lands = Rive
board-diverted-here = devye vin isit
board-stock = Estòk ak moun k ap vini
board-stock-none = Poko gen anyen nan estòk la.
board-needed = Bezwen jis demen
board-lasts = Ap dire
board-decisions = Bezwen yon desizyon
board-decisions-none = Pa gen anyen k ap tann yon desizyon.
decide-headcount = { $movement }: yo konte { $headcount } moun, manifès la gen { $listed }.
decide-disputed = { $queue }: { $item } make kòm bay { $times } fwa.
decide-line = { $claims } moun anrejistre sou menm liy manifès la.
decide-limit = { $queue }: { $item }, limit la rive. Li te resevwa l { $last }.
decide-waybill = Bon { $number } te voye { $at }, li poko resevwa.
decide-check-cards = { $count } atik petèt te bay apre kopi sekirite a. Gade kat yo.
decide-find = Chèche
decide-look = Gade
decide-receive = Resevwa
pace = Si sa kontinye konsa, dènye moun nan ap anrejistre vè { $time }.
pace-done = Tout moun ki la anrejistre.
pace-none = Poko gen ase enskripsyon nan dènye èdtan an pou di ki lè sa ap fini.
pace-how = Rete { $left } moun sou { $all } ({ $registered } anrejistre). Nan dènye èdtan an: { $hour } anrejistre. Lè a = kounye a + { $left } ÷ { $hour } èdtan.
how-computed = Kijan nou kalkile sa
cover-short = manke { $count }
cover-enough = gen ase
cover-none = pa gen isit
cover-days = { $days } jou
cover-how = Bezwen = sa ki prevwa pou moun ki la epi poko bay + sa pakè a bay chak moun k ap vini jis demen. Ap dire = sa ki la ÷ mwayèn chak jou nan 7 dènye jou yo.
step-announced = anonse
step-counted = konte
step-met = resevwa
step-registered = anrejistre
step-screened = evalye
step-assisted = ede
step-left = ale

## Movements
## not yet reviewed by a speaker

movements-title = Vwayaj yo
movements-open = Ap vini ak ap resevwa
movements-over = Fini
movements-none = Pa gen okenn.
movement = Vwayaj
movement-announce = Anonse yon vwayaj
movement-from = Soti
movement-to = Pou ale
movement-when = Ki lè
movement-announced = Anonse
movement-counted = Konte
movement-registered = Anrejistre
movement-diverted = devye
movement-kind = Kalite
movement-name = Non oswa nimewo vòl
movement-name-hint = Jan li ekri sou tablo oswa papye a, tankou DR-12
movement-expected = L ap rive
movement-people-announced = Moun yo anonse
movement-people-counted = Moun nou konte
movement-legal = Baz legal
movement-screened-before = Kesyon pwoteksyon anvan depa
movement-sites-hint = Si yon kote manke nan lis la, mande administratè a mete l.
movement-receive = Resevwa moun yo
movement-now = Ki kote nou ye
movement-facts = Enfòmasyon
movement-children-alone = { $count } timoun petèt poukont yo oswa san paran
movement-departed-at = Pati
movement-landed-at = Rive
movement-closed-at = Fèmen
movement-diverted-from = Te dwe ale
movement-do = Sa ou ka fè
movement-land = Li rive
movement-depart = Li pati
movement-divert = Li pral yon lòt kote
movement-cancel = Anile vwayaj la
movement-elsewhere = Se nan { $site } sèlman yo ka ekri ke li rive.
movement-close = Fèmen vwayaj la
movement-close-hint = Lè tout moun sèvi. Moun ki rete sou lis la ap make « pa vini ».
movement-correct = Korije kantite moun
movement-reopen = Louvri l ankò
movement-reopen-hint = Si yon moun vini apre.
movement-cancelled-hint = Vwayaj sa a anile. Pa gen anyen pou fè.
reason = Rezon
people = Moun
not-readable-here = pa ka li isit
balance-title = Èske tout moun konte?
balance-listed = Sou manifès la
balance-unlisted = Pa t sou lis la
balance-sum = Ansanm
balance-registered = Anrejistre
balance-no-show = Pa vini
balance-waiting = Ap tann
balance-even = De bò yo egal: pèsonn pa pèdi.
balance-off = De bò yo pa egal: diferans { $count }. Rele administratè a.
headcount-more = Nou konte { $headcount }, manifès la gen { $listed }: { $count } moun pa sou lis la.
headcount-fewer = Nou konte { $headcount }, manifès la gen { $listed }: { $count } poko vini oswa yo pa vini.

## Manifests
## not yet reviewed by a speaker

manifest-title = Manifès
manifest-import = Mete yon manifès
manifest-none = Poko gen manifès. Ou ka resevwa moun san li.
manifest-search = Non oswa nimewo papye
manifest-all = Tout
manifest-filter = Montre
manifest-nobody = Pa jwenn pèsonn.
manifest-row = Liy
manifest-state = Kote l ye
manifest-do = Aksyon
manifest-no-show = Pa vini
manifest-file = Fichye lis la (Excel XLSX oswa CSV)
manifest-file-hint = Jan konpayi a oswa biwo a voye l. Jiska 32 Mo.
manifest-look = Gade fichye a
manifest-safe = Anyen pa anrejistre anvan ou wè tout bagay epi ou konfime.
manifest-other-file = Pran yon lòt fichye
manifest-unreadable = Nou pa ka li fichye sa a
manifest-which-header = Ki liy ki gen tit kolòn yo?
manifest-is-header = Se liy sa a
manifest-guess-title = Èske se sa ki nan chak kolòn?
manifest-guess-text = Lis la pa gen tit nou konprann; nou devine sa dapre sa ki ladan l. Korije sa ki pa bon, epi konfime.
manifest-guess-confirm = Wi, li l konsa
manifest-read = Sa nou li
manifest-people = moun
manifest-refused = liy nou pa ka pran
manifest-skipped = liy ki pa moun (total, siyati)
manifest-titles = Anwo lis la ekri:
manifest-order-title = Jou a anvan, oswa mwa a anvan?
manifest-order-text = Fichye a pa montre l. Gade dat sa yo, epi chwazi. Mande moun ki voye lis la si ou pa sèten.
manifest-cell = Sa ki ekri
manifest-day-first = Jou a anvan
manifest-month-first = Mwa a anvan
manifest-changes = Sa k ap chanje
manifest-nothing-changes = Lis la deja konsa: anyen p ap chanje.
manifest-same = { $count } moun rete menm jan.
manifest-new = Moun ki nouvo sou lis la
manifest-changed = Korije
manifest-removed = Pa sou lis la ankò
manifest-kept = Pa sou lis la ankò, men yo anrejistre deja: yo rete
manifest-details = lòt detay
manifest-elsewhere-confirm = Wi, mwen gade: se bon vwayaj la
manifest-take = Pran lis la
manifest-no-problems = Pa gen pwoblèm nan fichye a.
manifest-problems = Pou gade: { $count }
manifest-column = Kolòn
manifest-problem = Pwoblèm nan, ak sa pou fè
manifest-columns = Ki sa ki nan chak kolòn
manifest-not-read = pa li l
manifest-read-again = Li l ankò konsa
manifest-sheet = Nou li fèy « { $name } ». Pran yon lòt:
severity-row-refused = liy refize
severity-field-dropped = chan kite
severity-warning = pou gade
list-more = { $shown } sou { $total } parèt. Chèche pou jwenn lòt yo.
list-rest = ak { $count } lòt
