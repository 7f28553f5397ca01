//! Templates of tasks: a project's list, and what new tasks get of it.

use crate::world::World;
use expect_test::expect;

const FIELDS: &str = r#"
    carol> change_fields project=$eng fields=[{"id":"customer","name":"客户","kind":"text"},{"id":"severity","name":"Severity","kind":"select","options":[{"id":"high","name":"High","colour":"red"},{"id":"low","name":"Low","colour":"grey"}]},{"id":"platform","name":"Platform","kind":"multi_select","options":[{"id":"ios","name":"iOS","colour":"blue"},{"id":"web","name":"Web","colour":"green"}]},{"id":"tester","name":"Tester","kind":"person"}]
"#;

/// One that names everything.
const FULL: &str = r#"
    carol> change_templates project=$eng templates=[{"id":"bug","name":"缺陷报告","title":"缺陷：","description":"复现：\n1. ","type":"bug","priority":"high","labels":["线上"],"assignees":[@lilei,@bob],"start_days":0,"due_days":3,"estimate":2,"checklist":["复现","修复"],"fields":{"customer":"ACME","severity":"high","platform":["ios","web"],"tester":@bob}}]
"#;

fn board() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_project id=$eng key=ENG name=Eng template=simple members=[@gina]
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple",
    );
    world.given(FIELDS);
    world
}

#[test]
fn a_project_has_templates_of_its_own() {
    board().check(
        r#"
        carol> change_templates project=$eng templates=[{"id":"bug","name":" 缺陷报告 ","title":" 缺陷： ","labels":["线上 ","线上"],"assignees":[@lilei,@lilei],"checklist":[" 复现 "],"fields":{"customer":" ","platform":["web","ios"]}},{"id":"plain","name":"Plain"}]
        carol> change_templates project=$eng templates=[{"id":"bug","name":"缺陷报告","title":"缺陷：","labels":["线上"],"assignees":[@lilei],"checklist":["复现"],"fields":{"platform":["ios","web"]}},{"id":"plain","name":"Plain"}]
        carol> change_templates project=$eng templates=[{"id":"plain","name":"Plain"},{"id":"bug","name":"缺陷报告","title":"缺陷：","labels":["线上"],"assignees":[@lilei],"checklist":["复现"],"fields":{"platform":["ios","web"]}}]
        carol> change_templates project=$eng templates=[{"id":"plain","name":"Plain","priority":"low"}]
        gina> change_templates project=$eng templates=[]
        lilei> change_templates project=$eng templates=[]
        lilei> change_templates project=$hush templates=[]
        "#,
        expect![[r#"
            carol> change_templates project=$eng templates=[{"id":"bug","name":" 缺陷报告 ","title":" 缺陷： ","labels":["线上 ","线上"],"assignees":[@lilei,@lilei],"checklist":[" 复现 "],"fields":{"customer":" ","platform":["web","ios"]}},{"id":"plain","name":"Plain"}]
              project:$eng templates_changed {"changed":[{"assignees":[@lilei],"checklist":["复现"],"fields":{"platform":["ios","web"]},"id":"bug","labels":["线上"],"name":"缺陷报告","title":"缺陷："},{"id":"plain","name":"Plain"}],"project":$eng,"templates":[{"id":"bug","name":"缺陷报告"},{"id":"plain","name":"Plain"}]}
            carol> change_templates project=$eng templates=[{"id":"bug","name":"缺陷报告","title":"缺陷：","labels":["线上"],"assignees":[@lilei],"checklist":["复现"],"fields":{"platform":["ios","web"]}},{"id":"plain","name":"Plain"}]
              (nothing)
            carol> change_templates project=$eng templates=[{"id":"plain","name":"Plain"},{"id":"bug","name":"缺陷报告","title":"缺陷：","labels":["线上"],"assignees":[@lilei],"checklist":["复现"],"fields":{"platform":["ios","web"]}}]
              project:$eng templates_changed {"project":$eng,"templates":[{"id":"plain","name":"Plain"},{"id":"bug","name":"缺陷报告"}]}
            carol> change_templates project=$eng templates=[{"id":"plain","name":"Plain","priority":"low"}]
              project:$eng templates_changed {"changed":[{"id":"plain","name":"Plain","priority":"low"}],"project":$eng,"templates":[{"id":"plain","name":"Plain"}]}
            gina> change_templates project=$eng templates=[]
              ! forbidden: Only the project's lead, its creator or an administrator can do this.
            lilei> change_templates project=$eng templates=[]
              ! forbidden: Only the project's lead, its creator or an administrator can do this.
            lilei> change_templates project=$hush templates=[]
              ! not_found: There is no such project.
        "#]],
    );
}

#[test]
fn what_no_task_could_have_is_refused() {
    board().check(
        r#"
        carol> change_templates project=$eng templates=[{"id":"A!","name":"A"}]
        carol> change_templates project=$eng templates=[{"id":"a","name":" "}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A"},{"id":"a","name":"B"}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"Bug"},{"id":"b","name":"ｂｕｇ"}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A","title":"\u200b"}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A","type":"nothing"}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A","labels":[""]}]
        carol> change_templates project=$hush templates=[{"id":"a","name":"A","assignees":[@gina]}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A","start_days":3651}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A","due_days":3651}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A","estimate":1e308}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A","checklist":[" "]}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A","fields":{"nothing":"x"}}]
        carol> change_templates project=$eng templates=[{"id":"a","name":"A","fields":{"severity":"huge"}}]
        "#,
        expect![[r#"
            carol> change_templates project=$eng templates=[{"id":"A!","name":"A"}]
              ! invalid [templates]: The id of a template is 1 to 40 of a-z, 0-9 and underscore.
            carol> change_templates project=$eng templates=[{"id":"a","name":" "}]
              ! invalid [name]: name is empty; fill it in.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A"},{"id":"a","name":"B"}]
              ! already_exists [name]: Two templates have the id or the name of B; make them differ.
            carol> change_templates project=$eng templates=[{"id":"a","name":"Bug"},{"id":"b","name":"ｂｕｇ"}]
              ! already_exists [name]: Two templates have the id or the name of ｂｕｇ; make them differ.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A","title":"\u200b"}]
              ! invalid [title]: title is empty; fill it in.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A","type":"nothing"}]
              ! invalid [type]: The project has no type nothing; choose one of its types.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A","labels":[""]}]
              ! invalid [labels]: labels is empty; fill it in.
            carol> change_templates project=$hush templates=[{"id":"a","name":"A","assignees":[@gina]}]
              ! invalid [assignees]: @gina is not active or cannot see this project; add them to it first.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A","start_days":3651}]
              ! invalid [start_days]: start_days must be from 0 to 3650.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A","due_days":3651}]
              ! invalid [due_days]: due_days must be from 0 to 3650.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A","estimate":1e308}]
              ! invalid [estimate]: An estimate is a number from 0 to 1,000,000.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A","checklist":[" "]}]
              ! invalid [text]: text is empty; fill it in.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A","fields":{"nothing":"x"}}]
              ! invalid [fields]: The project has no field nothing; choose one of its fields.
            carol> change_templates project=$eng templates=[{"id":"a","name":"A","fields":{"severity":"huge"}}]
              ! invalid [fields]: Severity has no option huge; choose one of its options.
        "#]],
    );
}

#[test]
fn a_task_begins_with_what_its_template_has() {
    let mut world = board();
    world.given(FULL);
    world.check(
        r#"
        alice> create_task id=%t1 project=$eng template=bug
        gina> create_task id=%t2 project=$eng template=bug title="登录失败" description="" task_type=story priority=none labels=[] assignees=[@carol] start=null due=2025-12-01 estimate=null fields={"customer":"","severity":"low"}
        lilei> create_task id=%t3 project=$eng template=nothing title=X
        lilei> create_task id=%t4 project=$hush template=bug title=X
        carol> create_task id=%t5 project=$hush template=bug title=X
        "#,
        expect![[r#"
            alice> create_task id=%t1 project=$eng template=bug
              project:$eng task_created {"task":{"assignees":[@lilei,@bob],"checklist":[{"id":"00000000-0000-0000-0000-0000001ec301","rank":"V","text":"复现"},{"id":"00000000-0000-0000-0000-0000001ec302","rank":"VV","text":"修复"}],"created_by":@alice,"description":"复现：\n1. ","due":"2025-11-25","estimate":2.0,"fields":{"customer":"ACME","platform":["ios","web"],"severity":"high","tester":@bob},"followers":[@alice,@lilei,@bob],"id":%t1,"key":"ENG-1","labels":["线上"],"number":1,"priority":"high","project":$eng,"rank":"W","start":"2025-11-22","state":"todo","title":"缺陷：","type":"bug"}}
            gina> create_task id=%t2 project=$eng template=bug title="登录失败" description="" task_type=story priority=none labels=[] assignees=[@carol] start=null due=2025-12-01 estimate=null fields={"customer":"","severity":"low"}
              project:$eng task_created {"task":{"assignees":[@carol],"checklist":[{"id":"00000000-0000-0000-0000-0000001ec6e9","rank":"V","text":"复现"},{"id":"00000000-0000-0000-0000-0000001ec6ea","rank":"VV","text":"修复"}],"created_by":@gina,"due":"2025-12-01","fields":{"platform":["ios","web"],"severity":"low","tester":@bob},"followers":[@gina,@carol],"id":%t2,"key":"ENG-2","number":2,"priority":"none","project":$eng,"rank":"X","state":"todo","title":"登录失败","type":"story"}}
            lilei> create_task id=%t3 project=$eng template=nothing title=X
              ! invalid [template]: The project has no template nothing; choose one of its templates.
            lilei> create_task id=%t4 project=$hush template=bug title=X
              ! not_found: There is no such project.
            carol> create_task id=%t5 project=$hush template=bug title=X
              ! invalid [template]: The project has no template bug; choose one of its templates.
        "#]],
    );
}

#[test]
fn a_template_without_a_title_asks_for_one() {
    let mut world = board();
    world
        .given(r#"carol> change_templates project=$eng templates=[{"id":"plain","name":"Plain"}]"#);
    world.check(
        r#"
        carol> create_task id=%t1 project=$eng template=plain
        carol> create_task id=%t2 project=$eng template=plain title=Named
        carol> create_task id=%t3 project=$eng
        "#,
        expect![[r#"
            carol> create_task id=%t1 project=$eng template=plain
              ! invalid [title]: title is empty; fill it in.
            carol> create_task id=%t2 project=$eng template=plain title=Named
              project:$eng task_created {"task":{"created_by":@carol,"followers":[@carol],"id":%t2,"key":"ENG-1","number":1,"priority":"none","project":$eng,"rank":"W","state":"todo","title":"Named"}}
            carol> create_task id=%t3 project=$eng
              ! invalid [title]: title is empty; fill it in.
        "#]],
    );
}

#[test]
fn what_is_gone_is_left_out() {
    let mut world = board();
    world.given(FULL);
    world.given(
        r#"
        carol> change_types project=$eng types=[{"id":"task","name":"","icon":"check","colour":"blue","replaces":["story","epic"]},{"id":"defect","name":"Defect","icon":"bug","colour":"red","replaces":["bug"]}]
        carol> change_fields project=$eng fields=[{"id":"severity","name":"Severity","kind":"select","options":[{"id":"low","name":"Low","colour":"grey"}]},{"id":"platform","name":"Platform","kind":"multi_select","options":[{"id":"ios","name":"iOS","colour":"blue","archived":true},{"id":"web","name":"Web","colour":"green"}]},{"id":"tester","name":"Tester","kind":"person"}]
        alice> deactivate_member member=@bob
        "#,
    );
    world.check(
        r#"
        carol> create_task id=%t1 project=$eng template=bug
        carol> change_templates project=$eng templates=[{"id":"bug","name":"缺陷","title":"缺陷：","description":"复现：\n1. ","type":"bug","priority":"high","labels":["线上"],"assignees":[@lilei,@bob],"start_days":0,"due_days":3,"estimate":2,"checklist":["复现","修复"],"fields":{"customer":"ACME","severity":"high","platform":["ios","web"],"tester":@bob}}]
        carol> change_templates project=$eng templates=[{"id":"new","name":"New","assignees":[@bob]}]
        carol> change_templates project=$eng templates=[{"id":"new","name":"New","fields":{"customer":"ACME"}}]
        "#,
        expect![[r#"
            carol> create_task id=%t1 project=$eng template=bug
              project:$eng task_created {"task":{"assignees":[@lilei],"checklist":[{"id":"00000000-0000-0000-0000-0000001eceb9","rank":"V","text":"复现"},{"id":"00000000-0000-0000-0000-0000001eceba","rank":"VV","text":"修复"}],"created_by":@carol,"description":"复现：\n1. ","due":"2025-11-25","estimate":2.0,"fields":{"platform":["web"]},"followers":[@carol,@lilei],"id":%t1,"key":"ENG-1","labels":["线上"],"number":1,"priority":"high","project":$eng,"rank":"W","start":"2025-11-22","state":"todo","title":"缺陷：","type":"defect"}}
            carol> change_templates project=$eng templates=[{"id":"bug","name":"缺陷","title":"缺陷：","description":"复现：\n1. ","type":"bug","priority":"high","labels":["线上"],"assignees":[@lilei,@bob],"start_days":0,"due_days":3,"estimate":2,"checklist":["复现","修复"],"fields":{"customer":"ACME","severity":"high","platform":["ios","web"],"tester":@bob}}]
              project:$eng templates_changed {"changed":[{"assignees":[@lilei,@bob],"checklist":["复现","修复"],"description":"复现：\n1. ","due_days":3,"estimate":2.0,"fields":{"customer":"ACME","platform":["ios","web"],"severity":"high","tester":@bob},"id":"bug","labels":["线上"],"name":"缺陷","priority":"high","start_days":0,"title":"缺陷：","type":"bug"}],"project":$eng,"templates":[{"id":"bug","name":"缺陷"}]}
            carol> change_templates project=$eng templates=[{"id":"new","name":"New","assignees":[@bob]}]
              ! invalid [assignees]: @bob is not active or cannot see this project; add them to it first.
            carol> change_templates project=$eng templates=[{"id":"new","name":"New","fields":{"customer":"ACME"}}]
              ! invalid [fields]: The project has no field customer; choose one of its fields.
        "#]],
    );
}

#[test]
fn a_message_becomes_a_task_of_a_template() {
    let mut world = board();
    world.given(FULL);
    world.given(
        r#"
        alice> create_channel id=#room name=room kind=public
        alice> post_message id=!one channel=#room text="导出很慢"
        alice> post_message id=!two channel=#room text="@carol 紧急，明天看一下导出"
        "#,
    );
    world.check(
        r#"
        lilei> make_task id=%t1 message=!one project=$eng template=nothing
        alice> make_task id=%t1 message=!one project=$eng template=bug
        alice> make_task id=%t2 message=!two project=$eng template=bug task_type=story labels=[]
        "#,
        expect![[r#"
            lilei> make_task id=%t1 message=!one project=$eng template=nothing
              ! invalid [template]: The project has no template nothing; choose one of its templates.
            alice> make_task id=%t1 message=!one project=$eng template=bug
              project:$eng task_created {"task":{"assignees":[@lilei,@bob],"checklist":[{"id":"00000000-0000-0000-0000-0000001ed689","rank":"V","text":"复现"},{"id":"00000000-0000-0000-0000-0000001ed68a","rank":"VV","text":"修复"}],"created_by":@alice,"description":"复现：\n1. ","due":"2025-11-25","estimate":2.0,"fields":{"customer":"ACME","platform":["ios","web"],"severity":"high","tester":@bob},"followers":[@alice,@lilei,@bob],"id":%t1,"key":"ENG-1","labels":["线上"],"number":1,"priority":"high","project":$eng,"rank":"W","source":{"channel":#room,"message":!one},"start":"2025-11-22","state":"todo","title":"导出很慢","type":"bug"}}
              project:$eng message_posted {"message":{"author":@alice,"context":{"channel":#room,"message":!one,"quotes":[{"author":@alice,"message":!one,"text":"导出很慢"}]},"id":"00000000-0000-0000-0000-0000000f4255","task":%t1,"text":""}}
              channel:#room message_linked {"channel":#room,"link":{"key":"ENG-1","project":$eng,"task":%t1},"message":!one}
            alice> make_task id=%t2 message=!two project=$eng template=bug task_type=story labels=[]
              project:$eng task_created {"task":{"assignees":[@carol],"checklist":[{"id":"00000000-0000-0000-0000-0000001ee241","rank":"V","text":"复现"},{"id":"00000000-0000-0000-0000-0000001ee242","rank":"VV","text":"修复"}],"created_by":@alice,"description":"复现：\n1. ","due":"2025-11-23","estimate":2.0,"fields":{"customer":"ACME","platform":["ios","web"],"severity":"high","tester":@bob},"followers":[@alice,@carol],"id":%t2,"key":"ENG-2","number":2,"priority":"high","project":$eng,"rank":"X","source":{"channel":#room,"message":!two},"start":"2025-11-22","state":"todo","title":"紧急，看一下导出","type":"story"}}
              project:$eng message_posted {"message":{"author":@alice,"context":{"channel":#room,"message":!two,"quotes":[{"author":@alice,"message":!two,"text":"@carol 紧急，明天看一下导出"}]},"id":"00000000-0000-0000-0000-0000000f4258","task":%t2,"text":""}}
              channel:#room message_linked {"channel":#room,"link":{"key":"ENG-2","project":$eng,"task":%t2},"message":!two}
        "#]],
    );
}
