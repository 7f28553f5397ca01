//! Custom emoji: who adds them, what they are called, and reactions with them.

use crate::world::World;
use expect_test::expect;

#[test]
fn an_emoji_has_a_name_of_its_own() {
    World::new().check(
        r#"
        server:carol> add_emoji id=^cat name=party_cat aliases=["猫"]
        carol> add_emoji id=^dog name=dog_dance
        server:lilei> add_emoji id=^zan name=赞同 animated=true
        server:lilei> add_emoji id=^other name=猫
        server:lilei> add_emoji id=^other name=tada
        server:lilei> add_emoji id=^other name=Party
        server:lilei> add_emoji id=^other name="30"
        server:lilei> add_emoji id=^other name="two words"
        server:lilei> add_emoji id=^other name=a:b
        server:lilei> add_emoji id=^other name=ok1 aliases=["ok1"]
        server:lilei> add_emoji id=^cat name=another
        server:gina> add_emoji id=^other name=guest
        server:carol[read]> add_emoji id=^other name=nope
        "#,
        expect![[r#"
            server:carol> add_emoji id=^cat name=party_cat aliases=["猫"]
              workspace emoji_added {"emoji":{"aliases":["猫"],"created_by":@carol,"id":^cat,"name":"party_cat"}}
            carol> add_emoji id=^dog name=dog_dance
              ! forbidden: Only the server itself does this.
            server:lilei> add_emoji id=^zan name=赞同 animated=true
              workspace emoji_added {"emoji":{"animated":true,"created_by":@lilei,"id":^zan,"name":"赞同"}}
            server:lilei> add_emoji id=^other name=猫
              ! already_exists [name]: Another emoji is called 猫; choose another name.
            server:lilei> add_emoji id=^other name=tada
              ! already_exists [name]: Another emoji is called tada; choose another name.
            server:lilei> add_emoji id=^other name=Party
              ! invalid [name]: An emoji is called by 1 to 32 small letters of any script, digits, `_`, `-` and `+`, with one letter at least.
            server:lilei> add_emoji id=^other name="30"
              ! invalid [name]: An emoji is called by 1 to 32 small letters of any script, digits, `_`, `-` and `+`, with one letter at least.
            server:lilei> add_emoji id=^other name="two words"
              ! invalid [name]: An emoji is called by 1 to 32 small letters of any script, digits, `_`, `-` and `+`, with one letter at least.
            server:lilei> add_emoji id=^other name=a:b
              ! invalid [name]: An emoji is called by 1 to 32 small letters of any script, digits, `_`, `-` and `+`, with one letter at least.
            server:lilei> add_emoji id=^other name=ok1 aliases=["ok1"]
              ! already_exists [name]: Another emoji is called ok1; choose another name.
            server:lilei> add_emoji id=^cat name=another
              ! already_exists [id]: This id is taken; choose a new one.
            server:gina> add_emoji id=^other name=guest
              ! forbidden: Guests cannot do this; ask a member.
            server:carol[read]> add_emoji id=^other name=nope
              ! forbidden: This token lacks the scope `chat`; create one that has it.
        "#]],
    );
}

#[test]
fn an_emoji_is_changed_by_who_added_it() {
    World::new()
        .given(
            r#"server:carol> add_emoji id=^cat name=party_cat aliases=["猫"]
               server:lilei> add_emoji id=^zan name=赞同"#,
        )
        .check(
            r#"
        carol> change_emoji emoji=^cat aliases=["猫","cats"]
        carol> change_emoji emoji=^cat aliases=["猫","cats"]
        carol> change_emoji emoji=^cat aliases=["赞同"]
        lilei> change_emoji emoji=^cat aliases=[]
        lilei> remove_emoji emoji=^cat
        carol> restrict_emoji restricted=true
        bob> restrict_emoji restricted=true
        bob> restrict_emoji restricted=true
        server:carol> add_emoji id=^other name=later
        server:bob> add_emoji id=^boss name=boss
        bob> remove_emoji emoji=^zan
        lilei> remove_emoji emoji=^zan
        carol> remove_emoji emoji=^cat
        "#,
            expect![[r#"
                carol> change_emoji emoji=^cat aliases=["猫","cats"]
                  workspace emoji_changed {"emoji":{"aliases":["猫","cats"],"created_by":@carol,"id":^cat,"name":"party_cat"}}
                carol> change_emoji emoji=^cat aliases=["猫","cats"]
                  (nothing)
                carol> change_emoji emoji=^cat aliases=["赞同"]
                  ! already_exists [name]: Another emoji is called 赞同; choose another name.
                lilei> change_emoji emoji=^cat aliases=[]
                  ! forbidden: Only administrators can do this; ask one.
                lilei> remove_emoji emoji=^cat
                  ! forbidden: Only administrators can do this; ask one.
                carol> restrict_emoji restricted=true
                  ! forbidden: Only administrators can do this; ask one.
                bob> restrict_emoji restricted=true
                  workspace emoji_restricted {"restricted":true}
                bob> restrict_emoji restricted=true
                  (nothing)
                server:carol> add_emoji id=^other name=later
                  ! forbidden: Only administrators can do this; ask one.
                server:bob> add_emoji id=^boss name=boss
                  workspace emoji_added {"emoji":{"created_by":@bob,"id":^boss,"name":"boss"}}
                bob> remove_emoji emoji=^zan
                  workspace emoji_removed {"emoji":^zan}
                lilei> remove_emoji emoji=^zan
                  ! not_found: There is no such emoji; it was taken away.
                carol> remove_emoji emoji=^cat
                  workspace emoji_removed {"emoji":^cat}
            "#]],
        );
}

#[test]
fn one_reacts_with_custom_emoji() {
    World::new()
        .given(
            r#"server:carol> add_emoji id=^cat name=party_cat aliases=["猫"]
               carol> create_channel id=#team name=team kind=private members=[@bob,@gina]
               carol> post_message id=!m channel=#team text=hello"#,
        )
        .check(
            r#"
            bob> add_reaction message=!m emoji=:party_cat:
            bob> add_reaction message=!m emoji=:猫:
            gina> add_reaction message=!m emoji=:猫:
            bob> add_reaction message=!m emoji=:unknown:
            bob> add_reaction message=!m emoji=party_cat
            carol> remove_emoji emoji=^cat
            carol> add_reaction message=!m emoji=:party_cat:
            carol> remove_reaction message=!m emoji=:party_cat:
            gina> remove_reaction message=!m emoji=:party_cat:
            "#,
            expect![[r#"
                bob> add_reaction message=!m emoji=:party_cat:
                  channel:#team reaction_added {"emoji":":party_cat:","message":!m}
                bob> add_reaction message=!m emoji=:猫:
                  (nothing)
                gina> add_reaction message=!m emoji=:猫:
                  channel:#team reaction_added {"emoji":":party_cat:","message":!m}
                bob> add_reaction message=!m emoji=:unknown:
                  ! invalid [emoji]: Choose one emoji.
                bob> add_reaction message=!m emoji=party_cat
                  ! invalid [emoji]: Choose one emoji.
                carol> remove_emoji emoji=^cat
                  workspace emoji_removed {"emoji":^cat}
                carol> add_reaction message=!m emoji=:party_cat:
                  ! invalid [emoji]: Choose one emoji.
                carol> remove_reaction message=!m emoji=:party_cat:
                  (nothing)
                gina> remove_reaction message=!m emoji=:party_cat:
                  channel:#team reaction_removed {"emoji":":party_cat:","message":!m}
            "#]],
        );
}
