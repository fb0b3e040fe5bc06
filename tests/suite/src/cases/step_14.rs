//! Sessions: who knows the password gets a key, and who has the key sees the protected
//! page, until the key is given back.

use indoc::indoc;

use super::{hints, or};
use crate::case::{
    Case, Exchange, Exchange::*, Request, Request::*, Response, Response::*,
};

pub const LOG_IN: Exchange = Ask(
    Text(form!("/login", 26, "user=ada&password=lovelace")),
    Http(indoc! {"
        HTTP/1.1 303 See Other
        Location: [..]/protected
        Set-Cookie: session=[=key]; ...

        ..."}),
);

/// Another session, whose key is the second one.
const LOG_IN_AGAIN: Exchange = Ask(
    Text(form!("/login", 26, "user=ada&password=lovelace")),
    Http(indoc! {"
        HTTP/1.1 303 See Other
        Location: [..]/protected
        Set-Cookie: session=[=second]; ...

        ..."}),
);

const LOG_IN_AS_GRACE: Exchange = Ask(
    Text(form!("/login", 26, "user=grace&password=hopper")),
    Http(indoc! {"
        HTTP/1.1 303 See Other
        Location: [..]/protected
        Set-Cookie: session=[=second]; ...

        ..."}),
);

const LOGGED_OUT: Response = Http(indoc! {"
    HTTP/1.1 303 See Other
    Location: [..]/login

    ..."});

pub const LOG_OUT: Exchange = Ask(
    Text(indoc! {"
        POST /logout HTTP/1.1
        Host: localhost
        Cookie: session=[=key]
        Content-Length: 0

    "}),
    LOGGED_OUT,
);

pub const ENTER: Request = Text(indoc! {"
    GET /protected HTTP/1.1
    Host: localhost
    Cookie: session=[=key]

"});

const ENTER_WITH_SECOND: Request = Text(indoc! {"
    GET /protected HTTP/1.1
    Host: localhost
    Cookie: session=[=second]

"});

pub const ONLY_FOR_ADA: Response = Http(indoc! {"
    HTTP/1.1 200 OK

    ...
    [..]Only for you, ada.[..]
    ..."});

const ONLY_FOR_GRACE: Response = Http(indoc! {"
    HTTP/1.1 200 OK

    ...
    [..]Only for you, grace.[..]
    ..."});

pub const UNAUTHORIZED: Response = Http(indoc! {"
    HTTP/1.1 401 Unauthorized
    WWW-Authenticate: [..]

    ..."});

const NO_KEY: Response = Http(indoc! {"
    HTTP/1.1 401 Unauthorized
    WWW-Authenticate: [..]
    Set-Cookie: [none]

    ..."});

pub const CASES: &[Case] = &[
    // ---- Pages ------------------------------------------------------------------------
    Case {
        name: "the_login_is_a_page_in_html",
        since: 14,
        exchanges: &[Ask(
            Text("GET /login HTTP/1.1\nHost: localhost\n\n"),
            Http("HTTP/1.1 200 OK\nContent-Type: text/html[..]\n\n..."),
        )],
        clause: "RFC 9110 section 8.3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_page_in_html_says_in_which_encoding",
        since: 14,
        left_open: "RFC 9110 section 8.3.2: the page may say it as well",
        exchanges: &[
            Ask(
                Text("GET /login HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Content-Type: text/html; charset=utf-8

                    ..."}),
            ),
            Ask(
                Text("GET /protected HTTP/1.1\nHost: localhost\n\n"),
                Http(indoc! {"
                    HTTP/1.1 401 Unauthorized
                    Content-Type: text/html; charset=utf-8

                    ..."}),
            ),
            LOG_IN,
            Ask(
                ENTER,
                Http(indoc! {"
                    HTTP/1.1 200 OK
                    Content-Type: text/html; charset=utf-8

                    ..."}),
            ),
        ],
        clause: "RFC 9110 section 8.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "the_login_is_a_form_that_is_posted",
        since: 14,
        // There are other ways to write this in HTML.
        our_choice: true,
        exchanges: &[Ask(
            Text("GET /login HTTP/1.1\nHost: localhost\n\n"),
            Http(indoc! {r#"
                HTTP/1.1 200 OK

                <!doctype html>
                ...
                [..]Who are you?[..]
                ...
                <form method="post" action="/login">
                ...
                [..]<label>[..]<input name="user"[..]></label>[..]
                ...
                [..]<label>[..]<input name="password"[..]type="password"[..]
                ...
                [..]</label>[..]
                ...
                [..]<button>Log in</button>[..]
                ...
                </form>
                ..."#}),
        )],
        clause: "WHATWG HTML section 4.10.22",
        ..Case::DEFAULT
    },
    Case {
        name: "whoever_is_not_logged_in_sees_the_form_in_place_of_the_page",
        since: 14,
        our_choice: true,
        exchanges: &[Ask(
            Text("GET /protected HTTP/1.1\nHost: localhost\n\n"),
            Http(indoc! {r#"
                HTTP/1.1 401 Unauthorized
                WWW-Authenticate: Form

                ...
                [..]Log in first.[..]
                ...
                <form method="post" action="/login">
                ..."#}),
        )],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "the_fields_of_the_login_may_be_encoded",
        since: 14,
        exchanges: &[Ask(
            Text(form!("/login", 32, "us%65r=%61da&p%61ssword=lovelace")),
            Http("HTTP/1.1 303 See Other\nSet-Cookie: session=[..]; ...\n\n..."),
        )],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_wrong_password_brings_the_form_again",
        since: 14,
        our_choice: true,
        exchanges: &[Ask(
            Text(form!("/login", 23, "user=ada&password=wrong")),
            Http(indoc! {r#"
                HTTP/1.1 401 Unauthorized
                WWW-Authenticate: Form
                Content-Type: text/html; charset=utf-8

                ...
                [..]Wrong name or password.[..]
                ...
                <form method="post" action="/login">
                ..."#}),
        )],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_wrong_name_is_not_told_from_a_wrong_password",
        since: 14,
        our_choice: true,
        exchanges: &[
            Ask(
                Text(form!("/login", 26, "user=eve&password=lovelace")),
                Http(indoc! {"
                    HTTP/1.1 401 Unauthorized

                    ...
                    [..]Wrong name or password.[..]
                    ..."}),
            ),
            Ask(
                Text(form!("/login", 25, "user=ada&password=Adalove")),
                Http(indoc! {"
                    HTTP/1.1 401 Unauthorized

                    ...
                    [..]Wrong name or password.[..]
                    ..."}),
            ),
        ],
        clause: "RFC 9110 section 17.16",
        ..Case::DEFAULT
    },
    Case {
        name: "the_protected_page_has_a_button_that_logs_out",
        since: 14,
        our_choice: true,
        exchanges: &[
            LOG_IN,
            Ask(
                ENTER,
                Http(indoc! {r#"
                    HTTP/1.1 200 OK
                    Content-Type: text/html; charset=utf-8

                    <!doctype html>
                    ...
                    <p>Only for you, ada.</p>
                    ...
                    <form method="post" action="/logout"><button>Log out</button></form>
                    ..."#}),
            ),
        ],
        clause: "WHATWG HTML section 4.10.22",
        ..Case::DEFAULT
    },
    Case {
        name: "nobody_keeps_a_page_that_depends_on_a_session",
        since: 14,
        exchanges: &[
            Ask(
                Text("GET /protected HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 401 Unauthorized\nCache-Control: no-store\n\n..."),
            ),
            Ask(
                Text(form!("/login", 23, "user=ada&password=wrong")),
                Http("HTTP/1.1 401 Unauthorized\nCache-Control: no-store\n\n..."),
            ),
            LOG_IN,
            Ask(ENTER, Http("HTTP/1.1 200 OK\nCache-Control: no-store\n\n...")),
        ],
        or: or::FOR_ONE_CLIENT,
        clause: "RFC 9111 section 5.2.2.5",
        ..Case::DEFAULT
    },
    Case {
        name: "heads_of_these_pages_are_as_the_pages_are",
        since: 14,
        exchanges: &[
            Ask(
                Text("HEAD /login HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\nContent-Type: text/html[..]\n\n"),
            ),
            Ask(
                Text("HEAD /protected HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: [..]\n\n"),
            ),
            LOG_IN,
            Ask(
                Text(indoc! {"
                    HEAD /protected HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]

                "}),
                Http("HTTP/1.1 200 OK\nContent-Type: text/html[..]\n\n"),
            ),
        ],
        clause: "RFC 9110 section 9.3.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_page_and_its_form_share_a_path",
        since: 14,
        left_open: "RFC 9110 section 9.3.3: what a POST does is the page's own affair",
        exchanges: &[
            Ask(
                Text("OPTIONS /login HTTP/1.1\nHost: localhost\n\n"),
                Http("HTTP/1.1 200 OK\nAllow: GET, HEAD, POST, OPTIONS\n\n..."),
            ),
            Ask(
                Text("PUT /login HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
                Http(indoc! {"
                    HTTP/1.1 405 Method Not Allowed
                    Allow: GET, HEAD, POST, OPTIONS

                    ..."}),
            ),
        ],
        clause: "RFC 9110 section 10.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_post_to_the_protected_page_is_not_allowed",
        since: 14,
        exchanges: &[
            LOG_IN,
            Ask(
                Text(indoc! {"
                    POST /protected HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]
                    Content-Length: 0

                "}),
                Http("HTTP/1.1 405 Method Not Allowed\nAllow: GET, ...\n\n..."),
            ),
        ],
        clause: "RFC 9110 section 15.5.6",
        ..Case::DEFAULT
    },
    // ---- Log in -----------------------------------------------------------------------
    Case {
        name: "the_protected_page_is_for_those_who_have_logged_in",
        since: 14,
        exchanges: &[
            Ask(Text("GET /protected HTTP/1.1\nHost: localhost\n\n"), UNAUTHORIZED),
            LOG_IN,
            Ask(ENTER, ONLY_FOR_ADA),
        ],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_login_sends_the_client_to_the_protected_page",
        since: 14,
        exchanges: &[Ask(
            Text(form!("/login", 26, "user=ada&password=lovelace")),
            Http(indoc! {"
                HTTP/1.1 303 See Other
                Location: /protected
                Set-Cookie: session=[..]; Path=/; HttpOnly; SameSite=Lax
                WWW-Authenticate: [none]

                ..."}),
        )],
        clause: "RFC 9110 section 15.4.4",
        ..Case::DEFAULT
    },
    Case {
        name: "the_key_of_a_session_has_128_bits",
        since: 14,
        left_open: "RFC 6265 section 8.4: how a key is written is the server's own affair",
        exchanges: &[Times(
            3,
            &Ask(
                Text(form!("/login", 26, "user=ada&password=lovelace")),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: session=[hex]; ...

                    ..."}),
            ),
        )],
        clause: "RFC 6265 section 8.4",
        ..Case::DEFAULT
    },
    Case {
        name: "the_key_of_a_session_is_for_all_pages_and_not_for_scripts",
        since: 14,
        exchanges: &[Ask(
            Text(form!("/login", 26, "user=ada&password=lovelace")),
            Http(indoc! {"
                HTTP/1.1 303 See Other
                Set-Cookie: session=[..]; Path=/; HttpOnly; SameSite=Lax; ...

                ..."}),
        )],
        clause: "RFC 6265 section 4.1.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_key_is_good_for_more_than_one_visit",
        since: 14,
        exchanges: &[
            LOG_IN,
            Ask(ENTER, ONLY_FOR_ADA),
            Ask(Text("GET /protected HTTP/1.1\nHost: localhost\n\n"), UNAUTHORIZED),
            Times(3, &Ask(ENTER, ONLY_FOR_ADA)),
        ],
        clause: "RFC 6265 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "the_page_knows_who_has_logged_in",
        since: 14,
        exchanges: &[
            LOG_IN_AS_GRACE,
            Ask(ENTER_WITH_SECOND, ONLY_FOR_GRACE),
            LOG_IN,
            Ask(ENTER, ONLY_FOR_ADA),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_GRACE),
        ],
        clause: "RFC 9110 section 11.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_key_is_found_among_other_cookies",
        since: 14,
        exchanges: &[
            LOG_IN,
            Ask(
                Text(indoc! {"
                    GET /protected HTTP/1.1
                    Host: localhost
                    Cookie: visits=4; session=[=key]; name=Grace

                "}),
                ONLY_FOR_ADA,
            ),
        ],
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "the_fields_of_the_login_are_a_form",
        since: 14,
        exchanges: &[
            Ask(
                Text(form!("/login", 36, "password=%6Covel%61ce&user=%61da&x=y")),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: session=[=key]; ...

                    ..."}),
            ),
            Ask(ENTER, ONLY_FOR_ADA),
        ],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    // ---- Who is not let in ------------------------------------------------------------
    Case {
        name: "a_wrong_password_is_refused",
        since: 14,
        exchanges: &[
            Ask(Text(form!("/login", 23, "user=ada&password=wrong")), UNAUTHORIZED),
            Ask(Text(form!("/login", 18, "user=ada&password=")), UNAUTHORIZED),
            Ask(Text(form!("/login", 21, "user=ada&password=ada")), UNAUTHORIZED),
        ],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_wrong_name_is_refused",
        since: 14,
        exchanges: &[
            Ask(Text(form!("/login", 26, "user=eve&password=lovelace")), UNAUTHORIZED),
            Ask(Text(form!("/login", 23, "user=&password=lovelace")), UNAUTHORIZED),
            Ask(Text(form!("/login", 15, "user=&password=")), UNAUTHORIZED),
        ],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_login_without_a_name_or_a_password_is_refused",
        since: 14,
        exchanges: &[
            Ask(Text(form!("/login", 8, "user=ada")), UNAUTHORIZED),
            Ask(Text(form!("/login", 17, "password=lovelace")), UNAUTHORIZED),
            Ask(Text(form!("/login", 22, "name=ada&pass=lovelace")), UNAUTHORIZED),
            Ask(Text(form!("/login", 0, "")), UNAUTHORIZED),
        ],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "the_password_of_somebody_else_is_refused",
        since: 14,
        exchanges: &[
            Ask(Text(form!("/login", 24, "user=ada&password=hopper")), UNAUTHORIZED),
            Ask(Text(form!("/login", 28, "user=grace&password=lovelace")), UNAUTHORIZED),
        ],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "the_case_of_a_password_matters",
        since: 14,
        exchanges: &[
            Ask(Text(form!("/login", 26, "user=ada&password=LOVELACE")), UNAUTHORIZED),
            Ask(Text(form!("/login", 26, "user=ada&password=Lovelace")), UNAUTHORIZED),
        ],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "the_case_of_a_name_matters",
        since: 14,
        exchanges: &[Ask(
            Text(form!("/login", 26, "user=ADA&password=lovelace")),
            UNAUTHORIZED,
        )],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_part_of_a_password_is_refused_and_so_is_more_than_it",
        since: 14,
        exchanges: &[
            Ask(Text(form!("/login", 19, "user=ada&password=l")), UNAUTHORIZED),
            Ask(Text(form!("/login", 25, "user=ada&password=lovelac")), UNAUTHORIZED),
            Ask(Text(form!("/login", 27, "user=ada&password=lovelaces")), UNAUTHORIZED),
            Ask(Text(form!("/login", 27, "user=ada&password=lovelace+")), UNAUTHORIZED),
            Ask(Text(form!("/login", 29, "user=ada&password=lovelace%00")), UNAUTHORIZED),
            Ask(Text(form!("/login", 25, "user=ad&password=lovelace")), UNAUTHORIZED),
            Ask(Text(form!("/login", 29, "user=ada%00&password=lovelace")), UNAUTHORIZED),
        ],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_refused_login_opens_no_session",
        since: 14,
        exchanges: &[
            Ask(Text(form!("/login", 23, "user=ada&password=wrong")), NO_KEY),
            Ask(Text(form!("/login", 26, "user=eve&password=lovelace")), NO_KEY),
            Ask(Text(form!("/login", 8, "user=ada")), NO_KEY),
            Ask(Text(form!("/login", 0, "")), NO_KEY),
            Ask(Text("GET /protected HTTP/1.1\nHost: localhost\n\n"), NO_KEY),
        ],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_refused_login_does_not_end_a_session",
        since: 14,
        left_open: "RFC 6265 section 3: when a session ends is the server's own affair",
        exchanges: &[
            LOG_IN,
            Ask(
                Text(indoc! {"
                    POST /login HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]
                    Content-Type: application/x-www-form-urlencoded
                    Content-Length: 23

                    user=ada&password=wrong"}),
                NO_KEY,
            ),
            Ask(ENTER, ONLY_FOR_ADA),
        ],
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "a_password_in_the_uri_is_no_login",
        since: 14,
        left_open: "RFC 9110 section 9.3.3: what a POST does is the page's own affair",
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /login?user=ada&password=lovelace HTTP/1.1
                    Host: localhost
                    Content-Length: 0

                "}),
                NO_KEY,
            ),
            Ask(
                Text(indoc! {"
                    GET /login?user=ada&password=lovelace HTTP/1.1
                    Host: localhost

                "}),
                Http("HTTP/1.1 200 OK\nSet-Cookie: [none]\n\n..."),
            ),
        ],
        clause: "RFC 9110 section 17.9",
        ..Case::DEFAULT
    },
    Case {
        name: "of_two_passwords_the_first_counts",
        since: 14,
        left_open: "WHATWG URL section 5.1: which one counts is the server's own choice",
        exchanges: &[Ask(
            Text(form!("/login", 41, "user=ada&password=wrong&password=lovelace")),
            NO_KEY,
        )],
        clause: "WHATWG URL section 5.1",
        ..Case::DEFAULT
    },
    // ---- Keys -------------------------------------------------------------------------
    Case {
        name: "a_key_that_the_client_has_made_up_opens_nothing",
        since: 14,
        exchanges: &[
            // There is a session, but it isn't this one.
            LOG_IN,
            Ask(
                Text(
                    "GET /protected HTTP/1.1\nHost: localhost\nCookie: session=mine\n\n",
                ),
                UNAUTHORIZED,
            ),
            Ask(
                Text("GET /protected HTTP/1.1\nHost: localhost\nCookie: session=ada\n\n"),
                UNAUTHORIZED,
            ),
            Ask(
                Text("GET /protected HTTP/1.1\nHost: localhost\nCookie: session=\n\n"),
                UNAUTHORIZED,
            ),
            Ask(
                Text("GET /protected HTTP/1.1\nHost: localhost\nCookie: session\n\n"),
                UNAUTHORIZED,
            ),
            Ask(
                Text("GET /protected HTTP/1.1\nHost: localhost\nCookie: session=1\n\n"),
                UNAUTHORIZED,
            ),
            Ask(
                Text(indoc! {"
                    GET /protected HTTP/1.1
                    Host: localhost
                    Cookie: session=00000000000000000000000000000000

                "}),
                UNAUTHORIZED,
            ),
        ],
        clause: "RFC 6265 section 8.4",
        ..Case::DEFAULT
    },
    Case {
        name: "more_than_a_key_is_no_key",
        since: 14,
        exchanges: &[
            LOG_IN,
            Ask(
                Text(indoc! {"
                    GET /protected HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]0

                "}),
                UNAUTHORIZED,
            ),
            Ask(
                Text(indoc! {"
                    GET /protected HTTP/1.1
                    Host: localhost
                    Cookie: session=0[=key]

                "}),
                UNAUTHORIZED,
            ),
            Ask(ENTER, ONLY_FOR_ADA),
        ],
        clause: "RFC 6265 section 8.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_key_counts_only_in_its_cookie",
        since: 14,
        exchanges: &[
            LOG_IN,
            Ask(
                Text("GET /protected HTTP/1.1\nHost: localhost\nCookie: id=[=key]\n\n"),
                UNAUTHORIZED,
            ),
            Ask(
                Text("GET /protected HTTP/1.1\nHost: localhost\nCookie: [=key]\n\n"),
                UNAUTHORIZED,
            ),
            Ask(
                Text(
                    "GET /protected HTTP/1.1\nHost: localhost\nCookie: Session=[=key]\n\n",
                ),
                UNAUTHORIZED,
            ),
            Ask(
                Text("GET /protected HTTP/1.1\nHost: localhost\nSession: [=key]\n\n"),
                UNAUTHORIZED,
            ),
            Ask(
                Text("GET /protected?session=[=key] HTTP/1.1\nHost: localhost\n\n"),
                UNAUTHORIZED,
            ),
        ],
        clause: "RFC 6265 section 4.2.1",
        ..Case::DEFAULT
    },
    Case {
        name: "a_login_does_not_take_a_key_that_the_client_has_made_up",
        since: 14,
        exchanges: &[
            Ask(
                Text(indoc! {"
                    POST /login HTTP/1.1
                    Host: localhost
                    Cookie: session=mine
                    Content-Type: application/x-www-form-urlencoded
                    Content-Length: 26

                    user=ada&password=lovelace"}),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: session=[=key]; ...

                    ..."}),
            ),
            Ask(
                Text(
                    "GET /protected HTTP/1.1\nHost: localhost\nCookie: session=mine\n\n",
                ),
                UNAUTHORIZED,
            ),
            Ask(ENTER, ONLY_FOR_ADA),
        ],
        hint: hints::NEW_KEY,
        clause: "RFC 6265 section 8.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_login_does_not_take_the_key_of_another_session",
        since: 14,
        exchanges: &[
            LOG_IN,
            // Somebody has given grace the key of ada.
            Ask(
                Text(indoc! {"
                    POST /login HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]
                    Content-Type: application/x-www-form-urlencoded
                    Content-Length: 26

                    user=grace&password=hopper"}),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: session=[=second]; ...

                    ..."}),
            ),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_GRACE),
            LOG_OUT,
            Ask(ENTER, UNAUTHORIZED),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_GRACE),
        ],
        hint: hints::NEW_KEY,
        clause: "RFC 6265 section 8.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_key_that_was_shown_before_a_login_is_worth_nothing_after_it",
        since: 14,
        exchanges: &[
            LOG_IN,
            LOG_OUT,
            // The browser has kept the cookie.
            Ask(
                Text(indoc! {"
                    POST /login HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]
                    Content-Type: application/x-www-form-urlencoded
                    Content-Length: 26

                    user=ada&password=lovelace"}),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: session=[=second]; ...

                    ..."}),
            ),
            Ask(ENTER, UNAUTHORIZED),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_ADA),
        ],
        hint: hints::NEW_KEY,
        clause: "RFC 6265 section 8.4",
        ..Case::DEFAULT
    },
    Case {
        name: "a_login_ends_the_session_that_the_client_had",
        since: 14,
        left_open: "RFC 6265 section 3: a server may let the old one run out",
        exchanges: &[
            LOG_IN,
            Ask(
                Text(indoc! {"
                    POST /login HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]
                    Content-Type: application/x-www-form-urlencoded
                    Content-Length: 26

                    user=grace&password=hopper"}),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: session=[=second]; ...

                    ..."}),
            ),
            Ask(ENTER, UNAUTHORIZED),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_GRACE),
        ],
        clause: "RFC 6265 section 8.4",
        ..Case::DEFAULT
    },
    Case {
        name: "two_logins_give_two_keys_and_both_are_good",
        since: 14,
        exchanges: &[
            LOG_IN,
            LOG_IN_AGAIN,
            Ask(ENTER, ONLY_FOR_ADA),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_ADA),
            LOG_OUT,
            Ask(ENTER, UNAUTHORIZED),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_ADA),
        ],
        clause: "RFC 6265 section 8.4",
        ..Case::DEFAULT
    },
    // ---- Log out ----------------------------------------------------------------------
    Case {
        name: "after_logging_out_the_key_is_worth_nothing",
        since: 14,
        exchanges: &[
            LOG_IN,
            Ask(ENTER, ONLY_FOR_ADA),
            LOG_OUT,
            Times(2, &Ask(ENTER, UNAUTHORIZED)),
        ],
        hint: "To delete the cookie is not enough: somebody may have a copy of the \
               key. The server has to forget it.",
        clause: "RFC 9110 section 15.5.2",
        ..Case::DEFAULT
    },
    Case {
        name: "logging_out_makes_the_client_forget_the_cookie",
        since: 14,
        // The cookie that is to be forgotten has this path.
        exchanges: &[
            LOG_IN,
            Ask(
                Text(indoc! {"
                    POST /logout HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]
                    Content-Length: 0

                "}),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Location: [..]/login
                    Set-Cookie: session=[..]; Max-Age=0; Path=/; ...

                    ..."}),
            ),
        ],
        clause: "RFC 6265 section 5.3",
        ..Case::DEFAULT
    },
    Case {
        name: "the_cookie_to_be_forgotten_is_empty",
        since: 14,
        left_open: "RFC 6265 section 3.1: the value of a cookie that ends doesn't matter",
        exchanges: &[Ask(
            Text("POST /logout HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
            Http(indoc! {"
                HTTP/1.1 303 See Other
                Location: /login
                Set-Cookie: session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0
                Content-Length: 0

            "}),
        )],
        clause: "RFC 6265 section 4.1.2.2",
        ..Case::DEFAULT
    },
    Case {
        name: "whoever_is_not_logged_in_can_log_out",
        since: 14,
        exchanges: &[
            Ask(
                Text("POST /logout HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
                LOGGED_OUT,
            ),
            Ask(
                Text(indoc! {"
                    POST /logout HTTP/1.1
                    Host: localhost
                    Cookie: session=mine
                    Content-Length: 0

                "}),
                LOGGED_OUT,
            ),
            LOG_IN,
            Times(2, &LOG_OUT),
        ],
        clause: "RFC 9110 section 15.4.4",
        ..Case::DEFAULT
    },
    Case {
        name: "logging_out_ends_one_session_and_not_another",
        since: 14,
        exchanges: &[
            LOG_IN,
            LOG_IN_AS_GRACE,
            LOG_OUT,
            Ask(ENTER, UNAUTHORIZED),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_GRACE),
            Ask(
                Text("POST /logout HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n"),
                LOGGED_OUT,
            ),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_GRACE),
            LOG_IN,
            Ask(ENTER, ONLY_FOR_ADA),
        ],
        hint: "To log out ends the session whose key came with the request, and no \
               other: not all sessions of that user, nor the last one.",
        clause: "RFC 6265 section 3",
        ..Case::DEFAULT
    },
    Case {
        name: "a_link_does_not_log_out",
        since: 14,
        exchanges: &[
            LOG_IN,
            Ask(
                Text(indoc! {"
                    GET /logout HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]

                "}),
                Http("HTTP/1.1 405 Method Not Allowed\nAllow: POST, ...\n\n..."),
            ),
            Ask(
                Text(indoc! {"
                    HEAD /logout HTTP/1.1
                    Host: localhost
                    Cookie: session=[=key]

                "}),
                Http("HTTP/1.1 405 Method Not Allowed\nAllow: POST, ...\n\n"),
            ),
            Ask(ENTER, ONLY_FOR_ADA),
        ],
        clause: "RFC 9110 section 9.2.1",
        ..Case::DEFAULT
    },
    // ---- How many ---------------------------------------------------------------------
    Case {
        name: "of_more_than_1000_sessions_the_oldest_ends",
        since: 14,
        left_open: "RFC 6265 section 3: when a session ends is the server's own affair",
        exchanges: &[
            LOG_IN,
            LOG_IN_AS_GRACE,
            Times(
                998,
                &Ask(
                    Text(form!("/login", 26, "user=ada&password=lovelace")),
                    Http(indoc! {"
                        HTTP/1.1 303 See Other
                        Set-Cookie: session=[=newest]; ...

                        ..."}),
                ),
            ),
            // That is 1000, and whatever there was before has ended.
            Ask(ENTER, ONLY_FOR_ADA),
            Ask(
                Text(form!("/login", 26, "user=ada&password=lovelace")),
                Http(indoc! {"
                    HTTP/1.1 303 See Other
                    Set-Cookie: session=[=newest]; ...

                    ..."}),
            ),
            Ask(ENTER, UNAUTHORIZED),
            Ask(ENTER_WITH_SECOND, ONLY_FOR_GRACE),
            Ask(
                Text(indoc! {"
                    GET /protected HTTP/1.1
                    Host: localhost
                    Cookie: session=[=newest]

                "}),
                ONLY_FOR_ADA,
            ),
        ],
        clause: "RFC 9110 section 17",
        ..Case::DEFAULT
    },
    Case {
        name: "a_session_that_was_closed_makes_room_for_another",
        since: 14,
        left_open: "RFC 6265 section 3: when a session ends is the server's own affair",
        exchanges: &[
            LOG_IN_AS_GRACE,
            Times(999, &LOG_IN),
            // 1000 of them; a place gets free, and is taken.
            LOG_OUT,
            LOG_IN,
            Ask(ENTER_WITH_SECOND, ONLY_FOR_GRACE),
            Ask(ENTER, ONLY_FOR_ADA),
        ],
        clause: "RFC 9110 section 17",
        ..Case::DEFAULT
    },
];
