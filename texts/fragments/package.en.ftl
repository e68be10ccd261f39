# The person's package, and the authority's evidence bundle.
package-title = The data { $organisation } holds about you
package-skip = Skip to the contents
package-intro = This folder holds the data { $organisation } has about you, as you asked in case { $reference }.
package-made = Put together on { $time } ({ $utc } UTC).
package-contents = Contents
package-count = Records
package-held = { $count ->
    [one] { $written } record.
   *[other] { $written } records.
}
package-period = From { $from } to { $to }.
package-purpose = What we use it for
package-source = Where we have it from
package-recipients = Who has received it
package-no-recipients = Nobody outside the organisation
package-legal-basis = Legal basis
package-keep-until = How long we keep it
package-files = As files:
package-csv = { $kind } as a table (CSV)
package-json = { $kind } for other programs (JSON)
package-record = { $number } of { $count }
package-open = Open: { $label }
package-unreadable = Could not be read in the system
package-empty = Left empty
package-nothing-title = We hold nothing here
package-nothing-text = We also looked for these kinds of data and found nothing about you.
package-systems = Where we looked
package-without = We found nothing here
package-silent = These did not answer
package-missing-title = What is missing
package-failed = These systems did not answer. We will send you the rest when they do:
package-withheld = This is left out, for this reason:
package-withheld-identity = We are not yet sure enough that it is you to hand this out. Reply to our email, and we will find a way to check.
package-not-portable = You did not give us this yourself, or we use it on another ground than consent or contract (Art. 20(1)). Ask for access to get it.
package-not-provided = These fields are our own (Art. 20(1)). Ask for access to get them.
package-next = What you can do now
package-rights = If something is wrong, you can ask us to correct it. You can also ask us to delete it, ask for a pause in its use (restriction), or say no to a use (object). You can complain to { $authority }.
package-contact = Ask { $organisation }: { $contact }
package-genuine = How anybody can check that the package is unchanged:
package-readme-open-title = HOW TO OPEN IT
package-readme-open = Unpack the ZIP file and open index.html in a browser. You need no network and no program.
package-readme-index = the overview; begin here
package-readme-csv = tables for a spreadsheet; codes are translated, and a cell that looks like a formula has ' before it
package-readme-json = the same data, exact, for other programs
package-readme-dictionary = what each field and each code means
package-readme-schema = the same as JSON Schema, for programs that check what they read
package-readme-card = contact details for an address book (vCard 4.0), if there are any
package-readme-files = pictures, recordings and documents
package-readme-complete = Nothing: every system answered, and nothing is left out.
package-readme-check-title = HOW TO CHECK THAT NOTHING WAS CHANGED
package-readme-check = Run these in the folder (the last one where the ZIP file is):
package-readme-contact-title = QUESTIONS
package-case = Case { $reference }
package-ways = In this package
package-overview = Overview
package-timeline = Timeline
package-pictures = Pictures
package-summary = { $count ->
    [0] We found no information about you.
    [one] We hold { $written } record about you.
   *[other] We hold { $written } records about you.
}
package-summary-period = The oldest date in them is { $from }, the latest { $to }.
package-complete = Nothing is missing: every system answered, and we left nothing out.
package-kinds = Kinds of data
package-sources = Systems they are in
package-file-count = Pictures and other files
package-timeline-way = Timeline: year by year
package-pictures-way = { $count ->
    [one] See { $written } picture
   *[other] See all { $written } pictures
}
package-parts-title = The package has several files
package-parts-text = Unpack all of them into the same folder. Otherwise some pictures and documents are missing.
package-records = The records
package-records-from = Records { $from } to { $to } of { $count }
package-jump = Go straight to
package-page = Page { $page } of { $pages }
package-before = Previous page
package-next-page = Next page
package-pages-above = Pages
package-pages-below = Pages, at the end
package-years = Years
package-all-years = All years
package-timeline-title = Your timeline
package-timeline-lead = Here is everything that has a date. Choose a year.
package-happened = { $count ->
    [one] { $written } date
   *[other] { $written } dates
}
package-year-title = The year { $year }
package-pictures-title = The pictures in the package
package-pictures-lead = { $count ->
    [one] { $written } picture. Choose it to see it large.
   *[other] { $written } pictures. Choose one to see it large.
}
package-picture-of = { $label } in record { $record }
package-clock = { $day } at { $clock }
package-yes = yes
package-no = no
package-holding = We found something here
package-readme-pages = the records, the timeline and the pictures
package-readme-tables-title = WHAT THE TABLES HOLD
package-month-1 = January
package-month-2 = February
package-month-3 = March
package-month-4 = April
package-month-5 = May
package-month-6 = June
package-month-7 = July
package-month-8 = August
package-month-9 = September
package-month-10 = October
package-month-11 = November
package-month-12 = December
package-authority-title = Evidence bundle: { $organisation }, case { $reference }
package-authority-intro = This bundle shows what happened in the case and can be checked without trusting the organisation.
package-authority-contents = CONTENTS
package-authority-documents = the case: timeline, request, identity, deadline, search, decision, response, recipients, retention
package-authority-events = an event as it was committed to the log
package-authority-proofs = proof that the event stands in the log
package-authority-checkpoint = the log's signed size and root
package-authority-keys = the keys, as copies: compare them with those you have already
package-authority-key = The bundle is signed with key { $hash } (SHA-256 of the 32 key bytes).
package-authority-step-file = The file is the one that was sent (bundle.pem is the key you have already):
package-authority-step-bag = Nothing in it was changed, removed or added:
package-authority-step-log = Every event stands in the log:
package-authority-step-habeas = Or everything at once:
download-parts = The copy comes in { $count } files. Download all of them and unpack them into the same folder. A download that stops can go on where it ended.
mail-reminder-subject = { $days ->
    [one] Your answer waits until tomorrow – { $reference }
   *[other] Your answer waits for { $days } more days – { $reference }
}
mail-reminder-lead = The copy you asked for has not been downloaded yet. It waits for you until { $date }:
mail-reminder-after = After that we delete the copy, to protect you. You keep your right. You can ask for a new copy at any time, and it is free.
letter-package-reminder = Mail that the copy is deleted soon
fact-package-reminded = Somebody was reminded of the copy
