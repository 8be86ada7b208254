### Errors, and no network: put into the page by the server, each message on one line and without arguments.

error-offline-title = There is no network just now
error-offline-text = In a meeting your seat and your place in the queue are kept for you. As soon as there is a network, this page tries again by itself.
error-400-title = This could not be understood
error-400-text = Something is missing in the address, or in what was sent. Open your link once more, whole, to its last letter.
error-403-title = This is not open from here
error-403-text = It may need another link. Ask the person who sent you here.
error-404-title = There is no page here
error-404-text = Perhaps something is missing at the end of the address. Open your link once more, whole, to its last letter.
error-405-title = This does not work like that
error-405-text = Open the address once more, in the browser itself.
error-410-title = This is no longer here
error-410-text = It was taken away for good. Ask the person who invited you for a new link.
error-413-title = That was too long
error-413-text = Nothing has been stored. Make it shorter, then send it once more.
error-429-title = That was too often in a short time
error-429-text = Nothing is wrong with you or your link. Wait a minute, then try again.
error-500-title = That did not work
error-500-text = It was not your fault. Please try again in a moment.
error-503-title = Back in a moment
error-503-text = The server cannot answer just now. Wait a little, then try again.
error-again = Try again
error-home = To the front page
