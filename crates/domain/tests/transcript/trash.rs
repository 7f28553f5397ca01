//! Tasks put aside and brought back, and what the clock erases.

use crate::world::World;
use expect_test::expect;

/// carol made both projects, lilei sees the open one, bob made a task there.
fn board() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_project id=$eng key=ENG name=Eng
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
         carol> create_task id=%a project=$eng title=A
         bob> create_task id=%b project=$eng title=B
         carol> create_task id=%c project=$eng title=C
         carol> create_task id=%h project=$hush title=Hidden",
    );
    world
}

#[test]
fn what_is_archived_is_not_changed() {
    board().check(
        "
        lilei> archive_task task=%a
        lilei> archive_task task=%a
        lilei> archive_task task=%h
        lilei> update_task task=%a title=X
        lilei> move_task task=%a state=done
        lilei> move_task task=%b after=%a
        lilei> update_task task=%b parent=%a
        lilei> create_task id=%d project=$eng title=D parent=%a
        lilei> link_tasks task=%a kind=relates other=%b
        lilei> link_tasks task=%b kind=relates other=%a
        lilei> add_checklist_items task=%a items=[]
        lilei> post_message id=!x task=%a text=hello
        lilei> follow_task task=%a follow=true
        lilei> restore_task task=%a
        lilei> restore_task task=%a
        lilei> update_task task=%a title=X
        ",
        expect![[r#"
            lilei> archive_task task=%a
              project:$eng task_archived {"task":%a}
            lilei> archive_task task=%a
              (nothing)
            lilei> archive_task task=%h
              ! not_found: There is no such task.
            lilei> update_task task=%a title=X
              ! archived: The task is archived; restore it first.
            lilei> move_task task=%a state=done
              ! archived: The task is archived; restore it first.
            lilei> move_task task=%b after=%a
              ! not_found [after]: There is no such task.
            lilei> update_task task=%b parent=%a
              ! archived [parent]: The task is archived; restore it first.
            lilei> create_task id=%d project=$eng title=D parent=%a
              ! archived [parent]: The task is archived; restore it first.
            lilei> link_tasks task=%a kind=relates other=%b
              ! archived: The task is archived; restore it first.
            lilei> link_tasks task=%b kind=relates other=%a
              project:$eng task_changed {"changes":[{"field":"links","from":[],"to":[{"kind":"relates","task":%a}]}],"task":%b}
              project:$eng task_changed {"changes":[{"field":"links","from":[],"to":[{"kind":"relates","task":%b}]}],"task":%a}
            lilei> add_checklist_items task=%a items=[]
              ! archived: The task is archived; restore it first.
            lilei> post_message id=!x task=%a text=hello
              project:$eng message_posted {"message":{"author":@lilei,"id":!x,"task":%a,"text":"hello"}}
              project:$eng task_changed {"changes":[{"field":"followers","from":[@carol],"to":[@carol,@lilei]}],"task":%a}
            lilei> follow_task task=%a follow=true
              (nothing)
            lilei> restore_task task=%a
              project:$eng task_restored {"task":{"created_by":@carol,"followers":[@carol,@lilei],"id":%a,"key":"ENG-1","links":[{"kind":"relates","task":%b}],"number":1,"priority":"none","project":$eng,"rank":"W","state":"todo","title":"A"}}
            lilei> restore_task task=%a
              (nothing)
            lilei> update_task task=%a title=X
              project:$eng task_changed {"changes":[{"field":"title","from":"A","to":"X"}],"task":%a}
        "#]],
    );
}

#[test]
fn what_is_deleted_comes_back() {
    board().check(
        r#"
        bob> delete_task task=%b
        lilei> archive_task task=%b
        lilei> restore_task task=%b
        lilei> restore_task task=%h
        bob> restore_task task=%b
        carol> archive_task task=%b
        carol> delete_task task=%b
        bob> delete_task task=%b
        carol> move_task task=%a state=done
        carol> move_task task=%c state=done
        carol> change_workflow project=$eng states=[{"id":"new","name":"New","category":"todo"},{"id":"done","name":"Done","category":"done"}]
        bob> restore_task task=%b
        "#,
        expect![[r#"
            bob> delete_task task=%b
              project:$eng task_deleted {"task":%b}
            lilei> archive_task task=%b
              ! deleted: The task was deleted; its creator, the project's lead or an administrator can restore it from the trash for 30 days.
            lilei> restore_task task=%b
              ! forbidden: Only the task's creator, the project's lead or an administrator deletes and restores a task.
            lilei> restore_task task=%h
              ! not_found: There is no such task.
            bob> restore_task task=%b
              project:$eng task_restored {"task":{"created_by":@bob,"followers":[@bob],"id":%b,"key":"ENG-2","number":2,"priority":"none","project":$eng,"rank":"X","state":"todo","title":"B"}}
            carol> archive_task task=%b
              project:$eng task_archived {"task":%b}
            carol> delete_task task=%b
              ! forbidden: Only the task's creator, the project's lead or an administrator deletes and restores a task.
            bob> delete_task task=%b
              project:$eng task_deleted {"task":%b}
            carol> move_task task=%a state=done
              project:$eng task_changed {"changes":[{"field":"state","from":"todo","to":"done"}],"task":%a}
            carol> move_task task=%c state=done
              project:$eng task_changed {"changes":[{"field":"state","from":"todo","to":"done"}],"task":%c}
            carol> change_workflow project=$eng states=[{"id":"new","name":"New","category":"todo"},{"id":"done","name":"Done","category":"done"}]
              project:$eng workflow_changed {"project":$eng,"workflow":{"states":[{"category":"todo","id":"new","name":"New"},{"category":"done","id":"done","name":"Done"}]}}
            bob> restore_task task=%b
              project:$eng task_restored {"task":{"archived":true,"created_by":@bob,"followers":[@bob],"id":%b,"key":"ENG-2","number":2,"priority":"none","project":$eng,"rank":"X","state":"new","title":"B"}}
        "#]],
    );
}

#[test]
fn the_place_that_somebody_took_is_next_to_it() {
    board().check(
        "
        carol> create_task id=%d project=$eng title=D
        carol> move_task task=%c after=%a
        carol> archive_task task=%c
        carol> move_task task=%d after=%a
        carol> restore_task task=%c
        ",
        expect![[r#"
            carol> create_task id=%d project=$eng title=D
              project:$eng task_created {"task":{"created_by":@carol,"followers":[@carol],"id":%d,"key":"ENG-4","number":4,"priority":"none","project":$eng,"rank":"Z","state":"todo","title":"D"}}
            carol> move_task task=%c after=%a
              project:$eng task_changed {"changes":[{"field":"rank","from":"Y","to":"WV"}],"task":%c}
            carol> archive_task task=%c
              project:$eng task_archived {"task":%c}
            carol> move_task task=%d after=%a
              project:$eng task_changed {"changes":[{"field":"rank","from":"Z","to":"WV"}],"task":%d}
            carol> restore_task task=%c
              project:$eng task_restored {"task":{"created_by":@carol,"followers":[@carol],"id":%c,"key":"ENG-3","number":3,"priority":"none","project":$eng,"rank":"Wd","state":"todo","title":"C"}}
        "#]],
    );
}

#[test]
fn the_place_is_found_in_the_state_that_took_over() {
    board().check(
        r#"
        carol> create_task id=%d project=$eng title=D
        carol> move_task task=%c after=%a
        carol> move_task task=%c state=in_review
        carol> archive_task task=%c
        carol> move_task task=%d after=%a
        carol> change_workflow project=$eng states=[{"id":"todo","name":"To do","category":"todo"},{"id":"done","name":"Done","category":"done"}]
        carol> restore_task task=%c
        "#,
        expect![[r#"
            carol> create_task id=%d project=$eng title=D
              project:$eng task_created {"task":{"created_by":@carol,"followers":[@carol],"id":%d,"key":"ENG-4","number":4,"priority":"none","project":$eng,"rank":"Z","state":"todo","title":"D"}}
            carol> move_task task=%c after=%a
              project:$eng task_changed {"changes":[{"field":"rank","from":"Y","to":"WV"}],"task":%c}
            carol> move_task task=%c state=in_review
              project:$eng task_changed {"changes":[{"field":"state","from":"todo","to":"in_review"}],"task":%c}
            carol> archive_task task=%c
              project:$eng task_archived {"task":%c}
            carol> move_task task=%d after=%a
              project:$eng task_changed {"changes":[{"field":"rank","from":"Z","to":"WV"}],"task":%d}
            carol> change_workflow project=$eng states=[{"id":"todo","name":"To do","category":"todo"},{"id":"done","name":"Done","category":"done"}]
              project:$eng workflow_changed {"project":$eng,"workflow":{"states":[{"category":"todo","id":"todo","name":"To do"},{"category":"done","id":"done","name":"Done"}]}}
            carol> restore_task task=%c
              project:$eng task_restored {"task":{"created_by":@carol,"followers":[@carol],"id":%c,"key":"ENG-3","number":3,"priority":"none","project":$eng,"rank":"Wd","state":"todo","title":"C"}}
        "#]],
    );
}

#[test]
fn after_thirty_days_the_clock_erases() {
    let mut world = board();
    world.given(
        "bob> post_message id=!one task=%b text=one
         bob> delete_task task=%b",
    );
    world.check(
        "
        server:carol> erase_task task=%b messages=[!one]
        carol> erase_task task=%b messages=[!one]
        ",
        expect![[r#"
            server:carol> erase_task task=%b messages=[!one]
              (nothing)
            carol> erase_task task=%b messages=[!one]
              ! forbidden: Only the server itself does this.
        "#]],
    );
    world.later(31 * 24 * 60);
    world.check(
        "
        bob> restore_task task=%b
        server:carol> erase_task task=%b messages=[]
        server:carol> erase_task task=%b messages=[!one]
        server:carol> erase_task task=%b messages=[!one]
        bob> restore_task task=%b
        ",
        expect![[r#"
            bob> restore_task task=%b
              ! deleted: The task was deleted; its creator, the project's lead or an administrator can restore it from the trash for 30 days.
            server:carol> erase_task task=%b messages=[]
              (nothing)
            server:carol> erase_task task=%b messages=[!one]
              project:$eng task_erased {"messages":[!one],"task":%b,"until":0,"whole":true}
            server:carol> erase_task task=%b messages=[!one]
              (nothing)
            bob> restore_task task=%b
              ! deleted: The task was deleted; its creator, the project's lead or an administrator can restore it from the trash for 30 days.
        "#]],
    );
}
