### What lies ahead: shortages, what to move, the queue.

outlook-title = Outlook
outlook-lead = What runs short when, out of stock, what is owed to people here, and the movements announced.
outlook-all-last = Nothing is seen to run short in these days.
outlook-short = What runs short
outlook-earliest = Earliest
outlook-likely = Likely
outlook-latest = Latest
outlook-not-seen = not seen
outlook-line = { $item } at { $site }: short from { $day } on
outlook-line-may = { $item } at { $site }: may be short from { $day } on
outlook-chart = { $item } at { $site }: what is left, day by day
outlook-chart-text = On the last day, { $day }, likely { $likely } are left, between { $low } and { $high }. Less than nothing is short.
outlook-how = Of the people announced, { $permille } in a thousand come, between { $low } and { $high }: seen at { $movements } movements with { $listed } people listed, of whom { $no_shows } did not come, and { $unlisted } beside them. Goods under way count from the second day on.
outlook-moves = What could be moved
outlook-moves-none = Nothing: either nothing is short, or nobody in the same country has enough to spare.
outlook-move = { $amount } × { $item }: { $from } → { $to }
outlook-moves-how = Who gives keeps enough even if everything falls the hard way. How far sites are apart is not known here; what is known of danger at either end stands beside.
outlook-prepare = Prepare the waybill
outlook-queue = The queue tonight
outlook-queue-waiting = { $people } people: counted here and not registered, and announced for today.
outlook-desks = Desks open
outlook-minutes = Minutes for one person
outlook-extra = More people
outlook-by = Nobody should wait at
outlook-compute = Compute
outlook-last = The last person is served at about { $likely }, between { $easy } and { $hard }.
outlook-last-never = With these desks the queue does not end within a week.
outlook-needed = { $desks } desks from now on, and nobody waits at { $by }.
outlook-needed-none = No number of desks is enough for that: somebody comes too late for it.
outlook-wrong = Desks are from 0 to 10,000, minutes from 1 to 1,440, people from 0 to 1,000,000. Correct the number.
outlook-site = Site
outlook-day = Day
outlook-there = There now
outlook-lasts = Lasts
outlook-not-known = not known
outlook-lasts-days = { $days ->
    [0] not through today
    [one] 1 day
   *[other] { $days } days
 }
outlook-lasts-between = { $low } to { $high } days
outlook-lasts-over = { $low } to more than { $days } days
outlook-lasting = Lasts through these days: { $count }
outlook-left-over = { $here } here, likely { $left } left at the end
outlook-unweighed = { $item }: no move could be computed. Look at the shortages above and decide by judgement.
outlook-queue-none = Nobody waits here, and nobody is announced.
outlook-queue-seen = Seen lately: one person takes { $minutes } minutes of a desk ({ $low } to { $high }, out of { $seen } registrations); colleagues who registered somebody within the last hour: { $desks }.
outlook-queue-unseen = Too few registrations so far to say how long one person takes: type it.
outlook-staff = Desks for the days ahead
outlook-desks-between = { $likely } ({ $easy } to { $hard })
outlook-desks-none = none is enough: people come too late
outlook-desks-how = The fewest desks, open from the beginning of the day (today: from now), with which nobody waits at six in the evening; where people come later, two hours after the last of them. One person takes as long as was seen among the last thousand registrations of the site.
outlook-places = Places at sites
outlook-places-how = Who is there: the last headcount with an upper end, and what came and left since. Each day: who is announced, as many as come of those announced so far; who is announced to leave gives a place back, but not in the hard course.
outlook-stock-link = What runs short in the days ahead
outlook-desks-needed = Desks needed
