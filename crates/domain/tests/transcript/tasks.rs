//! Tasks: created, changed field by field, moved, followed, deleted.

use crate::world::World;
use expect_test::expect;
use tenon_domain::refusal::Refusal;

fn board() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_project id=$eng key=ENG name=Eng template=simple members=[@gina]
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
         carol> create_task id=%t1 project=$eng title=One
         carol> create_task id=%t2 project=$eng title=Two
         carol> create_task id=%t3 project=$eng title=Three
         carol> create_task id=%h1 project=$hush title=Hidden",
    );
    world
}

#[test]
fn tasks_are_created() {
    board().check(
        r#"
        gina> create_task id=%a project=$eng title=" Guests work too " description="As *typed* " assignees=[@lilei,@gina,@lilei] priority=high labels=["ui"," ui ","bug"] due="2026-11-25" estimate=2.5 parent=%t1
        lilei> create_task id=%b project=$eng title=Done state=done
        lilei> create_task id=%a project=$eng title=Again
        lilei> create_task id=%c project=$hush title=Outside
        lilei> create_task id=%c project=$nothing title=Outside
        lilei> create_task id=%c project=$eng title="  "
        lilei> create_task id=%c project=$eng title="two\nlines"
        lilei> create_task id=%c project=$eng title=C description="bell\u0007"
        lilei> create_task id=%c project=$eng title=C state=limbo
        lilei> create_task id=%c project=$eng title=C assignees=[@nobody]
        carol> create_task id=%c project=$hush title=C assignees=[@lilei]
        lilei> create_task id=%c project=$eng title=C labels=[""]
        lilei> create_task id=%c project=$eng title=C estimate=-1
        lilei> create_task id=%c project=$eng title=C parent=%h1
        lilei> create_task id=%c project=$eng title=C parent=%nothing
        "#,
        expect![[r#"
            gina> create_task id=%a project=$eng title=" Guests work too " description="As *typed* " assignees=[@lilei,@gina,@lilei] priority=high labels=["ui"," ui ","bug"] due="2026-11-25" estimate=2.5 parent=%t1
              project:$eng task_created {"task":{"assignees":[@lilei,@gina],"created_by":@gina,"description":"As *typed* ","due":"2026-11-25","estimate":2.5,"followers":[@gina,@lilei],"id":%a,"key":"ENG-4","labels":["ui","bug"],"number":4,"parent":%t1,"priority":"high","project":$eng,"rank":"Z","state":"todo","title":"Guests work too"}}
            lilei> create_task id=%b project=$eng title=Done state=done
              project:$eng task_created {"task":{"closed_at":"2025-11-22T08:26:59Z","created_by":@lilei,"followers":[@lilei],"id":%b,"key":"ENG-5","number":5,"priority":"none","project":$eng,"rank":"a","state":"done","title":"Done"}}
            lilei> create_task id=%a project=$eng title=Again
              ! already_exists [id]: This id is taken; choose a new one.
            lilei> create_task id=%c project=$hush title=Outside
              ! not_found: There is no such project.
            lilei> create_task id=%c project=$nothing title=Outside
              ! not_found: There is no such project.
            lilei> create_task id=%c project=$eng title="  "
              ! invalid [title]: title is empty; fill it in.
            lilei> create_task id=%c project=$eng title="two\nlines"
              ! invalid [title]: title contains a control character or line break; take it out.
            lilei> create_task id=%c project=$eng title=C description="bell\u0007"
              ! invalid [description]: description contains a control character or line break; take it out.
            lilei> create_task id=%c project=$eng title=C state=limbo
              ! invalid [state]: The workflow has no state limbo; choose one of its states.
            lilei> create_task id=%c project=$eng title=C assignees=[@nobody]
              ! invalid [assignees]: @nobody is not active or cannot see this project; add them to it first.
            carol> create_task id=%c project=$hush title=C assignees=[@lilei]
              ! invalid [assignees]: @lilei is not active or cannot see this project; add them to it first.
            lilei> create_task id=%c project=$eng title=C labels=[""]
              ! invalid [labels]: labels is empty; fill it in.
            lilei> create_task id=%c project=$eng title=C estimate=-1
              ! invalid [estimate]: An estimate is a number from 0 to 1,000,000.
            lilei> create_task id=%c project=$eng title=C parent=%h1
              ! not_found [parent]: There is no such task.
            lilei> create_task id=%c project=$eng title=C parent=%nothing
              ! not_found [parent]: There is no such task.
        "#]],
    );
}

#[test]
fn fields_have_sizes() {
    let mut world = board();
    let mut create =
        |rest: &str| world.run(&format!("carol> create_task id=%c project=$eng {rest}"));
    let title = |chars: usize| format!("title={}", "字".repeat(chars));
    assert_eq!(
        create(&title(251)),
        Err(Refusal::TooLong {
            field: "title",
            chars_max: 250
        })
    );
    let description = format!("title=C description={}", "x".repeat(64 * 1024 + 1));
    assert_eq!(
        create(&description),
        Err(Refusal::TooLarge {
            field: "description",
            bytes_max: 64 * 1024
        })
    );
    let labels: Vec<String> = (0..31).map(|label| format!("\"{label}\"")).collect();
    let labels = format!("title=C labels=[{}]", labels.join(","));
    assert_eq!(
        create(&labels),
        Err(Refusal::TooMany {
            field: "labels",
            max: 30
        })
    );
    let assignees: Vec<String> = (0..21).map(|member| format!("@m{member}")).collect();
    let assignees = format!("title=C assignees=[{}]", assignees.join(","));
    assert_eq!(
        create(&assignees),
        Err(Refusal::TooMany {
            field: "assignees",
            max: 20
        })
    );
    assert!(create(&title(250)).is_ok());
}

#[test]
fn tasks_change_field_by_field() {
    board().check(
        r#"
        lilei> update_task task=%t1 title=" First " state=doing assignees=[@bob,@lilei] priority=urgent labels=["a"] due="2026-11-25T07:00:00Z" estimate=1
        lilei> update_task task=%t1 title=First state=doing assignees=[@bob,@lilei] priority=urgent labels=["a"] due="2026-11-25T07:00:00Z" estimate=1
        lilei> update_task task=%t1 due=null estimate=null assignees=[@lilei]
        lilei> update_task task=%t1 description=new description_from=""
        lilei> update_task task=%t1 description=newer description_from=old
        lilei> update_task task=%t1 description=newest
        lilei> update_task task=%t1 title=""
        lilei> update_task task=%t1 state=limbo title=Unwritten
        lilei> update_task task=%t1 assignees=[@nobody]
        lilei> update_task task=%h1 title=Seen
        lilei> update_task task=%nothing title=Seen
        gina> update_task task=%t1 priority=low
        "#,
        expect![[r#"
            lilei> update_task task=%t1 title=" First " state=doing assignees=[@bob,@lilei] priority=urgent labels=["a"] due="2026-11-25T07:00:00Z" estimate=1
              project:$eng task_changed {"changes":[{"field":"title","from":"One","to":"First"},{"field":"state","from":"todo","to":"doing"},{"field":"assignees","from":[],"to":[@bob,@lilei]},{"field":"followers","from":[@carol],"to":[@carol,@bob,@lilei]},{"field":"priority","from":"none","to":"urgent"},{"field":"labels","from":[],"to":["a"]},{"field":"due","to":"2026-11-25T07:00:00Z"},{"field":"estimate","to":1.0}],"task":%t1}
            lilei> update_task task=%t1 title=First state=doing assignees=[@bob,@lilei] priority=urgent labels=["a"] due="2026-11-25T07:00:00Z" estimate=1
              (nothing)
            lilei> update_task task=%t1 due=null estimate=null assignees=[@lilei]
              project:$eng task_changed {"changes":[{"field":"assignees","from":[@bob,@lilei],"to":[@lilei]},{"field":"due","from":"2026-11-25T07:00:00Z"},{"field":"estimate","from":1.0}],"task":%t1}
            lilei> update_task task=%t1 description=new description_from=""
              project:$eng task_changed {"changes":[{"field":"description","from":"","to":"new"}],"task":%t1}
            lilei> update_task task=%t1 description=newer description_from=old
              ! conflict [description]: The description was changed meanwhile; look at it and save again.
            lilei> update_task task=%t1 description=newest
              project:$eng task_changed {"changes":[{"field":"description","from":"new","to":"newest"}],"task":%t1}
            lilei> update_task task=%t1 title=""
              ! invalid [title]: title is empty; fill it in.
            lilei> update_task task=%t1 state=limbo title=Unwritten
              ! invalid [state]: The workflow has no state limbo; choose one of its states.
            lilei> update_task task=%t1 assignees=[@nobody]
              ! invalid [assignees]: @nobody is not active or cannot see this project; add them to it first.
            lilei> update_task task=%h1 title=Seen
              ! not_found: There is no such task.
            lilei> update_task task=%nothing title=Seen
              ! not_found: There is no such task.
            gina> update_task task=%t1 priority=low
              project:$eng task_changed {"changes":[{"field":"priority","from":"urgent","to":"low"}],"task":%t1}
        "#]],
    );
}

#[test]
fn whoever_left_stays_assigned_until_taken_off() {
    board()
        .given(
            "carol> update_task task=%t1 assignees=[@lilei]
             alice> deactivate_member member=@lilei",
        )
        .check(
            "
            carol> update_task task=%t1 assignees=[@lilei,@bob]
            carol> update_task task=%t1 assignees=[@bob]
            carol> update_task task=%t1 assignees=[@lilei]
            ",
            expect![[r#"
                carol> update_task task=%t1 assignees=[@lilei,@bob]
                  project:$eng task_changed {"changes":[{"field":"assignees","from":[@lilei],"to":[@lilei,@bob]},{"field":"followers","from":[@carol,@lilei],"to":[@carol,@lilei,@bob]}],"task":%t1}
                carol> update_task task=%t1 assignees=[@bob]
                  project:$eng task_changed {"changes":[{"field":"assignees","from":[@lilei,@bob],"to":[@bob]}],"task":%t1}
                carol> update_task task=%t1 assignees=[@lilei]
                  ! invalid [assignees]: @lilei is not active or cannot see this project; add them to it first.
            "#]],
        );
}

#[test]
fn parents_make_no_circles() {
    board().check(
        "
        carol> update_task task=%t2 parent=%t1
        carol> update_task task=%t3 parent=%t2
        carol> update_task task=%t1 parent=%t3
        carol> update_task task=%t1 parent=%t1
        carol> update_task task=%t1 parent=%h1
        carol> update_task task=%t3 parent=%t2
        carol> update_task task=%t3 parent=null
        carol> delete_task task=%t3
        carol> update_task task=%t2 parent=%t3
        ",
        expect![[r#"
            carol> update_task task=%t2 parent=%t1
              project:$eng task_changed {"changes":[{"field":"parent","to":%t1}],"task":%t2}
            carol> update_task task=%t3 parent=%t2
              project:$eng task_changed {"changes":[{"field":"parent","to":%t2}],"task":%t3}
            carol> update_task task=%t1 parent=%t3
              ! cyclic_parent [parent]: A task cannot be below itself; choose another parent.
            carol> update_task task=%t1 parent=%t1
              ! cyclic_parent [parent]: A task cannot be below itself; choose another parent.
            carol> update_task task=%t1 parent=%h1
              ! not_found [parent]: There is no such task.
            carol> update_task task=%t3 parent=%t2
              (nothing)
            carol> update_task task=%t3 parent=null
              project:$eng task_changed {"changes":[{"field":"parent","from":%t2}],"task":%t3}
            carol> delete_task task=%t3
              project:$eng task_deleted {"task":%t3}
            carol> update_task task=%t2 parent=%t3
              ! not_found [parent]: There is no such task.
        "#]],
    );
}

#[test]
fn parents_go_so_deep() {
    let mut world = board();
    world.given("carol> create_task id=%d1 project=$eng title=D");
    for depth in 2..=50 {
        let parent = depth - 1;
        world.given(&format!(
            "carol> create_task id=%d{depth} project=$eng title=D parent=%d{parent}"
        ));
    }
    world.given("carol> update_task task=%t2 parent=%t1").check(
        "
        carol> create_task id=%d51 project=$eng title=D parent=%d50
        carol> update_task task=%t1 parent=%d49
        carol> update_task task=%t1 parent=%d48
        ",
        expect![[r#"
            carol> create_task id=%d51 project=$eng title=D parent=%d50
              ! limit_reached [parent]: Sub-tasks go at most 50 levels deep; choose a higher parent.
            carol> update_task task=%t1 parent=%d49
              ! limit_reached [parent]: Sub-tasks go at most 50 levels deep; choose a higher parent.
            carol> update_task task=%t1 parent=%d48
              project:$eng task_changed {"changes":[{"field":"parent","to":%d48}],"task":%t1}
        "#]],
    );
}

#[test]
fn tasks_move_over_the_board() {
    board().check(
        "
        lilei> move_task task=%t3 before=%t1
        lilei> move_task task=%t3 before=%t1
        lilei> move_task task=%t3 after=%t1
        lilei> move_task task=%t3 after=%t1 before=%t2
        lilei> move_task task=%t1
        lilei> move_task task=%t2 state=doing
        lilei> move_task task=%t1 state=doing before=%t2
        lilei> move_task task=%t1 state=limbo
        lilei> move_task task=%t1 after=%h1
        lilei> move_task task=%t1 after=%t1
        lilei> move_task task=%t1 before=%nothing
        lilei> move_task task=%h1 state=done
        gina> move_task task=%t1 state=done
        ",
        expect![[r#"
            lilei> move_task task=%t3 before=%t1
              project:$eng task_changed {"changes":[{"field":"rank","from":"Y","to":"O"}],"task":%t3}
            lilei> move_task task=%t3 before=%t1
              (nothing)
            lilei> move_task task=%t3 after=%t1
              project:$eng task_changed {"changes":[{"field":"rank","from":"O","to":"WV"}],"task":%t3}
            lilei> move_task task=%t3 after=%t1 before=%t2
              (nothing)
            lilei> move_task task=%t1
              project:$eng task_changed {"changes":[{"field":"rank","from":"W","to":"XV"}],"task":%t1}
            lilei> move_task task=%t2 state=doing
              project:$eng task_changed {"changes":[{"field":"state","from":"todo","to":"doing"}],"task":%t2}
            lilei> move_task task=%t1 state=doing before=%t2
              project:$eng task_changed {"changes":[{"field":"state","from":"todo","to":"doing"},{"field":"rank","from":"XV","to":"P"}],"task":%t1}
            lilei> move_task task=%t1 state=limbo
              ! invalid [state]: The workflow has no state limbo; choose one of its states.
            lilei> move_task task=%t1 after=%h1
              ! not_found [after]: There is no such task.
            lilei> move_task task=%t1 after=%t1
              ! not_found [after]: There is no such task.
            lilei> move_task task=%t1 before=%nothing
              ! not_found [before]: There is no such task.
            lilei> move_task task=%h1 state=done
              ! not_found: There is no such task.
            gina> move_task task=%t1 state=done
              project:$eng task_changed {"changes":[{"field":"state","from":"doing","to":"done"}],"task":%t1}
        "#]],
    );
}

#[test]
fn tasks_of_one_rank_still_have_places_beside_them() {
    let mut world = board();
    world.given(
        "carol> move_task task=%t3 after=%t1
         carol> update_task task=%t3 state=doing
         carol> create_task id=%t4 project=$eng title=Four
         carol> move_task task=%t4 after=%t1
         carol> update_task task=%t3 state=todo
         carol> create_task id=%t5 project=$eng title=Five",
    );
    world.check(
        "carol> move_task task=%t5 after=%t3 before=%t4",
        expect![[r#"
        carol> move_task task=%t5 after=%t3 before=%t4
          project:$eng task_changed {"changes":[{"field":"rank","from":"a","to":"Wd"}],"task":%t5}
    "#]],
    );
}

#[test]
fn tasks_are_followed_and_deleted() {
    board().check(
        "
        lilei> follow_task task=%t1 follow=true
        lilei> follow_task task=%t1 follow=true
        lilei> follow_task task=%t1 follow=false
        lilei> follow_task task=%h1 follow=true
        lilei> delete_task task=%t1
        lilei> delete_task task=%h1
        bob> delete_task task=%h1
        carol> delete_task task=%t1
        carol> delete_task task=%t1
        carol> post_message id=!x task=%t1 text=hello
        bob> delete_task task=%t2
        ",
        expect![[r#"
            lilei> follow_task task=%t1 follow=true
              project:$eng task_changed {"changes":[{"field":"followers","from":[@carol],"to":[@carol,@lilei]}],"task":%t1}
            lilei> follow_task task=%t1 follow=true
              (nothing)
            lilei> follow_task task=%t1 follow=false
              project:$eng task_changed {"changes":[{"field":"followers","from":[@carol,@lilei],"to":[@carol]}],"task":%t1}
            lilei> follow_task task=%h1 follow=true
              ! not_found: There is no such task.
            lilei> delete_task task=%t1
              ! forbidden: Only the task's creator, the project's lead or an administrator deletes and restores a task.
            lilei> delete_task task=%h1
              ! not_found: There is no such task.
            bob> delete_task task=%h1
              ! not_found: There is no such task.
            carol> delete_task task=%t1
              project:$eng task_deleted {"task":%t1}
            carol> delete_task task=%t1
              ! deleted: The task was deleted; its creator, the project's lead or an administrator can restore it from the trash for 30 days.
            carol> post_message id=!x task=%t1 text=hello
              ! deleted: The task was deleted; its creator, the project's lead or an administrator can restore it from the trash for 30 days.
            bob> delete_task task=%t2
              project:$eng task_deleted {"task":%t2}
        "#]],
    );
}
