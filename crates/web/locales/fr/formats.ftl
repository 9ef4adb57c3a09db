### Manifest files: what a column holds, what is wrong, what to do · Français

## Why a whole file was not taken in

file-empty = Le fichier est vide : choisissez celui qui contient la liste.
file-too-large = Le fichier dépasse 32 Mo : retirez les images ou divisez-le.
file-too-large-inside = Le classeur est trop grand une fois ouvert : copiez la liste dans un nouveau classeur.
file-damaged = Le classeur est abîmé ou incomplet : copiez-le ou téléchargez-le à nouveau.
file-too-many-rows = Plus de 20 000 lignes : divisez le fichier.
file-too-many-columns = Trop de colonnes : supprimez ce qui n'est pas dans la liste.
file-no-header = Aucune ligne ne nomme des colonnes comme nom, sexe ou date de naissance. Choisissez la ligne des titres et dites ce que contient chaque colonne.
file-no-sheet = Cette feuille n'est pas dans le classeur : choisissez-en une.
file-foreign-pdf = C'est un PDF : demandez la liste en XLSX ou CSV.
file-foreign-word = C'est un document Word : copiez le tableau dans un tableur et enregistrez en XLSX.
file-foreign-old-excel = C'est un ancien Excel (.xls) : ouvrez-le et enregistrez en XLSX.
file-foreign-binary-excel = C'est un Excel binaire (.xlsb) : ouvrez-le et enregistrez en XLSX.
file-foreign-open-document = C'est un fichier OpenDocument : ouvrez-le et enregistrez en XLSX.
file-foreign-locked = Le classeur est protégé par mot de passe : ouvrez-le et enregistrez-le sans.
file-foreign-web-page = C'est une page web : ouvrez-la dans un tableur et enregistrez en XLSX.
file-foreign-xml = C'est un fichier XML : ouvrez-le dans un tableur et enregistrez en XLSX.
file-foreign-picture = C'est une image : demandez la liste en XLSX ou CSV.
file-foreign-archive = C'est une archive : ouvrez-la et choisissez le fichier XLSX ou CSV.
file-foreign-edifact = C'est un message EDIFACT : demandez la liste en XLSX ou CSV.
file-foreign-binary = Ce n'est pas un tableau : demandez la liste en XLSX ou CSV.

## What is wrong in a manifest, and what to do

problem-column-unknown = Colonne non comprise, non lue. Choisissez ce qu'elle contient, ou laissez-la.
problem-column-unnamed = Colonne sans titre, non lue. Mettez un titre, ou choisissez ce qu'elle contient.
problem-column-repeated = Même contenu que la colonne { $other } ; utilisée où l'autre est vide. Vérifiez laquelle est juste.
problem-columns-contradict = Contredit la colonne { $other }, qui a été prise. Corrigez la fausse.
problem-name-order-assumed = Noms dans une seule colonne ; le dernier mot est pris comme nom de famille. Choisissez l'ordre si c'est faux.
problem-sex-convention-assumed = M lu comme masculin ; dans une liste espagnole, ce peut être mujer. Vérifiez quelques lignes.
problem-other-sheet = La feuille « { $sheet } » ({ $rows } lignes) ressemble aussi à un manifeste et n'a pas été lue. Importez-la si elle concerne ce mouvement.
problem-dates-swapped = Un tableur semble avoir échangé jours et mois. Comparez quelques naissances ; demandez le fichier d'origine.
problem-total-differs = Le fichier annonce { $stated } au total, mais nomme { $read } personnes. Vérifiez s'il en manque.
problem-header-changed = Un autre en-tête se trouve ici ; la suite a été lue avec le premier. Mettez la deuxième liste dans un fichier à part.
problem-nobody-listed = Il y a un en-tête, mais personne en dessous. Est-ce le bon fichier ?
problem-quote-unbalanced = Un guillemet manque dans cette ligne. Vérifiez-la.
problem-row-too-wide = Cette ligne a { $cells } cellules pour { $columns } colonnes. Vérifiez-la.
problem-no-name = Cette ligne ne nomme personne. Écrivez le nom ou supprimez-la.
problem-only-a-name = Rien d'autre qu'un nom. Vérifiez que c'est une personne.
problem-text-too-long = Texte de plus de { $limit } caractères, coupé. Raccourcissez-le.
problem-formula-text = Ressemble à une formule ; gardé comme texte. Vérifiez la cellule.
problem-text-damaged = Lettres accentuées abîmées. Demandez le fichier en XLSX ou CSV UTF-8.
problem-cell-error = La cellule contient une erreur du tableur. Corrigez ou tapez la valeur.
problem-number-damaged = Le tableur a arrondi ce nombre. Mettez la colonne en texte et retapez-le.
problem-date-unreadable = Date illisible. Écrivez année-mois-jour, par exemple 1990-03-14.
problem-date-impossible = Ce jour n'existe pas. Vérifiez jour, mois et année.
problem-date-ambiguous = Jour et mois interchangeables ; seule l'année est gardée. Dites lequel vient d'abord.
problem-date-other-order = Jour et mois dans un autre ordre que le reste. Vérifiez la date.
problem-birth-in-future = Naissance dans le futur. Vérifiez jour, mois et année.
problem-birth-too-old = Plus de { $limit } ans. Vérifiez l'année.
problem-age-unreadable = Âge illisible. Écrivez-le en chiffres.
problem-year-unreadable = Année illisible. Écrivez quatre chiffres.
problem-age-contradicts-birth = L'âge (colonne { $other }) ne concorde pas avec la naissance, qui est prise. Vérifiez les deux.
problem-sex-unreadable = Sexe illisible. Écrivez F, M ou X.
problem-country-unknown = Pays inconnu. Écrivez ses trois lettres, par exemple HTI.
problem-department-unknown = Pas un département d'Haïti. Écrivez-le, par exemple Artibonite ou HT05.
problem-document-unreadable = Pas un numéro de document. Écrivez-le ou laissez vide.
problem-document-kind-unknown = Document inconnu, noté comme autre. Écrivez passeport, carte d'identité ou acte de naissance.
problem-phone-unreadable = Pas un numéro de téléphone. Écrivez les chiffres ou laissez vide.
problem-document-twice = Même numéro de document à la ligne { $row } ; les deux gardées. Une seule personne, ou une erreur ?
problem-person-twice = Même personne semble-t-il à la ligne { $row } ; les deux gardées. Supprimez-en une si c'est la même.

## What a column of a manifest holds

column-given-names = Prénoms
column-middle-names = Autres prénoms
column-family-name = Nom de famille
column-second-family-name = Deuxième nom de famille
column-full-name = Nom complet
column-family-then-given = Nom puis prénoms
column-given-then-family = Prénoms puis nom
column-sex = Sexe
column-birth-date = Date de naissance
column-birth-year = Année de naissance
column-age = Âge
column-nationality = Nationalité
column-country-of-birth = Pays de naissance
column-birthplace = Lieu de naissance
column-passport-number = Numéro de passeport
column-identity-card-number = Numéro de carte d'identité
column-birth-certificate-number = Numéro d'acte de naissance
column-document-number = Numéro de document
column-document-kind = Type de document
column-document-issuer = Pays émetteur
column-mother-name = Nom de la mère
column-phone = Téléphone
column-destination = Département de destination
column-origin = Département d'origine
column-last-residence = Dernier pays de résidence
column-sequence = Numéro d'ordre (inutile)
