//! The side bar: sections of one's own, stars, and everything marked as read at once.

use crate::world::World;
use expect_test::expect;
use tenon_protocol::{SectionId, limit};

/// carol is in two channels; lilei in none of hers. `§starred` and `§channels` are everyone's.
fn world() -> World {
    let mut world = World::new();
    let fixed = [
        ("§starred", SectionId::STARRED),
        ("§channels", SectionId::CHANNELS),
    ];
    for (name, id) in fixed {
        world.symbols.name(id.0, name.into());
    }
    world.symbols.name(SectionId::DIRECT.0, "§direct".into());
    world
        .symbols
        .name(SectionId::PROJECTS.0, "§projects".into());
    world.given(
        "carol> create_channel id=#team name=team kind=private members=[@bob]
         carol> create_channel id=#open name=open kind=public
         carol> create_project id=$eng key=ENG name=Eng
         alice> create_project id=$hid key=HID name=Hid visibility=private",
    );
    world
}

#[test]
fn sections_are_made_named_folded_moved_and_removed() {
    world().check(
        r#"
        carol> add_section id=§work name=" Work "
        carol> add_section id=§work name=Work
        carol> add_section id=§x name=""
        carol[read]> add_section id=§x name=X
        carol> update_section section=§work name=Launch collapsed=true
        carol> update_section section=§work collapsed=true
        carol> update_section section=§channels name=Mine
        carol> update_section section=§channels after=null
        carol> update_section section=§work after=§channels
        carol> update_section section=§work after=§x
        carol> update_section section=§x collapsed=true
        carol> remove_section section=§channels
        carol> remove_section section=§work
        carol> remove_section section=§work
        "#,
        expect![[r#"
            carol> add_section id=§work name=" Work "
              inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§starred},{"id":§work,"name":"Work"},{"id":§channels},{"id":§direct},{"id":§projects}]}}
            carol> add_section id=§work name=Work
              ! already_exists [id]: This id is taken; choose a new one.
            carol> add_section id=§x name=""
              ! invalid [name]: name is empty; fill it in.
            carol[read]> add_section id=§x name=X
              ! forbidden: This token lacks the scope `chat`; create one that has it.
            carol> update_section section=§work name=Launch collapsed=true
              inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§starred},{"collapsed":true,"id":§work,"name":"Launch"},{"id":§channels},{"id":§direct},{"id":§projects}]}}
            carol> update_section section=§work collapsed=true
              (nothing)
            carol> update_section section=§channels name=Mine
              ! invalid [section]: This section arranges itself; choose starred or one of your own.
            carol> update_section section=§channels after=null
              inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§channels},{"id":§starred},{"collapsed":true,"id":§work,"name":"Launch"},{"id":§direct},{"id":§projects}]}}
            carol> update_section section=§work after=§channels
              inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§channels},{"collapsed":true,"id":§work,"name":"Launch"},{"id":§starred},{"id":§direct},{"id":§projects}]}}
            carol> update_section section=§work after=§x
              ! not_found [after]: There is no such section in your side bar.
            carol> update_section section=§x collapsed=true
              ! not_found [section]: There is no such section in your side bar.
            carol> remove_section section=§channels
              ! invalid [section]: This section arranges itself; choose starred or one of your own.
            carol> remove_section section=§work
              inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§channels},{"id":§starred},{"id":§direct},{"id":§projects}]}}
            carol> remove_section section=§work
              (nothing)
        "#]],
    );
}

#[test]
fn rows_are_put_into_sections() {
    world()
        .given("carol> add_section id=§work name=Work")
        .check(
            r#"
        carol> place_row row={"channel":#team} section=§starred
        carol> place_row row={"channel":#team} section=§starred
        carol> place_row row={"channel":#open} section=§starred after=null
        carol> place_row row={"project":$eng} section=§starred after={"channel":#open}
        carol> place_row row={"channel":#open} section=§work after={"channel":#team}
        carol> place_row row={"channel":#open} section=§channels
        carol> place_row row={"channel":#open} section=§nowhere
        carol> place_row row={"channel":#team}
        carol> place_row row={"channel":#team}
        lilei> place_row row={"channel":#team} section=§starred
        lilei> place_row row={"channel":#open} section=§starred
        lilei> place_row row={"project":$hid} section=§starred
        lilei> place_row row={"project":$hid}
        "#,
            expect![[r#"
                carol> place_row row={"channel":#team} section=§starred
                  inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§starred,"rows":[{"channel":#team}]},{"id":§work,"name":"Work"},{"id":§channels},{"id":§direct},{"id":§projects}]}}
                carol> place_row row={"channel":#team} section=§starred
                  (nothing)
                carol> place_row row={"channel":#open} section=§starred after=null
                  inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§starred,"rows":[{"channel":#open},{"channel":#team}]},{"id":§work,"name":"Work"},{"id":§channels},{"id":§direct},{"id":§projects}]}}
                carol> place_row row={"project":$eng} section=§starred after={"channel":#open}
                  inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§starred,"rows":[{"channel":#open},{"project":$eng},{"channel":#team}]},{"id":§work,"name":"Work"},{"id":§channels},{"id":§direct},{"id":§projects}]}}
                carol> place_row row={"channel":#open} section=§work after={"channel":#team}
                  inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§starred,"rows":[{"project":$eng},{"channel":#team}]},{"id":§work,"name":"Work","rows":[{"channel":#open}]},{"id":§channels},{"id":§direct},{"id":§projects}]}}
                carol> place_row row={"channel":#open} section=§channels
                  ! invalid [section]: This section arranges itself; choose starred or one of your own.
                carol> place_row row={"channel":#open} section=§nowhere
                  ! not_found [section]: There is no such section in your side bar.
                carol> place_row row={"channel":#team}
                  inbox:@carol side_bar_changed {"side_bar":{"sections":[{"id":§starred,"rows":[{"project":$eng}]},{"id":§work,"name":"Work","rows":[{"channel":#open}]},{"id":§channels},{"id":§direct},{"id":§projects}]}}
                carol> place_row row={"channel":#team}
                  (nothing)
                lilei> place_row row={"channel":#team} section=§starred
                  ! not_found: There is no such channel.
                lilei> place_row row={"channel":#open} section=§starred
                  ! not_a_member: Join the channel first.
                lilei> place_row row={"project":$hid} section=§starred
                  ! not_found: There is no such project.
                lilei> place_row row={"project":$hid}
                  (nothing)
            "#]],
        );
}

#[test]
fn a_side_bar_is_bounded() {
    let mut world = world();
    for number in 0..limit::SECTIONS_MAX {
        world.given(&format!("carol> add_section id=§n{number} name=N{number}"));
    }
    world.check(
        "carol> add_section id=§more name=More",
        expect![[r#"
        carol> add_section id=§more name=More
          ! limit_reached [sections]: sections has more than 30 entries; take some away.
    "#]],
    );
}

#[test]
fn everything_is_marked_as_read_at_once() {
    world()
        .given(
            "carol> add_channel_member channel=#open member=@bob
             carol> post_message id=!one channel=#team text=one
             carol> post_message id=!two channel=#open text=\"two @channel\"
             carol> post_message id=!three channel=#open text=three",
        )
        .check(
            r#"
            bob> mark_all_read seq=0
            bob> mark_all_read seq=27 channels=[#open]
            bob[read]> mark_all_read seq=99
            bob> mark_all_read seq=9999
            bob> mark_all_read seq=9999
            lilei> mark_all_read seq=9999 channels=[#team]
            "#,
            expect![[r#"
                bob> mark_all_read seq=0
                  (nothing)
                bob> mark_all_read seq=27 channels=[#open]
                  inbox:@bob all_read_marked {"marks":[{"channel":#open,"mentions":0,"unread":0}],"read":25}
                bob[read]> mark_all_read seq=99
                  ! forbidden: This token lacks the scope `chat`; create one that has it.
                bob> mark_all_read seq=9999
                  inbox:@bob all_read_marked {"marks":[{"channel":#team,"mentions":0,"unread":0}],"read":26}
                bob> mark_all_read seq=9999
                  (nothing)
                lilei> mark_all_read seq=9999 channels=[#team]
                  (nothing)
            "#]],
        );
}
