//! nginx, where it is installed: its own build, with the page `/hi` and without a log.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

const CONFIG: &str = r#"
daemon off;
worker_processes {workers};
pid "{folder}/pid";
error_log stderr crit;
events { worker_connections 20000; }
http {
    access_log off;
    server_tokens off;
    default_type "text/plain; charset=utf-8";
    # It would close a connection after a thousand.
    keepalive_requests 1000000000;
    client_body_temp_path "{folder}/client";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
    server {
        listen {address};
        location = /hi { return 200 "Hello World!"; }
    }
}
"#;

/// The command that starts it with so many workers.
pub fn command(
    workers: usize,
    address: SocketAddr,
    folder: &Path,
) -> io::Result<Command> {
    let config = CONFIG
        .replace("{workers}", &workers.to_string())
        .replace("{address}", &address.to_string())
        .replace("{folder}", &folder.to_string_lossy());
    let file = folder.join("nginx.conf");
    fs::write(&file, config)?;
    let mut command = Command::new("nginx");
    command.arg("-p").arg(folder).arg("-c").arg(file);
    Ok(command)
}

/// Whether there is one.
pub fn is_installed() -> bool {
    let mut version = Command::new("nginx");
    version.arg("-v").stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
