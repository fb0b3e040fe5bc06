//! No link leads nowhere: neither to a page that is missing nor to a part of one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::compare;
use crate::page::Element;
use crate::site::Site;

pub fn check(site: &Site) -> Result<()> {
    let mut pages = BTreeMap::new();
    for path in html_files(&site.folder)? {
        let page = Element::read(&path)?;
        let ids = ids(&page);
        pages.insert(path, (page, ids));
    }
    ensure!(!pages.is_empty(), "there are no pages in {}", site.folder.display());
    let mut broken = Vec::new();
    for (path, (page, _)) in &pages {
        // The page for what is missing may be shown at any depth, so it has a base.
        let has_base = page.descendants().iter().any(|element| element.name == "base");
        let folder = if has_base { Some(site.folder.as_path()) } else { path.parent() };
        for link in links(page).into_iter().filter(|link| is_local(link)) {
            if !resolves(site, &pages, path, folder.unwrap_or(&site.folder), &link) {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
        let text = page.text();
        ensure!(!text.contains("{{#"), "{}: a directive is left", path.display());
    }
    ensure!(broken.is_empty(), "these links lead nowhere:\n{}", broken.join("\n"));
    Ok(())
}

fn resolves(
    site: &Site,
    pages: &BTreeMap<PathBuf, (Element, BTreeSet<String>)>,
    page: &Path,
    folder: &Path,
    link: &str,
) -> bool {
    let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
    let target = match file {
        "" => page.to_path_buf(),
        file => normalize(&folder.join(file.trim_end_matches('/'))),
    };
    match pages.get(&target) {
        Some((_, ids)) if fragment.is_empty() || ids.contains(fragment) => true,
        Some(_) => {
            target.ends_with("compare.html") && compare::understands(site, fragment)
        }
        None => target.exists(),
    }
}

/// The same path without `..`, which the keys of `pages` never have.
fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part.as_os_str().to_str() {
            Some("..") => drop(normal.pop()),
            _ => normal.push(part),
        }
    }
    normal
}

fn is_local(link: &str) -> bool {
    let elsewhere = ["http://", "https://", "mailto:", "data:"];
    !link.is_empty() && !elsewhere.iter().any(|scheme| link.starts_with(scheme))
}

fn links(page: &Element) -> Vec<String> {
    let elements = page.descendants();
    let links = elements.iter().filter_map(|e| e.attr("href").or_else(|| e.attr("src")));
    links.map(String::from).collect()
}

fn ids(page: &Element) -> BTreeSet<String> {
    let elements = page.descendants();
    let ids = elements.iter().filter_map(|element| element.attr("id"));
    ids.map(String::from).collect()
}

fn html_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                files.push(path);
            }
        }
    }
    Ok(files)
}
