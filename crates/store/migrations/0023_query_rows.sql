-- What the columns of the query language hold follows from the log, the past of a task above all.

{anew task_index task_text task_label task_follower task_past}
