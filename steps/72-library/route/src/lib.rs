//! `#[route("GET", "/hi")]`, our decorator. As in Python, the name of the function below
//! it then means something else: here, a constant of type `Route`.

use proc_macro::{Delimiter, Group, Span, TokenStream, TokenTree};

#[proc_macro_attribute]
pub fn route(arguments: TokenStream, function: TokenStream) -> TokenStream {
    let words: Vec<String> = arguments.into_iter().map(|it| it.to_string()).collect();
    let [method, comma, uri] = &words[..] else {
        return error(r#"write #[route("GET", "/hi")], with a method and a URI"#);
    };
    if !method.starts_with('"') || comma != "," || !uri.starts_with('"') {
        return error("the method and the URI are texts in quotes, with a comma between");
    }
    if method.contains(char::is_lowercase) || !uri.starts_with("\"/") {
        return error("a method is in capitals, and a URI begins with /");
    }
    let Some(name) = name(&function) else {
        return error("#[route] goes above a function");
    };

    // The function stays as it is, so that its mistakes are reported at its own lines.
    let mut block = function;
    let route = format!("Route::new({method}, {uri}, {name})");
    block.extend(code(&route, Span::call_site()));
    let block = Group::new(Delimiter::Brace, block);

    // The constant has the place of the name: a warning that it is unused points there.
    let constant = format!("#[allow(non_upper_case_globals)] const {name}: Route =");
    let mut constant = code(&constant, name.span());
    constant.extend([TokenTree::Group(block)]);
    constant.extend(code(";", name.span()));
    constant
}

/// The name of a function is the word after `fn`.
fn name(function: &TokenStream) -> Option<TokenTree> {
    let mut tokens = function.clone().into_iter();
    tokens.find(|token| token.to_string() == "fn")?;
    tokens.next().filter(|token| matches!(token, TokenTree::Ident(_)))
}

fn error(message: &str) -> TokenStream {
    code(&format!("compile_error!({message:?});"), Span::call_site())
}

/// Tokens out of a text; the compiler will think that they come from `place`.
fn code(text: &str, place: Span) -> TokenStream {
    let tokens: TokenStream = text.parse().expect("this is valid Rust");
    let at_place = |mut token: TokenTree| {
        token.set_span(place);
        token
    };
    tokens.into_iter().map(at_place).collect()
}
