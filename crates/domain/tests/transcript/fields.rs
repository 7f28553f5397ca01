//! Custom fields: a project's list, and what tasks have of them.

use crate::world::World;
use expect_test::expect;

/// One field of each kind.
const FIELDS: &str = r#"
    carol> change_fields project=$eng fields=[{"id":"customer","name":"客户","kind":"text"},{"id":"amount","name":"Amount","kind":"number"},{"id":"live","name":"Goes live","kind":"date"},{"id":"tester","name":"Tester","kind":"person"},{"id":"severity","name":"Severity","kind":"select","options":[{"id":"high","name":"High","colour":"red"},{"id":"low","name":"Low","colour":"grey"},{"id":"old","name":"Old","colour":"grey","archived":true}]},{"id":"platform","name":"Platform","kind":"multi_select","options":[{"id":"ios","name":"iOS","colour":"blue"},{"id":"web","name":"Web","colour":"green"}]},{"id":"page","name":"Page","kind":"link"},{"id":"checked","name":"Accepted","kind":"check"},{"id":"gone","name":"Gone","kind":"text","archived":true}]
"#;

fn board() -> World {
    let mut world = World::new();
    world.given(
        "carol> create_project id=$eng key=ENG name=Eng template=simple members=[@gina]
         carol> create_project id=$hush key=HUSH name=Hush visibility=private template=simple
         carol> create_task id=%t1 project=$eng title=One
         carol> create_task id=%t2 project=$hush title=Two",
    );
    world
}

fn board_with_fields() -> World {
    let mut world = board();
    world.given(FIELDS);
    world
}

#[test]
fn a_project_has_fields_of_its_own() {
    board().check(
        r#"
        carol> change_fields project=$eng fields=[{"id":"customer","name":"  客户 ","description":" Who pays ","kind":"text"},{"id":"severity","name":"Severity","kind":"select","options":[{"id":"high","name":"High ","colour":"red"}]}]
        carol> change_fields project=$eng fields=[{"id":"customer","name":"客户","description":"Who pays","kind":"text"},{"id":"severity","name":"Severity","kind":"select","options":[{"id":"high","name":"High","colour":"red"}]}]
        carol> change_fields project=$eng fields=[{"id":"customer","name":"客户","kind":"number"}]
        carol> change_fields project=$eng fields=[{"id":"a","name":"A","kind":"text"},{"id":"a","name":"B","kind":"text"}]
        carol> change_fields project=$eng fields=[{"id":"a","name":"Sev  ＥＲ","kind":"text"},{"id":"b","name":"sev er","kind":"text","archived":true}]
        carol> change_fields project=$eng fields=[{"id":"a","name":"Due","kind":"date"}]
        carol> change_fields project=$eng fields=[{"id":"a","name":"优先级","kind":"text"}]
        carol> change_fields project=$eng fields=[{"id":"a","name":"ｓｔａｔｕｓ","kind":"text"}]
        carol> change_fields project=$eng fields=[{"id":"A!","name":"A","kind":"text"}]
        carol> change_fields project=$eng fields=[{"id":"a","name":" ","kind":"text"}]
        carol> change_fields project=$eng fields=[{"id":"a","name":"A","kind":"select"}]
        carol> change_fields project=$eng fields=[{"id":"a","name":"A","kind":"text","options":[{"id":"x","name":"X","colour":"red"}]}]
        carol> change_fields project=$eng fields=[{"id":"a","name":"A","kind":"select","options":[{"id":"x","name":"X","colour":"red"},{"id":"y","name":"ｘ","colour":"red"}]}]
        carol> change_fields project=$eng fields=[]
        gina> change_fields project=$eng fields=[]
        lilei> change_fields project=$eng fields=[]
        lilei> change_fields project=$hush fields=[]
        "#,
        expect![[r#"
            carol> change_fields project=$eng fields=[{"id":"customer","name":"  客户 ","description":" Who pays ","kind":"text"},{"id":"severity","name":"Severity","kind":"select","options":[{"id":"high","name":"High ","colour":"red"}]}]
              project:$eng fields_changed {"fields":[{"description":"Who pays","id":"customer","name":"客户"},{"id":"severity","name":"Severity","options":[{"colour":"red","id":"high","name":"High"}]}],"project":$eng}
            carol> change_fields project=$eng fields=[{"id":"customer","name":"客户","description":"Who pays","kind":"text"},{"id":"severity","name":"Severity","kind":"select","options":[{"id":"high","name":"High","colour":"red"}]}]
              (nothing)
            carol> change_fields project=$eng fields=[{"id":"customer","name":"客户","kind":"number"}]
              ! invalid [fields]: The field 客户 keeps its kind; make another field.
            carol> change_fields project=$eng fields=[{"id":"a","name":"A","kind":"text"},{"id":"a","name":"B","kind":"text"}]
              ! already_exists [name]: Two fields have the id or the name of B, archived ones count; make them differ.
            carol> change_fields project=$eng fields=[{"id":"a","name":"Sev  ＥＲ","kind":"text"},{"id":"b","name":"sev er","kind":"text","archived":true}]
              ! already_exists [name]: Two fields have the id or the name of sev er, archived ones count; make them differ.
            carol> change_fields project=$eng fields=[{"id":"a","name":"Due","kind":"date"}]
              ! already_exists [name]: Due is the name of a field that every task has; choose another name.
            carol> change_fields project=$eng fields=[{"id":"a","name":"优先级","kind":"text"}]
              ! already_exists [name]: 优先级 is the name of a field that every task has; choose another name.
            carol> change_fields project=$eng fields=[{"id":"a","name":"ｓｔａｔｕｓ","kind":"text"}]
              ! already_exists [name]: ｓｔａｔｕｓ is the name of a field that every task has; choose another name.
            carol> change_fields project=$eng fields=[{"id":"A!","name":"A","kind":"text"}]
              ! invalid [fields]: The id of a field or an option is 1 to 40 of a-z, 0-9 and underscore.
            carol> change_fields project=$eng fields=[{"id":"a","name":" ","kind":"text"}]
              ! invalid [name]: name is empty; fill it in.
            carol> change_fields project=$eng fields=[{"id":"a","name":"A","kind":"select"}]
              ! invalid [options]: options is empty; fill it in.
            carol> change_fields project=$eng fields=[{"id":"a","name":"A","kind":"text","options":[{"id":"x","name":"X","colour":"red"}]}]
              ! invalid [options]: Nothing is chosen in the field A; leave its options out.
            carol> change_fields project=$eng fields=[{"id":"a","name":"A","kind":"select","options":[{"id":"x","name":"X","colour":"red"},{"id":"y","name":"ｘ","colour":"red"}]}]
              ! already_exists [options]: Two options have the id or the name of ｘ; make them differ.
            carol> change_fields project=$eng fields=[]
              project:$eng fields_changed {"fields":[],"project":$eng}
            gina> change_fields project=$eng fields=[]
              ! forbidden: Only the project's lead, its creator or an administrator can do this.
            lilei> change_fields project=$eng fields=[]
              ! forbidden: Only the project's lead, its creator or an administrator can do this.
            lilei> change_fields project=$hush fields=[]
              ! not_found: There is no such project.
        "#]],
    );
}

#[test]
fn a_task_has_values_of_each_kind() {
    board_with_fields().check(
        r#"
        lilei> create_task id=%n project=$eng title=New fields={"customer":" ACME ","amount":0.30000000000000004,"live":"2026-12-01","tester":@lilei,"severity":"high","platform":["web","ios","web"],"page":"https://a.example/x","checked":true}
        lilei> update_task task=%n fields={"customer":"ACME","amount":0.3,"platform":["ios","web"],"checked":true}
        gina> update_task task=%n title=Both fields={"customer":"","amount":null,"live":"2026-12-02","tester":null,"severity":"low","platform":[],"page":null,"checked":false}
        lilei> update_task task=%n fields={"amount":-1000000000000}
        lilei> update_task task=%n fields={"amount":1234567890123456}
        "#,
        expect![[r#"
            lilei> create_task id=%n project=$eng title=New fields={"customer":" ACME ","amount":0.30000000000000004,"live":"2026-12-01","tester":@lilei,"severity":"high","platform":["web","ios","web"],"page":"https://a.example/x","checked":true}
              project:$eng task_created {"task":{"created_by":@lilei,"fields":{"amount":0.3,"checked":true,"customer":"ACME","live":"2026-12-01","page":"https://a.example/x","platform":["ios","web"],"severity":"high","tester":@lilei},"followers":[@lilei],"id":%n,"key":"ENG-2","number":2,"priority":"none","project":$eng,"rank":"X","state":"todo","title":"New"}}
            lilei> update_task task=%n fields={"customer":"ACME","amount":0.3,"platform":["ios","web"],"checked":true}
              (nothing)
            gina> update_task task=%n title=Both fields={"customer":"","amount":null,"live":"2026-12-02","tester":null,"severity":"low","platform":[],"page":null,"checked":false}
              project:$eng task_changed {"changes":[{"field":"title","from":"New","to":"Both"},{"field":"custom_field","from":0.3,"id":"amount"},{"field":"custom_field","from":true,"id":"checked"},{"field":"custom_field","from":"ACME","id":"customer"},{"field":"custom_field","from":"2026-12-01","id":"live","to":"2026-12-02"},{"field":"custom_field","from":"https://a.example/x","id":"page"},{"field":"custom_field","from":["ios","web"],"id":"platform"},{"field":"custom_field","from":"high","id":"severity","to":"low"},{"field":"custom_field","from":@lilei,"id":"tester"}],"task":%n}
            lilei> update_task task=%n fields={"amount":-1000000000000}
              project:$eng task_changed {"changes":[{"field":"custom_field","id":"amount","to":-1000000000000.0}],"task":%n}
            lilei> update_task task=%n fields={"amount":1234567890123456}
              ! invalid [fields]: Amount takes a number from -1,000,000,000,000 to 1,000,000,000,000.
        "#]],
    );
}

#[test]
fn what_is_no_value_is_refused() {
    let mut world = board_with_fields();
    world.given("lilei> create_task id=%n project=$eng title=New");
    world.check(
        r#"
        lilei> update_task task=%n fields={"amount":1e308}
        lilei> update_task task=%n fields={"amount":"12"}
        lilei> update_task task=%n fields={"customer":12}
        lilei> update_task task=%n fields={"customer":"a\nb"}
        lilei> update_task task=%n fields={"live":"2026-02-31"}
        lilei> update_task task=%n fields={"live":"2026-12-01T00:00:00Z"}
        lilei> update_task task=%n fields={"severity":"huge"}
        lilei> update_task task=%n fields={"severity":"old"}
        lilei> update_task task=%n fields={"platform":["ios","linux"]}
        lilei> update_task task=%n fields={"page":"javascript://x"}
        lilei> update_task task=%n fields={"page":"ftp://x.example"}
        lilei> update_task task=%n fields={"checked":"yes"}
        lilei> update_task task=%n fields={"nothing":"x"}
        lilei> update_task task=%n fields={"nothing":null}
        lilei> update_task task=%n fields={"gone":"x"}
        lilei> update_task task=%n fields={"tester":"somebody"}
        lilei> update_task task=%t2 fields={"customer":"x"}
        "#,
        expect![[r#"
            lilei> update_task task=%n fields={"amount":1e308}
              ! invalid [fields]: Amount takes a number from -1,000,000,000,000 to 1,000,000,000,000.
            lilei> update_task task=%n fields={"amount":"12"}
              ! invalid [fields]: Amount takes a number from -1,000,000,000,000 to 1,000,000,000,000.
            lilei> update_task task=%n fields={"customer":12}
              ! invalid [fields]: 客户 takes a line of text.
            lilei> update_task task=%n fields={"customer":"a\nb"}
              ! invalid [fields]: fields contains a control character or line break; take it out.
            lilei> update_task task=%n fields={"live":"2026-02-31"}
              ! invalid [fields]: Goes live takes a day that exists, as YYYY-MM-DD.
            lilei> update_task task=%n fields={"live":"2026-12-01T00:00:00Z"}
              ! invalid [fields]: Goes live takes a day that exists, as YYYY-MM-DD.
            lilei> update_task task=%n fields={"severity":"huge"}
              ! invalid [fields]: Severity has no option huge; choose one of its options.
            lilei> update_task task=%n fields={"severity":"old"}
              ! archived [fields]: The option Old is archived; choose another.
            lilei> update_task task=%n fields={"platform":["ios","linux"]}
              ! invalid [fields]: Platform has no option linux; choose one of its options.
            lilei> update_task task=%n fields={"page":"javascript://x"}
              ! invalid [fields]: Page takes the address of a web page, http or https.
            lilei> update_task task=%n fields={"page":"ftp://x.example"}
              ! invalid [fields]: Page takes the address of a web page, http or https.
            lilei> update_task task=%n fields={"checked":"yes"}
              ! invalid [fields]: Accepted takes true or false.
            lilei> update_task task=%n fields={"nothing":"x"}
              ! invalid [fields]: The project has no field nothing; choose one of its fields.
            lilei> update_task task=%n fields={"nothing":null}
              ! invalid [fields]: The project has no field nothing; choose one of its fields.
            lilei> update_task task=%n fields={"gone":"x"}
              ! archived [fields]: The field Gone is archived; restore it first.
            lilei> update_task task=%n fields={"tester":"somebody"}
              ! invalid [fields]: Tester takes the id of an active member who can see the project.
            lilei> update_task task=%t2 fields={"customer":"x"}
              ! not_found: There is no such task.
        "#]],
    );
}

#[test]
fn what_is_referenced_stays() {
    let mut world = board_with_fields();
    world.given(
        r#"
        lilei> update_task task=%t1 fields={"customer":"ACME","severity":"high","platform":["web"],"tester":@bob}
        "#,
    );
    world.check(
        r#"
        carol> change_fields project=$eng fields=[{"id":"severity","name":"Severity","kind":"select","options":[{"id":"low","name":"Low","colour":"grey"}]},{"id":"customer","name":"客户","kind":"text"},{"id":"platform","name":"Platform","kind":"multi_select","options":[{"id":"web","name":"Web","colour":"green"}]},{"id":"tester","name":"Tester","kind":"person"}]
        carol> change_fields project=$eng fields=[]
        carol> change_fields project=$eng fields=[{"id":"severity","name":"Severity","kind":"select","options":[{"id":"high","name":"High","colour":"red","archived":true}]},{"id":"customer","name":"客户","kind":"text","archived":true},{"id":"platform","name":"Platform","kind":"multi_select","options":[{"id":"web","name":"Web","colour":"green","archived":true},{"id":"ios","name":"iOS","colour":"blue"}]},{"id":"tester","name":"Tester","kind":"person"}]
        alice> deactivate_member member=@bob
        lilei> update_task task=%t1 fields={"customer":"ACME","severity":"high","platform":["ios","web"],"tester":@bob}
        lilei> update_task task=%t1 fields={"customer":"Other"}
        lilei> update_task task=%t1 fields={"customer":null,"severity":null,"platform":["ios"],"tester":null}
        lilei> update_task task=%t1 fields={"severity":"high"}
        lilei> update_task task=%t1 fields={"platform":["web"]}
        lilei> update_task task=%t1 fields={"tester":@bob}
        carol> delete_task task=%t1
        carol> change_fields project=$eng fields=[]
        "#,
        expect![[r#"
            carol> change_fields project=$eng fields=[{"id":"severity","name":"Severity","kind":"select","options":[{"id":"low","name":"Low","colour":"grey"}]},{"id":"customer","name":"客户","kind":"text"},{"id":"platform","name":"Platform","kind":"multi_select","options":[{"id":"web","name":"Web","colour":"green"}]},{"id":"tester","name":"Tester","kind":"person"}]
              ! in_use [options]: Tasks have the option High; archive it instead.
            carol> change_fields project=$eng fields=[]
              ! in_use [fields]: Tasks have something of the field 客户; archive it instead.
            carol> change_fields project=$eng fields=[{"id":"severity","name":"Severity","kind":"select","options":[{"id":"high","name":"High","colour":"red","archived":true}]},{"id":"customer","name":"客户","kind":"text","archived":true},{"id":"platform","name":"Platform","kind":"multi_select","options":[{"id":"web","name":"Web","colour":"green","archived":true},{"id":"ios","name":"iOS","colour":"blue"}]},{"id":"tester","name":"Tester","kind":"person"}]
              project:$eng fields_changed {"fields":[{"id":"severity","name":"Severity","options":[{"archived":true,"colour":"red","id":"high","name":"High"}]},{"archived":true,"id":"customer","name":"客户"},{"id":"platform","name":"Platform","options":[{"archived":true,"colour":"green","id":"web","name":"Web"},{"colour":"blue","id":"ios","name":"iOS"}]},{"id":"tester","name":"Tester"}],"project":$eng}
            alice> deactivate_member member=@bob
              workspace member_deactivated {"member":@bob}
            lilei> update_task task=%t1 fields={"customer":"ACME","severity":"high","platform":["ios","web"],"tester":@bob}
              project:$eng task_changed {"changes":[{"field":"custom_field","from":["web"],"id":"platform","to":["web","ios"]}],"task":%t1}
            lilei> update_task task=%t1 fields={"customer":"Other"}
              ! archived [fields]: The field 客户 is archived; restore it first.
            lilei> update_task task=%t1 fields={"customer":null,"severity":null,"platform":["ios"],"tester":null}
              project:$eng task_changed {"changes":[{"field":"custom_field","from":"ACME","id":"customer"},{"field":"custom_field","from":["web","ios"],"id":"platform","to":["ios"]},{"field":"custom_field","from":"high","id":"severity"},{"field":"custom_field","from":@bob,"id":"tester"}],"task":%t1}
            lilei> update_task task=%t1 fields={"severity":"high"}
              ! archived [fields]: The option High is archived; choose another.
            lilei> update_task task=%t1 fields={"platform":["web"]}
              ! archived [fields]: The option Web is archived; choose another.
            lilei> update_task task=%t1 fields={"tester":@bob}
              ! invalid [fields]: Tester takes the id of an active member who can see the project.
            carol> delete_task task=%t1
              project:$eng task_deleted {"task":%t1}
            carol> change_fields project=$eng fields=[]
              ! in_use [fields]: Tasks have something of the field Platform; archive it instead.
        "#]],
    );
}
