### Iemand anders staat in voor een persoon: erheen, terug, en terug met lege handen.

sign-in-with = Inloggen met { $provider }
sign-in-again = Probeer het opnieuw met { $provider }
sign-in-other-way = Een andere manier
who-or = Of log in
who-vouched = { $provider } heeft ons verteld wie u bent. Wij hebben nog uw e-mailadres nodig voor het antwoord.
leaving-title = U bent onderweg
leaving-lead = U logt in met { $provider } en komt daarna hier terug. Wij zien uw wachtwoord en uw code niet.
not-vouched-kept = Wat u hier hebt geschreven, is bewaard.
not-vouched-declined-title = U hebt niet ingelogd
not-vouched-declined = { $provider } liet niemand binnen. Misschien bent u van gedachten veranderd. Er is niets gebeurd.
not-vouched-down-title = Nu even geen antwoord
not-vouched-down = Wij kunnen { $provider } niet bereiken. Dat ligt niet aan u. Probeer het over een paar minuten opnieuw, of kies een andere manier.
not-vouched-wrong-title = Wij konden het antwoord niet vertrouwen
not-vouched-wrong = { $provider } antwoordde, maar niet zoals het hoort. Daarom gebruikten wij het antwoord niet. Probeer het opnieuw. Gebeurt het nog eens? Laat het ons weten.
not-vouched-stale-title = Log nog een keer in
not-vouched-stale = U hebt meer dan vijf minuten geleden ingelogd met { $provider }. Wij vragen het nog een keer, voor het geval iemand anders nu uw computer gebruikt.
not-vouched-weak-title = U moet sterker inloggen
not-vouched-weak = U bent ingelogd met { $provider }, maar op een eenvoudige manier. Hiervoor moeten wij zekerder zijn. Kies daar de sterkste manier die u hebt.
not-vouched-lost-title = Wij zijn de draad kwijt
not-vouched-lost = Het duurde te lang, of u begon in een ander venster. Begin opnieuw.
not-vouched-nobody-title = Wij weten niet wie dit is
not-vouched-nobody = U bent ingelogd met { $provider }. Maar wij krijgen geen klantnummer en geen gecontroleerd e-mailadres. Kies een andere manier.
