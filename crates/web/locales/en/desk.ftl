### The desk: meeting, registering, screening, giving; people and their pages · English

## The desk

scan-label = Scan or type a card (or the number, as A068)
scan-open = Open
card-length = A card code has 8 characters, this has { $count }. Read it again.
card-character = Character { $place } is never on a card. Read it again.
card-check = One character of the code is wrong. Read it again.
desk-waiting = Waiting ({ $count })
desk-waiting-none = Nobody is waiting.
desk-served = Being served ({ $count })
desk-served-none = Nobody has items left to receive.
desk-more = and { $count } more behind them: scan a card or type a number to find somebody
desk-open-items = { $count } to give
desk-called = called elsewhere
desk-aside = put aside
call-hint = A called number is kept for this desk for { $minutes } minutes.
call-still = { $queue } was called here and is not registered yet.
call-aside-hint = Register them, or put them aside: they keep their number and place in the queue, and are called again when nobody else waits, or after { $minutes } minutes.
call-aside = Put aside and call the next
call-none = Nobody else to call: everybody who waits was called by another desk or put aside. A call is free again after { $minutes } minutes.
desk-first = first
desk-next-title = The next person
desk-next = Call the next
desk-meet-title = Meet people
desk-meet-hint = Everybody gets a number and a card at once, before any form.
desk-how-many = How many people
desk-priority = Call first, because
desk-priority-none = no, in order
desk-meet = Give numbers and cards
meet-exceeds = { $headcount } people were counted and { $met } have a card. With { $people } more there would be { $cards } cards. Check the number.
meet-exceeds-yes = Yes, more people are here than were counted
desk-nothing-landed = No movement has landed yet. When one does, record it on its page.
cards-title = Cards ({ $count })
cards-hint = Print and hand them out, or copy number and code onto a wristband. No name stands on them.
cards-print = Print
cards-to-desk = Go to the desk
cards-mistake = These cards were a mistake
cards-withdraw-text = { $count } of these cards were not used by anybody. They will count no more; keep the used ones.
cards-withdraw = Withdraw { $count } unused cards
cards-withdraw-ask = Do not hand them out. A coordinator takes unused cards back on this page. Give them its address:
card-keep = Keep this card. Show it every time.
card-with-name = With the name
card-without-name = Without the name

## One person at the desk

arrival-elsewhere = This person is at { $site }. Choose that site at the top of the page.
arrival-met = met { $at }
arrival-left = left { $at }
arrival-not-registered = not registered yet
arrival-declined = prefers not to say
arrival-unlisted = not on the manifest
arrival-screened = screened
arrival-concern = protection concern
arrival-next-title = And now
arrival-leave = The person leaves
arrival-withdrawn = withdrawn: it was a mistake
arrival-withdraw = It was a mistake: withdraw this card
arrival-withdraw-text = If one person was registered twice, or a card was given for nobody, withdraw this card. It counts no more, and its place on the list is free again. Void first what was given on it.
arrival-withdraw-do = Withdraw the card
arrival-card = The card again
arrival-flag = Call this person first
back = Back
save = Save
item = Item
quantity = Quantity

## Told what is kept: read aloud before anything is written down

told-title = Read this aloud
told-text = Welcome. We write down your name and what you need so that we can help you, once for each thing. Only those who help you see it. You may refuse to answer: you will get food and water all the same. You may ask to see what we write, to correct it or to erase it.
told-done = The person was told what is kept, and why
told-was = The person was told what is kept.
told-was-not = The person was not told what is kept.

## Who is this?

scan-is-document = This is a document. Open the person's number first, then scan it where it asks who this is.
who-title = Who is this?
who-name = Name
who-find = Look on the manifest: a name or a document number
who-find-do = Search
who-on-list = On the manifest
who-on-list-none = Nobody on the manifest. Write the person down below.
who-other-movement = another movement
who-this-one = This is them
who-new = Write somebody down, a name is enough
who-check = Check this with the person
who-from-list = This comes from the manifest. Correct what is wrong.
zone-holds = Document read: its check digits are right.
zone-wrong = A check digit of this document is not right. Look at the document.
zone-check = { $field }: line { $line }, place { $column } shows { $stands }, and { $expected } would be right.
zone-offer = Does the document show one of these?
zone-change = line { $line }, place { $column }: { $after } in the place of { $before }
zone-as-it-is = Or correct it below by hand. Nobody is refused for it.
zone-truncated = The names fill the zone to its end: the document may show more of them.
zone-expired = The document was valid until { $date }.
zone-next-line = Scan or type the next line of the document.
zone-filled = This comes from the document. Correct what is wrong.
zone-field-number = Document number
zone-field-birth = Date of birth
zone-field-expiry = Valid until
zone-field-optional = Personal number
zone-field-composite = Whole line
known-document-of-several = This document number stands on { $count } people on record. Look which of them it is; if they are one person, link the records.
who-register = Register the person
who-decline = The person prefers not to say
who-decline-text = No name is written down. The person gets food and water all the same.
who-decline-do = Register without a name
who-not-landed = This person's movement is not open. Open it again on its page first.
who-nothing = Nothing is known.
who-registered-title = The person
who-open-person = Open the record
line-wrong = This is not the right line of the manifest
line-wrong-text = The person will count as unlisted, and the line will be free.
line-wrong-do = Take off this line
who-given-names = Given names
who-family-name = Family name
who-sex = Sex
who-sex-age = Sex · age
who-female = Female
who-male = Male
who-birth = Birth
who-birth-day = Day
who-birth-month = Month
who-birth-year = Year
who-age = or age
who-age-hint = If the date is not known: the year alone, or the age.
who-born-on = { $date } (aged { $age })
who-born-in = { $year } (about { $age })
who-aged = aged { $age }, as said
who-mother = Mother's name
who-birthplace = Born in (commune)
who-nationalities = Nationalities (several are fine)
who-nationality-other = Another nationality, three letters
who-document = Document number, or scan it
who-document-kind = Which document
who-document-more = Another document
who-document-shared = I looked at the other record: it is another person
who-destination = Department they go to
who-phone = Telephone
who-more = More questions
who-origin = Department of origin
who-last-residence = Last country lived in
who-country-of-birth = Country of birth
who-country-other = Another country, three letters

## Is this someone we know?

known-title = Is this someone we know?
known-search = Name, document or an earlier card
known-none = Nobody known was found.
known-mother = mother: { $name }
known-met = met { $at }
known-on-this-movement = registered on this movement already
known-yes = Yes, the same person
known-look = Look at the record
known-undo = Nothing is merged without you. A link can be undone.

## Family

family-title = Travelling together
family-none = No family is on record.
family-find = Find somebody of the family
family-nobody = Nobody found. Register the other person first.
family-relation = To the head of the family
family-join = Join this family
family-take-out = Take out
family-hint = A family may come by several movements.

## Screening

screening-title = Screening
screening-at = Done { $at }
screening-again = Change the answers
screening-declined = preferred not to answer
screening-nothing = nothing found
screening-language = Ask the questions in:
screening-aloud = I will ask you a few short questions to know what help you need. You do not have to answer.
screening-child = For a child: who are they with?
screening-with-parents = With the parents, or an adult
screening-which = What holds for the person?
screening-before = Before you were sent: were you asked by an official whether you are afraid to go back?
screening-before-no-answer = Not asked, or no answer
screening-decline = The person prefers not to answer
screening-concern = The protection team should talk to this person
screening-save = Save the answers
note-title = Protection notes
note-new = A note for the protection team
note-sealed = Sealed: only the protection team can read it.
note-save = Write the note
note-none = There is no note yet.
note-exist = Protection notes: { $count } (sealed)
note-locked = There are { $count } notes, but the key is not open for you. A colleague of the protection team can give it to you, on their password page.

## Giving

give-title = To give, once
give-none = Nothing to give yet.
give = Give
given-at = given { $at }, { $by }
give-disputed = on record { $count } times
give-limit = Received on { $last }. The limit is { $days } days.
give-ask-coordinator = Ask the coordinator.
give-cash-desk = At the cash desk
give-other-desk = At another desk
give-short = Only { $count } left here.
give-waived = limit waived
give-card-checked = I looked at the card: not given yet
void-title = Void
void-do = Void it
waive-title = Waive the limit
waive-do = Waive it for this person
grant-title = Grant something more
grant-do = Grant

## People

people-title = People
people-search = Search: name, document, card or number
people-search-hint = Accents and capitals do not matter. The first letters are enough.
people-found = Found: { $count }
people-nobody = Nobody found.
people-more = There are more. Type more letters.
because-card = card
because-document = document
because-queue = number
because-name = name
person-title = Person
person-unnamed = Person without a name
person-particulars = Particulars
person-correct = Correct
person-correct-reason = Why you correct it
person-correct-hint = What was written before stays in the history.
person-arrivals = Arrivals and what was received
person-nothing-given = Nothing received yet
person-given = Received: { $items }
person-history = History: who wrote what
person-history-none = No history can be read here.
person-first = first
person-corrected = corrected
person-erased = This person's data was erased.
link-title = The same person, another record
link-none = No other record is linked.
link-same = same person
link-undone = undone
link-undo = Undo the link
link-find = Find the other record
link-do = It is the same person
erase-title = Erase the data
erase-open = The person asks for erasure
erase-text = The name and everything about this person is destroyed for good. What was given stays counted, without a name.
erase-sure = I am sure. This cannot be undone.
erase-line-ask = Only an administrator erases. Give them the address of this page.
erase-ask = An administrator erases, in Settings. Tell them the code of the card: { $codes }
erase-find-title = Erase somebody's data
erase-find-text = For somebody who asks for it. The code of the card, or the number of today, leads to the page that erases; no name is shown.
erase-find-code = Card code or number
erase-find-do = Go to the page
erase-find-nobody = Nobody is registered with this card: nothing personal is kept.
erase-tick = Tick the box to confirm.
erase-do = Erase for good
