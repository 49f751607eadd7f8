//! The documentation of the rules as Markdown: a page a rule, and tables by subject.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::explain::{silencing, unfilled};
use super::{Language, Say};
use crate::knowledge::Knowledge;
use crate::knowledge::rule::{Example, Rule};
use crate::knowledge::spec::{Scope, Status, Text};

/// A file of the documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub name: String,
    pub text: String,
}

/// Findings of a rule on real policies: how many there were, how many were read, how many were right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub hits: String,
    pub read: String,
    pub right: String,
}

/// Reads the tallies of rules: lines of rule, hits, read and right, parted by tabs; `#` begins a remark.
pub fn tallies(text: &str) -> BTreeMap<String, Tally> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut cells = line.split('\t').map(|cell| cell.trim().to_owned());
            let rule = cells.next().filter(|rule| !rule.is_empty())?;
            Some((rule, Tally { hits: cells.next()?, read: cells.next()?, right: cells.next()? }))
        })
        .collect()
}

/// The pages under `docs/rules`, an index among them.
pub fn pages(knowledge: &Knowledge) -> Vec<Page> {
    let title = side_by_side(knowledge, "docs.title");
    let [zh, en] = both(knowledge, "docs.introduction");
    let index = format!("{HEAD}\n# {title}\n\n{zh}\n\n{en}\n\n{}", tables(knowledge, "", None));
    let mut pages = vec![Page { name: "README.md".to_owned(), text: index }];
    pages.extend(
        knowledge
            .rules
            .iter()
            .map(|rule| Page { name: format!("{}.md", rule.id), text: page(rule, knowledge) }),
    );
    pages
}

const HEAD: &str = "<!-- Made from the YAML under rules/; CONTRIBUTING.md says how. -->\n";

/// The rules by subject; names link to pages below `folder`.
pub fn tables(knowledge: &Knowledge, folder: &str, tallies: Option<&BTreeMap<String, Tally>>) -> String {
    let mut out = String::new();
    for (id, title, rules) in knowledge.grouped() {
        let heading = match title {
            Some(title) => format!("{} · {}", escaped(&title.zh), escaped(&title.en)),
            None => escaped(id),
        };
        let (head, rule) = match tallies {
            Some(_) => (" Hits | Read | Right |", "---:|---:|---:|"),
            None => ("", ""),
        };
        let _ = write!(
            out,
            "\n### {heading}\n\n| Rule | Severity | Judges | What it reports |{head}\n|---|---|---|---|{rule}\n"
        );
        for rule in rules {
            let draft = if rule.status == Status::Draft { " (draft law)" } else { "" };
            let _ = write!(
                out,
                "| [`{id}`]({folder}{id}.md) | {}{draft} | {} | {} · {} |",
                rule.severity.name(),
                rule.judge.name(),
                escaped(&rule.title.zh),
                escaped(&rule.title.en),
                id = rule.id,
            );
            if let Some(tallies) = tallies {
                let Tally { hits, read, right } = tallies.get(&rule.id).cloned().unwrap_or_default();
                let _ = write!(out, " {} | {} | {} |", escaped(&hits), escaped(&read), escaped(&right));
            }
            out.push('\n');
        }
    }
    out
}

fn page(rule: &Rule, knowledge: &Knowledge) -> String {
    let mut out = format!(
        "{HEAD}\n# {}\n\n**{}** · {}\n\n",
        escaped(&rule.id),
        escaped(&rule.title.zh),
        escaped(&rule.title.en)
    );
    out += "| | |\n|---|---|\n";
    let mut severity = rule.severity.name().to_owned();
    for (profile, level) in &rule.profiles {
        let level = level.severity().map_or("off", |severity| severity.name());
        let _ = write!(severity, "; `{profile}`: {level}");
    }
    if rule.status == Status::Draft {
        let [zh, en] = both(knowledge, "report.rests_on_draft");
        let _ = write!(severity, "; {zh} · {en}");
    }
    let [judge_zh, judge_en] = in_both(knowledge).map(|say| say.judge(rule.judge));
    let whole = match rule.scope {
        Scope::Full => format!("（{}）", side_by_side(knowledge, "docs.whole_only")),
        _ => String::new(),
    };
    let tags: Vec<String> = rule.tags.iter().map(|tag| format!("`{tag}`")).collect();
    for (name, value) in [
        ("docs.severity", severity),
        ("docs.confidence", rule.confidence.name().to_owned()),
        ("docs.judges", format!("{judge_zh} · {judge_en}{whole}")),
        ("docs.tags", tags.join(" ")),
        ("docs.source", format!("[{0}](../../{0})", rule.source)),
    ] {
        let _ = writeln!(out, "| {} | {value} |", side_by_side(knowledge, name));
    }
    if let Some(demands) = &rule.demands {
        section(&mut out, both(knowledge, "docs.demands"), demands);
    }
    section(&mut out, both(knowledge, "report.why_heading"), &rule.why);
    articles(&mut out, rule, knowledge);
    section(&mut out, both(knowledge, "report.message_heading"), &without_slots(&rule.message, knowledge));
    section(&mut out, both(knowledge, "report.help_heading"), &without_slots(&rule.help, knowledge));
    for (heading, examples) in [
        (both(knowledge, "report.bad_heading"), &rule.bad),
        (both(knowledge, "report.good_heading"), &rule.good),
    ] {
        if !examples.is_empty() {
            heading_of(&mut out, heading);
            examples.iter().for_each(|example| fenced(&mut out, example, knowledge));
        }
    }
    let [zh, en] = both(knowledge, "report.silence").map(str::to_owned);
    let silence = Text { zh, en };
    section(&mut out, both(knowledge, "report.silence_heading"), &silence);
    let _ = writeln!(out, "\n```yaml\n{}\n```", silencing(rule).join("\n"));
    out
}

fn articles(out: &mut String, rule: &Rule, knowledge: &Knowledge) {
    let laws = &knowledge.laws;
    let mut cited = rule.cites.iter().filter_map(|key| laws.article(key)).peekable();
    if cited.peek().is_none() {
        return;
    }
    heading_of(out, both(knowledge, "report.articles_heading"));
    for article in cited {
        let statute = laws.statute(article);
        let [zh, en] = in_both(knowledge).map(|say| {
            let (name, number) = (statute.name.get(say.language), article.number.get(say.language));
            escaped(&say.article(name, number, laws.in_force(article)))
        });
        let text = article.text.as_deref().unwrap_or(both(knowledge, "report.no_article_text")[0]);
        let _ = write!(out, "\n- {zh} · {en}\n\n");
        for line in text.trim().lines() {
            let _ = writeln!(out, "  {}", format!("> {}", escaped(line.trim())).trim_end());
        }
    }
}

fn section(out: &mut String, heading: [&str; 2], text: &Text) {
    heading_of(out, heading);
    for text in [&text.zh, &text.en] {
        if !text.trim().is_empty() {
            let _ = write!(out, "\n{}\n", escaped(text.trim()));
        }
    }
}

fn heading_of(out: &mut String, [zh, en]: [&str; 2]) {
    let _ = write!(out, "\n## {zh} · {en}\n");
}

fn both<'k>(knowledge: &'k Knowledge, name: &str) -> [&'k str; 2] {
    in_both(knowledge).map(|say| say.get(name))
}

fn side_by_side(knowledge: &Knowledge, name: &str) -> String {
    both(knowledge, name).join(" · ")
}

fn in_both(knowledge: &Knowledge) -> [Say<'_>; 2] {
    [Language::Zh, Language::En].map(|language| Say::new(&knowledge.messages, language))
}

fn without_slots(text: &Text, knowledge: &Knowledge) -> Text {
    let [zh, en] = both(knowledge, "report.blank");
    Text { zh: unfilled(&text.zh, zh), en: unfilled(&text.en, en) }
}

/// An example as it stands, in a fence that nothing in it closes.
fn fenced(out: &mut String, example: &Example, knowledge: &Knowledge) {
    let longest = example.text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = write!(out, "\n{fence}text\n{}\n{fence}\n", example.text.trim_end());
    let app_type = example.app_type.iter().map(|id| format!("`type: {id}`"));
    let facts = example.facts.iter().map(|(fact, value)| format!("`{fact}: {value}`"));
    let facts: Vec<String> = app_type.chain(facts).collect();
    if !facts.is_empty() {
        let _ = write!(out, "\n{}: {}\n", side_by_side(knowledge, "docs.config"), facts.join(", "));
    }
}

/// Text in which nothing is markup, on one line as long as it is one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at_start = true;
    for c in text.chars() {
        let special = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$')
            || (at_start && matches!(c, '#' | '+' | '-' | '='));
        if special {
            out.push('\\');
        }
        out.push(c);
        at_start = c == '\n' || (at_start && c == ' ');
    }
    // A number at the start of a line would begin a list.
    let numbered = |line: &str| -> String {
        let digits = line.trim_start().chars().take_while(char::is_ascii_digit).count();
        let rest = &line.trim_start()[digits..];
        match rest.strip_prefix(['.', ')']) {
            Some(_) if digits > 0 => {
                let at = line.len() - rest.len();
                format!("{}\\{}", &line[..at], &line[at..])
            }
            _ => line.to_owned(),
        }
    };
    out.lines().map(numbered).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("a*b_c|d<e>[f](g)`h`"), "a\\*b\\_c\\|d\\<e\\>\\[f\\](g)\\`h\\`");
        assert_eq!(escaped("# 一\n- 二\n3. 三\n四 - 五"), "\\# 一\n\\- 二\n3\\. 三\n四 - 五");
    }

    #[test]
    fn no_example_closes_its_fence() {
        let mut out = String::new();
        let text = "甲\n```\n乙".to_owned();
        let example = Example { text, at: None, facts: BTreeMap::new(), app_type: None };
        fenced(&mut out, &example, &Knowledge::default());
        assert_eq!(out, "\n````text\n甲\n```\n乙\n````\n");
    }

    #[test]
    fn tallies_are_lines_of_four_cells() {
        let known = tallies("# remark\nid\t12\t10\t9\n\nother\t1\n");
        assert_eq!(known.len(), 1);
        assert_eq!(known["id"], Tally { hits: "12".into(), read: "10".into(), right: "9".into() });
    }
}
