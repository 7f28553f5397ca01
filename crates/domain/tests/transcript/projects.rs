//! Projects: made, given a workflow, joined and left.

use crate::world::World;
use expect_test::expect;

#[test]
fn projects_are_made() {
    World::new().given("alice> deactivate_member member=@robot").check(
        r#"
        carol> create_project id=$eng key=ENG name=" Engineering " template=simple
        lilei> create_project id=$hush key=HUSH name=悄悄 visibility=private lead=@carol members=[@gina,@lilei]
        carol> create_project id=$eng key=NEW name=New
        carol> create_project id=$new key=ENG name=New
        carol> create_project id=$new key=eng name=New
        carol> create_project id=$new key=E name=New
        carol> create_project id=$new key="1E" name=New
        carol> create_project id=$new key=ABCDEFGHIJK name=New
        carol> create_project id=$new key=NEW name=""
        carol> create_project id=$new key=NEW name=New lead=@nobody
        carol> create_project id=$new key=NEW name=New members=[@robot]
        gina> create_project id=$new key=NEW name=New
        "#,
        expect![[r#"
            carol> create_project id=$eng key=ENG name=" Engineering " template=simple
              members project_created {"project":{"created_by":@carol,"id":$eng,"key":"ENG","name":"Engineering","visibility":"public","workflow":{"states":[{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"doing","name":"Doing"},{"category":"done","id":"done","name":"Done"}]}}}
              project:$eng project_member_added {"member":@carol,"project":$eng}
            lilei> create_project id=$hush key=HUSH name=悄悄 visibility=private lead=@carol members=[@gina,@lilei]
              project:$hush project_created {"project":{"created_by":@lilei,"id":$hush,"key":"HUSH","lead":@carol,"name":"悄悄","visibility":"private","workflow":{"states":[{"category":"backlog","id":"backlog","name":"待规划"},{"category":"todo","id":"todo","name":"待办"},{"category":"doing","id":"in_progress","name":"进行中"},{"category":"doing","id":"in_review","name":"评审中"},{"category":"done","id":"done","name":"已完成"},{"category":"cancelled","id":"cancelled","name":"已取消"}]}}}
              project:$hush project_member_added {"member":@lilei,"project":$hush}
              inbox:@lilei project_gained {"project":{"created_by":@lilei,"id":$hush,"key":"HUSH","lead":@carol,"name":"悄悄","visibility":"private","workflow":{"states":[{"category":"backlog","id":"backlog","name":"待规划"},{"category":"todo","id":"todo","name":"待办"},{"category":"doing","id":"in_progress","name":"进行中"},{"category":"doing","id":"in_review","name":"评审中"},{"category":"done","id":"done","name":"已完成"},{"category":"cancelled","id":"cancelled","name":"已取消"}]}}}
              project:$hush project_member_added {"member":@gina,"project":$hush}
              inbox:@gina project_gained {"project":{"created_by":@lilei,"id":$hush,"key":"HUSH","lead":@carol,"name":"悄悄","visibility":"private","workflow":{"states":[{"category":"backlog","id":"backlog","name":"待规划"},{"category":"todo","id":"todo","name":"待办"},{"category":"doing","id":"in_progress","name":"进行中"},{"category":"doing","id":"in_review","name":"评审中"},{"category":"done","id":"done","name":"已完成"},{"category":"cancelled","id":"cancelled","name":"已取消"}]}}}
              project:$hush project_member_added {"member":@carol,"project":$hush}
              inbox:@carol project_gained {"project":{"created_by":@lilei,"id":$hush,"key":"HUSH","lead":@carol,"name":"悄悄","visibility":"private","workflow":{"states":[{"category":"backlog","id":"backlog","name":"待规划"},{"category":"todo","id":"todo","name":"待办"},{"category":"doing","id":"in_progress","name":"进行中"},{"category":"doing","id":"in_review","name":"评审中"},{"category":"done","id":"done","name":"已完成"},{"category":"cancelled","id":"cancelled","name":"已取消"}]}}}
            carol> create_project id=$eng key=NEW name=New
              ! already_exists [id]: This id is taken; choose a new one.
            carol> create_project id=$new key=ENG name=New
              ! already_exists [key]: Another project has the key ENG; choose another key.
            carol> create_project id=$new key=eng name=New
              ! invalid [key]: A key is 2 to 10 capital letters and digits, a letter first, like ENG.
            carol> create_project id=$new key=E name=New
              ! invalid [key]: A key is 2 to 10 capital letters and digits, a letter first, like ENG.
            carol> create_project id=$new key="1E" name=New
              ! invalid [key]: A key is 2 to 10 capital letters and digits, a letter first, like ENG.
            carol> create_project id=$new key=ABCDEFGHIJK name=New
              ! invalid [key]: A key is 2 to 10 capital letters and digits, a letter first, like ENG.
            carol> create_project id=$new key=NEW name=""
              ! invalid [name]: name is empty; fill it in.
            carol> create_project id=$new key=NEW name=New lead=@nobody
              ! not_found [lead]: There is no such member.
            carol> create_project id=$new key=NEW name=New members=[@robot]
              ! invalid [members]: This member is deactivated; reactivate them first.
            gina> create_project id=$new key=NEW name=New
              ! forbidden: Guests cannot do this; ask a member.
        "#]],
    );
}

fn two_projects() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_project id=$eng key=ENG name=Eng template=simple members=[@gina]
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
         carol> create_task id=%t1 project=$eng title=One",
    );
    world
}

#[test]
fn projects_change() {
    two_projects().check(
        r#"
        lilei> update_project project=$eng name=Mine
        lilei> update_project project=$hush name=Mine
        bob> update_project project=$hush name=Mine
        lilei> update_project project=$nothing name=Mine
        bob> update_project project=$eng name=Ours lead=@lilei
        lilei> update_project project=$eng description="All of it" lead=null
        lilei> update_project project=$eng description=More
        carol> update_project project=$eng description="All of it"
        carol> update_project project=$eng lead=@gina
        carol> update_project project=$hush lead=@lilei
        carol> update_project project=$hush lead=@nobody
        "#,
        expect![[r#"
            lilei> update_project project=$eng name=Mine
              ! forbidden: Only the project's lead, its creator or an administrator can do this.
            lilei> update_project project=$hush name=Mine
              ! not_found: There is no such project.
            bob> update_project project=$hush name=Mine
              ! not_found: There is no such project.
            lilei> update_project project=$nothing name=Mine
              ! not_found: There is no such project.
            bob> update_project project=$eng name=Ours lead=@lilei
              members project_changed {"project":{"created_by":@carol,"id":$eng,"key":"ENG","lead":@lilei,"name":"Ours","visibility":"public","workflow":{"states":[{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"doing","name":"Doing"},{"category":"done","id":"done","name":"Done"}]}}}
              inbox:@gina access_changed {}
            lilei> update_project project=$eng description="All of it" lead=null
              members project_changed {"project":{"created_by":@carol,"description":"All of it","id":$eng,"key":"ENG","name":"Ours","visibility":"public","workflow":{"states":[{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"doing","name":"Doing"},{"category":"done","id":"done","name":"Done"}]}}}
              inbox:@gina access_changed {}
            lilei> update_project project=$eng description=More
              ! forbidden: Only the project's lead, its creator or an administrator can do this.
            carol> update_project project=$eng description="All of it"
              (nothing)
            carol> update_project project=$eng lead=@gina
              members project_changed {"project":{"created_by":@carol,"description":"All of it","id":$eng,"key":"ENG","lead":@gina,"name":"Ours","visibility":"public","workflow":{"states":[{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"doing","name":"Doing"},{"category":"done","id":"done","name":"Done"}]}}}
              inbox:@gina access_changed {}
            carol> update_project project=$hush lead=@lilei
              ! invalid [lead]: The lead must see the project; add them to it first.
            carol> update_project project=$hush lead=@nobody
              ! not_found [lead]: There is no such member.
        "#]],
    );
}

#[test]
fn archived_projects_rest() {
    two_projects().check(
        "
        gina> update_project project=$eng archived=true
        carol> update_project project=$eng archived=true
        carol> update_project project=$eng name=New
        carol> create_task id=%t2 project=$eng title=Two
        carol> update_task task=%t1 title=New
        carol> move_task task=%t1 state=done
        carol> delete_task task=%t1
        carol> post_message id=!x task=%t1 text=hello
        carol> change_workflow project=$eng states=[]
        lilei> add_project_member project=$eng member=@lilei
        lilei> follow_task task=%t1 follow=true
        carol> update_project project=$eng archived=false name=New
        ",
        expect![[r#"
            gina> update_project project=$eng archived=true
              ! forbidden: Only the project's lead, its creator or an administrator can do this.
            carol> update_project project=$eng archived=true
              members project_changed {"project":{"archived":true,"created_by":@carol,"id":$eng,"key":"ENG","name":"Eng","visibility":"public","workflow":{"states":[{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"doing","name":"Doing"},{"category":"done","id":"done","name":"Done"}]}}}
              inbox:@gina access_changed {}
            carol> update_project project=$eng name=New
              ! archived: The project is archived; restore it first.
            carol> create_task id=%t2 project=$eng title=Two
              ! archived: The project is archived; restore it first.
            carol> update_task task=%t1 title=New
              ! archived: The project is archived; restore it first.
            carol> move_task task=%t1 state=done
              ! archived: The project is archived; restore it first.
            carol> delete_task task=%t1
              ! archived: The project is archived; restore it first.
            carol> post_message id=!x task=%t1 text=hello
              ! archived: The project is archived; restore it first.
            carol> change_workflow project=$eng states=[]
              ! archived: The project is archived; restore it first.
            lilei> add_project_member project=$eng member=@lilei
              ! archived: The project is archived; restore it first.
            lilei> follow_task task=%t1 follow=true
              project:$eng task_changed {"changes":[{"field":"followers","from":[@carol],"to":[@carol,@lilei]}],"task":%t1}
            carol> update_project project=$eng archived=false name=New
              members project_changed {"project":{"created_by":@carol,"id":$eng,"key":"ENG","name":"New","visibility":"public","workflow":{"states":[{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"doing","name":"Doing"},{"category":"done","id":"done","name":"Done"}]}}}
              inbox:@gina access_changed {}
        "#]],
    );
}

#[test]
fn workflows_change() {
    let state =
        |id: &str, category: &str| format!(r#"{{"id":"{id}","name":"N","category":"{category}"}}"#);
    let workflow = |states: &[String]| {
        format!(
            "carol> change_workflow project=$eng states=[{}]\n",
            states.join(",")
        )
    };
    let (todo, done) = (state("todo", "todo"), state("done", "done"));
    let lines = [
        workflow(&[todo.clone(), done.clone()]),
        workflow(&[todo.clone(), done.clone()]),
        workflow(&[state("open", "todo"), done.clone()]),
        workflow(&[todo.clone(), todo.clone(), done.clone()]),
        workflow(std::slice::from_ref(&todo)),
        workflow(&[state("todo", "doing"), done.clone()]),
        workflow(&[todo.clone(), state("Done!", "done")]),
        workflow(&[]),
        "lilei> change_workflow project=$eng states=[]\n".to_owned(),
        "lilei> change_workflow project=$hush states=[]\n".to_owned(),
    ];
    two_projects().check(&lines.concat(), expect![[r#"
        carol> change_workflow project=$eng states=[{"id":"todo","name":"N","category":"todo"},{"id":"done","name":"N","category":"done"}]
          project:$eng workflow_changed {"project":$eng,"workflow":{"states":[{"category":"todo","id":"todo","name":"N"},{"category":"done","id":"done","name":"N"}]}}
        carol> change_workflow project=$eng states=[{"id":"todo","name":"N","category":"todo"},{"id":"done","name":"N","category":"done"}]
          (nothing)
        carol> change_workflow project=$eng states=[{"id":"open","name":"N","category":"todo"},{"id":"done","name":"N","category":"done"}]
          ! conflict [states]: The state todo still has tasks; move them first.
        carol> change_workflow project=$eng states=[{"id":"todo","name":"N","category":"todo"},{"id":"todo","name":"N","category":"todo"},{"id":"done","name":"N","category":"done"}]
          ! invalid [states]: Two states have the id todo; make them differ.
        carol> change_workflow project=$eng states=[{"id":"todo","name":"N","category":"todo"}]
          ! invalid [states]: A workflow needs a state of the category done.
        carol> change_workflow project=$eng states=[{"id":"todo","name":"N","category":"doing"},{"id":"done","name":"N","category":"done"}]
          ! invalid [states]: A workflow needs a state to begin in, of the category backlog or todo.
        carol> change_workflow project=$eng states=[{"id":"todo","name":"N","category":"todo"},{"id":"Done!","name":"N","category":"done"}]
          ! invalid [states]: The id of a state is 1 to 40 of a-z, 0-9 and underscore.
        carol> change_workflow project=$eng states=[]
          ! invalid [states]: states is empty; fill it in.
        lilei> change_workflow project=$eng states=[]
          ! forbidden: Only the project's lead, its creator or an administrator can do this.
        lilei> change_workflow project=$hush states=[]
          ! not_found: There is no such project.
    "#]]);
}

#[test]
fn projects_are_joined_and_left() {
    two_projects().check(
        "
        lilei> add_project_member project=$eng member=@lilei
        lilei> add_project_member project=$eng member=@lilei
        lilei> add_project_member project=$eng member=@nobody
        robot> add_project_member project=$eng member=@bob
        bob> add_project_member project=$eng member=@alice
        gina> add_project_member project=$eng member=@robot
        gina> add_project_member project=$hush member=@gina
        bob> add_project_member project=$hush member=@bob
        carol> add_project_member project=$hush member=@lilei
        lilei> add_project_member project=$hush member=@gina
        lilei> remove_project_member project=$hush member=@gina
        carol> remove_project_member project=$hush member=@gina
        carol> remove_project_member project=$hush member=@gina
        lilei> remove_project_member project=$hush member=@lilei
        gina> remove_project_member project=$eng member=@gina
        lilei> remove_project_member project=$eng member=@lilei
        ",
        expect![[r#"
            lilei> add_project_member project=$eng member=@lilei
              project:$eng project_member_added {"member":@lilei,"project":$eng}
            lilei> add_project_member project=$eng member=@lilei
              (nothing)
            lilei> add_project_member project=$eng member=@nobody
              ! not_found [member]: There is no such member.
            robot> add_project_member project=$eng member=@bob
              ! not_a_member: Join the project first.
            bob> add_project_member project=$eng member=@alice
              project:$eng project_member_added {"member":@alice,"project":$eng}
            gina> add_project_member project=$eng member=@robot
              ! forbidden: Guests cannot do this; ask a member.
            gina> add_project_member project=$hush member=@gina
              ! not_found: There is no such project.
            bob> add_project_member project=$hush member=@bob
              ! not_found: There is no such project.
            carol> add_project_member project=$hush member=@lilei
              project:$hush project_member_added {"member":@lilei,"project":$hush}
              inbox:@lilei project_gained {"project":{"created_by":@carol,"id":$hush,"key":"HUSH","name":"Hush","visibility":"private","workflow":{"states":[{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"doing","name":"Doing"},{"category":"done","id":"done","name":"Done"}]}}}
            lilei> add_project_member project=$hush member=@gina
              project:$hush project_member_added {"member":@gina,"project":$hush}
              inbox:@gina project_gained {"project":{"created_by":@carol,"id":$hush,"key":"HUSH","name":"Hush","visibility":"private","workflow":{"states":[{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"doing","name":"Doing"},{"category":"done","id":"done","name":"Done"}]}}}
            lilei> remove_project_member project=$hush member=@gina
              ! forbidden: Only the project's lead, its creator or an administrator can do this.
            carol> remove_project_member project=$hush member=@gina
              project:$hush project_member_removed {"member":@gina,"project":$hush}
              inbox:@gina project_lost {"project":$hush}
            carol> remove_project_member project=$hush member=@gina
              (nothing)
            lilei> remove_project_member project=$hush member=@lilei
              project:$hush project_member_removed {"member":@lilei,"project":$hush}
              inbox:@lilei project_lost {"project":$hush}
            gina> remove_project_member project=$eng member=@gina
              project:$eng project_member_removed {"member":@gina,"project":$eng}
              inbox:@gina project_lost {"project":$eng}
            lilei> remove_project_member project=$eng member=@lilei
              project:$eng project_member_removed {"member":@lilei,"project":$eng}
        "#]],
    );
}
