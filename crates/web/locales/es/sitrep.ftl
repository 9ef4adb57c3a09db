### The situation report · Español

## The head of the report

sitrep-title = Informe de situación
sitrep-internal = Solo para la operación: los números pequeños pueden señalar a una persona
sitrep-public = Versión pública: los números pequeños no se muestran
sitrep-period = del { $from } al { $to }
sitrep-cut-off = Contado hasta el { $moment }
sitrep-computed = Calculado el { $moment } por { $by }
sitrep-published = Publicado el { $moment }
sitrep-log-end = Hasta el evento
sitrep-first = Primero las cifras
sitrep-summary =
    { $returned ->
        [one] Volvió una persona
       *[other] Volvieron { $returned } personas
    } en { $movements ->
        [one] un movimiento
       *[other] { $movements } movimientos
    }. Registradas: { $registered }. Asistidas: { $assisted }.

## What is counted

sitrep-measure-movements = Movimientos
sitrep-measure-announced = Anunciadas
sitrep-measure-listed = En el manifiesto
sitrep-measure-returned = Retornadas
sitrep-measure-met = Recibidas
sitrep-measure-registered = Registradas
sitrep-measure-unlisted = Fuera del manifiesto
sitrep-measure-declined = Prefirieron no decir quiénes son
sitrep-measure-screened = Evaluadas
sitrep-measure-assisted = Asistidas
sitrep-measure-left = Salieron
sitrep-measure-no-show = No vinieron
sitrep-hidden = no se muestra
sitrep-hidden-why = No se muestra: es un número de una a cuatro personas, o de él podría deducirse uno así
sitrep-unpublished = no se publica
sitrep-not-known = No se sabe
sitrep-percent = { $number } %
sitrep-percent-under-one = menos de 1 %
sitrep-decimal = { $whole },{ $tenth }
sitrep-together = En total

## Day by day

sitrep-days = Día por día
sitrep-days-caption = Lo que pasó cada día de trabajo del sitio
sitrep-day = Día
sitrep-chart-title = Personas retornadas, según el día de llegada
sitrep-chart-text = El máximo, el { $day }: { $number }. Todas las cifras están en la tabla.
sitrep-chart-hidden = Todas las cifras que pueden mostrarse están en la tabla.

## The people

sitrep-people = Las personas
sitrep-group = Grupo
sitrep-share = Parte
sitrep-by-age-group = Sexo y edad
sitrep-by-vulnerability = Lo que expone más a las personas
sitrep-by-destination = Destino: departamento
sitrep-by-origin = Origen: departamento
sitrep-by-last-residence = Último país de residencia
sitrep-waited-registered = De la recepción al registro
sitrep-waited-assisted = De la recepción al primer artículo
sitrep-chart-groups = El mayor grupo: { $group }, { $number }. Todas las cifras están en la tabla.
sitrep-by-departed-from = País de salida del movimiento
sitrep-by-legal-basis = Base legal del movimiento
sitrep-by-screened-before = Evaluación de protección antes de la salida
sitrep-screened-before = Evaluación de protección antes
sitrep-screened-not-known = no se sabe
sitrep-screened-not-offered = no se ofreció
sitrep-screened-done = hecha
sitrep-several = Todas las evaluadas; una persona puede tener varias
sitrep-nobody =
    { $rows ->
        [one] Otro grupo: nadie
       *[other] Otros { $rows } grupos: nadie
    }

## From announced to counted

sitrep-reconciliation = De lo anunciado a lo contado
sitrep-reconciliation-caption = Las personas de los movimientos llegados estos días. Las diferencias entre dos líneas en negrita suman.
sitrep-step = Paso
sitrep-difference = Diferencia
sitrep-people-number = Personas
sitrep-step-announced = Anunciadas
sitrep-step-manifest-differs = Los manifiestos nombran más o menos de lo anunciado
sitrep-step-listed = En los manifiestos
sitrep-step-no-show = No vinieron
sitrep-step-awaited = Aún no se sabe si vinieron
sitrep-step-unlisted = Vinieron sin estar en un manifiesto
sitrep-step-registered = Registradas
sitrep-step-unregistered = Recibidas, aún sin registrar
sitrep-step-met = Recibidas
sitrep-step-not-met = Contadas y no recibidas (+), o recibidas y no contadas (−)
sitrep-step-returned = Contadas al llegar

## Movements

sitrep-movements = Movimientos
sitrep-movements-caption = Movimientos llegados estos días; se sigue a sus personas hasta la hora de cierre
sitrep-movement = Movimiento
sitrep-apart = En estos días (desde el { $day }), más (+) o menos (−) que estos movimientos: personas de movimientos anteriores, o atendidas después

## What was given, and whether it lasts

sitrep-items = Asistencia
sitrep-items-caption = Una persona cuenta una vez por artículo, el día en que lo recibió por primera vez
sitrep-item = Artículo
sitrep-item-people = Personas que lo recibieron
sitrep-item-quantity = Dado en estos días
sitrep-stock = Existencias
sitrep-stock-caption = Según el libro al calcular el informe. Dura: existencias divididas por la media dada al día.
sitrep-site = Sitio
sitrep-in-stock = Hay
sitrep-a-day = Dado al día
sitrep-lasts = Dura
sitrep-owed-here = Debido a personas aquí
sitrep-needed = Para las esperadas
sitrep-left-over = Queda
sitrep-nothing-given = nada dado
sitrep-cover-not-known = no se puede decir
sitrep-cover-days = { $days } días
sitrep-cover-short = escaso
sitrep-waybills = Mercancías en camino
sitrep-waybills-caption = Guías enviadas y no recibidas al calcular el informe
sitrep-waybill = Guía
sitrep-from-to = De → a
sitrep-sent = Enviado
sitrep-goods = Mercancías
sitrep-supplier = Proveedor
sitrep-expected = Por llegar
sitrep-expected-caption = Movimientos anunciados o en camino al calcular el informe, para los siete días tras el cierre
sitrep-to = Hacia
sitrep-expected-at = Se espera

## What is not known, and how it was counted

sitrep-quality = Lo que no se sabe
sitrep-quality-caption = De las personas registradas estos días
sitrep-quality-what = No se sabe aquí
sitrep-unknown-age-group = Sexo o edad
sitrep-unknown-destination = Adónde van
sitrep-unknown-origin = De dónde vienen
sitrep-unknown-last-residence = Último país de residencia
sitrep-method = Cómo se contó
sitrep-method-days = Un día va de una hora de cierre del sitio a la siguiente. Cada paso cuenta el día en que ocurrió; lo anotado después con su propia hora cuenta en su propio día.
sitrep-method-movements = «Retornadas» es el recuento más reciente de cada movimiento. La tabla de movimientos sigue a sus personas, la de días cuenta a todas las de esos días; si difieren, la diferencia está debajo.
sitrep-method-groups = Menos de 18 años es niño o niña. La edad es la del día de llegada; si solo se sabe el año de nacimiento, como nacido el 1 de julio.
sitrep-method-cover = Dado al día es la media de los últimos días de trabajo en que se dio el artículo, siete como mucho y ninguno de hace más de cuatro semanas; el día en curso cuenta solo si aumenta la media. El tablero lo calcula igual. Para las esperadas: lo que el paquete concede a todas.
sitrep-method-trace = Cada número contado abre los hechos de los que se contó.
sitrep-method-public = Se publica una sola vez, día por día y mes por mes, y después no se cambia. No se muestran los números de una a cuatro personas, ni tantos otros como haga falta para que ninguno pueda deducirse, ni siquiera de todas las publicaciones juntas: cada número que no se muestra puede variar en cinco o más. Un mes suma sus días tal como se publicaron.

## In a workbook

sitrep-kind = Tipo
sitrep-from = Desde
sitrep-landed = Llegada
sitrep-code = Código
sitrep-sources = De dónde vienen las cifras
sitrep-source-sheet = Hoja
sitrep-source-cell = Celda
sitrep-source-what = Qué se contó
sitrep-source-key = Clave de la cifra: tras /trace/ en el sitio abre los hechos

## Referrals and feedback in the situation report

sitrep-referrals = Derivaciones
sitrep-referrals-caption = Hechas en estos días y cómo están ahora
sitrep-referrals-kind = Tipo de servicio
sitrep-referrals-made = hechas
sitrep-referrals-no-answer = sin respuesta
sitrep-referrals-accepted = aceptadas
sitrep-referrals-declined = rechazadas
sitrep-referrals-completed = completadas
sitrep-referrals-lost = ilocalizables
sitrep-referrals-withdrawn = retiradas
sitrep-feedback = Comentarios
sitrep-feedback-caption = Anotados en estos días
sitrep-feedback-kind = Tipo
sitrep-feedback-recorded = anotados
sitrep-feedback-open = abiertos
sitrep-feedback-answered = respondidos
sitrep-feedback-closed = cerrados
sitrep-incidents = Incidentes
sitrep-incidents-caption = De estos días, por departamento y tipo
sitrep-incidents-kind = Departamento y tipo
sitrep-incidents-reported = informados
sitrep-incidents-harmed = con daño
sitrep-incidents-doubted = en duda
sitrep-incidents-over = terminados
sitrep-recovered = De ellos, entregados con derechos recuperados de un nodo perdido (solo ellos pueden haberse entregado dos veces):
sitrep-item-recovered = Con derechos recuperados
