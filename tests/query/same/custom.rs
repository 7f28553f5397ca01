//! Custom fields of the world: of the same name and kind in both projects, or of another kind, or
//! in one alone.

use super::World;
use rand::Rng;
use tenon_protocol::{
    field::{Field, FieldKind, FieldOption, FieldValue},
    task::{Task, TaskChange},
    task_type::TypeColour,
};

/// Those of the project with this key.
pub fn fields(key: &str) -> Vec<Field> {
    let of = |id: &str, name: &str, kind, options: &[(&str, &str)]| Field {
        id: id.into(),
        name: name.into(),
        description: String::new(),
        kind,
        options: options
            .iter()
            .map(|(id, name)| FieldOption {
                id: (*id).into(),
                name: (*name).into(),
                colour: TypeColour::Grey,
                archived: false,
            })
            .collect(),
        archived: id == "tester",
    };
    use FieldKind as K;
    let platforms = [("ios", "iOS"), ("web", "网页")];
    let mut fields = vec![
        of("amount", "金额", K::Number, &[]),
        of("live", "上线", K::Date, &[]),
        of("tester", "测试人", K::Person, &[]),
        of("page", "页面", K::Link, &[]),
        of("checked", "已验收", K::Check, &[]),
        of("platform", "平台", K::MultiSelect, &platforms),
    ];
    match key {
        "ENG" => {
            fields.push(of("customer", "客户", K::Text, &[]));
            let options = [("crit", "致命"), ("low", "轻微")];
            fields.push(of("severity", "严重程度", K::Select, &options));
        }
        _ => {
            fields.push(of("customer", "客户", K::Number, &[]));
            let options = [("x1", "轻微"), ("crit", "Blocker")];
            fields.push(of("sev", "严重程度", K::Select, &options));
        }
    }
    fields
}

const TEXTS: [&str; 5] = ["ACME 公司", "acme 公司", "login 登录", "上海", "100%"];
const PAGES: [&str; 3] = [
    "https://a.example/login",
    "http://B.example/",
    "https://a.example/API",
];

impl World {
    fn value_of(&mut self, field: &Field) -> FieldValue {
        let ids: Vec<String> = field.options.iter().map(|one| one.id.clone()).collect();
        match field.kind {
            FieldKind::Text => FieldValue::Text(self.pick(&TEXTS).into()),
            FieldKind::Link => FieldValue::Text(self.pick(&PAGES).into()),
            FieldKind::Number => FieldValue::Number(self.pick(&[-3.5, 0.0, 0.1, 7.0, 1e12])),
            FieldKind::Date => {
                let day = self.moment().to_zoned(jiff::tz::TimeZone::UTC).date();
                FieldValue::Text(day.to_string())
            }
            FieldKind::Person => {
                let members = self.members.clone();
                FieldValue::Text(self.pick(&members).id.to_string())
            }
            FieldKind::Select => FieldValue::Text(self.pick(&ids)),
            FieldKind::MultiSelect => match self.some(&ids, 2) {
                none if none.is_empty() => FieldValue::Choices(ids),
                some => FieldValue::Choices(some),
            },
            FieldKind::Check => FieldValue::Check(true),
        }
    }

    /// Something of about half of the fields.
    pub(super) fn values(&mut self, key: &str) -> std::collections::BTreeMap<String, FieldValue> {
        let mut values = std::collections::BTreeMap::new();
        for field in fields(key) {
            if self.random.random_bool(0.5) {
                values.insert(field.id.clone(), self.value_of(&field));
            }
        }
        values
    }

    pub(super) fn custom_change(&mut self, current: &Task) -> TaskChange {
        let key = current.key.split('-').next().unwrap();
        let field = self.pick(&fields(key));
        let to = self.random.random_bool(0.7).then(|| self.value_of(&field));
        TaskChange::CustomField {
            from: current.fields.get(&field.id).cloned(),
            id: field.id,
            to,
        }
    }

    // Table: one line per kind of question.
    pub(super) fn custom_term(&mut self) -> String {
        let (equal, within) = (self.equal(), self.within());
        match self.random.random_range(0..9) {
            0 => {
                let number = self.pick(&["0", "-3.5", "0.1", "6.9999", "1e12"]);
                format!("金额 {} {number}", self.comparison())
            }
            1 => format!("上线 {} {}", self.comparison(), self.date()),
            2 => format!("测试人 {within} ({}, {})", self.person(), self.person()),
            3 => {
                let words = self.pick(&["login", "a.example", "api"]);
                format!("页面 {} {words}", self.pick(&["~", "!~"]))
            }
            4 => format!("已验收 {equal} {}", self.pick(&["true", "否"])),
            5 => format!("平台 {within} ({}, EMPTY)", self.pick(&["iOS", "网页"])),
            6 => {
                // A text in one project, a number in the other.
                let text = format!(
                    "客户 {equal} {}",
                    self.pick(&["7", "\"ＡＣＭＥ  公司\"", "0.1"])
                );
                let words = format!(
                    "客户 {} {}",
                    self.pick(&["~", "!~"]),
                    self.pick(&["登", "acme"])
                );
                let number = format!("客户 {} 0.1", self.comparison());
                self.pick(&[text, words, number])
            }
            7 => {
                let option = self.pick(&["致命", "轻微", "blocker", "crit"]);
                format!("严重程度 {equal} {option}")
            }
            _ => {
                let field = self.pick(&fields("ENG")).name;
                let field = if field == "已验收" {
                    "金额".into()
                } else {
                    field
                };
                format!("{field} IS {}EMPTY", self.pick(&["", "NOT "]))
            }
        }
    }
}
