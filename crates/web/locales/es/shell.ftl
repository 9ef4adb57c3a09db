### The frame of every page, signing in, dates, failures · Español

## The bar

skip = Ir al contenido
bar-main = Páginas
bar-told = Información
bar-site = Sitio:
bar-language = Idioma
bar-account = Cuenta:
bar-password = Cambiar mi contraseña
bar-sign-out = Cerrar sesión
place-board = Tablero
place-desk = Recepción
place-movements = Movimientos
place-people = Personas
place-stock = Existencias
place-report = Informe
place-settings = Ajustes
foot = Akèy · lo escrito aquí va solo a las computadoras de esta operación
go-to-board = Ir al tablero
site-unknown = un sitio desconocido
staff-unknown = un miembro del personal
said-saved = Guardado.
said-already = Esto ya estaba hecho. Nada se hizo dos veces.
form-not-saved = Aún no se ha hecho
wrong-time = Esta hora no es correcta o está en el futuro. Escríbala así: 2021-09-24 14:20.
wrong-number = Escriba un número entero.
wrong-quantity = { $item }: escriba un número entero, como máximo { $max }.
wrong-date = Esa fecha no existe: revise día, mes y año.
wrong-birth-and-age = Escriba la fecha de nacimiento o la edad, no las dos: solo se puede guardar una.
wrong-country = Escriba el país con tres letras, por ejemplo HTI o PER.
earlier = Ocurrió antes (anotado en papel)
earlier-when = Cuándo ocurrió
not-said = no dice
nobody-may-see = usted no puede verlo

## Dates and times

date-long = { $day } de { $month } de { $year }
date-weekday = { $weekday } { $date }
date-time = { $date }, { $time }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
weekday-1 = Lunes
weekday-2 = Martes
weekday-3 = Miércoles
weekday-4 = Jueves
weekday-5 = Viernes
weekday-6 = Sábado
weekday-7 = Domingo

## Signing in

sign-in-title = Iniciar sesión
sign-in-login = Nombre de usuario
sign-in-password = Contraseña
sign-in-do = Entrar
sign-in-help = ¿Olvidó su contraseña? Consulte al administrador de su sitio.
sign-in-wrong = El nombre o la contraseña no es correcto.
sign-in-wait = Demasiados intentos. Espere { $seconds } segundos e intente de nuevo.
sign-in-signed-out = Sesión cerrada.

## When something does not work

failure-stale = Esta página es demasiado antigua
failure-stale-text = No se guardó nada. El formulario es de una sesión que terminó.
failure-stale-next = Vuelva atrás, abra la página de nuevo y envíela otra vez.
failure-not-allowed = Esto no forma parte de su rol
failure-not-allowed-text = Su rol no permite ver esta página.
failure-not-allowed-next = Si lo necesita para su trabajo, consulte al coordinador.
failure-not-found = Aquí no hay nada
failure-not-found-text = No existe aquí tal página, persona o movimiento.
failure-not-found-next = Revise la dirección o busque desde el tablero.
failure-not-saved = No se guardó nada
failure-not-saved-text = El disco está lleno o falla. Lo guardado antes está a salvo.
failure-not-saved-next = Anótelo en papel por ahora. Llame al administrador para liberar el disco y envíelo de nuevo.
failure-broken = Algo no funciona
failure-broken-text = Esta página no se puede mostrar. Si envió un formulario, tal vez se guardó: abra la página antes de enviarlo otra vez.
failure-broken-next = Si continúa, llame al administrador.

## Trusting this site on a device

install-title = Hacer que este dispositivo confíe en este sitio
install-why = Cada tableta o teléfono necesita una vez el certificado de este sitio, para estar seguro de hablar con la computadora correcta.
install-fetch = Obtener el certificado y compararlo
install-download = Descargar el certificado
install-compare = Compare esta huella con la de la computadora del sitio. Si difieren, no lo instale.
install-android = Ajustes › Seguridad › Cifrado y credenciales › Instalar un certificado › Certificado de CA. Elija el archivo akey-site.crt.
install-iphone = Abra el archivo en Safari. Ajustes › General › VPN y gestión de dispositivos › Akèy › Instalar. Luego: General › Información › Ajustes de confianza de certificados › active Akèy.
install-windows = Doble clic en el archivo › Instalar certificado › Equipo local › Colocar en: Entidades de certificación raíz de confianza.
install-linux = Copie el archivo entre las autoridades del sistema. Firefox y Chromium tienen su propia lista: Ajustes › Certificados › Importar.
install-limits = Este certificado solo puede garantizar los nombres y direcciones de este sitio, ningún otro sitio web.
