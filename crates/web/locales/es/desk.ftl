### The desk: meeting, registering, screening, giving; people and their pages · Español

## The desk

scan-label = Escanear o escribir la tarjeta (o el número, como A068)
scan-open = Abrir
card-length = Un código de tarjeta tiene 8 caracteres, este tiene { $count }. Léalo otra vez.
card-character = El carácter { $place } nunca está en una tarjeta. Léalo otra vez.
card-check = Un carácter del código está mal. Léalo otra vez.
desk-waiting = En espera ({ $count })
desk-waiting-none = Nadie espera.
desk-served = En atención ({ $count })
desk-served-none = Nadie tiene artículos por recibir.
desk-more = y { $count } más detrás: escanee una tarjeta o escriba un número para encontrar a alguien
desk-open-items = { $count } por entregar
desk-called = llamado en otro puesto
desk-aside = apartado
call-hint = Un número llamado queda para este puesto durante { $minutes } minutos.
call-still = { $queue } fue llamado aquí y aún no está registrado.
call-aside-hint = Regístrela o apártela: conserva su número y su lugar en la fila, y se la llama otra vez cuando nadie más espere, o después de { $minutes } minutos.
call-aside = Apartar y llamar a la siguiente
call-none = Nadie más a quien llamar: todos los que esperan fueron llamados por otro puesto o apartados. Una llamada queda libre después de { $minutes } minutos.
desk-first = primero
desk-next-title = La siguiente persona
desk-next = Llamar a la siguiente
desk-meet-title = Recibir personas
desk-meet-hint = Cada uno recibe de inmediato un número y una tarjeta, antes de cualquier formulario.
desk-how-many = Cuántas personas
desk-priority = Llamar primero, porque
desk-priority-none = no, en orden
desk-meet = Dar números y tarjetas
meet-exceeds = Se contaron { $headcount } personas y { $met } tienen tarjeta. Con { $people } más habría { $cards } tarjetas. Revise el número.
meet-exceeds-yes = Sí, hay más personas aquí de las que se contaron
desk-nothing-landed = Aún no ha llegado ningún movimiento. Cuando llegue, anótelo en su página.
cards-title = Tarjetas ({ $count })
cards-hint = Imprímalas y entréguelas, o copie número y código en una pulsera. No llevan nombre.
cards-print = Imprimir
cards-to-desk = Ir a la recepción
cards-mistake = Estas tarjetas fueron un error
cards-withdraw-text = { $count } de estas tarjetas no las usó nadie. Dejarán de contar; las usadas quedan.
cards-withdraw = Retirar { $count } tarjetas sin usar
cards-withdraw-ask = No las reparta. Un coordinador retira las tarjetas sin usar en esta página. Dele su dirección:
card-keep = Guarde esta tarjeta. Muéstrela cada vez.
card-with-name = Con el nombre
card-without-name = Sin el nombre

## One person at the desk

arrival-elsewhere = Esta persona está en { $site }. Elija ese sitio arriba en la página.
arrival-met = recibido { $at }
arrival-left = se fue { $at }
arrival-not-registered = aún sin registrar
arrival-declined = prefiere no decir
arrival-unlisted = fuera del manifiesto
arrival-screened = evaluado
arrival-concern = necesita protección
arrival-next-title = Y ahora
arrival-leave = La persona se va
arrival-withdrawn = retirada: fue un error
arrival-withdraw = Fue un error: retirar esta tarjeta
arrival-withdraw-text = Si se registró dos veces a una persona, o se dio una tarjeta para nadie, retire esta tarjeta. Ya no cuenta, y su lugar en la lista queda libre. Anule antes lo que se entregó con ella.
arrival-withdraw-do = Retirar la tarjeta
arrival-card = La tarjeta otra vez
arrival-flag = Llamar primero a esta persona
back = Volver
save = Guardar
item = Artículo
quantity = Cantidad

## Told what is kept: read aloud before anything is written down

told-title = Lea esto en voz alta
told-text = Bienvenido. Anotamos su nombre y lo que necesita para ayudarle, una vez por cada cosa. Solo lo ven quienes le ayudan. Puede negarse a responder: recibirá comida y agua de todos modos. Puede pedir ver lo que anotamos, corregirlo o borrarlo.
told-done = Se le dijo a la persona qué se guarda y por qué
told-was = La persona fue informada de lo que se guarda.
told-was-not = La persona no fue informada de lo que se guarda.

## Who is this?

scan-is-document = Es un documento. Abra primero el número de la persona y escanéelo donde se pregunta quién es.
who-title = ¿Quién es?
who-name = Nombre
who-find = Buscar en el manifiesto: nombre o número de documento
who-find-do = Buscar
who-on-list = En el manifiesto
who-on-list-none = Nadie en el manifiesto. Anote a la persona abajo.
who-other-movement = otro movimiento
who-this-one = Es esta persona
who-new = Anotar a una persona, basta un nombre
who-check = Revíselo con la persona
who-from-list = Esto viene del manifiesto. Corrija lo que esté mal.
zone-holds = Documento leído: sus dígitos de control son correctos.
zone-wrong = Un dígito de control de este documento no es correcto. Mire el documento.
zone-check = { $field }: línea { $line }, lugar { $column } muestra { $stands }; { $expected } sería correcto.
zone-offer = ¿El documento muestra una de estas lecturas?
zone-change = línea { $line }, lugar { $column }: { $after } en lugar de { $before }
zone-as-it-is = O corríjalo abajo a mano. Nadie es rechazado por esto.
zone-truncated = Los nombres llenan toda la zona: el documento puede mostrar más.
zone-expired = El documento era válido hasta el { $date }.
zone-next-line = Escanee o escriba la línea siguiente del documento.
zone-filled = Esto viene del documento. Corrija lo que esté mal.
zone-field-number = Número del documento
zone-field-birth = Fecha de nacimiento
zone-field-expiry = Válido hasta
zone-field-optional = Número personal
zone-field-composite = Línea entera
known-document-of-several = Este número de documento figura en { $count } personas. Mire cuál es; si son una sola, enlace los registros.
who-register = Registrar a la persona
who-decline = La persona prefiere no decir
who-decline-text = No se anota ningún nombre. La persona recibe comida y agua de todos modos.
who-decline-do = Registrar sin nombre
who-not-landed = El movimiento de esta persona no está abierto. Reábralo primero.
who-nothing = No se sabe nada.
who-registered-title = La persona
who-open-person = Abrir la ficha
line-wrong = No es la línea correcta del manifiesto
line-wrong-text = La persona contará fuera de lista y la línea quedará libre.
line-wrong-do = Quitar de la línea
who-given-names = Nombres
who-family-name = Apellidos
who-sex = Sexo
who-sex-age = Sexo · edad
who-female = Femenino
who-male = Masculino
who-birth = Nacimiento
who-birth-day = Día
who-birth-month = Mes
who-birth-year = Año
who-age = o edad
who-age-hint = Si no se sabe la fecha: solo el año, o la edad.
who-born-on = { $date } ({ $age } años)
who-born-in = { $year } (unos { $age } años)
who-aged = { $age } años, según dice
who-mother = Nombre de la madre
who-birthplace = Nacido en (comuna)
who-nationalities = Nacionalidades (pueden ser varias)
who-nationality-other = Otra nacionalidad, tres letras
who-document = Número de documento, o escanear
who-document-kind = Qué documento
who-document-more = Otro documento
who-document-shared = Miré la otra ficha: es otra persona
who-destination = Departamento de destino
who-phone = Teléfono
who-more = Más preguntas
who-origin = Departamento de origen
who-last-residence = Último país donde vivió
who-country-of-birth = País de nacimiento
who-country-other = Otro país, tres letras

## Is this someone we know?

known-title = ¿Conocemos a esta persona?
known-search = Nombre, documento o tarjeta anterior
known-none = No se encontró a nadie conocido.
known-mother = madre: { $name }
known-met = recibido el { $at }
known-on-this-movement = ya registrado en este movimiento
known-yes = Sí, la misma persona
known-look = Ver la ficha
known-undo = Nada se une sin usted. Un vínculo se puede deshacer.

## Family

family-title = Viajan juntos
family-none = No hay familia anotada.
family-find = Buscar a alguien de la familia
family-nobody = Nadie encontrado. Registre primero a la otra persona.
family-relation = Respecto al jefe de familia
family-join = Unir a esta familia
family-take-out = Retirar
family-hint = Una familia puede venir en varios movimientos.

## Screening

screening-title = Evaluación
screening-at = Hecha { $at }
screening-again = Cambiar las respuestas
screening-declined = prefirió no responder
screening-nothing = nada en particular
screening-language = Hacer las preguntas en:
screening-aloud = Le haré unas preguntas cortas para saber qué ayuda necesita. No está obligado a responder.
screening-child = Si es un niño: ¿con quién está?
screening-with-parents = Con sus padres, o es adulto
screening-which = ¿Qué se aplica a la persona?
screening-before = Antes de enviarle: ¿le preguntó un funcionario si tiene miedo de regresar?
screening-before-no-answer = No se preguntó, o sin respuesta
screening-decline = La persona prefiere no responder
screening-concern = El equipo de protección debería hablar con esta persona
screening-save = Guardar las respuestas
note-title = Notas de protección
note-new = Nota para el equipo de protección
note-sealed = Sellada: solo el equipo de protección puede leerla.
note-save = Escribir la nota
note-none = Aún no hay notas.
note-exist = Notas de protección: { $count } (selladas)
note-locked = Hay { $count } notas, pero la clave no está abierta para usted. Un colega de protección puede dársela, en su página de contraseña.

## Giving

give-title = Para entregar, una sola vez
give-none = Nada que entregar aún.
give = Entregar
given-at = entregado { $at }, { $by }
give-disputed = anotado { $count } veces
give-limit = Lo recibió el { $last }. El límite es de { $days } días.
give-ask-coordinator = Consulte al coordinador.
give-cash-desk = En la caja
give-other-desk = En otro puesto
give-short = Solo quedan { $count } aquí.
give-waived = límite levantado
give-card-checked = Miré la tarjeta: aún no entregado
void-title = Anular
void-do = Anular la entrega
waive-title = Levantar el límite
waive-do = Levantarlo para esta persona
grant-title = Otorgar algo más
grant-do = Otorgar

## People

people-title = Personas
people-search = Buscar: nombre, documento, tarjeta o número
people-search-hint = Los acentos y mayúsculas no importan. Bastan las primeras letras.
people-found = Encontrados: { $count }
people-nobody = No se encontró a nadie.
people-more = Hay más. Escriba más letras.
because-card = tarjeta
because-document = documento
because-queue = número
because-name = nombre
person-title = Persona
person-unnamed = Persona sin nombre
person-particulars = Datos
person-correct = Corregir
person-correct-reason = Por qué lo corrige
person-correct-hint = Lo escrito antes queda en el historial.
person-arrivals = Llegadas y lo recibido
person-nothing-given = Nada recibido
person-given = Recibido: { $items }
person-history = Historial: quién escribió qué
person-history-none = No hay historial legible aquí.
person-first = primera vez
person-corrected = corregido
person-erased = Los datos de esta persona fueron borrados.
link-title = La misma persona, otra ficha
link-none = Ninguna otra ficha vinculada.
link-same = misma persona
link-undone = deshecho
link-undo = Deshacer el vínculo
link-find = Buscar la otra ficha
link-do = Es la misma persona
erase-title = Borrar los datos
erase-open = La persona pide el borrado
erase-text = El nombre y toda la información se destruyen para siempre. Lo entregado sigue contado, sin nombre.
erase-sure = Estoy seguro. No se puede deshacer.
erase-line-ask = Solo un administrador borra. Dele la dirección de esta página.
erase-ask = Un administrador borra, en Ajustes. Dígale el código de la tarjeta: { $codes }
erase-find-title = Borrar los datos de una persona
erase-find-text = Para quien lo pida. El código de la tarjeta, o el número de hoy, lleva a la página que borra; no se muestra ningún nombre.
erase-find-code = Código de la tarjeta o número
erase-find-do = Ir a la página
erase-find-nobody = Nadie está registrado con esta tarjeta: no se guarda nada personal.
erase-tick = Marque la casilla para confirmar.
erase-do = Borrar para siempre
