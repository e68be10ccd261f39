### Letters.

# In every letter
mail-open = Open uw verzoek
mail-open-invitation = Kies een wachtwoord
mail-open-hold-review = Bekijk de bewaarplicht
mail-open-erasures-stopped = Bekijk het
mail-open-drift = Bekijk wat het is
mail-open-withdrawal-confirmed = Begin opnieuw
mail-open-asked-for-you = Ik wil het stoppen
mail-open-erasure-notice = Ik wil het stoppen
mail-open-recipient-notice = Antwoord ons
mail-open-code = Ga verder
mail-sign = Met vriendelijke groet, { $name }
mail-contact = U kunt deze e-mail beantwoorden, schrijven naar { $email } of bellen naar { $phone }.
mail-follow = Volg uw verzoek hier:
mail-whole-answer = Het hele antwoord staat hier:
mail-complain-short = U kunt altijd een klacht indienen bij { $authority }.
mail-complain = U kunt een klacht indienen bij { $authority }. U hoeft dat niet eerst aan ons te vragen.
mail-disagree = Bent u het niet eens? Vraag ons om opnieuw te kijken: schrijf naar { $email } en noem { $reference }.
mail-decided-subject = Wij hebben beslist over { $reference }

# 1 Code, and the links of "find my case"
mail-code-subject = Uw code is { $code }
mail-code-lead = U, of iemand anders, vulde uw adres in op de privacysite van { $name }. Hier is de code:
mail-code-until = De code werkt tot { $time } uur.
mail-code-not-you = Was u het niet? Dan kunt u deze e-mail negeren. Er gebeurt niets.
mail-links-subject = De link die u vroeg aan { $name }
mail-links-lead = Hier zijn uw verzoeken bij ons. Elke link werkt één keer, tot { $time }.

# 2 Received
mail-received-subject = Wij hebben uw verzoek { $reference } ontvangen
mail-received-lead = Wij hebben uw verzoek ontvangen. U krijgt uiterlijk { $date } antwoord. U hoeft nu niets te doen.

# 3 Question
mail-question-subject = Wij hebben u nodig – { $reference }
mail-question-lead = Wij werken aan uw verzoek, maar missen iets:
mail-question-by = Beantwoord deze e-mail uiterlijk { $date }.
mail-question-else = Horen wij niets, dan antwoorden wij met wat wij weten. U kunt altijd opnieuw vragen.

# 4 Longer
mail-longer-subject = Uw verzoek duurt langer – { $reference }
mail-longer-lead = Wij hebben meer tijd nodig. U krijgt nu uiterlijk { $date } antwoord. Dit is de reden:

# 5 Ready
mail-ready-subject = Uw antwoord staat klaar – { $reference }
mail-ready-lead = De kopie die u vroeg, staat klaar tot { $date }.
mail-ready-open = U kunt alles op de pagina lezen, of een bestand downloaden dat zonder internet werkt.

# Before an erasure
mail-notice-subject = Belangrijk over uw verzoek { $reference }
mail-notice-lead = Iemand heeft { $name } gevraagd uw gegevens te verwijderen.
mail-notice-you = Was u dat? Dan hoeft u niets te doen.
mail-notice-not-you = Was u het niet, of wilt u het toch niet? U kunt het stoppen tot { $moment }:

# 7 Answers
mail-done-all = Wij hebben alles verwijderd wat wij over u hadden.
mail-done-partly = Wij hebben verwijderd wat kan. Iets moeten wij nog even bewaren.
mail-done-none-deleted = Wij hebben nog niets verwijderd.
mail-done-backups = Uit onze reservekopieën is het uiterlijk { $date } weg.
mail-done-until = Wij bewaren het tot en met { $date }.
mail-done-review = Wij kijken er opnieuw naar op { $date }.
mail-refused-lead = Wij hebben niet gedaan wat u vroeg. Dit is de reden:

# Withdrawn
mail-withdrawn-subject = Uw verzoek { $reference } is ingetrokken
mail-withdrawn-lead = U hebt uw verzoek ingetrokken. Wij doen er niets meer mee. De gegevens blijven waar ze zijn.
mail-withdrawn-not-you = Wilt u toch verder, dan kunt u altijd opnieuw beginnen:

# 8 The rest is gone
mail-rest-subject = De rest is nu verwijderd
mail-rest-lead = Wij beloofden het te laten weten. Op { $date } verwijderden wij dit, dat wij na verzoek { $reference } moesten bewaren:
mail-rest-all = Van dat verzoek is niets meer over. U hoeft niets te doen.
mail-rest-more =
    { $remaining ->
        [one] Er blijft nog 1 soort over
       *[other] Er blijven nog { $remaining } soorten over
    }. Wij schrijven u als dat ook weg is.

# To a recipient
mail-recipient-person = U kent de persoon als: { $person }
mail-recipient-again = Wij schreven u hierover op { $date } en hebben nog geen antwoord.
mail-recipient-answer = Antwoord hier. U hebt geen account nodig. De link werkt 90 dagen.
question-identity = Wij weten niet zeker dat u het bent. Hoe kunnen wij dat controleren? U hoeft nooit een kopie van uw paspoort te sturen.

# To the owner of a system
mail-drift-subject = Er is iets veranderd in { $label }
mail-drift-lead = Vannacht hebben wij { $label } vergeleken met wat u ons erover hebt verteld. { $problems ->
    [one] Eén ding klopt niet.
   *[other] { $problems } dingen kloppen niet.
 }
mail-drift-do = Kijk ernaar. Tot dan kunnen wij gegevens van iemand missen.
mail-drift-left = Is het zo bedoeld? Schrijf op die pagina waarom. Dan krijgt u er geen e-mail meer over.

# Aan wie verantwoordelijk is voor een bewaarplicht
mail-review-subject = Bekijk bewaarplicht { $hold } opnieuw
mail-review-soon = Iemand moet bewaarplicht { $hold } opnieuw bekijken, uiterlijk { $date }.
mail-review-today = Iemand moet bewaarplicht { $hold } vandaag opnieuw bekijken.
mail-review-overdue = Iemand had bewaarplicht { $hold } uiterlijk { $date } opnieuw moeten bekijken.
mail-review-do = Is die nog nodig? Schrijf waarom en tot wanneer. Zo niet, vraag dan om die op te heffen.
mail-review-holds = Tot die tijd blijft die gelden. Wij herinneren u eraan.
