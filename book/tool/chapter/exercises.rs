//! The exercises of a chapter. They are written as three lists, which are easily read beside
//! each other: what to do, and then, folded, hints and solutions.
//!
//! ```text
//! ## Exercises
//! 1. *(warm-up)* Do something.
//! 2. *(thinking)* What if …?
//! <details><summary>Hints</summary>
//! 1. Look there.
//! 2. Who says so?
//! </details>
//! <details><summary>Solutions</summary>
//! **1.** Like this.
//! **2.** Nobody.
//! </details>
//! ```
//!
//! In the page, each exercise is followed by its own hint and its own solution, so that
//! whoever looks at one hasn't seen the others.

use std::fmt::Write;
use std::ops::Range;

use anyhow::{Context, Result, ensure};

/// A part of a chapter, as it comes into the page.
#[derive(Clone, Debug)]
pub struct Piece {
    pub text: String,
    /// Whether it is a line of prose, and no figure or block.
    pub is_prose: bool,
}

/// How far what belongs to an item of a list is indented.
const INDENT: &str = "   ";

/// Puts hints and solutions below their exercises, if there are any.
///
/// # Errors
/// If there aren't as many hints and solutions as there are exercises.
pub fn arrange(pieces: Vec<Piece>) -> Result<Vec<Piece>> {
    let Some(title) = find(&pieces, 0, "## Exercises") else { return Ok(pieces) };
    let hints = fold(&pieces, title, "Hints")?;
    let solutions = fold(&pieces, hints.end, "Solutions")?;
    let list = list(&pieces, title..hints.start);
    let exercises = items(&pieces, list.clone(), |number| format!("{number}. "));
    let hint_items = items(&pieces, inside(&hints), |number| format!("{number}. "));
    let solution_items =
        items(&pieces, inside(&solutions), |number| format!("**{number}.**"));
    let count = exercises.len();
    ensure!(
        hint_items.len() == count && solution_items.len() == count,
        "there are {count} exercises, {} hints and {} solutions",
        hint_items.len(),
        solution_items.len(),
    );
    let mut arranged = pieces[..list.start].to_vec();
    for (index, exercise) in exercises.into_iter().enumerate() {
        arranged.extend_from_slice(&pieces[exercise]);
        for (name, item) in
            [("Hint", &hint_items[index]), ("Solution", &solution_items[index])]
        {
            arranged.push(folded(name, index + 1, &pieces[item.clone()]));
        }
    }
    arranged.extend_from_slice(&pieces[list.end..hints.start]);
    arranged.extend_from_slice(&pieces[hints.end..solutions.start]);
    arranged.extend_from_slice(&pieces[solutions.end..]);
    Ok(arranged)
}

/// The first line of prose, from some place on, that is this.
fn find(pieces: &[Piece], from: usize, line: &str) -> Option<usize> {
    let is_it = |piece: &Piece| piece.is_prose && piece.text == line;
    pieces[from..].iter().position(is_it).map(|place| from + place)
}

/// The fold of that name, with the lines that open and close it.
fn fold(pieces: &[Piece], from: usize, name: &str) -> Result<Range<usize>> {
    let start = find(pieces, from, &format!("<details><summary>{name}</summary>"));
    let start = start.with_context(|| format!("the exercises have no {name}"))?;
    let end = find(pieces, start, "</details>");
    Ok(start..end.with_context(|| format!("the {name} never end"))? + 1)
}

/// A fold without the lines that open and close it.
fn inside(fold: &Range<usize>) -> Range<usize> {
    fold.start + 1..fold.end - 1
}

/// The list in a range: from its first item to before what isn't indented.
fn list(pieces: &[Piece], range: Range<usize>) -> Range<usize> {
    let is_item = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let belongs = |piece: &Piece| {
        piece.text.is_empty() || piece.text.starts_with(' ') || is_item(&piece.text)
    };
    let start = range.clone().find(|&place| is_item(&pieces[place].text));
    let start = start.unwrap_or(range.end);
    let end = (start..range.end).find(|&place| !belongs(&pieces[place]));
    start..end.unwrap_or(range.end)
}

/// The items in a range, which begin with 1, 2, 3 in some form.
fn items(
    pieces: &[Piece],
    range: Range<usize>,
    form: impl Fn(usize) -> String,
) -> Vec<Range<usize>> {
    let begins = |place: &usize, number| {
        pieces[*place].is_prose && pieces[*place].text.starts_with(&form(number))
    };
    let mut starts: Vec<usize> = Vec::new();
    for place in range.clone() {
        if begins(&place, starts.len() + 1) {
            starts.push(place);
        }
    }
    let ends = starts.iter().copied().skip(1).chain([range.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// An item of the hints or of the solutions, as a fold of its own in an item of the exercises.
fn folded(name: &str, number: usize, item: &[Piece]) -> Piece {
    let class = name.to_lowercase();
    let mut text = format!(
        "\n{INDENT}<details class=\"{class}\" id=\"{class}-{number}\">\
         <summary>{name} {number}</summary>\n\n"
    );
    for (index, piece) in item.iter().enumerate() {
        let own = match index {
            0 => piece.text.split_once(' ').map_or("", |(_, rest)| rest),
            _ => &piece.text,
        };
        for line in own.lines() {
            let indent = if line.is_empty() { "" } else { INDENT };
            let _ = writeln!(text, "{indent}{line}");
        }
        if own.is_empty() {
            text.push('\n');
        }
    }
    let _ = writeln!(text, "\n{INDENT}</details>");
    Piece { text, is_prose: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "# A\n\n1. no exercise\n\n## Exercises\n\nCommit first.\n\n\
        1. Do.\n\n   ```\n   1. code\n   ```\n2. Think.\n\nGoodbye.\n\n\
        <details><summary>Hints</summary>\n\n1. Look.\n2. Listen.\n\n</details>\n\n\
        <details><summary>Solutions</summary>\n\n**1.** Like\n\n\u{1}<pre>\u{2}**2.** x</pre>\n\n\
        **2.**\n\nSo.\n\n</details>\n\nThe end.";

    /// A chapter in pieces; what begins with `\u{1}` is a figure, in which `\u{2}` ends a line.
    fn pieces(chapter: &str) -> Vec<Piece> {
        let piece = |line: &str| match line.strip_prefix('\u{1}') {
            Some(figure) => {
                Piece { text: figure.replace('\u{2}', "\n"), is_prose: false }
            }
            None => Piece { text: line.into(), is_prose: true },
        };
        chapter.lines().map(piece).collect()
    }

    fn arranged(chapter: &str) -> Result<String> {
        let pieces = arrange(pieces(chapter))?;
        Ok(pieces.iter().map(|piece| format!("{}\n", piece.text)).collect())
    }

    #[test]
    fn each_exercise_has_its_own_hint_and_solution() {
        let text = arranged(CHAPTER).unwrap();
        let order = [
            "Commit first.\n\n1. Do.\n\n   ```\n   1. code\n   ```\n",
            "   <details class=\"hint\" id=\"hint-1\"><summary>Hint 1</summary>\n\n   Look.\n",
            "id=\"solution-1\"><summary>Solution 1</summary>\n\n   Like\n\n   <pre>\n   **2.** x",
            "2. Think.\n",
            "id=\"hint-2\"><summary>Hint 2</summary>\n\n   Listen.\n",
            "id=\"solution-2\"><summary>Solution 2</summary>\n\n\n\n   So.\n",
            "   </details>\n",
            "\nGoodbye.\n",
            "\nThe end.\n",
        ];
        let mut rest = &*text;
        for part in order {
            let (_, after) =
                rest.split_once(part).unwrap_or_else(|| panic!("{part}\n{text}"));
            rest = after;
        }
        assert!(!text.contains("Hints") && !text.contains("**2.**\n"), "{text}");
    }

    #[test]
    fn none_may_be_without() {
        let error = arranged(&CHAPTER.replace("2. Listen.", "")).unwrap_err().to_string();
        assert_eq!(error, "there are 2 exercises, 1 hints and 2 solutions");
        let error =
            arranged(&CHAPTER.replace("Solutions", "Answers")).unwrap_err().to_string();
        assert_eq!(error, "the exercises have no Solutions");
        let without = CHAPTER.replace("## Exercises", "## Others");
        assert!(arranged(&without).unwrap().contains("Hints"));
    }
}
