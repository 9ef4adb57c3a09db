### Updates for the public: notices, mail, feeds · Français

updates-title = Nouvelles
updates-lead = Ce que { $operation } dit à tout le monde : avis et chiffres publiés.
updates-none = Rien n’est encore publié.
updates-by-mail = Les recevoir par courriel
updates-notice = Avis
updates-figures = Chiffres
updates-edition-title = Chiffres : { $period }
updates-edition-text = De nouveaux chiffres sont publiés. Une fois publiés, ils ne changent plus.
updates-office = Qui est informé
notice-new = Écrire un avis
notice-lead = Une deuxième personne le lit et signe avant que tout le monde le voie.
notice-names-nobody = Tout le monde le lira et il reste au dossier pour toujours : ne nommez aucune personne accueillie.
notice-title = Titre
notice-text = Texte
notice-publish = Publier l’avis
notice-withdraw = Retirer l’avis
notice-withdrawn-at = retiré { $moment }
notice-withdrawn = Cet avis n’est plus valable. Il reste au dossier.
subscribe-title = Recevoir les nouvelles par courriel
subscribe-lead = { $operation } vous écrit quand il y a du nouveau. D’abord vous recevez un courriel pour confirmer.
subscribe-not-yet = Ce site n’envoie pas encore de courriels : le serveur n’est pas réglé. Votre demande attend 48 heures.
subscribe-email = Adresse de courriel
subscribe-language = Langue
subscribe-topics = À propos de
subscribe-topic-notices = Avis
subscribe-topic-figures = Chiffres publiés
subscribe-terms = Conditions (version { $version })
subscribe-terms-who = { $operation } garde votre adresse sur son propre ordinateur, chiffrée, et ne la donne à personne.
subscribe-terms-what = Elle ne sert qu’à envoyer ce que vous avez choisi ci-dessus.
subscribe-terms-kept = Sont gardés : l’adresse, la langue, vos choix, quand vous avez accepté et quelle version. Sans confirmation sous 48 heures, tout est effacé.
subscribe-terms-leave = Chaque courriel a un lien pour partir d’un clic. En partant, tout ce qui est gardé ici à votre sujet est effacé.
subscribe-terms-mail = Le courriel passe par les serveurs d’autres, qui peuvent voir que vous le recevez.
subscribe-consent = J’accepte ces conditions.
subscribe-do = Envoyer le courriel de confirmation
subscribe-no-consent = Cochez la case si vous acceptez les conditions.
subscribe-no-topic = Choisissez au moins une chose.
subscribe-sent = Regardez vos courriels
subscribe-sent-text = Si cette adresse reçoit du courriel, un message est en route. Suivez son lien dans les 48 heures.
subscribe-later = Trop de demandes
subscribe-later-text = Il y a eu trop de demandes. Réessayez dans une heure.
confirm-title = Confirmer
confirm-lead = Confirmez que vous voulez recevoir les nouvelles par courriel.
confirm-do = Oui, envoyez-les-moi
confirm-done = Confirmé
confirm-done-text = Nous vous écrirons quand il y aura du nouveau.
confirm-over = Ce lien n’est plus valable
confirm-over-text = Il a expiré ou a déjà servi. Vous pouvez demander à nouveau.
preferences-title = Vos choix
preferences-consent = Vous avez accepté le { $date } la version { $version } des conditions.
preferences-save = Enregistrer
preferences-saved = Enregistré
preferences-saved-text = Les prochains courriels suivront vos choix.
unsubscribe-title = Partir et tout effacer
unsubscribe-lead = Vous ne recevrez plus rien ; votre adresse et tout ce qui est gardé à votre sujet sont effacés.
unsubscribe-do = Partir maintenant
unsubscribe-done = Vous êtes parti
unsubscribe-done-text = Votre adresse est effacée. Vous ne recevrez plus de courriel.
mail-confirm-subject = { $operation } : confirmez votre demande
mail-confirm-body =
    Quelqu’un a demandé que { $operation } envoie à cette adresse : { $topics }.

    Si c’est vous, confirmez dans les 48 heures :

    { $link }

    Sinon, ne faites rien : l’adresse est effacée après 48 heures et rien d’autre n’est envoyé.
mail-known-subject = { $operation } : vous recevez déjà les nouvelles
mail-known-body = Quelqu’un a demandé les nouvelles de { $operation } pour cette adresse. Vous les recevez déjà : rien n’a changé.
mail-foot =
    --
    Changer vos choix : { $preferences }
    Partir d’un clic : { $leave }
mail-try-subject = Courriel d’essai
mail-try-body = Si vous lisez ceci, le serveur de courriel fonctionne.
address-problem-missing = Écrivez une adresse de courriel.
address-problem-too-long = Cette adresse est trop longue.
address-problem-invisible = L’adresse contient un saut de ligne ou un caractère invisible : écrivez-la à nouveau.
address-problem-several = Écrivez une seule adresse.
address-problem-not-plain = Écrivez l’adresse sans accents.
address-problem-malformed = Écrivez l’adresse comme nom@example.org.
postbox-problem-host = Écrivez le nom du serveur, par exemple mail.example.org.
postbox-problem-port = Le port est entre 1 et 65535.
postbox-problem-plain = Sans TLS, seul un serveur sur cet ordinateur convient.
postbox-problem-from = Écrivez une adresse de moins de 16 caractères avant @.
postbox-problem-url = Commencez par https:// et finissez par le nom du site.
mail-stage-connecting = Le serveur est injoignable : vérifiez son nom, son port et le réseau.
mail-stage-securing = La connexion n’a pu être protégée : vérifiez le certificat et le port.
mail-stage-signing-in = Le serveur refuse le nom ou le mot de passe : réglez-les à nouveau.
mail-stage-sender = Le serveur n’accepte pas cet expéditeur : demandez à qui s’en occupe.
mail-stage-recipient = Le serveur n’accepte pas le destinataire.
mail-stage-content = Le serveur n’a pas accepté le courriel.
mail-stage-writing = Le courriel n’a pu être écrit : vérifiez l’expéditeur.
office-title = Qui reçoit les nouvelles
office-lead = Des nombres seulement : personne ne voit qui.
office-not-set = Aucun serveur n’est réglé : aucun courriel ne part.
office-confirmed = Confirmés
office-pending = À confirmer
office-suspended = Courriels revenus
office-queued = Courriels en attente
office-sent = Courriels envoyés
office-failed = Courriels abandonnés
office-try = Essayer
office-try-to = Envoyer l’essai à
office-try-do = Envoyer l’essai
office-server = Serveur de courriel
office-host = Nom du serveur
office-port = Port
office-security = Protection
office-starttls = STARTTLS
office-tls = TLS dès le début
office-plain = Aucune (cet ordinateur seulement)
office-user = Utilisateur (s’il y en a un)
office-password-kept = Un mot de passe est gardé. Laissez vide pour le conserver.
office-from = Adresse de l’expéditeur
office-from-hint = Le courriel pour news+…@ doit y arriver : c’est ainsi que les retours sont reconnus.
office-url = Adresse des pages publiques
office-url-hint = Les liens des courriels commencent ainsi, par exemple https://updates.example.org.
office-authority = Certificat de l’autorité (PEM), s’il manque au système
office-server-do = Enregistrer le serveur
refusal-unknown-notice = Cet avis n’est pas connu ici.
refusal-notice-withdrawn = Cet avis a déjà été retiré.
