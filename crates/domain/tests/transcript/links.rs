//! Links between tasks: from both sides, in no circle, across projects.

use crate::world::World;
use expect_test::expect;
use tenon_domain::refusal::Refusal;

/// carol sees both projects, lilei the open one alone.
fn board() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_project id=$eng key=ENG name=Eng
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
         carol> create_task id=%a project=$eng title=A
         carol> create_task id=%b project=$eng title=B
         carol> create_task id=%c project=$eng title=C
         carol> create_task id=%h project=$hush title=Hidden",
    );
    world
}

#[test]
fn tasks_are_linked_from_both_sides() {
    board().check(
        r#"
        lilei> link_tasks task=%a kind=blocks other=%b lag_days=2
        lilei> link_tasks task=%b kind=blocked_by other=%a lag_days=2
        lilei> link_tasks task=%b kind=blocked_by other=%a
        lilei> link_tasks task=%a kind=relates other=%b
        lilei> link_tasks task=%a kind=relates other=%b lag_days=1
        lilei> link_tasks task=%a kind=blocks other=%c lag_days=400
        lilei> link_tasks task=%a kind=blocks other=%a
        lilei> link_tasks task=%a kind=blocks other=%nothing
        lilei> unlink_tasks task=%b kind=blocked_by other=%a
        lilei> unlink_tasks task=%b kind=blocked_by other=%a
        lilei> unlink_tasks task=%nothing kind=relates other=%a
        "#,
        expect![[r#"
            lilei> link_tasks task=%a kind=blocks other=%b lag_days=2
              project:$eng task_changed {"changes":[{"field":"links","from":[],"to":[{"kind":"blocks","lag_days":2,"task":%b}]}],"task":%a}
              project:$eng task_changed {"changes":[{"field":"links","from":[],"to":[{"kind":"blocked_by","lag_days":2,"task":%a}]}],"task":%b}
            lilei> link_tasks task=%b kind=blocked_by other=%a lag_days=2
              (nothing)
            lilei> link_tasks task=%b kind=blocked_by other=%a
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"blocked_by","lag_days":2,"task":%a}],"to":[{"kind":"blocked_by","task":%a}]}],"task":%b}
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"blocks","lag_days":2,"task":%b}],"to":[{"kind":"blocks","task":%b}]}],"task":%a}
            lilei> link_tasks task=%a kind=relates other=%b
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"blocks","task":%b}],"to":[{"kind":"blocks","task":%b},{"kind":"relates","task":%b}]}],"task":%a}
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"blocked_by","task":%a}],"to":[{"kind":"blocked_by","task":%a},{"kind":"relates","task":%a}]}],"task":%b}
            lilei> link_tasks task=%a kind=relates other=%b lag_days=1
              ! invalid [lag_days]: lag_days must be from 0 to 0.
            lilei> link_tasks task=%a kind=blocks other=%c lag_days=400
              ! invalid [lag_days]: lag_days must be from 0 to 365.
            lilei> link_tasks task=%a kind=blocks other=%a
              ! invalid [other]: A task cannot be linked to itself; choose another.
            lilei> link_tasks task=%a kind=blocks other=%nothing
              ! not_found [other]: There is no such task.
            lilei> unlink_tasks task=%b kind=blocked_by other=%a
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"blocked_by","task":%a},{"kind":"relates","task":%a}],"to":[{"kind":"relates","task":%a}]}],"task":%b}
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"blocks","task":%b},{"kind":"relates","task":%b}],"to":[{"kind":"relates","task":%b}]}],"task":%a}
            lilei> unlink_tasks task=%b kind=blocked_by other=%a
              (nothing)
            lilei> unlink_tasks task=%nothing kind=relates other=%a
              ! not_found: There is no such task.
        "#]],
    );
}

#[test]
fn nothing_waits_for_itself() {
    let mut world = board();
    world.given(
        "carol> link_tasks task=%a kind=blocks other=%b
         carol> link_tasks task=%b kind=blocks other=%h
         carol> link_tasks task=%h kind=blocks other=%c",
    );
    world.check(
        r#"
        carol> link_tasks task=%b kind=blocks other=%a
        carol> link_tasks task=%c kind=blocks other=%a
        lilei> link_tasks task=%a kind=blocked_by other=%c
        lilei> link_tasks task=%c kind=relates other=%a
        "#,
        expect![[r#"
            carol> link_tasks task=%b kind=blocks other=%a
              ! cyclic_link [other]: This would be a circle: ENG-1 → ENG-2 → ENG-1; take one of these links away first.
            carol> link_tasks task=%c kind=blocks other=%a
              ! cyclic_link [other]: This would be a circle: ENG-1 → ENG-2 → HUSH-1 → ENG-3 → ENG-1; take one of these links away first.
            lilei> link_tasks task=%a kind=blocked_by other=%c
              ! cyclic_link [other]: This would be a circle: ENG-1 → ENG-2 → … → ENG-3 → ENG-1; take one of these links away first.
            lilei> link_tasks task=%c kind=relates other=%a
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"blocked_by","task":%h}],"to":[{"kind":"blocked_by","task":%h},{"kind":"relates","task":%a}]}],"task":%c}
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"blocks","task":%b}],"to":[{"kind":"blocks","task":%b},{"kind":"relates","task":%c}]}],"task":%a}
        "#]],
    );
}

#[test]
fn a_duplicate_is_closed_in_one_step() {
    board().check(
        r#"
        lilei> link_tasks task=%b kind=duplicates other=%a close=true
        lilei> link_tasks task=%a kind=duplicates other=%b
        lilei> link_tasks task=%c kind=duplicated_by other=%b
        carol> link_tasks task=%h kind=duplicates other=%a close=true
        "#,
        expect![[r#"
            lilei> link_tasks task=%b kind=duplicates other=%a close=true
              project:$eng task_changed {"changes":[{"field":"links","from":[],"to":[{"kind":"duplicates","task":%a}]},{"field":"state","from":"todo","to":"cancelled"}],"task":%b}
              project:$eng task_changed {"changes":[{"field":"links","from":[],"to":[{"kind":"duplicated_by","task":%b}]}],"task":%a}
            lilei> link_tasks task=%a kind=duplicates other=%b
              ! cyclic_link [other]: This would be a circle: ENG-1 → ENG-2 → ENG-1; take one of these links away first.
            lilei> link_tasks task=%c kind=duplicated_by other=%b
              project:$eng task_changed {"changes":[{"field":"links","from":[],"to":[{"kind":"duplicated_by","task":%b}]}],"task":%c}
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"duplicates","task":%a}],"to":[{"kind":"duplicates","task":%a},{"kind":"duplicates","task":%c}]}],"task":%b}
            carol> link_tasks task=%h kind=duplicates other=%a close=true
              project:$hush task_changed {"changes":[{"field":"links","from":[],"to":[{"kind":"duplicates","task":%a}]},{"field":"state","from":"todo","to":"done"}],"task":%h}
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"duplicated_by","task":%b}],"to":[{"kind":"duplicated_by","task":%b},{"kind":"duplicated_by","task":%h}]}],"task":%a}
        "#]],
    );
}

#[test]
fn a_link_to_what_one_does_not_see() {
    let mut world = board();
    world.given("carol> link_tasks task=%a kind=blocks other=%h");
    world.check(
        r#"
        lilei> link_tasks task=%b kind=blocks other=%h
        lilei> link_tasks task=%h kind=blocks other=%b
        lilei> link_tasks task=%a kind=blocks other=%h lag_days=3
        lilei> unlink_tasks task=%h kind=blocked_by other=%a
        lilei> unlink_tasks task=%a kind=blocks other=%h
        "#,
        expect![[r#"
            lilei> link_tasks task=%b kind=blocks other=%h
              ! not_found [other]: There is no such task.
            lilei> link_tasks task=%h kind=blocks other=%b
              ! not_found: There is no such task.
            lilei> link_tasks task=%a kind=blocks other=%h lag_days=3
              ! not_found [other]: There is no such task.
            lilei> unlink_tasks task=%h kind=blocked_by other=%a
              ! not_found: There is no such task.
            lilei> unlink_tasks task=%a kind=blocks other=%h
              project:$eng task_changed {"changes":[{"field":"links","from":[{"kind":"blocks","task":%h}],"to":[]}],"task":%a}
              project:$hush task_changed {"changes":[{"field":"links","from":[{"kind":"blocked_by","task":%a}],"to":[]}],"task":%h}
        "#]],
    );
}

#[test]
fn a_task_has_so_many_links() {
    let mut world = board();
    for at in 0..51 {
        world.given(&format!(
            "carol> create_task id=%n{at} project=$eng title=N"
        ));
    }
    let mut link = |at: usize| {
        world.run(&format!(
            "carol> link_tasks task=%n{at} kind=relates other=%a"
        ))
    };
    for at in 0..50 {
        assert!(link(at).is_ok());
    }
    let too_many = Refusal::TooMany {
        field: "links",
        max: 50,
    };
    assert_eq!(link(50), Err(too_many));
}
