## Quién puede ser, entre quienes ya están registrados

alike-hint = Escriba un nombre: quien ya está registrado aparece aquí.
alike-nobody = Nadie parecido está registrado.
alike-not-ready = La lista de las personas conocidas se está preparando. Mientras tanto, busque por nombre.
alike-very-likely = Muy probablemente la misma persona
alike-likely = Probablemente la misma persona
alike-perhaps = Quizás la misma persona
alike-jump = Quizás registrado ya: { $count }. Mire abajo.
alike-why = Por qué
alike-read = Un paso hacia arriba duplica la posibilidad, un paso hacia abajo la divide por dos. De cien mil personas, dos tomadas al azar casi nunca son la misma: ahí se empieza.
alike-warning = Se parece a alguien que ya está registrado. Mírelo junto al formulario: si es la misma persona, elija «Sí, la misma persona».
alike-somebody-else = He mirado: es otra persona

## Los pasos de la explicación

why-before = Antes de comparar nada
why-family = Los hermanos tienen esto en común
why-together = Otros de la familia vinieron también
why-alike = igual, o suena igual
why-slip = una letra es distinta
why-part-rare = uno es parte del otro
why-part-common = uno es parte del otro
why-one-rare = un nombre en común
why-one-common = un nombre en común
why-apart = distinto
why-apart-women = distinto; puede ser el del marido
why-exchanged = cambiado con el apellido
why-exchanged-nearly = cambiado con el apellido, casi
why-same = igual
why-same-by-name = igual, lo dice el nombre
why-near = una cifra es distinta
why-very-common = (muy común)
why-common = (común)
why-rare = (poco común)
why-birth-same = Nacido el mismo día
why-birth-exchanged = Nacimiento: día y mes cambiados
why-birth-one-part = Nacimiento: el día, el mes o una cifra del año es distinta
why-birth-same-year = Nacimiento: el mismo año, no se sabe más
why-birth-year-apart = Nacimiento: un año de diferencia, no se sabe más
why-birth-apart = Nacimiento: otra fecha
