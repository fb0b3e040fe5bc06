//! What stands in `/proc`.

use std::collections::HashMap;
use std::{fs, io};

use nix::unistd::Pid;

/// What of `/proc/PID/stat` is of use. Times are in ticks, of which a second has a hundred.
#[derive(Debug, PartialEq, Eq)]
pub struct Stat {
    pub parent: u32,
    pub user: u64,
    pub system: u64,
    /// Of the children that have ended, and theirs.
    pub of_children: u64,
}

impl Stat {
    /// Of a process, `self` for our own.
    pub fn of(process: impl std::fmt::Display) -> io::Result<Stat> {
        let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
        Stat::parse(&text).ok_or_else(|| io::Error::other(text))
    }

    /// Reads the line. The name of the program is in parentheses, and may have any in it.
    fn parse(text: &str) -> Option<Stat> {
        let (_, fields) = text.rsplit_once(')')?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        // proc(5) counts from one, and two fields are before.
        let number = |place: usize| fields.get(place - 3)?.parse::<u64>().ok();
        Some(Stat {
            parent: number(4)?.try_into().ok()?,
            user: number(14)?,
            system: number(15)?,
            of_children: number(16)? + number(17)?,
        })
    }
}

/// All processes that we can see.
pub fn everybody() -> io::Result<Vec<(u32, Stat)>> {
    let mut everybody = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(id) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
        // It may have ended since.
        everybody.extend(Stat::of(id).ok().map(|stat| (id, stat)));
    }
    Ok(everybody)
}

/// A process, its children, theirs, and so on.
pub fn family(process: u32) -> io::Result<Vec<Pid>> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for (id, stat) in everybody()? {
        children.entry(stat.parent).or_default().push(id);
    }
    let mut family = vec![process];
    for place in 0.. {
        let Some(member) = family.get(place) else { break };
        family.extend(children.remove(member).unwrap_or_default());
    }
    Ok(family.into_iter().map(|id| Pid::from_raw(id.cast_signed())).collect())
}

/// Whether all threads of a process wait for something.
pub fn is_asleep(process: Pid) -> io::Result<bool> {
    for entry in fs::read_dir(format!("/proc/{process}/task"))? {
        let text = fs::read_to_string(entry?.path().join("stat"))?;
        // The name of the thread is before it, and may have any in it.
        if !text.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('S')) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The memory of a process that is in use, in KiB. This is all that is its own or shared; what
/// the system keeps for it, such as sockets, is not in it.
pub fn resident_kib(process: Pid) -> io::Result<u64> {
    // More exact than `status`, which counts for each thread and adds up now and then.
    let text = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("Rss:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    let number = number.and_then(|number| number.trim().parse().ok());
    number.ok_or_else(|| io::Error::other(text))
}

/// What `/proc/stat` says of all cores.
#[derive(Debug, PartialEq, Eq)]
pub struct Cores {
    pub count: usize,
    /// What the host of a virtual machine has taken for others, in ticks.
    pub stolen: u64,
}

impl Cores {
    pub fn now() -> io::Result<Cores> {
        let text = fs::read_to_string("/proc/stat")?;
        Cores::parse(&text).ok_or_else(|| io::Error::other(text))
    }

    fn parse(text: &str) -> Option<Cores> {
        let mut lines = text.lines().take_while(|line| line.starts_with("cpu"));
        let sum = lines.next()?.split_whitespace().nth(8)?;
        Some(Cores { count: lines.count(), stolen: sum.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use std::process;

    use super::*;

    #[test]
    fn the_name_of_a_program_may_be_anything() {
        let line = "7 (a) S 1 (b c)) S 42 7 7 0 -1 4194560 100 0 0 0 31 12 5 6 20 0 1 0";
        let stat = Stat { parent: 42, user: 31, system: 12, of_children: 11 };
        assert_eq!(Stat::parse(line), Some(stat));
        assert_eq!(Stat::parse("7 (a) S 42 7"), None);
    }

    #[test]
    fn a_host_may_steal() {
        let text = "cpu  10 20 30 4000 5 6 7 8 9 10\ncpu0 1 2 3\ncpu1 4 5 6\nintr 7\n";
        assert_eq!(Cores::parse(text), Some(Cores { count: 2, stolen: 8 }));
        assert!(Cores::now().unwrap().count > 0);
    }

    #[test]
    fn we_have_a_family_and_use_memory() {
        let own = Pid::this();
        assert_eq!(family(process::id()).unwrap()[0], own);
        let mut child = process::Command::new("sleep").arg("600").spawn().unwrap();
        let is_ours = family(process::id()).unwrap().len() > 1;
        let pid = Pid::from_raw(child.id().cast_signed());
        while !is_asleep(pid).unwrap() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(is_ours);
        assert!(!is_asleep(own).unwrap());
        assert!(resident_kib(own).unwrap() > 100);
    }
}
