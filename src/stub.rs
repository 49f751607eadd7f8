//! A stand-in engine until the real one is connected.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::PathBuf;

use crate::document::*;
use crate::findings::*;
use crate::knowledge::kinds::*;
use crate::knowledge::problem::Problem;
use crate::knowledge::spec::{File, Text};
use crate::practices::*;
use crate::report::examples::*;
use crate::report::explain::*;
use crate::report::practices::Categories;
use crate::report::{Articles, Language};
use crate::run::{Engine, PolicyFile, Settings};
use crate::source::Source;
use crate::span::Span;
use crate::triage::RuleEntry;

pub struct Stub {
    rules: Vec<RuleEntry>,
    facts: Vec<String>,
}

pub fn load(paths: &[PathBuf]) -> Result<Box<dyn Engine>, Vec<Problem>> {
    let mut problems = vec![];
    for path in paths {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => {
                if let Err(found) = crate::knowledge::yaml::parse::<File>(&name, &text) {
                    problems.extend(found);
                }
            }
            Err(error) => problems.push(Problem::new(name, format!("cannot be read: {error}"))),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let rule = |id: &str, severity| RuleEntry {
        id: id.into(),
        title: Text {
            zh: "敏感个人信息未说明目的".into(), en: "Sensitive data without a purpose".into()
        },
        severity,
        profiles: Default::default(),
        confidence: Confidence::High,
        judge: Judge::Practice,
        tags: vec!["sensitive".into(), "purpose".into()],
        cites: vec!["pipl-30".into()],
        draft: false,
        source: "sensitive.yaml".into(),
    };
    Ok(Box::new(Stub {
        rules: vec![
            rule("sensitive-purpose-missing", Severity::Error),
            rule("purpose-missing", Severity::Warning),
        ],
        facts: vec!["minors".into()],
    }))
}

impl Articles for Stub {
    fn label(&self, key: &str, language: Language) -> Option<String> {
        (key == "pipl-30").then(|| match language {
            Language::Zh => "《个人信息保护法》第三十条".into(),
            Language::En => "PIPL, Article 30".into(),
        })
    }
}

impl Categories for Stub {
    fn id(&self, category: u16) -> &str {
        ["biometric.face", "contact.phone"][category as usize]
    }
    fn sensitive_by(&self, _: u16) -> &[String] {
        &[]
    }
}

const DATA: [(&str, u16); 2] = [("人脸信息", 0), ("手机号码", 1)];

impl Engine for Stub {
    fn rules(&self) -> &[RuleEntry] {
        &self.rules
    }
    fn facts(&self) -> &[String] {
        &self.facts
    }
    fn articles(&self) -> &dyn Articles {
        self
    }
    fn categories(&self) -> &dyn Categories {
        self
    }
    fn page(&self, rule: &str, _: Language) -> Option<RulePage> {
        let rule = self.rules.iter().find(|entry| entry.id == rule)?;
        Some(RulePage {
            id: rule.id.clone(),
            title: rule.title.zh.clone(),
            severity: rule.severity,
            confidence: rule.confidence,
            profiles: Default::default(),
            tags: rule.tags.clone(),
            draft: false,
            why: "法律要求。".into(),
            help: "写明目的。".into(),
            articles: vec![ArticlePage {
                statute: "中华人民共和国个人信息保护法".into(),
                number: "第三十条".into(),
                in_force: "2021-11-01".into(),
                text: None,
            }],
            bad: vec!["我们会收集您的人脸信息。".into()],
            good: vec![],
            source: rule.source.clone(),
        })
    }
    fn looks_like_policy(&self, text: &str) -> bool {
        text.contains("隐私政策")
    }
    fn read(&self, source: Source, _: &Settings) -> PolicyFile {
        let text = &source.text;
        let mut sentences = vec![];
        let mut practices = vec![];
        let mut start = 0;
        for part in text.split_inclusive(['。', '\n']) {
            let span = Span::new(start, start + part.len());
            if let Some(verb) = part.find("收集") {
                practices.push(Practice {
                    sentence: SentenceId(sentences.len() as u32),
                    section: SectionId(0),
                    action: Some(Action {
                        kind: ActionKind::Collect,
                        span: Span::new(start + verb, start + verb + 6),
                    }),
                    actor: None,
                    data: DATA
                        .iter()
                        .flat_map(|(word, category)| {
                            part.match_indices(word).map(move |(at, word)| DataItem {
                                span: Span::new(start + at, start + at + word.len()),
                                category: Some(*category),
                                declared: *category == 0,
                                generic: false,
                                reference: false,
                            })
                        })
                        .collect(),
                    parts: part
                        .starts_with('为')
                        .then(|| Part {
                            role: PartRole::Purpose,
                            span: Span::new(start, start + verb),
                            distance: Distance::Clause,
                        })
                        .into_iter()
                        .collect(),
                    negated: false,
                });
            }
            sentences.push(Sentence { span, paragraph: ParagraphId(0), clauses: vec![span] });
            start += part.len();
        }
        let whole = Span::new(0, text.len());
        let document = Document {
            format: source.format,
            prose: Prose::identical(text),
            sections: vec![Section {
                parent: None,
                kind: SectionKind::Root,
                level: 0,
                heading: None,
                span: whole,
            }],
            paragraphs: vec![Paragraph { span: whole, kind: ParagraphKind::Text, section: SectionId(0) }],
            sentences,
            attributes: vec![],
            annotations: vec![],
            slips: vec![],
        };
        PolicyFile { source, document, practices }
    }
    fn judge(&self, files: &[PolicyFile], settings: &Settings) -> Vec<Finding> {
        let mut findings = vec![];
        for (file, policy) in files.iter().enumerate() {
            for practice in policy.practices.iter().filter(|practice| practice.parts.is_empty()) {
                for item in &practice.data {
                    let rule = if item.category == Some(0) {
                        "sensitive-purpose-missing"
                    } else {
                        "purpose-missing"
                    };
                    if !settings.enabled(rule) {
                        continue;
                    }
                    let word = policy.document.text(item.span);
                    findings.push(Finding {
                        rule: rule.into(),
                        severity: if item.category == Some(0) { Severity::Error } else { Severity::Warning },
                        confidence: Confidence::High,
                        file,
                        place: Place::Prose(item.span),
                        message: match settings.language {
                            Language::Zh => format!("收集“{word}”，没有说明目的"),
                            Language::En => format!("“{word}” is collected without a purpose"),
                        },
                        help: format!("在同一句中写明目的，例如“为了……，我们会收集您的{word}”。"),
                        cites: vec!["pipl-30".into()],
                        fingerprint: "0123456789abcdef".into(),
                        labels: vec![Label {
                            place: Place::Prose(practice.action.unwrap().span),
                            message: "收集".into(),
                            role: LabelRole::Context,
                        }],
                    });
                }
            }
        }
        findings
    }
    fn run_examples(&self, paths: &[PathBuf]) -> Vec<Outcome> {
        let status = if paths.is_empty() { Status::Validated } else { Status::Missing };
        vec![Outcome {
            rule: "sensitive-purpose-missing".into(),
            which: Which::Bad,
            index: 0,
            status,
            detail: "我们会收集您的人脸信息。".into(),
        }]
    }
}
