### Somebody else vouches for a person: there, back, and back with empty hands.

sign-in-with = Sign in with { $provider }
sign-in-again = Try again with { $provider }
sign-in-other-way = Another way
who-or = Or sign in
who-vouched = { $provider } has told us who you are. We still need your email address for the answer.
leaving-title = You are on your way
leaving-lead = You sign in with { $provider } and come back here afterwards. We see neither your password nor your code.
not-vouched-kept = What you have written here is kept.
not-vouched-declined-title = You did not sign in
not-vouched-declined = { $provider } let nobody in. You may have changed your mind. Nothing has happened.
not-vouched-down-title = No answer just now
not-vouched-down = We cannot reach { $provider }. It is not your fault. Try again in a few minutes, or choose another way.
not-vouched-wrong-title = We could not trust the answer
not-vouched-wrong = { $provider } answered, but not as it should. So we did not use the answer. Try again. If it happens once more, tell us.
not-vouched-stale-title = Sign in once more
not-vouched-stale = You signed in with { $provider } more than five minutes ago. We ask once more, in case somebody else uses your computer now.
not-vouched-weak-title = You must sign in more securely
not-vouched-weak = You are signed in with { $provider }, but in a simple way. For this we must be more certain. Choose the strongest way you have there.
not-vouched-lost-title = We lost the thread
not-vouched-lost = It took too long, or you began in another window. Start again.
not-vouched-nobody-title = We do not know who this is
not-vouched-nobody = You are signed in with { $provider }. But it tells us neither a customer number nor an email address that is checked. Choose another way.
