# Personas halladas por un nombre que se escribe.
find-prompt = Escriba un nombre y pulse Intro; Ctrl-D termina.
find-none = nadie del registro lleva un nombre así
find-person = persona
find-name = nombre
find-mentions = menciones
find-weight = bits
find-why = por qué
how-same = igual
how-begins = empieza así
how-encoding = letras que perdió un ordenador
how-sound = suena igual
how-slip = un desliz
how-nickname = forma corta
how-part = escrito aparte
how-initial = inicial
how-near = una letra de diferencia
find-unanswered = { $n } palabras escritas no están en el nombre

# Por qué dos filas son una persona o dos.
explain-before = antes de comparar
explain-relatives = parientes y homónimos también coinciden así
explain-reviewed = pares revisados
explain-sum = en total
explain-one = Una persona: { $bits } bits, p { $p }; desde { $join } los pares se unen
explain-two = Dos personas: { $bits } bits, p { $p }; desde { $join } los pares se unen
explain-kept-apart = Dos personas, aunque el par tiene { $bits } bits, p { $p }: { $why }
explain-through-others = Una persona por otras filas o por una decisión; el par solo tiene { $bits } bits, p { $p }
explain-met = se compararon por { $keys }, entre { $rows } filas
explain-over = ambas tienen igual { $keys }, pero lo tienen { $rows } filas, más que su límite
explain-never-met = las dos no comparten ninguna clave por la que se comparan filas
explain-would-join = una persona, si { $part } fuera: { $level } (p { $p })
explain-would-part = dos personas, si { $part } fuera: { $level } (p { $p })
explain-nothing-turns = ninguna parte por sí sola cambiaría la decisión
explain-no-row = ninguna fila tiene el id `{ $id }`
held-undecided = ninguna decisión las une
held-decision = alguien dijo de ellas, o de filas unidas a ellas, que son dos personas, o que no puede saberse
held-once-a-list = ellas, o filas unidas a ellas, están en una lista que tiene a cada persona una vez
held-siblings = los mismos apellidos y otro nombre: quizá hermanos
held-contradiction = sus números y nacimientos, o sus nombres enteros y nacimientos, se contradicen
held-others = las filas que unirían en una persona hablan en contra: una cadena por un eslabón débil
compared-surnames = apellidos
compared-given-names = nombres de pila
compared-name = nombre
level-missing = no consta
level-both-same = ambos iguales
level-both-alike = ambos, con un desliz
level-swapped = ambos, en el otro orden
level-one-same = el que ambas dan
level-one-alike = el que ambas dan, con un desliz
level-one-crossed = el primero de una es el segundo de la otra
level-first-only = el primero; los segundos difieren
level-second-only = el segundo; los primeros difieren
level-crossed-only = uno, en otro lugar; el resto difiere
level-turned = nombre y apellido cambiados de lugar
level-all-same = todos iguales
level-only-same = el único, igual
level-alike = parecido
level-initials = por iniciales
level-nickname = por formas cortas
level-first-same = el primero igual; una parte no da más
level-later-same = uno posterior igual; una parte no da más
level-some-alike = algunos, con un desliz
level-some-short = una forma corta o inicial; una parte no da más
level-partly = algunos; el resto difiere
level-differs = distinto
level-all-alike = todas, con deslices
level-most-same = dos o más iguales; una parte no da más
level-most-alike = dos o más, con deslices
level-one-only = una; una parte no da más
level-one-differs = tres o más; una palabra difiere
level-two-shared = dos; una palabra difiere
level-several-differ = dos o más; varias difieren
level-one-shared = una; el resto difiere
level-same = igual
level-same-rare = igual, poco común
level-same-common = igual, común
level-one-slip = un desliz
level-neighbours = números vecinos
level-day-month-swapped = día y mes cambiados
level-two-of-three = dos de día, mes y año
level-year = el año; una parte no da más
level-near = cercano
level-same-rare-day = el mismo día, poco común
level-same-day = el mismo día
level-same-day-of-many = el mismo día, de muchas personas
level-5-days = en 5 días
level-31-days = en 31 días
level-first-word = la primera palabra
level-crossed = en la otra columna
link-sure = Qué tan seguros son los pares
link-sure-note = Pares guardados según su probabilidad de ser una persona. Muchos en el medio quieren decir que las columnas dicen poco.
link-rows = filas: { $n }
link-rows-more = filas: más de { $n }, hasta { $most }
link-split = Cadenas partidas en un eslabón débil
link-split-note = Pares con la probabilidad de unión que no se siguieron, porque entre todas las filas de las dos personas la evidencia está en contra: el más fuerte entre cada dos personas.
link-split-pair = par
link-split-p = p del par
link-split-bits = bits del par
link-split-between = bits medios entre las dos personas
link-split-rows = filas de las dos
link-split-contradict = se contradicen
link-split-found = Cadenas que se partieron en un eslabón débil: { $n }. Son pares fuertes por sí solos, y las filas que unirían hablan en contra (--report y --json los nombran)

# Una muestra de pares que miran personas.
sample-drawn = { $n ->
    [one] se escribió un par en `{ $file }`; llene su columna `same` con sí, no o dudoso, y luego: habeas link --sampled `{ $file }`
   *[other] se escribieron { $count } pares en `{ $file }`; llene su columna `same` con sí, no o dudoso, y luego: habeas link --sampled `{ $file }`
}
sample-of = { $answered } pares mirados, de { $pairs } pares guardados
sample-precision = precisión (de los pares unidos, los que son una persona)
sample-recall = exhaustividad (de los pares guardados que son una persona, los que se unen)
sample-within = { $at } (95 %: { $low } a { $high })
sample-none = no se miró ningún par así
sample-open = { $n ->
    [one] un par no tiene respuesta todavía
   *[other] { $count } pares no tienen respuesta todavía
}
sample-unsure = { $n ->
    [one] un par no se puede decidir, y se deja fuera
   *[other] { $count } pares no se pueden decidir, y se dejan fuera
}
sample-unseen = Los pares que ninguna clave juntó no están en la muestra: la exhaustividad no los cuenta.
