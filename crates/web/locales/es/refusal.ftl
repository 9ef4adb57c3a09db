### Why something was not done, and what to do about it · Español

## Who may

refusal-not-allowed = Su rol no permite { $permission }: consulte al coordinador.
refusal-unknown-user = Este usuario ya no puede trabajar aquí: inicie sesión de nuevo.
refusal-already-founded = Esta operación ya existe.
refusal-last-administrator = Debe quedar un administrador: admita primero a otro.
refusal-login-taken = Alguien ya usa este nombre: elija otro.
refusal-login-invalid = El nombre de usuario tiene de 2 a 32 letras minúsculas, cifras, puntos o guiones.
refusal-no-role = Dé al usuario al menos un rol.
refusal-same-person-twice = Dos personas deben decidirlo: otra tiene que confirmar.

## What was typed

refusal-text-missing = { $field } falta: complételo.
refusal-text-too-long = { $field }: texto demasiado largo, acórtelo.
refusal-too-long = { $field }: texto demasiado largo, acórtelo.
refusal-unknown-code = { $field } no está en la lista: elija de la lista.
refusal-unknown-time-zone = Esta zona horaria no se conoce: escríbala como America/Port-au-Prince.
refusal-born-in-future = La fecha de nacimiento está en el futuro: revise día, mes y año.
refusal-too-old = Esta fecha da más de 125 años: revise el año.
refusal-nothing-known = Escriba al menos un nombre, o anote que la persona prefiere no decirlo.
refusal-people-out-of-range = El número de personas debe estar entre 1 y { $max }.
refusal-too-many-meetings = Reciba como máximo a { $max } personas a la vez.
refusal-quantity-out-of-range = La cantidad debe estar entre 1 y { $max }.
refusal-no-lines = Escriba al menos un artículo.
refusal-item-twice = { $item } figura dos veces en este papel: súmelos.

## What is not here

refusal-unknown-site = Este sitio no se conoce aquí.
refusal-unknown-movement = Este movimiento no se conoce aquí.
refusal-unknown-line = Esta línea del manifiesto no se conoce aquí.
refusal-unknown-arrival = Esta tarjeta no se conoce aquí.
refusal-unknown-person = Esta persona no se conoce aquí.
refusal-unknown-family = Esta familia no se conoce aquí.
refusal-unknown-link = Este vínculo no se conoce aquí, o ya se deshizo.
refusal-unknown-entitlement = Este artículo nunca se asignó a esta persona.
refusal-unknown-item = El artículo «{ $item }» no está definido aquí: consulte al administrador.
refusal-unknown-waybill = Esta guía no se conoce aquí.

## Movements

refusal-designator-taken = Ya hay un movimiento con este nombre anunciado para ese día.
refusal-same-place = El origen y el destino son el mismo lugar.
refusal-wrong-stage = Este movimiento está { $stage }: eso no se puede hacer ahora.
refusal-not-landed = Anote primero que el movimiento llegó y cuántas personas se contaron.
refusal-people-waiting = Personas recibidas y aún sin registrar: { $waiting }. Regístrelas primero.
refusal-manifest-too-long = Un manifiesto tiene como máximo { $max } personas.
refusal-manifest-replaces = Esto quita a { $removed } personas de la lista y deja a { $same }. ¿Es el movimiento correcto, y la lista entera?
refusal-manifest-elsewhere = La mayoría de estas personas están en el manifiesto de { $other }: ¿es el movimiento correcto?
refusal-other-site = Esto pertenece a otro sitio: solo se puede hacer allí.
refusal-other-movement = Esta tarjeta o línea pertenece a otro movimiento.

## At the desk

refusal-already-registered = Esta tarjeta ya está registrada: abra la ficha.
refusal-person-already-arrived = Esta persona ya está registrada en este movimiento.
refusal-line-taken = Ya se registró a alguien en esta línea.
refusal-line-removed = Un manifiesto corregido ya no nombra a esta persona: regístrela sin la lista.
refusal-line-not-waiting = Esta persona ya no está en espera.
refusal-document-held = Otras personas con este número de documento: { $holders }. Mírelas y luego confirme o corrija el número.
refusal-not-registered = Registre primero a la persona.
refusal-person-erased = Los datos de esta persona fueron borrados.
refusal-already-linked = Estos registros ya son una sola persona.
refusal-in-family = Esta persona pertenece a otra familia: retírela primero.
refusal-not-in-family = Esta persona no pertenece a esta familia.
refusal-no-role-key = Aún no existe una clave para las notas de protección: consulte al administrador.
refusal-already-left = Esta persona ya se fue.

## Giving

refusal-already-given = Ya se entregó: { $at }.
refusal-not-given = Esto no se entregó: no hay nada que anular.
refusal-limit-reached = Esta persona lo recibió el { $last } y puede recibirlo otra vez { $days } días después: consulte al coordinador.
refusal-nothing-to-waive = Ningún límite impide este artículo.
refusal-stock-short = { $item }: solo quedan { $available } aquí. Reciba una guía o cuente primero el estante.
refusal-right-elsewhere = { $node } tiene el derecho de entregar esto: se entrega allí, o un coordinador de allí lo cede a este nodo.
refusal-right-not-accepted = El derecho de entregar esto se cedió a este nodo: acéptelo antes, en la página de artículos entre nodos.
refusal-right-released = El derecho de entregar esto va camino a { $node }: se entrega allí cuando lo acepten.
refusal-not-to-itself = Es el mismo nodo: elija otro.
refusal-unknown-node = Este nodo no es de esta operación, o aún no se conoce aquí: elija otro.
refusal-node-replaced = Otro nodo tomó los derechos de ese: elija el que lo hizo.
refusal-nothing-to-release = Este nodo no tiene derechos sin usar de estas personas.
refusal-too-many-released = Ceda los artículos de { $max } personas como máximo a la vez: elija una parte.
refusal-nothing-released-here = Nada de esta cesión espera a este nodo: ya se respondió, o es para otro nodo.
refusal-waybill-for-other = Esta guía es para el almacén de { $node }: recíbala allí.
refusal-unknown-recovery = Esta declaración de pérdida no se conoce aquí.
refusal-recovery-open = Este nodo ya está declarado perdido: confírmelo o anúlelo.
refusal-recovery-over = Esto ya se anuló o se hizo.
refusal-waiting-out-of-range = La espera es de { $min } a { $max } días aquí.
refusal-recovery-early = La espera dura hasta { $due }: busque el nodo hasta entonces, confirme después.
refusal-recover-elsewhere = Es { $node } quien debe tomarlos: confírmelo allí.
refusal-node-heard = Este nodo dio señales desde que se declaró perdido: no lo está, anúlelo.
refusal-loss-behind = Se conocían { $known } registros del nodo perdido cuando se declaró perdido, y aquí hay { $here }: intercambie primero con los demás nodos.
refusal-rights-frozen = Este nodo se restauró de una copia: dos personas con la clave raíz deben reclamar antes sus derechos.
refusal-check-card = Tal vez se entregó sin que aquí se sepa: mire la tarjeta y luego confirme.

## Stock

refusal-waybill-number-taken = Ya existe una guía con este número.
refusal-already-received = Esta guía ya se recibió.
refusal-difference-unexplained = Los números difieren: diga por qué.

## Time, and what cannot be twice

refusal-in-future = Esa hora está en el futuro: revísela.
refusal-before-met = Esa hora es anterior a la recepción de la persona: revísela.
refusal-before-landed = Esa hora es anterior a la llegada del movimiento: revísela.
refusal-count-late = El conteo se compara con el libro de este minuto: cuente de nuevo ahora.
refusal-document-without-number = Falta el número del documento: escríbalo o quite el documento.
refusal-item-invalid = Un artículo tiene un código de minúsculas, cifras y _, y un límite de al menos 1 vez en 1 día.
refusal-limited-on-meeting = { $item } tiene un límite por persona: solo se otorga después del registro.
refusal-manifest-empty = Este archivo no nombra a nadie: revise las columnas o cancele el movimiento.
refusal-not-stocked = { $item } no sale de existencias: no se envía ni se cuenta.
refusal-nothing-to-correct = Es lo que ya está anotado.
refusal-role-key-exists = Este rol ya tiene una clave: quien la tiene debe pasarla.
refusal-superseded = Otro nodo asumió los derechos de este: deje de trabajar aquí y use aquel.
refusal-already-claimed = Los derechos de ese nodo ya se reclamaron, o no corresponde a este nodo reclamarlos.
refusal-user-known = Este usuario ya se conoce: cambie sus roles.
refusal-last-role-key = { $role ->
    [focal_point] Es la última persona con la clave de las denuncias: désela antes a otro punto focal.
   *[protection] Es la última persona con la clave de las notas de protección: désela antes a un colega.
}
refusal-second-unsigned = La segunda persona debe escribir ella misma su nombre y su contraseña: llámela a esta página.
refusal-request-reused = Este formulario ya se usó para otra cosa: abra la página de nuevo y envíelo otra vez.
refusal-key-not-for-them = Esta clave solo se da a alguien con el rol de protección que no administre ni coordine. Elija a otra persona.
refusal-erase-person-instead = Se registró a alguien para esta línea. Borre a la persona: la línea se va con ella.
refusal-erased-may-return = Los datos de { $erased } personas de esta lista se borraron a petición, y { $listed } personas del archivo parecen nuevas. Quite del archivo las filas de las personas borradas, o confirme que ninguna está en él.
refusal-withdrawn = Esta tarjeta se retiró: fue un error. Use la otra tarjeta de la persona.
refusal-something-given = Se entregó algo con esta tarjeta. Anúlelo primero y después retire la tarjeta.

## Lo que lee el público

refusal-no-edition = No se eligió nada para publicar. Elija un día o un mes que aún no esté publicado.
refusal-published-meanwhile = Alguien publicó entretanto, y lo que se oculta depende de ello. Mírelo otra vez y después publique.
refusal-period-not-over = La jornada del { $last } aún no ha cerrado en todos los sitios. Publíquela cuando haya cerrado.
refusal-already-published = Esto ya está publicado, y lo publicado queda como está. Elija días que aún no estén publicados.
refusal-edition-nowhere = No se eligió ningún sitio. Elija al menos uno y después publique.
refusal-edition-malformed = No se publicó nada: estos números no concuerdan, o mostrarían menos personas de las que se puede mostrar. Es un error del programa. Avise a quien se ocupa de Akèy en su organización.
