### Vías, llamadas y plazas de los servicios.

## Kinds

pathway-family-reunification = Reunificación familiar
pathway-resettlement = Reasentamiento
pathway-humanitarian-parole = Permiso humanitario («parole»)
pathway-asylum = Asilo
pathway-work-or-study-visa = Visado de trabajo o de estudios
pathway-voluntary-return = Retorno voluntario
pathway-reintegration-grant = Ayuda a la reintegración

## Steps

pathway-step-relative-found = Familiar localizado
pathway-step-papers-collected = Papeles reunidos
pathway-step-application-filed = Solicitud presentada
pathway-step-interview = Entrevista hecha
pathway-step-decision = Decisión recibida
pathway-step-travel-papers = Documentos de viaje emitidos
pathway-step-travelled = Viaje hecho
pathway-step-protection-registered = Registro ante el organismo de protección
pathway-step-identified = Necesidad reconocida
pathway-step-submitted = Propuesta a un país
pathway-step-medical-check = Examen médico
pathway-step-supporter-found = Patrocinador encontrado
pathway-step-security-check = Control de seguridad
pathway-step-rights-explained = Derechos explicados
pathway-step-legal-aid = Asistencia legal encontrada
pathway-step-offer = Oferta de trabajo o plaza de estudios
pathway-step-counselled = Asesoramiento dado
pathway-step-consent-signed = Consentimiento por escrito
pathway-step-travel-booked = Viaje reservado
pathway-step-plan-written = Plan escrito
pathway-step-first-payment = Primer pago hecho
pathway-step-visited = Visita de seguimiento
step-open = por hacer
step-done = hecho
step-not-applicable = no hace falta

## Outcomes

pathway-outcome-granted = Concedido
pathway-outcome-refused = Denegado
pathway-outcome-withdrawn = Retirado
pathway-outcome-lost-contact = Contacto perdido
pathway-told-by-officials = funcionarios, antes del envío
pathway-told-by-desk = nosotros, en la mesa
pathway-told-by-others = otra persona

## The page

pathways-title = Vías migratorias
pathways-lead = Se habló de «vías seguras, ordenadas y humanas». Esto es lo que fue de ellas. Las cifras quedan dentro de la operación.
pathways-told-got = De { $told } informadas, { $got } obtuvieron una.
pathways-told-more = Se abrió una vía para { $opened } de las informadas; a { $officials } las informaron funcionarios.
pathways-median = De la información a la obtención, la mitad tardó { $days } días o menos.
pathways-kinds = Por vía
pathways-kind = Vía
pathways-all = En conjunto
pathways-none = Nadie fue informado de una vía en estos días, y no se abrió ninguna.
pathways-told = Informadas
pathways-got = De ellas, la obtuvieron
pathways-days = Días hasta obtenerla (mediana)
pathways-opened = Abiertas
pathways-open = en curso
pathways-how = Cada persona cuenta una vez con todas sus fichas, en los días en que fue informada; las vías, en los días en que se abrieron; su resultado, en cualquier momento. Quien fue informado de varias está en cada una y una vez en el conjunto. Solo cuenta como obtenida la que se obtuvo después de ser informado.
pathways-going-on = En curso ({ $count })
pathways-none-open = No hay ninguna vía en curso.
pathways-and-more = y { $count } más
pathways-steps-done = { $done } de { $all } pasos resueltos
pathways-next = después: { $step }
pathways-overdue = atrasado desde { $at }
pathways-due = para el { $at }
pathways-told-only = solo informada
pathways-none-of-them = No hay nada registrado sobre vías de esta persona.
pathways-keep = Registrar vías
pathways-in-general = Vías en general
pathways-told-at = informada el { $at } por { $by }
pathways-opened-at = abierta el { $at }
pathways-not-opened = sin abrir
pathways-closed-at = cerrada el { $at }
pathways-done-on = hecho el { $at }
pathways-done-today = Hecho hoy
pathways-done-today-of = Hecho hoy: { $step }
pathways-dates = Otro día, o plazo
pathways-stands = Cómo está
pathways-done-day = Hecho el
pathways-due-day = Para el
pathways-close = Cerrar esta vía
pathways-outcome = Resultado
pathways-on = Qué día
pathways-open-do = Abrir una vía
pathways-tell = Registrar quién informó
pathways-tell-aloud = ¿Alguien le habló de una vía legal para ir a otra parte o para quedarse? ¿Quién, y de cuál?
pathways-tell-by = Quién lo dijo

## Calls

called-reached = Contactada
called-no-answer = Sin respuesta
called-wrong-number = Número equivocado
called-no-calls = Pide que no la llamen
called-calls-again = Acepta llamadas de nuevo
calls-title = Llamadas
calls-lead = { $count } por llamar hoy
calls-none = No hay que llamar a nadie hoy.
calls-not-called = También pendientes, pero pidieron no recibir llamadas: { $count }. Pregunte al servicio, en la página de la derivación.
calls-how = Las llamadas tocan una semana, un mes y tres meses después de la derivación. Quien no fue contactado vuelve mañana a la lista.
calls-no-number = No hay número registrado.
calls-add-number = Añadir uno
calls-week = tras una semana
calls-month = tras un mes
calls-quarter = tras tres meses
calls-today = hoy
calls-unreached = sin contacto, seguidas: { $count }
calls-perhaps-lost = Llamada muchas veces en vano: si no se puede contactar, dígalo en la página de la derivación.
calls-went = Cómo fue
calls-on-paper = ☐ contactada  ☐ sin respuesta  ☐ número equivocado  ☐ no más llamadas
calls-declined = Esta persona pidió que no la llamen.
calls-again = Dice que acepta llamadas de nuevo

## Room of services

reachable-reachable = se puede ir
reachable-by-phone = solo por teléfono
reachable-unreachable = no se puede contactar
places-of-total = personas a la vez
places-of-week = personas por semana
service-room = { $left } de { $places } plazas libres
service-full = lleno: 0 de { $places } plazas libres
service-places-said = { $places } plazas declaradas; quién fue derivado está sellado
service-reachable-unknown = no se sabe si se puede contactar
service-open-on = abre { $days }
service-holds-until = válido hasta { $at }
service-said-at = dicho { $at }
service-state = Decir cuánto sitio tiene
service-places = Plazas
service-places-hint = Vacío si no lo dijo. Las derivaciones hechas desde ahora ocupan plazas.
service-places-of = Son
service-reachable = Cómo se puede contactar
service-until = Válido hasta
service-until-hint = Necesario si no se puede contactar: después ya no se sabe.
service-open-days = Abre
refer-no-room = Lleno o sin contacto ahora. Puede derivar igual.

## Refusals

field-by = Quién lo dijo
field-reached = Cómo fue la llamada
field-places-of = Qué son las plazas
field-reachable = Cómo se puede contactar
refusal-unknown-pathway = Esta vía no se conoce aquí.
refusal-pathway-told = Ya consta que esta persona fue informada de ella.
refusal-pathway-open = Esta persona ya sigue esta vía: continúe esa.
refusal-pathway-not-opened = Esta vía no está abierta: ábrala primero.
refusal-pathway-closed = Esta vía está cerrada: abra una nueva.
refusal-pathway-of-other-kind = La persona fue informada aquí de otra vía: abra esa, o una nueva.
refusal-step-of-other-kind = Esta vía no tiene ese paso: elija uno de su lista.
refusal-before-opened = Esto habría ocurrido antes de abrirse la vía: revise la fecha, o registre la apertura con su fecha.
refusal-no-calls = Esta persona pidió que no la llamen: no llame. Cuando acepte llamadas de nuevo, regístrelo en la página de la derivación.
refusal-until-missing = Falta hasta cuándo no se puede contactar el servicio: escriba un día, tras el cual se vuelve a preguntar.
refusal-no-weekday = Un día de la semana es un número de 1, lunes, a 7, domingo: elija de nuevo.
refusal-step-not-yet = Un paso no puede estar hecho en un día futuro: escriba ese día como plazo.
pathways-part = Solo se cuentan las vías que usted puede conocer.
