//! Channels: made, found, joined, left, archived, read.

use crate::world::World;
use expect_test::expect;

#[test]
fn channels_are_made() {
    World::new().check(
        r#"
        carol> create_channel id=#general name=" General " kind=public topic=Everything members=[@bob,@gina,@carol]
        carol> create_channel id=#secret name=secret kind=private
        carol> create_channel id=#general name=other kind=public
        carol> create_channel id=#other name="GENERAL" kind=private
        carol> create_channel id=#other name=other kind=direct
        carol> create_channel id=#other name=other kind=public members=[@nobody]
        carol> create_channel id=#other name=other kind=public project=$nothing
        carol> create_channel id=#other name="" kind=public
        gina> create_channel id=#other name=other kind=public
        "#,
        expect![[r#"
            carol> create_channel id=#general name=" General " kind=public topic=Everything members=[@bob,@gina,@carol]
              members channel_created {"channel":{"created_by":@carol,"id":#general,"name":"General","topic":"Everything"}}
              channel:#general channel_member_added {"channel":#general,"member":@carol}
              inbox:@carol channel_gained {"channel":{"created_by":@carol,"id":#general,"name":"General","topic":"Everything"},"feeds":[],"membership":{"channel":#general,"last":0,"mentions":0,"read":0,"unread":0}}
              channel:#general channel_member_added {"channel":#general,"member":@bob}
              inbox:@bob channel_gained {"channel":{"created_by":@carol,"id":#general,"name":"General","topic":"Everything"},"feeds":[],"membership":{"channel":#general,"last":0,"mentions":0,"read":0,"unread":0}}
              channel:#general channel_member_added {"channel":#general,"member":@gina}
              inbox:@gina channel_gained {"channel":{"created_by":@carol,"id":#general,"name":"General","topic":"Everything"},"feeds":[],"membership":{"channel":#general,"last":0,"mentions":0,"read":0,"unread":0}}
            carol> create_channel id=#secret name=secret kind=private
              channel:#secret channel_created {"channel":{"created_by":@carol,"id":#secret,"name":"secret"}}
              channel:#secret channel_member_added {"channel":#secret,"member":@carol}
              inbox:@carol channel_gained {"channel":{"created_by":@carol,"id":#secret,"name":"secret"},"feeds":[],"membership":{"channel":#secret,"last":0,"mentions":0,"read":0,"unread":0}}
            carol> create_channel id=#general name=other kind=public
              ! already_exists [id]: This id is taken; choose a new one.
            carol> create_channel id=#other name="GENERAL" kind=private
              ! already_exists [name]: Another channel is called GENERAL; choose another name.
            carol> create_channel id=#other name=other kind=direct
              ! invalid [kind]: A channel is made public or private; open a direct one by its members.
            carol> create_channel id=#other name=other kind=public members=[@nobody]
              ! not_found [members]: There is no such member.
            carol> create_channel id=#other name=other kind=public project=$nothing
              ! not_found: There is no such project.
            carol> create_channel id=#other name="" kind=public
              ! invalid [name]: name is empty; fill it in.
            gina> create_channel id=#other name=other kind=public
              ! forbidden: Guests cannot do this; ask a member.
        "#]],
    );
}

#[test]
fn direct_channels_are_opened_once() {
    World::new().given("alice> deactivate_member member=@robot").check(
        "
        carol> open_direct id=#cb members=[@bob]
        bob> open_direct id=#bc members=[@carol,@bob]
        carol> open_direct id=#notes members=[]
        gina> open_direct id=#gina members=[@carol]
        carol> open_direct id=#x members=[@nobody]
        carol> open_direct id=#x members=[@robot]
        carol> open_direct id=#cb members=[@alice]
        carol> open_direct id=#x members=[@1,@2,@3,@4,@5,@6,@7,@8,@9]
        carol> update_channel channel=#cb topic=Us
        lilei> update_channel channel=#cb topic=Us
        carol> add_channel_member channel=#cb member=@alice
        carol> remove_channel_member channel=#cb member=@carol
        ",
        expect![[r#"
            carol> open_direct id=#cb members=[@bob]
              channel:#cb channel_created {"channel":{"created_by":@carol,"id":#cb,"members":[@bob,@carol],"name":""}}
              channel:#cb channel_member_added {"channel":#cb,"member":@bob}
              inbox:@bob channel_gained {"channel":{"created_by":@carol,"id":#cb,"members":[@bob,@carol],"name":""},"feeds":[],"membership":{"channel":#cb,"last":0,"mentions":0,"read":0,"unread":0}}
              channel:#cb channel_member_added {"channel":#cb,"member":@carol}
              inbox:@carol channel_gained {"channel":{"created_by":@carol,"id":#cb,"members":[@bob,@carol],"name":""},"feeds":[],"membership":{"channel":#cb,"last":0,"mentions":0,"read":0,"unread":0}}
            bob> open_direct id=#bc members=[@carol,@bob]
              (nothing)
            carol> open_direct id=#notes members=[]
              channel:#notes channel_created {"channel":{"created_by":@carol,"id":#notes,"members":[@carol],"name":""}}
              channel:#notes channel_member_added {"channel":#notes,"member":@carol}
              inbox:@carol channel_gained {"channel":{"created_by":@carol,"id":#notes,"members":[@carol],"name":""},"feeds":[],"membership":{"channel":#notes,"last":0,"mentions":0,"read":0,"unread":0}}
            gina> open_direct id=#gina members=[@carol]
              channel:#gina channel_created {"channel":{"created_by":@gina,"id":#gina,"members":[@carol,@gina],"name":""}}
              channel:#gina channel_member_added {"channel":#gina,"member":@carol}
              inbox:@carol channel_gained {"channel":{"created_by":@gina,"id":#gina,"members":[@carol,@gina],"name":""},"feeds":[],"membership":{"channel":#gina,"last":0,"mentions":0,"read":0,"unread":0}}
              channel:#gina channel_member_added {"channel":#gina,"member":@gina}
              inbox:@gina channel_gained {"channel":{"created_by":@gina,"id":#gina,"members":[@carol,@gina],"name":""},"feeds":[],"membership":{"channel":#gina,"last":0,"mentions":0,"read":0,"unread":0}}
            carol> open_direct id=#x members=[@nobody]
              ! not_found [members]: There is no such member.
            carol> open_direct id=#x members=[@robot]
              ! invalid [members]: This member is deactivated; reactivate them first.
            carol> open_direct id=#cb members=[@alice]
              ! already_exists [id]: This id is taken; choose a new one.
            carol> open_direct id=#x members=[@1,@2,@3,@4,@5,@6,@7,@8,@9]
              ! limit_reached [members]: members has more than 9 entries; take some away.
            carol> update_channel channel=#cb topic=Us
              ! forbidden: A direct channel cannot be changed; open another with the people you want.
            lilei> update_channel channel=#cb topic=Us
              ! not_found: There is no such channel.
            carol> add_channel_member channel=#cb member=@alice
              ! forbidden: A direct channel cannot be changed; open another with the people you want.
            carol> remove_channel_member channel=#cb member=@carol
              ! forbidden: A direct channel cannot be changed; open another with the people you want.
        "#]],
    );
}

fn two_channels() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_channel id=#general name=general kind=public members=[@gina]
         carol> create_channel id=#secret name=secret kind=private members=[@gina]
         carol> post_message id=!hello channel=#general text=hello",
    );
    world
}

#[test]
fn channels_are_joined_and_left() {
    two_channels().check(
        "
        lilei> add_channel_member channel=#general member=@lilei
        lilei> add_channel_member channel=#general member=@lilei
        lilei> add_channel_member channel=#general member=@nobody
        lilei> add_channel_member channel=#general member=@robot
        bob> add_channel_member channel=#general member=@alice
        lilei> remove_channel_member channel=#general member=@gina
        bob> remove_channel_member channel=#general member=@gina
        gina> add_channel_member channel=#general member=@gina
        lilei> remove_channel_member channel=#general member=@lilei
        lilei> remove_channel_member channel=#general member=@lilei
        lilei> add_channel_member channel=#general member=@robot
        carol> remove_channel_member channel=#general member=@carol
        ",
        expect![[r#"
            lilei> add_channel_member channel=#general member=@lilei
              channel:#general channel_member_added {"channel":#general,"member":@lilei}
              inbox:@lilei channel_gained {"channel":{"created_by":@carol,"id":#general,"name":"general"},"feeds":[],"membership":{"channel":#general,"last":18,"mentions":0,"read":0,"unread":0}}
            lilei> add_channel_member channel=#general member=@lilei
              (nothing)
            lilei> add_channel_member channel=#general member=@nobody
              ! not_found [member]: There is no such member.
            lilei> add_channel_member channel=#general member=@robot
              channel:#general channel_member_added {"channel":#general,"member":@robot}
              inbox:@robot channel_gained {"channel":{"created_by":@carol,"id":#general,"name":"general"},"feeds":[],"membership":{"channel":#general,"last":18,"mentions":0,"read":0,"unread":0}}
            bob> add_channel_member channel=#general member=@alice
              channel:#general channel_member_added {"channel":#general,"member":@alice}
              inbox:@alice channel_gained {"channel":{"created_by":@carol,"id":#general,"name":"general"},"feeds":[],"membership":{"channel":#general,"last":18,"mentions":0,"read":0,"unread":0}}
            lilei> remove_channel_member channel=#general member=@gina
              ! forbidden: Only those who manage the channel can do this; ask one of them.
            bob> remove_channel_member channel=#general member=@gina
              channel:#general channel_member_removed {"channel":#general,"member":@gina}
              inbox:@gina channel_lost {"channel":#general}
            gina> add_channel_member channel=#general member=@gina
              ! not_found: There is no such channel.
            lilei> remove_channel_member channel=#general member=@lilei
              channel:#general channel_member_removed {"channel":#general,"member":@lilei}
              inbox:@lilei channel_lost {"channel":#general}
            lilei> remove_channel_member channel=#general member=@lilei
              (nothing)
            lilei> add_channel_member channel=#general member=@robot
              ! not_a_member: Join the channel first.
            carol> remove_channel_member channel=#general member=@carol
              channel:#general channel_member_removed {"channel":#general,"member":@carol}
              inbox:@carol channel_lost {"channel":#general}
        "#]],
    );
}

#[test]
fn private_channels_are_entered_by_their_members_alone() {
    two_channels().check(
        "
        bob> add_channel_member channel=#secret member=@bob
        lilei> remove_channel_member channel=#secret member=@gina
        lilei> add_channel_member channel=#nothing member=@lilei
        gina> add_channel_member channel=#secret member=@lilei
        lilei> remove_channel_member channel=#secret member=@carol
        server:bob> add_channel_member channel=#secret member=@bob
        ",
        expect![[r#"
            bob> add_channel_member channel=#secret member=@bob
              ! not_found: There is no such channel.
            lilei> remove_channel_member channel=#secret member=@gina
              ! not_found: There is no such channel.
            lilei> add_channel_member channel=#nothing member=@lilei
              ! not_found: There is no such channel.
            gina> add_channel_member channel=#secret member=@lilei
              channel:#secret channel_member_added {"channel":#secret,"member":@lilei}
              inbox:@lilei channel_gained {"channel":{"created_by":@carol,"id":#secret,"name":"secret"},"feeds":[],"membership":{"channel":#secret,"last":0,"mentions":0,"read":0,"unread":0}}
            lilei> remove_channel_member channel=#secret member=@carol
              ! forbidden: Only those who manage the channel can do this; ask one of them.
            server:bob> add_channel_member channel=#secret member=@bob
              channel:#secret channel_member_added {"channel":#secret,"member":@bob}
              inbox:@bob channel_gained {"channel":{"created_by":@carol,"id":#secret,"name":"secret"},"feeds":[],"membership":{"channel":#secret,"last":0,"mentions":0,"read":0,"unread":0}}
        "#]],
    );
}

#[test]
fn channels_change() {
    two_channels()
        .given(
            "carol> create_project id=$ops key=OPS name=Ops visibility=private
             lilei> create_channel id=#lounge name=lounge kind=public",
        )
        .check(
            r#"
            lilei> update_channel channel=#general topic=News
            lilei> update_channel channel=#secret topic=News
            lilei> update_channel channel=#nothing topic=News
            carol> update_channel channel=#general topic=News project=$ops
            carol> update_channel channel=#general topic=News
            carol> update_channel channel=#general name=Lounge
            carol> update_channel channel=#general name=General
            carol> update_channel channel=#secret name=hidden
            carol> update_channel channel=#general project=null
            gina> update_channel channel=#general project=$ops
            gina> update_channel channel=#general archived=true
            "#,
            expect![[r#"
                lilei> update_channel channel=#general topic=News
                  ! not_a_member: Join the channel first.
                lilei> update_channel channel=#secret topic=News
                  ! not_found: There is no such channel.
                lilei> update_channel channel=#nothing topic=News
                  ! not_found: There is no such channel.
                carol> update_channel channel=#general topic=News project=$ops
                  members channel_changed {"channel":{"created_by":@carol,"id":#general,"name":"general","project":$ops,"topic":"News"}}
                  inbox:@gina access_changed {}
                carol> update_channel channel=#general topic=News
                  (nothing)
                carol> update_channel channel=#general name=Lounge
                  ! already_exists [name]: Another channel is called Lounge; choose another name.
                carol> update_channel channel=#general name=General
                  members channel_changed {"channel":{"created_by":@carol,"id":#general,"name":"General","project":$ops,"topic":"News"}}
                  inbox:@gina access_changed {}
                carol> update_channel channel=#secret name=hidden
                  channel:#secret channel_changed {"channel":{"created_by":@carol,"id":#secret,"name":"hidden"}}
                carol> update_channel channel=#general project=null
                  members channel_changed {"channel":{"created_by":@carol,"id":#general,"name":"General","topic":"News"}}
                  inbox:@gina access_changed {}
                gina> update_channel channel=#general project=$ops
                  ! not_found: There is no such project.
                gina> update_channel channel=#general archived=true
                  ! forbidden: Only those who manage the channel can do this; ask one of them.
            "#]],
        );
}

#[test]
fn archived_channels_are_quiet() {
    two_channels().check(
        "
        bob> update_channel channel=#general archived=true
        carol> post_message id=!x channel=#general text=hello
        carol> edit_message message=!hello text=bye
        carol> add_reaction message=!hello emoji=👍
        carol> update_channel channel=#general topic=News
        lilei> add_channel_member channel=#general member=@lilei
        lilei> create_channel id=#new name=general kind=public
        carol> update_channel channel=#general archived=false
        carol> update_channel channel=#general archived=false name=general-2
        ",
        expect![[r#"
            bob> update_channel channel=#general archived=true
              members channel_changed {"channel":{"archived":true,"created_by":@carol,"id":#general,"name":"general"}}
              inbox:@gina access_changed {}
            carol> post_message id=!x channel=#general text=hello
              ! archived: The channel is archived; restore it first.
            carol> edit_message message=!hello text=bye
              ! archived: The channel is archived; restore it first.
            carol> add_reaction message=!hello emoji=👍
              ! archived: The channel is archived; restore it first.
            carol> update_channel channel=#general topic=News
              ! archived: The channel is archived; restore it first.
            lilei> add_channel_member channel=#general member=@lilei
              ! archived: The channel is archived; restore it first.
            lilei> create_channel id=#new name=general kind=public
              members channel_created {"channel":{"created_by":@lilei,"id":#new,"name":"general"}}
              channel:#new channel_member_added {"channel":#new,"member":@lilei}
              inbox:@lilei channel_gained {"channel":{"created_by":@lilei,"id":#new,"name":"general"},"feeds":[],"membership":{"channel":#new,"last":0,"mentions":0,"read":0,"unread":0}}
            carol> update_channel channel=#general archived=false
              ! already_exists [name]: Another channel is called general; choose another name.
            carol> update_channel channel=#general archived=false name=general-2
              members channel_changed {"channel":{"created_by":@carol,"id":#general,"name":"general-2"}}
              inbox:@gina access_changed {}
        "#]],
    );
}

#[test]
fn read_positions_move() {
    two_channels()
        .given(
            r#"gina> post_message id=!1 channel=#general text=one
               gina> post_message id=!2 channel=#general text="@carol hi"
               gina> post_message id=!3 channel=#general thread=!1 text="@all look""#,
        )
        .check(
            "
            carol> mark_read channel=#general seq=0
            carol> mark_read channel=#general seq=-5
            carol> mark_read channel=#general seq=999999
            carol> mark_read channel=#general seq=999999
            lilei> mark_read channel=#general seq=1
            lilei> mark_read channel=#secret seq=1
            ",
            expect![[r#"
                carol> mark_read channel=#general seq=0
                  inbox:@carol read_marked {"channel":#general,"mentions":2,"read":0,"unread":2}
                carol> mark_read channel=#general seq=-5
                  (nothing)
                carol> mark_read channel=#general seq=999999
                  inbox:@carol read_marked {"channel":#general,"mentions":0,"read":22,"unread":0}
                carol> mark_read channel=#general seq=999999
                  (nothing)
                lilei> mark_read channel=#general seq=1
                  ! not_a_member: Join the channel first.
                lilei> mark_read channel=#secret seq=1
                  ! not_found: There is no such channel.
            "#]],
        );
}
