//! What is asked about custom fields, in SQL: a task has a row for each value.

use super::translate::{Writer, joined};
use tenon_protocol::query::{CustomField, CustomHolds, CustomTest};

impl Writer {
    pub(super) fn custom(&mut self, tests: &[CustomTest]) -> String {
        let rows = self.tests("t.project", tests);
        self.exists("task_field", &rows)
    }

    pub(super) fn custom_empty(&mut self, fields: &[CustomField]) -> String {
        let mut parts = Vec::with_capacity(fields.len());
        for field in fields {
            let projects = self.of_projects("t.project", field);
            let has = self.has_custom([field]);
            parts.push(format!("({projects} AND NOT {has})"));
        }
        none_or(&parts)
    }

    /// It has something of one of them.
    pub(super) fn has_custom<'a>(
        &mut self,
        fields: impl IntoIterator<Item = &'a CustomField>,
    ) -> String {
        let rows = self.fields("t.project", fields);
        self.exists("task_field", &rows)
    }

    /// The tasks of the rows that fit.
    pub(super) fn custom_rows(&mut self, tests: &[CustomTest]) -> String {
        let rows = self.tests("x.project", tests);
        self.found(&rows)
    }

    /// The tasks that have something of one of them.
    pub(super) fn custom_field_rows(&mut self, fields: &[CustomField]) -> String {
        let rows = self.fields("x.project", fields);
        self.found(&rows)
    }

    fn found(&self, rows: &str) -> String {
        let workspace = self.workspace();
        format!("SELECT x.task FROM task_field x WHERE x.workspace = {workspace} AND {rows}")
    }

    fn fields<'a>(
        &mut self,
        project: &str,
        fields: impl IntoIterator<Item = &'a CustomField>,
    ) -> String {
        let fields = fields.into_iter();
        let parts: Vec<String> = fields.map(|field| self.field(project, field)).collect();
        none_or(&parts)
    }

    fn tests(&mut self, project: &str, tests: &[CustomTest]) -> String {
        let mut parts = Vec::with_capacity(tests.len());
        for test in tests {
            let field = self.field(project, &test.field);
            let holds = match &test.holds {
                CustomHolds::Key(keys) if keys.is_empty() => "1 = 0".to_owned(),
                CustomHolds::Key(keys) => self.texts("x.value", keys),
                CustomHolds::Number(span) => self.span("x.number", *span),
                CustomHolds::Words(words) => {
                    let words: Vec<String> = words.iter().map(|it| self.forms(it)).collect();
                    words.join(" AND ")
                }
            };
            parts.push(format!("({field} AND {holds})"));
        }
        none_or(&parts)
    }

    fn field(&mut self, project: &str, field: &CustomField) -> String {
        let projects = self.of_projects(project, field);
        let id = self.text(&field.id);
        format!("({projects} AND x.field = {id})")
    }

    fn of_projects(&mut self, column: &str, field: &CustomField) -> String {
        self.among(column, field.projects.iter().map(|project| project.0))
    }

    fn forms(&mut self, forms: &[String]) -> String {
        let mut parts = Vec::with_capacity(forms.len());
        for form in forms {
            let form = self.text(form);
            parts.push(self.is_in("x.words", &form));
        }
        none_or(&parts)
    }
}

fn none_or(parts: &[String]) -> String {
    match parts {
        [] => "1 = 0".to_owned(),
        parts => joined(parts, " OR "),
    }
}
