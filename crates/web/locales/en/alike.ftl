## Who it may be, of those registered before

alike-hint = Write a name: whoever is on record already shows here.
alike-nobody = Nobody like this is on record.
alike-not-ready = The list of everybody known is being made ready. Search by name meanwhile.
alike-very-likely = Very likely the same
alike-likely = Likely the same
alike-perhaps = Perhaps the same
alike-jump = On record perhaps: { $count }. Look below.
alike-why = Why
alike-read = A step up makes it twice as likely, a step down half. Of a hundred thousand people, two taken blindly are hardly ever the same: that is where it begins.
alike-warning = This looks like somebody who is on record already. Look at them beside the form: if it is the same person, choose “Yes, the same person”.
alike-somebody-else = I looked: it is somebody else

## Steps of the waterfall

why-before = Before anything is compared
why-family = Brothers and sisters have this in common
why-together = Others of the family came along
why-alike = the same, or it sounds the same
why-slip = a letter differs
why-part-rare = one is part of the other
why-part-common = one is part of the other
why-one-rare = one name in common
why-one-common = one name in common
why-apart = different
why-apart-women = different; it may be a husband’s
why-exchanged = exchanged for the family name
why-exchanged-nearly = exchanged for the family name, nearly
why-same = the same
why-same-by-name = the same, as the name says
why-near = a digit differs
why-very-common = (very many have it)
why-common = (many have it)
why-rare = (few have it)
why-birth-same = Born on the same day
why-birth-exchanged = Birth: day and month exchanged
why-birth-one-part = Birth: day, month or a digit of the year differs
why-birth-same-year = Birth: the same year, more is not known
why-birth-year-apart = Birth: a year apart, more is not known
why-birth-apart = Birth: another date
