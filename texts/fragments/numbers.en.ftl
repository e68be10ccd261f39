### How the organisation answers, in numbers that anybody may read.

nav-numbers = Our numbers
numbers-title = How we answer, in numbers
numbers-lead = Here you see how many ask us about their information, and how fast they get an answer. Nobody can be recognised.
numbers-year = { $year } as a whole
numbers-quarter = { $year }, { $quarter ->
    [1] January to March
    [2] April to June
    [3] July to September
   *[4] October to December
}
numbers-right = What people asked for
numbers-together = Several kinds together
numbers-all = All together
numbers-received = Received
numbers-answered = Answered
numbers-on-time = On time
numbers-median = Half were answered within
numbers-extended = Took longer
numbers-withdrawn = Taken back
numbers-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
numbers-few = too few to say
numbers-none = There is nothing to show yet. We tell of three months when they are over, and only if at least { $least } people asked.
numbers-how = How we count
numbers-how-received = A request counts in the months in which it reached us, also by phone or letter.
numbers-how-answered = A refusal with reasons is an answer, too. Who still waits is counted as received only.
numbers-how-on-time = On time means: by the last day that the law gives us. Time that we had to wait for the person is not ours. A request counts as late when its day has passed, also while it still waits.
numbers-how-extended = The law gives us two more months for hard cases. We say so within the first month. Then the later day counts.
numbers-how-withdrawn = Requests that somebody took back count as received. They are neither on time nor late.
numbers-how-few = We show nothing about fewer than { $least } requests. They stand together with others, or the whole year stands together.
numbers-counted = Counted on { $date }, once a day.
numbers-json = The same for programs (JSON)
