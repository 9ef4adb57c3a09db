### Coded words: what events, files and lists carry as codes · English

## Roles

role-clerk = Clerk
role-screener = Screener
role-protection = Protection
role-warehouse = Warehouse
role-cash = Cash
role-coordinator = Coordinator
role-information-officer = Information officer
role-administrator = Administrator

## Permissions, as they stand in "your role does not allow you to …"

permission-manage-movements = manage movements
permission-register = register people
permission-see-people = see who people are
permission-screen = ask the screening questions
permission-see-screening = see the screening answers
permission-protect = write and read protection notes
permission-give = give items
permission-give-cash = give money
permission-decide-exceptions = decide exceptions
permission-link = link two records
permission-manage-stock = manage stock
permission-see-stock = see the stock
permission-see-reports = see reports
permission-publish = publish what the public reads
permission-administer = administer
permission-erase = erase a person's data

## Sites

site-kind-encampment = Encampment
site-kind-custody = Custody
site-kind-airport = Airport
site-kind-land-crossing = Land crossing
site-kind-seaport = Seaport
site-kind-shelter = Shelter
site-kind-warehouse = Warehouse
site-kind-office = Office

## Movements

movement-kind-flight = Flight
movement-kind-bus-convoy = Bus convoy
movement-kind-boat = Boat
movement-kind-transfer = Transfer
legal-title-42-expulsion = Title 42 expulsion
legal-deportation-order = Deportation order
legal-voluntary-return = Voluntary return
legal-sea-interception = Interception at sea
legal-land-return = Returned at the land border
legal-sector-transfer = Transfer to another sector
legal-medical = For medical care
legal-not-stated = Not stated
stage-announced = announced
stage-departed = departed
stage-landed = landed
stage-closed = closed
stage-cancelled = cancelled
screened-before-not-offered = not offered
screened-before-offered = offered, not wanted
screened-before-refused = asked for and refused
screened-before-done = done
screened-not-known = Not known whether protection screening was offered before departure
screened-not-offered = Protection screening not offered before departure
screened-done = Protection screening done before departure
line-waiting = waiting
line-registered = registered
line-no-show = did not come
line-removed = removed from the list

## Items

item-hot-meal = Hot meal
item-water = Water
item-hygiene-kit = Hygiene kit
item-dignity-kit = Dignity kit
item-baby-kit = Baby kit
item-blanket = Blanket
item-cash-grant = Cash grant
item-shelter-night = Shelter night
item-onward-transport = Onward transport
item-phone-call = Phone call

## What makes a person more exposed to harm

vulnerability-unaccompanied-or-separated-child = Unaccompanied or separated child
vulnerability-pregnant-or-breastfeeding = Pregnant or breastfeeding
vulnerability-single-parent-with-children = Single parent with children
vulnerability-older-person-at-risk = Older person at risk
vulnerability-disability = Disability
vulnerability-serious-medical-condition = Serious medical condition
vulnerability-survivor-of-violence = Survivor of violence
vulnerability-survivor-of-gender-based-violence = Survivor of gender-based violence
vulnerability-trafficked-or-at-risk = Trafficked or at risk of it
vulnerability-psychological-distress = Psychological distress
vulnerability-no-place-to-stay = No place to stay
separation-unaccompanied = Alone, no adult is responsible
separation-separated = With other relatives, not with the parents
priority-child-alone = child alone
priority-medical = ill or injured
priority-pregnant = pregnant
priority-small-children = with small children
priority-frail = old or disabled

## People

sex-f = F
sex-m = M
sex-x = X
age-group-men = Men
age-group-women = Women
age-group-boys = Boys
age-group-girls = Girls
age-group-unknown = Not known
relation-head = Head of the family
relation-spouse = Spouse or partner
relation-child = Son or daughter
relation-parent = Mother or father
relation-sibling = Brother or sister
relation-other-relative = Other relative
relation-not-related = Not related
document-passport = Passport
document-identity-card = Identity card
document-birth-certificate = Birth certificate
document-other = Another document
country-hti = Haiti
country-chl = Chile
country-bra = Brazil
country-usa = United States
country-mex = Mexico
country-dom = Dominican Republic
country-cub = Cuba
country-bhs = Bahamas
country-tca = Turks and Caicos Islands
department-ht01 = Ouest
department-ht02 = Sud-Est
department-ht03 = Nord
department-ht04 = Nord-Est
department-ht05 = Artibonite
department-ht06 = Centre
department-ht07 = Sud
department-ht08 = Grand'Anse
department-ht09 = Nord-Ouest
department-ht10 = Nippes

## Reasons

void-wrong-person = Given to somebody else by mistake
void-not-given = Recorded, but never handed over
void-returned = Brought back unused
difference-damaged = Damaged
difference-expired = Expired
difference-lost = Lost
difference-miscounted = The first count was wrong
difference-given-without-record = Given without being recorded

## Fields, as they stand in messages about them

field-designator = The name of the movement
field-kind = The kind
field-legal-basis = The legal basis
field-name = The name
field-login = The sign-in name
field-number = The number
field-reason = The reason
field-note = The note
field-vulnerability = The vulnerability
field-relation = The relation
field-difference = The reason for the difference
field-given-names = The given names
field-family-name = The family name
field-mother-name = The mother's name
field-birthplace = The birthplace
field-phone = The telephone

## How long people waited, as reports tell it apart

waited-under-15-min = under 15 minutes
waited-15-to-30-min = 15 to 30 minutes
waited-30-to-60-min = 30 minutes to 1 hour
waited-1-to-2-h = 1 to 2 hours
waited-2-to-4-h = 2 to 4 hours
waited-4-h-or-more = 4 hours or more
waited-unknown = not known: of one of the two times only the day is known
