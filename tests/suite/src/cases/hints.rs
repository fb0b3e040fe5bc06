//! Hints that more than one case gives.

pub const NAME_WITHOUT_CASE: &str = "The name of a header in a request may be written in any case. Where do you look for \
     this one, and how do you compare?";

pub const NEW_KEY: &str = "A login always makes a new key, whatever key the client has brought, and the new key \
     is for the user whose password it was.";
