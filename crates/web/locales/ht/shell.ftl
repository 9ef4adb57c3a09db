### The frame of every page, signing in, dates, failures · Kreyòl
### not yet reviewed by a speaker

## The bar
## not yet reviewed by a speaker

skip = Ale dirèkteman nan paj la
bar-main = Paj yo
bar-told = Enfòmasyon
bar-site = Kote:
bar-language = Lang
bar-account = Kont:
bar-password = Chanje modpas mwen
bar-sign-out = Dekonekte
place-board = Tablo
place-desk = Resepsyon
place-movements = Vwayaj
place-people = Moun
place-stock = Estòk
place-report = Rapò
place-settings = Reglaj
foot = Akèy · sa ki ekri isit ale sou òdinatè operasyon sa a sèlman
go-to-board = Ale nan tablo a
site-unknown = yon kote nou pa konnen
staff-unknown = yon anplwaye
said-saved = Sa anrejistre.
said-already = Sa te fèt deja. Anyen pa fèt de fwa.
form-not-saved = Sa poko fèt
wrong-time = Lè sa a pa bon, oswa li poko rive. Ekri l tankou 2021-09-24 14:20.
wrong-number = Ekri yon nimewo antye.
wrong-quantity = { $item }: ekri yon nimewo antye, pa plis pase { $max }.
wrong-date = Dat sa a pa egziste. Gade jou, mwa ak ane a.
wrong-birth-and-age = Ekri dat nesans lan oswa laj la, pa toulède: se yonn sèlman nou ka kenbe.
wrong-country = Ekri peyi a ak twa lèt, tankou HTI oswa PER.
earlier = Sa te fèt pi bonè (ekri sou papye)
earlier-when = Ki lè sa te fèt
not-said = pa di
nobody-may-see = ou pa gen dwa wè sa

## Dates and times
## not yet reviewed by a speaker

date-long = { $day } { $month } { $year }
date-weekday = { $weekday } { $date }
date-time = { $date }, { $time }
month-1 = janvye
month-2 = fevriye
month-3 = mas
month-4 = avril
month-5 = me
month-6 = jen
month-7 = jiyè
month-8 = out
month-9 = septanm
month-10 = oktòb
month-11 = novanm
month-12 = desanm
weekday-1 = Lendi
weekday-2 = Madi
weekday-3 = Mèkredi
weekday-4 = Jedi
weekday-5 = Vandredi
weekday-6 = Samdi
weekday-7 = Dimanch

## Signing in
## not yet reviewed by a speaker

sign-in-title = Konekte
sign-in-login = Non pou konekte
sign-in-password = Modpas
sign-in-do = Konekte
sign-in-help = Si ou bliye modpas ou, mande administratè kote a.
sign-in-wrong = Non an oswa modpas la pa bon.
sign-in-wait = Twòp esè. Tann { $seconds } segonn, epi eseye ankò.
sign-in-signed-out = Ou dekonekte.

## When something does not work
## not yet reviewed by a speaker

failure-stale = Paj sa a twò ansyen
failure-stale-text = Anyen pa anrejistre. Fòm nan soti nan yon sesyon ki fini.
failure-stale-next = Tounen, louvri paj la ankò, epi voye l ankò.
failure-not-allowed = Sa pa nan travay ou
failure-not-allowed-text = Wòl ou pa pèmèt ou wè paj sa a.
failure-not-allowed-next = Si ou bezwen l pou travay ou, mande kowòdonatè a.
failure-not-found = Pa gen anyen isit
failure-not-found-text = Paj sa a, moun sa a oswa vwayaj sa a pa egziste isit.
failure-not-found-next = Gade adrès la, oswa chèche nan tablo a.
failure-not-saved = Anyen pa anrejistre
failure-not-saved-text = Disk la plen oswa li pa mache. Sa ki te anrejistre anvan an sekirite.
failure-not-saved-next = Ekri sou papye pou kounye a. Rele administratè a pou fè plas sou disk la, epi voye l ankò.
failure-broken = Gen yon bagay ki pa mache
failure-broken-text = Nou pa ka montre paj sa a. Si ou te voye yon fòm, petèt li te anrejistre: louvri paj la anvan ou voye l ankò.
failure-broken-next = Si sa kontinye, rele administratè a.

## Trusting this site on a device
## not yet reviewed by a speaker

install-title = Fè aparèy la fè kote sa a konfyans
install-why = Chak tablèt oswa telefòn bezwen sèl fwa sètifika kote sa a, pou l sèten l ap pale ak bon òdinatè a.
install-fetch = Pran sètifika a, epi konpare l
install-download = Telechaje sètifika a
install-compare = Konpare anprent sa a ak sa ki ekri sou òdinatè kote a. Si yo pa menm, pa enstale l.
install-android = Paramèt › Sekirite › Chifreman ak idantifyan › Enstale yon sètifika › Sètifika CA. Chwazi fichye akey-site.crt.
install-iphone = Louvri fichye a nan Safari. Reglaj › Jeneral › VPN ak jesyon aparèy › Akèy › Enstale. Apre sa: Jeneral › Enfòmasyon › Konfyans nan sètifika › aktive Akèy.
install-windows = Klike de fwa sou fichye a › Enstale sètifika › Òdinatè lokal › Mete tout nan: Otorite sètifikasyon rasin ki gen konfyans.
install-linux = Kopye fichye a nan mitan otorite sistèm nan. Firefox ak Chromium gen pwòp lis pa yo: Paramèt › Sètifika › Enpòte.
install-limits = Sètifika sa a ka garanti sèlman non ak adrès kote sa a, pa okenn lòt sit entènèt.
