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
        expect![""],
    );
}

#[test]
fn fields_have_sizes() {
    let mut world = board();
    let mut create = |rest: &str| world.run(&format!("carol> create_task id=%c project=$eng {rest}"));
    let title = |chars: usize| format!("title={}", "字".repeat(chars));
    assert_eq!(create(&title(251)), Err(Refusal::TooLong { field: "title", chars_max: 250 }));
    let description = format!("title=C description={}", "x".repeat(64 * 1024 + 1));
    assert_eq!(
        create(&description),
        Err(Refusal::TooLarge { field: "description", bytes_max: 64 * 1024 })
    );
    let labels: Vec<String> = (0..31).map(|label| format!("\"{label}\"")).collect();
    let labels = format!("title=C labels=[{}]", labels.join(","));
    assert_eq!(create(&labels), Err(Refusal::TooMany { field: "labels", max: 30 }));
    let assignees: Vec<String> = (0..21).map(|member| format!("@m{member}")).collect();
    let assignees = format!("title=C assignees=[{}]", assignees.join(","));
    assert_eq!(create(&assignees), Err(Refusal::TooMany { field: "assignees", max: 20 }));
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
        expect![""],
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
            expect![""],
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
        expect![""],
    );
}

#[test]
fn parents_go_so_deep() {
    let mut world = board();
    world.given("carol> create_task id=%d1 project=$eng title=1");
    for depth in 2..=10 {
        let parent = depth - 1;
        world.given(&format!(
            "carol> create_task id=%d{depth} project=$eng title={depth} parent=%d{parent}"
        ));
    }
    world.given("carol> update_task task=%t2 parent=%t1").check(
        "
        carol> create_task id=%d11 project=$eng title=11 parent=%d10
        carol> update_task task=%t1 parent=%d9
        carol> update_task task=%t1 parent=%d8
        ",
        expect![""],
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
        expect![""],
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
    world.check("carol> move_task task=%t5 after=%t3 before=%t4", expect![""]);
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
        expect![""],
    );
}
