### Tonen wie men is met wat men zelf heeft ingesteld: een code-app, een passkey, herstelcodes.

own-title = Toon de volgende keer makkelijker wie u bent
own-lead = Stel een code-app of een passkey in. Moeten wij de volgende keer zekerder weten dat u het bent, dan is dat genoeg.
own-settles = Wat u instelt, telt voor verzoeken die u drie dagen later of nog later verstuurt. Wij melden het per e-mail. Was u het niet, dan hebt u tijd om het tegen te houden.
own-prove = Voor u iets wijzigt, controleren wij dat u het bent. Wij sturen een code naar uw e-mailadres.
own-list = Dit hebt u ingesteld
own-app = Een code-app instellen
own-app-what = Een app op uw telefoon die elke halve minuut een nieuwe code toont.
own-app-title = Stel uw code-app in
own-app-beside-title = Nog een code-app
own-app-beside = De app die u nu hebt, werkt tot u die verwijdert.
own-passkey-title = Maak uw passkey
own-codes-title = Uw herstelcodes
own-codes-lead = Raakt u uw telefoon of passkey kwijt, typ dan een van deze waar wij om de code uit de app vragen. Elke code werkt één keer.
prove-app = Code uit mijn app
prove-app-hint = Of een herstelcode
prove-passkey = Passkey
prove-passkey-hint = Uw vingerafdruk, gezicht of pincode
use-app-title = Typ de code uit uw app
use-app-hint = 6 cijfers, of een herstelcode. Elke code werkt één keer
use-passkey-title = Toon met uw passkey dat u het bent
use-passkey-other = Kies een andere manier
mail-account-not-you-subject = Was u het niet? Bel of schrijf ons meteen. Op de pagina van uw zaak kunt u weghalen wat is ingesteld.
letter-account-changed = E-mail dat een sleutel is gewijzigd
fact-factor-added = De persoon heeft een sleutel ingesteld
fact-factor-removed = De persoon heeft een sleutel weggehaald
fact-recovery-renewed = De persoon heeft nieuwe herstelcodes gemaakt
