### Coded words: what events, files and lists carry as codes · Español

## Roles

role-clerk = Agente de recepción
role-screener = Evaluador
role-protection = Protección
role-warehouse = Almacén
role-cash = Caja
role-coordinator = Coordinador
role-information-officer = Responsable de información
role-administrator = Administrador

## Permissions, as they stand in "your role does not allow you to …"

permission-manage-movements = gestionar los movimientos
permission-register = registrar personas
permission-see-people = ver quiénes son las personas
permission-screen = hacer las preguntas de evaluación
permission-see-screening = ver las respuestas de la evaluación
permission-protect = escribir y leer notas de protección
permission-give = entregar artículos
permission-give-cash = entregar dinero
permission-decide-exceptions = decidir excepciones
permission-link = vincular dos registros
permission-manage-stock = gestionar las existencias
permission-see-stock = ver las existencias
permission-see-reports = ver los informes
permission-publish = publicar lo que lee el público
permission-administer = administrar
permission-erase = borrar los datos de una persona

## Sites

site-kind-encampment = Campamento
site-kind-custody = Custodia
site-kind-airport = Aeropuerto
site-kind-land-crossing = Paso fronterizo
site-kind-seaport = Puerto
site-kind-shelter = Albergue
site-kind-warehouse = Almacén
site-kind-office = Oficina

## Movements

movement-kind-flight = Vuelo
movement-kind-bus-convoy = Convoy de autobuses
movement-kind-boat = Barco
movement-kind-transfer = Traslado
legal-title-42-expulsion = Expulsión Título 42
legal-deportation-order = Orden de deportación
legal-voluntary-return = Retorno voluntario
legal-sea-interception = Intercepción en el mar
legal-land-return = Devuelto en la frontera terrestre
legal-sector-transfer = Traslado a otro sector
legal-medical = Por atención médica
legal-not-stated = No indicada
stage-announced = anunciado
stage-departed = en camino
stage-landed = llegado
stage-closed = cerrado
stage-cancelled = cancelado
screened-before-not-offered = no ofrecida
screened-before-offered = ofrecida, no querida
screened-before-refused = pedida y negada
screened-before-done = hecha
screened-not-known = No se sabe si se ofreció evaluación de protección antes de la salida
screened-not-offered = Evaluación de protección no ofrecida antes de la salida
screened-done = Evaluación de protección hecha antes de la salida
line-waiting = en espera
line-registered = registrado
line-no-show = no vino
line-removed = retirado de la lista

## Items

item-hot-meal = Comida caliente
item-water = Agua
item-hygiene-kit = Kit de higiene
item-dignity-kit = Kit de dignidad
item-baby-kit = Kit para bebé
item-blanket = Manta
item-cash-grant = Ayuda en efectivo
item-shelter-night = Noche de albergue
item-onward-transport = Transporte a destino
item-phone-call = Llamada telefónica

## What makes a person more exposed to harm

vulnerability-unaccompanied-or-separated-child = Niño no acompañado o separado
vulnerability-pregnant-or-breastfeeding = Embarazada o lactante
vulnerability-single-parent-with-children = Madre o padre solo con niños
vulnerability-older-person-at-risk = Persona mayor en riesgo
vulnerability-disability = Discapacidad
vulnerability-serious-medical-condition = Enfermedad o lesión grave
vulnerability-survivor-of-violence = Sobreviviente de violencia
vulnerability-survivor-of-gender-based-violence = Sobreviviente de violencia de género
vulnerability-trafficked-or-at-risk = Víctima de trata o en riesgo
vulnerability-psychological-distress = Angustia psicológica
vulnerability-no-place-to-stay = Sin lugar donde dormir
separation-unaccompanied = Solo, ningún adulto responsable
separation-separated = Con otros familiares, sin sus padres
priority-child-alone = niño solo
priority-medical = enfermo o herido
priority-pregnant = embarazada
priority-small-children = con niños pequeños
priority-frail = mayor o con discapacidad

## People

sex-f = F
sex-m = M
sex-x = X
age-group-men = Hombres
age-group-women = Mujeres
age-group-boys = Niños
age-group-girls = Niñas
age-group-unknown = Se desconoce
relation-head = Jefe de familia
relation-spouse = Cónyuge o pareja
relation-child = Hijo o hija
relation-parent = Madre o padre
relation-sibling = Hermano o hermana
relation-other-relative = Otro familiar
relation-not-related = Sin parentesco
document-passport = Pasaporte
document-identity-card = Cédula de identidad
document-birth-certificate = Acta de nacimiento
document-other = Otro documento
country-hti = Haití
country-chl = Chile
country-bra = Brasil
country-usa = Estados Unidos
country-mex = México
country-dom = República Dominicana
country-cub = Cuba
country-bhs = Bahamas
country-tca = Islas Turcas y Caicos
department-ht01 = Oeste
department-ht02 = Sudeste
department-ht03 = Norte
department-ht04 = Noreste
department-ht05 = Artibonito
department-ht06 = Centro
department-ht07 = Sur
department-ht08 = Grand'Anse
department-ht09 = Noroeste
department-ht10 = Nippes

## Reasons

void-wrong-person = Entregado a otra persona por error
void-not-given = Anotado, pero nunca entregado
void-returned = Devuelto sin usar
difference-damaged = Dañado
difference-expired = Vencido
difference-lost = Perdido
difference-miscounted = El primer conteo estaba mal
difference-given-without-record = Entregado sin anotarlo

## Fields, as they stand in messages about them

field-designator = El nombre del movimiento
field-kind = El tipo
field-legal-basis = La base legal
field-name = El nombre
field-login = El nombre de usuario
field-number = El número
field-reason = El motivo
field-note = La nota
field-vulnerability = La vulnerabilidad
field-relation = El parentesco
field-difference = El motivo de la diferencia
field-given-names = Los nombres
field-family-name = Los apellidos
field-mother-name = El nombre de la madre
field-birthplace = El lugar de nacimiento
field-phone = El teléfono

## How long people waited, as reports tell it apart

waited-under-15-min = menos de 15 minutos
waited-15-to-30-min = de 15 a 30 minutos
waited-30-to-60-min = de 30 minutos a 1 hora
waited-1-to-2-h = de 1 a 2 horas
waited-2-to-4-h = de 2 a 4 horas
waited-4-h-or-more = 4 horas o más
waited-unknown = no se sabe: de uno de los dos momentos solo se conoce el día
