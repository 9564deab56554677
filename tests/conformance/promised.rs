//! Keeps the promises of `tests/it`, its property tests, for their answers.
//!
//! Whether they are kept, `tests/it` has tested; here they are only made to
//! talk, for the [`Witness`](crate::witness::Witness) to listen.

use std::panic::{catch_unwind, resume_unwind};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use mock_rebilly::http::Response;

use crate::promises;
use crate::support::Ask;

/// The most answers that wait to be looked at.
const WAITING_MAX: usize = 256;

/// What was asked, and what was answered.
type Heard = (Ask, Response<Vec<u8>>);

/// Who listens at present.
static EAR: Mutex<Option<SyncSender<Heard>>> = Mutex::new(None);

/// Passes an answer on to who listens. The clients of the tests call it.
pub(crate) fn heard(ask: &Ask, answer: &Response<Vec<u8>>) {
    let ear = EAR.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(ear) = &*ear {
        ear.send((ask.clone(), answer.clone())).expect("it is listened until all is said");
    }
}

/// Keeps every promise, one after the other, and lets `listen` hear its name and
/// each answer. Returns how many there are.
pub(crate) fn keep_all(mut listen: impl FnMut(&str, &Ask, &Response<Vec<u8>>)) -> usize {
    for (name, promise) in promises::ALL {
        let (ear, said) = sync_channel(WAITING_MAX);
        set(Some(ear));
        let kept = thread::scope(|scope| {
            let keeping = scope.spawn(|| {
                let kept = catch_unwind(promise);
                // What is said ends with it, also when it is broken.
                set(None);
                kept
            });
            said.iter().for_each(|(ask, answer)| listen(name, &ask, &answer));
            keeping.join().expect("its panic was caught")
        });
        kept.unwrap_or_else(|panic| resume_unwind(panic));
    }
    promises::ALL.len()
}

fn set(ear: Option<SyncSender<Heard>>) {
    *EAR.lock().unwrap_or_else(PoisonError::into_inner) = ear;
}
