### When a planned room meets: for who comes before the doors open, and after a meeting. Fetched when it is wanted.

dates-opens = The doors open on { $when }.
dates-begins = The meeting begins at { $time }.
dates-zone = By the clock of { $zone }: { $when }.
dates-waits = Leave this page open, and it goes on by itself. Or close it, and open your link again then.
dates-none = No more meetings are planned here. If there is to be another one, the person who invited you knows about it.
dates-next = The next meeting is on { $when }.
dates-calendar = Keep it in your calendar
dates-calendar-text = Calendars are often seen by others, and copied to other companies. So the entry is called “Lingkar” and nothing else.
dates-all = All { $count } dates that are planned
dates-link = With my link
dates-link-text = Whoever can see the entry can then use it, too.
dates-save = Save the calendar file
dates-saved = Saved: open the file with your calendar.
dates-leave = Leave
refused-early = The doors are not open yet.
