### Referrals, feedback and reports of misconduct, paper · Kreyòl
### not yet reviewed by a speaker

## Words
## not yet reviewed by a speaker

role-focal-point = Pwen fokal (move konduit)
permission-keep-directory = kenbe lis sèvis yo
permission-refer = voye moun nan sèvis
permission-speak-up = ekri sa moun di epi rapòte move konduit
permission-answer-feedback = reponn sa moun di
permission-hear-misconduct = li rapò sou move konduit
permission-keep-paper = kenbe kat papye epi antre yo pita
service-kind-shl = Abri ak bagay pou kay
service-kind-fsc = Manje
service-kind-wsh = Dlo ak ijyèn
service-kind-mpc = Lajan
service-kind-ery = Travay ak mwayen pou viv
service-kind-edu = Lekòl
service-kind-log = Transpò
service-kind-tel = Telefòn ak kontak fanmi
service-kind-hea = Sante
service-kind-nut = Nitrisyon
service-kind-pro = Pwoteksyon
service-kind-pro-cpn = Pwoteksyon timoun
service-kind-pro-gbv = Vyolans sou baz sèks
service-kind-pro-hts = Trafik moun
service-kind-pro-hlp = Kay, tè ak byen
channel-in-person = di ak bouch
channel-box = nan bwat la
channel-telephone = nan telefòn
channel-message = pa mesaj
channel-meeting = nan reyinyon
feedback-kind-question = Kesyon
feedback-kind-request-or-suggestion = Demann oswa sijesyon
feedback-kind-complaint = Plent
feedback-kind-praise = Felisitasyon
feedback-kind-rumour-belief-observation = Rimè oswa obsèvasyon
feedback-stage-open = louvri
feedback-stage-answered = reponn
feedback-stage-closed = fèmen
misconduct-sexual-exploitation = Eksplwatasyon seksyèl
misconduct-sexual-abuse = Abi seksyèl
misconduct-sexual-harassment = Asèlman seksyèl
misconduct-fraud-or-corruption = Fwod oswa kòripsyon
misconduct-other-breach = Lòt fot kont règ konduit
card-void-spoiled = gate
card-void-lost = pèdi
card-void-given-twice = moun nan te gen kat deja
consent-person = Moun nan dakò, li konnen ki kote ak kisa n ap pase
consent-caregiver = Yon paran oswa responsab dakò pou timoun nan
consent-nobody = Pèsonn: danje imedya (pwoteksyon sèlman)
referral-made = fèt, poko gen repons
referral-accepted = aksepte
referral-declined = refize
referral-completed = fini
referral-lost = nou pa ka jwenn moun nan
referral-withdrawn = moun nan pa vle ankò
precision-minute = nan minit la
precision-hour = nan lè a
precision-day = jou a sèlman
precision-unknown = yon estimasyon
field-text = Sa yo di a
field-contact = Kontak la
field-due = Jou pou mande a
field-need = Bezwen an
field-place = Kote a
field-reach = Kijan pou jwenn li
field-capacity = Kapasite a
field-languages = Lang yo (de oswa twa lèt chak)
field-channel = Kijan li rive
field-outcome = Sa k rive

## Why the rules say no
## not yet reviewed by a speaker

refusal-focal-point-apart = Moun ki resevwa rapò yo pa ka kowòdonatè oswa administratè tou: ajoute yon lòt moun.
refusal-unknown-service = Sèvis sa a pa nan lis la.
refusal-service-closed = Sèvis sa a pa pran moun kounye a: chwazi yon lòt.
refusal-no-consent = Moun nan dwe dakò anvan: di l ki kote n ap voye l ak sa n ap pase, epi mande l.
refusal-already-referred = Moun sa a voye nan sèvis sa a deja: suiv sa ki fèt la.
refusal-unknown-referral = Nou pa konnen referans sa a isit.
refusal-referral-stands = Referans lan nan « { $state } »: nou pa ka ekri sa kounye a.
refusal-due-out-of-range = Di yon jou ki poko pase, nan { $max } jou pou pi plis.
refusal-unknown-feedback = Nou pa konnen mesaj sa a isit.
refusal-feedback-closed = Sa fèmen deja: ekri sa ki nèf la apa.
refusal-not-answered = Ekri anvan sa nou reponn oswa sa nou fè.
refusal-no-focal-point = Poko gen moun pou resevwa sa: administratè a dwe ajoute yon pwen fokal ki konekte yon fwa.
refusal-unknown-booklet = Nou pa konnen kanè sa a isit.
refusal-booklet-cards = Yon kanè gen ant 1 ak { $max } kat.
refusal-card-not-printed = Kat sa a pa nan okenn kanè isit: li kòd la ankò.
refusal-card-used = Gen moun ki antre ak kat sa a deja: louvri kat la.
refusal-card-void = Kat sa a anile: gade papye a ankò.
refusal-torn-out = Kanè a gen { $cards } kat: konte souch yo ankò.

## Referrals
## not yet reviewed by a speaker

referrals-title = Referans
referrals-due = Pou suiv ({ $count })
referrals-none = Pa gen pèsonn pou suiv.
referral-title = Yon referans
referral-made-at = voye { $at }
referral-since = Voye
referral-overdue = an reta depi { $at }
referral-due = mande { $at }
referral-ask = Mande ankò
referral-need = Sa moun nan bezwen la
referral-need-hint = Pa plis pase sa sèvis la dwe konnen.
referral-locked = Sèvis la sele, kle a pa louvri pou ou.
referral-what = Sa k rive
referral-outcome = Sa nou konnen kounye a
referral-asked = nou mande, pa gen nouvèl
referral-note = Poukisa, oswa sa yo di
refer-title = Voye nan sèvis
refer-before = Voye deja
refer-no-service = Pa gen sèvis nan lis la ou ka voye moun.
refer-aloud = Nou ka mande yon lòt sèvis ede ou. N ap di yo sèlman sa yo bezwen konnen. Ou ka di non, w ap jwenn tout bagay isit kanmenm. Ou ka chanje lide.
refer-to = Nan ki sèvis
refer-do = Voye
consent-title = Kiyès ki dakò
consent-reason = Poukisa san dakò
consent-reason-hint = Sèlman pou yon danje imedya pou lavi oswa sekirite. Rezon an sele.
directory-title = Lis sèvis yo
directory-empty = Poko gen sèvis.
directory-source = Kalite sèvis: klastè sistèm imanitè a (OCHA).
service-new = Ajoute yon sèvis
service-change = Chanje
service-closed = pa pran moun kounye a
service-name = Non
service-kind = Kalite sèvis
service-languages = Lang
service-place = Kote
service-place-hint = Sele. Pou yon kay sekirite ekri sèlman kijan pou jwenn li.
service-reach = Kijan pou jwenn li
service-capacity = Kiyès ak konbyen
service-active = Nou ka voye moun kounye a
service-as-of = jan l te ye { $at }

## Feedback
## not yet reviewed by a speaker

feedback-title = Sa moun di
feedback-new = Ekri sa yon moun di
feedback-kind = Kalite
feedback-channel = Kijan li rive
feedback-text = Sa yo di
feedback-contact = Kijan pou reponn yo
feedback-contact-hint = Yon kat, yon telefòn. Ou ka kite l vid.
feedback-anonymous = Yo pa vle di kiyès yo ye
feedback-sensitive = Sansib: sèlman responsab sit la li l
feedback-is-sensitive = sansib
feedback-about-staff = Èske se sou yon moun k ap travay isit? Pa ekri l isit:
feedback-list = Ekri ({ $count })
feedback-none = Poko gen anyen.
feedback-unknown = enkoni
feedback-answer = Repons
feedback-answer-do = Reponn
feedback-close = Fèmen
speak-up-title = Rapòte move konduit
speak-up-text = Pou sa yo di yon moun k ap travay isit fè: eksplwatasyon oswa abi seksyèl, asèlman, kòripsyon. Sèl pwen fokal la ka li l. Pèsonn k ap dirije sit la pa wè si l egziste, epi ou menm ou pa ka li l ankò.
speak-up-kind = Sou kisa
speak-up-what = Sa yo di
speak-up-hint = Ak mo moun ki di l la. Pa mande plis, pa chache prèv.
speak-up-do = Voye bay pwen fokal la
speak-up-locked = Kle a pa louvri pou ou. Yon kòlèg ki genyen l ka ba ou li sou paj modpas li.
speak-up-list = Rapò ({ $count })

## Paper
## not yet reviewed by a speaker

paper-title = Papye
paper-forms = Fòm vid
paper-forms-text = Enprime yo anvan kouran ale.
paper-enter = Antre sa ki sou papye
paper-enter-text = Sa ki ekri sou papye, ak lè a ak moun ki ekri l.
paper-card = Kat
paper-precision = Ki jan lè a egzak
paper-row = Liy nan manifès la
paper-row-hint = Vid si moun nan pa sou li.
paper-document-shared = Nimewo dokiman an menm ak yon lòt moun, epi se bon
form-registration = Anrejistreman
form-screening = Evalyasyon
form-told = Yo di l sa nou kenbe ak poukisa
form-document = Dokiman ak nimewo
form-family = Avèk (kat fanmi an)
form-going-to = Prale
form-no-note = Pa ekri sou fèy sa a sa ki rive moun nan.
booklets-title = Kanè kat
booklets-text = Chak kanè rezève kòd okenn lòt kat pa p genyen.
booklet-cards = Kat
booklet-make = Fè yon kanè
booklet-number = Kanè { $number }
booklet-printed = { $count } kat, enprime { $at }
booklet-entered = antre: { $count }
booklet-void = anile: { $count }
booklet-missing = manke: { $count }
booklet-blank = vid: { $count }
booklet-find = Rache epi poko antre, chache paj la: { $cards }
booklet-reconcile = Verifye
booklet-torn-out = Kat ki rache, depi premye a
booklet-torn-out-hint = Konte souch yo.
booklet-void-do = Anile kat la
layout-a4 = Fèy A4
layout-label = Etikèt
layout-thermal = Enprimant 80 mm
layout-list = Lis ak nimewo
list-number = No.
list-time = Lè
list-date = Dat
list-name = Non
list-sex-age = Sèks, laj
list-given = Bay
list-sign = Siyati oswa anprent
list-movement = Vòl oswa bis
list-written-by = Moun ki ekri
list-given-by = Moun ki bay
list-checked-by = Moun ki verifye
list-lines = Liy
list-total = Total
distribution-title = Lis distribisyon
distribution-text = Yon liy pou chak bagay ki bay, pou siyen.
distribution-none = Anyen poko rive.
distribution-given = Sa ki bay
distribution-open = Sa ki pou bay
distribution-as-of = Jan l ye { $at }
distribution-agrees = Chak liy dakò ak rejis la.
distribution-differs = Liy yo pa dakò ak rejis la: fè administratè a verifye nè sa a.
count-two-title = Konte de moun siyen
count-two-text = Nan fen jounen an: atik ak kès la, de moun konte.
count-two-second = Dezyèm moun nan siyen
count-two-sign = Siyen ansanm
count-two-wrong = Non oswa modpas dezyèm moun nan pa bon, oswa eseye twòp: verifye epi tann.
count-two-last = Konte ki siyen
count-two-none = Poko genyen.

## Referrals and feedback in the situation report
## not yet reviewed by a speaker

sitrep-referrals = Referans
sitrep-referrals-caption = Fèt nan jou sa yo, ak kote yo ye kounye a
sitrep-referrals-kind = Kalite sèvis
sitrep-referrals-sealed = Pwoteksyon (kalite a sele)
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
