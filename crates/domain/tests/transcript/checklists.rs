//! Checklists: items added, changed, put in order, removed, made into sub-tasks.

use crate::world::World;
use expect_test::expect;
use tenon_domain::refusal::Refusal;

fn board() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_project id=$eng key=ENG name=Eng template=simple members=[@gina]
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
         carol> create_task id=%t1 project=$eng title=One
         carol> create_task id=%h1 project=$hush title=Hidden",
    );
    world
}

#[test]
fn items_are_added_changed_and_removed() {
    board().check(
        r#"
        gina> add_checklist_items task=%t1 items=[{"id":%a,"text":" Read "},{"id":%b,"text":"Write","done":true,"assignee":@lilei,"due":"2026-12-01"}]
        lilei> add_checklist_items task=%t1 items=[{"id":%a,"text":"Again"}]
        lilei> add_checklist_items task=%t1 items=[{"id":%c,"text":"Twice"},{"id":%c,"text":"Twice"}]
        lilei> add_checklist_items task=%t1 items=[]
        lilei> add_checklist_items task=%t1 items=[{"id":%c,"text":"  "}]
        lilei> add_checklist_items task=%t1 items=[{"id":%c,"text":"C","assignee":@nobody}]
        lilei> add_checklist_items task=%h1 items=[{"id":%c,"text":"C"}]
        lilei> update_checklist_item task=%t1 item=%a done=true
        lilei> update_checklist_item task=%t1 item=%a done=true
        lilei> update_checklist_item task=%t1 item=%a text="Read all" assignee=@bob due="2026-12-02"
        lilei> update_checklist_item task=%t1 item=%a assignee=null due=null
        lilei> update_checklist_item task=%t1 item=%a text="two\nlines"
        lilei> update_checklist_item task=%t1 item=%nothing done=true
        lilei> update_checklist_item task=%h1 item=%a done=true
        lilei> remove_checklist_item task=%t1 item=%a
        lilei> remove_checklist_item task=%t1 item=%a
        lilei> remove_checklist_item task=%h1 item=%a
        "#,
        expect![[r#"
            gina> add_checklist_items task=%t1 items=[{"id":%a,"text":" Read "},{"id":%b,"text":"Write","done":true,"assignee":@lilei,"due":"2026-12-01"}]
              project:$eng task_changed {"changes":[{"field":"item","item":%a,"to":{"id":%a,"rank":"V","text":"Read"}},{"field":"item","item":%b,"to":{"assignee":@lilei,"done":true,"due":"2026-12-01","id":%b,"rank":"VV","text":"Write"}},{"field":"followers","from":[@carol],"to":[@carol,@lilei]}],"task":%t1}
            lilei> add_checklist_items task=%t1 items=[{"id":%a,"text":"Again"}]
              ! already_exists [id]: This id is taken; choose a new one.
            lilei> add_checklist_items task=%t1 items=[{"id":%c,"text":"Twice"},{"id":%c,"text":"Twice"}]
              ! already_exists [id]: This id is taken; choose a new one.
            lilei> add_checklist_items task=%t1 items=[]
              ! invalid [items]: items is empty; fill it in.
            lilei> add_checklist_items task=%t1 items=[{"id":%c,"text":"  "}]
              ! invalid [text]: text is empty; fill it in.
            lilei> add_checklist_items task=%t1 items=[{"id":%c,"text":"C","assignee":@nobody}]
              ! invalid [assignees]: @nobody is not active or cannot see this project; add them to it first.
            lilei> add_checklist_items task=%h1 items=[{"id":%c,"text":"C"}]
              ! not_found: There is no such task.
            lilei> update_checklist_item task=%t1 item=%a done=true
              project:$eng task_changed {"changes":[{"field":"item","from":{"id":%a,"rank":"V","text":"Read"},"item":%a,"to":{"done":true,"id":%a,"rank":"V","text":"Read"}}],"task":%t1}
            lilei> update_checklist_item task=%t1 item=%a done=true
              (nothing)
            lilei> update_checklist_item task=%t1 item=%a text="Read all" assignee=@bob due="2026-12-02"
              project:$eng task_changed {"changes":[{"field":"item","from":{"done":true,"id":%a,"rank":"V","text":"Read"},"item":%a,"to":{"assignee":@bob,"done":true,"due":"2026-12-02","id":%a,"rank":"V","text":"Read all"}},{"field":"followers","from":[@carol,@lilei],"to":[@carol,@lilei,@bob]}],"task":%t1}
            lilei> update_checklist_item task=%t1 item=%a assignee=null due=null
              project:$eng task_changed {"changes":[{"field":"item","from":{"assignee":@bob,"done":true,"due":"2026-12-02","id":%a,"rank":"V","text":"Read all"},"item":%a,"to":{"done":true,"id":%a,"rank":"V","text":"Read all"}}],"task":%t1}
            lilei> update_checklist_item task=%t1 item=%a text="two\nlines"
              ! invalid [text]: text contains a control character or line break; take it out.
            lilei> update_checklist_item task=%t1 item=%nothing done=true
              ! not_found [item]: There is no such item in the checklist; it was removed.
            lilei> update_checklist_item task=%h1 item=%a done=true
              ! not_found: There is no such task.
            lilei> remove_checklist_item task=%t1 item=%a
              project:$eng task_changed {"changes":[{"field":"item","from":{"done":true,"id":%a,"rank":"V","text":"Read all"},"item":%a}],"task":%t1}
            lilei> remove_checklist_item task=%t1 item=%a
              (nothing)
            lilei> remove_checklist_item task=%h1 item=%a
              ! not_found: There is no such task.
        "#]],
    );
}

#[test]
fn items_have_an_order() {
    let mut world = board();
    world.given(
        r#"carol> add_checklist_items task=%t1 items=[{"id":%a,"text":"A"},{"id":%b,"text":"B"}]
        carol> add_checklist_items task=%t1 items=[{"id":%c,"text":"C"}]"#,
    );
    world.check(
        r#"
        lilei> update_checklist_item task=%t1 item=%c after=null
        lilei> update_checklist_item task=%t1 item=%c after=null
        lilei> update_checklist_item task=%t1 item=%c after=%c
        lilei> update_checklist_item task=%t1 item=%a after=%b
        lilei> update_checklist_item task=%t1 item=%a after=%b
        lilei> update_checklist_item task=%t1 item=%a after=%nothing
        "#,
        expect![[r#"
            lilei> update_checklist_item task=%t1 item=%c after=null
              project:$eng task_changed {"changes":[{"field":"item","from":{"id":%c,"rank":"Vd","text":"C"},"item":%c,"to":{"id":%c,"rank":"N","text":"C"}}],"task":%t1}
            lilei> update_checklist_item task=%t1 item=%c after=null
              (nothing)
            lilei> update_checklist_item task=%t1 item=%c after=%c
              (nothing)
            lilei> update_checklist_item task=%t1 item=%a after=%b
              project:$eng task_changed {"changes":[{"field":"item","from":{"id":%a,"rank":"V","text":"A"},"item":%a,"to":{"id":%a,"rank":"Vd","text":"A"}}],"task":%t1}
            lilei> update_checklist_item task=%t1 item=%a after=%b
              (nothing)
            lilei> update_checklist_item task=%t1 item=%a after=%nothing
              ! not_found [item]: There is no such item in the checklist; it was removed.
        "#]],
    );
}

#[test]
fn an_item_becomes_a_sub_task() {
    let mut world = board();
    world.given(
        r#"carol> add_checklist_items task=%t1 items=[{"id":%a,"text":"A","assignee":@lilei}]
        carol> update_checklist_item task=%t1 item=%a due="2026-12-01"
        carol> add_checklist_items task=%t1 items=[{"id":%b,"text":"B","done":true}]"#,
    );
    world.check(
        r#"
        lilei> make_subtask task=%t1 item=%a id=%t1
        lilei> make_subtask task=%t1 item=%nothing id=%s
        lilei> make_subtask task=%h1 item=%a id=%s
        lilei> make_subtask task=%t1 item=%a id=%s
        lilei> make_subtask task=%t1 item=%a id=%s2
        lilei> make_subtask task=%t1 item=%b id=%s3
        "#,
        expect![[r#"
            lilei> make_subtask task=%t1 item=%a id=%t1
              ! already_exists [id]: This id is taken; choose a new one.
            lilei> make_subtask task=%t1 item=%nothing id=%s
              ! not_found [item]: There is no such item in the checklist; it was removed.
            lilei> make_subtask task=%h1 item=%a id=%s
              ! not_found: There is no such task.
            lilei> make_subtask task=%t1 item=%a id=%s
              project:$eng task_created {"task":{"assignees":[@lilei],"created_by":@lilei,"due":"2026-12-01","followers":[@lilei],"id":%s,"key":"ENG-2","number":2,"parent":%t1,"priority":"none","project":$eng,"rank":"X","state":"todo","title":"A"}}
              project:$eng task_changed {"changes":[{"field":"item","from":{"assignee":@lilei,"due":"2026-12-01","id":%a,"rank":"V","text":"A"},"item":%a}],"task":%t1}
            lilei> make_subtask task=%t1 item=%a id=%s2
              ! not_found [item]: There is no such item in the checklist; it was removed.
            lilei> make_subtask task=%t1 item=%b id=%s3
              project:$eng task_created {"task":{"closed_at":"2025-11-22T08:27:01Z","created_by":@lilei,"followers":[@lilei],"id":%s3,"key":"ENG-3","number":3,"parent":%t1,"priority":"none","project":$eng,"rank":"Y","state":"done","title":"B"}}
              project:$eng task_changed {"changes":[{"field":"item","from":{"done":true,"id":%b,"rank":"VV","text":"B"},"item":%b}],"task":%t1}
        "#]],
    );
}

#[test]
fn a_checklist_has_a_size_and_an_end() {
    let mut world = board();
    let items: Vec<String> = (0..101)
        .map(|at| format!(r#"{{"id":%i{at},"text":"T"}}"#))
        .collect();
    let mut add = |items: &[String]| {
        let list = items.join(",");
        world.run(&format!(
            "carol> add_checklist_items task=%t1 items=[{list}]"
        ))
    };
    let too_many = Refusal::TooMany {
        field: "items",
        max: 100,
    };
    assert_eq!(add(&items), Err(too_many.clone()));
    assert!(add(&items[..100]).is_ok());
    assert_eq!(add(&items[100..]), Err(too_many));
    world.given("carol> update_project project=$eng archived=true");
    let line = "carol> update_checklist_item task=%t1 item=%i0 done=true";
    assert_eq!(world.run(line), Err(Refusal::ProjectArchived));
}
