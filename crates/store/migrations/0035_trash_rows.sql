-- What was deleted before.

{anew task_trash}
