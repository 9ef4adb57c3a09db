### Written differently at two places · Español

conflicts-title = Escrito de forma distinta en dos lugares
conflicts-lead = Dos personas escribieron cosas distintas sin saber la una de la otra. Se guardan ambas. Elija la correcta; la otra queda en el historial.
after-closing = { $count ->
    [one] Una persona se anotó en otro nodo mientras esto se cerraba. Está contada; mire si fue atendida
   *[other] { $count } personas se anotaron en otro nodo mientras esto se cerraba. Están contadas; mire si fueron atendidas
}
conflicts-none = Nada espera una elección.
conflicts-board = { $count ->
    [one] Una cosa se escribió de forma distinta en dos lugares
   *[other] { $count } cosas se escribieron de forma distinta en dos lugares
}
conflict-by = escrito por { $name }, { $at }
conflict-values = { $count ->
    [one] un valor
   *[other] { $count } valores
}
conflict-choose = Esto es correcto
conflict-open = Elegir
conflict-empty = nada
conflict-active = activo
conflict-inactive = ya no activo
conflict-takes-place = Se realiza
conflict-cancelled = Está cancelado
conflict-declined = prefirió no responder
conflict-protection = protección debería hablar con esta persona
conflict-limit = { $times } en { $days } días
conflict-no-limit = sin límite
conflict-stocked = sale de las existencias
conflict-until = hasta { $at }

## Of what
conflict-about-person = Persona
conflict-about-line = Línea de un manifiesto
conflict-about-movement = Movimiento
conflict-about-arrival = Llegada
conflict-about-site = Sitio
conflict-about-user = Colega
conflict-about-item = Artículo
conflict-about-package = Paquete
conflict-about-legal-basis = Base legal
conflict-about-office = Oficina
conflict-about-service = Servicio
conflict-about-referral = Derivación
conflict-about-incident = Incidente
conflict-about-access = Acceso
conflict-about-pathway = Vía
conflict-about-feedback = Comentario
conflict-about-booklet = Talonario de tarjetas

## Which field
conflict-field-person-given-names = Nombres
conflict-field-person-family-name = Apellido
conflict-field-person-sex = Sexo
conflict-field-person-birth = Nacimiento
conflict-field-person-mother-name = Nombre de la madre
conflict-field-person-birthplace = Lugar de nacimiento
conflict-field-person-country-of-birth = País de nacimiento
conflict-field-person-nationalities = Nacionalidades
conflict-field-person-documents = Documentos
conflict-field-person-phone = Teléfono
conflict-field-person-destination = Adónde quiere ir la persona
conflict-field-person-last-residence = Último país de residencia
conflict-field-person-origin = De dónde viene la persona
conflict-field-line-particulars = Quién es
conflict-field-movement-takes-place = Si se realiza
conflict-field-movement-destination = Destino y llegada prevista
conflict-field-movement-departed-at = Salida
conflict-field-movement-landed-at = Llegada
conflict-field-movement-headcount = Personas contadas
conflict-field-movement-screening = Entrevistas previas
conflict-field-arrival-person = Quién fue registrado con esta tarjeta
conflict-field-arrival-screening = Respuestas de la entrevista
conflict-field-arrival-priority = Por qué se llama primero
conflict-field-site-name = Nombre
conflict-field-site-kind = Tipo de sitio
conflict-field-site-country = País
conflict-field-site-area = Zona
conflict-field-site-port-code = Código de puerto
conflict-field-site-capacity = Capacidad
conflict-field-site-time-zone = Zona horaria
conflict-field-site-day-closes-min = Cuándo cierra el día, en minutos tras la medianoche
conflict-field-user-access = Qué pueden hacer
conflict-field-item-definition = Reglas del artículo
conflict-field-package-grants = A qué tienen derecho quienes llegan
conflict-field-legal-basis-definition = Nombre y uso
conflict-field-office-definition = Nombre y miembros
conflict-field-service-listing = Ficha en el directorio
conflict-field-service-contact = Cómo se contacta
conflict-field-service-availability = Plazas y apertura
conflict-field-referral-outcome = En qué quedó
conflict-field-incident-state = Consecuencias y credibilidad
conflict-field-access-status = Si se puede llegar
conflict-field-pathway-outcome = Cómo terminó
conflict-field-feedback-answer = Respuesta
conflict-field-booklet-torn-out = Tarjetas arrancadas

## Refusals
refusal-no-conflict = Ya no hay nada que elegir aquí: alguien eligió entretanto.
refusal-conflict-changed = Entretanto se escribió otra cosa aquí: mire lo que hay ahora y luego elija.
