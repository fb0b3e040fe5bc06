//! How servers are called: on the command line, and in tables.

use std::fmt;
use std::str::FromStr;

use anyhow::{Error, Result, ensure};

use super::{Kind, Server};

/// The first step whose responses have all the headers that are compared.
const FIRST: u8 = 6;

impl FromStr for Server {
    type Err = Error;

    fn from_str(text: &str) -> Result<Server> {
        let mut words = text.split_whitespace().peekable();
        let mut environment = Vec::new();
        while let Some((name, value)) = words.peek().and_then(|it| it.split_once('=')) {
            environment.push((name.to_string(), value.to_string()));
            words.next();
        }
        let kind = words.next().unwrap_or_default().parse()?;
        let arguments = words.map(ToString::to_string).collect();
        Ok(Server { kind, environment, arguments })
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Kind> {
        Ok(match text {
            "limit" => Kind::Limit,
            "hyper" => Kind::Hyper,
            "axum" => Kind::Axum,
            "nginx" => Kind::Nginx,
            _ => {
                let number = text.strip_prefix("step-").unwrap_or(text).parse();
                let number = number.map_err(|_| {
                    Error::msg(
                        "there are limit, hyper, axum, nginx, and numbers of steps",
                    )
                })?;
                ensure!(number >= FIRST, "those before {FIRST:02} send other headers");
                Kind::Step(number)
            }
        })
    }
}

impl fmt::Display for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.environment {
            write!(formatter, "{name}={value} ")?;
        }
        self.kind.fmt(formatter)?;
        self.arguments.iter().try_for_each(|argument| write!(formatter, " {argument}"))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Limit => formatter.write_str("limit"),
            Kind::Hyper => formatter.write_str("hyper"),
            Kind::Axum => formatter.write_str("axum"),
            Kind::Nginx => formatter.write_str("nginx"),
            Kind::Step(number) => write!(formatter, "step-{number:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_arguments_after_it() {
        let server: Server = "RUST_LOG=info 7 --quiet --loops=2".parse().unwrap();
        assert_eq!(server.kind, Kind::Step(7));
        assert_eq!(server.arguments, ["--quiet", "--loops=2"]);
        assert_eq!(server.environment, [("RUST_LOG".into(), "info".into())]);
        assert_eq!(server.to_string(), "RUST_LOG=info step-07 --quiet --loops=2");
        assert_eq!(server.to_string().parse::<Server>().unwrap(), server);
    }

    #[test]
    fn others_have_no_name() {
        assert_eq!("nginx".parse::<Server>().unwrap(), Server::new(Kind::Nginx));
        for name in ["", "apache", "step-", "5"] {
            assert!(name.parse::<Server>().is_err(), "{name}");
        }
    }
}
