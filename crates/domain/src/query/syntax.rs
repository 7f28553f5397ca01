//! A query as it was written: fields and values by their names, each with its place.

/// Where something stands in the text: characters from its beginning. Two trees that differ in
/// places alone are equal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    pub start: usize,
    pub length: usize,
}

impl PartialEq for Place {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Place {
    /// From the beginning of this to the end of the other.
    pub fn to(self, end: Place) -> Place {
        Place {
            start: self.start,
            length: (end.start + end.length).saturating_sub(self.start),
        }
    }
}

/// A whole query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// None: all tasks.
    pub condition: Option<Node>,
    pub order: Vec<Sorting>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Clause(Clause),
}

/// `field operator value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub field: Name,
    pub operator: Operator,
    pub operator_place: Place,
    /// Empty with `CHANGED` alone; one value unless `list`.
    pub values: Vec<Value>,
    pub list: bool,
    pub predicates: Vec<Predicate>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub text: String,
    pub place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Contains,
    ContainsNot,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    Is,
    IsNot,
    Was,
    WasNot,
    WasIn,
    WasNotIn,
    Changed,
}

impl Operator {
    pub fn text(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Contains => "~",
            Operator::ContainsNot => "!~",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::In => "IN",
            Operator::NotIn => "NOT IN",
            Operator::Is => "IS",
            Operator::IsNot => "IS NOT",
            Operator::Was => "WAS",
            Operator::WasNot => "WAS NOT",
            Operator::WasIn => "WAS IN",
            Operator::WasNotIn => "WAS NOT IN",
            Operator::Changed => "CHANGED",
        }
    }

    /// Asks for the opposite of what the same operator without a NOT asks for.
    pub fn is_negative(self) -> bool {
        matches!(
            self,
            Operator::NotEqual
                | Operator::ContainsNot
                | Operator::NotIn
                | Operator::IsNot
                | Operator::WasNot
                | Operator::WasNotIn
        )
    }

    /// Asks for the past.
    pub fn is_past(self) -> bool {
        matches!(
            self,
            Operator::Was
                | Operator::WasNot
                | Operator::WasIn
                | Operator::WasNotIn
                | Operator::Changed
        )
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub kind: ValueKind,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    Text(String),
    /// `EMPTY`
    Empty,
    /// `startOfDay(-1)`
    Call {
        name: String,
        arguments: Vec<String>,
    },
}

/// Narrows `WAS` and `CHANGED`.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicate {
    pub kind: PredicateKind,
    pub place: Place,
    /// Two with `DURING`.
    pub values: Vec<Value>,
    pub list: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredicateKind {
    By,
    Before,
    After,
    On,
    During,
    From,
    To,
}

impl PredicateKind {
    pub const ALL: [PredicateKind; 7] = [
        PredicateKind::By,
        PredicateKind::Before,
        PredicateKind::After,
        PredicateKind::On,
        PredicateKind::During,
        PredicateKind::From,
        PredicateKind::To,
    ];

    pub fn text(self) -> &'static str {
        match self {
            PredicateKind::By => "BY",
            PredicateKind::Before => "BEFORE",
            PredicateKind::After => "AFTER",
            PredicateKind::On => "ON",
            PredicateKind::During => "DURING",
            PredicateKind::From => "FROM",
            PredicateKind::To => "TO",
        }
    }
}

/// One part of `ORDER BY`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorting {
    pub field: Name,
    /// As the field does by itself when absent.
    pub descending: Option<bool>,
}
