### Pages of the demo.

# Pages of habeas demo
demo-strip = This is a demo. Nobody here exists.
demo-strip-start = Start
demo-strip-mail = Mail
demo-strip-clock = Clock
demo-title = Try habeas
demo-lead = Be the customer, the case handler and the authority. Everything is invented, but the databases are real.
demo-portal = For the customer
demo-portal-text = See or delete information.
demo-desk = The desk
demo-desk-text = Assess, approve, place holds.
demo-room = The reading room
demo-room-text = Check a case as the authority.
demo-mails-title = Mail that would have been sent
demo-mails-lead = Nothing leaves this machine.
demo-mails-none = No mail yet. Ask for a code and it will turn up here.
demo-mail-title = Mail: { $subject }
demo-mail-text = Codes and letters end up here.
demo-clock-title = The clock
demo-clock-text = Move time forward. Everything that has become due meanwhile is then done.
demo-clock-now = It is now <strong>{ $moment }</strong>.
demo-clock-done =
    { $units ->
        [one] Done. 1 thing was done.
       *[other] Done. { $units } things were done.
    }
demo-clock-next = The next thing is due { $moment }.
demo-clock-nothing = Nothing waits for the clock.
demo-clock-two-hours = Two hours
demo-clock-day = One day
demo-clock-three-days = Three days
demo-clock-month = One month
demo-clock-next-due = To the next due time
demo-clock-to = Go to a date
demo-clock-date = Date
demo-clock-go = Go there
demo-clock-about = What happens then?
demo-customers = Customers to be
demo-customer-ordinary = An ordinary customer, with something in every system.
demo-customer-cancelled = A cancelled order that was invoiced all the same: three dates.
demo-customer-dispute = A payment that is not settled.
demo-staff = Staff and authority
demo-staff-lead = Reload the page for a new code.
demo-code = Code now
demo-secret = Secret
