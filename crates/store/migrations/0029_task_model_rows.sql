-- Who is responsible follows from the order of the assignees.

{anew task_index task_link}
