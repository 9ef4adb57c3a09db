### The situation report · English

## The head of the report

sitrep-title = Situation report
sitrep-internal = For the operation only: small numbers may point at a person
sitrep-public = Public version: small numbers are not shown
sitrep-period = { $from } to { $to }
sitrep-cut-off = Counted up to { $moment }
sitrep-computed = Computed { $moment } by { $by }
sitrep-published = Published { $moment }
sitrep-log-end = Up to event
sitrep-first = The numbers first
sitrep-summary =
    { $returned ->
        [one] One person
       *[other] { $returned } people
    } came back on { $movements ->
        [one] one movement
       *[other] { $movements } movements
    }. { $registered } were registered, { $assisted } received assistance.

## What is counted

sitrep-measure-movements = Movements
sitrep-measure-announced = Announced
sitrep-measure-listed = On the manifest
sitrep-measure-returned = Returned
sitrep-measure-met = Met
sitrep-measure-registered = Registered
sitrep-measure-unlisted = Not on the manifest
sitrep-measure-declined = Preferred not to say who they are
sitrep-measure-screened = Screened
sitrep-measure-assisted = Assisted
sitrep-measure-left = Left
sitrep-measure-no-show = Did not come
sitrep-hidden = not shown
sitrep-hidden-why = Not shown: it is a number of one to four people, or such a number could be worked out from it
sitrep-unpublished = not published
sitrep-not-known = Not known
sitrep-percent = { $number }%
sitrep-percent-under-one = under 1%
sitrep-decimal = { $whole }.{ $tenth }
sitrep-together = Together

## Day by day

sitrep-days = Day by day
sitrep-days-caption = What happened on each working day of the site
sitrep-day = Day
sitrep-chart-title = People returned, by the day they landed
sitrep-chart-text = Most on { $day }: { $number }. Every number is in the table.
sitrep-chart-hidden = Every number that may be shown is in the table.

## The people

sitrep-people = The people
sitrep-group = Group
sitrep-share = Share
sitrep-by-age-group = Sex and age
sitrep-by-vulnerability = What makes people more exposed to harm
sitrep-by-destination = Going to: department
sitrep-by-origin = From: department
sitrep-by-last-residence = Last country lived in
sitrep-waited-registered = From being met to being registered
sitrep-waited-assisted = From being met to the first item
sitrep-chart-groups = Most people: { $group }, { $number }. Every number is in the table.
sitrep-by-departed-from = Country the movement came from
sitrep-by-legal-basis = Legal basis of the movement
sitrep-by-screened-before = Protection screening before departure
sitrep-screened-before = Protection screening before
sitrep-screened-not-known = not known
sitrep-screened-not-offered = not offered
sitrep-screened-done = done
sitrep-several = All screened; one person may have several
sitrep-nobody =
    { $rows ->
        [one] One more group: nobody
       *[other] { $rows } more groups: nobody
    }

## From announced to counted

sitrep-reconciliation = From announced to counted
sitrep-reconciliation-caption = The people of the movements that landed in these days. The differences between two bold lines add up.
sitrep-step = Step
sitrep-difference = Difference
sitrep-people-number = People
sitrep-step-announced = Announced
sitrep-step-manifest-differs = The manifests name more or fewer than were announced
sitrep-step-listed = On the manifests
sitrep-step-no-show = Did not come
sitrep-step-awaited = Not known yet whether they came
sitrep-step-unlisted = Came without being on a manifest
sitrep-step-registered = Registered
sitrep-step-unregistered = Met, not registered yet
sitrep-step-met = Met
sitrep-step-not-met = Counted and not met (+), or met and not counted (−)
sitrep-step-returned = Counted when they landed

## Movements

sitrep-movements = Movements
sitrep-movements-caption = Movements that landed in these days; their people are followed until the cut-off
sitrep-movement = Movement
sitrep-apart = In these days (from { $day }) more (+) or fewer (−) than these movements: people of movements that landed before, or served after

## What was given, and whether it lasts

sitrep-items = Assistance
sitrep-items-caption = A person counts once for each item, on the day it was first received
sitrep-item = Item
sitrep-item-people = People who received it
sitrep-item-quantity = Given in these days
sitrep-stock = Stock
sitrep-stock-caption = By the book when the report was computed. Lasts: stock divided by the mean given a day.
sitrep-site = Site
sitrep-in-stock = In stock
sitrep-a-day = Given a day
sitrep-lasts = Lasts
sitrep-owed-here = Owed to people here
sitrep-needed = For people expected
sitrep-left-over = Left over
sitrep-nothing-given = none given
sitrep-cover-not-known = cannot be told
sitrep-cover-days = { $days } days
sitrep-cover-short = short
sitrep-waybills = Goods under way
sitrep-waybills-caption = Waybills sent and not received when the report was computed
sitrep-waybill = Waybill
sitrep-from-to = From → to
sitrep-sent = Sent
sitrep-goods = Goods
sitrep-supplier = Supplier
sitrep-expected = Still to come
sitrep-expected-caption = Movements announced or under way when the report was computed, for the seven days after the cut-off
sitrep-to = To
sitrep-expected-at = Expected

## What is not known, and how it was counted

sitrep-quality = What is not known
sitrep-quality-caption = Of the people registered in these days
sitrep-quality-what = Not known here
sitrep-unknown-age-group = Sex or age
sitrep-unknown-destination = Where they go
sitrep-unknown-origin = Where they come from
sitrep-unknown-last-residence = Last country lived in
sitrep-method = How this was counted
sitrep-method-days = A day runs from one closing hour of the site to the next. Each step counts on the day it happened; what was recorded later with its own time counts on its own day.
sitrep-method-movements = Returned is the newest headcount of each movement. The movements table follows the people of those movements, the day table counts all people of those days; where the two differ, the difference stands below.
sitrep-method-groups = Under 18 is a child. Age is that of the day of arrival; where only the year of birth is known, as if born on 1 July.
sitrep-method-cover = Given a day is the mean of the last working days with gifts of the item, at most seven of them and none older than four weeks; the day still running counts only where it makes the mean higher. The board computes it the same way. For people expected: what the package grants to everybody.
sitrep-method-trace = Every number counted opens the events it was counted from.
sitrep-method-public = Published once, day by day and month by month, and not changed afterwards. Numbers from one to four people are not shown, nor as many others as it takes so that none of them can be worked out, not even from all publications together: every number that is not shown could be at least five more or less. A month sums its days as they were published.

## In a workbook

sitrep-kind = Kind
sitrep-from = From
sitrep-landed = Landed
sitrep-code = Code
sitrep-sources = Where the numbers come from
sitrep-source-sheet = Sheet
sitrep-source-cell = Cell
sitrep-source-what = What was counted
sitrep-source-key = Key of the number: behind /trace/ on the site it opens the events

## Referrals and feedback in the situation report

sitrep-referrals = Referrals
sitrep-referrals-caption = Made in these days, and how they stand now
sitrep-referrals-kind = Kind of service
sitrep-referrals-made = made
sitrep-referrals-no-answer = no answer
sitrep-referrals-accepted = accepted
sitrep-referrals-declined = declined
sitrep-referrals-completed = completed
sitrep-referrals-lost = not reached
sitrep-referrals-withdrawn = withdrawn
sitrep-feedback = Feedback
sitrep-feedback-caption = Recorded in these days
sitrep-feedback-kind = Kind
sitrep-feedback-recorded = recorded
sitrep-feedback-open = open
sitrep-feedback-answered = answered
sitrep-feedback-closed = closed
sitrep-incidents = Incidents
sitrep-incidents-caption = Of these days, by department and kind
sitrep-incidents-kind = Department and kind
sitrep-incidents-reported = reported
sitrep-incidents-harmed = with harm
sitrep-incidents-doubted = doubted
sitrep-incidents-over = over
sitrep-recovered = Of these, given by rights recovered from a lost node (only they can have been given twice):
sitrep-item-recovered = Given by recovered rights
