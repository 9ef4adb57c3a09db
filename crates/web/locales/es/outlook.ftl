### Lo que viene: faltas, traslados, fila.

outlook-title = Perspectivas
outlook-lead = Qué va a faltar y cuándo, según las existencias, lo que se debe a quienes están aquí y los movimientos anunciados.
outlook-all-last = No se ve que falte nada en estos días.
outlook-short = Qué va a faltar
outlook-earliest = Lo más pronto
outlook-likely = Probable
outlook-latest = Lo más tarde
outlook-not-seen = no se ve
outlook-line = { $item } en { $site }: falta desde el { $day }
outlook-line-may = { $item } en { $site }: puede faltar desde el { $day }
outlook-chart = { $item } en { $site }: lo que queda, día a día
outlook-chart-text = El último día, { $day }, quedan probablemente { $likely }, entre { $low } y { $high }. Menos de cero es lo que falta.
outlook-how = De mil personas anunciadas vienen { $permille }, entre { $low } y { $high }: visto en { $movements } movimientos con { $listed } personas en lista, de las que { $no_shows } no vinieron, y { $unlisted } además. Lo que está en camino cuenta desde el segundo día.
outlook-moves = Qué se puede trasladar
outlook-moves-none = Nada: o no falta nada, o nadie en el mismo país tiene bastante para dar.
outlook-move = { $amount } × { $item }: { $from } → { $to }
outlook-moves-how = Quien da se queda con bastante aunque todo salga mal. Aquí no se sabe a qué distancia están los sitios; lo que se sabe del peligro en cada extremo está al lado.
outlook-prepare = Preparar la guía
outlook-queue = La fila esta noche
outlook-queue-waiting = { $people } personas: contadas aquí y sin registrar, y anunciadas para hoy.
outlook-desks = Mesas abiertas
outlook-minutes = Minutos por persona
outlook-extra = Más personas
outlook-by = Nadie debe esperar a las
outlook-compute = Calcular
outlook-last = La última persona es atendida hacia las { $likely }, entre { $easy } y { $hard }.
outlook-last-never = Con estas mesas la fila no termina en una semana.
outlook-needed = { $desks } mesas desde ahora, y nadie espera a las { $by }.
outlook-needed-none = Ningún número de mesas basta: alguien llega demasiado tarde para eso.
outlook-wrong = Mesas de 0 a 10 000, minutos de 1 a 1 440, personas de 0 a 1 000 000. Corrija el número.
outlook-site = Sitio
outlook-day = Día
outlook-there = Allí ahora
outlook-lasts = Alcanza
outlook-not-known = no se sabe
outlook-lasts-days = { $days ->
    [0] no hasta hoy
    [one] 1 día
   *[other] { $days } días
 }
outlook-lasts-between = de { $low } a { $high } días
outlook-lasts-over = de { $low } a más de { $days } días
outlook-lasting = Alcanza para estos días: { $count }
outlook-left-over = { $here } aquí, probablemente { $left } al final
outlook-unweighed = { $item }: no se pudo calcular ningún traslado. Mire las faltas de arriba y decida usted.
outlook-queue-none = Nadie espera aquí y no hay nadie anunciado.
outlook-queue-seen = Visto últimamente: una persona toma { $minutes } minutos de una mesa (de { $low } a { $high }, de { $seen } registros); colegas que registraron a alguien en la última hora: { $desks }.
outlook-queue-unseen = Demasiados pocos registros para decir cuánto toma una persona: escríbalo.
outlook-staff = Mesas para los próximos días
outlook-desks-between = { $likely } (de { $easy } a { $hard })
outlook-desks-none = ninguna cantidad basta: hay gente que llega demasiado tarde
outlook-desks-how = Las menos mesas, abiertas desde el comienzo del día (hoy: desde ahora), con las que nadie espera a las seis de la tarde; si llega gente más tarde, dos horas después de la última. Una persona toma lo visto en los últimos mil registros del sitio.
outlook-places = Plazas en los sitios
outlook-places-how = Quién está: el último recuento con cota superior, y lo que llegó y salió desde entonces. Cada día: las personas anunciadas, en la proporción que ha venido hasta ahora; quien ha de salir deja una plaza, salvo en el peor caso.
outlook-stock-link = Qué va a faltar en los próximos días
outlook-desks-needed = Mesas necesarias
