### The agreement has changed: what is different, in the room and on the host page.

again-title = The agreement has changed
again-lead = Your place, your hand and your turn wait for you. Until you have read it you hear nobody, and nobody hears you.
again-changes = What is different
again-added = Added
again-removed = Removed
again-none = Its words are the ones that you have accepted before.
again-whole = Read the whole agreement
