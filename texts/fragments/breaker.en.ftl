### The breaker of mass erasure: what staff are told, and the page where two of them let it go on.

mail-stopped-subject = Something was stopped: please look at it
mail-stopped-lead = The data of { $cases ->
    [one] one person was
   *[other] { $cases } people were
 } deleted within an hour. That is as much as you allow. Nothing is deleted until two people have looked.
mail-stopped-do = Is it an attack or a mistake? Then leave it stopped. If not, two of you can let it go on.
mail-stopped-waits = Nothing is lost meanwhile, and every deadline runs on.

erasures-title = Deleting
erasures-go = Data is deleted as planned. Nothing is stopped.
erasures-see = Look at it
erasures-stopped-since = All deleting has been stopped since { $moment }
erasures-stopped-cases = The data of { $cases ->
    [one] one person was
   *[other] { $cases } people were
 } deleted in the hour before. That is as much as you allow.
erasures-stopped-waiting = { $cases ->
    [0] Nothing waits yet.
    [one] One case waits.
   *[other] { $cases } cases wait.
 }
erasures-stopped-lost = Nothing is lost, and every deadline runs on. Two people can let it go on.
erasures-look = Is it an attack or a mistake? Look at the cases first. If you let it go on, all that waits is deleted.
erasures-why = Why may it go on? Name no person.
erasures-ask = Ask to let it go on
erasures-agree = Agree and let it go on
erasures-asked = { $name } wants it to go on
erasures-yours = You have asked. Someone else must agree.
erasures-others = The privacy lead and the data protection officer can let it go on.
