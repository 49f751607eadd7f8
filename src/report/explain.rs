//! A rule in full: what it demands, why, the articles, examples.

use super::sanitise::sanitise;
use super::wrap::wrap;
use super::{Paint, Say};
use crate::knowledge::kinds::Severity;
use crate::knowledge::laws::{Article, Laws};
use crate::knowledge::rule::{Example, Rule, SLOTS};
use crate::knowledge::spec::{Level, Status};

/// Columns of the page.
const COLUMNS: usize = 96;

/// Renders the page of a rule; it ends with a line end.
pub fn render(rule: &Rule, laws: &Laws, say: Say<'_>, paint: Paint) -> String {
    let language = say.language;
    let mut page = Page { text: String::new(), paint };
    page.line(&format!("{}  {}", paint.bold(&rule.id), sanitise(rule.title.get(language))));
    page.line(&standing(rule, say, paint));
    if let Some(demands) = &rule.demands {
        page.line(&say.fact("report.demands", &sanitise(demands.get(language))));
    }
    page.line(&say.judged(rule.judge, rule.scope));
    if !rule.tags.is_empty() {
        page.line(&say.tags(&rule.tags));
    }
    page.line(&say.fact("report.source", &sanitise(&rule.source)));

    page.section(say.get("report.why_heading"), |page| page.paragraph("", rule.why.get(language)));
    let articles: Vec<&Article> = rule.cites.iter().filter_map(|key| laws.article(key)).collect();
    if !articles.is_empty() {
        page.section(say.get("report.articles_heading"), |page| {
            for article in articles {
                let statute = laws.statute(article);
                let (name, number) = (statute.name.get(language), article.number.get(language));
                page.paragraph("", &say.article(name, number, laws.in_force(article)));
                page.paragraph("  ", article.text.as_deref().unwrap_or(say.get("report.no_article_text")));
            }
        });
    }
    page.section(say.get("report.message_heading"), |page| {
        page.paragraph("", &unfilled(rule.message.get(language), say.get("report.blank")));
    });
    page.section(say.get("report.help_heading"), |page| {
        page.paragraph("", &unfilled(rule.help.get(language), say.get("report.blank")));
    });
    for (heading, examples, mark) in [
        ("report.bad_heading", &rule.bad, paint.bad("✗")),
        ("report.good_heading", &rule.good, paint.good("✓")),
    ] {
        if !examples.is_empty() {
            page.section(say.get(heading), |page| {
                examples.iter().for_each(|example| page.example(&mark, example))
            });
        }
    }
    page.section(say.get("report.silence_heading"), |page| {
        page.paragraph("", say.get("report.silence"));
        for line in silencing(rule) {
            page.line(&format!("    {line}"));
        }
    });
    page.text
}

/// Settings that turn a rule down or off.
pub(super) fn silencing(rule: &Rule) -> Vec<String> {
    let milder = match rule.severity {
        Severity::Error => Level::Warning,
        Severity::Warning => Level::Info,
        Severity::Info => Level::Off,
    };
    let mut lines = vec!["# policy-lint.yaml".to_owned()];
    lines.push("rules:".to_owned());
    if milder != Level::Off {
        let name = milder.severity().map_or("off", Severity::name);
        lines.push(format!("  {}: {name}", rule.id));
    }
    lines.push(format!("  {}{}: off", if milder == Level::Off { "" } else { "# " }, rule.id));
    lines
}

/// How grave the rule is, and in which profile it is graver, milder or off.
fn standing(rule: &Rule, say: Say<'_>, paint: Paint) -> String {
    let severity = paint.severity(rule.severity, say.severity(rule.severity));
    let mut facts = vec![say.fact("report.severity", &severity), say.confidence_fact(rule.confidence)];
    facts.extend(rule.profiles.iter().map(|(profile, level)| say.in_profile(profile, *level)));
    if rule.status == Status::Draft {
        facts.push(say.get("report.rests_on_draft").to_owned());
    }
    say.enumerated(&facts)
}

/// A message template without a policy: dots where its words would stand.
pub(super) fn unfilled(template: &str, blank: &str) -> String {
    SLOTS.iter().fold(template.to_owned(), |text, slot| text.replace(&format!("{{{slot}}}"), blank))
}

struct Page {
    text: String,
    paint: Paint,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text += line.trim_end();
        self.text.push('\n');
    }

    fn section(&mut self, heading: &str, body: impl FnOnce(&mut Self)) {
        let heading = self.paint.bold(heading);
        self.line("");
        self.line(&heading);
        body(self);
    }

    /// Wrapped text, indented by two columns and `indent`; nothing when there is none.
    fn paragraph(&mut self, indent: &str, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        for line in wrap(sanitise(text).trim(), COLUMNS - indent.len()) {
            self.line(&format!("  {indent}{line}"));
        }
    }

    /// An example behind its mark; its further lines stand below the first.
    fn example(&mut self, mark: &str, example: &Example) {
        for (index, line) in wrap(sanitise(&example.text).trim(), COLUMNS - 2).iter().enumerate() {
            let mark = if index == 0 { mark } else { " " };
            self.line(&format!("  {mark} {line}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::knowledge::kinds::Language;

    #[test]
    fn lines_fit_and_examples_of_several_lines_hang_together() {
        let knowledge = builtin::knowledge().unwrap();
        for rule in &knowledge.rules {
            for language in [Language::Zh, Language::En] {
                let say = Say::new(&knowledge.messages, language);
                let page = render(rule, &knowledge.laws, say, Paint::Plain);
                for line in page.lines() {
                    assert!(super::super::wrap::width(line) <= COLUMNS + 2, "{}: {line}", rule.id);
                    assert_eq!(line, line.trim_end(), "{}", rule.id);
                }
                assert!(!page.contains("\n\n\n"), "{}", rule.id);
            }
        }
    }

    #[test]
    fn dots_stand_where_words_of_a_policy_would() {
        assert_eq!(unfilled("我们会收集您的{data}。", "……"), "我们会收集您的……。");
        assert_eq!(unfilled("we collect {data}", "…"), "we collect …");
    }
}
