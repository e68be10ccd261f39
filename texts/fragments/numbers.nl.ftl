### Hoe de organisatie antwoordt, in cijfers die iedereen mag lezen.

nav-numbers = Onze cijfers
numbers-title = Hoe wij antwoorden, in cijfers
numbers-lead = Hier ziet u hoeveel mensen ons iets vragen over hun gegevens en hoe snel zij antwoord krijgen. Niemand is te herkennen.
numbers-year = { $year } als geheel
numbers-quarter = { $year }, { $quarter ->
    [1] januari tot en met maart
    [2] april tot en met juni
    [3] juli tot en met september
   *[4] oktober tot en met december
}
numbers-right = Wat mensen vroegen
numbers-together = Meer soorten samen
numbers-all = Alles samen
numbers-received = Ontvangen
numbers-answered = Beantwoord
numbers-on-time = Op tijd
numbers-median = De helft kreeg antwoord binnen
numbers-extended = Duurde langer
numbers-withdrawn = Ingetrokken
numbers-days = { $days ->
    [one] { $days } dag
   *[other] { $days } dagen
}
numbers-few = te weinig om te zeggen
numbers-none = Er is nog niets te tonen. Wij vertellen over drie maanden als die voorbij zijn, en alleen als ten minste { $least } mensen iets vroegen.
numbers-how = Zo tellen wij
numbers-how-received = Een verzoek telt mee in de maanden waarin het bij ons kwam, ook per telefoon of brief.
numbers-how-answered = Een nee met een reden is ook een antwoord. Wie nog wacht, telt alleen als ontvangen.
numbers-how-on-time = Op tijd is: uiterlijk op de laatste dag die de wet ons geeft. Tijd die wij op u moesten wachten, telt niet mee. Een verzoek is te laat als zijn dag voorbij is, ook als het nog wacht.
numbers-how-extended = De wet geeft ons twee maanden extra als het lastig is. Dat zeggen wij binnen de eerste maand. Dan geldt de nieuwe dag.
numbers-how-withdrawn = Een verzoek dat iemand introk, telt als ontvangen. Het is niet op tijd en niet te laat.
numbers-how-few = Wij tonen niets over minder dan { $least } verzoeken. Die staan samen met andere, of het hele jaar staat samen.
numbers-counted = Geteld op { $date }, een keer per dag.
numbers-json = Hetzelfde voor programma’s (JSON)
