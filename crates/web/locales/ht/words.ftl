### Coded words: what events, files and lists carry as codes · Kreyòl
### not yet reviewed by a speaker

## Roles
## not yet reviewed by a speaker

role-clerk = Ajan resepsyon
role-screener = Moun k ap poze kesyon yo
role-protection = Pwoteksyon
role-warehouse = Depo
role-cash = Kès
role-coordinator = Kowòdonatè
role-information-officer = Responsab enfòmasyon
role-administrator = Administratè

## Permissions, as they stand in "your role does not allow you to …"
## not yet reviewed by a speaker

permission-manage-movements = jere vwayaj yo
permission-register = anrejistre moun
permission-see-people = wè kiyès moun yo ye
permission-screen = poze kesyon evalyasyon yo
permission-see-screening = wè repons evalyasyon yo
permission-protect = ekri ak li nòt pwoteksyon
permission-give = bay atik
permission-give-cash = bay lajan
permission-decide-exceptions = deside eksepsyon
permission-link = di de dosye se menm moun
permission-manage-stock = jere estòk la
permission-see-stock = wè estòk la
permission-see-reports = wè rapò yo
permission-publish = pibliye sa piblik la li
permission-administer = administre
permission-erase = efase done yon moun

## Sites
## not yet reviewed by a speaker

site-kind-encampment = Kan
site-kind-custody = Detansyon
site-kind-airport = Ayewopò
site-kind-land-crossing = Pòs fwontyè
site-kind-seaport = Pò
site-kind-shelter = Kote pou dòmi
site-kind-warehouse = Depo
site-kind-office = Biwo

## Movements
## not yet reviewed by a speaker

movement-kind-flight = Vòl
movement-kind-bus-convoy = Otobis
movement-kind-boat = Bato
movement-kind-transfer = Transfè
legal-title-42-expulsion = Ekspilsyon Title 42
legal-deportation-order = Lòd depòtasyon
legal-voluntary-return = Retou volontè
legal-sea-interception = Kenbe sou lanmè
legal-land-return = Voye tounen nan fwontyè a
legal-sector-transfer = Transfè nan yon lòt sektè
legal-medical = Pou swen medikal
legal-not-stated = Yo pa di
stage-announced = anonse
stage-departed = pati
stage-landed = rive
stage-closed = fèmen
stage-cancelled = anile
screened-before-not-offered = yo pa t ofri
screened-before-offered = yo te ofri, pa t vle
screened-before-refused = te mande epi yo refize
screened-before-done = fèt
screened-not-known = Yo pa konnen si yo te poze kesyon pwoteksyon anvan depa
screened-not-offered = Yo pa t poze kesyon pwoteksyon anvan depa
screened-done = Yo te poze kesyon pwoteksyon anvan depa
line-waiting = ap tann
line-registered = anrejistre
line-no-show = pa vini
line-removed = retire nan lis la

## Items
## not yet reviewed by a speaker

item-hot-meal = Manje cho
item-water = Dlo
item-hygiene-kit = Kit ijyèn
item-dignity-kit = Kit diyite
item-baby-kit = Kit pou tibebe
item-blanket = Dra lenn
item-cash-grant = Èd lajan
item-shelter-night = Yon nwit pou dòmi
item-onward-transport = Transpò pou ale lakay
item-phone-call = Apèl telefòn

## What makes a person more exposed to harm
## not yet reviewed by a speaker

vulnerability-unaccompanied-or-separated-child = Timoun poukont li oswa san paran l
vulnerability-pregnant-or-breastfeeding = Ansent oswa ap bay tete
vulnerability-single-parent-with-children = Paran ki sèl ak timoun
vulnerability-older-person-at-risk = Granmoun aje ki an danje
vulnerability-disability = Andikap
vulnerability-serious-medical-condition = Maladi grav oswa blesi
vulnerability-survivor-of-violence = Viktim vyolans
vulnerability-survivor-of-gender-based-violence = Viktim vyolans seksyèl oswa vyolans sou fanm
vulnerability-trafficked-or-at-risk = Trafik moun, oswa an danje pou sa
vulnerability-psychological-distress = Gwo twoub nan lespri
vulnerability-no-place-to-stay = Pa gen kote pou l dòmi
separation-unaccompanied = Poukont li, okenn granmoun responsab
separation-separated = Ak lòt fanmi, men san paran l
priority-child-alone = timoun poukont li
priority-medical = malad oswa blese
priority-pregnant = ansent
priority-small-children = ak ti timoun
priority-frail = granmoun aje oswa andikape

## People
## not yet reviewed by a speaker

sex-f = Fi
sex-m = Gason
sex-x = Pa di
age-group-men = Gason
age-group-women = Fanm
age-group-boys = Ti gason
age-group-girls = Ti fi
age-group-unknown = Yo pa konnen
relation-head = Chèf fanmi
relation-spouse = Mari oswa madanm
relation-child = Pitit
relation-parent = Manman oswa papa
relation-sibling = Frè oswa sè
relation-other-relative = Lòt fanmi
relation-not-related = Pa fanmi
document-passport = Paspò
document-identity-card = Kat idantite
document-birth-certificate = Batistè
document-other = Lòt papye
country-hti = Ayiti
country-chl = Chili
country-bra = Brezil
country-usa = Etazini
country-mex = Meksik
country-dom = Dominikani
country-cub = Kiba
country-bhs = Bahamas
country-tca = Il Tik ak Kayik
department-ht01 = Lwès
department-ht02 = Sidès
department-ht03 = Nò
department-ht04 = Nòdès
department-ht05 = Latibonit
department-ht06 = Sant
department-ht07 = Sid
department-ht08 = Grandans
department-ht09 = Nòdwès
department-ht10 = Nip

## Reasons
## not yet reviewed by a speaker

void-wrong-person = Yo te bay yon lòt moun pa erè
void-not-given = Yo te ekri l, men yo pa t bay li
void-returned = Moun nan tounen avè l
difference-damaged = Gate oswa kraze
difference-expired = Dat la pase
difference-lost = Pèdi
difference-miscounted = Premye kontaj la pa t bon
difference-given-without-record = Yo te bay li san ekri l

## Fields, as they stand in messages about them
## not yet reviewed by a speaker

field-designator = Non vwayaj la
field-kind = Kalite a
field-legal-basis = Baz legal la
field-name = Non an
field-login = Non pou konekte a
field-number = Nimewo a
field-reason = Rezon an
field-note = Nòt la
field-vulnerability = Sitiyasyon an
field-relation = Relasyon an
field-difference = Rezon diferans lan
field-given-names = Prenon yo
field-family-name = Siyati a
field-mother-name = Non manman an
field-birthplace = Kote moun nan fèt la
field-phone = Telefòn nan

## How long people waited, as reports tell it apart
## not yet reviewed by a speaker

waited-under-15-min = mwens pase 15 minit
waited-15-to-30-min = 15 a 30 minit
waited-30-to-60-min = 30 minit a 1 èdtan
waited-1-to-2-h = 1 a 2 èdtan
waited-2-to-4-h = 2 a 4 èdtan
waited-4-h-or-more = 4 èdtan oswa plis
waited-unknown = nou pa konnen: youn nan de lè yo, se jou a sèlman nou konnen
