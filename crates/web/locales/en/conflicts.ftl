### Written differently at two places · English

conflicts-title = Written differently at two places
conflicts-lead = Two people wrote different things without knowing of each other. Both are kept. Choose the one that is right; the other stays in the history.
after-closing = { $count ->
    [one] One person was entered at another node while this was being closed. They are counted; look whether they were served
   *[other] { $count } people were entered at another node while this was being closed. They are counted; look whether they were served
}
conflicts-none = Nothing waits to be chosen.
conflicts-board = { $count ->
    [one] One thing was written differently at two places
   *[other] { $count } things were written differently at two places
}
conflict-by = written by { $name }, { $at }
conflict-values = { $count ->
    [one] one value
   *[other] { $count } values
}
conflict-choose = This is right
conflict-open = Choose
conflict-empty = nothing
conflict-active = active
conflict-inactive = not active any more
conflict-takes-place = It takes place
conflict-cancelled = It is cancelled
conflict-declined = preferred not to answer
conflict-protection = protection should talk to this person
conflict-limit = { $times } in { $days } days
conflict-no-limit = no limit
conflict-stocked = out of stock on the shelf
conflict-until = until { $at }

## Of what
conflict-about-person = Person
conflict-about-line = Line of a manifest
conflict-about-movement = Movement
conflict-about-arrival = Arrival
conflict-about-site = Site
conflict-about-user = Colleague
conflict-about-item = Item
conflict-about-package = Package
conflict-about-legal-basis = Legal basis
conflict-about-office = Office
conflict-about-service = Service
conflict-about-referral = Referral
conflict-about-incident = Incident
conflict-about-access = Access
conflict-about-pathway = Pathway
conflict-about-feedback = Feedback
conflict-about-booklet = Booklet of cards

## Which field
conflict-field-person-given-names = Given names
conflict-field-person-family-name = Family name
conflict-field-person-sex = Sex
conflict-field-person-birth = Birth
conflict-field-person-mother-name = Mother’s name
conflict-field-person-birthplace = Place of birth
conflict-field-person-country-of-birth = Country of birth
conflict-field-person-nationalities = Nationalities
conflict-field-person-documents = Documents
conflict-field-person-phone = Telephone
conflict-field-person-destination = Where the person wants to go
conflict-field-person-last-residence = Last country of residence
conflict-field-person-origin = Where the person comes from
conflict-field-line-particulars = Who it is
conflict-field-movement-takes-place = Whether it takes place
conflict-field-movement-destination = Destination and expected arrival
conflict-field-movement-departed-at = Departure
conflict-field-movement-landed-at = Arrival
conflict-field-movement-headcount = People counted
conflict-field-movement-screening = Screened before
conflict-field-arrival-person = Who was registered with this card
conflict-field-arrival-screening = Answers of the screening
conflict-field-arrival-priority = Why called first
conflict-field-site-name = Name
conflict-field-site-kind = Kind of site
conflict-field-site-country = Country
conflict-field-site-area = Area
conflict-field-site-port-code = Port code
conflict-field-site-capacity = Capacity
conflict-field-site-time-zone = Time zone
conflict-field-site-day-closes-min = When the day closes, in minutes after midnight
conflict-field-user-access = What they may do
conflict-field-item-definition = Rules of the item
conflict-field-package-grants = What arrivals are entitled to
conflict-field-legal-basis-definition = Name and use
conflict-field-office-definition = Name and members
conflict-field-service-listing = Entry in the directory
conflict-field-service-contact = How it is reached
conflict-field-service-availability = Room and opening
conflict-field-referral-outcome = What came of it
conflict-field-incident-state = What came of it, and how sure
conflict-field-access-status = Whether it can be reached
conflict-field-pathway-outcome = How it ended
conflict-field-feedback-answer = Answer
conflict-field-booklet-torn-out = Cards torn out

## Refusals
refusal-no-conflict = There is nothing to choose here any more: somebody chose meanwhile.
refusal-conflict-changed = Something else was written here meanwhile: look at what stands now, then choose.
