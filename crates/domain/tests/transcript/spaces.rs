//! Spaces: who is in one, what it holds, and who sees that.

use crate::world::World;
use expect_test::expect;

#[test]
fn a_space_is_made_and_described() {
    World::new().check(
        r#"
        carol> create_space id=&mkt name=市场 icon=🚀 members=[@bob,@bob,@gina]
        carol> create_space id=&mkt name=x
        carol> create_space id=&x name=""
        carol> create_space id=&x name=x icon=ab
        carol> create_space id=&x name=x members=[@robot]
        carol> create_space id=&x name=x members=[@nobody]
        gina> create_space id=&x name=x
        carol> update_space space=&mkt name=市场部 description=" All of it " icon=""
        carol> update_space space=&mkt name=市场部
        carol> update_space space=&mkt managers=[@gina]
        carol> update_space space=&mkt managers=[@lilei]
        carol> update_space space=&mkt managers=[@carol,@bob]
        lilei> update_space space=&mkt name=x
        gina> update_space space=&mkt name=x
        robot> update_space space=&none name=x
        bob> update_space space=&mkt archived=true
        bob> change_space_members space=&mkt add=[@lilei]
        bob> create_channel id=#x name=x kind=public space=&mkt
        "#,
        expect![[r#"
            carol> create_space id=&mkt name=市场 icon=🚀 members=[@bob,@bob,@gina]
              space:&mkt space_created {"space":{"created_by":@carol,"icon":"🚀","id":&mkt,"name":"市场"}}
              space:&mkt space_members_changed {"added":[@carol,@bob,@gina],"space":&mkt}
              inbox:@carol space_gained {"space":{"created_by":@carol,"icon":"🚀","id":&mkt,"name":"市场"}}
              inbox:@bob space_gained {"space":{"created_by":@carol,"icon":"🚀","id":&mkt,"name":"市场"}}
              inbox:@gina space_gained {"space":{"created_by":@carol,"icon":"🚀","id":&mkt,"name":"市场"}}
            carol> create_space id=&mkt name=x
              ! already_exists [id]: This id is taken; choose a new one.
            carol> create_space id=&x name=""
              ! invalid [name]: name is empty; fill it in.
            carol> create_space id=&x name=x icon=ab
              ! invalid [icon]: An icon is one emoji; choose another, or none.
            carol> create_space id=&x name=x members=[@robot]
              ! invalid [members]: Bots cannot be chosen here; choose people.
            carol> create_space id=&x name=x members=[@nobody]
              ! not_found [members]: There is no such member.
            gina> create_space id=&x name=x
              ! forbidden: Guests cannot do this; ask a member.
            carol> update_space space=&mkt name=市场部 description=" All of it " icon=""
              space:&mkt space_changed {"space":{"created_by":@carol,"description":"All of it","id":&mkt,"name":"市场部"}}
            carol> update_space space=&mkt name=市场部
              (nothing)
            carol> update_space space=&mkt managers=[@gina]
              ! invalid [managers]: Guests and bots cannot be chosen here; choose other people.
            carol> update_space space=&mkt managers=[@lilei]
              ! not_found [managers]: There is no such member.
            carol> update_space space=&mkt managers=[@carol,@bob]
              space:&mkt space_changed {"space":{"created_by":@carol,"description":"All of it","id":&mkt,"managers":[@bob],"name":"市场部"}}
            lilei> update_space space=&mkt name=x
              ! forbidden: Only those who manage the space can do this; ask one of them.
            gina> update_space space=&mkt name=x
              ! forbidden: Only those who manage the space can do this; ask one of them.
            robot> update_space space=&none name=x
              ! not_found: There is no such space.
            bob> update_space space=&mkt archived=true
              space:&mkt space_changed {"space":{"archived":true,"created_by":@carol,"description":"All of it","id":&mkt,"managers":[@bob],"name":"市场部"}}
            bob> change_space_members space=&mkt add=[@lilei]
              ! archived: The space is archived; restore it first.
            bob> create_channel id=#x name=x kind=public space=&mkt
              ! archived: The space is archived; restore it first.
        "#]],
    );
}

#[test]
fn an_open_space_is_joined_and_left() {
    World::new()
        .given(
            "carol> create_space id=&mkt name=市场
             carol> create_channel id=#ads name=ads kind=public space=&mkt
             carol> create_channel id=#own name=own kind=private space=&mkt
             carol> create_project id=$ads key=ADS name=Ads space=&mkt",
        )
        .check(
            r#"
            lilei> change_space_members space=&mkt add=[@lilei]
            lilei> change_space_members space=&mkt add=[@lilei]
            lilei> change_space_members space=&mkt add=[@gina]
            gina> change_space_members space=&mkt add=[@gina]
            carol> change_space_members space=&mkt add=[@gina]
            gina> add_channel_member channel=#ads member=@gina
            gina> add_channel_member channel=#own member=@gina
            lilei> change_space_members space=&mkt remove=[@lilei]
            gina> change_space_members space=&mkt remove=[@gina]
            gina> add_channel_member channel=#ads member=@gina
            "#,
            expect![[r#"
                lilei> change_space_members space=&mkt add=[@lilei]
                  space:&mkt space_members_changed {"added":[@lilei],"space":&mkt}
                  inbox:@lilei space_gained {"space":{"created_by":@carol,"id":&mkt,"name":"市场"}}
                lilei> change_space_members space=&mkt add=[@lilei]
                  (nothing)
                lilei> change_space_members space=&mkt add=[@gina]
                  ! forbidden: Only those who manage the space can do this; ask one of them.
                gina> change_space_members space=&mkt add=[@gina]
                  ! not_found: There is no such space.
                carol> change_space_members space=&mkt add=[@gina]
                  space:&mkt space_members_changed {"added":[@gina],"space":&mkt}
                  inbox:@gina space_gained {"channels":[{"created_by":@carol,"id":#ads,"name":"ads","space":&mkt}],"projects":[{"created_by":@carol,"id":$ads,"key":"ADS","name":"Ads","space":&mkt,"visibility":"public","workflow":{"states":[{"category":"backlog","id":"backlog","name":"Backlog"},{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"in_progress","name":"In progress"},{"category":"doing","id":"in_review","name":"In review"},{"category":"done","id":"done","name":"Done"},{"category":"cancelled","id":"cancelled","name":"Cancelled"}]}}],"space":{"created_by":@carol,"id":&mkt,"name":"市场"}}
                gina> add_channel_member channel=#ads member=@gina
                  channel:#ads channel_member_added {"channel":#ads,"member":@gina}
                  inbox:@gina channel_gained {"channel":{"created_by":@carol,"id":#ads,"name":"ads","space":&mkt},"feeds":[],"membership":{"channel":#ads,"last":0,"mentions":0,"read":0,"unread":0}}
                gina> add_channel_member channel=#own member=@gina
                  ! not_found: There is no such channel.
                lilei> change_space_members space=&mkt remove=[@lilei]
                  space:&mkt space_members_changed {"removed":[@lilei],"space":&mkt}
                  inbox:@lilei space_lost {"space":&mkt}
                gina> change_space_members space=&mkt remove=[@gina]
                  space:&mkt space_members_changed {"removed":[@gina],"space":&mkt}
                  inbox:@gina space_lost {"space":&mkt}
                  channel:#ads channel_member_removed {"channel":#ads,"member":@gina}
                  inbox:@gina channel_lost {"channel":#ads}
                  inbox:@gina project_lost {"project":$ads}
                gina> add_channel_member channel=#ads member=@gina
                  ! not_found: There is no such channel.
            "#]],
        );
}

#[test]
fn what_is_public_in_a_closed_space_is_public_in_it() {
    World::new()
        .given(
            "carol> create_space id=&deal name=Deal kind=closed members=[@gina]
             carol> create_channel id=#deal name=deal kind=public space=&deal
             carol> create_project id=$deal key=DEAL name=Deal space=&deal
             carol> create_task id=%d project=$deal title=Sign
             carol> post_message id=!d channel=#deal text=hi",
        )
        .check(
            r#"
            alice> change_space_members space=&deal add=[@alice]
            alice> update_space space=&deal name=x
            alice> add_channel_member channel=#deal member=@alice
            alice> save_message message=!d
            alice> update_task task=%d title=x
            alice> update_channel channel=#deal name=x
            alice> add_project_member project=$deal member=@alice
            gina> save_message message=!d
            gina> update_task task=%d title="Sign it"
            gina> add_channel_member channel=#deal member=@gina
            "#,
            expect![[r#"
                alice> change_space_members space=&deal add=[@alice]
                  ! not_found: There is no such space.
                alice> update_space space=&deal name=x
                  ! not_found: There is no such space.
                alice> add_channel_member channel=#deal member=@alice
                  ! not_found: There is no such channel.
                alice> save_message message=!d
                  ! not_found: There is no such message.
                alice> update_task task=%d title=x
                  ! not_found: There is no such task.
                alice> update_channel channel=#deal name=x
                  ! not_found: There is no such channel.
                alice> add_project_member project=$deal member=@alice
                  ! not_found: There is no such project.
                gina> save_message message=!d
                  inbox:@gina message_saved {"saved":{"author":@carol,"channel":#deal,"excerpt":"hi","message":!d,"saved_at":"2025-11-22T08:26:59Z"}}
                gina> update_task task=%d title="Sign it"
                  project:$deal task_changed {"changes":[{"field":"title","from":"Sign","to":"Sign it"}],"task":%d}
                gina> add_channel_member channel=#deal member=@gina
                  channel:#deal channel_member_added {"channel":#deal,"member":@gina}
                  inbox:@gina channel_gained {"channel":{"created_by":@carol,"id":#deal,"in_closed_space":true,"name":"deal","space":&deal},"feeds":[],"membership":{"channel":#deal,"last":19,"mentions":0,"read":0,"unread":0}}
            "#]],
        );
}

#[test]
fn a_closed_space_is_joined_and_left() {
    World::new()
        .given(
            "carol> create_space id=&deal name=Deal kind=closed members=[@gina]
             carol> create_channel id=#deal name=deal kind=public space=&deal
             carol> create_project id=$deal key=DEAL name=Deal space=&deal
             carol> create_task id=%d project=$deal title=Sign
             carol> post_message id=!d channel=#deal text=hi
             gina> add_channel_member channel=#deal member=@gina"
        )
        .check(
            r#"
            carol> change_space_members space=&deal add=[@lilei]
            lilei> add_channel_member channel=#deal member=@lilei
            carol> update_channel channel=#deal space=null
            carol> update_project project=$deal space=null
            carol> update_channel channel=#deal is_default=true
            carol> change_space_members space=&deal remove=[@gina,@lilei]
            gina> update_task task=%d title=x
            gina> post_message id=!x channel=#deal text=x
            "#,
            expect![[r#"
                carol> change_space_members space=&deal add=[@lilei]
                  space:&deal space_members_changed {"added":[@lilei],"space":&deal}
                  inbox:@lilei space_gained {"channels":[{"created_by":@carol,"id":#deal,"in_closed_space":true,"name":"deal","space":&deal}],"projects":[{"created_by":@carol,"id":$deal,"in_closed_space":true,"key":"DEAL","name":"Deal","space":&deal,"visibility":"public","workflow":{"states":[{"category":"backlog","id":"backlog","name":"Backlog"},{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"in_progress","name":"In progress"},{"category":"doing","id":"in_review","name":"In review"},{"category":"done","id":"done","name":"Done"},{"category":"cancelled","id":"cancelled","name":"Cancelled"}]}}],"space":{"created_by":@carol,"id":&deal,"name":"Deal"}}
                lilei> add_channel_member channel=#deal member=@lilei
                  channel:#deal channel_member_added {"channel":#deal,"member":@lilei}
                  inbox:@lilei channel_gained {"channel":{"created_by":@carol,"id":#deal,"in_closed_space":true,"name":"deal","space":&deal},"feeds":[],"membership":{"channel":#deal,"last":19,"mentions":0,"read":0,"unread":0}}
                carol> update_channel channel=#deal space=null
                  ! invalid [space]: What is public in a closed space stays there: it was meant for its members.
                carol> update_project project=$deal space=null
                  ! invalid [space]: What is public in a closed space stays there: it was meant for its members.
                carol> update_channel channel=#deal is_default=true
                  space:&deal channel_changed {"channel":{"created_by":@carol,"id":#deal,"in_closed_space":true,"is_default":true,"name":"deal","space":&deal}}
                carol> change_space_members space=&deal remove=[@gina,@lilei]
                  space:&deal space_members_changed {"removed":[@lilei,@gina],"space":&deal}
                  inbox:@lilei space_lost {"space":&deal}
                  channel:#deal channel_member_removed {"channel":#deal,"member":@lilei}
                  inbox:@lilei channel_lost {"channel":#deal}
                  inbox:@lilei project_lost {"project":$deal}
                  inbox:@gina space_lost {"space":&deal}
                  channel:#deal channel_member_removed {"channel":#deal,"member":@gina}
                  inbox:@gina channel_lost {"channel":#deal}
                  inbox:@gina project_lost {"project":$deal}
                gina> update_task task=%d title=x
                  ! not_found: There is no such task.
                gina> post_message id=!x channel=#deal text=x
                  ! not_found: There is no such channel.
            "#]],
        );
}

#[test]
fn channels_move_between_spaces() {
    World::new()
        .given(
            "carol> create_space id=&open name=Open members=[@gina]
             carol> create_space id=&deal name=Deal kind=closed members=[@bob]
             lilei> create_space id=&other name=Other
             carol> create_channel id=#a name=a kind=public members=[@lilei]
             carol> create_channel id=#p name=p kind=private
             carol> create_project id=$a key=AA name=A",
        )
        .check(
            r#"
            carol> update_channel channel=#a space=&other
            carol> update_channel channel=#a space=&nowhere
            lilei> update_channel channel=#a space=&other
            carol> update_channel channel=#a space=&open
            carol> update_channel channel=#a space=&open
            carol> update_channel channel=#a space=null
            carol> update_channel channel=#a space=&open
            carol> update_channel channel=#a space=&deal
            carol> update_channel channel=#a topic=t
            carol> update_channel channel=#a kind=private
            carol> update_channel channel=#a space=null
            carol> update_channel channel=#p space=&deal
            carol> update_channel channel=#p space=null
            "#,
            expect![[r#"
                carol> update_channel channel=#a space=&other
                  ! not_a_member: Join the space first.
                carol> update_channel channel=#a space=&nowhere
                  ! not_found [space]: There is no such space.
                lilei> update_channel channel=#a space=&other
                  ! forbidden: Only those who manage the channel can do this; ask one of them.
                carol> update_channel channel=#a space=&open
                  space:&open channel_changed {"channel":{"created_by":@carol,"id":#a,"name":"a","space":&open}}
                carol> update_channel channel=#a space=&open
                  (nothing)
                carol> update_channel channel=#a space=null
                  inbox:@gina channel_lost {"channel":#a}
                  inbox:@gina access_changed {}
                  members channel_changed {"channel":{"created_by":@carol,"id":#a,"name":"a"}}
                carol> update_channel channel=#a space=&open
                  space:&open channel_changed {"channel":{"created_by":@carol,"id":#a,"name":"a","space":&open}}
                carol> update_channel channel=#a space=&deal
                  space:&deal channel_changed {"channel":{"created_by":@carol,"id":#a,"in_closed_space":true,"name":"a","space":&deal}}
                  space:&open channel_enclosed {"channel":#a}
                  inbox:@lilei access_changed {}
                carol> update_channel channel=#a topic=t
                  space:&deal channel_changed {"channel":{"created_by":@carol,"id":#a,"in_closed_space":true,"name":"a","space":&deal,"topic":"t"}}
                  inbox:@lilei access_changed {}
                carol> update_channel channel=#a kind=private
                  space:&deal channel_hidden {"channel":#a}
                  channel:#a channel_changed {"channel":{"created_by":@carol,"id":#a,"in_closed_space":true,"name":"a","space":&deal,"topic":"t"}}
                carol> update_channel channel=#a space=null
                  channel:#a channel_changed {"channel":{"created_by":@carol,"id":#a,"name":"a","topic":"t"}}
                carol> update_channel channel=#p space=&deal
                  channel:#p channel_changed {"channel":{"created_by":@carol,"id":#p,"in_closed_space":true,"name":"p","space":&deal}}
                carol> update_channel channel=#p space=null
                  channel:#p channel_changed {"channel":{"created_by":@carol,"id":#p,"name":"p"}}
            "#]],
        );
}

#[test]
fn projects_move_between_spaces() {
    World::new()
        .given(
            "carol> create_space id=&open name=Open members=[@gina]
             carol> create_space id=&deal name=Deal kind=closed members=[@bob]
             lilei> create_space id=&other name=Other
             carol> create_channel id=#a name=a kind=public members=[@lilei]
             carol> create_channel id=#p name=p kind=private
             carol> create_project id=$a key=AA name=A
             carol> add_feed channel=#a project=$a
             carol> create_channel id=#in name=in kind=public space=&deal
             carol> add_feed channel=#in project=$a",
        )
        .check(
            r#"
            carol> update_project project=$a space=&open
            carol> update_project project=$a space=&deal
            lilei> update_project project=$a name=x
            carol> add_project_member project=$a member=@lilei
            carol> remove_project_member project=$a member=@lilei
            carol> add_project_member project=$a member=@bob
            carol> remove_project_member project=$a member=@bob
            "#,
            expect![[r#"
                carol> update_project project=$a space=&open
                  space:&open project_changed {"project":{"created_by":@carol,"id":$a,"key":"AA","name":"A","space":&open,"visibility":"public","workflow":{"states":[{"category":"backlog","id":"backlog","name":"Backlog"},{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"in_progress","name":"In progress"},{"category":"doing","id":"in_review","name":"In review"},{"category":"done","id":"done","name":"Done"},{"category":"cancelled","id":"cancelled","name":"Cancelled"}]}}}
                carol> update_project project=$a space=&deal
                  space:&deal project_changed {"project":{"created_by":@carol,"id":$a,"in_closed_space":true,"key":"AA","name":"A","space":&deal,"visibility":"public","workflow":{"states":[{"category":"backlog","id":"backlog","name":"Backlog"},{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"in_progress","name":"In progress"},{"category":"doing","id":"in_review","name":"In review"},{"category":"done","id":"done","name":"Done"},{"category":"cancelled","id":"cancelled","name":"Cancelled"}]}}}
                  space:&open project_enclosed {"project":$a}
                  channel:#a feed_removed {"channel":#a,"project":$a}
                lilei> update_project project=$a name=x
                  ! not_found: There is no such project.
                carol> add_project_member project=$a member=@lilei
                  project:$a project_member_added {"member":@lilei,"project":$a}
                  inbox:@lilei project_gained {"project":{"created_by":@carol,"id":$a,"in_closed_space":true,"key":"AA","name":"A","space":&deal,"visibility":"public","workflow":{"states":[{"category":"backlog","id":"backlog","name":"Backlog"},{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"in_progress","name":"In progress"},{"category":"doing","id":"in_review","name":"In review"},{"category":"done","id":"done","name":"Done"},{"category":"cancelled","id":"cancelled","name":"Cancelled"}]}}}
                carol> remove_project_member project=$a member=@lilei
                  project:$a project_member_removed {"member":@lilei,"project":$a}
                  inbox:@lilei project_lost {"project":$a}
                carol> add_project_member project=$a member=@bob
                  project:$a project_member_added {"member":@bob,"project":$a}
                  inbox:@bob project_gained {"project":{"created_by":@carol,"id":$a,"in_closed_space":true,"key":"AA","name":"A","space":&deal,"visibility":"public","workflow":{"states":[{"category":"backlog","id":"backlog","name":"Backlog"},{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"in_progress","name":"In progress"},{"category":"doing","id":"in_review","name":"In review"},{"category":"done","id":"done","name":"Done"},{"category":"cancelled","id":"cancelled","name":"Cancelled"}]}}}
                carol> remove_project_member project=$a member=@bob
                  project:$a project_member_removed {"member":@bob,"project":$a}
            "#]],
        );
}

#[test]
fn whoever_is_in_a_space_is_near_what_is_public_in_it() {
    World::new()
        .given(
            "carol> create_space id=&deal name=Deal kind=closed members=[@gina,@bob]
             carol> create_project id=$deal key=DEAL name=Deal space=&deal
             carol> create_project id=$own key=OWN name=Own visibility=private space=&deal",
        )
        .check(
            r#"
            carol> update_project project=$deal lead=@bob
            carol> update_project project=$deal lead=@lilei
            carol> update_project project=$own lead=@bob
            gina> add_project_member project=$deal member=@gina
            gina> add_project_member project=$own member=@gina
            gina> add_project_member project=$deal member=@lilei
            "#,
            expect![[r#"
                carol> update_project project=$deal lead=@bob
                  space:&deal project_changed {"project":{"created_by":@carol,"id":$deal,"in_closed_space":true,"key":"DEAL","lead":@bob,"name":"Deal","space":&deal,"visibility":"public","workflow":{"states":[{"category":"backlog","id":"backlog","name":"Backlog"},{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"in_progress","name":"In progress"},{"category":"doing","id":"in_review","name":"In review"},{"category":"done","id":"done","name":"Done"},{"category":"cancelled","id":"cancelled","name":"Cancelled"}]}}}
                carol> update_project project=$deal lead=@lilei
                  ! invalid [lead]: The lead must see the project; add them to it first.
                carol> update_project project=$own lead=@bob
                  ! invalid [lead]: The lead must see the project; add them to it first.
                gina> add_project_member project=$deal member=@gina
                  project:$deal project_member_added {"member":@gina,"project":$deal}
                  inbox:@gina project_gained {"project":{"created_by":@carol,"id":$deal,"in_closed_space":true,"key":"DEAL","lead":@bob,"name":"Deal","space":&deal,"visibility":"public","workflow":{"states":[{"category":"backlog","id":"backlog","name":"Backlog"},{"category":"todo","id":"todo","name":"To do"},{"category":"doing","id":"in_progress","name":"In progress"},{"category":"doing","id":"in_review","name":"In review"},{"category":"done","id":"done","name":"Done"},{"category":"cancelled","id":"cancelled","name":"Cancelled"}]}}}
                gina> add_project_member project=$own member=@gina
                  ! not_found: There is no such project.
                gina> add_project_member project=$deal member=@lilei
                  ! forbidden: Guests cannot do this; ask a member.
            "#]],
        );
}
