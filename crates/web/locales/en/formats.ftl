### Manifest files: what a column holds, what is wrong, what to do · English

## Why a whole file was not taken in

file-empty = The file is empty: choose the file that holds the list.
file-too-large = The file has more than 32 MB: remove pictures, or divide it.
file-too-large-inside = The workbook unpacks to too much: copy the list into a new workbook.
file-damaged = The workbook is damaged or was not copied to its end: copy or download it again.
file-too-many-rows = There are more than 20,000 rows: divide the file.
file-too-many-columns = There are too many columns: delete what is not part of the list.
file-no-header = No row names columns such as name, sex or date of birth. Choose the header row and say what its columns hold.
file-no-sheet = The workbook has no such sheet: choose one of those it has.
file-foreign-pdf = The file is a PDF: ask the sender for the list as XLSX or CSV.
file-foreign-word = The file is a Word document: copy the table into a spreadsheet and save it as XLSX.
file-foreign-old-excel = The file is an old Excel workbook (.xls): open it and save it as XLSX.
file-foreign-binary-excel = The file is a binary Excel workbook (.xlsb): open it and save it as XLSX.
file-foreign-open-document = The file is an OpenDocument file: open it and save it as XLSX.
file-foreign-locked = The file is locked with a password: open it and save it without one.
file-foreign-web-page = The file is a web page: open it in a spreadsheet program and save it as XLSX.
file-foreign-xml = The file is an XML file: open it in a spreadsheet program and save it as XLSX.
file-foreign-picture = The file is a picture: ask the sender for the list as XLSX or CSV.
file-foreign-archive = The file is an archive: unpack it and choose the XLSX or CSV file inside.
file-foreign-edifact = The file is an EDIFACT message: ask the sender for the list as XLSX or CSV.
file-foreign-binary = The file is not a table: ask the sender for the list as XLSX or CSV.

## What is wrong in a manifest, and what to do

problem-column-unknown = This column is not understood and was not read. Choose what it holds, or leave it if it is not needed.
problem-column-unnamed = This column has no header and was not read. Write a header, or choose what it holds.
problem-column-repeated = Holds the same as column { $other }; it is used where that one is empty. Check which is right.
problem-columns-contradict = Contradicts column { $other }, which was used. Correct the wrong one.
problem-name-order-assumed = Names stand in one column; the last word was taken as the family name. Choose the order if that is wrong.
problem-sex-convention-assumed = M was read as male; in a Spanish list it can stand for mujer. Check some rows.
problem-other-sheet = Sheet “{ $sheet }” ({ $rows } rows) also looks like a manifest and was not read. Import it too if its people are on this movement.
problem-dates-swapped = A spreadsheet seems to have exchanged days and months. Compare some births with documents; ask for the original file.
problem-total-differs = The file states a total of { $stated }, but names { $read } people. Check whether people are missing.
problem-header-changed = Another header stands here; the rows below were read by the first one. Put the second list into a file of its own.
problem-nobody-listed = There is a header but nobody below it. Check that this is the right file.
problem-quote-unbalanced = A quotation mark in this row has no partner. Check this row.
problem-row-too-wide = This row has { $cells } cells under a header of { $columns }. Check this row.
problem-no-name = This row names nobody. Write the name, or delete the row.
problem-only-a-name = Nothing but a name. Check that it is a person and not a heading.
problem-text-too-long = The text is longer than { $limit } characters and was cut. Shorten it.
problem-formula-text = Looks like a formula; it was kept as text and not run. Check the cell.
problem-text-damaged = Letters with accents were damaged before. Ask for the file as XLSX or CSV UTF-8.
problem-cell-error = The cell holds an error of the spreadsheet. Correct it or type the value.
problem-number-damaged = The spreadsheet rounded this number. Format the column as text and type it again.
problem-date-unreadable = The date cannot be read. Write it as year-month-day, for instance 1990-03-14.
problem-date-impossible = There is no such day. Check day, month and year.
problem-date-ambiguous = Day and month could be exchanged; only the year was kept. Say which comes first.
problem-date-other-order = Day and month stand in the other order than in the rest. Check the date.
problem-birth-in-future = The date of birth is in the future. Check day, month and year.
problem-birth-too-old = The birth makes the person older than { $limit }. Check the year.
problem-age-unreadable = The age cannot be read. Write completed years as a number.
problem-year-unreadable = The year of birth cannot be read. Write it with four digits.
problem-age-contradicts-birth = The age in column { $other } does not agree with the birth, which was used. Check both.
problem-sex-unreadable = The sex cannot be read. Write F, M or X.
problem-country-unknown = This country is not known here. Write its three letters, for instance HTI.
problem-department-unknown = This is not a department of Haiti. Write it, for instance Artibonite or HT05.
problem-document-unreadable = This is not the number of a document. Write it, or leave the cell empty.
problem-document-kind-unknown = This kind of document is not known; it was taken as another. Write passport, identity card or birth certificate.
problem-phone-unreadable = This is not a telephone number. Write its digits, or leave the cell empty.
problem-document-twice = The same document number stands in row { $row }; both were kept. Check whether it is one person, or a number typed wrong.
problem-person-twice = The same person seems to stand in row { $row }; both were kept. Delete one if it is one person.

## What a column of a manifest holds

column-given-names = Given names
column-middle-names = Middle names
column-family-name = Family name
column-second-family-name = Second family name
column-full-name = Full name
column-family-then-given = Family name, then given names
column-given-then-family = Given names, then family name
column-sex = Sex
column-birth-date = Date of birth
column-birth-year = Year of birth
column-age = Age
column-nationality = Nationality
column-country-of-birth = Country of birth
column-birthplace = Place of birth
column-passport-number = Passport number
column-identity-card-number = Identity card number
column-birth-certificate-number = Birth certificate number
column-document-number = Document number
column-document-kind = Kind of document
column-document-issuer = Country that issued the document
column-mother-name = Mother's name
column-phone = Telephone
column-destination = Department of destination
column-origin = Department of origin
column-last-residence = Last country of residence
column-sequence = Running number (not needed)
