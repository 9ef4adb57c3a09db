### Why something was not done, and what to do about it · English

## Who may

refusal-not-allowed = Your role does not allow you to { $permission }: ask your coordinator.
refusal-unknown-user = This user may not work here any more: sign in again.
refusal-already-founded = This operation exists already.
refusal-last-administrator = Somebody must remain who can administer: admit another administrator first.
refusal-login-taken = Somebody signs in with this name already: choose another.
refusal-login-invalid = A sign-in name has 2 to 32 small letters, digits, dots or hyphens.
refusal-no-role = Give the user at least one role.
refusal-same-person-twice = Two persons must decide this: somebody else has to confirm.

## What was typed

refusal-text-missing = { $field } is missing: fill it in.
refusal-text-too-long = { $field } is too long: shorten it.
refusal-too-long = { $field } is too long: shorten it.
refusal-unknown-code = { $field } is not on the list: choose one of the list.
refusal-unknown-time-zone = This time zone is not known: write it as America/Port-au-Prince.
refusal-born-in-future = The date of birth is in the future: check day, month and year.
refusal-too-old = This date makes the person older than 125: check the year.
refusal-nothing-known = Write at least one name, or record that the person prefers not to say.
refusal-people-out-of-range = The number of people must be between 1 and { $max }.
refusal-too-many-meetings = Meet at most { $max } people at once.
refusal-quantity-out-of-range = A quantity must be between 1 and { $max }.
refusal-no-lines = Write at least one item.
refusal-item-twice = { $item } stands on this paper twice: add the two up.

## What is not here

refusal-unknown-site = This site is not known here.
refusal-unknown-movement = This movement is not known here.
refusal-unknown-line = This line of the manifest is not known here.
refusal-unknown-arrival = This card is not known here.
refusal-unknown-person = This person is not known here.
refusal-unknown-family = This family is not known here.
refusal-unknown-link = This link is not known here, or was undone already.
refusal-unknown-entitlement = This item was never granted to this person.
refusal-unknown-item = The item { $item } is not defined here: ask the administrator.
refusal-unknown-waybill = This waybill is not known here.

## Movements

refusal-designator-taken = A movement of this name is announced for that day already.
refusal-same-place = Origin and destination are the same place.
refusal-wrong-stage = This movement is { $stage }: that cannot be done now.
refusal-not-landed = Record first that the movement landed, and how many people were counted.
refusal-people-waiting = People met and not yet registered: { $waiting }. Register them first.
refusal-manifest-too-long = A manifest has at most { $max } people.
refusal-manifest-replaces = This takes { $removed } people off the list and keeps { $same }. Is it the right movement, and the whole list?
refusal-manifest-elsewhere = Most of these people are on the manifest of { $other }: is this the right movement?
refusal-other-site = This belongs to another site: it can only be done there.
refusal-other-movement = This card or line belongs to another movement.

## At the desk

refusal-already-registered = This card is registered already: open the person.
refusal-person-already-arrived = This person is registered on this movement already.
refusal-line-taken = Somebody was registered for this line already.
refusal-line-removed = A corrected manifest no longer names this person: register without the list.
refusal-line-not-waiting = This person is not waiting any more.
refusal-document-held = Other people on record with this document number: { $holders }. Look at them, then confirm or correct the number.
refusal-not-registered = Register the person first.
refusal-person-erased = This person's data was erased.
refusal-already-linked = These are one person already.
refusal-in-family = This person belongs to another family: take them out of it first.
refusal-not-in-family = This person does not belong to this family.
refusal-no-role-key = No key for protection notes exists yet: ask the administrator.
refusal-already-left = This person left already.

## Giving

refusal-already-given = This was given already: { $at }.
refusal-not-given = This was not given, so there is nothing to void.
refusal-limit-reached = This person received this on { $last }, and may again { $days } days later: ask the coordinator.
refusal-nothing-to-waive = No limit stands in the way of this item.
refusal-stock-short = { $item }: only { $available } left here. Receive a waybill or count the shelf first.
refusal-right-elsewhere = { $node } holds the right to give this: it is given there, or a coordinator there releases it to this node.
refusal-right-not-accepted = The right to give this was released to this node: accept it first, on the page of items between nodes.
refusal-right-released = The right to give this is on its way to { $node }: it is given there once it is accepted there.
refusal-not-to-itself = This is the same node: choose another.
refusal-unknown-node = This node is not of this operation, or not known here yet: choose another.
refusal-node-replaced = Another node took over the rights of that node: choose the one that did.
refusal-nothing-to-release = This node holds no right of these people that is not used yet.
refusal-too-many-released = Release the items of at most { $max } people at once: choose a share.
refusal-nothing-released-here = Nothing of this release waits for this node: it was answered already, or is for another node.
refusal-waybill-for-other = This waybill is for the store of { $node }: receive it there.
refusal-unknown-recovery = This announcement of a loss is not known here.
refusal-recovery-open = This node is announced lost already: confirm that, or call it off.
refusal-recovery-over = This was called off or carried out already.
refusal-waiting-out-of-range = The waiting period is between { $min } and { $max } days here.
refusal-recovery-early = The waiting period runs until { $due }: look for the node until then, confirm after.
refusal-recover-elsewhere = { $node } is to take over: confirm it there.
refusal-node-heard = This node was heard since it was announced lost: it is not lost, call this off.
refusal-loss-behind = { $known } records of the lost node were known when it was announced lost, and { $here } are here: exchange with the other nodes first.
refusal-rights-frozen = This node was restored from a backup: two persons with the root key must first claim its rights.
refusal-check-card = This may have been given where it is not known here: check the person's card, then confirm.

## Stock

refusal-waybill-number-taken = A waybill of this number is on record already.
refusal-already-received = This waybill was received already.
refusal-difference-unexplained = The numbers differ: say why.

## Time, and what cannot be twice

refusal-in-future = This is said to happen in the future: check the time.
refusal-before-met = This time is before the person was met: check the time.
refusal-before-landed = This time is before the movement landed: check the time.
refusal-count-late = A count is compared with the book of this minute: count the shelf again now.
refusal-document-without-number = The document has no number: write it, or leave the document out.
refusal-item-invalid = An item has a code of small letters, digits and _, and a limit of at least 1 time in 1 day.
refusal-limited-on-meeting = { $item } has a limit per person: it can only be granted once the person is registered.
refusal-manifest-empty = This file names nobody: check the columns, or cancel the movement.
refusal-not-stocked = { $item } does not come out of stock: it is neither sent nor counted.
refusal-nothing-to-correct = This is what is on record already.
refusal-role-key-exists = This role has a key already: somebody who holds it must pass it on.
refusal-superseded = Another node took over the rights of this one: stop working here, use that one.
refusal-already-claimed = The rights of that node were claimed already, or are not for this node to claim.
refusal-user-known = This user is known already: change their roles instead.
refusal-last-role-key = { $role ->
    [focal_point] This person is the last who holds the key for reports of misconduct: give it to another focal point first.
   *[protection] This person is the last who holds the key for protection notes: give it to a colleague first.
}
refusal-second-unsigned = The second person has to type their own name and password: ask them to this page.
refusal-request-reused = This form was used for something else already: open the page again and send it again.
refusal-key-not-for-them = This key is only given to somebody of the protection role who neither administers nor coordinates. Choose another colleague.
refusal-erase-person-instead = Somebody was registered for this line. Erase the person: the line goes with them.
refusal-erased-may-return = The data of { $erased } people of this list was erased on request, and { $listed } people of the file look new. Take the rows of those who were erased out of the file, or confirm that none of them is in it.
refusal-withdrawn = This card was withdrawn: it was a mistake. Use the person’s other card.
refusal-something-given = Something was given on this card. Void it first, then withdraw the card.

## What the public reads

refusal-no-edition = Nothing is chosen to be published. Choose a day or a month that is not published yet.
refusal-published-meanwhile = Somebody published meanwhile, and what is hidden depends on that. Look at it again, then publish.
refusal-period-not-over = The day of { $last } has not closed yet at every site. Publish it once it has.
refusal-already-published = This is published already, and what is published stays as it is. Choose days that are not published yet.
refusal-edition-nowhere = No site is chosen. Choose at least one, then publish.
refusal-edition-malformed = Nothing was published: these numbers do not fit together, or would show fewer people than may be shown. That is a mistake of the program. Report it to whoever looks after Akèy for you.
