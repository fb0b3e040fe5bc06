//! Chapter 5 says where the mistakes of a decorated handler are reported: one in the
//! handler at the handler's line, one in the attribute at the attribute, in words.

use anyhow::{Context, Result, ensure};
use book::steps::Step;

use crate::scratch::texts;
use crate::site::Site;

/// A line of step 05, changed so that the compiler has to say something.
pub struct Mistake {
    pub name: &'static str,
    right: &'static str,
    wrong: &'static str,
    /// The line that it is reported at, as it is with the mistake.
    at: &'static str,
    says: &'static str,
}

pub const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "in_the_body_of_a_handler",
        right: r#"    let response_body = "Hello World!";"#,
        wrong: r#"    let response_body: &str = 12;"#,
        at: r#"    let response_body: &str = 12;"#,
        says: "error[E0308]: mismatched types",
    },
    Mistake {
        name: "in_the_signature_of_a_handler",
        right: r#"fn hello(_request: &Request) -> String {"#,
        wrong: r#"fn hello(_request: &Reqest) -> String {"#,
        at: r#"fn hello(_request: &Reqest) -> String {"#,
        says: "error[E0425]: cannot find type `Reqest` in this scope",
    },
    Mistake {
        name: "a_handler_of_another_shape",
        right: r#"fn hello(_request: &Request) -> String {"#,
        wrong: r#"fn hello() -> String {"#,
        at: r#"#[route("GET", "/hi")]"#,
        says: "error[E0308]: mismatched types",
    },
    Mistake {
        name: "an_attribute_with_one_argument",
        right: r#"#[route("GET", "/hi")]"#,
        wrong: r#"#[route("GET")]"#,
        at: r#"#[route("GET")]"#,
        says: r#"error: write #[route("GET", "/hi")], with a method and a URI"#,
    },
    Mistake {
        name: "a_method_without_quotes",
        right: r#"#[route("GET", "/hi")]"#,
        wrong: r#"#[route(GET, "/hi")]"#,
        at: r#"#[route(GET, "/hi")]"#,
        says: "error: the method and the URI are texts in quotes, with a comma between",
    },
    Mistake {
        name: "a_uri_of_bytes",
        right: r#"#[route("GET", "/hi")]"#,
        wrong: r#"#[route("GET", b"/hi")]"#,
        at: r#"#[route("GET", b"/hi")]"#,
        says: "error: the method and the URI are texts in quotes, with a comma between",
    },
    Mistake {
        name: "a_semicolon_for_a_comma",
        right: r#"#[route("GET", "/hi")]"#,
        wrong: r#"#[route("GET"; "/hi")]"#,
        at: r#"#[route("GET"; "/hi")]"#,
        says: "error: the method and the URI are texts in quotes, with a comma between",
    },
    Mistake {
        name: "a_method_in_small_letters",
        right: r#"#[route("GET", "/hi")]"#,
        wrong: r#"#[route("get", "/hi")]"#,
        at: r#"#[route("get", "/hi")]"#,
        says: "error: a method is in capitals, and a URI begins with /",
    },
    Mistake {
        name: "a_uri_without_a_slash",
        right: r#"#[route("GET", "/hi")]"#,
        wrong: r#"#[route("GET", "hi")]"#,
        at: r#"#[route("GET", "hi")]"#,
        says: "error: a method is in capitals, and a URI begins with /",
    },
    Mistake {
        name: "an_attribute_above_a_struct",
        right: r#"struct Request {"#,
        wrong: r#"#[route("*", "/")] struct Request {"#,
        at: r#"#[route("*", "/")] struct Request {"#,
        says: "error: #[route] goes above a function",
    },
    Mistake {
        name: "an_attribute_above_the_type_of_a_function",
        right: r#"struct Request {"#,
        wrong: r#"#[route("*", "/")] type Page = fn(u8); struct Request {"#,
        at: r#"#[route("*", "/")] type Page = fn(u8); struct Request {"#,
        says: "error: #[route] goes above a function",
    },
    Mistake {
        name: "a_handler_that_is_not_listed",
        right: r#"const ROUTES: &[Route] = &[hello, namaste, describe];"#,
        wrong: r#"const ROUTES: &[Route] = &[hello, describe];"#,
        at: r#"fn namaste(_request: &Request) -> String {"#,
        says: "warning: constant `namaste` is never used",
    },
];

pub fn check(site: &Site, step: &Step, mistake: &Mistake) -> Result<()> {
    let mut files = texts(&step.files);
    let main = files.get_mut("src/main.rs").context("there is no src/main.rs")?;
    let [right, wrong] = [mistake.right, mistake.wrong].map(|line| format!("\n{line}\n"));
    ensure!(main.matches(&right).count() == 1, "not one line is `{}`", mistake.right);
    let text = main.replace(&right, &wrong);
    *main = text.clone();

    let name = format!("mistake-{}", mistake.name);
    let (compiles, output) = site.scratch.check(&name, files)?;
    let index = text.lines().position(|line| line == mistake.at);
    let number = index.with_context(|| format!("no line is `{}`", mistake.at))? + 1;
    let at = format!("--> src/main.rs:{number}:");
    let lines: Vec<&str> = output.lines().map(str::trim_start).collect();
    let is_reported =
        lines.windows(2).any(|pair| pair[0] == mistake.says && pair[1].starts_with(&at));
    ensure!(
        compiles == mistake.says.starts_with("warning") && is_reported,
        "cargo check should say\n{}\n{at}\nand says\n{output}",
        mistake.says
    );
    Ok(())
}
