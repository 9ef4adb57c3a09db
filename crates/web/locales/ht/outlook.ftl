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
outlook-moves-how = Sa ki bay la kenbe ase menm si tout bagay pase mal. Nou pa konnen isit ki distans ki gen ant sit yo, ni si wout la louvri.
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
