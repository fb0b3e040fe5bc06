//! nginx, lighttpd and Apache, each in front of our own last step.
//!
//! They could serve `/hi` themselves, from a file. As proxies they say more: all pages are
//! there, bodies too, and what is judged is how they take a request apart: what they refuse
//! never gets to us, and what they let pass is sent on in their own words.

use std::net::SocketAddr;
use std::process::Command;
use std::{fs, io};

use suite::root;

const NGINX_CONFIG: &str = r#"
daemon off;
master_process off;
pid "{folder}/pid";
error_log stderr;
events {}
http {
    access_log off;
    client_body_temp_path "{folder}/client";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
    # An empty one would be left out.
    map $http_host $host_or_default { '' localhost; default $http_host; }
    server {
        listen {address};
        location / {
            proxy_pass http://{upstream};
            proxy_http_version 1.1;
            proxy_set_header Host $host_or_default;
            proxy_set_header Connection '';
            # A client that closes its side has not gone.
            proxy_ignore_client_abort on;
        }
    }
}
"#;

const LIGHTTPD_CONFIG: &str = r#"
server.modules = ("mod_proxy")
server.document-root = "{folder}"
server.bind = "127.0.0.1"
server.port = {port}
proxy.server = ("" => (("host" => "127.0.0.1", "port" => {upstream_port})))
"#;

const APACHE_CONFIG: &str = r#"
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
ServerRoot "{folder}"
DefaultRuntimeDir "{folder}"
ServerName localhost
PidFile "{folder}/pid"
ErrorLog /dev/stderr
Listen {address}
User nobody
Group nogroup
ProxyPreserveHost On
ProxyAddHeaders Off
ProxyPass / http://{upstream}/
"#;

/// A proxy: its program, its configuration, and the arguments before the name of that.
pub struct Proxy {
    pub program: &'static str,
    config: &'static str,
    arguments: &'static [&'static str],
}

pub static NGINX: Proxy = Proxy {
    program: "nginx",
    config: NGINX_CONFIG,
    arguments: &["-p", "{folder}", "-c"],
};

pub static LIGHTTPD: Proxy =
    Proxy { program: "lighttpd", config: LIGHTTPD_CONFIG, arguments: &["-D", "-f"] };

pub static APACHE: Proxy =
    Proxy { program: "apache2", config: APACHE_CONFIG, arguments: &["-X", "-f"] };

impl Proxy {
    /// Writes the configuration of the proxy of this number, which will listen at this
    /// address, and tells the command of it. All is one process in the foreground, which ends
    /// when it is told to.
    pub fn configure(
        &self,
        command: &mut Command,
        number: usize,
        address: SocketAddr,
        upstream: SocketAddr,
    ) -> io::Result<()> {
        let folder = root::scratch().join(format!("{}-{number}", self.program));
        fs::create_dir_all(&folder)?;
        let fill_in = |text: &str| {
            text.replace("{folder}", &folder.to_string_lossy())
                .replace("{address}", &address.to_string())
                .replace("{port}", &address.port().to_string())
                .replace("{upstream}", &upstream.to_string())
                .replace("{upstream_port}", &upstream.port().to_string())
        };
        let config = folder.join("config");
        fs::write(&config, fill_in(self.config))?;
        command.args(self.arguments.iter().map(|argument| fill_in(argument))).arg(config);
        Ok(())
    }
}
