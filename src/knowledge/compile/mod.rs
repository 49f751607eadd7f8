//! From rule files to [`Knowledge`]: names resolved, words interned, every mistake reported.

mod amounts;
mod app_types;
mod conditions;
mod examples;
mod inventory;
mod patterns;
mod place;
mod rules;
mod vocabulary;

use super::date::Date;
use super::expressions::ExpressionId;
use super::grammar::{ConsentLevel, Fact, Topic};
use super::laws::{Article, Former, Statute};
use super::lexicon::{Category, CategoryId, Word};
use super::literals::{Interner, Literal};
use super::pattern::{Near, NearId, Pattern, PatternSet, SetId};
use super::problem::Problem;
use super::spec;
use super::yaml;
use super::{Knowledge, Parts};
use place::{At, Parsed};
use std::collections::HashMap;

/// A rule file as read.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// As shown in errors and by `rules`.
    pub name: String,
    pub text: String,
}

/// The lists that call categories of data sensitive.
const SENSITIVITY_LISTS: [&str; 3] = ["pipl28", "gbt35273b", "gbt45574a"];

/// Compiles `files` on top of `base`.
///
/// A rule, pattern or phrase set with an id that `base` has replaces it; a category of the same id
/// gains the further forms.
///
/// # Errors
/// All mistakes of all files.
pub fn compile(base: Knowledge, files: &[RuleFile]) -> Result<Knowledge, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut parsed = Vec::new();
    for file in files {
        match yaml::parse::<spec::File>(&file.name, &file.text) {
            Ok((content, spans)) => parsed.push(Parsed { name: &file.name, content, spans }),
            Err(found) => problems.extend(found),
        }
    }
    let mut compiler = Compiler::new(base, problems);
    // Names first, so that files may refer to each other in any order.
    for file in &parsed {
        compiler.declare(file);
    }
    for file in &parsed {
        compiler.define(file);
    }
    for file in &parsed {
        compiler.check_circles(file);
    }
    compiler.finish()
}

struct Compiler {
    parts: Parts,
    literals: super::literals::Literals,
    interner: Interner,
    problems: Vec<Problem>,
    categories: HashMap<String, CategoryId>,
    sets: HashMap<String, SetId>,
    /// What was compiled already; the same again is looked for only once.
    lists: HashMap<Vec<Pattern>, SetId>,
    nears: HashMap<Near, NearId>,
    expressions: HashMap<String, ExpressionId>,
    /// Where ids of this compilation were first given, to tell a duplicate from a replacement.
    seen: HashMap<(&'static str, String), String>,
    shipped_spellings: &'static [u8],
    added_spellings: Vec<(String, Literal)>,
    /// `base` has the messages of all reports.
    messages_known: bool,
}

impl Compiler {
    fn new(base: Knowledge, problems: Vec<Problem>) -> Self {
        let interner = Interner::with(base.spellings(), base.literals.len() as u32);
        let Knowledge { parts, literals, shipped_spellings, added_spellings } = base;
        let categories = parts
            .lexicon
            .categories
            .iter()
            .enumerate()
            .map(|(at, c)| (c.id.clone(), CategoryId(at as u16)))
            .collect();
        let named = parts.sets.iter().zip(0..).filter_map(|(set, at)| Some((set.name.clone()?, SetId(at))));
        let sets = named.collect();
        Self {
            messages_known: !parts.messages.is_empty(),
            parts,
            literals,
            interner,
            problems,
            categories,
            sets,
            lists: HashMap::new(),
            nears: HashMap::new(),
            expressions: HashMap::new(),
            seen: HashMap::new(),
            shipped_spellings,
            added_spellings,
        }
    }

    fn problem(&mut self, at: At<'_>, message: String, help: Option<String>) {
        let span = at.span();
        self.problems.push(Problem { file: at.file.name.to_owned(), span, message, help });
    }

    fn unknown<'n>(&mut self, at: At<'_>, what: &str, name: &str, known: impl Iterator<Item = &'n str>) {
        let problem = Problem::new(at.file.name, format!("unknown {what} `{name}`"));
        let problem = problem.at(at.span()).suggest(name, known);
        self.problems.push(problem);
    }

    /// Whether `id` is given for the first time in this compilation.
    fn first(&mut self, kind: &'static str, id: &str, at: At<'_>) -> bool {
        match self.seen.get(&(kind, id.to_owned())) {
            Some(before) => {
                let message = format!("duplicate {kind} `{id}`");
                let help = format!("it is given in {before} already; ids must be unique");
                self.problem(at, message, Some(help));
                false
            }
            None => {
                self.seen.insert((kind, id.to_owned()), at.file.name.to_owned());
                true
            }
        }
    }

    fn intern(&mut self, word: &str) -> Literal {
        self.interner.intern(&self.parts.folding, word)
    }

    fn fold_all(&self, words: &[String]) -> Vec<String> {
        words.iter().map(|word| self.parts.folding.fold(word)).collect()
    }

    fn word(&mut self, at: At<'_>, form: &str, word: Word) {
        if form.trim().is_empty() {
            self.problem(at, "empty word".into(), Some("remove it, or write the word".into()));
            return;
        }
        let literal = self.intern(form);
        self.parts.lexicon.add_word(literal, word);
    }

    fn declare(&mut self, file: &Parsed<'_>) {
        let content = &file.content;
        if let Some(spelling) = &content.spelling {
            self.parts.folding.extend(spelling);
        }
        if let Some(structure) = &content.structure {
            self.parts.structure = structure.clone();
        }
        let root = At::root(file, "categories");
        for (index, category) in content.categories.iter().enumerate() {
            let at = root.index(index);
            let id = at.key("id");
            if !self.first("category", &category.id, id) || self.categories.contains_key(&category.id) {
                continue;
            }
            for (n, list) in category.sensitive_by.iter().enumerate() {
                if !SENSITIVITY_LISTS.contains(&list.as_str()) {
                    let lists = at.key("sensitive_by");
                    self.unknown(lists.index(n), "list", list, SENSITIVITY_LISTS.into_iter());
                }
            }
            let number = CategoryId(self.parts.lexicon.categories.len() as u16);
            self.categories.insert(category.id.clone(), number);
            self.parts.lexicon.categories.push(Category {
                id: category.id.clone(),
                title: category.title.clone(),
                sensitive_by: category.sensitive_by.clone(),
                generic: category.generic,
                reference: category.reference,
                ahead: category.ahead,
                permission: category.id.starts_with("permission."),
            });
        }
        let root = At::root(file, "phrases");
        for name in content.phrases.keys() {
            if !self.first("phrase set", name, root.key(name)) || self.sets.contains_key(name) {
                continue;
            }
            self.sets.insert(name.clone(), SetId(self.parts.sets.len() as u32));
            self.parts.sets.push(PatternSet {
                name: Some(name.clone()),
                any: Vec::new(),
                of_literals: false,
            });
        }
        let root = At::root(file, "topics");
        for (name, topic) in &content.topics {
            if !self.first("topic", name, root.key(name)) {
                continue;
            }
            let declared = Topic {
                id: name.clone(),
                headings: Vec::new(),
                no_practices: topic.no_practices,
                of_full_policy: topic.of_full_policy,
            };
            match self.parts.grammar.topic_named(name) {
                Some(known) => self.parts.grammar.topics[known as usize] = declared,
                None => self.parts.grammar.topics.push(declared),
            }
        }
        let root = At::root(file, "facts");
        for (name, fact) in &content.facts {
            if !self.first("fact", name, root.key(name)) || self.parts.grammar.fact_named(name).is_some() {
                continue;
            }
            let fact = Fact { id: name.clone(), title: fact.title.clone(), guess: Vec::new() };
            self.parts.grammar.facts.push(fact);
        }
        self.amounts(file);
        self.declare_app_types(file);
        let root = At::root(file, "statutes");
        for (index, statute) in content.statutes.iter().enumerate() {
            self.statute(root.index(index), statute);
        }
    }

    fn statute(&mut self, at: At<'_>, statute: &spec::Statute) {
        self.date(at.key("in_force"), Some(&statute.in_force));
        self.date(at.key("repealed"), statute.repealed.as_ref());
        let laws = &mut self.parts.laws;
        let number = match laws.statutes.iter().position(|known| known.id == statute.id) {
            Some(number) => number,
            None => {
                laws.statutes.push(Statute {
                    id: statute.id.clone(),
                    name: statute.name.clone(),
                    short: statute.short.clone(),
                    in_force: statute.in_force.clone(),
                    repealed: statute.repealed.clone(),
                    draft: statute.draft,
                });
                laws.statutes.len() - 1
            }
        };
        let articles = at.key("articles");
        for (index, article) in statute.articles.iter().enumerate() {
            let entry = articles.index(index);
            let key = entry.key("key");
            if !self.first("article", &article.key, key) {
                continue;
            }
            if !article.key.starts_with(&statute.id) {
                let message = format!("article key `{}` does not start with `{}`", article.key, statute.id);
                self.problem(key, message, Some(format!("write `{}-…`", statute.id)));
            }
            self.date(entry.key("in_force"), article.in_force.as_ref());
            if article.formerly.is_some() && article.in_force.is_none() {
                let help = "`in_force` says since when it is as it stands here";
                self.problem(entry.key("formerly"), "formerly, but until when?".into(), Some(help.into()));
            }
            let compiled = Article {
                key: article.key.clone(),
                statute: number as u16,
                number: article.number.clone(),
                text: article.text.clone().into(),
                in_force: article.in_force.clone(),
                formerly: article
                    .formerly
                    .as_ref()
                    .map(|former| Former { number: former.number.clone(), text: former.text.clone().into() }),
            };
            let articles = &mut self.parts.laws.articles;
            match articles.binary_search_by(|known| known.key.cmp(&compiled.key)) {
                Ok(at) => articles[at] = compiled,
                Err(at) => articles.insert(at, compiled),
            }
        }
    }

    fn date(&mut self, at: At<'_>, text: Option<&String>) {
        if let Some(text) = text.filter(|text| text.parse::<Date>().is_err()) {
            self.problem(at, format!("`{text}` is no date"), Some("write YYYY-MM-DD".into()));
        }
    }

    fn define(&mut self, file: &Parsed<'_>) {
        let content = &file.content;
        for column in &content.columns {
            let words = self.fold_all(&column.headers);
            self.parts.grammar.columns.extend(words.into_iter().map(|word| (word, column.holds)));
        }
        if let Some(fields) = &content.fields {
            let words = self.fold_all(&fields.words);
            let parties = self.fold_all(&fields.parties);
            let companies = self.fold_all(&fields.companies);
            let grammar = &mut self.parts.grammar;
            grammar.companies.extend(companies);
            grammar.field_words.extend(words);
            grammar.field_parties.extend(parties);
        }
        let no_entry = self.fold_all(&content.no_entry);
        self.parts.grammar.no_entry.extend(no_entry);
        for (holds, text) in &content.column_titles {
            let titles = &mut self.parts.grammar.column_titles;
            titles.retain(|(known, _)| known != holds);
            titles.push((*holds, text.clone()));
        }
        for (point, text) in &content.labels {
            let labels = &mut self.parts.grammar.labels;
            labels.retain(|(known, _)| known != point);
            labels.push((*point, text.clone()));
        }
        for level in &content.consent_levels {
            // Presuming words are looked for as they stand in the prose.
            let words = if level.presumed { level.words.clone() } else { self.fold_all(&level.words) };
            let level = ConsentLevel {
                id: level.id.clone(),
                words: words.into(),
                presumed: level.presumed,
                separate: level.separate,
            };
            let levels = &mut self.parts.grammar.consent_levels;
            match levels.iter().position(|known| known.id == level.id) {
                Some(known) => levels[known] = level,
                None => levels.push(level),
            }
        }
        for group in &content.groups {
            let groups = &mut self.parts.groups;
            match groups.iter().position(|known| known.id == group.id) {
                Some(known) => groups[known] = group.clone(),
                None => groups.push(group.clone()),
            }
        }
        self.inventory(file);
        self.messages(file);
        self.lexicon(file);
        self.verbs(file);
        self.word_examples(file);
        let root = At::root(file, "spans");
        for (index, span) in content.spans.iter().enumerate() {
            self.span_pattern(root.index(index), span);
        }
        let root = At::root(file, "phrases");
        for (name, patterns) in &content.phrases {
            let any = self.patterns(root.key(name), patterns);
            if let Some(&SetId(at)) = self.sets.get(name) {
                self.parts.sets[at as usize].any = any;
            }
        }
        let root = At::root(file, "topics");
        for (name, topic) in &content.topics {
            let at = root.key(name);
            let headings = self.patterns(at.key("headings"), &topic.headings);
            if let Some(number) = self.parts.grammar.topic_named(name) {
                self.parts.grammar.topics[number as usize].headings = headings;
            }
        }
        let root = At::root(file, "facts");
        for (name, fact) in &content.facts {
            let at = root.key(name);
            let guess = self.patterns(at.key("guess"), &fact.guess);
            if let Some(number) = self.parts.grammar.fact_named(name) {
                self.parts.grammar.facts[number as usize].guess = guess;
            }
        }
        self.define_app_types(file);
        let root = At::root(file, "rules");
        for (index, rule) in content.rules.iter().enumerate() {
            self.rule(root.index(index), rule);
        }
    }

    /// A file that is added may word messages anew; one that no report asks for is a slip.
    fn messages(&mut self, file: &Parsed<'_>) {
        let root = At::root(file, "messages");
        for (report, texts) in &file.content.messages {
            let report_at = root.key(report);
            for (key, text) in texts {
                let at = report_at.key(key);
                let name = format!("{report}.{key}");
                if !self.first("message", &name, at) {
                    continue;
                }
                if self.messages_known && !self.parts.messages.has(&name) {
                    let known: Vec<String> = self.parts.messages.names().map(str::to_owned).collect();
                    self.unknown(at, "message", &name, known.iter().map(String::as_str));
                    continue;
                }
                self.parts.messages.set(name, text.clone());
            }
        }
    }

    fn finish(mut self) -> Result<Knowledge, Vec<Problem>> {
        let (new, count) = self.interner.finish();
        if let Err(message) = self.literals.add(&new, count) {
            self.problems.push(Problem { file: String::new(), span: None, message, help: None });
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        for set in &mut self.parts.sets {
            set.of_literals = set.any.iter().all(|member| matches!(member, Pattern::Literal(_)));
        }
        self.parts.lexicon.index();
        self.parts.grammar.index();
        self.added_spellings.extend(new);
        Ok(Knowledge {
            parts: self.parts,
            literals: self.literals,
            shipped_spellings: self.shipped_spellings,
            added_spellings: self.added_spellings,
        })
    }
}
