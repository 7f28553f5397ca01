//! Types of tasks: a project's list, and the type of a task.

use crate::world::World;
use expect_test::expect;

fn board() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_project id=$eng key=ENG name=Eng template=simple members=[@gina]
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
         carol> create_task id=%t1 project=$eng title=One
         carol> create_task id=%t2 project=$eng title=Two task_type=story",
    );
    world
}

#[test]
fn a_project_has_types_of_its_own() {
    board().check(
        r#"
        carol> change_types project=$eng types=[{"id":"task","icon":"check","colour":"blue"},{"id":"bug","icon":"bug","colour":"red"},{"id":"story","icon":"bookmark","colour":"green"},{"id":"epic","icon":"bolt","colour":"purple"}]
        carol> change_types project=$eng types=[{"id":"task","icon":"check","colour":"blue"}]
        carol> change_types project=$eng types=[{"id":"bug","name":"Defect","icon":"bug","colour":"orange","replaces":["story","epic"]},{"id":"task","icon":"check","colour":"blue"},{"id":"idea","name":" Idea ","icon":"bulb","colour":"grey"}]
        lilei> create_task id=%n project=$eng title=First
        lilei> create_task id=%m project=$eng title=Old task_type=epic
        lilei> create_task id=%k project=$eng title=None task_type=chore
        lilei> update_task task=%t2 task_type=bug
        lilei> update_task task=%t2 task_type=idea
        lilei> update_task task=%t2 task_type=chore
        carol> change_types project=$eng types=[{"id":"bug","icon":"bug","colour":"red","replaces":["task","story","epic"]}]
        carol> change_types project=$eng types=[]
        carol> change_types project=$eng types=[{"id":"Bug!","icon":"bug","colour":"red"}]
        carol> change_types project=$eng types=[{"id":"own","icon":"bug","colour":"red"}]
        carol> change_types project=$eng types=[{"id":"bug","icon":"bug","colour":"red","replaces":["bug"]}]
        lilei> change_types project=$eng types=[]
        lilei> change_types project=$hush types=[]
        "#,
        expect![[r#"
            carol> change_types project=$eng types=[{"id":"task","icon":"check","colour":"blue"},{"id":"bug","icon":"bug","colour":"red"},{"id":"story","icon":"bookmark","colour":"green"},{"id":"epic","icon":"bolt","colour":"purple"}]
              (nothing)
            carol> change_types project=$eng types=[{"id":"task","icon":"check","colour":"blue"}]
              ! conflict [types]: Tasks may be of the type bug; say which type takes them, in its replaces.
            carol> change_types project=$eng types=[{"id":"bug","name":"Defect","icon":"bug","colour":"orange","replaces":["story","epic"]},{"id":"task","icon":"check","colour":"blue"},{"id":"idea","name":" Idea ","icon":"bulb","colour":"grey"}]
              project:$eng types_changed {"project":$eng,"types":[{"colour":"orange","icon":"bug","id":"bug","name":"Defect","replaces":["story","epic"]},{"colour":"blue","icon":"check","id":"task"},{"colour":"grey","icon":"bulb","id":"idea","name":"Idea"}]}
            lilei> create_task id=%n project=$eng title=First
              project:$eng task_created {"task":{"created_by":@lilei,"followers":[@lilei],"id":%n,"key":"ENG-3","number":3,"priority":"none","project":$eng,"rank":"Y","state":"todo","title":"First","type":"bug"}}
            lilei> create_task id=%m project=$eng title=Old task_type=epic
              project:$eng task_created {"task":{"created_by":@lilei,"followers":[@lilei],"id":%m,"key":"ENG-4","number":4,"priority":"none","project":$eng,"rank":"Z","state":"todo","title":"Old","type":"bug"}}
            lilei> create_task id=%k project=$eng title=None task_type=chore
              ! invalid [type]: The project has no type chore; choose one of its types.
            lilei> update_task task=%t2 task_type=bug
              (nothing)
            lilei> update_task task=%t2 task_type=idea
              project:$eng task_changed {"changes":[{"field":"type","from":"story","to":"idea"}],"task":%t2}
            lilei> update_task task=%t2 task_type=chore
              ! invalid [type]: The project has no type chore; choose one of its types.
            carol> change_types project=$eng types=[{"id":"bug","icon":"bug","colour":"red","replaces":["task","story","epic"]}]
              ! conflict [types]: Tasks may be of the type idea; say which type takes them, in its replaces.
            carol> change_types project=$eng types=[]
              ! invalid [types]: types is empty; fill it in.
            carol> change_types project=$eng types=[{"id":"Bug!","icon":"bug","colour":"red"}]
              ! invalid [types]: The id of a type is 1 to 40 of a-z, 0-9 and underscore.
            carol> change_types project=$eng types=[{"id":"own","icon":"bug","colour":"red"}]
              ! invalid [types]: types is empty; fill it in.
            carol> change_types project=$eng types=[{"id":"bug","icon":"bug","colour":"red","replaces":["bug"]}]
              ! invalid [types]: Two types have the id bug; make them differ.
            lilei> change_types project=$eng types=[]
              ! forbidden: Only the project's lead, its creator or an administrator can do this.
            lilei> change_types project=$hush types=[]
              ! not_found: There is no such project.
        "#]],
    );
}

#[test]
fn tasks_have_a_type_and_a_day_to_start_on() {
    board().check(
        r#"
        lilei> create_task id=%a project=$eng title=A task_type=bug start=2026-12-01 due="2026-11-25"
        lilei> update_task task=%a start=2026-11-20 task_type=task
        lilei> update_task task=%a start=2026-11-20 task_type=task
        lilei> update_task task=%a start=null
        "#,
        expect![[r#"
            lilei> create_task id=%a project=$eng title=A task_type=bug start=2026-12-01 due="2026-11-25"
              project:$eng task_created {"task":{"created_by":@lilei,"due":"2026-11-25","followers":[@lilei],"id":%a,"key":"ENG-3","number":3,"priority":"none","project":$eng,"rank":"Y","start":"2026-12-01","state":"todo","title":"A","type":"bug"}}
            lilei> update_task task=%a start=2026-11-20 task_type=task
              project:$eng task_changed {"changes":[{"field":"type","from":"bug","to":"task"},{"field":"start","from":"2026-12-01","to":"2026-11-20"}],"task":%a}
            lilei> update_task task=%a start=2026-11-20 task_type=task
              (nothing)
            lilei> update_task task=%a start=null
              project:$eng task_changed {"changes":[{"field":"start","from":"2026-11-20"}],"task":%a}
        "#]],
    );
}
