//! `start`: makes a crate of the reader's own, at the state of a step, or a wrong server to mend.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fmt, io};

use anstream::println;
use anyhow::{Context, Result, bail, ensure};
use fs_err as fs;

use crate::cli;
use crate::commands::origin::Origin;
use crate::steps::{Step, Steps};

/// Makes the crate, and says how to go on.
///
/// # Errors
/// If it can't be made there; then all stays as it was.
pub fn run(options: &cli::Start) -> Result<ExitCode> {
    let steps = super::steps()?;
    let origin = Origin::find(&steps, &options.step)?;
    let name = options.name.as_deref();
    println!("{}", start(&steps, &origin, &options.folder, options.aside, name)?);
    Ok(ExitCode::SUCCESS)
}

/// What was made, and what had to go out of its way.
struct Started {
    folder: PathBuf,
    origin: String,
    moved_to: Option<PathBuf>,
}

impl fmt::Display for Started {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let folder = self.folder.display();
        if let Some(moved_to) = &self.moved_to {
            writeln!(f, "what was in {folder} is now in {}", moved_to.display())?;
        }
        writeln!(f, "{folder} is at {}; now:\n", self.origin)?;
        // Two lines, for not every shell knows `&&`.
        write!(f, "    cd {}\n    cargo run", for_shell(&self.folder))
    }
}

/// A folder as one types it after `cd`.
fn for_shell(folder: &Path) -> String {
    let text = folder.display().to_string();
    // Not an option, nor the folder before this one.
    let text = if text.starts_with('-') { format!("./{text}") } else { text };
    let is_plain = |c: char| c.is_alphanumeric() || "/\\:._-+".contains(c);
    if cfg!(windows) {
        // No name has a quote in it there.
        if text.chars().all(is_plain) { text } else { format!("\"{text}\"") }
    } else {
        shlex::try_quote(&text).map(Into::into).unwrap_or(text)
    }
}

/// Makes a crate like the origin in a folder, as `cargo new` would. If the folder is there
/// already, it is moved `aside`, or nothing happens.
///
/// # Errors
/// If the folder is there and must stay, if it is inside of a workspace, where Cargo would
/// not build it on its own, or if it can't be written.
fn start(
    steps: &Steps,
    origin: &Origin,
    folder: &Path,
    aside: bool,
    name: Option<&str>,
) -> Result<Started> {
    let target = std::path::absolute(folder)?;
    refuse_workspaces(&target)?;
    // A link to an empty folder counts as one.
    let is_empty = is_empty_folder(&target);
    let is_there = fs::symlink_metadata(&target).is_ok() && !is_empty;
    ensure!(
        !is_there || aside,
        "{} is there already, and stays as it is: choose another folder, or add --aside to \
         have it moved aside",
        folder.display()
    );
    let default = target.file_name().unwrap_or_default().to_string_lossy();
    let name = name.unwrap_or(&default);
    let moved_to = if is_empty {
        fill(&steps.root, &origin.step, &target, name)?;
        None
    } else {
        make(&steps.root, &origin.step, &target, name)?
            .map(|name| folder.with_file_name(name))
    };
    Ok(Started { folder: folder.into(), origin: origin.name.clone(), moved_to })
}

/// Writes the crate into an empty folder, which stays: somebody's shell may be in it.
fn fill(root: &Path, step: &Step, target: &Path, name: &str) -> Result<()> {
    write(root, step, target, name).inspect_err(|_| {
        // The error of `write` is the one to tell.
        let _ = empty(target);
    })
}

fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Makes the folder with the crate in it. What is there is moved aside, to a name that is
/// returned.
fn make(root: &Path, step: &Step, target: &Path, name: &str) -> Result<Option<OsString>> {
    // Made beside its place, so that a failure leaves everything as it was.
    let fresh = free_name(target, "new")?;
    let made = write(root, step, &fresh, name).and_then(|()| {
        let aside = match fs::symlink_metadata(target) {
            Ok(_) => move_aside(target)?.file_name().map(ToOwned::to_owned),
            Err(_) => None,
        };
        fs::rename(&fresh, target)?;
        Ok(aside)
    });
    made.inspect_err(|_| {
        let _ = fs::remove_dir_all(&fresh);
    })
}

/// The path without `..`, and without links, as far as there is anything.
fn real(path: &Path) -> io::Result<PathBuf> {
    let is_there =
        path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, real)) = is_there else { return Ok(path.into()) };
    Ok(real.join(path.strip_prefix(above).map_err(io::Error::other)?))
}

/// Cargo takes a crate below a workspace for a part of it.
fn refuse_workspaces(target: &Path) -> Result<()> {
    for folder in real(target)?.ancestors().skip(1) {
        let manifest = folder.join("Cargo.toml");
        if fs::read_to_string(&manifest).is_ok_and(|text| text.contains("[workspace")) {
            bail!(
                "{} is inside of the workspace {}: choose a folder outside, such as ../my-server",
                target.display(),
                folder.display()
            );
        }
    }
    Ok(())
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Moves a folder to a name that is free, which it returns.
fn move_aside(target: &Path) -> Result<PathBuf> {
    let aside = free_name(target, "old")?;
    fs::rename(target, &aside)?;
    Ok(aside)
}

/// `my-server.old`, or if that is there `my-server.old-2`, and so on.
fn free_name(target: &Path, ending: &str) -> Result<PathBuf> {
    let name = target.file_name().context("name a folder")?.to_string_lossy();
    let names = (1..).map(|number| match number {
        1 => format!("{name}.{ending}"),
        _ => format!("{name}.{ending}-{number}"),
    });
    let mut paths = names.map(|name| target.with_file_name(name));
    paths.find(|path| fs::symlink_metadata(path).is_err()).context("no name is free")
}

/// Writes the crate, with a git repository if `cargo new` would make one.
fn write(root: &Path, step: &Step, folder: &Path, name: &str) -> Result<()> {
    let output = cargo()
        .args(["init", "--quiet", "--bin", "--edition", "2024", "--name", name])
        .arg(folder)
        .output()
        .context("cargo can't be run")?;
    let words = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{}\n\n--name gives the package another name than that of the folder",
        words.trim().trim_start_matches("error: ")
    );
    for (path, source) in &step.files {
        let text = match path.as_str() {
            "Cargo.toml" => {
                let own = format!("name = \"{name}\"");
                source.text.replacen(&format!("name = \"{}\"", step.package()), &own, 1)
            }
            _ => source.text.clone(),
        };
        write_file(&folder.join(path), &text)?;
    }
    // As the steps are formatted.
    let format = "max_width = 90\nuse_small_heuristics = \"Max\"\n";
    write_file(&folder.join("rustfmt.toml"), format)?;
    lock(root, folder)
}

/// Locks the versions that the workspace has, so that nothing need be downloaded.
fn lock(root: &Path, folder: &Path) -> Result<()> {
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    // Takes out what the crate doesn't need. If it can't, so does the first build; but by
    // then the reader may have committed the file.
    let _ = cargo()
        .args(["update", "--workspace", "--offline", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .output();
    Ok(())
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
}

fn write_file(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, text)
}

#[cfg(test)]
mod tests {
    use suite::root;

    use super::*;

    /// An empty folder, and the making of a crate in it.
    fn folder(name: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("start-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        folder
    }

    fn start_02(folder: &Path, aside: bool) -> Result<String> {
        let steps = Steps::load(&root::find().unwrap())?;
        let origin = Origin::find(&steps, "02")?;
        let started = start(&steps, &origin, folder, aside, None)?;
        Ok(started.to_string())
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_crate_is_the_step_under_another_name() {
        let folder = folder("fresh");
        start_02(&folder.join("my-server"), false).unwrap();
        assert_eq!(names(&folder), ["my-server"]);
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        let (step, own) =
            (root::find().unwrap().join("steps/02-parser"), folder.join("my-server"));
        assert_eq!(read(&own.join("src/main.rs")), read(&step.join("src/main.rs")));
        let manifest = read(&step.join("Cargo.toml")).replace("step-02", "my-server");
        assert_eq!(read(&own.join("Cargo.toml")), manifest);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_lock_has_the_versions_of_the_workspace_and_what_is_needed_only() {
        let (root, folder) = (root::find().unwrap(), folder("lock"));
        let steps = Steps::load(&root).unwrap();
        let origin = Origin::find(&steps, "15").unwrap();
        let own = folder.join("my-server");
        start(&steps, &origin, &own, false, None).unwrap();
        let [all, locked] =
            [&root, &own].map(|at| fs::read_to_string(at.join("Cargo.lock")).unwrap());
        assert!(locked.contains("name = \"httpdate\""));
        let packages = locked.split("[[package]]");
        for package in packages.filter(|package| package.contains("\nsource = ")) {
            // Name, version, source and checksum. What follows may be written in another
            // way where there is one version only.
            let (package, _) =
                package.split_once("dependencies").unwrap_or((package, ""));
            assert!(all.contains(package.trim()), "{package}");
        }
        // Nothing is left for the first build to change.
        let update = ["update", "--workspace", "--offline", "--locked"];
        let output = cargo().args(update).current_dir(&own).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_command_can_be_typed() {
        let plain = |folder: &str| for_shell(Path::new(folder));
        assert_eq!(plain("../my-server"), "../my-server");
        assert_eq!(plain("-x"), "./-x");
        let folder = if cfg!(windows) { "\"../x y\"" } else { "'../x y'" };
        assert_eq!(plain("../x y"), folder);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_an_empty_folder_stays_one() {
        let folder = folder("link");
        fs::create_dir(folder.join("there")).unwrap();
        std::os::unix::fs::symlink("there", folder.join("link")).unwrap();
        start_02(&folder.join("link"), false).unwrap();
        assert!(fs::symlink_metadata(folder.join("link")).unwrap().is_symlink());
        assert!(folder.join("there/src/main.rs").is_file());
        assert_eq!(names(&folder), ["link", "there"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_empty_folder_is_empty_after_a_failure() {
        let folder = folder("empty");
        let own = folder.join("3x");
        fs::create_dir(&own).unwrap();
        start_02(&own, false).err().unwrap();
        assert!(is_empty_folder(&own));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_folder_that_is_there_stays_or_is_moved_aside() {
        let folder = folder("aside");
        let own = folder.join("my-server");
        fs::create_dir(&own).unwrap();
        fs::write(own.join("notes"), "mine").unwrap();
        let message = start_02(&own, false).err().unwrap().to_string();
        assert!(message.contains("stays as it is"), "{message}");
        assert_eq!(names(&own), ["notes"]);
        let message = start_02(&own, true).unwrap();
        assert!(message.contains("my-server.old"), "{message}");
        start_02(&own, true).unwrap();
        assert_eq!(names(&folder), ["my-server", "my-server.old", "my-server.old-2"]);
        assert_eq!(names(&folder.join("my-server.old")), ["notes"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_cannot_be_made_leaves_nothing() {
        let folder = folder("nothing");
        let message = start_02(&folder.join("3x"), false).err().unwrap().to_string();
        assert!(message.contains("--name"), "{message}");
        fs::write(folder.join("Cargo.toml"), "[workspace]\n").unwrap();
        let message = start_02(&folder.join("x"), false).err().unwrap().to_string();
        assert!(message.contains("inside of the workspace"), "{message}");
        assert_eq!(names(&folder), ["Cargo.toml"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_folder_beside_a_workspace_is_not_inside() {
        let folder = folder("beside");
        let workspace = folder.join("workspace");
        fs::create_dir(&workspace).unwrap();
        fs::write(workspace.join("Cargo.toml"), "[workspace]\n").unwrap();
        start_02(&workspace.join("../my-server"), false).unwrap();
        start_02(&workspace.join("../my-server"), true).unwrap();
        assert_eq!(names(&folder), ["my-server", "my-server.old", "workspace"]);
        let inside = folder.join("my-server/../workspace/x");
        let message = start_02(&inside, false).err().unwrap().to_string();
        assert!(message.contains("inside of the workspace"), "{message}");
        assert_eq!(names(&workspace), ["Cargo.toml"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
