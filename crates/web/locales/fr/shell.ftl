### The frame of every page, signing in, dates, failures · Français

## The bar

skip = Aller au contenu
bar-main = Pages
bar-told = Information
bar-site = Lieu :
bar-language = Langue
bar-account = Compte :
bar-password = Changer mon mot de passe
bar-sign-out = Se déconnecter
place-board = Tableau
place-desk = Accueil
place-movements = Mouvements
place-people = Personnes
place-stock = Stock
place-report = Rapport
place-settings = Réglages
foot = Akèy · ce qui est noté ici ne va que sur les ordinateurs de cette opération
go-to-board = Aller au tableau
site-unknown = un lieu inconnu
staff-unknown = un membre du personnel
said-saved = C'est enregistré.
said-already = C'était déjà fait. Rien n'a été fait deux fois.
form-not-saved = Pas encore enregistré
wrong-time = Cette heure est fausse ou dans le futur. Écrivez-la ainsi : 2021-09-24 14:20.
wrong-number = Écrivez un nombre entier.
wrong-quantity = { $item } : écrivez un nombre entier, au plus { $max }.
wrong-date = Cette date n'existe pas : vérifiez jour, mois et année.
wrong-birth-and-age = Écrivez la date de naissance ou l'âge, pas les deux : un seul peut être gardé.
wrong-country = Écrivez le pays en trois lettres, par exemple HTI ou PER.
earlier = C'était plus tôt (noté sur papier)
earlier-when = Quand
not-said = non dit
nobody-may-see = vous ne pouvez pas le voir

## Dates and times

date-long = { $day } { $month } { $year }
date-weekday = { $weekday } { $date }
date-time = { $date }, { $time }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
weekday-1 = Lundi
weekday-2 = Mardi
weekday-3 = Mercredi
weekday-4 = Jeudi
weekday-5 = Vendredi
weekday-6 = Samedi
weekday-7 = Dimanche

## Signing in

sign-in-title = Se connecter
sign-in-login = Identifiant
sign-in-password = Mot de passe
sign-in-do = Se connecter
sign-in-help = Mot de passe oublié ? Demandez à l'administrateur du lieu.
sign-in-wrong = L'identifiant ou le mot de passe est faux.
sign-in-wait = Trop d'essais. Attendez { $seconds } secondes, puis réessayez.
sign-in-signed-out = Vous êtes déconnecté.

## When something does not work

failure-stale = Cette page est trop ancienne
failure-stale-text = Rien n'a été enregistré. Le formulaire vient d'une session terminée.
failure-stale-next = Revenez en arrière, rouvrez la page et renvoyez le formulaire.
failure-not-allowed = Cela ne fait pas partie de votre rôle
failure-not-allowed-text = Votre rôle ne permet pas de voir cette page.
failure-not-allowed-next = Si vous en avez besoin, demandez au coordinateur.
failure-not-found = Il n'y a rien ici
failure-not-found-text = Cette page, cette personne ou ce mouvement n'existe pas ici.
failure-not-found-next = Vérifiez l'adresse, ou cherchez depuis le tableau.
failure-not-saved = Rien n'a été enregistré
failure-not-saved-text = Le disque est plein ou en panne. Ce qui était enregistré avant est en sécurité.
failure-not-saved-next = Notez sur papier pour l'instant. Appelez l'administrateur pour libérer le disque, puis renvoyez.
failure-broken = Quelque chose ne marche pas
failure-broken-text = Cette page ne peut pas être affichée. Si vous avez envoyé un formulaire, il a peut-être été enregistré : rouvrez la page avant de le renvoyer.
failure-broken-next = Si cela continue, appelez l'administrateur.

## Trusting this site on a device

install-title = Faire confiance à ce site sur cet appareil
install-why = Chaque tablette ou téléphone a besoin une fois du certificat de ce site, pour être sûr de parler au bon ordinateur.
install-fetch = Prendre le certificat et le comparer
install-download = Télécharger le certificat
install-compare = Comparez cette empreinte avec celle de l'ordinateur du site. Si elles diffèrent, n'installez pas.
install-android = Paramètres › Sécurité › Chiffrement et identifiants › Installer un certificat › Certificat CA. Choisissez le fichier akey-site.crt.
install-iphone = Ouvrez le fichier dans Safari. Réglages › Général › VPN et gestion de l'appareil › Akèy › Installer. Ensuite : Général › Informations › Réglages de confiance des certificats › activez Akèy.
install-windows = Double-cliquez sur le fichier › Installer un certificat › Ordinateur local › Placer dans : Autorités de certification racines de confiance.
install-linux = Copiez le fichier parmi les autorités du système. Firefox et Chromium ont leur propre liste : Paramètres › Certificats › Importer.
install-limits = Ce certificat ne peut garantir que les noms et adresses de ce lieu, aucun autre site internet.
