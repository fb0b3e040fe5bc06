//! Which cases fail on which server, and why that is right. What is only recommended is
//! a fault as well where a server takes for a request what is none.

use crate::fault::{Fault, Faults};

const NO_HOST: &str =
    "RFC 9112 section 3.2: without a Host, with two or a malformed one, it must be a 400";

const NO_URI: &str =
    "RFC 9112 section 3.2: what is no URI should be a 400 or a 301, and is taken for one";

const WHITE_SPACE: &str =
    "RFC 9110 section 5.5: a tab around a value must not be taken for a part of it";

const SPACE_BEFORE_COLON: &str =
    "RFC 9112 section 5.1: white space before the colon must be a 400";

const NO_HEADER: &str =
    "RFC 9112 section 2.2: what is no header should be a 400, and is taken or ignored";

const UNKNOWN_CODING: &str = "RFC 9112 section 6.1: a coding that is not understood should be a 501, and is ignored";

const ITS_OWN_VERSION: &str = "RFC 9112 section 2.3: a proxy sends its own version, so the page can't know the other";

const ITS_OWN_BODY: &str =
    "RFC 9112 section 7.1.2: a proxy sends a request of its own, with other headers";

const CHUNK_LINES: &str =
    "RFC 9112 section 2.2: a line feed alone may end a header, but no line of a chunk";

const EXPECTED_LIST: &str =
    "RFC 9110 section 10.1.1: the value is a list, and is compared with one word";

pub static AXUM: Faults = Faults {
    versions: &["axum"],
    always: &[
        Fault {
            because: NO_URI,
            cases: &[
                "a_uri_begins_with_a_slash_or_with_a_host",
                "a_uri_is_in_ascii",
                "a_uri_with_a_scheme_has_a_host",
                "nobody_logs_in_by_the_uri",
                "the_host_in_a_uri_is_a_name_or_an_address",
                "a_uri_has_no_fragment",
                "a_percent_sign_in_a_uri_has_two_digits_after_it",
            ],
        },
        Fault {
            because: NO_HOST,
            cases: &[
                "a_request_must_have_a_host",
                "a_request_for_a_host_in_its_uri_must_have_a_host",
                "two_hosts_are_refused",
                "two_hosts_are_refused_even_if_they_are_the_same",
                "two_hosts_are_refused_whatever_their_case",
                "two_hosts_are_refused_in_http_1_0_too",
                "an_empty_host_is_a_host",
                "another_header_is_no_host",
                "a_host_is_a_name_or_an_address_and_perhaps_a_port",
                "an_address_with_colons_is_in_brackets",
                "a_host_is_no_url_and_has_no_spaces",
                "a_head_without_a_host_is_refused_without_a_body",
                // There is a Host, after the last chunk.
                "a_header_after_the_last_chunk_is_none_of_the_request",
                "nothing_is_answered_after_a_refusal",
            ],
        },
        Fault {
            because: UNKNOWN_CODING,
            cases: &["another_coding_below_the_chunks_is_not_implemented"],
        },
        Fault { because: EXPECTED_LIST, cases: &["what_a_client_expects_is_a_list"] },
    ],
    sometimes: &[],
};

pub static NODE: Faults = Faults {
    versions: &["v18.", "v20.", "v22.", "v24."],
    always: &[
        Fault {
            because: NO_URI,
            cases: &[
                "what_must_be_encoded_in_a_query_is_refused_as_it_is",
                "a_uri_with_a_scheme_has_a_host",
                "nobody_logs_in_by_the_uri",
                "the_host_in_a_uri_is_a_name_or_an_address",
                "a_uri_has_no_fragment",
                "a_percent_sign_in_a_uri_has_two_digits_after_it",
            ],
        },
        Fault {
            because: "RFC 1945 section 3.1: HTTP/0.9 is not answered in HTTP/1.1; and RFC 9112 \
                  section 3.2: what is no request line should be a 400 or a 301",
            cases: &[
                "a_request_line_of_two_words_is_refused",
                "two_words_are_no_request_line",
                "refusals_do_no_harm_to_the_next_client",
            ],
        },
        Fault {
            because: "RFC 9110 section 6.6.1: a 400 must have a Date",
            cases: &["every_response_has_its_date"],
        },
        Fault {
            because: NO_HOST,
            cases: &[
                "two_hosts_are_refused",
                "two_hosts_are_refused_even_if_they_are_the_same",
                "two_hosts_are_refused_whatever_their_case",
                "two_hosts_are_refused_in_http_1_0_too",
                "an_empty_host_is_a_host",
                "a_host_is_a_name_or_an_address_and_perhaps_a_port",
                "an_address_with_colons_is_in_brackets",
                "a_host_is_no_url_and_has_no_spaces",
            ],
        },
        Fault {
            because: "RFC 9112 section 9.3.2: a request must be answered before what comes \
                  after it, which is refused here in its place",
            cases: &[
                "a_body_is_as_long_as_content_length_says",
                "without_content_length_there_is_no_body",
                "bytes_after_the_last_chunk_do_not_change_the_answer",
                "an_answer_reaches_a_client_that_sends_on_after_the_last_chunk",
                "where_the_next_request_begins_does_not_depend_on_packets",
                "a_client_that_says_close_asks_nothing_more",
                "http_1_0_leaves_unless_it_asks_to_stay",
                "nothing_is_answered_after_a_refusal",
                "what_comes_after_the_last_request_is_not_answered",
            ],
        },
        Fault { because: WHITE_SPACE, cases: &["spaces_around_chunked_do_not_count"] },
        Fault {
            because: "RFC 9110 section 5.6.3: bad white space must be parsed, and removed",
            cases: &["there_may_be_spaces_around_the_semicolon_of_an_extension"],
        },
        Fault {
            because: UNKNOWN_CODING,
            cases: &["another_coding_below_the_chunks_is_not_implemented"],
        },
    ],
    sometimes: &[
        Fault {
            because: WHITE_SPACE,
            cases: &["spaces_around_content_length_do_not_count"],
        },
        // Node 18, and those before.
        Fault {
            because: NO_HOST,
            cases: &[
                "a_request_must_have_a_host",
                "a_request_for_a_host_in_its_uri_must_have_a_host",
                "another_header_is_no_host",
                "a_head_without_a_host_is_refused_without_a_body",
                "a_header_after_the_last_chunk_is_none_of_the_request",
            ],
        },
        Fault {
            because: NO_HEADER,
            cases: &["a_header_needs_a_name", "a_name_has_no_space_in_it"],
        },
        Fault {
            because: SPACE_BEFORE_COLON,
            cases: &[
                "a_space_before_the_colon_is_refused",
                "a_space_before_the_colon_of_host_is_refused",
            ],
        },
        Fault {
            because: "RFC 9112 section 2.2: a line that begins with a space must be left \
                      out before the first header, or be a 400",
            cases: &["a_space_before_the_first_header_is_refused"],
        },
        Fault {
            because: "RFC 9112 section 7.1: a chunk must end in a line end",
            cases: &[
                "a_chunk_ends_in_a_line_end",
                "a_chunk_that_is_longer_than_its_size_is_refused",
            ],
        },
    ],
};

pub static HTTP_SERVER: Faults = Faults {
    versions: &[
        "Python 3.8.",
        "Python 3.10.",
        "Python 3.11.",
        "Python 3.12.",
        "Python 3.13.",
    ],
    always: &[
        Fault {
            because: NO_URI,
            cases: &[
                "a_uri_begins_with_a_slash_or_with_a_host",
                "a_uri_is_in_ascii",
                "what_must_be_encoded_in_a_query_is_refused_as_it_is",
                "a_uri_with_a_scheme_has_a_host",
                "nobody_logs_in_by_the_uri",
                "the_host_in_a_uri_is_a_name_or_an_address",
                "a_uri_has_no_fragment",
                "a_percent_sign_in_a_uri_has_two_digits_after_it",
            ],
        },
        Fault { because: WHITE_SPACE, cases: &["white_space_around_a_value_is_dropped"] },
        Fault {
            because: "RFC 9112 section 2.1: a response begins with a status line, and this has \
                  none where the request has no version that can be read",
            cases: &[
                "a_request_line_of_four_words_is_refused",
                "a_refusal_does_no_harm_to_the_next_client",
                "a_400_says_how_long_it_is",
                "every_response_has_its_date",
                "every_response_says_that_the_connection_closes",
                "four_words_are_no_request_line",
                "an_empty_method_is_refused",
                "a_version_of_one_number_is_refused",
                "a_version_without_digits_is_refused",
                "the_version_has_a_dot",
                "a_version_in_lower_case_is_refused",
                "a_version_of_another_protocol_is_refused",
                "a_version_that_goes_on_is_refused",
            ],
        },
        Fault {
            because: NO_HEADER,
            cases: &[
                "a_header_line_without_a_colon_is_refused",
                "a_refused_head_has_no_body",
                "a_header_without_a_colon_is_refused_with_a_reason",
                "a_header_needs_a_name",
                "a_name_has_no_space_in_it",
                "a_name_has_no_brackets_in_it",
                "a_name_has_no_other_delimiter_in_it",
                "a_name_has_no_control_character_in_it",
                "a_name_is_in_ascii",
                "nothing_is_answered_after_a_refusal",
            ],
        },
        Fault {
            because: "RFC 9110 section 7.6.1: Connection is a list, in one header or several",
            cases: &[
                "a_client_that_says_close_asks_nothing_more",
                "http_1_0_may_ask_to_stay",
            ],
        },
        Fault {
            because: "RFC 9112 section 8: a head that has not ended is no request yet",
            cases: &["a_head_without_its_empty_line_is_refused"],
        },
        Fault {
            because: NO_URI,
            cases: &["a_control_character_in_the_request_line_is_refused"],
        },
        Fault {
            because: SPACE_BEFORE_COLON,
            cases: &[
                "a_space_before_the_colon_is_refused",
                "a_tab_before_the_colon_is_refused",
                "a_space_before_the_colon_of_host_is_refused",
                "a_space_before_the_colon_of_content_length_is_refused",
            ],
        },
        Fault {
            because: "RFC 9112 section 5.2: a line end in a value must be a 400 or a space",
            cases: &["a_header_that_goes_on_in_the_next_line_is_refused"],
        },
        Fault {
            because: "RFC 9110 section 5.5: a NUL or CR in a value must be a 400 or a space",
            cases: &["a_nul_in_a_value_is_refused", "a_bare_cr_in_a_value_is_refused"],
        },
        Fault {
            because: NO_HOST,
            cases: &[
                "a_request_must_have_a_host",
                "a_request_for_a_host_in_its_uri_must_have_a_host",
                "two_hosts_are_refused",
                "two_hosts_are_refused_even_if_they_are_the_same",
                "two_hosts_are_refused_whatever_their_case",
                "two_hosts_are_refused_in_http_1_0_too",
                "an_empty_host_is_a_host",
                "another_header_is_no_host",
                "a_host_is_a_name_or_an_address_and_perhaps_a_port",
                "an_address_with_colons_is_in_brackets",
                "a_host_is_no_url_and_has_no_spaces",
                "a_head_without_a_host_is_refused_without_a_body",
            ],
        },
    ],
    sometimes: &[],
};

pub static NGINX: Faults = Faults {
    versions: &["nginx/1.22."],
    always: &[
        Fault {
            because: NO_URI,
            cases: &[
                "a_uri_begins_with_a_slash_or_with_a_host",
                "the_host_in_a_uri_is_a_name_or_an_address",
            ],
        },
        Fault { because: ITS_OWN_VERSION, cases: &["the_version_is_named"] },
        Fault {
            because: WHITE_SPACE,
            cases: &[
                "white_space_around_a_value_is_dropped",
                "spaces_around_content_length_do_not_count",
                "spaces_around_chunked_do_not_count",
            ],
        },
        Fault {
            because: NO_HEADER,
            cases: &[
                "a_header_line_without_a_colon_is_refused",
                "a_refused_head_has_no_body",
                "a_header_without_a_colon_is_refused_with_a_reason",
                "a_name_has_no_brackets_in_it",
                "a_name_has_no_other_delimiter_in_it",
                "a_name_is_in_ascii",
            ],
        },
        Fault {
            because: "RFC 9110 section 5.1: a proxy must forward a header that it does not know",
            cases: &["a_name_may_have_every_sign_of_a_token"],
        },
        Fault {
            because: ITS_OWN_BODY,
            cases: &["a_header_after_the_last_chunk_is_none_of_the_request"],
        },
        Fault {
            because: "RFC 9112 section 7.1: a size is hexadecimal digits, and what else comes \
                  before the line end is ignored",
            cases: &["the_size_of_a_chunk_has_no_spaces"],
        },
        Fault {
            because: CHUNK_LINES,
            cases: &[
                // Its last CR is taken for a part of the chunk.
                "a_chunk_that_is_shorter_than_its_size_is_refused",
                "a_bare_line_feed_does_not_end_a_chunk",
                "a_bare_line_feed_does_not_end_a_size",
                "a_bare_line_feed_in_an_extension_is_refused",
            ],
        },
        Fault { because: EXPECTED_LIST, cases: &["what_a_client_expects_is_a_list"] },
    ],
    sometimes: &[],
};

pub static LIGHTTPD: Faults = Faults {
    versions: &["lighttpd/1.4.69"],
    always: &[
        Fault {
            because: NO_URI,
            cases: &[
                "a_uri_has_no_fragment",
                "a_uri_is_in_ascii",
                "a_percent_sign_in_a_uri_has_two_digits_after_it",
                "what_must_be_encoded_in_a_query_is_refused_as_it_is",
            ],
        },
        Fault {
            because: "RFC 9112 section 3.2.2: a Host must be ignored where the URI has one, too",
            cases: &["the_host_in_a_uri_is_a_name_or_an_address"],
        },
        Fault {
            because: "RFC 3986 section 2.2: an encoded / is none",
            cases: &["what_must_be_encoded_is_another_path"],
        },
        Fault { because: ITS_OWN_VERSION, cases: &["the_version_is_named"] },
        Fault {
            because: "RFC 9112 section 3.2.2: an absolute URI must be accepted, and RFC 9110 \
                  section 4.2.3: its path may be empty",
            cases: &["an_absolute_uri_without_a_path_means_the_root"],
        },
        Fault {
            because: NO_HOST,
            cases: &[
                "a_request_for_a_host_in_its_uri_must_have_a_host",
                "two_hosts_are_refused_even_if_they_are_the_same",
                "two_hosts_are_refused_whatever_their_case",
                "an_empty_host_is_a_host",
            ],
        },
        Fault {
            because: "RFC 9112 section 6.3: a length that is no number must be a 400",
            cases: &[
                "content_length_is_digits_and_nothing_else",
                "two_lengths_that_differ_are_refused",
            ],
        },
        Fault {
            because: ITS_OWN_BODY,
            cases: &["a_header_after_the_last_chunk_is_none_of_the_request"],
        },
        Fault {
            because: "RFC 9112 section 2.2: a CR alone is invalid, or a space, and a size has \
                  no space in it",
            cases: &["a_bare_line_feed_does_not_end_a_size"],
        },
        Fault {
            because: CHUNK_LINES,
            cases: &["a_bare_line_feed_in_an_extension_is_refused"],
        },
        Fault { because: EXPECTED_LIST, cases: &["what_a_client_expects_is_a_list"] },
    ],
    sometimes: &[],
};

pub static APACHE: Faults = Faults {
    versions: &["Apache/2.4."],
    always: &[
        Fault {
            because: NO_URI,
            cases: &[
                "a_uri_begins_with_a_slash_or_with_a_host",
                "a_uri_with_a_scheme_has_a_host",
            ],
        },
        Fault {
            because: "RFC 3986 section 3.2.3: a port may be empty",
            cases: &["a_host_is_a_name_or_an_address_and_perhaps_a_port"],
        },
        Fault { because: ITS_OWN_VERSION, cases: &["the_version_is_named"] },
        Fault {
            because: ITS_OWN_BODY,
            cases: &["a_header_after_the_last_chunk_is_none_of_the_request"],
        },
        Fault { because: EXPECTED_LIST, cases: &["what_a_client_expects_is_a_list"] },
    ],
    sometimes: &[],
};
