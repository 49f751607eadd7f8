//! A rule in full: what it demands, why, the articles, examples.

use std::collections::BTreeMap;

use super::wrap::wrap;
use super::{Language, Paint};
use crate::knowledge::kinds::{Confidence, Severity};
use crate::knowledge::spec::Level;

/// Columns of the page.
const COLUMNS: usize = 96;

/// A rule in one language, ready to be read.
#[derive(Clone, Debug)]
pub struct RulePage {
    pub id: String,
    pub title: String,
    pub severity: Severity,
    pub confidence: Confidence,
    pub profiles: BTreeMap<String, Level>,
    pub tags: Vec<String>,
    pub draft: bool,
    pub why: String,
    pub help: String,
    pub articles: Vec<ArticlePage>,
    pub bad: Vec<String>,
    pub good: Vec<String>,
    /// The file it comes from.
    pub source: String,
}

/// An article a rule rests on.
#[derive(Clone, Debug)]
pub struct ArticlePage {
    /// Full name of the statute.
    pub statute: String,
    pub number: String,
    /// YYYY-MM-DD.
    pub in_force: String,
    /// The operative words, where they are confirmed.
    pub text: Option<String>,
}

/// Renders the page.
pub fn render(page: &RulePage, language: Language, paint: Paint) -> String {
    let mut out = String::new();
    let severity = paint.severity(page.severity, language.severity(page.severity));
    out += &format!("{}  {}\n", paint.bold(&page.id), page.title);
    let mut facts = vec![
        format!("{} {severity}", language.pick("严重程度", "severity")),
        format!("{} {}", language.pick("置信度", "confidence"), page.confidence.name()),
    ];
    for (profile, level) in &page.profiles {
        let level =
            level.severity().map_or(language.pick("关闭", "off"), |severity| language.severity(severity));
        facts.push(match language {
            Language::Zh => format!("{profile} 模式下为{level}"),
            Language::En => format!("{level} in profile {profile}"),
        });
    }
    if page.draft {
        facts.push(language.pick("依据草案，默认关闭", "rests on draft law, off by default").to_owned());
    }
    out += &format!("{}\n", facts.join(language.pick("，", ", ")));
    if !page.tags.is_empty() {
        out += &format!("{} {}\n", language.pick("标签", "tags"), page.tags.join(", "));
    }
    out += &format!("{} {}\n", language.pick("来源", "source"), page.source);

    section(&mut out, paint, language.pick("为什么", "Why"), [page.why.as_str()]);
    let articles: Vec<String> = page
        .articles
        .iter()
        .map(|article| {
            let name = match language {
                Language::Zh => {
                    format!("《{}》{}", article.statute.trim_matches(['《', '》']), article.number)
                }
                Language::En => format!("{}, {}", article.statute, article.number),
            };
            let head = format!("{name}{}", language.pick("（", " ("))
                + &language.in_force(&article.in_force)
                + language.pick("）", ")");
            match &article.text {
                Some(text) => format!("{head}\n{}", text.trim()),
                None => head,
            }
        })
        .collect();
    section(&mut out, paint, language.pick("法律依据", "Articles"), articles.iter().map(String::as_str));
    section(&mut out, paint, language.pick("如何修改", "How to put it right"), [page.help.as_str()]);
    let mark = |marks: &[String], mark: String| {
        marks.iter().map(|text| format!("{mark} {}", text.trim())).collect::<Vec<_>>()
    };
    let bad = mark(&page.bad, paint.bad("✗"));
    section(&mut out, paint, language.pick("会被指出的写法", "Reported"), bad.iter().map(String::as_str));
    let good = mark(&page.good, paint.good("✓"));
    section(
        &mut out,
        paint,
        language.pick("符合要求的写法", "Not reported"),
        good.iter().map(String::as_str),
    );
    out
}

fn section<'t>(out: &mut String, paint: Paint, head: &str, texts: impl IntoIterator<Item = &'t str>) {
    let texts: Vec<&str> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    if texts.is_empty() {
        return;
    }
    *out += &format!("\n{}\n", paint.bold(head));
    for text in texts {
        for line in wrap(text.trim(), COLUMNS) {
            *out += &format!("  {line}\n");
        }
    }
}
