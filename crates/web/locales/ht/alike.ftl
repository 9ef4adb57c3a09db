## Ki moun sa ka ye, nan moun ki te anrejistre deja
## not yet reviewed by a speaker

alike-hint = Ekri yon non: moun ki anrejistre deja ap parèt isit.
alike-nobody = Pa gen moun ki sanble sa ki anrejistre.
alike-not-ready = Lis tout moun nou konnen ap prepare. Pandan tan sa a, chèche ak non.
alike-very-likely = Prèske sèten se menm moun
alike-likely = Gen chans se menm moun
alike-perhaps = Petèt se menm moun
alike-jump = Petèt anrejistre deja: { $count }. Gade anba.
alike-why = Poukisa
alike-read = Chak pa anlè double chans lan, chak pa anba koupe l an de. Nan san mil moun, de moun ou pran aza prèske pa janm menm moun: se la nou kòmanse.
alike-warning = Sa sanble yon moun ki anrejistre deja. Gade li bò fòm nan: si se menm moun nan, chwazi « Wi, se menm moun nan ».
alike-somebody-else = Mwen gade: se yon lòt moun

## Pa eksplikasyon an

why-before = Anvan nou konpare anyen
why-family = Frè ak sè gen sa menm jan
why-together = Lòt moun nan fanmi an vini tou
why-alike = menm, oswa li sonnen menm jan
why-slip = yon lèt diferan
why-part-rare = youn se yon pati nan lòt la
why-part-common = youn se yon pati nan lòt la
why-one-rare = yon non menm jan
why-one-common = yon non menm jan
why-apart = diferan
why-apart-women = diferan; sa ka non mari a
why-exchanged = chanje plas ak siyati a
why-exchanged-nearly = chanje plas ak siyati a, prèske
why-same = menm
why-same-by-name = menm, non an di sa
why-near = yon chif diferan
why-very-common = (anpil anpil moun genyen l)
why-common = (anpil moun genyen l)
why-rare = (kèk moun sèlman genyen l)
why-birth-same = Fèt menm jou
why-birth-exchanged = Nesans: jou ak mwa chanje plas
why-birth-one-part = Nesans: jou, mwa oswa yon chif nan ane a diferan
why-birth-same-year = Nesans: menm ane, nou pa konn plis
why-birth-year-apart = Nesans: yon ane diferans, nou pa konn plis
why-birth-apart = Nesans: yon lòt dat
