### Manifest files: what a column holds, what is wrong, what to do · Español

## Why a whole file was not taken in

file-empty = El archivo está vacío: elija el que contiene la lista.
file-too-large = El archivo supera 32 MB: quite las imágenes o divídalo.
file-too-large-inside = El libro es demasiado grande al abrirse: copie la lista en uno nuevo.
file-damaged = El libro está dañado o incompleto: cópielo o descárguelo otra vez.
file-too-many-rows = Hay más de 20 000 filas: divida el archivo.
file-too-many-columns = Hay demasiadas columnas: borre lo que no es de la lista.
file-no-header = Ninguna fila nombra columnas como nombre, sexo o fecha de nacimiento. Elija la fila de títulos y diga qué contiene cada columna.
file-no-sheet = El libro no tiene esa hoja: elija una de las que tiene.
file-foreign-pdf = Es un PDF: pida la lista en XLSX o CSV.
file-foreign-word = Es un documento Word: copie la tabla en una hoja de cálculo y guárdela como XLSX.
file-foreign-old-excel = Es un Excel antiguo (.xls): ábralo y guárdelo como XLSX.
file-foreign-binary-excel = Es un Excel binario (.xlsb): ábralo y guárdelo como XLSX.
file-foreign-open-document = Es un archivo OpenDocument: ábralo y guárdelo como XLSX.
file-foreign-locked = El archivo tiene contraseña: ábralo y guárdelo sin ella.
file-foreign-web-page = Es una página web: ábrala en una hoja de cálculo y guárdela como XLSX.
file-foreign-xml = Es un archivo XML: ábralo en una hoja de cálculo y guárdelo como XLSX.
file-foreign-picture = Es una imagen: pida la lista en XLSX o CSV.
file-foreign-archive = Es un archivo comprimido: ábralo y elija el XLSX o CSV que contiene.
file-foreign-edifact = Es un mensaje EDIFACT: pida la lista en XLSX o CSV.
file-foreign-binary = No es una tabla: pida la lista en XLSX o CSV.

## What is wrong in a manifest, and what to do

problem-column-unknown = Columna no entendida, no leída. Elija qué contiene, o déjela si no hace falta.
problem-column-unnamed = Columna sin título, no leída. Ponga un título o elija qué contiene.
problem-column-repeated = Igual que la columna { $other }; se usa donde aquella está vacía. Revise cuál es la correcta.
problem-columns-contradict = Contradice la columna { $other }, que se usó. Corrija la equivocada.
problem-name-order-assumed = Nombres en una sola columna; la última palabra se tomó como apellido. Elija el orden si está mal.
problem-sex-convention-assumed = M se leyó como masculino; puede significar mujer. Revise algunas filas.
problem-other-sheet = La hoja «{ $sheet }» ({ $rows } filas) también parece un manifiesto y no se leyó. Impórtela si es de este movimiento.
problem-dates-swapped = Una hoja de cálculo parece haber cambiado día y mes. Compare algunas fechas; pida el archivo original.
problem-total-differs = El archivo dice { $stated } en total, pero nombra a { $read } personas. Revise si faltan.
problem-header-changed = Aquí hay otro encabezado; lo siguiente se leyó con el primero. Ponga la segunda lista en otro archivo.
problem-nobody-listed = Hay encabezado, pero nadie debajo. ¿Es el archivo correcto?
problem-quote-unbalanced = Falta una comilla en esta fila. Revísela.
problem-row-too-wide = Esta fila tiene { $cells } celdas para { $columns } columnas. Revísela.
problem-no-name = Esta fila no nombra a nadie. Escriba el nombre o bórrela.
problem-only-a-name = Solo un nombre. Revise que sea una persona y no un título.
problem-text-too-long = Texto de más de { $limit } caracteres, cortado. Acórtelo.
problem-formula-text = Parece una fórmula; se guardó como texto. Revise la celda.
problem-text-damaged = Letras con acento dañadas. Pida el archivo en XLSX o CSV UTF-8.
problem-cell-error = La celda tiene un error de la hoja. Corríjalo o escriba el valor.
problem-number-damaged = La hoja redondeó este número. Ponga la columna como texto y escríbalo de nuevo.
problem-date-unreadable = Fecha ilegible. Escríbala año-mes-día, por ejemplo 1990-03-14.
problem-date-impossible = Ese día no existe. Revise día, mes y año.
problem-date-ambiguous = Día y mes intercambiables; solo se guardó el año. Diga cuál va primero.
problem-date-other-order = Día y mes en otro orden que el resto. Revise la fecha.
problem-birth-in-future = Nacimiento en el futuro. Revise día, mes y año.
problem-birth-too-old = Más de { $limit } años. Revise el año.
problem-age-unreadable = Edad ilegible. Escríbala en números.
problem-year-unreadable = Año ilegible. Escríbalo con cuatro cifras.
problem-age-contradicts-birth = La edad (columna { $other }) no concuerda con el nacimiento, que se usó. Revise ambos.
problem-sex-unreadable = Sexo ilegible. Escriba F, M o X.
problem-country-unknown = País desconocido. Escriba sus tres letras, por ejemplo HTI.
problem-department-unknown = No es un departamento de Haití. Escríbalo, por ejemplo Artibonite o HT05.
problem-document-unreadable = No es un número de documento. Escríbalo o deje vacío.
problem-document-kind-unknown = Documento desconocido, anotado como otro. Escriba pasaporte, cédula o acta de nacimiento.
problem-phone-unreadable = No es un teléfono. Escriba las cifras o deje vacío.
problem-document-twice = Mismo documento en la fila { $row }; ambas se guardaron. ¿Una sola persona o un error?
problem-person-twice = La misma persona parece estar en la fila { $row }; ambas se guardaron. Borre una si es la misma.

## What a column of a manifest holds

column-given-names = Nombres
column-middle-names = Otros nombres
column-family-name = Apellido
column-second-family-name = Segundo apellido
column-full-name = Nombre completo
column-family-then-given = Apellido y luego nombres
column-given-then-family = Nombres y luego apellido
column-sex = Sexo
column-birth-date = Fecha de nacimiento
column-birth-year = Año de nacimiento
column-age = Edad
column-nationality = Nacionalidad
column-country-of-birth = País de nacimiento
column-birthplace = Lugar de nacimiento
column-passport-number = Número de pasaporte
column-identity-card-number = Número de cédula
column-birth-certificate-number = Número de acta de nacimiento
column-document-number = Número de documento
column-document-kind = Tipo de documento
column-document-issuer = País emisor
column-mother-name = Nombre de la madre
column-phone = Teléfono
column-destination = Departamento de destino
column-origin = Departamento de origen
column-last-residence = Último país de residencia
column-sequence = Número de orden (no hace falta)
