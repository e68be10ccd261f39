### Pages for the authority.

# Reading room of the authority
room-title = Reading room
room-lead = Here you see every case, what was done and why. People appear as codes, not names.
room-cases = Cases
room-person = Person
room-late = late
room-empty = No cases in this scope.
room-scope = What this visit covers
room-period = Period
room-everything = from the beginning until now
room-until = Open until
room-logged = Every page you open is logged.
room-case-title = Reading case { $reference }
room-bundle = Evidence bundle
room-bundle-lead = Timeline, deadlines, searches, decisions, letters and log in one file. It can be checked without us.
room-bundle-coming = The bundle is being made. Reload the page in a minute.
room-signature = Signature
room-key = Key fingerprint
room-sealed = Sealed
room-verify = Check it yourself
room-verify-sum = Is the file whole and unchanged?
room-verify-sign = Did we sign it?
room-verify-habeas = Do the contents and the log agree?
room-verify-not = The check shows that nothing changed after sealing. It does not show that everything was written down.
