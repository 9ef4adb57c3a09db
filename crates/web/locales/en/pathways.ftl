### Pathways, calls, and the room services have.

## Kinds

pathway-family-reunification = Family reunification
pathway-resettlement = Resettlement
pathway-humanitarian-parole = Humanitarian parole
pathway-asylum = Asylum
pathway-work-or-study-visa = Work or study visa
pathway-voluntary-return = Voluntary return
pathway-reintegration-grant = Reintegration grant

## Steps

pathway-step-relative-found = Relative found
pathway-step-papers-collected = Papers together
pathway-step-application-filed = Application filed
pathway-step-interview = Interview held
pathway-step-decision = Decision received
pathway-step-travel-papers = Travel papers issued
pathway-step-travelled = Travelled
pathway-step-protection-registered = Registered with the protection agency
pathway-step-identified = Found to need it
pathway-step-submitted = Proposed to a country
pathway-step-medical-check = Medical check
pathway-step-supporter-found = Supporter found
pathway-step-security-check = Security check
pathway-step-rights-explained = Rights explained
pathway-step-legal-aid = Legal aid found
pathway-step-offer = Offer of work or a place to study
pathway-step-counselled = Counselled
pathway-step-consent-signed = Agreed in writing
pathway-step-travel-booked = Travel booked
pathway-step-plan-written = Plan written
pathway-step-first-payment = First payment made
pathway-step-visited = Visited afterwards
step-open = still to do
step-done = done
step-not-applicable = not needed

## Outcomes

pathway-outcome-granted = Granted
pathway-outcome-refused = Refused
pathway-outcome-withdrawn = Withdrawn
pathway-outcome-lost-contact = Lost contact
pathway-told-by-officials = officials, before the person was sent
pathway-told-by-desk = us, at the desk
pathway-told-by-others = somebody else

## The page

pathways-title = Pathways
pathways-lead = “Safe, orderly and humane pathways” were spoken of. This is what became of them. The numbers stay within the operation.
pathways-told-got = Of { $told } told, { $got } got one.
pathways-told-more = A pathway was opened for { $opened } of those told; { $officials } were told by officials.
pathways-median = From being told to getting one, half of them took { $days } days or less.
pathways-kinds = By kind
pathways-kind = Pathway
pathways-all = All together
pathways-none = Nobody was told of a pathway in these days, and none was opened.
pathways-told = Told
pathways-got = Of these, got it
pathways-days = Days to get it (median)
pathways-opened = Opened
pathways-open = going on
pathways-how = People are counted once under all their records, in the days they were told; pathways in the days they were opened; what they came to, whenever it came. Who was told of several kinds is in each of them and once in all together. Of those told, only who got one after being told counts as having got it.
pathways-going-on = Going on ({ $count })
pathways-none-open = No pathway goes on.
pathways-and-more = and { $count } more
pathways-steps-done = { $done } of { $all } steps settled
pathways-next = next: { $step }
pathways-overdue = overdue since { $at }
pathways-due = due on { $at }
pathways-told-only = told of it only
pathways-none-of-them = Nothing is recorded of pathways of this person.
pathways-keep = Record pathways
pathways-in-general = Pathways in general
pathways-told-at = told on { $at } by { $by }
pathways-opened-at = opened on { $at }
pathways-not-opened = not opened
pathways-closed-at = closed on { $at }
pathways-done-on = done on { $at }
pathways-done-today = Done today
pathways-done-today-of = Done today: { $step }
pathways-dates = Other day, or when it is due
pathways-stands = How it stands
pathways-done-day = Done on
pathways-due-day = Due on
pathways-close = Close this pathway
pathways-outcome = What it came to
pathways-on = On which day
pathways-open-do = Open a pathway
pathways-tell = Record who told them
pathways-tell-aloud = Did anybody tell you of a legal way to go elsewhere, or to stay? Who was it, and which way?
pathways-tell-by = Who told them

## Calls

called-reached = Reached
called-no-answer = Not reached
called-wrong-number = Wrong number
called-no-calls = Asked not to be called
called-calls-again = Calls are welcome again
calls-title = Calls
calls-lead = { $count } to call today
calls-none = Nobody is to be called today.
calls-not-called = Due too, but asked not to be called: { $count }. Ask the service, on the page of the referral.
calls-how = Calls fall due one week, one month and three months after the referral. Who was not reached is on the list again tomorrow.
calls-no-number = No number is recorded.
calls-add-number = Add one
calls-week = after one week
calls-month = after one month
calls-quarter = after three months
calls-today = today
calls-unreached = not reached, in a row: { $count }
calls-perhaps-lost = Called often in vain: if the person cannot be reached, say so on the page of the referral.
calls-went = How it went
calls-on-paper = ☐ reached  ☐ not reached  ☐ wrong number  ☐ no more calls
calls-declined = This person asked not to be called.
calls-again = They say that calls are welcome again

## Room of services

reachable-reachable = open to visitors
reachable-by-phone = by telephone only
reachable-unreachable = cannot be reached
places-of-total = people at a time
places-of-week = people in a week
service-room = { $left } of { $places } places free
service-full = full: 0 of { $places } places free
service-places-said = { $places } places said; who was sent there is sealed
service-reachable-unknown = not known whether it can be reached
service-open-on = open { $days }
service-holds-until = holds until { $at }
service-said-at = said { $at }
service-state = Say how much room it has
service-places = Places
service-places-hint = Empty where it did not say. Referrals made from now on take places away.
service-places-of = These are
service-reachable = How it can be reached
service-until = That holds until
service-until-hint = Needed where it cannot be reached: after that it is not known any more.
service-open-days = Open on
refer-no-room = Full, or cannot be reached now. You can refer all the same.

## Refusals

field-by = Who told them
field-reached = How the call went
field-places-of = What the places are
field-reachable = How it can be reached
refusal-unknown-pathway = This pathway is not known here.
refusal-pathway-told = That this person was told of it is recorded already.
refusal-pathway-open = This person is on this pathway already: go on with that one.
refusal-pathway-not-opened = This pathway is not opened: open it first.
refusal-pathway-closed = This pathway is closed: open a new one.
refusal-pathway-of-other-kind = This person was told of another pathway here: open the one they were told of, or a new one.
refusal-step-of-other-kind = This pathway has no such step: choose one of its own list.
refusal-before-opened = This is said to have happened before the pathway was opened: check the date, or enter the opening with its own date.
refusal-no-calls = This person asked not to be called: do not call. When they say that calls are welcome again, record that on the page of the referral.
refusal-until-missing = It is missing until when the service cannot be reached: write a day, after which it is asked again.
refusal-no-weekday = A day of the week is a number from 1, Monday, to 7, Sunday: choose again.
refusal-step-not-yet = A step cannot be done on a day to come: write that day as the day it is due.
pathways-part = Only pathways that you may know of are counted.
