//! [`Holdings`]: what a realm holds, in as few lines as a report has for it.

use super::likeness::Likeness;
use super::scene::Scene;

/// How many characters of the ids of one kind are shown.
const WIDTH_MAX: usize = 72;

/// In how many other realms an id is looked for that is not where it should be.
const REALMS_MAX: usize = 100;

/// What a realm held, kind by kind.
pub(super) struct Holdings {
    kinds: Vec<Kind>,
    /// For each id that was asked for, where it was found.
    asked: Vec<Sought>,
}

struct Kind {
    name: &'static str,
    count: usize,
    /// As many of the first ids as fit.
    ids: Shortlist,
    /// The same of their owners, each with how many it has; for kinds that have owners.
    owners: Shortlist,
    /// The last owner, and how many things of its were seen.
    owner: (String, usize),
}

/// The first of many, as far as there is room.
#[derive(Default)]
struct Shortlist {
    text: String,
    left_out: usize,
}

/// An id that somebody asked for.
struct Sought {
    id: String,
    /// The kinds that have it.
    kinds: Vec<&'static str>,
    /// What comes nearest to it, of which kind, and how near.
    nearest: Option<(Likeness, &'static str, String)>,
}

impl Holdings {
    pub(super) fn of(scene: &Scene, realm: &str, asked: &[&str]) -> Holdings {
        let sought = |id: &&str| Sought { id: (*id).to_owned(), kinds: Vec::new(), nearest: None };
        let mut holdings =
            Holdings { kinds: Vec::new(), asked: asked.iter().map(sought).collect() };
        scene.tour(realm, &mut |thing| holdings.add(thing.kind, thing.owner, &thing.id));
        holdings
    }

    fn add(&mut self, name: &'static str, owner: Option<&str>, id: &str) {
        // Things of two kinds may come in turns: a customer and its lead source.
        let known = self.kinds.iter().position(|kind| kind.name == name);
        let at = known.unwrap_or_else(|| {
            self.kinds.push(Kind::new(name));
            self.kinds.len() - 1
        });
        self.kinds[at].add(owner, id);
        for sought in &mut self.asked {
            sought.look_at(name, id);
        }
    }

    /// A line for each kind, then one for each id that was asked for.
    pub(super) fn lines(mut self, scene: &Scene, realm: &str) -> Vec<String> {
        let kinds = self.kinds.iter_mut().map(Kind::line);
        kinds.chain(self.asked.iter().map(|sought| sought.line(scene, realm))).collect()
    }
}

impl Kind {
    fn new(name: &'static str) -> Kind {
        let (ids, owners) = (Shortlist::default(), Shortlist::default());
        Kind { name, count: 0, ids, owners, owner: (String::new(), 0) }
    }

    fn add(&mut self, owner: Option<&str>, id: &str) {
        self.count += 1;
        let Some(owner) = owner else { return self.ids.add(id) };
        self.ids.add(&format!("{owner}/{id}"));
        if self.owner.0 != owner {
            self.end_owner();
            self.owner = (owner.to_owned(), 0);
        }
        self.owner.1 += 1;
    }

    fn end_owner(&mut self) {
        if let (owner, count @ 1..) = &self.owner {
            self.owners.add(&format!("{owner} {count}"));
        }
    }

    fn line(&mut self) -> String {
        self.end_owner();
        let fits = self.ids.left_out == 0;
        let list = if fits || self.owners.text.is_empty() { &self.ids } else { &self.owners };
        let more = match list.left_out {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        format!("{} ({}): {}{more}", self.name, self.count, list.text)
    }
}

impl Shortlist {
    fn add(&mut self, word: &str) {
        let is_first = self.text.is_empty();
        if !is_first && (self.left_out > 0 || self.text.len() + word.len() > WIDTH_MAX) {
            self.left_out += 1;
            return;
        }
        self.text.push_str(if is_first { "" } else { ", " });
        self.text.push_str(word);
    }
}

impl Sought {
    fn look_at(&mut self, kind: &'static str, id: &str) {
        let likeness = Likeness::of(&self.id, id);
        if likeness == Likeness::Same && !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
        let is_nearer = self.nearest.as_ref().is_none_or(|(before, ..)| likeness < *before);
        if likeness < Likeness::Far && is_nearer {
            self.nearest = Some((likeness, kind, id.to_owned()));
        }
    }

    fn line(&self, scene: &Scene, realm: &str) -> String {
        let id = &self.id;
        if !self.kinds.is_empty() {
            return format!("{id} is there: {}", self.kinds.join(", "));
        }
        let others = scene.realms().into_iter().filter(|other| *other != realm).take(REALMS_MAX);
        let has_it = |other: &&str| {
            let mut found = false;
            scene.tour(other, &mut |thing| found |= thing.id == self.id.as_str());
            found
        };
        match (others.into_iter().find(has_it), &self.nearest) {
            (Some(other), _) => format!("{id} is not there, but in {other}"),
            (None, Some((_, kind, near))) => {
                format!("{id} is not there, but {near} is ({kind})")
            }
            (None, None) => format!("{id} is not there"),
        }
    }
}
