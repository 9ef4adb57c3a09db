### Why something was not done, and what to do about it · Kreyòl
### not yet reviewed by a speaker

## Who may
## not yet reviewed by a speaker

refusal-not-allowed = Wòl ou pa pèmèt ou { $permission }. Mande kowòdonatè a.
refusal-unknown-user = Moun sa a pa ka travay isit ankò. Konekte ankò.
refusal-already-founded = Operasyon sa a egziste deja.
refusal-last-administrator = Fòk gen yon administratè ki rete. Mete yon lòt administratè anvan.
refusal-login-taken = Yon lòt moun konekte ak non sa a deja. Chwazi yon lòt.
refusal-login-invalid = Non pou konekte a gen 2 a 32 lèt piti, chif, pwen oswa tirè.
refusal-no-role = Bay moun nan omwen yon wòl.
refusal-same-person-twice = Fòk de moun deside sa. Se yon lòt moun ki dwe konfime.

## What was typed
## not yet reviewed by a speaker

refusal-text-missing = { $field } manke. Ekri l.
refusal-text-too-long = { $field } twò long. Fè l pi kout.
refusal-too-long = { $field } twò long. Fè l pi kout.
refusal-unknown-code = { $field } pa nan lis la. Chwazi youn nan lis la.
refusal-unknown-time-zone = Nou pa konnen zòn lè sa a. Ekri l konsa: America/Port-au-Prince.
refusal-born-in-future = Dat nesans lan poko rive. Gade jou, mwa ak ane a.
refusal-too-old = Dat sa a fè moun nan gen plis pase 125 an. Gade ane a.
refusal-nothing-known = Ekri omwen yon non, oswa chwazi « moun nan pito pa di ».
refusal-people-out-of-range = Kantite moun nan dwe ant 1 ak { $max }.
refusal-too-many-meetings = Resevwa { $max } moun alafwa pou pi plis.
refusal-quantity-out-of-range = Kantite a dwe ant 1 ak { $max }.
refusal-no-lines = Ekri omwen yon atik.
refusal-item-twice = { $item } ekri de fwa sou papye sa a. Mete yo ansanm.

## What is not here
## not yet reviewed by a speaker

refusal-unknown-site = Nou pa konnen kote sa a isit.
refusal-unknown-movement = Nou pa konnen vwayaj sa a isit.
refusal-unknown-line = Nou pa konnen liy sa a nan manifès la.
refusal-unknown-arrival = Nou pa konnen kat sa a isit.
refusal-unknown-person = Nou pa konnen moun sa a isit.
refusal-unknown-family = Nou pa konnen fanmi sa a isit.
refusal-unknown-link = Nou pa konnen lyen sa a, oswa yo defè l deja.
refusal-unknown-entitlement = Yo pa t janm prevwa atik sa a pou moun sa a.
refusal-unknown-item = Atik « { $item } » pa defini isit. Mande administratè a.
refusal-unknown-waybill = Nou pa konnen bon sa a isit.

## Movements
## not yet reviewed by a speaker

refusal-designator-taken = Yon vwayaj ki gen menm non anonse pou jou sa a deja.
refusal-same-place = Kote li soti ak kote li prale se menm kote a.
refusal-wrong-stage = Vwayaj sa a { $stage }. Ou pa ka fè sa kounye a.
refusal-not-landed = Ekri anvan ke vwayaj la rive, ak konbyen moun yo konte.
refusal-people-waiting = Gen { $waiting } moun nou resevwa ki poko anrejistre. Anrejistre yo anvan.
refusal-manifest-too-long = Yon manifès gen { $max } moun pou pi plis.
refusal-manifest-replaces = Sa retire { $removed } moun sou lis la epi kenbe { $same }. Èske se bon vwayaj la, ak tout lis la?
refusal-manifest-elsewhere = Pifò moun sa yo sou manifès { $other }. Èske se bon vwayaj la?
refusal-other-site = Sa a pou yon lòt kote. Se la sèlman yo ka fè l.
refusal-other-movement = Kat oswa liy sa a pou yon lòt vwayaj.

## At the desk
## not yet reviewed by a speaker

refusal-already-registered = Kat sa a anrejistre deja. Louvri dosye moun nan.
refusal-person-already-arrived = Moun sa a anrejistre nan vwayaj sa a deja.
refusal-line-taken = Yo anrejistre yon moun pou liy sa a deja.
refusal-line-removed = Yon manifès korije pa gen moun sa a ankò. Anrejistre l san lis la.
refusal-line-not-waiting = Moun sa a pa ap tann ankò.
refusal-document-held = Gen { $holders } lòt moun ki gen menm nimewo papye a. Gade yo, epi konfime oswa korije nimewo a.
refusal-not-registered = Anrejistre moun nan anvan.
refusal-person-erased = Done moun sa a efase.
refusal-already-linked = Dosye sa yo se menm moun nan deja.
refusal-in-family = Moun sa a nan yon lòt fanmi. Retire l ladan anvan.
refusal-not-in-family = Moun sa a pa nan fanmi sa a.
refusal-no-role-key = Poko gen kle pou nòt pwoteksyon yo. Mande administratè a.
refusal-already-left = Moun sa a ale deja.

## Giving
## not yet reviewed by a speaker

refusal-already-given = Yo bay sa deja: { $at }.
refusal-not-given = Yo pa t bay sa, kidonk pa gen anyen pou anile.
refusal-limit-reached = Moun sa a te resevwa sa { $last }. Li ka resevwa l ankò { $days } jou apre. Mande kowòdonatè a.
refusal-nothing-to-waive = Pa gen okenn limit ki bloke atik sa a.
refusal-stock-short = { $item }: rete { $available } sèlman. Resevwa yon bon oswa konte etajè a anvan.
refusal-right-elsewhere = Se { $node } ki gen dwa bay sa: se la yo bay li, oswa yon kòdonatè la lage l bay pòs sa.
refusal-right-not-accepted = Yo lage dwa bay sa pou pòs sa: aksepte l anvan, sou paj atik ant pòs yo.
refusal-right-released = Dwa bay sa sou wout pou { $node }: se la y ap bay li, lè yo fin aksepte l.
refusal-not-to-itself = Se menm pòs la: chwazi yon lòt.
refusal-unknown-node = Pòs sa pa nan operasyon sa, oswa nou poko konnen l isit la: chwazi yon lòt.
refusal-node-replaced = Yon lòt pòs pran dwa pòs sa yo: chwazi sa ki pran yo a.
refusal-nothing-to-release = Pòs sa pa gen okenn dwa ki rete pou moun sa yo.
refusal-too-many-released = Lage atik { $max } moun pou pi plis yon sèl kou: chwazi yon pati.
refusal-nothing-released-here = Pa gen anyen ladan l k ap tann pòs sa: yo reponn deja, oswa se pou yon lòt pòs.
refusal-waybill-for-other = Bòdwo sa se pou depo { $node }: resevwa l la.
refusal-unknown-recovery = Nou pa konnen deklarasyon pèt sa isit la.
refusal-recovery-open = Yo di pòs sa pèdi deja: konfime sa, oswa anile l.
refusal-recovery-over = Yo anile sa deja, oswa li fèt deja.
refusal-waiting-out-of-range = Tan datant lan ant { $min } ak { $max } jou isit la.
refusal-recovery-early = Tan datant lan ale jouk { $due }: chèche pòs la jouk lè sa, konfime apre.
refusal-recover-elsewhere = Se { $node } ki pou pran yo: konfime sa la.
refusal-node-heard = Yo tande pòs sa depi yo te di l pèdi: li pa pèdi, anile sa.
refusal-loss-behind = Yo te konnen { $known } anrejistreman pòs ki pèdi a lè yo te di l pèdi, epi gen { $here } isit la: fè echanj ak lòt pòs yo dabò.
refusal-rights-frozen = Pòs sa a soti nan yon kopi sekirite. De moun ki gen kle prensipal la dwe reklame dwa l anvan.
refusal-check-card = Petèt yo te bay sa san nou pa konnen l isit la. Gade kat moun nan, epi konfime.

## Stock
## not yet reviewed by a speaker

refusal-waybill-number-taken = Gen yon bon ki gen nimewo sa a deja.
refusal-already-received = Yo resevwa bon sa a deja.
refusal-difference-unexplained = Chif yo pa menm. Di poukisa.

## Time, and what cannot be twice
## not yet reviewed by a speaker

refusal-in-future = Lè sa a poko rive. Gade lè a.
refusal-before-met = Lè sa a vini anvan moun nan te resevwa. Gade lè a.
refusal-before-landed = Lè sa a vini anvan vwayaj la te rive. Gade lè a.
refusal-count-late = Yon kontaj konpare ak liv la nan menm minit lan. Konte etajè a ankò kounye a.
refusal-document-without-number = Nimewo papye a manke. Ekri l, oswa retire papye a.
refusal-item-invalid = Kòd yon atik gen lèt piti, chif ak _ ; yon limit se omwen 1 fwa nan 1 jou.
refusal-limited-on-meeting = { $item } gen yon limit pou chak moun. Li ka bay sèlman apre moun nan anrejistre.
refusal-manifest-empty = Fichye sa a pa gen pèsonn. Gade kolòn yo, oswa anile vwayaj la.
refusal-not-stocked = { $item } pa soti nan estòk: yo pa voye l ni konte l.
refusal-nothing-to-correct = Se sa ki ekri deja.
refusal-role-key-exists = Wòl sa a gen yon kle deja. Moun ki genyen l dwe pase l.
refusal-superseded = Yon lòt pòs pran dwa pòs sa a. Sispann travay isit, sèvi ak lòt la.
refusal-already-claimed = Yo reklame dwa pòs sa a deja, oswa se pa pòs sa a ki pou reklame yo.
refusal-user-known = Nou konnen moun sa a deja. Chanje wòl li pito.
refusal-last-role-key = { $role ->
    [focal_point] Moun sa a se dènye ki gen kle rapò yo. Bay yon lòt pwen fokal kle a anvan.
   *[protection] Moun sa a se dènye ki gen kle nòt pwoteksyon yo. Bay yon kòlèg kle a anvan.
}
refusal-second-unsigned = Dezyèm moun nan dwe ekri non l ak modpas li li menm. Rele l vin nan paj sa a.
refusal-request-reused = Fòm sa a te sèvi deja pou yon lòt bagay. Louvri paj la ankò, epi voye l ankò.
refusal-key-not-for-them = Kle sa a se sèlman pou yon moun ki gen wòl pwoteksyon epi ki pa ni administratè ni kowòdonatè. Chwazi yon lòt kòlèg.
refusal-erase-person-instead = Yon moun te anrejistre pou liy sa a. Efase moun nan: liy lan ap ale avè l.
refusal-erased-may-return = Yo te efase enfòmasyon { $erased } moun sou lis sa a, epi { $listed } moun nan fichye a sanble nouvo. Retire nan fichye a liy moun ki te efase yo, oswa konfime okenn nan yo pa ladan l.
refusal-withdrawn = Yo te retire kat sa a: se te yon erè. Sèvi ak lòt kat moun nan.
refusal-something-given = Yo te bay yon bagay sou kat sa a. Anile l anvan, epi retire kat la.

## Sa piblik la li
## not yet reviewed by a speaker

refusal-no-edition = Ou pa chwazi anyen pou pibliye. Chwazi yon jou oswa yon mwa ki poko pibliye.
refusal-published-meanwhile = Gen yon moun ki pibliye pandan tan sa a, epi sa ki kache depann de sa. Gade l ankò, epi pibliye.
refusal-period-not-over = Jounen { $last } la poko fèmen nan tout sit yo. Pibliye l lè li fèmen.
refusal-already-published = Sa pibliye deja, epi sa ki pibliye rete jan l ye a. Chwazi jou ki poko pibliye.
refusal-edition-nowhere = Ou pa chwazi okenn sit. Chwazi omwen youn, epi pibliye.
refusal-edition-malformed = Anyen pa pibliye: chif sa yo pa mache ansanm, oswa yo ta montre mwens moun pase sa nou gen dwa montre. Se yon erè nan pwogram nan. Di moun ki okipe Akèy lakay nou sa.
