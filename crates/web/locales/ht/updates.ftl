### Updates for the public: notices, mail, feeds · Kreyòl
## not yet reviewed by a speaker

updates-title = Nouvèl
updates-lead = Sa { $operation } di tout moun: avi, rapò ak chif ki pibliye.
updates-none = Poko gen anyen ki pibliye.
updates-by-mail = Resevwa yo pa imèl
updates-topic-notices = Avi
updates-topic-figures = Chif
updates-topic-reports = Rapò
updates-corrected-at = korije { $moment }
updates-more = Li rès la
updates-edition-title = Chif pou { $period }
updates-edition-text = Nouvo chif pibliye. Yon fwa yo pibliye, yo pa janm chanje.
updates-office = Kiyès k ap resevwa
notice-new = Ekri yon avi
notice-lead = Yon dezyèm moun li l epi siyen anvan tout moun wè l.
notice-names-nobody = Tout moun ap li l, e li rete nan dosye pou toutan: pa nonmen okenn moun nou resevwa.
notice-title = Tit
notice-text = Tèks
notice-publish = Pibliye avi a
notice-withdraw = Retire avi a
notice-withdrawn-at = retire { $moment }
notice-withdrawn = Avi sa a pa bon ankò. Li rete nan dosye.
subscribe-title = Resevwa nouvèl pa imèl
subscribe-lead = { $operation } ap ekri w lè gen yon bagay nouvo. Anvan, w ap resevwa yon imèl pou konfime.
subscribe-not-yet = Sit sa a poko voye imèl: yo poko mete sèvè imèl la. Sa w mande ap tann 48 èdtan.
subscribe-email = Adrès imèl
subscribe-language = Lang
subscribe-topics = Sou kisa
subscribe-topic-notices = Avi
subscribe-topic-figures = Chif ki pibliye
subscribe-topic-reports = Rapò ekri
subscribe-terms = Kondisyon (vèsyon { $version })
subscribe-terms-who = Se { $operation } ki kenbe adrès ou, sou òdinatè pa l, chifre, epi li pa bay pèsonn li.
subscribe-terms-what = Nou sèvi avè l sèlman pou voye sa w chwazi anwo a.
subscribe-terms-kept = Nou kenbe: adrès la, lang ou, sa w chwazi, kilè ou dakò ak ki vèsyon. Si ou pa konfime nan 48 èdtan, nou efase tout.
subscribe-terms-leave = Chak imèl gen yon lyen pou sòti ak yon sèl klik. Lè ou sòti, nou efase tout sa nou gen sou ou la.
subscribe-terms-mail = Imèl pase nan sèvè lòt moun, ki ka wè w resevwa l.
subscribe-consent = Mwen dakò ak kondisyon sa yo.
subscribe-do = Voye imèl konfimasyon an
subscribe-no-consent = Make kare a si ou dakò ak kondisyon yo.
subscribe-no-topic = Chwazi omwen yon bagay.
subscribe-sent = Gade imèl ou
subscribe-sent-text = Si adrès sa a ka resevwa imèl, gen youn k ap vini. Klike sou lyen ki ladan l nan 48 èdtan.
subscribe-later = Twòp demann
subscribe-later-text = Te gen twòp demann. Eseye ankò nan yon èdtan.
confirm-title = Konfime
confirm-lead = Konfime ou vle resevwa nouvèl pa imèl.
confirm-do = Wi, voye m yo
confirm-done = Konfime
confirm-done-text = N ap ekri w lè gen yon bagay nouvo.
confirm-over = Lyen sa a pa bon ankò
confirm-over-text = Li ekspire oubyen li te deja sèvi. Ou ka mande ankò.
preferences-title = Sa w chwazi
preferences-consent = Ou te dakò { $date } ak vèsyon { $version } kondisyon yo.
preferences-save = Anrejistre
preferences-saved = Anrejistre
preferences-saved-text = Pwochen imèl yo ap swiv sa w chwazi.
unsubscribe-title = Sòti epi efase
unsubscribe-lead = Ou pap resevwa anyen ankò, e nou efase adrès ou ak tout sa nou gen sou ou la.
unsubscribe-do = Sòti kounye a
unsubscribe-done = Ou sòti
unsubscribe-done-text = Nou efase adrès ou. Ou pap resevwa lòt imèl.
mail-confirm-subject = { $operation }: konfime ou vle nouvèl pa imèl
mail-confirm-body =
    Yon moun mande pou { $operation } voye bay adrès sa a: { $topics }.

    Si se ou menm, konfime nan 48 èdtan:

    { $link }

    Si se pa ou, pa fè anyen: nou efase adrès la apre 48 èdtan epi nou pa voye anyen ankò.
mail-known-subject = { $operation }: ou deja resevwa nouvèl
mail-known-body = Yon moun mande nouvèl { $operation } pou adrès sa a. Ou deja resevwa yo: pa gen anyen ki chanje.
mail-foot =
    --
    Chanje sa w resevwa: { $preferences }
    Sòti ak yon klik: { $leave }
mail-corrected-subject = Korije: { $title }
mail-corrected = Rapò sa a korije. Vèsyon ki te anvan an rete nan dosye a, ak tout diferans yo.
mail-try-subject = Imèl esè
mail-try-body = Si ou li sa a, sèvè imèl la mache.
address-problem-missing = Ekri yon adrès imèl.
address-problem-too-long = Adrès la twò long.
address-problem-invisible = Adrès la gen yon liy ki kase oswa yon karaktè envizib: ekri l ankò.
address-problem-several = Ekri yon sèl adrès.
address-problem-not-plain = Ekri adrès la san aksan.
address-problem-malformed = Ekri adrès la konsa: non@example.org.
postbox-problem-host = Ekri non sèvè a, pa egzanp mail.example.org.
postbox-problem-port = Pò a ant 1 ak 65535.
postbox-problem-plain = San TLS, se sèlman yon sèvè sou òdinatè sa a.
postbox-problem-from = Ekri yon adrès ak mwens pase 16 karaktè anvan @.
postbox-problem-url = Kòmanse ak https:// epi fini ak non sit la.
mail-stage-connecting = Nou pa rive jwenn sèvè imèl la: gade non l, pò a ak rezo a.
mail-stage-securing = Koneksyon an pa ka pwoteje: gade sètifika a ak pò a.
mail-stage-signing-in = Sèvè a refize non an oswa modpas la: mete yo ankò.
mail-stage-sender = Sèvè a pa pran imèl ki soti nan adrès sa a: mande moun ki okipe l.
mail-stage-recipient = Sèvè a pa pran moun ki pou resevwa a.
mail-stage-content = Sèvè a pa pran imèl la.
mail-stage-writing = Imèl la pa ka ekri: gade adrès ki voye a.
office-title = Kiyès k ap resevwa nouvèl
office-lead = Kantite sèlman: pèsonn pa wè kiyès.
office-not-set = Yo poko mete okenn sèvè imèl: pa gen imèl k ap soti.
office-confirmed = Konfime
office-pending = Poko konfime
office-suspended = Imèl yo tounen
office-queued = Imèl k ap tann
office-sent = Imèl ki voye
office-failed = Imèl ki pa pase
office-try = Fè yon esè
office-try-to = Voye esè a bay
office-try-do = Voye esè a
office-server = Sèvè imèl
office-host = Non sèvè a
office-port = Pò
office-security = Pwoteksyon
office-starttls = STARTTLS
office-tls = TLS depi kòmansman
office-plain = Okenn (òdinatè sa a sèlman)
office-user = Non itilizatè (si gen youn)
office-password-kept = Gen yon modpas deja. Kite l vid pou kenbe l.
office-from = Adrès ki voye a
office-from-hint = Imèl pou news+…@ dwe rive nan menm bwat la: se konsa imèl ki tounen yo rekonèt.
office-url = Adrès paj piblik yo
office-url-hint = Lyen nan imèl yo kòmanse konsa, pa egzanp https://updates.example.org.
office-authority = Sètifika otorite a (PEM), si li pa nan sistèm nan
office-server-do = Anrejistre sèvè a
refusal-unknown-notice = Avi sa a pa konnen isit la.
refusal-notice-withdrawn = Avi sa a te deja retire.
notice-place = Nou pa di non { $name } an piblik: wout ki gen danje, depo ak kote moun dòmi pa zafè pèsonn. Di depatman an, oswa retire l.
