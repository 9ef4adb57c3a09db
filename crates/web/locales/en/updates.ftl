### Updates for the public: notices, mail, feeds · English

updates-title = Updates
updates-lead = What { $operation } tells everybody: notices and published figures.
updates-none = Nothing is published yet.
updates-by-mail = Get them by e-mail
updates-notice = Notice
updates-figures = Figures
updates-edition-title = Figures for { $period }
updates-edition-text = New figures are published. Once published they are never changed.
updates-office = Who is told
notice-new = Write a notice
notice-lead = A second person reads it and signs before everybody sees it.
notice-names-nobody = Everybody will read it and it stays on record for ever: name nobody who is received here.
notice-title = Title
notice-text = Text
notice-publish = Publish the notice
notice-withdraw = Withdraw the notice
notice-withdrawn-at = withdrawn { $moment }
notice-withdrawn = This notice no longer holds. It stays on record.
subscribe-title = Get updates by e-mail
subscribe-lead = { $operation } writes to you when there is something new. First you get one e-mail to confirm.
subscribe-not-yet = This site does not send e-mail yet: no mail server is set. What you ask for waits 48 hours.
subscribe-email = E-mail address
subscribe-language = Language
subscribe-topics = About
subscribe-topic-notices = Notices
subscribe-topic-figures = Published figures
subscribe-terms = Terms (version { $version })
subscribe-terms-who = { $operation } keeps your address on its own computer, encrypted, and gives it to nobody.
subscribe-terms-what = It is used only to send what you chose above.
subscribe-terms-kept = Kept are: the address, your language, what you chose, when you agreed and to which version. Without confirmation within 48 hours all of it is deleted.
subscribe-terms-leave = Every e-mail has a link to leave with one click. When you leave, everything kept here about you is deleted.
subscribe-terms-mail = E-mail travels through servers of others, who can see that you receive it.
subscribe-consent = I agree to these terms.
subscribe-do = Send the e-mail to confirm
subscribe-no-consent = Tick the box if you agree to the terms.
subscribe-no-topic = Choose at least one.
subscribe-sent = Look into your e-mail
subscribe-sent-text = If this address can receive e-mail, one is on its way. Follow the link in it within 48 hours.
subscribe-later = Too many requests
subscribe-later-text = There were too many requests. Try again in an hour.
confirm-title = Confirm
confirm-lead = Confirm that you want to get updates by e-mail.
confirm-do = Yes, send them to me
confirm-done = Confirmed
confirm-done-text = You will be written to when there is something new.
confirm-over = This link no longer works
confirm-over-text = It has run out or was used. You can ask again.
preferences-title = What you chose
preferences-consent = You agreed on { $date } to version { $version } of the terms.
preferences-save = Save
preferences-saved = Saved
preferences-saved-text = The next e-mails follow what you chose.
unsubscribe-title = Leave and delete
unsubscribe-lead = You get nothing more, and your address and everything kept about you here are deleted.
unsubscribe-do = Leave now
unsubscribe-done = You have left
unsubscribe-done-text = Your address is deleted. You get no more e-mail.
mail-confirm-subject = { $operation }: confirm that you want updates
mail-confirm-body =
    Somebody asked { $operation } to send to this address: { $topics }.

    If it was you, confirm within 48 hours:

    { $link }

    If it was not, do nothing: the address is deleted after 48 hours and nothing else is sent.
mail-known-subject = { $operation }: you get updates already
mail-known-body = Somebody asked for updates of { $operation } for this address. You get them already: nothing has changed.
mail-foot =
    --
    Change what you get: { $preferences }
    Leave with one click: { $leave }
mail-try-subject = Test e-mail
mail-try-body = If you read this, the mail server works.
address-problem-missing = Write an e-mail address.
address-problem-too-long = This address is too long.
address-problem-invisible = The address holds a line break or an invisible character: type it again.
address-problem-several = Write one address only.
address-problem-not-plain = Write the address without accents.
address-problem-malformed = Write the address as name@example.org.
postbox-problem-host = Write the name of the server, for instance mail.example.org.
postbox-problem-port = The port is between 1 and 65535.
postbox-problem-plain = Without TLS only a server on this computer can be used.
postbox-problem-from = Write an address with fewer than 16 characters before the @.
postbox-problem-url = Begin with https:// and end with the name of the host.
mail-stage-connecting = The mail server could not be reached: check its name, its port and the network.
mail-stage-securing = The connection could not be made private: check the certificate and the port.
mail-stage-signing-in = The server refused user or password: set them again.
mail-stage-sender = The server does not take mail from this sender: ask whoever runs it.
mail-stage-recipient = The server did not take the recipient.
mail-stage-content = The server did not take the mail.
mail-stage-writing = The mail could not be written: check the sender’s address.
office-title = Who is told
office-lead = Counts only: nobody sees who.
office-not-set = No mail server is set: no e-mail goes out.
office-confirmed = Confirmed
office-pending = Not confirmed yet
office-suspended = Mail came back
office-queued = Mails waiting
office-sent = Mails sent
office-failed = Mails given up
office-try = Try it
office-try-to = Send the test to
office-try-do = Send the test
office-server = Mail server
office-host = Name of the server
office-port = Port
office-security = Protection
office-starttls = STARTTLS
office-tls = TLS from the first byte
office-plain = None (this computer only)
office-user = User (if there is one)
office-password-kept = A password is kept. Leave this empty to keep it.
office-from = Sender’s address
office-from-hint = Mail to news+…@ must arrive there too: that is how returned mail is recognised.
office-url = Address of the public pages
office-url-hint = Links in mails begin with it, for instance https://updates.example.org.
office-authority = Certificate of the authority (PEM), where the system lacks it
office-server-do = Save the server
refusal-unknown-notice = This notice is not known here.
refusal-notice-withdrawn = This notice was withdrawn already.
