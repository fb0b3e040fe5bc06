//! Who runs on which core.

use anyhow::{Result, ensure};
use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;

/// The cores of the server, and those of the load. With one core for all they are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cores {
    pub server: Vec<usize>,
    pub load: Vec<usize>,
}

impl Cores {
    /// So many for the server, and as many for the load, from the two ends: neighbours may be
    /// two halves of one core. `None` if there are not so many.
    pub fn split(all: &[usize], each: usize) -> Option<Cores> {
        let (server, load) = (all.get(..each)?, all.get(all.len() - each..)?);
        let is_enough = each == 1 || 2 * each <= all.len();
        is_enough.then(|| Cores { server: server.to_vec(), load: load.to_vec() })
    }

    /// Whether nobody has to share.
    pub fn are_apart(&self) -> bool {
        self.server != self.load
    }

    /// Binds this thread to the cores of the load.
    pub fn bind_load(&self) -> Result<()> {
        bind(&self.load)
    }

    /// Starts a server. It is bound from its first instruction on, as it inherits that, and so
    /// are all of its threads; and if it asks how many threads it should have, it learns how
    /// many cores are its own.
    pub fn for_server<T>(&self, start: impl FnOnce() -> Result<T>) -> Result<T> {
        bind(&self.server)?;
        let started = start();
        bind(&self.load)?;
        started
    }
}

/// The cores that we may use.
pub fn all() -> Result<Vec<usize>> {
    let set = sched_getaffinity(Pid::from_raw(0))?;
    let cores = (0..CpuSet::count()).filter(|&core| set.is_set(core) == Ok(true));
    Ok(cores.collect())
}

/// Binds this thread, and all that it starts from now on.
fn bind(cores: &[usize]) -> Result<()> {
    ensure!(!cores.is_empty(), "there is no core");
    let mut set = CpuSet::new();
    for &core in cores {
        set.set(core)?;
    }
    Ok(sched_setaffinity(Pid::from_raw(0), &set)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_shares_where_there_is_room() {
        let split = |all: &[usize], each| {
            Cores::split(all, each).map(|Cores { server, load }| (server, load))
        };
        assert_eq!(split(&[3], 1), Some((vec![3], vec![3])));
        assert_eq!(split(&[2, 5], 1), Some((vec![2], vec![5])));
        assert_eq!(split(&[0, 1, 2], 2), None);
        assert_eq!(split(&[0, 1, 2, 3, 4], 2), Some((vec![0, 1], vec![3, 4])));
    }
}
