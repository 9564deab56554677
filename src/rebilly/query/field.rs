//! [`Field`]: what `filter`, `sort` and `q` may see of a record, and by which name.

use super::kind::Kind;
use super::meaning::Meaning;
use crate::engine::clock::Timestamp;
use crate::engine::evidence::Guess;
use crate::engine::table::Tables;
use crate::rebilly::assumed::FIELD_NAMES;
use crate::rebilly::model::CustomField;

/// One field of a record type that can be filtered and sorted by.
pub(in crate::rebilly) struct Field<T: 'static> {
    /// The vendor's name, with dots: `primaryAddress.country`.
    pub(in crate::rebilly) name: &'static str,
    /// What its values are.
    pub(in crate::rebilly) kind: Kind,
    /// Lends each value: none for `null`, several for a list.
    pub(in crate::rebilly) read: Read<T>,
}

/// Shows each value of a field to whoever wants to `see` it.
pub(in crate::rebilly) type Read<T> = fn(&T, &mut dyn FnMut(Datum<'_>));

/// One value of a field, on loan.
#[derive(Clone, Copy, Debug)]
pub(in crate::rebilly) enum Datum<'a> {
    Text(&'a str),
    Number(f64),
    Flag(bool),
    Time(Timestamp),
    /// The name of the organization: records do not know it, since fixtures
    /// are shared by all of them.
    Realm,
    /// What is not of the type that the field has now, and so no value.
    Unfit,
}

/// A record type that answers to `filter`, `sort` and `q`.
pub(in crate::rebilly) trait Queryable: Sized + 'static {
    /// Every field that has a name of the vendor's.
    const FIELDS: &'static [Field<Self>];

    /// Other names for fields: `("tags", "tags.name")`.
    const ALIASES: &'static [(&'static str, &'static str)] = &[];

    /// The fields that are published as what lists can be sorted by.
    const SORTABLE: &'static [&'static str] = &[];

    /// What the names of fields begin with of which no document says that there are any.
    const GUESSED: &'static [(&'static str, &'static Guess)] = &[];

    /// Those of `filter`, `sort` and `q` that no document gives these lists.
    const UNDOCUMENTED: &'static [&'static str] = &[];

    /// Names below which authors choose their own, and the resource whose definitions say
    /// of what type these are: `("customFields", "customers")`.
    const FREE: &'static [(&'static str, &'static str)] = &[];

    /// Lends the values that an author stored below `prefix`, one of [`Self::FREE`].
    fn free(&self, _prefix: &str, _meaning: &Meaning, _see: &mut dyn FnMut(Datum<'_>)) {}

    /// Lends every text that `q` looks into.
    fn texts(&self, see: &mut dyn FnMut(&str));
}

/// What the names of a record type's fields mean, whichever type it is.
#[derive(Clone, Copy)]
pub(in crate::rebilly) struct Names<'d> {
    /// The name and the kind of a field by its number.
    field: fn(usize) -> Option<(&'static str, Kind)>,
    aliases: &'static [(&'static str, &'static str)],
    sortable: &'static [&'static str],
    guessed: &'static [(&'static str, &'static Guess)],
    free: &'static [(&'static str, &'static str)],
    /// The definitions of custom fields, by the resource that has them.
    definitions: Option<&'d Tables<CustomField>>,
}

impl<'d> Names<'d> {
    /// Of names that authors choose, none has a definition.
    pub(in crate::rebilly) fn of<T: Queryable>() -> Names<'d> {
        Names {
            field: |nth| T::FIELDS.get(nth).map(|field| (field.name, field.kind)),
            aliases: T::ALIASES,
            sortable: T::SORTABLE,
            guessed: T::GUESSED,
            free: T::FREE,
            definitions: None,
        }
    }

    /// What is said of a custom field is held to its definition.
    pub(in crate::rebilly) fn defined_by(mut self, definitions: &'d Tables<CustomField>) -> Self {
        self.definitions = Some(definitions);
        self
    }

    fn fields(&self) -> impl Iterator<Item = (&'static str, Kind)> {
        (0..).map_while(self.field)
    }

    fn source(&self, nth: usize, (name, kind): (&'static str, Kind)) -> Source {
        let guess = self.guessed.iter().find(|(start, _)| name.starts_with(start));
        let guess = guess.map(|(_, guess)| *guess);
        Source::Known { nth, name, kind, guess, is_sortable: self.sortable.contains(&name) }
    }

    /// The one field of that name.
    pub(super) fn named(&self, name: &str) -> Option<Source> {
        let dotted = dotted(name);
        let alias = self.aliases.iter().find(|(alias, _)| *alias == dotted);
        let name = alias.map_or(dotted.as_str(), |(_, name)| name);
        if let Some((nth, field)) = self.fields().enumerate().find(|(_, field)| field.0 == name) {
            return Some(self.source(nth, field));
        }
        self.free.iter().find_map(|(prefix, resource)| {
            let key = name.strip_prefix(prefix)?.strip_prefix('.')?;
            let is_key = !key.is_empty() && !key.contains('*');
            self.free(prefix, resource, key).filter(|_| is_key)
        })
    }

    fn free(&self, prefix: &'static str, resource: &str, key: &str) -> Option<Source> {
        let (name, member) = key.split_once('.').map_or((key, None), |(it, rest)| (it, Some(rest)));
        let definitions = self.definitions.map(|all| all.of(resource));
        let meaning = match definitions.as_ref().and_then(|all| all.find(name)) {
            None => Meaning::free(key),
            Some(row) => Meaning::of(&row.record, member)?,
        };
        let Meaning { name, member, defined, .. } = &meaning;
        let about = format!("{prefix}.{name} {member:?} as {defined:?}");
        Some(Source::Free { prefix, meaning, about })
    }

    /// Every field that a name means, in which `*` stands for any one segment.
    pub(super) fn matching(&self, name: &str) -> Vec<Source> {
        let dotted = dotted(name);
        let pattern: Vec<&str> = dotted.split('.').collect();
        if !pattern.contains(&"*") {
            return self.named(name).into_iter().collect();
        }
        let meant = self.fields().enumerate().filter(|(_, (name, _))| {
            let name: Vec<&str> = name.split('.').collect();
            fits(&pattern, &name) || fits_singular(&pattern, &name)
        });
        meant.map(|(nth, field)| self.source(nth, field)).collect()
    }
}

/// Where a clause or an order finds its values: a field found by its name.
pub(in crate::rebilly) enum Source {
    Known {
        /// Its number among the fields of its type.
        nth: usize,
        name: &'static str,
        kind: Kind,
        /// The guess that there is such a field, where it is one.
        guess: Option<&'static Guess>,
        /// Whether it is published that lists can be sorted by it.
        is_sortable: bool,
    },
    Free {
        prefix: &'static str,
        meaning: Meaning,
        about: String,
    },
}

impl Source {
    /// What is read, and as what: only where both are the same, another source says the same.
    pub(super) fn about(&self) -> &str {
        match self {
            Source::Known { name, .. } => name,
            Source::Free { about, .. } => about,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Source::Known { kind, .. } => *kind,
            Source::Free { meaning, .. } => meaning.kind,
        }
    }

    /// The guess that there is such a field or that it means this, where it is one.
    pub(super) fn assumed(&self) -> Option<&'static Guess> {
        match self {
            Source::Known { guess, .. } => *guess,
            Source::Free { meaning, .. } => meaning.guess,
        }
    }

    pub(super) fn is_sortable(&self) -> bool {
        matches!(self, Source::Known { is_sortable: true, .. })
    }
}

/// The guess by which a name means a field, where no document says that it does.
pub(super) fn liberty(names: &Names<'_>, name: &str) -> Option<&'static Guess> {
    let is_pattern = name.contains('*') && name != GUIDES_PATTERN;
    let is_alias = || names.aliases.iter().any(|(alias, _)| *alias == name);
    (is_pattern || name.contains('/') || is_alias()).then_some(&FIELD_NAMES)
}

/// The one pattern that a guide uses: it finds customers by their e-mail addresses.
const GUIDES_PATTERN: &str = "primaryAddress.*.email";

/// The longest name, in bytes, that is compared with those that are known.
const NAME_MAX: usize = 100;

/// Says that no field has this name, and which one may have been meant.
pub(super) fn unknown(known: &Names<'_>, name: &str) -> String {
    let dotted = dotted(name);
    let names = || {
        let fields = known.fields().map(|(name, _)| name);
        fields.chain(known.aliases.iter().map(|(alias, _)| *alias))
    };
    let near = |known: &&str| mistakes(&dotted, known) <= dotted.len().div_ceil(3);
    if dotted.len() > NAME_MAX {
        return format!("there is no field with a name of {} characters", dotted.chars().count());
    }
    if let Some((field, member)) = member(known, &dotted) {
        return format!("the custom field `{field}` has no member `{member}`");
    }
    if let Some(nearest) = names().min_by_key(|known| mistakes(&dotted, known)).filter(near) {
        return format!("there is no field `{name}`, did you mean `{nearest}`?");
    }
    let free = known.free.iter().map(|(prefix, _)| format!("{prefix}.<name>"));
    let all: Vec<String> = names().map(str::to_owned).chain(free).collect();
    format!("there is no field `{name}`, expected one of {}", all.join(", "))
}

/// The custom field that a name begins with, and the member of it that the name goes on with.
/// Where there is a `*` it names neither.
fn member<'n>(known: &Names<'_>, name: &'n str) -> Option<(&'n str, &'n str)> {
    let mut keys = known.free.iter().filter_map(|(prefix, _)| name.strip_prefix(prefix));
    keys.find_map(|key| key.strip_prefix('.')?.split_once('.')).filter(|_| !name.contains('*'))
}

/// Old examples write `averageValue/amount`. Assumed: so may everyone (`field-names`).
fn dotted(name: &str) -> String {
    name.replace('/', ".")
}

fn fits(pattern: &[&str], name: &[&str]) -> bool {
    pattern.len() == name.len()
        && pattern.iter().zip(name).all(|(part, segment)| *part == "*" || part == segment)
}

/// The guide finds customers by `primaryAddress.*.email` and means `primaryAddress.emails.value`.
/// So a last segment in the singular means the values of its list, which the
/// `*` before it may stand for. Assumed: names with a `*`, and only those, are
/// read that way (`field-names`).
fn fits_singular(pattern: &[&str], name: &[&str]) -> bool {
    let ([parents @ .., one], [list_parents @ .., list, "value"]) = (pattern, name) else {
        return false;
    };
    let without_star = parents.strip_suffix(&["*"]);
    list.strip_suffix('s') == Some(one)
        && (fits(parents, list_parents)
            || without_star.is_some_and(|parents| fits(parents, list_parents)))
}

/// How many letters stand between a name and a known one. None when only the
/// parents are missing: `country` for `primaryAddress.country`.
fn mistakes(name: &str, known: &str) -> usize {
    if known.strip_suffix(name).is_some_and(|parents| parents.ends_with('.')) {
        return 0;
    }
    // Levenshtein's distance, row by row; letters that differ in case are the same.
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (line, letter) in name.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in known.bytes().enumerate() {
            let swapped = diagonal + usize::from(!letter.eq_ignore_ascii_case(&other));
            diagonal = row[column + 1];
            row[column + 1] = swapped.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[known.len()]
}
