//! [`Report`]: why a verification failed, for whoever reads it at six in the evening.

use std::fmt::Write as _;
use std::sync::Arc;

use super::entry::Exchange;
use super::holdings::Holdings;
use super::journal::{JOURNAL_BYTES_MAX, JOURNAL_MAX, Journal};
use super::nearest::NearMiss;
use super::pattern::Pattern;
use super::scene::Scene;
use super::wording::{body, counted};

/// How many characters the first sentence may have.
const SENTENCE_MAX: usize = 120;

/// How many exchanges are listed: the newest ones.
const LISTED_MAX: usize = 50;

/// How many exchanges are shown with what they sent.
const SENT_MAX: usize = 10;

/// How many differences of one exchange are told.
const DIFFERENCES_MAX: usize = 20;

/// Of how many realms the state is shown.
const REALMS_MAX: usize = 3;

/// A text in paragraphs. Each begins at the margin; what belongs to it is indented.
pub(super) struct Report<'j> {
    journal: &'j Journal,
    text: String,
}

impl<'j> Report<'j> {
    /// Begins with the sentence that says it all: what was done for which
    /// exchanges, and what came of it. What they must be like stands below it if it is long.
    pub(super) fn new(
        journal: &'j Journal,
        done: &str,
        pattern: &Pattern,
        outcome: &str,
    ) -> Report<'j> {
        let whose = journal.whose(pattern);
        let text = format!("{done} {whose}{pattern}, {outcome}");
        let mut report = Report { journal, text };
        if report.text.chars().count() > SENTENCE_MAX {
            report.text = format!("{done} {whose}{}, {outcome}", pattern.noun());
            pattern.demands().iter().for_each(|it| report.line(&format!("  with {it}")));
        }
        if journal.dropped() > 0 {
            let dropped =
                counted(usize::try_from(journal.dropped()).unwrap_or(usize::MAX), "older exchange");
            report.line(&format!(
                "({dropped} were dropped and cannot be counted: a journal keeps {JOURNAL_MAX}, with {} MiB of bodies)",
                JOURNAL_BYTES_MAX / (1024 * 1024)
            ));
        }
        report
    }

    /// The exchange that was probably meant, and every field in which it differs.
    pub(super) fn nearest(&mut self, near: Option<&NearMiss>) {
        let Some(NearMiss { exchange, differences }) = near else { return };
        self.heading(&format!("the nearest is {exchange}"));
        for line in differences.iter().take(DIFFERENCES_MAX) {
            self.line(&format!("  {line}"));
        }
        if differences.len() > DIFFERENCES_MAX {
            let more = counted(differences.len() - DIFFERENCES_MAX, "more difference");
            self.line(&format!("  and {more}"));
        }
    }

    /// What these exchanges sent, so that one sees why there are so many.
    pub(super) fn sent(&mut self, exchanges: &[Arc<Exchange>]) {
        self.heading("what they sent");
        for (index, exchange) in exchanges.iter().enumerate().take(SENT_MAX) {
            let first = exchanges[..index].iter().find(|first| sends_the_same(first, exchange));
            if let Some(first) = first {
                self.line(&format!("  {exchange}, the same as #{}", first.number));
                continue;
            }
            self.line(&format!("  {exchange}"));
            if !exchange.body().is_empty() {
                self.line(&format!("    {}", body(exchange.body())));
            }
        }
        if exchanges.len() > SENT_MAX {
            self.line(&format!("  and {} more", exchanges.len() - SENT_MAX));
        }
    }

    /// The whole journal, a line each. Those that were counted are marked.
    pub(super) fn journal(&mut self, counts: impl Fn(&Exchange) -> bool) {
        let all = self.journal.len();
        if all == 0 {
            self.heading("nothing was asked at all");
            for Scene { vendor, url, .. } in self.journal.scenes() {
                let Some(url) = url else { continue };
                let several = format!("the {vendor}");
                let whose = if self.journal.is_of_several() { &several } else { "this" };
                self.line(&format!(
                    "  does the code under test use {whose} double's address, {url}?"
                ));
            }
            return;
        }
        let listed = self.journal.iter().skip(all.saturating_sub(LISTED_MAX));
        let listed: Vec<(bool, &Exchange)> = listed.map(|it| (counts(it), it)).collect();
        let what = if all > LISTED_MAX {
            format!("the newest {LISTED_MAX} of {all} exchanges in the journal")
        } else {
            format!("the journal has {}", counted(all, "exchange"))
        };
        let legend = if listed.iter().any(|(counts, _)| *counts) { " (>: counted)" } else { "" };
        self.heading(&format!("{what}{legend}"));
        for (counts, exchange) in listed {
            let mark = if counts { '>' } else { ' ' };
            self.line(&format!("{mark} {exchange}"));
        }
    }

    /// What the realms held that this is about, and whether the ids are there that were asked for.
    pub(super) fn state(&mut self, patterns: &[&Pattern], near: Option<&NearMiss>) {
        let realms = self.realms(patterns, near);
        for (scene, realm) in realms.iter().take(REALMS_MAX) {
            let meant = patterns.iter().filter(|it| it.may_mean(scene.vendor));
            let mut ids: Vec<&str> = Vec::new();
            for id in meant.flat_map(|it| it.ids()) {
                if !ids.contains(&id.as_str()) {
                    ids.push(id);
                }
            }
            let lines = Holdings::of(scene, realm, &ids).lines(scene, realm);
            let nothing = if lines.is_empty() { " nothing" } else { "" };
            let whose = if self.journal.is_of_several() { scene.vendor } else { "" };
            self.heading(format!("{whose} {realm} holds{nothing}").trim_start());
            lines.iter().for_each(|line| self.line(&format!("  {line}")));
        }
        if realms.len() > REALMS_MAX {
            self.line(&format!("(and {} more)", counted(realms.len() - REALMS_MAX, "realm")));
        }
    }

    /// The realms that are meant, or else those in which anything was asked, the nearest first.
    fn realms(&self, patterns: &[&Pattern], near: Option<&NearMiss>) -> Vec<(&'j Scene, String)> {
        let mut realms: Vec<(&Scene, String)> = Vec::new();
        let mut add = |scene: &'j Scene, realm: &str| {
            let is_known =
                realms.iter().any(|(it, known)| it.vendor == scene.vendor && known == realm);
            if !realm.is_empty() && !is_known {
                realms.push((scene, realm.to_owned()));
            }
        };
        let meant = |scene: &Scene| patterns.iter().any(|it| it.may_mean(scene.vendor));
        if patterns.iter().any(|it| it.meant_realm().is_some()) {
            for pattern in patterns {
                let scenes = self.journal.scenes().iter().filter(|it| pattern.may_mean(it.vendor));
                let realm = pattern.meant_realm().unwrap_or_default();
                scenes.for_each(|scene| add(scene, realm));
            }
        } else {
            let near = near.into_iter().map(|near| &*near.exchange);
            for exchange in near.chain(self.journal.iter()) {
                let scene = self.journal.scene(exchange.vendor).filter(|scene| meant(scene));
                scene.into_iter().for_each(|scene| add(scene, &exchange.realm));
            }
        }
        realms
    }

    pub(super) fn heading(&mut self, text: &str) {
        let _ = write!(self.text, "\n\n{text}");
    }

    pub(super) fn line(&mut self, text: &str) {
        let _ = write!(self.text, "\n{text}");
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

impl Journal {
    /// What stands before an operation's name where several vendors may have one of that name.
    pub(super) fn whose(&self, pattern: &Pattern) -> String {
        match pattern.vendor() {
            Some(vendor) if self.is_of_several() => format!("{vendor} "),
            _ => String::new(),
        }
    }
}

fn sends_the_same(one: &Exchange, other: &Exchange) -> bool {
    one.method() == other.method()
        && one.path() == other.path()
        && one.query() == other.query()
        && one.body() == other.body()
}
