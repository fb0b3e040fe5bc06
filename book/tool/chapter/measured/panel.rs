//! A small drawing: bars side by side, and lines across them with names at their ends. Its
//! texts are 12 pixels high or more, and it is no wider than a phone.

use std::fmt::Write;

use crate::render::html::escape;

const WIDTH: f64 = 336.0;
const HEIGHT: f64 = 190.0;
/// Where the bars begin and end, and where zero is.
const LEFT: f64 = 1.0;
const RIGHT: f64 = 242.0;
const TOP: f64 = 50.0;
const ZERO: f64 = 168.0;
/// Where the names of the lines stand, and how high a line of text is.
const NAMES: f64 = 254.0;
const LINE: f64 = 14.0;
/// Which bars have their names under them, besides the first and the last.
const EVERY: usize = 5;

/// What is drawn.
pub struct Panel<'a> {
    pub title: &'a str,
    pub unit: &'a str,
    /// What stands under it, and what it shows; nothing is drawn where nothing is known.
    pub bars: Vec<(String, Option<Mark>)>,
    pub lines: Vec<Mark>,
}

/// A value, and how it is said.
#[derive(Clone)]
pub struct Mark {
    pub name: String,
    pub value: f64,
    pub text: String,
}

impl Panel<'_> {
    /// The drawing; `None` if there is nothing to draw.
    pub fn to_svg(&self) -> Option<String> {
        let mut known = self.bars.iter().filter_map(|(_, mark)| mark.as_ref());
        let all = known.clone().chain(&self.lines);
        let most = all.map(|mark| mark.value).fold(0.0, f64::max);
        let (first, last) = (known.clone().next()?, known.next_back()?);
        let height = |value: f64| (ZERO - TOP) * value / most;
        let mut svg = format!(
            "<svg width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             role=\"img\" aria-label=\"{}\">\n\
             <text class=\"strong\" x=\"0\" y=\"14\">{}</text>\n\
             <text class=\"small soft\" x=\"0\" y=\"31\">{}</text>\n",
            escape(&self.in_words(first, last)),
            escape(self.title),
            escape(self.unit),
        );
        self.draw_bars(&mut svg, height);
        self.draw_lines(&mut svg, last, height);
        svg += "</svg>\n";
        Some(svg)
    }

    /// For who doesn't see it. All numbers are in the table besides.
    fn in_words(&self, first: &Mark, last: &Mark) -> String {
        let ends = [first, last].map(|mark| format!("{} {}", mark.name, mark.text));
        let lines = self.lines.iter().map(|mark| format!("{} {}", mark.name, mark.text));
        let lines: Vec<String> = lines.collect();
        let (title, unit) = (self.title, self.unit);
        format!("{title}, {unit}: from {} to {}", ends[0], ends[1])
            + if lines.is_empty() { "" } else { "; " }
            + &lines.join(", ")
    }

    fn draw_bars(&self, svg: &mut String, height: impl Fn(f64) -> f64) {
        let step = (RIGHT - LEFT) / self.bars.len() as f64;
        for (index, (name, mark)) in self.bars.iter().enumerate() {
            let x = LEFT + step * index as f64;
            if let Some(mark) = mark {
                // What is there can be seen.
                let height = height(mark.value).max(1.0);
                let _ = writeln!(
                    svg,
                    "<rect class=\"solid accent-1\" x=\"{x:.1}\" y=\"{:.1}\" \
                     width=\"{:.1}\" height=\"{height:.1}\"/>",
                    ZERO - height,
                    step * 0.7,
                );
            }
            let is_last = index + 1 == self.bars.len();
            let is_fifth = name.parse().is_ok_and(|it: usize| it.is_multiple_of(EVERY));
            // The last two don't fit beside each other.
            let has_room = index + 3 <= self.bars.len();
            if index == 0 || is_last || is_fifth && has_room {
                let (x, y) = (x + step * 0.35, ZERO + LINE + 2.0);
                let _ = writeln!(
                    svg,
                    "<text class=\"small soft\" x=\"{x:.1}\" y=\"{y}\" \
                     text-anchor=\"middle\">{}</text>",
                    escape(name),
                );
            }
        }
        let _ = writeln!(svg, "<path class=\"soft\" d=\"M0 {ZERO}H{RIGHT}\"/>");
    }

    /// The lines, and the names at their ends; the last bar has its name among them.
    fn draw_lines(&self, svg: &mut String, last: &Mark, height: impl Fn(f64) -> f64) {
        let mut marks: Vec<(&Mark, bool)> =
            self.lines.iter().map(|mark| (mark, true)).collect();
        marks.push((last, false));
        marks.sort_by(|(one, _), (other, _)| other.value.total_cmp(&one.value));
        let ends: Vec<f64> =
            marks.iter().map(|(mark, _)| ZERO - height(mark.value)).collect();
        for (((mark, is_line), end), place) in
            marks.into_iter().zip(&ends).zip(apart(&ends))
        {
            if is_line {
                let _ = writeln!(
                    svg,
                    "<path class=\"dashed\" d=\"M{LEFT} {end:.1}H{RIGHT}\"/>"
                );
            }
            let _ = writeln!(
                svg,
                "<path class=\"soft\" d=\"M{RIGHT} {end:.1}L{:.1} {place:.1}\"/>\n\
                 <text class=\"small{}\" x=\"{NAMES}\" y=\"{:.1}\">{} {}</text>",
                NAMES - 3.0,
                if is_line { "" } else { " strong accent-1" },
                place + 4.0,
                escape(&mark.name),
                escape(&mark.text),
            );
        }
    }
}

/// Moves places, which go downwards, as far as texts there need to be apart.
fn apart(places: &[f64]) -> Vec<f64> {
    let mut places = places.to_vec();
    for index in 1..places.len() {
        places[index] = places[index].max(places[index - 1] + LINE);
    }
    // None may be below zero.
    let mut lowest = ZERO;
    for place in places.iter_mut().rev() {
        *place = place.min(lowest);
        lowest = *place - LINE;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(name: &str, value: f64) -> Mark {
        Mark { name: name.into(), value, text: value.to_string() }
    }

    #[test]
    fn names_are_apart_and_stay_inside() {
        assert_eq!(apart(&[50.0, 100.0]), [50.0, 100.0]);
        assert_eq!(apart(&[50.0, 51.0, 52.0]), [50.0, 64.0, 78.0]);
        assert_eq!(apart(&[150.0, 160.0, 168.0]), [140.0, 154.0, 168.0]);
    }

    #[test]
    fn a_bar_is_as_high_as_its_value() {
        let bars = vec![
            ("9".into(), None),
            ("10".into(), Some(mark("step 10", 0.25))),
            ("11".into(), Some(mark("step 11", 0.5))),
        ];
        let lines = vec![mark("<nginx>", 1.0)];
        let panel = Panel { title: "pipelined", unit: "requests", bars, lines };
        let svg = panel.to_svg().unwrap();
        let words =
            "pipelined, requests: from step 10 0.25 to step 11 0.5; &lt;nginx&gt; 1";
        assert!(svg.contains(&format!("aria-label=\"{words}\"")), "{svg}");
        assert!(svg.contains("height=\"29.5\"") && svg.contains("height=\"59.0\""));
        assert_eq!(svg.matches("<rect").count(), 2);
        assert_eq!(svg.matches("class=\"dashed\"").count(), 1);
    }

    #[test]
    fn without_bars_there_is_no_panel() {
        let bars = vec![("9".into(), None)];
        let panel = Panel { title: "", unit: "", bars, lines: vec![mark("nginx", 1.0)] };
        assert!(panel.to_svg().is_none());
    }
}
