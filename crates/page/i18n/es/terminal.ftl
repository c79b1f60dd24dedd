receiving = recibiendo
reading = leyendo
undone = deshecho, en la entrada
migrated = { $n ->
    [0] las tablas del servidor están al día
    [one] las tablas del servidor están al día: se aplicó 1 migración
   *[other] las tablas del servidor están al día: se aplicaron { $count } migraciones
}
recorded = registrado
accept = aceptar
edit = corregir
refuse = rechazar
next = siguiente
stop = parar
same = una misma persona
not_same = dos personas
unsure = no se puede saber
reason = Por qué
predicate = Qué pasó (intro lo deja igual)
exact-number = Cuántas (intro lo deja igual)
since = Desde qué día (intro lo deja igual)
as-of = Hasta qué día (intro lo deja igual)
edit-in-list = la fila de una lista se corrige en su fuente: corrija el archivo y recíbalo otra vez
waiting = { $n ->
    [0] Nada espera una decisión.
    [one] 1 propuesta espera una decisión.
   *[other] { $count } propuestas esperan una decisión.
 }
decided = { $n ->
    [one] 1 propuesta: { $review }
   *[other] { $count } propuestas: { $review }
 }
made-case = Caso creado: { $path }.
made-next = Ahora: ponga documentos en { $inbox } y ejecute: habeas open { $path } --once
received-file = recibido { $name } ({ $format }, { $bytes } bytes)
known-file = { $name }: ya se recibió, como { $first }
withdrawn-file = { $name }: se recibió antes y se retiró; `habeas undo CASO { $n }` lo trae de vuelta
refused-file = no se recibió: { $place }: { $why }
refused-read = no leído: { $place }: { $why }
was-read = leído { $name }: { $claims } afirmaciones, { $mentions } menciones de personas, { $problems } problemas
ruled = por las reglas de este caso: { $accepted } propuestas aceptadas, { $joined } pares unidos
wrote = escrito { $path }
verified-whole = { $entries } entradas y { $blobs } documentos, cada hash como se registró.
verified-head = cabeza { $head }
verified-fault = { $n ->
    [one] 1 fallo. Lo anterior está íntegro:
   *[other] { $count } fallos, el primero delante:
 }
verified-next = hint: guarde una copia del libro tal como está, restaure la última copia buena y abra el caso otra vez
tally-title = Personas por { $by }
tally-persons = personas
tally-held = detenidas
tally-released = excarceladas
tally-all = todas
tally-unknown = se desconoce
change-title = Desde { $before } hasta { $after }
change-point = { $day }, sabido hasta la entrada { $position }, regla { $rule }
change-point-now = el último día conocido, sabido hasta la entrada { $position }, regla { $rule }
change-held = Detenidas
change-released = Excarceladas
change-same = nada cambió
change-sum = { $before } → { $after }
change-total = en total
claims-read = { $n ->
    [0] No se leyó ninguna afirmación.
    [one] 1 afirmación, tal como se leyó y sin revisar
   *[other] { $count } afirmaciones, tal como se leyeron y sin revisar
 }
pair-title = ¿Es una misma persona?
field-name = nombre
field-number = número
field-born = nacimiento
field-age = edad
field-sex = sexo
field-nat = nacionalidad
field-happened = qué pasó
field-source = fuente
field-quote = palabras
field-speaker = lo dice
field-dates = fechas
field-modality = cómo lo sostiene
board-hint = “≠” no se puede confrontar con nombres, por la parte que se indica; “○” los nombres no lo deciden; “▼” faltan; “✓” respaldado; “▲” más con nombre que lo dicho; `--line NÚMERO` abre una a sus filas
pair-given = nombres
pair-surname = apellidos
pair-number = número de identidad
pair-born = nacimiento
pair-arrested = arresto
pair-place = lugar
pair-gender = sexo
agrees-exact = igual
agrees-similar = parecido
agrees-differs = distinto
agrees-missing = no consta
pair-changes = { $n ->
    [0] su decisión no cambia ninguna línea del tablero
    [one] su decisión cambia una línea del tablero
   *[other] su decisión cambia { $n } líneas del tablero
}
pair-rule = la regla los uniría: { $rule }
pair-weight = indicios: { $bits } bits
rule-exact-number = mismo número de identidad y nombres que concuerdan
rule-full-name-and-date = nombre completo y una fecha
rule-no-other = nombres que concuerdan, una fecha o número, y nadie más que pudiera ser
verified-proof = bajo un punto de control firmado: entradas 1 a { $covered }; sellos de tiempo comprobados: { $stamps }
verified-against = continúa lo que ese punto de control firmó
proof-holds = la prueba vale: { $shown } filas mostradas y { $withheld } reservadas están en el registro { $log }
proof-own-key = comprobada con la clave que trae la prueba: compárela con la que publica el dueño del registro (--key)
proof-witness = el testigo { $name } lo vio el { $time }
proof-stamped = sellado por { $authority } el { $time }
proof-stamp-unknown = no se comprobó un sello de { $authority }: --authority { $authority }=ARCHIVO da su certificado raíz
stamp-nobody = este caso no nombra ninguna autoridad: [authority.NOMBRE] en case.toml
stamped = { $on }: sellado por { $authority } el { $time }
stamps-done = { $stamped } sellados, { $waiting } en espera
stamped-entry = entrada { $n }
stamped-checkpoint = punto de control de tamaño { $n }
custody-title = { $name }
custody-digest = SHA-256 { $digest }, { $bytes } bytes
custody-whole = sus bytes son los que se recibieron
custody-broken = ✗ sus bytes faltan o cambiaron
custody-url = dirección: { $word }
custody-outlet = publicado por: { $word }
custody-captured = capturado: { $word }
custody-tool = con: { $word }
custody-operator = por: { $word }
custody-redirect = a través de: { $word }
custody-header = cabecera { $word }
custody-received = { $when } recibido por { $author } (entrada { $position })
custody-replaces = reemplaza { $digest }
custody-replaced = reemplazado por { $digest }
custody-uncovered = aún bajo ningún punto de control
custody-checkpoint = { $when } bajo un punto de control de tamaño { $size }
custody-stamp = { $word } sellado por { $authority } ({ $on })
custody-stamp-bad = ✗ sello de { $authority } ({ $on }): { $word }
custody-read = { $when } leído por { $author } (entrada { $position })
custody-opened = { $when } abierto por { $author } (entrada { $position })
custody-given = { $when } entregado por { $author } a { $with } (entrada { $position })
custody-taken = { $when } recibido por { $author } de { $with } (entrada { $position })
tally-uncounted = { $n } personas no tienen número de expediente y no se cuentan
second-sends = envía los textos de { $n } documentos a { $url } (modelo { $model }):
second-rejected = rechazado por una comprobación: { $name }: { $model } propone { $kind } { $predicate } a partir de «{ $quote }»: { $failed }
failed-form = no es una afirmación de nuestro vocabulario
failed-quote = esas palabras no están en el texto
failed-quantity = nuestra gramática lee ahí otro número, o ninguno
failed-person = ese nombre no está ahí
failed-speaker = esa fuente no está en el texto
failed-predicate = la oración dice otra cosa de ellos
failed-stance = la oración niega, promete o afirma otra cosa
fetch-going-out = sale a la red: { $n } direcciones, { $by }
fetch-directly = directamente: los sitios ven la dirección de esta máquina
fetch-same = { $name }: sin cambios desde su última captura
fetch-changed = { $name }: una versión nueva de esta dirección
watch-round = { $received } recibidos, { $same } sin cambios, { $refused } no se pudieron obtener

# Versiones de un documento (change --document)
versions-one = De este documento hay una sola versión; no hay con qué compararla.
versions-step = De { $before } a { $after }
versions-new = { $name }: una versión nueva
became-same = igual
became-changed = cambiada
became-new = nueva
became-gone = ya no está
became-n-same = iguales: { $n }
became-n-changed = cambiadas: { $n }
became-n-new = nuevas: { $n }
became-n-gone = ya no están: { $n }
field-of-quantity = cuántas personas
field-of-population = de quiénes
field-of-whole = de cuántas en total
field-of-speaker = quién lo dice
field-of-modality = hasta dónde responde por ello
field-of-scope = un grupo, un día, un total o un estado
field-of-dates = fechas
