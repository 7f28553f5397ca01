-- Which entries hold words of which message follows from the log.

{anew message_entry}
