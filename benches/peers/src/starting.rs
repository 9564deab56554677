//! Starting and stopping servers.

use crate::client::{Client, Question};
use crate::contender::{CONTENDERS, Canned, Contender};
use crate::rounds::{cells, compare, ratio, taking_part, time, timed};
use crate::table::{Budget, Table};
use crate::wire::canned;

/// Servers a round.
const SERVERS: u32 = 40;

/// Measures starts, to the first answer and to the end.
pub fn measure(table: &mut Table) {
    let (_, canned) = canned(Question::GET);
    let budget = Budget::of(Budget::Most(0.60), Budget::Most(0.65));
    table.line("start → first answer", budget, ratio, || {
        cells(
            CONTENDERS.map(|contender| {
                let canned = &canned;
                taking_part(move || first_answers(contender, canned))
            }),
            time,
        )
    });
    // A thread is started faster on one machine than on another: the budgets were set where
    // bare hyper with a thread of its own took 1/0.53 of one on a shared runtime (1/0.47 in debug).
    let budget = Budget::of(Budget::Most(0.60 / 0.53), Budget::Most(0.65 / 0.47));
    table.our_line(
        "start → first answer beside bare hyper, shared runtime",
        budget,
        ratio,
        || {
            let [bare, ours] = [Contender::SharedRuntime, Contender::Ours];
            compare(|| first_answers(bare, &canned), || first_answers(ours, &canned))
        },
    );
    table.line("start + drop", Budget::Free, ratio, || {
        cells(
            CONTENDERS.map(|contender| {
                let canned = &canned;
                let work = move || {
                    let work = || (0..SERVERS).for_each(|_| drop(contender.start(canned)));
                    timed(work).as_secs_f64() / f64::from(SERVERS)
                };
                taking_part(work)
            }),
            time,
        )
    });
}

/// What a server takes from its start to its first answer, in seconds: the mean of some.
fn first_answers(contender: Contender, canned: &Canned) -> f64 {
    let mut spent = 0.0;
    for _ in 0..SERVERS {
        // Dropped outside of the time, and before the next starts: pools are small.
        let mut server = None;
        let start = || {
            let started = server.insert(contender.start(canned));
            Client::of(started.address, Question::GET).ask();
        };
        spent += timed(start).as_secs_f64();
    }
    spent / f64::from(SERVERS)
}
