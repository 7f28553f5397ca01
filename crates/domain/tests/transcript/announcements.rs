//! Managers of a channel, who posts in it, hiding it, and channels that new members join.

use crate::world::World;
use expect_test::expect;

/// carol made both channels; lilei, gina and robot are in them.
fn world() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_channel id=#news name=news kind=public members=[@lilei,@gina,@robot]
         carol> create_channel id=#team name=team kind=private members=[@lilei,@gina]
         alice> open_direct id=#direct members=[@carol]",
    );
    world
}

#[test]
fn managers_are_appointed() {
    world().check(
        "
        lilei> change_channel_role channel=#news member=@lilei role=manager
        carol> change_channel_role channel=#news member=@gina role=manager
        carol> change_channel_role channel=#news member=@bob role=manager
        carol[read]> change_channel_role channel=#news member=@lilei role=manager
        carol> change_channel_role channel=#direct member=@alice role=manager
        bob> change_channel_role channel=#team member=@lilei role=manager
        carol> change_channel_role channel=#team member=@lilei role=manager
        carol> change_channel_role channel=#team member=@lilei role=manager
        carol> change_channel_role channel=#team member=@carol role=member
        lilei> update_channel channel=#team archived=true
        lilei> update_channel channel=#team archived=false
        lilei> remove_channel_member channel=#team member=@gina
        bob> change_channel_role channel=#news member=@lilei role=manager
        lilei> change_channel_role channel=#news member=@lilei role=member
        lilei> remove_channel_member channel=#news member=@gina
        lilei> remove_channel_member channel=#team member=@lilei
        lilei> update_channel channel=#team posting=managers
        ",
        expect![[r#"
            lilei> change_channel_role channel=#news member=@lilei role=manager
              ! forbidden: Only those who manage the channel can do this; ask one of them.
            carol> change_channel_role channel=#news member=@gina role=manager
              ! invalid [role]: A guest cannot be chosen here.
            carol> change_channel_role channel=#news member=@bob role=manager
              ! not_found [member]: There is no such member.
            carol[read]> change_channel_role channel=#news member=@lilei role=manager
              ! forbidden: This token lacks the scope `chat`; create one that has it.
            carol> change_channel_role channel=#direct member=@alice role=manager
              ! forbidden: A direct channel cannot be changed; open another with the people you want.
            bob> change_channel_role channel=#team member=@lilei role=manager
              ! not_found: There is no such channel.
            carol> change_channel_role channel=#team member=@lilei role=manager
              channel:#team channel_changed {"channel":{"created_by":@carol,"id":#team,"managers":[@lilei],"name":"team"}}
            carol> change_channel_role channel=#team member=@lilei role=manager
              (nothing)
            carol> change_channel_role channel=#team member=@carol role=member
              (nothing)
            lilei> update_channel channel=#team archived=true
              channel:#team channel_changed {"channel":{"archived":true,"created_by":@carol,"id":#team,"managers":[@lilei],"name":"team"}}
            lilei> update_channel channel=#team archived=false
              channel:#team channel_changed {"channel":{"created_by":@carol,"id":#team,"managers":[@lilei],"name":"team"}}
            lilei> remove_channel_member channel=#team member=@gina
              channel:#team channel_member_removed {"channel":#team,"member":@gina}
              inbox:@gina channel_lost {"channel":#team}
            bob> change_channel_role channel=#news member=@lilei role=manager
              members channel_changed {"channel":{"created_by":@carol,"id":#news,"managers":[@lilei],"name":"news"}}
              inbox:@gina access_changed {}
            lilei> change_channel_role channel=#news member=@lilei role=member
              members channel_changed {"channel":{"created_by":@carol,"id":#news,"name":"news"}}
              inbox:@gina access_changed {}
            lilei> remove_channel_member channel=#news member=@gina
              ! forbidden: Only those who manage the channel can do this; ask one of them.
            lilei> remove_channel_member channel=#team member=@lilei
              channel:#team channel_member_removed {"channel":#team,"member":@lilei}
              inbox:@lilei channel_lost {"channel":#team}
            lilei> update_channel channel=#team posting=managers
              ! not_found: There is no such channel.
        "#]],
    );
}

#[test]
fn only_managers_announce() {
    world()
        .given(
            "carol> post_message id=!news channel=#news text=news
             lilei> post_message id=!old channel=#news text=old",
        )
        .check(
            "
            lilei> update_channel channel=#news posting=managers
            carol> update_channel channel=#news posting=managers
            lilei> post_message id=!a channel=#news text=hello
            gina> post_message id=!a channel=#news text=hello
            lilei> post_message id=!b channel=#news thread=!news text=reply
            lilei> post_message id=!c channel=#news thread=!news text=both in_channel=true
            robot> post_message id=!c channel=#news text=beep
            carol> post_message id=!d channel=#news text=more
            lilei> add_reaction message=!news emoji=👍
            lilei> edit_message message=!old text=new
            lilei> pin_message message=!news
            lilei> add_bookmark channel=#news url=https://a.example
            lilei> update_channel channel=#news topic=mine
            carol> pin_message message=!news
            carol> update_channel channel=#news replying=managers
            lilei> post_message id=!e channel=#news thread=!news text=reply
            carol> update_channel channel=#news posting=everyone
            lilei> post_message id=!g channel=#news text=hello
            ",
            expect![[r#"
                lilei> update_channel channel=#news posting=managers
                  ! forbidden: Only those who manage the channel can do this; ask one of them.
                carol> update_channel channel=#news posting=managers
                  members channel_changed {"channel":{"created_by":@carol,"id":#news,"name":"news","posting":"managers"}}
                  inbox:@gina access_changed {}
                lilei> post_message id=!a channel=#news text=hello
                  ! posting_restricted: Only those who manage this channel post here; ask one of them.
                gina> post_message id=!a channel=#news text=hello
                  ! posting_restricted: Only those who manage this channel post here; ask one of them.
                lilei> post_message id=!b channel=#news thread=!news text=reply
                  channel:#news message_posted {"message":{"author":@lilei,"channel":#news,"id":!b,"text":"reply","thread":!news}}
                lilei> post_message id=!c channel=#news thread=!news text=both in_channel=true
                  ! posting_restricted: Only those who manage this channel post here; ask one of them.
                robot> post_message id=!c channel=#news text=beep
                  channel:#news message_posted {"message":{"author":@robot,"channel":#news,"id":!c,"text":"beep"}}
                carol> post_message id=!d channel=#news text=more
                  channel:#news message_posted {"message":{"author":@carol,"channel":#news,"id":!d,"text":"more"}}
                lilei> add_reaction message=!news emoji=👍
                  channel:#news reaction_added {"emoji":"👍","message":!news}
                lilei> edit_message message=!old text=new
                  channel:#news message_edited {"channel":#news,"message":!old,"message_seq":30,"text":"new"}
                lilei> pin_message message=!news
                  ! forbidden: Only those who manage the channel can do this; ask one of them.
                lilei> add_bookmark channel=#news url=https://a.example
                  ! forbidden: Only those who manage the channel can do this; ask one of them.
                lilei> update_channel channel=#news topic=mine
                  ! forbidden: Only those who manage the channel can do this; ask one of them.
                carol> pin_message message=!news
                  channel:#news message_pinned {"channel":#news,"message":!news,"pin":{"by":@carol}}
                carol> update_channel channel=#news replying=managers
                  members channel_changed {"channel":{"created_by":@carol,"id":#news,"name":"news","posting":"managers","replying":"managers"}}
                  inbox:@gina access_changed {}
                lilei> post_message id=!e channel=#news thread=!news text=reply
                  ! posting_restricted: Only those who manage this channel post here; ask one of them.
                carol> update_channel channel=#news posting=everyone
                  members channel_changed {"channel":{"created_by":@carol,"id":#news,"name":"news","replying":"managers"}}
                  inbox:@gina access_changed {}
                lilei> post_message id=!g channel=#news text=hello
                  channel:#news message_posted {"message":{"author":@lilei,"channel":#news,"id":!g,"text":"hello"}}
            "#]],
        );
}

#[test]
fn a_public_channel_is_hidden_for_good() {
    world().check(
        "
        lilei> update_channel channel=#news kind=private
        bob> update_channel channel=#news kind=private
        carol> update_channel channel=#news kind=direct
        carol> update_channel channel=#news kind=private
        bob> add_channel_member channel=#news member=@bob
        carol> update_channel channel=#news kind=private
        carol> update_channel channel=#news kind=public
        carol> update_channel channel=#team kind=public
        ",
        expect![[r#"
            lilei> update_channel channel=#news kind=private
              ! forbidden: Only those who manage the channel can do this; ask one of them.
            bob> update_channel channel=#news kind=private
              ! not_a_member: Join the channel first.
            carol> update_channel channel=#news kind=direct
              ! invalid [kind]: A channel is made public or private; open a direct one by its members.
            carol> update_channel channel=#news kind=private
              members channel_hidden {"channel":#news}
              channel:#news channel_changed {"channel":{"created_by":@carol,"id":#news,"name":"news"}}
            bob> add_channel_member channel=#news member=@bob
              ! not_found: There is no such channel.
            carol> update_channel channel=#news kind=private
              (nothing)
            carol> update_channel channel=#news kind=public
              ! invalid [kind]: A private channel stays private: what was said in it was meant for its members.
            carol> update_channel channel=#team kind=public
              ! invalid [kind]: A private channel stays private: what was said in it was meant for its members.
        "#]],
    );
}

#[test]
fn new_members_join_default_channels() {
    world().check(
        "
        carol> update_channel channel=#news is_default=true
        bob> update_channel channel=#team is_default=true
        alice> add_channel_member channel=#news member=@alice
        alice> update_channel channel=#news is_default=true
        alice> add_member id=@new name=New role=member
        alice> add_member id=@visitor name=Visitor role=guest
        alice> add_member id=@bot name=Bot role=member kind=bot
        carol> update_channel channel=#news archived=true
        alice> add_member id=@late name=Late role=member
        carol> update_channel channel=#news archived=false kind=private
        alice> update_channel channel=#news is_default=true
        ",
        expect![[r#"
            carol> update_channel channel=#news is_default=true
              ! forbidden: Only administrators can do this; ask one.
            bob> update_channel channel=#team is_default=true
              ! not_found: There is no such channel.
            alice> add_channel_member channel=#news member=@alice
              channel:#news channel_member_added {"channel":#news,"member":@alice}
              inbox:@alice channel_gained {"channel":{"created_by":@carol,"id":#news,"name":"news"},"feeds":[],"membership":{"channel":#news,"last":0,"mentions":0,"read":0,"unread":0}}
            alice> update_channel channel=#news is_default=true
              members channel_changed {"channel":{"created_by":@carol,"id":#news,"is_default":true,"name":"news"}}
              inbox:@gina access_changed {}
            alice> add_member id=@new name=New role=member
              workspace member_added {"member":{"handle":"new","id":@new,"name":"New","role":"member"}}
              channel:#news channel_member_added {"channel":#news,"member":@new}
              inbox:@new channel_gained {"channel":{"created_by":@carol,"id":#news,"is_default":true,"name":"news"},"feeds":[],"membership":{"channel":#news,"last":0,"mentions":0,"read":0,"unread":0}}
            alice> add_member id=@visitor name=Visitor role=guest
              workspace member_added {"member":{"handle":"visitor","id":@visitor,"name":"Visitor","role":"guest"}}
            alice> add_member id=@bot name=Bot role=member kind=bot
              workspace member_added {"member":{"handle":"bot","id":@bot,"name":"Bot","role":"member"}}
            carol> update_channel channel=#news archived=true
              members channel_changed {"channel":{"archived":true,"created_by":@carol,"id":#news,"is_default":true,"name":"news"}}
              inbox:@gina access_changed {}
            alice> add_member id=@late name=Late role=member
              workspace member_added {"member":{"handle":"late","id":@late,"name":"Late","role":"member"}}
            carol> update_channel channel=#news archived=false kind=private
              members channel_hidden {"channel":#news}
              channel:#news channel_changed {"channel":{"created_by":@carol,"id":#news,"name":"news"}}
            alice> update_channel channel=#news is_default=true
              ! invalid [is_default]: New members join public channels by themselves; choose one of those.
        "#]],
    );
}
