//! The page for the printer: all chapters, but for what nobody prints. What is folded stays
//! folded on paper, and nobody can unfold it there.

/// A page without its folds, and without the numbers that only tests ask for.
pub fn for_paper(page: &str) -> String {
    let mut html = String::new();
    let mut depth = 0;
    for line in page.split_inclusive('\n') {
        let opens = line.matches("<details").count();
        // That an item moves is told by the fold's own line.
        let is_move = line.starts_with("<summary><code>") && depth == 1;
        if depth + opens == 0 {
            html += &without_numbers(&with_page_to_compare(line));
        } else if is_move {
            html += &line.replace("summary>", "p>");
        }
        depth = (depth + opens).saturating_sub(line.matches("</details>").count());
    }
    html
}

/// In the page with all chapters, mdBook takes links to the page that compares for links to a
/// part of this one.
fn with_page_to_compare(line: &str) -> String {
    let mut pieces = line.split("href=\"#");
    let mut html = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let is_pair =
            piece.split_once("..").is_some_and(|(from, _)| from.parse::<u8>().is_ok());
        html += if is_pair { "href=\"compare.html#" } else { "href=\"#" };
        html += piece;
    }
    html
}

/// A row of a diff without its places in the two steps.
fn without_numbers(line: &str) -> String {
    let mut pieces = line.split(" data-");
    let mut html = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let number = ["old=", "new="].iter().find_map(|name| piece.strip_prefix(name));
        match number {
            Some(number) => {
                html += number.trim_start_matches(|c: char| c.is_ascii_digit())
            }
            None => html.extend([" data-", piece]),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_folded_is_not_printed() {
        let page = "a\n<details><summary>Hints</summary>\n\nb\n<details>\nc\n</details>\n\
                    </details>\nd\n";
        assert_eq!(for_paper(page), "a\nd\n");
    }

    #[test]
    fn that_an_item_moves_is_printed() {
        let page = "<figure class=\"move\">\n<details>\n<summary><code>fn f</code> moves\
                    </summary>\n<pre>\n</pre>\n</details>\n</figure>\n";
        let expected =
            "<figure class=\"move\">\n<p><code>fn f</code> moves</p>\n</figure>\n";
        assert_eq!(for_paper(page), expected);
    }

    #[test]
    fn who_compares_leaves_the_page() {
        let link = "<a href=\"#02..03\">a</a> <a href=\"#x..y\">b</a>";
        let expected = "<a href=\"compare.html#02..03\">a</a> <a href=\"#x..y\">b</a>";
        assert_eq!(for_paper(link), expected);
    }

    #[test]
    fn rows_have_the_number_that_one_sees() {
        let row = "<ins data-new=12 data-n=13>x</ins>";
        assert_eq!(for_paper(row), "<ins data-n=13>x</ins>");
        assert_eq!(for_paper("<p data-newer>"), "<p data-newer>");
    }
}
