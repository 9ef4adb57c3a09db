### Sa k ap vini: sa ki manke, sa pou deplase, liy lan.
### not yet reviewed by a speaker

outlook-title = Sa k ap vini
outlook-lead = Sa ki pral manke ak kilè, dapre estòk la, sa nou dwe moun ki la yo, ak mouvman ki anonse yo.
outlook-all-last = Nou pa wè anyen k ap manke nan jou sa yo.
outlook-short = Sa ki pral manke
outlook-earliest = Pi bonè
outlook-likely = Pwobab
outlook-latest = Pi ta
outlook-not-seen = nou pa wè l
outlook-line = { $item } nan { $site }: ap manke depi { $day }
outlook-line-may = { $item } nan { $site }: ka manke depi { $day }
outlook-chart = { $item } nan { $site }: sa ki rete, jou pa jou
outlook-chart-text = Dènye jou a, { $day }, petèt { $likely } rete, ant { $low } ak { $high }. Mwens pase zewo se sa ki manke.
outlook-how = Sou mil moun ki anonse, { $permille } vini, ant { $low } ak { $high }: nou wè sa nan { $movements } mouvman ak { $listed } moun sou lis, { $no_shows } pa t vini, epi { $unlisted } anplis. Machandiz ki sou wout konte depi dezyèm jou a.
outlook-moves = Sa nou ka deplase
outlook-moves-none = Anyen: swa anyen pa manke, swa pèsonn nan menm peyi a pa gen ase pou bay.
outlook-move = { $amount } × { $item }: { $from } → { $to }
outlook-moves-how = Sa ki bay la kenbe ase menm si tout bagay pase mal. Nou pa konnen isit ki distans ki gen ant kote yo; sa nou konnen sou danje nan chak bout ekri bò kote l.
outlook-prepare = Prepare bòdwo a
outlook-queue = Liy lan aswè a
outlook-queue-waiting = { $people } moun: konte isit epi poko anrejistre, ak anonse pou jodi a.
outlook-desks = Biwo ki louvri
outlook-minutes = Minit pou chak moun
outlook-extra = Plis moun
outlook-by = Pèsonn pa dwe tann a
outlook-compute = Kalkile
outlook-last = Dènye moun nan jwenn sèvis vè { $likely }, ant { $easy } ak { $hard }.
outlook-last-never = Ak biwo sa yo liy lan p ap fini nan yon semèn.
outlook-needed = { $desks } biwo depi kounye a, epi pèsonn p ap tann a { $by }.
outlook-needed-none = Pa gen kantite biwo ki ase: gen moun k ap vini twò ta.
outlook-wrong = Biwo ant 0 ak 10 000, minit ant 1 ak 1 440, moun ant 0 ak 1 000 000. Korije nonb lan.
outlook-site = Kote
outlook-day = Jou
outlook-there = Ki la kounye a
outlook-lasts = Dire
outlook-not-known = nou pa konnen
outlook-lasts-days = { $days ->
    [0] pa rive aswè a
   *[other] { $days } jou
 }
outlook-lasts-between = { $low } rive { $high } jou
outlook-lasts-over = { $low } rive plis pase { $days } jou
outlook-lasting = Ase pou jou sa yo: { $count }
outlook-left-over = { $here } isit, petèt { $left } ap rete alafen
outlook-unweighed = { $item }: nou pa t ka kalkile sa pou deplase. Gade sa ki manke anlè a epi deside ou menm.
outlook-queue-none = Pèsonn p ap tann isit, epi pèsonn pa anonse.
outlook-queue-seen = Sa nou wè dènyèman: yon moun pran { $minutes } minit nan yon biwo (ant { $low } ak { $high }, sou { $seen } anrejistreman); kòlèg ki anrejistre yon moun nan dènye èdtan an: { $desks }.
outlook-queue-unseen = Twò piti anrejistreman pou di konbyen tan yon moun pran: ekri l.
outlook-staff = Biwo pou jou k ap vini yo
outlook-desks-between = { $likely } (ant { $easy } ak { $hard })
outlook-desks-none = pa gen kantite ki ase: moun ap vini twò ta
outlook-desks-how = Pi piti kantite biwo, louvri depi kòmansman jounen an (jodi a: depi kounye a), pou pèsonn pa tann a sizè diswa; si moun vini pi ta, dezèdtan apre dènye a. Yon moun pran tan nou wè nan mil dènye anrejistreman kote a.
outlook-places = Plas nan kote yo
outlook-places-how = Moun ki la: dènye konte ki gen yon limit anwo, ak sa ki vini epi ki ale depi lè sa a. Chak jou: moun ki anonse, nan pwopòsyon ki vini jouk kounye a; moun ki dwe ale bay yon plas, men se pa nan pi move ka a.
outlook-stock-link = Sa ki pral manke nan jou k ap vini yo
outlook-desks-needed = Biwo ki nesesè
