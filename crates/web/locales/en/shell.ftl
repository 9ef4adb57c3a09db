### The frame of every page, signing in, dates, failures · English

## The bar

skip = Skip to the page
bar-main = Pages
bar-told = Information
bar-site = Site:
bar-language = Language
bar-account = Account:
bar-password = Change my password
bar-sign-out = Sign out
place-board = Board
place-desk = Desk
place-movements = Movements
place-people = People
place-stock = Stock
place-report = Report
place-settings = Settings
foot = Akèy · what is written here goes to this operation's own computers and nowhere else
go-to-board = Go to the board
site-unknown = a site not known here
staff-unknown = a member of staff
said-saved = Saved.
said-already = This was done already. Nothing was done twice.
form-not-saved = Not done yet
wrong-time = This time is not right, or in the future. Write it as 2021-09-24 14:20.
wrong-number = Write a whole number.
wrong-quantity = { $item }: write a whole number, at most { $max }.
wrong-date = There is no such date: check day, month and year.
wrong-birth-and-age = Write the date of birth or the age, not both: only one can be kept.
wrong-country = Write the country as three letters, for instance HTI or PER.
earlier = This happened earlier (written on paper)
earlier-when = When it happened
not-said = not said
nobody-may-see = you may not see this

## Dates and times

date-long = { $day } { $month } { $year }
date-weekday = { $weekday } { $date }
date-time = { $date }, { $time }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

## Signing in

sign-in-title = Sign in
sign-in-login = Sign-in name
sign-in-password = Password
sign-in-do = Sign in
sign-in-help = Forgot your password? Ask the administrator of your site.
sign-in-wrong = The name or the password is wrong.
sign-in-wait = Too many tries. Wait { $seconds } seconds, then try again.
sign-in-signed-out = You are signed out.

## When something does not work

failure-stale = This page is too old
failure-stale-text = Nothing was saved. The form is from a session that has ended.
failure-stale-next = Go back, open the page again and send it again.
failure-not-allowed = This is not part of your role
failure-not-allowed-text = Your role does not allow you to see this page.
failure-not-allowed-next = If you need it for your work, ask your coordinator.
failure-not-found = There is nothing here
failure-not-found-text = There is no such page, person or movement here.
failure-not-found-next = Check the address, or look from the board.
failure-not-saved = Nothing was saved
failure-not-saved-text = The disk is full or failing. What was saved before is safe.
failure-not-saved-next = Write it on paper for now. Call the administrator to make room on the disk, then send it again.
failure-broken = Something does not work
failure-broken-text = This page cannot be shown. If you sent a form, it may have been saved: open the page before you send it again.
failure-broken-next = If this goes on, call the administrator.

## Trusting this site on a device

install-title = Make this device trust this site
install-why = Each tablet or phone needs the certificate of this site once, to be sure that it talks to the right computer.
install-fetch = Fetch the certificate and compare it
install-download = Download the certificate
install-compare = Compare this fingerprint with the one on the site's computer. If they differ, do not install it.
install-android = Settings › Security › Encryption and credentials › Install a certificate › CA certificate. Choose the file akey-site.crt.
install-iphone = Open the file in Safari. Settings › General › VPN & Device Management › Akèy › Install. Then: General › About › Certificate Trust Settings › turn on Akèy.
install-windows = Double-click the file › Install Certificate › Local Machine › Place in: Trusted Root Certification Authorities.
install-linux = Copy the file among the system's authorities. Firefox and Chromium keep lists of their own: Settings › Certificates › Import.
install-limits = This certificate can vouch only for the names and addresses of this site, for no other web site.
