-- The past begins with the first change; until then the task itself says what it was.

{anew task_past}
