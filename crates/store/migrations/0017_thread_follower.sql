-- 0002 told who follows a thread from the mentions of its day; the log tells it from what was said.
-- Where a mention was edited in or away before, the two differ. So it is made anew from the log.

{anew thread_follower}
