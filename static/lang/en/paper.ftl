### On paper, beside the participants’ link: how to come in. Printed in every language at once.

paper-title = How to come in
paper-scan = Point your phone’s camera at the square, or type the address. You need no account and no app.
paper-name = Choose a name. A made-up one is fine, and it is erased when the meeting ends.
paper-door = Read the agreement, then wait at the door: a facilitator lets you in.
paper-silence = One voice is heard at a time. You may share, and you may simply listen.
paper-keep = Keep this page to yourself: whoever has the address can come to the door.
