### Hvordan virksomheten svarer, i tall som alle kan lese.

nav-numbers = Tallene våre
numbers-title = Hvordan vi svarer, i tall
numbers-lead = Her ser du hvor mange som spør oss om opplysningene sine, og hvor fort de får svar. Ingen kan kjennes igjen.
numbers-year = { $year } samlet
numbers-quarter = { $year }, { $quarter ->
    [1] januar til mars
    [2] april til juni
    [3] juli til september
   *[4] oktober til desember
}
numbers-right = Hva folk ba om
numbers-together = Flere slag samlet
numbers-all = Alt samlet
numbers-received = Mottatt
numbers-answered = Besvart
numbers-on-time = I tide
numbers-median = Halvparten fikk svar innen
numbers-extended = Tok lengre tid
numbers-withdrawn = Trukket tilbake
numbers-days = { $days ->
    [one] { $days } dag
   *[other] { $days } dager
}
numbers-few = for få til å si
numbers-none = Det er ikke noe å vise ennå. Vi forteller om tre måneder når de er over, og bare hvis minst { $least } har spurt.
numbers-how = Slik teller vi
numbers-how-received = En sak telles i de månedene den kom til oss, også på telefon eller i brev.
numbers-how-answered = Et nei med grunn er også et svar. Den som venter ennå, telles bare som mottatt.
numbers-how-on-time = I tide betyr: innen den siste dagen loven gir oss. Tid vi måtte vente på personen, er ikke vår. En sak er for sen når dagen er gått, også mens den venter.
numbers-how-extended = Loven gir oss to måneder til i vanskelige saker. Det sier vi fra om innen den første måneden. Da gjelder den nye dagen.
numbers-how-withdrawn = Saker som noen trakk tilbake, telles som mottatt. De er verken i tide eller for sene.
numbers-how-few = Vi viser ikke noe om færre enn { $least } saker. De står sammen med andre, eller hele året står samlet.
numbers-counted = Talt { $date }, en gang om dagen.
numbers-json = Det samme for programmer (JSON)
