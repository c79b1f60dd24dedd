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
how-sound = suena igual
how-slip = un desliz
how-nickname = forma corta
how-part = escrito aparte
how-initial = inicial
how-near = una letra de diferencia
find-unanswered = { $n } palabras escritas no están en el nombre
