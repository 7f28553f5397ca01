//! What spaces and channels follow: who lets them, who comes and goes for its sake, and who stays.

use crate::world::World;
use expect_test::expect;

fn world() -> World {
    let mut world = World::new();
    world.given(
        "alice> create_group id=+all kind=department name=公司
         alice> create_group id=+design kind=department name=设计部 parent=+all members=[@lilei]
         alice> create_group id=+duty kind=free name=值班 members=[@carol,@bob]
         alice> create_group id=+old kind=free name=old
         alice> update_group group=+old archived=true
         carol> create_space id=&deal name=Deal kind=closed members=[@gina]
         carol> create_space id=&open name=Open
         carol> create_channel id=#p name=p kind=private
         carol> create_channel id=#a name=a kind=public
         carol> open_direct id=#d members=[@bob]",
    );
    world
}

#[test]
fn those_who_manage_it_let_it_follow() {
    world().check(
        r#"
        carol> follow_group roster={"space":&deal} group=+all follow=true
        carol> follow_group roster={"space":&deal} group=+all follow=true
        carol> follow_group roster={"space":&deal} group=+old follow=true
        carol> follow_group roster={"space":&deal} group=+none follow=true
        bob> follow_group roster={"space":&deal} group=+duty follow=true
        lilei> follow_group roster={"space":&open} group=+duty follow=true
        bob> follow_group roster={"space":&open} group=+duty follow=true
        gina> follow_group roster={"space":&deal} group=+duty follow=true
        carol> follow_group roster={"channel":#p} group=+design follow=true
        bob> follow_group roster={"channel":#p} group=+duty follow=true
        lilei> follow_group roster={"channel":#a} group=+duty follow=true
        bob> follow_group roster={"channel":#a} group=+duty follow=true
        carol> follow_group roster={"channel":#d} group=+duty follow=true
        carol> follow_group roster={"space":&deal} group=+all follow=false
        carol> follow_group roster={"space":&deal} group=+all follow=false
        carol> update_channel channel=#p archived=true
        carol> follow_group roster={"channel":#p} group=+duty follow=true
        "#,
        expect![[r#"
            carol> follow_group roster={"space":&deal} group=+all follow=true
              space:&deal group_followed {"follow":true,"group":+all,"roster":{"space":&deal}}
            carol> follow_group roster={"space":&deal} group=+all follow=true
              (nothing)
            carol> follow_group roster={"space":&deal} group=+old follow=true
              ! archived: The group is archived; restore it first.
            carol> follow_group roster={"space":&deal} group=+none follow=true
              ! not_found [group]: There is no such group.
            bob> follow_group roster={"space":&deal} group=+duty follow=true
              ! not_found: There is no such space.
            lilei> follow_group roster={"space":&open} group=+duty follow=true
              ! forbidden: Only those who manage the space can do this; ask one of them.
            bob> follow_group roster={"space":&open} group=+duty follow=true
              space:&open group_followed {"follow":true,"group":+duty,"roster":{"space":&open}}
            gina> follow_group roster={"space":&deal} group=+duty follow=true
              ! forbidden: Only those who manage the space can do this; ask one of them.
            carol> follow_group roster={"channel":#p} group=+design follow=true
              channel:#p group_followed {"follow":true,"group":+design,"roster":{"channel":#p}}
            bob> follow_group roster={"channel":#p} group=+duty follow=true
              ! not_found: There is no such channel.
            lilei> follow_group roster={"channel":#a} group=+duty follow=true
              ! forbidden: Only those who manage the channel can do this; ask one of them.
            bob> follow_group roster={"channel":#a} group=+duty follow=true
              channel:#a group_followed {"follow":true,"group":+duty,"roster":{"channel":#a}}
            carol> follow_group roster={"channel":#d} group=+duty follow=true
              ! forbidden: A direct channel cannot be changed; open another with the people you want.
            carol> follow_group roster={"space":&deal} group=+all follow=false
              space:&deal group_followed {"follow":false,"group":+all,"roster":{"space":&deal}}
            carol> follow_group roster={"space":&deal} group=+all follow=false
              (nothing)
            carol> update_channel channel=#p archived=true
              channel:#p channel_changed {"channel":{"archived":true,"created_by":@carol,"id":#p,"name":"p"}}
            carol> follow_group roster={"channel":#p} group=+duty follow=true
              ! archived: The channel is archived; restore it first.
        "#]],
    );
}

#[test]
fn whoever_is_in_a_group_is_in_what_follows_it() {
    world()
        .given(
            "carol> create_channel id=#in name=in kind=public space=&deal
             carol> follow_group roster={\"space\":&deal} group=+all follow=true
             carol> follow_group roster={\"channel\":#p} group=+design follow=true",
        )
        .check(
            r#"
            carol> settle_members roster={"space":&deal} add=[@lilei]
            server:robot> settle_members roster={"space":&deal} add=[@lilei,@bob,@gina,@lilei]
            server:robot> settle_members roster={"space":&deal} add=[@lilei] remove=[@gina,@carol]
            server:robot> settle_members roster={"channel":#p} add=[@lilei,@bob]
            carol> change_space_members space=&deal remove=[@lilei]
            lilei> change_space_members space=&deal remove=[@lilei]
            lilei> remove_channel_member channel=#p member=@lilei
            lilei> add_channel_member channel=#p member=@lilei
            carol> add_channel_member channel=#p member=@lilei
            carol> add_channel_member channel=#p member=@lilei
            alice> change_group_members group=+design remove=[@lilei]
            server:robot> settle_members roster={"channel":#p} remove=[@lilei]
            server:robot> settle_members roster={"space":&deal} remove=[@lilei]
            carol> remove_channel_member channel=#p member=@lilei
            "#,
            expect![[r#"
                carol> settle_members roster={"space":&deal} add=[@lilei]
                  ! forbidden: Only the server itself does this.
                server:robot> settle_members roster={"space":&deal} add=[@lilei,@bob,@gina,@lilei]
                  space:&deal space_members_changed {"added":[@lilei],"followed":true,"space":&deal}
                  inbox:@lilei space_gained {"channels":[{"created_by":@carol,"id":#in,"in_closed_space":true,"name":"in","space":&deal}],"space":{"created_by":@carol,"id":&deal,"name":"Deal"}}
                server:robot> settle_members roster={"space":&deal} add=[@lilei] remove=[@gina,@carol]
                  (nothing)
                server:robot> settle_members roster={"channel":#p} add=[@lilei,@bob]
                  channel:#p channel_members_changed {"added":[@lilei],"channel":#p}
                  inbox:@lilei channel_gained {"channel":{"created_by":@carol,"id":#p,"name":"p"},"feeds":[],"followed":true,"membership":{"channel":#p,"last":0,"mentions":0,"read":0,"unread":0}}
                carol> change_space_members space=&deal remove=[@lilei]
                  ! in_through_group [remove]: They are in it through a group that it follows; take them out of the group, or let it follow the group no more.
                lilei> change_space_members space=&deal remove=[@lilei]
                  ! in_through_group [remove]: They are in it through a group that it follows; take them out of the group, or let it follow the group no more.
                lilei> remove_channel_member channel=#p member=@lilei
                  ! in_through_group [member]: They are in it through a group that it follows; take them out of the group, or let it follow the group no more.
                lilei> add_channel_member channel=#p member=@lilei
                  (nothing)
                carol> add_channel_member channel=#p member=@lilei
                  channel:#p channel_member_named {"channel":#p,"member":@lilei}
                carol> add_channel_member channel=#p member=@lilei
                  (nothing)
                alice> change_group_members group=+design remove=[@lilei]
                  members group_members_changed {"group":+design,"removed":[@lilei]}
                server:robot> settle_members roster={"channel":#p} remove=[@lilei]
                  (nothing)
                server:robot> settle_members roster={"space":&deal} remove=[@lilei]
                  space:&deal space_members_changed {"removed":[@lilei],"space":&deal}
                  inbox:@lilei space_lost {"space":&deal}
                  inbox:@lilei channel_lost {"channel":#in}
                carol> remove_channel_member channel=#p member=@lilei
                  channel:#p channel_member_removed {"channel":#p,"member":@lilei}
                  inbox:@lilei channel_lost {"channel":#p}
            "#]],
        );
}

#[test]
fn who_is_added_by_name_stays_in_the_space() {
    world()
        .given(
            "carol> follow_group roster={\"space\":&deal} group=+all follow=true
             server:robot> settle_members roster={\"space\":&deal} add=[@lilei]",
        )
        .check(
            r#"
            carol> change_space_members space=&deal add=[@lilei,@bob]
            carol> change_space_members space=&deal add=[@lilei]
            carol> follow_group roster={"space":&deal} group=+all follow=false
            server:robot> settle_members roster={"space":&deal} remove=[@lilei]
            carol> change_space_members space=&deal remove=[@lilei]
            "#,
            expect![[r#"
                carol> change_space_members space=&deal add=[@lilei,@bob]
                  space:&deal space_members_changed {"added":[@bob],"space":&deal}
                  inbox:@bob space_gained {"space":{"created_by":@carol,"id":&deal,"name":"Deal"}}
                  space:&deal space_members_named {"members":[@lilei],"space":&deal}
                carol> change_space_members space=&deal add=[@lilei]
                  (nothing)
                carol> follow_group roster={"space":&deal} group=+all follow=false
                  space:&deal group_followed {"follow":false,"group":+all,"roster":{"space":&deal}}
                server:robot> settle_members roster={"space":&deal} remove=[@lilei]
                  (nothing)
                carol> change_space_members space=&deal remove=[@lilei]
                  space:&deal space_members_changed {"removed":[@lilei],"space":&deal}
                  inbox:@lilei space_lost {"space":&deal}
            "#]],
        );
}

#[test]
fn whoever_does_not_count_any_more_goes() {
    world()
        .given(
            "carol> follow_group roster={\"channel\":#p} group=+all follow=true
             server:robot> settle_members roster={\"channel\":#p} add=[@lilei]",
        )
        .check(
            r#"
            alice> deactivate_member member=@lilei
            server:robot> settle_members roster={"channel":#p} remove=[@lilei]
            alice> reactivate_member member=@lilei
            server:robot> settle_members roster={"channel":#p} add=[@lilei]
            alice> change_role member=@lilei role=guest
            server:robot> settle_members roster={"channel":#p} remove=[@lilei]
            carol> update_channel channel=#p archived=true
            alice> change_role member=@lilei role=member
            server:robot> settle_members roster={"channel":#p} add=[@lilei]
            "#,
            expect![[r#"
                alice> deactivate_member member=@lilei
                  workspace member_deactivated {"member":@lilei}
                server:robot> settle_members roster={"channel":#p} remove=[@lilei]
                  channel:#p channel_members_changed {"channel":#p,"removed":[@lilei]}
                  inbox:@lilei channel_lost {"channel":#p}
                alice> reactivate_member member=@lilei
                  workspace member_reactivated {"member":@lilei}
                server:robot> settle_members roster={"channel":#p} add=[@lilei]
                  channel:#p channel_members_changed {"added":[@lilei],"channel":#p}
                  inbox:@lilei channel_gained {"channel":{"created_by":@carol,"id":#p,"name":"p"},"feeds":[],"followed":true,"membership":{"channel":#p,"last":0,"mentions":0,"read":0,"unread":0}}
                alice> change_role member=@lilei role=guest
                  workspace role_changed {"from":"member","member":@lilei,"to":"guest"}
                  inbox:@lilei access_changed {}
                server:robot> settle_members roster={"channel":#p} remove=[@lilei]
                  channel:#p channel_members_changed {"channel":#p,"removed":[@lilei]}
                  inbox:@lilei channel_lost {"channel":#p}
                carol> update_channel channel=#p archived=true
                  channel:#p channel_changed {"channel":{"archived":true,"created_by":@carol,"id":#p,"name":"p"}}
                alice> change_role member=@lilei role=member
                  workspace role_changed {"from":"guest","member":@lilei,"to":"member"}
                  inbox:@lilei access_changed {}
                server:robot> settle_members roster={"channel":#p} add=[@lilei]
                  (nothing)
            "#]],
        );
}

#[test]
fn a_channel_follows_its_space() {
    world()
        .given(
            "carol> create_channel id=#in name=in kind=public space=&deal
             carol> create_channel id=#own name=own kind=private space=&deal
             carol> change_space_members space=&deal add=[@lilei]",
        )
        .check(
            r#"
            carol> update_channel channel=#a follows_space=true
            lilei> update_channel channel=#in follows_space=true
            carol> update_channel channel=#in follows_space=true
            carol> update_channel channel=#own follows_space=true
            server:robot> settle_members roster={"channel":#in} add=[@lilei,@gina,@bob]
            server:robot> settle_members roster={"channel":#own} add=[@lilei,@gina,@bob]
            lilei> remove_channel_member channel=#in member=@lilei
            carol> change_space_members space=&deal remove=[@gina]
            carol> update_channel channel=#own space=null
            server:robot> settle_members roster={"channel":#own} remove=[@lilei]
            "#,
            expect![[r#"
                carol> update_channel channel=#a follows_space=true
                  ! invalid [follows_space]: The channel is in no space that it could follow; put it into one first.
                lilei> update_channel channel=#in follows_space=true
                  ! forbidden: Only those who manage the channel can do this; ask one of them.
                carol> update_channel channel=#in follows_space=true
                  space:&deal channel_changed {"channel":{"created_by":@carol,"follows_space":true,"id":#in,"in_closed_space":true,"name":"in","space":&deal}}
                carol> update_channel channel=#own follows_space=true
                  channel:#own channel_changed {"channel":{"created_by":@carol,"follows_space":true,"id":#own,"in_closed_space":true,"name":"own","space":&deal}}
                server:robot> settle_members roster={"channel":#in} add=[@lilei,@gina,@bob]
                  channel:#in channel_members_changed {"added":[@lilei,@gina],"channel":#in}
                  inbox:@lilei channel_gained {"channel":{"created_by":@carol,"follows_space":true,"id":#in,"in_closed_space":true,"name":"in","space":&deal},"feeds":[],"followed":true,"membership":{"channel":#in,"last":0,"mentions":0,"read":0,"unread":0}}
                  inbox:@gina channel_gained {"channel":{"created_by":@carol,"follows_space":true,"id":#in,"in_closed_space":true,"name":"in","space":&deal},"feeds":[],"followed":true,"membership":{"channel":#in,"last":0,"mentions":0,"read":0,"unread":0}}
                server:robot> settle_members roster={"channel":#own} add=[@lilei,@gina,@bob]
                  channel:#own channel_members_changed {"added":[@lilei],"channel":#own}
                  inbox:@lilei channel_gained {"channel":{"created_by":@carol,"follows_space":true,"id":#own,"in_closed_space":true,"name":"own","space":&deal},"feeds":[],"followed":true,"membership":{"channel":#own,"last":0,"mentions":0,"read":0,"unread":0}}
                lilei> remove_channel_member channel=#in member=@lilei
                  ! in_through_space [member]: They are in it because the channel follows its space; take them out of the space, or let the channel follow it no more.
                carol> change_space_members space=&deal remove=[@gina]
                  space:&deal space_members_changed {"removed":[@gina],"space":&deal}
                  inbox:@gina space_lost {"space":&deal}
                  channel:#in channel_member_removed {"channel":#in,"member":@gina}
                  inbox:@gina channel_lost {"channel":#in}
                carol> update_channel channel=#own space=null
                  channel:#own channel_changed {"channel":{"created_by":@carol,"id":#own,"name":"own"}}
                server:robot> settle_members roster={"channel":#own} remove=[@lilei]
                  channel:#own channel_members_changed {"channel":#own,"removed":[@lilei]}
                  inbox:@lilei channel_lost {"channel":#own}
            "#]],
        );
}

#[test]
fn a_closed_space_is_never_without_a_manager() {
    world()
        .given("carol> change_space_members space=&deal add=[@lilei]")
        .check(
            r#"
            server:robot> settle_members roster={"space":&deal} heir=@lilei
            carol> change_space_members space=&deal remove=[@carol]
            server:robot> settle_members roster={"space":&deal} heir=@gina
            server:robot> settle_members roster={"space":&deal} heir=@bob
            server:robot> settle_members roster={"space":&deal} heir=@lilei
            server:robot> settle_members roster={"space":&deal} heir=@lilei
            lilei> update_space space=&deal name=Ours
            "#,
            expect![[r#"
                server:robot> settle_members roster={"space":&deal} heir=@lilei
                  (nothing)
                carol> change_space_members space=&deal remove=[@carol]
                  space:&deal space_members_changed {"removed":[@carol],"space":&deal}
                  inbox:@carol space_lost {"space":&deal}
                server:robot> settle_members roster={"space":&deal} heir=@gina
                  (nothing)
                server:robot> settle_members roster={"space":&deal} heir=@bob
                  (nothing)
                server:robot> settle_members roster={"space":&deal} heir=@lilei
                  space:&deal space_changed {"space":{"created_by":@carol,"id":&deal,"managers":[@lilei],"name":"Deal"}}
                server:robot> settle_members roster={"space":&deal} heir=@lilei
                  (nothing)
                lilei> update_space space=&deal name=Ours
                  space:&deal space_changed {"space":{"created_by":@carol,"id":&deal,"managers":[@lilei],"name":"Ours"}}
            "#]],
        );
}

#[test]
fn whoever_is_near_is_told_to_join() {
    world()
        .given("carol> create_channel id=#in name=in kind=public space=&deal")
        .check(
            r#"
            gina> mark_read channel=#in seq=1
            bob> mark_read channel=#in seq=1
            "#,
            expect![[r#"
                gina> mark_read channel=#in seq=1
                  ! not_a_member: Join the channel first.
                bob> mark_read channel=#in seq=1
                  ! not_found: There is no such channel.
            "#]],
        );
}

#[test]
fn who_joins_a_space_joins_its_default_channels() {
    world()
        .given(
            "carol> create_channel id=#news name=news kind=public space=&deal
             carol> create_channel id=#own name=own kind=private space=&deal
             carol> change_space_members space=&deal add=[@bob]
             carol> add_channel_member channel=#news member=@gina",
        )
        .check(
            r#"
            gina> update_channel channel=#news is_default=true
            carol> update_channel channel=#own is_default=true
            carol> update_channel channel=#news is_default=true
            carol> change_space_members space=&deal remove=[@gina]
            carol> change_space_members space=&deal add=[@lilei,@gina]
            lilei> remove_channel_member channel=#news member=@lilei
            alice> add_member id=@new name=New role=member
            carol> update_channel channel=#a is_default=true
            alice> update_channel channel=#a is_default=true
            carol> update_channel channel=#a space=&open
            "#,
            expect![[r#"
                gina> update_channel channel=#news is_default=true
                  ! forbidden: Only those who manage the space can do this; ask one of them.
                carol> update_channel channel=#own is_default=true
                  ! invalid [is_default]: New members join public channels by themselves; choose one of those.
                carol> update_channel channel=#news is_default=true
                  space:&deal channel_changed {"channel":{"created_by":@carol,"id":#news,"in_closed_space":true,"is_default":true,"name":"news","space":&deal}}
                carol> change_space_members space=&deal remove=[@gina]
                  space:&deal space_members_changed {"removed":[@gina],"space":&deal}
                  inbox:@gina space_lost {"space":&deal}
                  channel:#news channel_member_removed {"channel":#news,"member":@gina}
                  inbox:@gina channel_lost {"channel":#news}
                carol> change_space_members space=&deal add=[@lilei,@gina]
                  space:&deal space_members_changed {"added":[@lilei,@gina],"space":&deal}
                  inbox:@lilei space_gained {"channels":[{"created_by":@carol,"id":#news,"in_closed_space":true,"is_default":true,"name":"news","space":&deal}],"space":{"created_by":@carol,"id":&deal,"name":"Deal"}}
                  inbox:@gina space_gained {"channels":[{"created_by":@carol,"id":#news,"in_closed_space":true,"is_default":true,"name":"news","space":&deal}],"space":{"created_by":@carol,"id":&deal,"name":"Deal"}}
                  channel:#news channel_members_changed {"added":[@lilei,@gina],"channel":#news}
                  inbox:@lilei channel_gained {"channel":{"created_by":@carol,"id":#news,"in_closed_space":true,"is_default":true,"name":"news","space":&deal},"feeds":[],"membership":{"channel":#news,"last":0,"mentions":0,"read":0,"unread":0}}
                  inbox:@gina channel_gained {"channel":{"created_by":@carol,"id":#news,"in_closed_space":true,"is_default":true,"name":"news","space":&deal},"feeds":[],"membership":{"channel":#news,"last":0,"mentions":0,"read":0,"unread":0}}
                lilei> remove_channel_member channel=#news member=@lilei
                  channel:#news channel_member_removed {"channel":#news,"member":@lilei}
                  inbox:@lilei channel_lost {"channel":#news}
                alice> add_member id=@new name=New role=member
                  workspace member_added {"member":{"handle":"new","id":@new,"name":"New","role":"member"}}
                carol> update_channel channel=#a is_default=true
                  ! forbidden: Only administrators can do this; ask one.
                alice> update_channel channel=#a is_default=true
                  members channel_changed {"channel":{"created_by":@carol,"id":#a,"is_default":true,"name":"a"}}
                carol> update_channel channel=#a space=&open
                  space:&open channel_changed {"channel":{"created_by":@carol,"id":#a,"name":"a","space":&open}}
            "#]],
        );
}
