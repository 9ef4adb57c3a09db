### The desk: meeting, registering, screening, giving; people and their pages · Kreyòl
### not yet reviewed by a speaker

## The desk
## not yet reviewed by a speaker

scan-label = Eskane oswa ekri kat la (oswa nimewo a, tankou A068)
scan-open = Louvri
card-length = Yon kòd kat gen 8 karaktè. Sa a gen { $count }. Li l ankò.
card-character = Karaktè { $place } a pa janm sou yon kat. Li l ankò.
card-check = Gen yon karaktè ki pa bon nan kòd la. Li l ankò.
desk-waiting = Ap tann ({ $count })
desk-waiting-none = Pèsonn pa ap tann.
desk-served = Ap sèvi ({ $count })
desk-served-none = Pa gen moun ki gen atik pou resevwa.
desk-more = ak { $count } lòt dèyè yo: eskane yon kat oswa ekri yon nimewo pou jwenn yon moun
desk-open-items = { $count } pou bay
desk-called = lòt pòs rele l
desk-aside = mete sou kote
call-hint = Yon nimewo yo rele rete pou biwo sa a pandan { $minutes } minit.
call-still = Yo rele { $queue } isit la, li poko anrejistre.
call-aside-hint = Anrejistre moun nan oswa mete l sou kote: li kenbe nimewo l ak plas li nan liy nan, y ap rele l ankò lè pa gen lòt moun k ap tann, oswa apre { $minutes } minit.
call-aside = Mete l sou kote epi rele lòt la
call-none = Pa gen lòt moun pou rele: yon lòt biwo rele tout moun k ap tann yo, oswa yo mete yo sou kote. Apre { $minutes } minit, nenpòt biwo ka rele yo ankò.
desk-first = an premye
desk-next-title = Moun ki vin apre a
desk-next = Rele pwochen moun nan
desk-meet-title = Resevwa moun
desk-meet-hint = Chak moun jwenn yon nimewo ak yon kat touswit, anvan okenn fòm.
desk-how-many = Konbyen moun
desk-priority = Rele an premye, paske
desk-priority-none = non, nan lòd
desk-meet = Bay nimewo ak kat
meet-exceeds = Yo konte { $headcount } moun, { $met } gen kat. Si n ajoute { $people }, ap gen { $cards } kat. Gade nimewo a byen.
meet-exceeds-yes = Wi, gen plis moun isit la pase sa yo te konte
desk-nothing-landed = Poko gen vwayaj ki rive. Lè youn rive, ekri sa sou paj vwayaj la.
cards-title = Kat ({ $count })
cards-hint = Enprime epi bay yo, oswa kopye nimewo ak kòd sou brasle. Pa gen non sou yo.
cards-print = Enprime
cards-to-desk = Ale nan resepsyon an
cards-mistake = Kat sa yo se te yon erè
cards-withdraw-text = Pèsonn pa sèvi ak { $count } nan kat sa yo. Yo p ap konte ankò; sa ki te sèvi yo ap rete.
cards-withdraw = Retire { $count } kat ki pa sèvi
cards-withdraw-ask = Pa bay moun yo. Se yon kowòdonatè ki retire kat ki pa sèvi yo sou paj sa a. Bay kowòdonatè a adrès paj la:
card-keep = Kenbe kat sa a. Montre l chak fwa.
card-with-name = Mete non sou li
card-without-name = San non

## One person at the desk
## not yet reviewed by a speaker

arrival-elsewhere = Moun sa a nan { $site }. Chwazi kote sa a anwo paj la pou travay avè l.
arrival-met = resevwa { $at }
arrival-left = ale { $at }
arrival-not-registered = poko anrejistre
arrival-declined = pito pa di
arrival-unlisted = pa t sou manifès la
arrival-screened = evalye
arrival-concern = bezwen pwoteksyon
arrival-next-title = Epi kounye a
arrival-leave = Moun nan ale
arrival-withdrawn = te retire: se te yon erè
arrival-withdraw = Se te yon erè: retire kat sa a
arrival-withdraw-text = Si yo te anrejistre yon menm moun de fwa, oswa yo te bay yon kat pou anyen, retire kat sa a. Li p ap konte ankò, epi plas li sou lis la vin lib. Anile anvan sa yo te bay sou li.
arrival-withdraw-do = Retire kat la
arrival-card = Kat la ankò
arrival-flag = Rele moun sa a an premye
back = Tounen
save = Anrejistre
item = Atik
quantity = Kantite

## Told what is kept: read aloud before anything is written down
## not yet reviewed by a speaker

told-title = Li sa byen fò
told-text = Byenvini. Nou ekri non ou ak sa ou bezwen pou nou ka ede ou, yon sèl fwa pou chak bagay. Se moun k ap ede ou yo sèlman ki wè l. Ou ka refize reponn: w ap jwenn manje ak dlo kanmenm. Ou ka mande wè sa nou ekri, korije l, oswa efase l.
told-done = Yo di moun nan sa nou kenbe, ak poukisa
told-was = Yo te di moun nan sa nou kenbe.
told-was-not = Yo poko di moun nan sa nou kenbe.

## Who is this?
## not yet reviewed by a speaker

scan-is-document = Se yon dokiman. Louvri nimewo moun nan anvan, epi eskane l kote yo mande kiyès li ye.
who-title = Kiyès moun sa a ye?
who-name = Non
who-find = Chèche sou manifès la: non, oswa nimewo papye
who-find-do = Chèche
who-on-list = Sou manifès la
who-on-list-none = Pèsonn sou manifès la. Ekri moun nan anba a.
who-other-movement = lòt vwayaj
who-this-one = Se li menm
who-new = Ekri yon moun, menm ak non sèlman
who-check = Gade ak moun nan si tout bon
who-from-list = Sa soti nan manifès la. Korije sa ki pa bon.
zone-holds = Nou li dokiman an: chif kontwòl li yo bon.
zone-wrong = Gen yon chif kontwòl dokiman sa a ki pa bon. Gade dokiman an.
zone-check = { $field }: liy { $line }, plas { $column } montre { $stands }; { $expected } ta bon.
zone-offer = Èske dokiman an montre youn nan sa yo?
zone-change = liy { $line }, plas { $column }: { $after } nan plas { $before }
zone-as-it-is = Oswa korije l anba a ak men. Yo pa refize pèsonn pou sa.
zone-truncated = Non yo ranpli tout zòn nan: dokiman an gen dwa montre plis.
zone-expired = Dokiman an te bon jiska { $date }.
zone-next-line = Eskane oswa tape pwochen liy dokiman an.
zone-filled = Sa soti nan dokiman an. Korije sa ki pa bon.
zone-field-number = Nimewo dokiman an
zone-field-birth = Dat nesans
zone-field-expiry = Bon jiska
zone-field-optional = Nimewo pèsonèl
zone-field-composite = Tout liy lan
known-document-of-several = Nimewo dokiman sa a sou { $count } moun ki anrejistre. Gade kiyès li ye; si se yon sèl moun, konekte dosye yo.
who-register = Anrejistre moun nan
who-decline = Moun nan pito pa di
who-decline-text = Pa gen okenn non k ap ekri. Moun nan jwenn manje ak dlo kanmenm.
who-decline-do = Anrejistre san non
who-not-landed = Vwayaj moun sa a pa louvri. Louvri l ankò sou paj vwayaj la anvan.
who-nothing = Nou pa konnen anyen.
who-registered-title = Moun nan
who-open-person = Louvri dosye a
line-wrong = Se pa liy sa a nan manifès la
line-wrong-text = Moun nan ap konte kòm moun ki pa t sou lis la, epi liy nan ap lib.
line-wrong-do = Wete l sou liy sa a
who-given-names = Prenon
who-family-name = Siyati
who-sex = Sèks
who-sex-age = Sèks · laj
who-female = Fi
who-male = Gason
who-birth = Nesans
who-birth-day = Jou
who-birth-month = Mwa
who-birth-year = Ane
who-age = oswa laj
who-age-hint = Si moun nan pa konnen dat la: ane a sèlman, oswa laj la.
who-born-on = { $date } ({ $age } an)
who-born-in = { $year } (anviwon { $age } an)
who-aged = { $age } an, jan moun nan di
who-mother = Non manman
who-birthplace = Kote li fèt (komin)
who-nationalities = Nasyonalite (plizyè posib)
who-nationality-other = Lòt nasyonalite, ak twa lèt
who-document = Nimewo papye, oswa eskane l
who-document-kind = Ki papye
who-document-more = Yon lòt papye
who-document-shared = Mwen gade lòt moun nan: se pa menm moun
who-destination = Ki depatman li prale
who-phone = Telefòn
who-more = Lòt kesyon
who-origin = Depatman orijin
who-last-residence = Dènye peyi li te viv
who-country-of-birth = Peyi li fèt
who-country-other = Lòt peyi, ak twa lèt

## Is this someone we know?
## not yet reviewed by a speaker

known-title = Èske nou konnen moun sa a?
known-search = Non, papye oswa kat ki te la deja
known-none = Pa jwenn pèsonn ki te la deja.
known-mother = manman: { $name }
known-met = resevwa { $at }
known-on-this-movement = anrejistre nan vwayaj sa a deja
known-yes = Wi, se menm moun nan
known-look = Gade dosye a
known-undo = Anyen pa mete ansanm san ou. Yon lyen ka defèt.

## Family
## not yet reviewed by a speaker

family-title = Vwayaje ansanm
family-none = Pa gen fanmi ki ekri.
family-find = Chèche yon moun nan fanmi an
family-nobody = Pa jwenn pèsonn. Anrejistre lòt moun nan anvan.
family-relation = Pou chèf fanmi an, li se
family-join = Mete nan fanmi sa a
family-take-out = Retire
family-hint = Fanmi an ka vini sou plizyè vwayaj.

## Screening
## not yet reviewed by a speaker

screening-title = Evalyasyon
screening-at = Fèt { $at }
screening-again = Chanje repons yo
screening-declined = pito pa reponn
screening-nothing = anyen espesyal
screening-language = Poze kesyon yo an:
screening-aloud = M ap poze ou kèk kesyon kout pou m konnen ki èd ou bezwen. Ou pa oblije reponn.
screening-child = Pou yon timoun: ak kiyès li ye?
screening-with-parents = Ak paran l, oswa se yon granmoun
screening-which = Ki sa ki vre pou moun nan?
screening-before = Anvan yo voye w: èske yon ofisyèl te mande w si w pè retounen?
screening-before-no-answer = Yo pa mande, oswa pa gen repons
screening-decline = Moun nan pito pa reponn
screening-concern = Ekip pwoteksyon an ta dwe pale ak moun sa a
screening-save = Anrejistre repons yo
note-title = Nòt pwoteksyon
note-new = Nòt pou ekip pwoteksyon an
note-sealed = Sele: se ekip pwoteksyon an sèlman ki ka li l.
note-save = Ekri nòt la
note-none = Poko gen nòt.
note-exist = Nòt pwoteksyon: { $count } (sele)
note-locked = Gen { $count } nòt, men kle a pa louvri pou ou. Yon kòlèg nan pwoteksyon ka ba ou kle a, sou paj modpas li.

## Giving
## not yet reviewed by a speaker

give-title = Pou bay, yon sèl fwa
give-none = Poko gen anyen pou bay.
give = Bay
given-at = bay { $at }, { $by }
give-disputed = ekri { $count } fwa
give-limit = Li te resevwa l { $last }. Limit: yon fwa chak { $days } jou.
give-ask-coordinator = Mande kowòdonatè a.
give-cash-desk = Nan kès la
give-other-desk = Nan yon lòt pòs
give-short = Rete { $count } sèlman isit.
give-waived = limit leve
give-card-checked = Mwen gade kat la: sa pa t bay
void-title = Anile
void-do = Anile sa ki te bay
waive-title = Leve limit la
waive-do = Leve limit la pou moun sa a
grant-title = Bay yon bagay anplis
grant-do = Mete l

## People
## not yet reviewed by a speaker

people-title = Moun
people-search = Chèche: non, papye, kat oswa nimewo
people-search-hint = Aksan ak majiskil pa enpòtan. Premye lèt yo sifi.
people-found = Jwenn: { $count }
people-nobody = Pa jwenn pèsonn.
people-more = Gen lòt ankò. Ekri plis lèt.
because-card = kat la
because-document = papye a
because-queue = nimewo a
because-name = non an
person-title = Moun
person-unnamed = Moun san non
person-particulars = Enfòmasyon
person-correct = Korije
person-correct-reason = Poukisa w ap korije
person-correct-hint = Sa ki te ekri anvan rete nan istwa a.
person-arrivals = Arive ak sa li resevwa
person-nothing-given = Poko resevwa anyen
person-given = Resevwa: { $items }
person-history = Istwa: kiyès ki ekri kisa
person-history-none = Pa gen istwa moun ka li isit.
person-first = premye fwa
person-corrected = korije
person-erased = Done moun sa a efase.
link-title = Menm moun nan, lòt dosye
link-none = Pa gen lòt dosye ki lye.
link-same = menm moun
link-undone = defèt
link-undo = Defè lyen an
link-find = Chèche lòt dosye a
link-do = Se menm moun nan
erase-title = Efase done moun nan
erase-open = Moun nan mande efase done l
erase-text = Non ak tout enfòmasyon sou moun sa a ap detwi pou toujou. Sa ki te bay rete konte, san non.
erase-sure = Mwen sèten. Sa pa ka defèt.
erase-line-ask = Se yon administratè ki efase. Bay administratè a adrès paj sa a.
erase-ask = Se yon administratè ki efase, nan Reglaj. Ba li kòd kat la: { $codes }
erase-find-title = Efase done yon moun
erase-find-text = Pou yon moun ki mande sa. Kòd kat la, oswa nimewo jodi a, mennen nan paj ki efase a; okenn non p ap parèt.
erase-find-code = Kòd kat la oswa nimewo
erase-find-do = Ale nan paj la
erase-find-nobody = Pèsonn pa anrejistre ak kat sa a: pa gen okenn enfòmasyon pèsonèl.
erase-tick = Make ti bwat la pou konfime.
erase-do = Efase pou toujou
