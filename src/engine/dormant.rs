//! [`Dormant`]: a task that no runtime runs before something wakes it.
//!
//! A port that was just opened has nobody to accept. To hand its task to a runtime at once
//! wakes a thread, which looks, and sleeps again: a start and a stop would take about twice
//! as long. So the task is looked at where it is made, and handed over by whatever wakes it;
//! for a port that is its first client, and on the runtime's own thread.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Wake, Waker};

use tokio::runtime::Handle;
use tokio::task::AbortHandle;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A task that runs from when it is woken on. Dropping it does not end the task.
pub(super) struct Dormant {
    runtime: Handle,
    stage: Mutex<Stage>,
}

enum Stage {
    /// Somebody looks at the task for the first time; whether it was woken meanwhile.
    Looked(bool),
    Asleep(Task),
    Awake(AbortHandle),
    Over,
}

impl Dormant {
    /// Looks at a task once, here.
    pub(super) fn lay(
        runtime: Handle,
        task: impl Future<Output = ()> + Send + 'static,
    ) -> Arc<Dormant> {
        let dormant = Arc::new(Dormant { runtime, stage: Mutex::new(Stage::Looked(false)) });
        let mut task: Task = Box::pin(task);
        let waker = Waker::from(Arc::clone(&dormant));
        let is_over = {
            let _inside = dormant.runtime.enter();
            task.as_mut().poll(&mut Context::from_waker(&waker)).is_ready()
        };
        let mut stage = dormant.stage();
        *stage = match *stage {
            _ if is_over => Stage::Over,
            Stage::Looked(true) => dormant.awake(task),
            _ => Stage::Asleep(task),
        };
        drop(stage);
        dormant
    }

    /// Ends the task, wherever it is.
    pub(super) fn abort(&self) {
        let stage = std::mem::replace(&mut *self.stage(), Stage::Over);
        if let Stage::Awake(task) = stage {
            task.abort();
        }
    }

    fn awake(&self, task: Task) -> Stage {
        Stage::Awake(self.runtime.spawn(task).abort_handle())
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Dormant {
    fn wake(self: Arc<Dormant>) {
        let mut stage = self.stage();
        let next = match std::mem::replace(&mut *stage, Stage::Over) {
            Stage::Looked(_) => Stage::Looked(true),
            Stage::Asleep(task) => self.awake(task),
            other => other,
        };
        *stage = next;
    }
}

impl fmt::Debug for Dormant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match *self.stage() {
            Stage::Looked(_) | Stage::Asleep(_) => "asleep",
            Stage::Awake(_) => "awake",
            Stage::Over => "over",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use tokio::runtime::Builder;
    use tokio::sync::oneshot;

    use super::*;

    #[test]
    fn a_task_runs_when_it_is_woken_and_not_before() {
        let runtime = Builder::new_current_thread().build().unwrap();
        let ((wake, woken), (tell, told)) = (oneshot::channel::<u8>(), channel());
        let dormant = Dormant::lay(runtime.handle().clone(), async move {
            tell.send(woken.await.unwrap()).unwrap();
        });
        assert_eq!(format!("{dormant:?}"), "asleep");
        wake.send(7).unwrap();
        assert_eq!(format!("{dormant:?}"), "awake");
        assert!(told.try_recv().is_err(), "only the runtime runs it");
        runtime.block_on(tokio::task::yield_now());
        assert_eq!(told.try_recv(), Ok(7));
    }

    #[test]
    fn a_task_that_wakes_itself_at_the_first_look_runs_too() {
        let runtime = Builder::new_current_thread().build().unwrap();
        let (tell, told) = channel();
        let dormant = Dormant::lay(runtime.handle().clone(), async move {
            let mut is_first = true;
            std::future::poll_fn(|cx| {
                cx.waker().wake_by_ref();
                if std::mem::take(&mut is_first) { std::task::Poll::Pending } else { ().into() }
            })
            .await;
            tell.send(()).unwrap();
        });
        assert_eq!(format!("{dormant:?}"), "awake");
        runtime.block_on(tokio::task::yield_now());
        assert_eq!(told.try_recv(), Ok(()));
    }

    #[test]
    fn a_task_ends_where_it_is() {
        let runtime = Builder::new_current_thread().build().unwrap();
        for is_woken in [false, true] {
            let ((wake, woken), (tell, told)) = (oneshot::channel::<()>(), channel::<()>());
            let dormant = Dormant::lay(runtime.handle().clone(), async move {
                let _ = woken.await;
                std::future::pending::<()>().await;
                drop(tell);
            });
            if is_woken {
                wake.send(()).unwrap();
                runtime.block_on(tokio::task::yield_now());
            }
            dormant.abort();
            runtime.block_on(tokio::task::yield_now());
            assert_eq!(format!("{dormant:?}"), "over");
            assert!(told.recv().is_err(), "it is dropped");
        }
    }
}
