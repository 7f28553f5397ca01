//! Groups: the tree of departments, free groups, who is in them, and whom a mention of one tells.

use crate::world::World;
use expect_test::expect;

#[test]
fn departments_are_a_tree() {
    World::new().check(
        r#"
        bob> create_group id=+tech kind=department name=技术部 members=[@carol,@carol]
        bob> create_group id=+web kind=department name=前端组 handle=Web parent=+tech members=[@lilei]
        bob> create_group id=+tech kind=department name=x
        bob> create_group id=+x kind=department name=x handle=web
        bob> create_group id=+x kind=department name=x handle=bob
        bob> create_group id=+x kind=department name=x parent=+nobody
        bob> create_group id=+x kind=department name=x managers=[@carol]
        bob> create_group id=+x kind=free name=x parent=+tech
        bob> create_group id=+x kind=department name=x members=[@gina]
        bob> create_group id=+x kind=department name=x members=[@robot]
        bob> create_group id=+x kind=department name=x members=[@nobody]
        bob> create_group id=+x kind=department name=""
        carol> create_group id=+x kind=department name=x
        gina> create_group id=+x kind=department name=x
        bob[chat]> create_group id=+x kind=department name=x
        "#,
        expect![[r#"
            bob> create_group id=+tech kind=department name=技术部 members=[@carol,@carol]
              members group_created {"group":{"created_by":@bob,"handle":"jishubu","id":+tech,"members":[@carol],"name":"技术部"}}
            bob> create_group id=+web kind=department name=前端组 handle=Web parent=+tech members=[@lilei]
              members group_created {"group":{"created_by":@bob,"handle":"web","id":+web,"members":[@lilei],"name":"前端组","parent":+tech}}
            bob> create_group id=+tech kind=department name=x
              ! already_exists [id]: This id is taken; choose a new one.
            bob> create_group id=+x kind=department name=x handle=web
              ! already_exists [handle]: Another member or group has the handle web; choose another.
            bob> create_group id=+x kind=department name=x handle=bob
              ! already_exists [handle]: Another member or group has the handle bob; choose another.
            bob> create_group id=+x kind=department name=x parent=+nobody
              ! not_found [parent]: There is no such group.
            bob> create_group id=+x kind=department name=x managers=[@carol]
              ! invalid [managers]: Only a department has a parent, and only a free group has managers.
            bob> create_group id=+x kind=free name=x parent=+tech
              ! invalid [parent]: Only a department has a parent, and only a free group has managers.
            bob> create_group id=+x kind=department name=x members=[@gina]
              ! invalid [members]: Guests and bots cannot be chosen here; choose other people.
            bob> create_group id=+x kind=department name=x members=[@robot]
              ! invalid [members]: Guests and bots cannot be chosen here; choose other people.
            bob> create_group id=+x kind=department name=x members=[@nobody]
              ! not_found [members]: There is no such member.
            bob> create_group id=+x kind=department name=""
              ! invalid [name]: name is empty; fill it in.
            carol> create_group id=+x kind=department name=x
              ! forbidden: Only administrators can do this; ask one.
            gina> create_group id=+x kind=department name=x
              ! forbidden: Only administrators can do this; ask one.
            bob[chat]> create_group id=+x kind=department name=x
              ! forbidden: This token lacks the scope `admin`; create one that has it.
        "#]],
    );
}

#[test]
fn departments_move_and_go() {
    World::new()
        .given(
            "bob> create_group id=+tech kind=department name=技术部 members=[@carol]
             bob> create_group id=+web kind=department name=前端组 handle=web parent=+tech",
        )
        .check(
            r#"
            bob> update_group group=+tech parent=+web
            bob> update_group group=+tech parent=+tech
            bob> update_group group=+tech archived=true
            bob> update_group group=+web name=前端 description=" Web "
            bob> update_group group=+web name=前端
            bob> update_group group=+web archived=true
            bob> update_group group=+tech archived=true
            bob> update_group group=+web archived=false
            bob> change_group_members group=+web add=[@bob]
            bob> delete_group group=+tech
            bob> update_group group=+web archived=false parent=null
            carol> delete_group group=+tech
            gina> delete_group group=+tech
            bob> delete_group group=+tech
            bob> delete_group group=+tech
            bob> add_member id=@web name=Web role=member
            bob> update_member member=@carol handle=web
            "#,
            expect![[r#"
                bob> update_group group=+tech parent=+web
                  ! cyclic_parent [parent]: A department cannot be below itself; choose another parent.
                bob> update_group group=+tech parent=+tech
                  ! cyclic_parent [parent]: A department cannot be below itself; choose another parent.
                bob> update_group group=+tech archived=true
                  ! conflict: Other departments lie below it; move or remove them first.
                bob> update_group group=+web name=前端 description=" Web "
                  members group_changed {"group":{"created_by":@bob,"description":"Web","handle":"web","id":+web,"name":"前端","parent":+tech}}
                bob> update_group group=+web name=前端
                  (nothing)
                bob> update_group group=+web archived=true
                  members group_changed {"group":{"archived":true,"created_by":@bob,"description":"Web","handle":"web","id":+web,"name":"前端","parent":+tech}}
                bob> update_group group=+tech archived=true
                  members group_changed {"group":{"archived":true,"created_by":@bob,"handle":"jishubu","id":+tech,"name":"技术部"}}
                bob> update_group group=+web archived=false
                  ! archived: The group is archived; restore it first.
                bob> change_group_members group=+web add=[@bob]
                  ! archived: The group is archived; restore it first.
                bob> delete_group group=+tech
                  ! conflict: Other departments lie below it; move or remove them first.
                bob> update_group group=+web archived=false parent=null
                  members group_changed {"group":{"created_by":@bob,"description":"Web","handle":"web","id":+web,"name":"前端"}}
                carol> delete_group group=+tech
                  ! forbidden: Only administrators can do this; ask one.
                gina> delete_group group=+tech
                  ! not_found: There is no such group.
                bob> delete_group group=+tech
                  members group_deleted {"group":+tech}
                bob> delete_group group=+tech
                  ! not_found: There is no such group.
                bob> add_member id=@web name=Web role=member
                  workspace member_added {"member":{"handle":"web2","id":@web,"name":"Web","role":"member"}}
                bob> update_member member=@carol handle=web
                  ! already_exists [handle]: Another member or group has the handle web; choose another.
            "#]],
        );
}

#[test]
fn departments_go_only_so_deep() {
    let mut world = World::new();
    world.given("bob> create_group id=+d1 kind=department name=d");
    for n in 2..=10 {
        let above = n - 1;
        world.given(&format!(
            "bob> create_group id=+d{n} kind=department name=d parent=+d{above}"
        ));
    }
    world
        .given(
            "bob> create_group id=+e1 kind=department name=e
             bob> create_group id=+e2 kind=department name=e parent=+e1",
        )
        .check(
            "
            bob> create_group id=+d11 kind=department name=d parent=+d10
            bob> update_group group=+e1 parent=+d9
            bob> update_group group=+e1 parent=+d8
            ",
            expect![[r#"
                bob> create_group id=+d11 kind=department name=d parent=+d10
                  ! limit_reached [parent]: Departments go at most 10 levels deep; choose a higher parent.
                bob> update_group group=+e1 parent=+d9
                  ! limit_reached [parent]: Departments go at most 10 levels deep; choose a higher parent.
                bob> update_group group=+e1 parent=+d8
                  members group_changed {"group":{"created_by":@bob,"handle":"e","id":+e1,"name":"e","parent":+d8}}
            "#]],
        );
}

#[test]
fn members_and_managers_come_and_go() {
    World::new()
        .given(
            "bob> create_group id=+design kind=free name=设计组 handle=design managers=[@carol]
             bob> create_group id=+ops kind=department name=运维",
        )
        .check(
            "
            carol> change_group_members group=+design add=[@lilei,@bob,@lilei]
            carol> change_group_members group=+design add=[@lilei] remove=[@alice,@bob]
            carol> change_group_members group=+design add=[@lilei] remove=[@alice]
            carol> change_group_members group=+design add=[@gina]
            carol> change_group_members group=+ops add=[@lilei]
            lilei> change_group_members group=+design add=[@lilei]
            gina> change_group_members group=+design add=[@lilei]
            carol> update_group group=+design handle=designers managers=[@carol,@lilei]
            carol> update_group group=+design managers=[@gina]
            carol> delete_group group=+design
            bob> deactivate_member member=@carol
            bob> update_group group=+design managers=[@carol]
            bob> change_group_members group=+ops add=[@carol]
            ",
            expect![[r#"
                carol> change_group_members group=+design add=[@lilei,@bob,@lilei]
                  members group_members_changed {"added":[@bob,@lilei],"group":+design}
                carol> change_group_members group=+design add=[@lilei] remove=[@alice,@bob]
                  members group_members_changed {"group":+design,"removed":[@bob]}
                carol> change_group_members group=+design add=[@lilei] remove=[@alice]
                  (nothing)
                carol> change_group_members group=+design add=[@gina]
                  ! invalid [add]: Guests and bots cannot be chosen here; choose other people.
                carol> change_group_members group=+ops add=[@lilei]
                  ! forbidden: Only administrators and the group's managers can do this; ask one.
                lilei> change_group_members group=+design add=[@lilei]
                  ! forbidden: Only administrators and the group's managers can do this; ask one.
                gina> change_group_members group=+design add=[@lilei]
                  ! not_found: There is no such group.
                carol> update_group group=+design handle=designers managers=[@carol,@lilei]
                  members group_changed {"group":{"created_by":@bob,"handle":"designers","id":+design,"managers":[@carol,@lilei],"name":"设计组"}}
                carol> update_group group=+design managers=[@gina]
                  ! invalid [managers]: Guests and bots cannot be chosen here; choose other people.
                carol> delete_group group=+design
                  ! forbidden: Only administrators can do this; ask one.
                bob> deactivate_member member=@carol
                  workspace member_deactivated {"member":@carol}
                bob> update_group group=+design managers=[@carol]
                  members group_changed {"group":{"created_by":@bob,"handle":"designers","id":+design,"managers":[@carol],"name":"设计组"}}
                bob> change_group_members group=+ops add=[@carol]
                  ! invalid [add]: This member is deactivated; reactivate them first.
            "#]],
        );
}

#[test]
fn a_mention_tells_who_is_in_the_group_and_may_read_it() {
    World::new()
        .given(
            "bob> create_group id=+tech kind=department name=技术部 handle=tech members=[@carol,@bob]
             bob> create_group id=+web kind=department name=前端组 handle=web parent=+tech members=[@lilei]
             bob> create_group id=+all kind=free name=所有工程师 handle=engineers members=[@carol,@lilei,@alice]
             bob> create_channel id=#dev name=dev kind=private members=[@carol,@lilei,@gina]",
        )
        .check(
            r#"
            bob> post_message id=!a channel=#dev text="请＠技术部看下"
            gina> post_message id=!g channel=#dev text="@tech"
            lilei> post_message id=!b channel=#dev text="@tech,@carol,@engineers"
            bob> edit_message message=!a text="@web"
            bob> delete_message message=!b
            bob> deactivate_member member=@lilei
            bob> change_group_members group=+tech remove=[@carol]
            carol> post_message id=!c channel=#dev text="@tech"
            bob> update_group group=+web archived=true
            carol> post_message id=!d channel=#dev text="@web"
            bob> create_project id=$eng key=ENG name=Eng
            bob> create_task id=%t project=$eng title=T
            bob> post_message id=!e task=%t text="@engineers"
            "#,
            expect![[r#"
                bob> post_message id=!a channel=#dev text="请＠技术部看下"
                  channel:#dev message_posted {"message":{"author":@bob,"channel":#dev,"id":!a,"mentions_groups":[{"group":+tech,"members":[@carol,@lilei]}],"text":"请＠技术部看下"}}
                gina> post_message id=!g channel=#dev text="@tech"
                  channel:#dev message_posted {"message":{"author":@gina,"channel":#dev,"id":!g,"text":"@tech"}}
                lilei> post_message id=!b channel=#dev text="@tech,@carol,@engineers"
                  channel:#dev message_posted {"message":{"author":@lilei,"channel":#dev,"id":!b,"mentions":[@carol],"mentions_groups":[{"group":+tech,"members":[@bob]},{"group":+all}],"text":"@tech,@carol,@engineers"}}
                bob> edit_message message=!a text="@web"
                  channel:#dev message_edited {"channel":#dev,"mentions_before":[@carol,@lilei],"mentions_groups":[{"group":+web,"members":[@lilei]}],"message":!a,"message_seq":20,"text":"@web"}
                bob> delete_message message=!b
                  channel:#dev message_deleted {"author":@lilei,"channel":#dev,"mentions":[@carol,@bob],"message":!b,"message_seq":22}
                bob> deactivate_member member=@lilei
                  workspace member_deactivated {"member":@lilei}
                bob> change_group_members group=+tech remove=[@carol]
                  members group_members_changed {"group":+tech,"removed":[@carol]}
                carol> post_message id=!c channel=#dev text="@tech"
                  channel:#dev message_posted {"message":{"author":@carol,"channel":#dev,"id":!c,"mentions_groups":[{"group":+tech,"members":[@bob]}],"text":"@tech"}}
                bob> update_group group=+web archived=true
                  members group_changed {"group":{"archived":true,"created_by":@bob,"handle":"web","id":+web,"name":"前端组","parent":+tech}}
                carol> post_message id=!d channel=#dev text="@web"
                  channel:#dev message_posted {"message":{"author":@carol,"channel":#dev,"id":!d,"text":"@web"}}
                bob> create_project id=$eng key=ENG name=Eng
                  members project_created {"project":{"created_by":@bob,"id":$eng,"key":"ENG","name":"Eng","visibility":"public","workflow":{"states":[{"category":"backlog","id":"backlog","name":"Backlog"},{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"in_progress","name":"In progress"},{"category":"doing","id":"in_review","name":"In review"},{"category":"done","id":"done","name":"Done"},{"category":"cancelled","id":"cancelled","name":"Cancelled"}]}}}
                  project:$eng project_member_added {"member":@bob,"project":$eng}
                bob> create_task id=%t project=$eng title=T
                  project:$eng task_created {"task":{"created_by":@bob,"followers":[@bob],"id":%t,"key":"ENG-1","number":1,"priority":"none","project":$eng,"rank":"W","state":"todo","title":"T"}}
                bob> post_message id=!e task=%t text="@engineers"
                  project:$eng message_posted {"message":{"author":@bob,"id":!e,"mentions_groups":[{"group":+all,"members":[@alice,@carol]}],"task":%t,"text":"@engineers"}}
            "#]],
        );
}

#[test]
fn only_some_tell_a_large_group() {
    let mut world = World::new();
    let mut ids = String::new();
    for n in 0..101 {
        world.given(&format!("bob> add_member id=@m{n} name=M{n} role=member"));
        ids.push_str(&format!("{}@m{n}", if n == 0 { "" } else { "," }));
    }
    world
        .given(&format!(
            "bob> create_channel id=#dev name=dev kind=public members=[@carol,@lilei,{ids}]
             bob> create_group id=+big kind=free name=Big managers=[@lilei] members=[{ids}]"
        ))
        .check(
            r#"carol> post_message id=!a channel=#dev text="@big""#,
            expect![[r#"
                carol> post_message id=!a channel=#dev text="@big"
                  channel:#dev message_posted {"message":{"author":@carol,"channel":#dev,"id":!a,"mentions_groups":[{"group":+big,"too_large":true}],"text":"@big"}}
            "#]],
        );
    for who in ["bob", "lilei"] {
        let line = format!(r#"{who}> post_message id=!{who} channel=#dev text="@big""#);
        let decision = world.run(&line).unwrap();
        let told = serde_json::to_value(&decision.facts[0].event).unwrap();
        let told = &told["message"]["mentions_groups"][0]["members"];
        assert_eq!(told.as_array().unwrap().len(), 101, "{who}");
    }
}
