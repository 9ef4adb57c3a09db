### Manifest files: what a column holds, what is wrong, what to do · Kreyòl
### not yet reviewed by a speaker

## Why a whole file was not taken in
## not yet reviewed by a speaker

file-empty = Fichye a vid. Chwazi fichye ki gen lis la.
file-too-large = Fichye a twò gwo (plis pase 32 Mo). Retire foto yo, oswa divize l.
file-too-large-inside = Fichye a twò gwo lè li louvri. Kopye lis la nan yon nouvo fichye.
file-damaged = Fichye a kraze oswa li pa fin kopye. Kopye oswa telechaje l ankò.
file-too-many-rows = Gen twòp liy (plis pase 20 000). Divize fichye a.
file-too-many-columns = Gen twòp kolòn. Efase sa ki pa nan lis la.
file-no-header = Pa gen liy ki di ki kolòn ki non, sèks oswa dat nesans. Chwazi liy tit la, epi di sa ki nan chak kolòn.
file-no-sheet = Fèy sa a pa nan fichye a. Chwazi youn nan fèy li genyen yo.
file-foreign-pdf = Fichye a se yon PDF. Mande lis la an XLSX oswa CSV.
file-foreign-word = Se yon dokiman Word. Kopye tablo a nan yon fèy kalkil, epi sove l an XLSX.
file-foreign-old-excel = Se yon vye fichye Excel (.xls). Louvri l, epi sove l an XLSX.
file-foreign-binary-excel = Se yon fichye Excel binè (.xlsb). Louvri l, epi sove l an XLSX.
file-foreign-open-document = Se yon fichye OpenDocument. Louvri l, epi sove l an XLSX.
file-foreign-locked = Fichye a gen yon modpas. Louvri l, epi sove l san modpas.
file-foreign-web-page = Se yon paj entènèt. Louvri l nan yon fèy kalkil, epi sove l an XLSX.
file-foreign-xml = Se yon fichye XML. Louvri l nan yon fèy kalkil, epi sove l an XLSX.
file-foreign-picture = Se yon foto. Mande lis la an XLSX oswa CSV.
file-foreign-archive = Se yon achiv. Louvri l, epi chwazi fichye XLSX oswa CSV ki ladan.
file-foreign-edifact = Se yon mesaj EDIFACT ki pa gen lis pasaje. Mande mesaj PAXLST la, oswa lis la an XLSX oswa CSV.
file-foreign-binary = Fichye a pa yon tablo. Mande lis la an XLSX oswa CSV.

## What is wrong in a manifest, and what to do
## not yet reviewed by a speaker

problem-column-unknown = Nou pa konprann kolòn sa a, nou pa li l. Chwazi sa ki ladan, oswa kite l si li pa nesesè.
problem-column-unnamed = Kolòn sa a pa gen tit, nou pa li l. Mete yon tit, oswa chwazi sa ki ladan.
problem-column-repeated = Menm bagay ak kolòn { $other }; nou sèvi avè l kote lòt la vid. Gade kilès ki bon.
problem-columns-contradict = Li pa di menm bagay ak kolòn { $other }, ke nou pran. Korije sa ki pa bon an.
problem-name-order-assumed = Tout non yo nan yon sèl kolòn; nou pran dènye mo a kòm siyati. Chwazi lòd la si sa pa bon.
problem-sex-convention-assumed = Nou li M kòm gason; nan yon lis panyòl li ka vle di mujer. Gade kèk liy.
problem-other-sheet = Fèy « { $sheet } » ({ $rows } liy) sanble yon manifès tou, nou pa li l. Pran l tou si moun sa yo nan vwayaj la.
problem-dates-swapped = Yon fèy kalkil sanble melanje jou ak mwa. Konpare kèk dat ak papye yo; mande fichye orijinal la.
problem-total-differs = Fichye a di { $stated } antou, men li gen { $read } moun. Gade si gen moun ki manke.
problem-header-changed = Gen yon lòt liy tit isit; liy anba yo te li ak premye tit la. Mete dezyèm lis la nan yon lòt fichye.
problem-nobody-listed = Gen tit, men pa gen moun anba. Gade si se bon fichye a.
problem-quote-unbalanced = Yon gimè manke nan liy sa a. Gade liy lan.
problem-row-too-wide = Liy sa a gen { $cells } kaz pou { $columns } kolòn. Gade si bagay yo nan bon kolòn.
problem-no-name = Liy sa a pa gen okenn non. Ekri non an, oswa efase liy lan.
problem-only-a-name = Sèlman yon non. Gade si se yon moun, pa yon tit.
problem-text-too-long = Tèks la depase { $limit } karaktè, nou koupe l. Fè l pi kout.
problem-formula-text = Tèks la sanble yon fòmil; nou kenbe l kòm tèks. Gade kaz la.
problem-text-damaged = Lèt ak aksan yo te kraze anvan. Mande fichye a an XLSX oswa CSV UTF-8.
problem-cell-error = Kaz la gen yon erè fèy kalkil. Korije l oswa ekri valè a.
problem-number-damaged = Fèy kalkil la awondi nimewo sa a. Mete kolòn nan kòm tèks, epi ekri nimewo a ankò.
problem-date-unreadable = Nou pa ka li dat la. Ekri l ane-mwa-jou, tankou 1990-03-14.
problem-date-impossible = Jou sa a pa egziste. Gade jou, mwa ak ane a.
problem-date-ambiguous = Jou ak mwa ka melanje; nou kenbe ane a sèlman. Di kilès ki anvan.
problem-date-other-order = Jou ak mwa nan yon lòt lòd pase rès fichye a. Gade dat la.
problem-birth-in-future = Dat nesans lan poko rive. Gade jou, mwa ak ane a.
problem-birth-too-old = Moun nan ta gen plis pase { $limit } an. Gade ane a.
problem-age-unreadable = Nou pa ka li laj la. Ekri l ak chif.
problem-year-unreadable = Nou pa ka li ane a. Ekri l ak kat chif.
problem-age-contradicts-birth = Laj la (kolòn { $other }) pa dakò ak dat nesans lan, ke nou pran. Gade tou de.
problem-sex-unreadable = Nou pa ka li sèks la. Ekri F, M oswa X.
problem-country-unknown = Nou pa konnen peyi sa a. Ekri twa lèt li yo, tankou HTI.
problem-department-unknown = Sa a pa yon depatman Ayiti. Ekri depatman an, tankou Latibonit oswa HT05.
problem-document-unreadable = Sa a pa yon nimewo papye. Ekri nimewo a, oswa kite l vid.
problem-national-number-form = Yon NIF oswa NINU gen { $digits } chif; sa a ekri yon lòt jan, nou kenbe l. Konpare l ak kat la.
problem-document-kind-unknown = Nou pa konnen papye sa a, nou mete « lòt papye ». Ekri paspò, kat idantite oswa batistè.
problem-phone-unreadable = Sa a pa yon nimewo telefòn. Ekri chif yo, oswa kite l vid.
problem-document-twice = Menm nimewo papye a nan liy { $row }; nou kenbe tou de. Gade si se yon sèl moun, oswa yon erè.
problem-person-twice = Menm moun nan sanble nan liy { $row }; nou kenbe tou de. Efase youn si se yon sèl moun.
problem-segment-unreadable = Sa ki la a pa yon moso mesaj, nou pa li l. Konpare l ak mesaj yo te voye a.
problem-segment-unknown = Nou pa li moso { $tag } yo ({ $count } nan fichye a). Gade yo si gen yon bagay ki manke.
problem-segment-torn = Moso sa a pa fini anvan lòt la kòmanse, oswa li twò long. Verifye sa nou li ladan l.
problem-segment-repeated = Sa di yon lòt bagay pase yon moso anvan sou menm moun nan, se premye a nou kenbe. Mande moun nan.
problem-segment-misplaced = Moso sa a pa pale de pèsonn kote l ye a, nou pa li l. Gen dwa gen yon lòt ki pèdi anvan l.
problem-separators-differ = Mesaj la anonse lòt separatè pase sa li sèvi yo; se sa li sèvi yo nou pran. Gade si non yo bon.
problem-characters-beyond = Gen lèt la a ki pa nan seri { $syntax } yo anonse a. Verifye aksan yo.
problem-trailer-missing = Fen { $tag } a manke: mesaj la gen dwa koupe. Nou pa retire pèsonn sou lis la. Mande tout mesaj la.
problem-count-differs = Fen { $tag } a di { $stated }, gen { $read }. Mande si gen yon bagay ki pèdi.
problem-reference-differs = Fen { $tag } a pa gen menm referans ak tèt li. Mande si gen yon bagay ki pèdi.
problem-other-message = Yon mesaj { $kind } pa yon lis pasaje, nou pa li l.
problem-part-missing = Pati { $part } manifès la pa nan fichye a. Nou pa retire pèsonn. Pran lòt pati yo tou.
problem-message-repeated = Menm mesaj la te deja nan fichye a; nou li l yon sèl fwa.
problem-function-unknown = Mesaj la di fonksyon { $function }, nou pa konnen l. Nou li l kòm yon lis konplè.
problem-change-only = Sa jis chanje lis la: moun li pa nonmen rete. Pran tout lis la anvan.
problem-other-flight = Fichye a nonmen tou { $people } moun sou { $flight }, nou pa li yo. Pran l pou deplasman sa a tou.
problem-in-transit = Yo anonse moun sa a an tranzit, nou pran l. Make l pa vini si l ap kontinye.
problem-more-alike = { $count } lòt moso gen menm pwoblèm nan ({ $code }). Gade tout mesaj la.

## What a column of a manifest holds
## not yet reviewed by a speaker

column-given-names = Prenon
column-middle-names = Lòt prenon
column-family-name = Siyati
column-second-family-name = Dezyèm siyati
column-full-name = Non konplè
column-family-then-given = Siyati, epi prenon
column-given-then-family = Prenon, epi siyati
column-sex = Sèks
column-birth-date = Dat nesans
column-birth-year = Ane nesans
column-age = Laj
column-nationality = Nasyonalite
column-country-of-birth = Peyi nesans
column-birthplace = Kote li fèt
column-passport-number = Nimewo paspò
column-identity-card-number = Nimewo kat idantite
column-birth-certificate-number = Nimewo batistè
column-document-number = Nimewo papye
column-document-kind = Kalite papye
column-document-issuer = Peyi ki bay papye a
column-mother-name = Non manman
column-phone = Telefòn
column-destination = Depatman li prale
column-origin = Depatman orijin
column-last-residence = Dènye peyi li te viv
column-sequence = Nimewo liy (pa nesesè)
