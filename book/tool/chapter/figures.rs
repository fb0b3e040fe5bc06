//! The figures of code, on their way around mdBook. They are HTML already, so there is nothing
//! in them for mdBook to do; and who searches for a word does not look for it in every line
//! of every diff. So a chapter has a comment in the place of each, until it is a page.

use std::sync::{Mutex, PoisonError};

/// What has been taken out of the chapters of a book.
#[derive(Debug, Default)]
pub struct Figures(Mutex<Vec<String>>);

/// How a figure of code begins: one of lines, and not one of pictures or of commands.
const STARTS: [&str; 3] =
    ["<figure class=\"diff\"", "<figure class=\"move\"", "<figure class=\"source\""];
const END: &str = "</figure>";

const PLACE: (&str, &str) = ("<!-- figure ", " -->");

impl Figures {
    /// A chapter without its figures, but with their places.
    pub fn take_out(&self, chapter: &str) -> String {
        let mut figures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        let mut lines = chapter.split_inclusive('\n');
        while let Some(line) = lines.next() {
            if !STARTS.iter().any(|start| line.starts_with(start)) {
                text += line;
                continue;
            }
            let mut figure = line.to_string();
            while !figure.trim_end().ends_with(END) {
                let Some(line) = lines.next() else { break };
                figure += line;
            }
            text += &format!("{}{}{}\n", PLACE.0, figures.len(), PLACE.1);
            figures.push(figure);
        }
        text
    }

    /// A page with the figures of its chapter.
    pub fn put_back(&self, page: &str) -> String {
        let figures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pieces = page.split(PLACE.0);
        let mut html = pieces.next().unwrap_or_default().to_string();
        for piece in pieces {
            let place = piece.split_once(PLACE.1);
            let figure = place.and_then(|(number, rest)| {
                Some((figures.get(number.parse::<usize>().ok()?)?, rest))
            });
            match figure {
                Some((figure, rest)) => html.extend([figure.trim_end(), rest]),
                None => html.extend([PLACE.0, piece]),
            }
        }
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_out_comes_back() {
        let diff = "<figure class=\"diff\">\n<pre>1\n2\n</pre>\n</figure>\n";
        let chapter =
            format!("a\n\n{diff}\n\n<figure class=\"console\">\n</figure>\n{diff}");
        let figures = Figures::default();
        assert_eq!(figures.take_out("nothing\n"), "nothing\n");
        let taken = figures.take_out(&chapter);
        let expected = "a\n\n<!-- figure 0 -->\n\n\n<figure class=\"console\">\n</figure>\n\
                        <!-- figure 1 -->\n";
        assert_eq!(taken, expected);
        assert_eq!(figures.put_back(&taken), chapter);
        assert_eq!(figures.put_back("<!-- figure 9 -->"), "<!-- figure 9 -->");
    }
}
