//! Starting and stopping servers.

use crate::client::{Client, Question};
use crate::contender::CONTENDERS;
use crate::rounds::{cells, ratio, taking_part, time, timed};
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
                let work = move || {
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
                };
                taking_part(work)
            }),
            time,
        )
    });
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
