//! [`Stage`]: where a file is played, and how it goes.

use hyper::http::{Request, Response};

use super::answer::json;
use super::expected::Mismatch;
use super::file::{File, Needs};
use super::report::{Difference, Report, Skipped};
use super::request::Caller;
use super::step::{Action, Ask, Step};
use super::target::{Kind, Realms, Target, Transport};
use super::text::Names;
use crate::engine::json::Json;
use crate::engine::pointer::look_up;
use crate::engine::tape::Tape;
use crate::engine::value::Value;
use crate::engine::vendor::Vendor;
use crate::engine::wording::shown;
use crate::mock::Mock;

/// The status by which a double says that it does not simulate an operation.
const NOT_SIMULATED: u16 = 501;

/// Plays a file, and reports.
#[track_caller]
pub(super) fn play<V: Vendor>(file: &File, target: &Target<V>, report: &mut Report) {
    let skip = |reason: String, report: &mut Report| {
        report.skipped.push(Skipped { file: file.name.clone(), step: None, reason });
    };
    if let Some(reason) = unfit(file, target) {
        return skip(reason, report);
    }
    let stage = match Stage::set(file, target) {
        Ok(stage) => stage,
        Err(error) => {
            report.files += 1;
            let mismatch = Mismatch::new(String::new(), "an organization for this file", error);
            report.differences.push(difference(file, 0, String::new(), mismatch, None));
            return;
        }
    };
    if let Some(reason) = foreign(file, &stage) {
        return skip(reason, report);
    }
    report.files += 1;
    stage.play(file, report);
    if let Some(double) = stage.double() {
        report.journals.push((file.name.clone(), double.journal()));
    }
}

/// Why a file cannot be played against a target, as far as the target's kind tells.
fn unfit<V: Vendor>(file: &File, target: &Target<V>) -> Option<String> {
    if file.vendor != V::NAME {
        return Some(format!("is about {}, and this is {}", file.vendor, V::NAME));
    }
    let Kind::Remote { .. } = target.kind else { return None };
    let why = match (file.needs, &target.realm) {
        (Needs::Double, _) if file.steps.iter().any(Step::moves_the_clock) => {
            "moves the clock, which only a double can"
        }
        (Needs::Double, _) if file.fixtures.is_some() => {
            "starts with fixtures, which only a double can"
        }
        (Needs::Double, _) => "needs a double",
        (Needs::EmptyRealm, Realms::Shared(_)) => {
            "needs an empty organization, and this one is shared by all files"
        }
        _ => return None,
    };
    Some(why.to_owned())
}

/// Why a file cannot be played in an organization: it names another by hand.
fn foreign<V: Vendor>(file: &File, stage: &Stage<'_, V>) -> Option<String> {
    let others = file.organizations.iter().filter(|it| **it != stage.realm);
    let others: Vec<&str> = others.map(String::as_str).collect();
    let foreign = stage.double().is_none() && !others.is_empty();
    foreign.then(|| format!("names {} where `${{organization}}` could stand", others.join(", ")))
}

/// Where one file is played.
struct Stage<'t, V: Vendor> {
    way: Way<'t, V>,
    realm: String,
    caller: Caller,
}

enum Way<'t, V: Vendor> {
    Direct(Mock<V>),
    Socket(Mock<V>, &'t Transport),
    /// Nothing is known of what answers there.
    Remote(&'t Transport),
}

impl<'t, V: Vendor> Stage<'t, V> {
    #[track_caller]
    fn set(file: &File, target: &'t Target<V>) -> Result<Stage<'t, V>, String> {
        let realm = match &target.realm {
            Realms::Shared(id) => id.clone(),
            Realms::Each(make) => make(&file.name)?,
        };
        let (make, transport) = match &target.kind {
            Kind::Double { make, transport } => (make, transport),
            Kind::Remote { base, credential, transport } => {
                let way = Way::Remote(transport);
                return Ok(Stage::at(way, base, realm, credential.clone()));
            }
        };
        let builder = make(file.fixtures.as_ref()).allow_unmatched();
        let mock = match transport {
            None => builder.without_socket(),
            Some(_) => builder.start_blocking(),
        };
        let (base, credential) =
            (mock.url().to_owned(), mock.shared.simulation().vendor().credential());
        let way = match transport {
            None => Way::Direct(mock),
            Some(transport) => Way::Socket(mock, transport),
        };
        Ok(Stage::at(way, &base, realm, credential))
    }

    fn at(way: Way<'t, V>, base: &str, realm: String, credential: String) -> Stage<'t, V> {
        let base = base.to_owned();
        let caller = Caller { base, prefix: V::address(&realm), header: V::CREDENTIAL, credential };
        Stage { way, realm, caller }
    }

    fn double(&self) -> Option<&Mock<V>> {
        match &self.way {
            Way::Direct(mock) | Way::Socket(mock, _) => Some(mock),
            Way::Remote(_) => None,
        }
    }

    fn play(&self, file: &File, report: &mut Report) {
        let mut names = Names::default();
        names.set("base", &*self.caller.base);
        names.set("organization", &*self.realm);
        for (index, step) in file.steps.iter().enumerate() {
            let mut skip = |reason: String| {
                let (file, step) = (file.name.clone(), Some(index + 1));
                report.skipped.push(Skipped { file, step, reason });
            };
            if let Some(name) = step.needs.iter().find(|name| !names.know(name)) {
                skip(format!("`${{{name}}}` was not captured"));
                continue;
            }
            let ask = match &step.action {
                Action::Ask(ask) => ask,
                Action::Advance(duration) => {
                    // Files that move the clock are not played without a double.
                    if let Some(mock) = self.double() {
                        mock.advance(*duration);
                    }
                    report.steps += 1;
                    continue;
                }
            };
            if self.double().is_none() && ask.answer.status == NOT_SIMULATED {
                skip(format!("only a double answers {NOT_SIMULATED}"));
                continue;
            }
            report.steps += 1;
            report.assumed += usize::from(step.assumed.is_some());
            let request = ask.request.line(&names);
            let mut tell = |mismatch: Mismatch| {
                let assumed = step.assumed.clone();
                let it = difference(file, index + 1, request.clone(), mismatch, assumed);
                report.differences.push(it);
            };
            if let Err(error) = self.ask(ask, &mut names, &mut tell) {
                tell(Mismatch::new(String::new(), "an answer", error));
            }
        }
    }

    /// Asks, compares, captures.
    fn ask(
        &self,
        ask: &Ask,
        names: &mut Names,
        tell: &mut dyn FnMut(Mismatch),
    ) -> Result<(), String> {
        let request = ask.request.fill(&self.caller, names)?;
        let answer = self.send(request)?;
        ask.answer.compare(&answer, names, tell);
        let body = Tape::of(&json(&String::from_utf8_lossy(answer.body())));
        for (name, pointer) in &ask.capture {
            let found = look_up(body.value(), pointer).map(Value::to_json);
            if let Some(value) = found.as_ref().and_then(captured) {
                names.set(name, value);
                continue;
            }
            names.forget(name);
            let expected = format!("a text or a number to capture as `{name}`");
            let found = found.as_ref().map_or_else(|| "nothing".to_owned(), shown);
            tell(Mismatch::new(format!("/body{pointer}"), &expected, found));
        }
        Ok(())
    }

    fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, String> {
        match &self.way {
            Way::Direct(mock) => Ok(mock.handle(request).map(|body| body.to_vec())),
            Way::Socket(_, send) | Way::Remote(send) => send(request),
        }
    }
}

/// What a name stands for from now on.
fn captured(json: &Json) -> Option<String> {
    match json {
        Json::Text(text) => Some(text.into()),
        Json::Whole(_) | Json::Float(_) => Some(shown(json)),
        _ => None,
    }
}

fn difference(
    file: &File,
    step: usize,
    request: String,
    mismatch: Mismatch,
    assumed: Option<String>,
) -> Difference {
    let Mismatch { pointer, expected, found } = mismatch;
    let (file, title) = (file.name.clone(), file.title.clone());
    Difference { file, title, step, request, pointer, expected, found, assumed }
}
