//! Who comes in, what they are called, what they may do, when they go.

use crate::world::World;
use expect_test::expect;

#[test]
fn members_come_in() {
    World::new().check(
        r#"
        bob> add_member id=@dan name="  Dan  Dee " role=member
        bob> add_member id=@eve name=Eve role=owner
        carol> add_member id=@eve name=Eve role=guest
        server:frank> add_member id=@frank name="Frank" role=guest handle=FRANK
        bob> add_member id=@dan name=Dan role=member
        bob> add_member id=@wang name=王芳 role=member
        bob> add_member id=@wang2 name=王芳 role=member
        bob> add_member id=@umlaut name="Ω" role=member
        bob> add_member id=@x name="all" role=member
        bob> add_member id=@y name=Y role=member handle=bob
        bob> add_member id=@y name=Y role=member handle="no spaces"
        bob> add_member id=@y name="" role=member
        bob> add_member id=@y name="two\nlines" role=member
        bob> add_member id=@y name=Y role=member time_zone=Mars/Olympus
        "#,
        expect![[r#"
            bob> add_member id=@dan name="  Dan  Dee " role=member
              workspace member_added {"member":{"handle":"dan.dee","id":@dan,"name":"Dan  Dee","role":"member"}}
            bob> add_member id=@eve name=Eve role=owner
              ! forbidden: Only owners can do this; ask one.
            carol> add_member id=@eve name=Eve role=guest
              ! forbidden: Only administrators can do this; ask one.
            server:frank> add_member id=@frank name="Frank" role=guest handle=FRANK
              workspace member_added {"member":{"handle":"frank","id":@frank,"name":"Frank","role":"guest"}}
            bob> add_member id=@dan name=Dan role=member
              ! already_exists [id]: This id is taken; choose a new one.
            bob> add_member id=@wang name=王芳 role=member
              workspace member_added {"member":{"handle":"wangfang","id":@wang,"name":"王芳","role":"member"}}
            bob> add_member id=@wang2 name=王芳 role=member
              workspace member_added {"member":{"handle":"wangfang2","id":@wang2,"name":"王芳","role":"member"}}
            bob> add_member id=@umlaut name="Ω" role=member
              workspace member_added {"member":{"handle":"member","id":@umlaut,"name":"Ω","role":"member"}}
            bob> add_member id=@x name="all" role=member
              workspace member_added {"member":{"handle":"all2","id":@x,"name":"all","role":"member"}}
            bob> add_member id=@y name=Y role=member handle=bob
              ! already_exists [handle]: Another member or group has the handle bob; choose another.
            bob> add_member id=@y name=Y role=member handle="no spaces"
              ! invalid [handle]: A handle is 1 to 40 of a-z, 0-9, dot, dash and underscore.
            bob> add_member id=@y name="" role=member
              ! invalid [name]: name is empty; fill it in.
            bob> add_member id=@y name="two\nlines" role=member
              ! invalid [name]: name contains a control character or line break; take it out.
            bob> add_member id=@y name=Y role=member time_zone=Mars/Olympus
              ! invalid [time_zone]: There is no time zone of this name; use one like Asia/Shanghai.
        "#]],
    );
}

#[test]
fn profiles_change() {
    World::new().check(
        r#"
        carol> update_member member=@carol name="Carol C." title=Engineer time_zone=Europe/Paris
        carol> update_member member=@carol name="Carol C."
        carol> update_member member=@carol handle=carol
        carol> update_member member=@carol handle="Bob"
        carol> update_member member=@lilei name=Someone
        bob> update_member member=@lilei name=韩梅梅
        bob> update_member member=@alice name=Boss
        carol> update_member member=@carol avatar=nothing
        carol> update_member member=@carol avatar=""
        bob> update_member member=@nobody name=X
        carol> update_member member=@nobody name=X
        "#,
        expect![[r#"
            carol> update_member member=@carol name="Carol C." title=Engineer time_zone=Europe/Paris
              workspace member_changed {"member":{"handle":"carol","id":@carol,"name":"Carol C.","role":"member","title":"Engineer"}}
            carol> update_member member=@carol name="Carol C."
              (nothing)
            carol> update_member member=@carol handle=carol
              (nothing)
            carol> update_member member=@carol handle="Bob"
              ! already_exists [handle]: Another member or group has the handle bob; choose another.
            carol> update_member member=@lilei name=Someone
              ! forbidden: Only administrators can do this; ask one.
            bob> update_member member=@lilei name=韩梅梅
              workspace member_changed {"member":{"handle":"lilei","id":@lilei,"name":"韩梅梅","role":"member"}}
            bob> update_member member=@alice name=Boss
              ! forbidden: Only owners can do this; ask one.
            carol> update_member member=@carol avatar=nothing
              ! invalid [avatar]: The picture is named by the hash that its upload returned.
            carol> update_member member=@carol avatar=""
              (nothing)
            bob> update_member member=@nobody name=X
              ! not_found: There is no such member.
            carol> update_member member=@nobody name=X
              ! not_found: There is no such member.
        "#]],
    );
}

#[test]
fn members_say_what_they_are_at_and_when_they_work() {
    World::new().check(
        r#"
        gina> update_member member=@gina status={"emoji":"🌴","text":"  Away  ","until":"2999-01-01T00:00:00Z"}
        gina> update_member member=@gina status={"emoji":"🌴","text":"Away","until":"2999-01-01T00:00:00Z"}
        gina> update_member member=@gina status={"text":"Away","until":"2001-01-01T00:00:00Z"}
        gina> update_member member=@gina status={"emoji":"gone","text":"Away"}
        gina> update_member member=@gina status={"text":"two\nlines"}
        gina> clear_status member=@gina until=2999-01-01T00:00:00Z
        server:robot> clear_status member=@gina until=2001-01-01T00:00:00Z
        server:robot> clear_status member=@gina until=2999-01-01T00:00:00Z
        server:robot> clear_status member=@nobody until=2001-01-01T00:00:00Z
        carol> update_member member=@gina status={"text":"Asleep"}
        gina> update_member member=@gina status={"text":" "}
        gina> update_member member=@gina status={}
        gina> update_member member=@gina working_hours={"days":[5,1,5],"from_minutes":540,"until_minutes":1080}
        gina> update_member member=@gina working_hours={"days":[0],"from_minutes":540,"until_minutes":1080}
        gina> update_member member=@gina working_hours={"days":[1],"from_minutes":540,"until_minutes":1440}
        gina> update_member member=@gina working_hours={"days":[],"from_minutes":0,"until_minutes":0}
        "#,
        expect![[r#"
            gina> update_member member=@gina status={"emoji":"🌴","text":"  Away  ","until":"2999-01-01T00:00:00Z"}
              workspace member_changed {"member":{"handle":"gina","id":@gina,"name":"Gina","role":"guest","status":{"emoji":"🌴","text":"Away","until":"2999-01-01T00:00:00Z"}}}
            gina> update_member member=@gina status={"emoji":"🌴","text":"Away","until":"2999-01-01T00:00:00Z"}
              (nothing)
            gina> update_member member=@gina status={"text":"Away","until":"2001-01-01T00:00:00Z"}
              ! invalid [status]: status is in the past; choose a later time.
            gina> update_member member=@gina status={"emoji":"gone","text":"Away"}
              ! invalid [emoji]: Choose one emoji.
            gina> update_member member=@gina status={"text":"two\nlines"}
              ! invalid [status]: status contains a control character or line break; take it out.
            gina> clear_status member=@gina until=2999-01-01T00:00:00Z
              ! forbidden: Only the server itself does this.
            server:robot> clear_status member=@gina until=2001-01-01T00:00:00Z
              (nothing)
            server:robot> clear_status member=@gina until=2999-01-01T00:00:00Z
              (nothing)
            server:robot> clear_status member=@nobody until=2001-01-01T00:00:00Z
              (nothing)
            carol> update_member member=@gina status={"text":"Asleep"}
              ! forbidden: Only administrators can do this; ask one.
            gina> update_member member=@gina status={"text":" "}
              workspace member_changed {"member":{"handle":"gina","id":@gina,"name":"Gina","role":"guest"}}
            gina> update_member member=@gina status={}
              (nothing)
            gina> update_member member=@gina working_hours={"days":[5,1,5],"from_minutes":540,"until_minutes":1080}
              workspace member_changed {"member":{"handle":"gina","id":@gina,"name":"Gina","role":"guest","working_hours":{"days":[1,5],"from_minutes":540,"until_minutes":1080}}}
            gina> update_member member=@gina working_hours={"days":[0],"from_minutes":540,"until_minutes":1080}
              ! invalid [working_hours]: working_hours must be from 1 to 7.
            gina> update_member member=@gina working_hours={"days":[1],"from_minutes":540,"until_minutes":1440}
              ! invalid [working_hours]: working_hours must be from 0 to 1439.
            gina> update_member member=@gina working_hours={"days":[],"from_minutes":0,"until_minutes":0}
              workspace member_changed {"member":{"handle":"gina","id":@gina,"name":"Gina","role":"guest"}}
        "#]],
    );
}

#[test]
fn a_status_ends_once_its_time_has_come() {
    let mut world = World::new();
    world.check(
        r#"
        gina> update_member member=@gina status={"text":"Lunch","until":"2025-11-22T12:00:00Z"}
        server:robot> clear_status member=@gina until=2025-11-22T12:00:00Z
        "#,
        expect![[r#"
            gina> update_member member=@gina status={"text":"Lunch","until":"2025-11-22T12:00:00Z"}
              workspace member_changed {"member":{"handle":"gina","id":@gina,"name":"Gina","role":"guest","status":{"text":"Lunch","until":"2025-11-22T12:00:00Z"}}}
            server:robot> clear_status member=@gina until=2025-11-22T12:00:00Z
              (nothing)
        "#]],
    );
    world.later(6 * 60);
    world.check(
        r#"
        server:robot> clear_status member=@gina until=2025-11-22T12:00:00Z
        server:robot> clear_status member=@gina until=2025-11-22T12:00:00Z
        "#,
        expect![[r#"
            server:robot> clear_status member=@gina until=2025-11-22T12:00:00Z
              workspace member_changed {"member":{"handle":"gina","id":@gina,"name":"Gina","role":"guest"}}
            server:robot> clear_status member=@gina until=2025-11-22T12:00:00Z
              (nothing)
        "#]],
    );
}

#[test]
fn roles_change() {
    World::new().check(
        "
        carol> change_role member=@carol role=admin
        bob> change_role member=@carol role=owner
        bob> change_role member=@carol role=admin
        bob> change_role member=@carol role=admin
        bob> change_role member=@gina role=member
        bob> change_role member=@lilei role=guest
        bob> change_role member=@alice role=member
        alice> change_role member=@alice role=member
        alice> change_role member=@bob role=owner
        alice> change_role member=@alice role=admin
        bob> change_role member=@nobody role=admin
        gina> change_role member=@nobody role=admin
        ",
        expect![[r#"
            carol> change_role member=@carol role=admin
              ! forbidden: Only administrators can do this; ask one.
            bob> change_role member=@carol role=owner
              ! forbidden: Only owners can do this; ask one.
            bob> change_role member=@carol role=admin
              workspace role_changed {"from":"member","member":@carol,"to":"admin"}
            bob> change_role member=@carol role=admin
              (nothing)
            bob> change_role member=@gina role=member
              workspace role_changed {"from":"guest","member":@gina,"to":"member"}
              inbox:@gina access_changed {}
            bob> change_role member=@lilei role=guest
              workspace role_changed {"from":"member","member":@lilei,"to":"guest"}
              inbox:@lilei access_changed {}
            bob> change_role member=@alice role=member
              ! forbidden: Only owners can do this; ask one.
            alice> change_role member=@alice role=member
              ! last_owner: The workspace needs an owner; make someone else an owner first.
            alice> change_role member=@bob role=owner
              workspace role_changed {"from":"admin","member":@bob,"to":"owner"}
            alice> change_role member=@alice role=admin
              workspace role_changed {"from":"owner","member":@alice,"to":"admin"}
            bob> change_role member=@nobody role=admin
              ! not_found: There is no such member.
            gina> change_role member=@nobody role=admin
              ! forbidden: Only administrators can do this; ask one.
        "#]],
    );
}

#[test]
fn members_go_and_come_back() {
    World::new().check(
        "
        carol> deactivate_member member=@lilei
        bob> deactivate_member member=@alice
        alice> deactivate_member member=@alice
        bob> deactivate_member member=@carol
        bob> deactivate_member member=@carol
        carol> update_member member=@carol name=Ghost
        carol> reactivate_member member=@carol
        bob> reactivate_member member=@carol
        bob> reactivate_member member=@carol
        alice> change_role member=@bob role=owner
        bob> deactivate_member member=@alice
        bob> deactivate_member member=@bob
        ",
        expect![[r#"
            carol> deactivate_member member=@lilei
              ! forbidden: Only administrators can do this; ask one.
            bob> deactivate_member member=@alice
              ! forbidden: Only owners can do this; ask one.
            alice> deactivate_member member=@alice
              ! last_owner: The workspace needs an owner; make someone else an owner first.
            bob> deactivate_member member=@carol
              workspace member_deactivated {"member":@carol}
            bob> deactivate_member member=@carol
              (nothing)
            carol> update_member member=@carol name=Ghost
              ! unauthenticated: Sign in again: the session or token is not valid any more.
            carol> reactivate_member member=@carol
              ! unauthenticated: Sign in again: the session or token is not valid any more.
            bob> reactivate_member member=@carol
              workspace member_reactivated {"member":@carol}
            bob> reactivate_member member=@carol
              (nothing)
            alice> change_role member=@bob role=owner
              workspace role_changed {"from":"admin","member":@bob,"to":"owner"}
            bob> deactivate_member member=@alice
              workspace member_deactivated {"member":@alice}
            bob> deactivate_member member=@bob
              ! last_owner: The workspace needs an owner; make someone else an owner first.
        "#]],
    );
}

#[test]
fn a_workspace_is_renamed() {
    World::new().check(
        r#"
        carol> rename_workspace name=Mine
        bob> rename_workspace name="榫卯 Ltd"
        bob> rename_workspace name=" 榫卯 Ltd "
        bob> rename_workspace name="  "
        "#,
        expect![[r#"
            carol> rename_workspace name=Mine
              ! forbidden: Only administrators can do this; ask one.
            bob> rename_workspace name="榫卯 Ltd"
              workspace workspace_renamed {"name":"榫卯 Ltd"}
            bob> rename_workspace name=" 榫卯 Ltd "
              (nothing)
            bob> rename_workspace name="  "
              ! invalid [name]: name is empty; fill it in.
        "#]],
    );
}

#[test]
fn administrators_say_what_mails_hold() {
    World::new().check(
        r#"
        carol> hide_mail_content hidden=true
        gina> hide_mail_content hidden=true
        bob> hide_mail_content hidden=true
        bob> hide_mail_content hidden=true
        bob> hide_mail_content hidden=false
        "#,
        expect![[r#"
            carol> hide_mail_content hidden=true
              ! forbidden: Only administrators can do this; ask one.
            gina> hide_mail_content hidden=true
              ! forbidden: Only administrators can do this; ask one.
            bob> hide_mail_content hidden=true
              workspace mail_content_hidden {"hidden":true}
            bob> hide_mail_content hidden=true
              (nothing)
            bob> hide_mail_content hidden=false
              workspace mail_content_hidden {"hidden":false}
        "#]],
    );
}
