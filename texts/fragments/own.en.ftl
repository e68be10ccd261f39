### Showing who one is with something one has set up oneself: a code app, a passkey, recovery codes.

own-title = Prove who you are more easily next time
own-lead = Set up a code app or a passkey. If we must be surer next time that it is you, that is enough.
own-settles = What you set up counts for requests that you send three days later or more. We tell you by email. If it was not you, there is time to stop it.
own-prove = Before you change anything, we check that it is you. We send a code to your email address.
own-list = What you have set up
own-app = Set up a code app
own-app-what = An app on your phone that shows a new code every half minute.
own-app-title = Set up your code app
own-app-beside-title = Another code app
own-app-beside = The app you have now stays until you remove it.
own-passkey-title = Make your passkey
own-codes-title = Your recovery codes
own-codes-lead = If you lose your phone or passkey, type one of these where we ask for the code from your app. Each code works once.
prove-app = Code from my app
prove-app-hint = Or a recovery code
prove-passkey = Passkey
prove-passkey-hint = Your fingerprint, face or PIN
use-app-title = Type the code from your app
use-app-hint = 6 digits, or a recovery code. Each code works once
use-passkey-title = Show with your passkey that it is you
use-passkey-other = Choose another way
mail-account-not-you-subject = Was it not you? Call or write to us at once. On the page of your case you can remove what was set up.
letter-account-changed = Mail that a key was changed
fact-factor-added = The person set up a key
fact-factor-removed = The person removed a key
fact-recovery-renewed = The person made new recovery codes
