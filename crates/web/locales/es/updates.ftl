### Updates for the public: notices, mail, feeds · Español

updates-title = Novedades
updates-lead = Lo que { $operation } dice a todo el mundo: avisos y cifras publicadas.
updates-none = Todavía no se ha publicado nada.
updates-by-mail = Recibirlas por correo
updates-notice = Aviso
updates-figures = Cifras
updates-edition-title = Cifras de { $period }
updates-edition-text = Se han publicado cifras nuevas. Una vez publicadas no se cambian.
updates-office = Quién recibe aviso
notice-new = Escribir un aviso
notice-lead = Una segunda persona lo lee y firma antes de que todos lo vean.
notice-names-nobody = Todo el mundo lo leerá y queda registrado para siempre: no nombre a ninguna persona acogida.
notice-title = Título
notice-text = Texto
notice-publish = Publicar el aviso
notice-withdraw = Retirar el aviso
notice-withdrawn-at = retirado { $moment }
notice-withdrawn = Este aviso ya no es válido. Queda registrado.
subscribe-title = Recibir novedades por correo
subscribe-lead = { $operation } le escribe cuando hay algo nuevo. Primero recibe un correo para confirmar.
subscribe-not-yet = Este sitio todavía no envía correos: no hay servidor configurado. Su solicitud espera 48 horas.
subscribe-email = Dirección de correo
subscribe-language = Idioma
subscribe-topics = Sobre
subscribe-topic-notices = Avisos
subscribe-topic-figures = Cifras publicadas
subscribe-terms = Condiciones (versión { $version })
subscribe-terms-who = { $operation } guarda su dirección en su propia computadora, cifrada, y no la da a nadie.
subscribe-terms-what = Solo se usa para enviar lo que eligió arriba.
subscribe-terms-kept = Se guardan: la dirección, su idioma, lo que eligió, cuándo aceptó y qué versión. Sin confirmación en 48 horas todo se borra.
subscribe-terms-leave = Cada correo tiene un enlace para darse de baja con un clic. Al salir se borra todo lo guardado aquí sobre usted.
subscribe-terms-mail = El correo pasa por servidores de otros, que pueden ver que usted lo recibe.
subscribe-consent = Acepto estas condiciones.
subscribe-do = Enviar el correo para confirmar
subscribe-no-consent = Marque la casilla si acepta las condiciones.
subscribe-no-topic = Elija al menos una.
subscribe-sent = Mire su correo
subscribe-sent-text = Si esta dirección puede recibir correo, uno está en camino. Siga su enlace en 48 horas.
subscribe-later = Demasiadas solicitudes
subscribe-later-text = Hubo demasiadas solicitudes. Inténtelo de nuevo en una hora.
confirm-title = Confirmar
confirm-lead = Confirme que quiere recibir novedades por correo.
confirm-do = Sí, envíenmelas
confirm-done = Confirmado
confirm-done-text = Le escribiremos cuando haya algo nuevo.
confirm-over = Este enlace ya no sirve
confirm-over-text = Ha caducado o ya se usó. Puede pedirlo de nuevo.
preferences-title = Lo que eligió
preferences-consent = Aceptó el { $date } la versión { $version } de las condiciones.
preferences-save = Guardar
preferences-saved = Guardado
preferences-saved-text = Los próximos correos seguirán lo que eligió.
unsubscribe-title = Darse de baja y borrar
unsubscribe-lead = No recibirá nada más; su dirección y todo lo guardado sobre usted se borran.
unsubscribe-do = Darse de baja ahora
unsubscribe-done = Se dio de baja
unsubscribe-done-text = Su dirección está borrada. No recibirá más correos.
mail-confirm-subject = { $operation }: confirme que quiere novedades
mail-confirm-body =
    Alguien pidió que { $operation } envíe a esta dirección: { $topics }.

    Si fue usted, confirme en 48 horas:

    { $link }

    Si no, no haga nada: la dirección se borra a las 48 horas y no se envía nada más.
mail-known-subject = { $operation }: ya recibe las novedades
mail-known-body = Alguien pidió novedades de { $operation } para esta dirección. Ya las recibe: nada ha cambiado.
mail-foot =
    --
    Cambiar lo que recibe: { $preferences }
    Darse de baja con un clic: { $leave }
mail-try-subject = Correo de prueba
mail-try-body = Si lee esto, el servidor de correo funciona.
address-problem-missing = Escriba una dirección de correo.
address-problem-too-long = Esta dirección es demasiado larga.
address-problem-invisible = La dirección tiene un salto de línea o un carácter invisible: escríbala de nuevo.
address-problem-several = Escriba una sola dirección.
address-problem-not-plain = Escriba la dirección sin acentos.
address-problem-malformed = Escriba la dirección como nombre@example.org.
postbox-problem-host = Escriba el nombre del servidor, por ejemplo mail.example.org.
postbox-problem-port = El puerto está entre 1 y 65535.
postbox-problem-plain = Sin TLS solo sirve un servidor en esta computadora.
postbox-problem-from = Escriba una dirección con menos de 16 caracteres antes de la @.
postbox-problem-url = Empiece con https:// y termine con el nombre del sitio.
mail-stage-connecting = No se pudo alcanzar el servidor: revise nombre, puerto y red.
mail-stage-securing = La conexión no pudo protegerse: revise el certificado y el puerto.
mail-stage-signing-in = El servidor rechazó usuario o contraseña: configúrelos de nuevo.
mail-stage-sender = El servidor no acepta este remitente: pregunte a quien lo administra.
mail-stage-recipient = El servidor no aceptó al destinatario.
mail-stage-content = El servidor no aceptó el correo.
mail-stage-writing = El correo no pudo escribirse: revise el remitente.
office-title = Quién recibe las novedades
office-lead = Solo cantidades: nadie ve quién.
office-not-set = No hay servidor configurado: no sale ningún correo.
office-confirmed = Confirmados
office-pending = Por confirmar
office-suspended = Correo devuelto
office-queued = Correos en espera
office-sent = Correos enviados
office-failed = Correos abandonados
office-try = Probar
office-try-to = Enviar la prueba a
office-try-do = Enviar la prueba
office-server = Servidor de correo
office-host = Nombre del servidor
office-port = Puerto
office-security = Protección
office-starttls = STARTTLS
office-tls = TLS desde el inicio
office-plain = Ninguna (solo esta computadora)
office-user = Usuario (si hay)
office-password-kept = Hay una contraseña guardada. Déjelo vacío para conservarla.
office-from = Dirección del remitente
office-from-hint = El correo a news+…@ debe llegar ahí: así se reconocen los devueltos.
office-url = Dirección de las páginas públicas
office-url-hint = Los enlaces de los correos empiezan así, por ejemplo https://updates.example.org.
office-authority = Certificado de la autoridad (PEM), si falta en el sistema
office-server-do = Guardar el servidor
refusal-unknown-notice = Este aviso no se conoce aquí.
refusal-notice-withdrawn = Este aviso ya fue retirado.
