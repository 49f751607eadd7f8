//! From rule files to [`Knowledge`]: names resolved, words interned, every mistake reported.

use super::grammar::{Fact, SpanPattern, Topic};
use super::kinds::{Judge, PartRole, Point};
use super::laws::{Article, Statute};
use super::lexicon::{ActorGroup, Category, CategoryId, VerbGroup, Word};
use super::literals::{Interner, Literal};
use super::pattern::{LazyRegex, Pattern, PhraseSet, SetId};
use super::problem::Problem;
use super::regexes;
use super::rule::{self, Condition, Rule};
use super::spec;
use super::yaml::{self, SpanMap};
use super::{Knowledge, Parts};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::ops::Range;

/// A rule file as read.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// As shown in errors and by `rules`.
    pub name: String,
    pub text: String,
}

/// The lists that call categories of data sensitive.
const SENSITIVITY_LISTS: [&str; 3] = ["pipl28", "gbt35273b", "gbt45574a"];
const PROFILES: [&str; 2] = ["default", "strict"];
/// Deeper nesting of conditions is a mistake, not a rule.
const MAX_DEPTH: usize = 16;
/// Bounded gaps in regular expressions cost forty times what `near` does.
const MAX_REGEX_GAP: u32 = 10;

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
    compiler.finish()
}

struct Parsed<'a> {
    name: &'a str,
    content: spec::File,
    spans: SpanMap,
}

/// A place in a file, as a JSON pointer.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a Parsed<'a>,
    step: Step<'a>,
    up: Option<&'a At<'a>>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    fn root(file: &'a Parsed<'a>, key: &'a str) -> Self {
        Self { file, step: Step::Key(key), up: None }
    }

    fn key(&'a self, key: &'a str) -> Self {
        Self { file: self.file, step: Step::Key(key), up: Some(self) }
    }

    fn index(&'a self, index: usize) -> Self {
        Self { file: self.file, step: Step::Index(index), up: Some(self) }
    }

    fn pointer(&self) -> String {
        let mut pointer = self.up.map(At::pointer).unwrap_or_default();
        match self.step {
            Step::Key(key) => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Step::Index(index) => {
                // Writing to a String cannot fail.
                let _ = write!(pointer, "/{index}");
            }
        }
        pointer
    }

    /// The bytes of the value at this place, else of what holds it.
    fn span(&self) -> Option<Range<usize>> {
        let pointer = self.pointer();
        let spans = &self.file.spans;
        // `text: [A, B]` is short for `text: { any: [A, B] }`.
        spans
            .value(&pointer)
            .or_else(|| spans.value(&pointer.replace("/any/", "/")))
            .or_else(|| spans.nearest(&pointer))
    }

    fn depth(&self) -> usize {
        1 + self.up.map_or(0, At::depth)
    }
}

struct Compiler {
    parts: Parts,
    literals: super::literals::Literals,
    interner: Interner,
    problems: Vec<Problem>,
    categories: HashMap<String, CategoryId>,
    sets: HashMap<String, SetId>,
    /// Where ids of this compilation were first given, to tell a duplicate from a replacement.
    seen: HashMap<(&'static str, String), String>,
    shipped_spellings: &'static [u8],
    added_spellings: Vec<(String, Literal)>,
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
        let sets = parts.sets.iter().enumerate().map(|(at, s)| (s.name.clone(), SetId(at as u16))).collect();
        Self {
            parts,
            literals,
            interner,
            problems,
            categories,
            sets,
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
            });
        }
        let root = At::root(file, "phrases");
        for name in content.phrases.keys() {
            if !self.first("phrase set", name, root.key(name)) || self.sets.contains_key(name) {
                continue;
            }
            self.sets.insert(name.clone(), SetId(self.parts.sets.len() as u16));
            self.parts.sets.push(PhraseSet { name: name.clone(), any: Vec::new() });
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
        let root = At::root(file, "statutes");
        for (index, statute) in content.statutes.iter().enumerate() {
            self.statute(root.index(index), statute);
        }
    }

    fn statute(&mut self, at: At<'_>, statute: &spec::Statute) {
        if !is_date(&statute.in_force) {
            let message = format!("`{}` is no date", statute.in_force);
            self.problem(at.key("in_force"), message, Some("write YYYY-MM-DD".into()));
        }
        let laws = &mut self.parts.laws;
        let number = match laws.statutes.iter().position(|known| known.id == statute.id) {
            Some(number) => number,
            None => {
                laws.statutes.push(Statute {
                    id: statute.id.clone(),
                    name: statute.name.clone(),
                    short: statute.short.clone(),
                    in_force: statute.in_force.clone(),
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
            let compiled = Article {
                key: article.key.clone(),
                statute: number as u16,
                number: article.number.clone(),
                text: article.text.clone(),
            };
            let articles = &mut self.parts.laws.articles;
            match articles.binary_search_by(|known| known.key.cmp(&compiled.key)) {
                Ok(at) => articles[at] = compiled,
                Err(at) => articles.insert(at, compiled),
            }
        }
    }

    fn define(&mut self, file: &Parsed<'_>) {
        let content = &file.content;
        for column in &content.columns {
            let words = self.fold_all(&column.headers);
            self.parts.grammar.columns.extend(words.into_iter().map(|word| (word, column.holds)));
        }
        for (point, text) in &content.labels {
            let labels = &mut self.parts.grammar.labels;
            labels.retain(|(known, _)| known != point);
            labels.push((*point, text.clone()));
        }
        self.lexicon(file);
        self.verbs(file);
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
        let root = At::root(file, "rules");
        for (index, rule) in content.rules.iter().enumerate() {
            self.rule(root.index(index), rule);
        }
    }

    fn lexicon(&mut self, file: &Parsed<'_>) {
        let content = &file.content;
        let root = At::root(file, "categories");
        for (index, category) in content.categories.iter().enumerate() {
            let Some(&number) = self.categories.get(&category.id) else { continue };
            let at = root.index(index);
            for (key, forms, weak) in [("forms", &category.forms, false), ("weak", &category.weak, true)] {
                let list = at.key(key);
                for (n, form) in forms.iter().enumerate() {
                    self.word(list.index(n), form, Word::Data { category: number, weak });
                }
            }
        }
        self.parts
            .lexicon
            .head_nouns
            .extend(content.head_nouns.iter().map(|noun| self.parts.folding.fold(noun)));
        let root = At::root(file, "actors");
        for (index, actors) in content.actors.iter().enumerate() {
            let at = root.index(index);
            let contexts = (self.fold_all(&actors.not_after), self.fold_all(&actors.not_before));
            let groups = &mut self.parts.lexicon.actors;
            let group = groups.iter().position(|known| known.kind == actors.kind).unwrap_or_else(|| {
                groups.push(ActorGroup { kind: actors.kind, not_after: Vec::new(), not_before: Vec::new() });
                groups.len() - 1
            });
            groups[group].not_after.extend(contexts.0);
            groups[group].not_before.extend(contexts.1);
            let group = group as u16;
            let forms = at.key("forms");
            for (n, form) in actors.forms.iter().enumerate() {
                self.word(forms.index(n), form, Word::Actor { group });
            }
        }
        if let Some(negations) = &content.negations {
            let at = At::root(file, "negations");
            for (key, words, word) in
                [("words", &negations.words, Word::Negation), ("not", &negations.not, Word::NoNegation)]
            {
                let list = at.key(key);
                for (n, form) in words.iter().enumerate() {
                    self.word(list.index(n), form, word);
                }
            }
        }
        if let Some(discourse) = &content.discourse {
            let at = At::root(file, "discourse");
            for (key, words, word) in [
                ("modals", &discourse.modals, Word::Modal),
                ("conjunctions", &discourse.conjunctions, Word::Conjunction),
                ("questions", &discourse.questions, Word::Question),
                ("definitions", &discourse.definitions, Word::Definition),
                ("declares_sensitive", &discourse.declares_sensitive, Word::DeclaresSensitive),
            ] {
                let list = at.key(key);
                for (n, form) in words.iter().enumerate() {
                    self.word(list.index(n), form, word);
                }
            }
            let conjunctions = self.fold_all(&discourse.conjunctions);
            let including = self.fold_all(&discourse.including);
            let and_so_on = self.fold_all(&discourse.and_so_on);
            let relatives = self.fold_all(&discourse.relatives);
            let determiners = self.fold_all(&discourse.determiners);
            let defines_name = self.fold_all(&discourse.defines_name);
            let not_names = self.fold_all(&discourse.not_names);
            let item_stops = self.fold_all(&discourse.item_stops);
            let lexicon = &mut self.parts.lexicon;
            lexicon.item_stops.extend(item_stops);
            lexicon.not_names.extend(not_names);
            lexicon.conjunctions.extend(conjunctions);
            lexicon.including.extend(including);
            lexicon.and_so_on.extend(and_so_on);
            lexicon.relatives.extend(relatives);
            lexicon.determiners.extend(determiners);
            lexicon.defines_name.extend(defines_name);
        }
    }

    fn verbs(&mut self, file: &Parsed<'_>) {
        let root = At::root(file, "actions");
        for (index, action) in file.content.actions.iter().enumerate() {
            let at = root.index(index);
            let contexts = (self.fold_all(&action.not_after), self.fold_all(&action.not_before));
            let groups = &mut self.parts.lexicon.verbs;
            let group = groups.iter().position(|known| known.kind == action.kind).unwrap_or_else(|| {
                groups.push(VerbGroup { kind: action.kind, not_after: Vec::new(), not_before: Vec::new() });
                groups.len() - 1
            });
            groups[group].not_after.extend(contexts.0);
            groups[group].not_before.extend(contexts.1);
            let group = group as u16;
            for (key, verbs, weak, by_user) in [
                ("verbs", &action.verbs, false, false),
                ("weak", &action.weak, true, false),
                ("by_user", &action.by_user, false, true),
            ] {
                let list = at.key(key);
                for (n, verb) in verbs.iter().enumerate() {
                    self.word(list.index(n), verb, Word::Verb { group, weak, by_user });
                }
            }
        }
    }

    fn span_pattern(&mut self, at: At<'_>, span: &spec::SpanPattern) {
        if !self.first("span pattern", &span.id, at.key("id")) {
            return;
        }
        if span.open.is_empty() {
            let help = "list the words that open the span".to_owned();
            self.problem(at, format!("span pattern `{}` has no `open`", span.id), Some(help));
        }
        let close: Vec<Literal> = span.close.iter().map(|word| self.intern(word)).collect();
        let compiled = SpanPattern {
            id: span.id.clone(),
            source: at.file.name.to_owned(),
            role: span.role,
            clause_start: span.clause_start,
            not_after: self.fold_all(&span.not_after),
            not_before: self.fold_all(&span.not_before),
            followed_by: self.fold_all(&span.followed_by),
            close,
            close_not_before: self.fold_all(&span.close_not_before),
            close_ends_clause: span.close_ends_clause,
            close_optional: span.close_optional,
            until: span.until,
            keep_open: span.keep_open,
            keep_close: span.keep_close,
            extend: self.fold_all(&span.extend),
            strip: self.fold_all(&span.strip),
            needs: self.fold_all(&span.needs),
            lacks: self.fold_all(&span.lacks),
            in_practice: span.in_practice,
            min: span.min,
            max: span.max,
            examples: span.examples.clone(),
        };
        let grammar = &mut self.parts.grammar;
        let number = match grammar.spans.iter().position(|known| known.id == span.id) {
            Some(number) => {
                grammar.opened_by.retain(|(_, opened)| *opened as usize != number);
                grammar.spans[number] = compiled;
                number
            }
            None => {
                grammar.spans.push(compiled);
                grammar.spans.len() - 1
            }
        };
        for word in &span.open {
            let literal = self.intern(word);
            self.parts.grammar.opened_by.push((literal, number as u16));
        }
    }

    fn patterns(&mut self, at: At<'_>, patterns: &[spec::Pattern]) -> Vec<Pattern> {
        patterns
            .iter()
            .enumerate()
            .filter_map(|(index, pattern)| self.pattern(at.index(index), pattern))
            .collect()
    }

    fn pattern(&mut self, at: At<'_>, pattern: &spec::Pattern) -> Option<Pattern> {
        if at.depth() > 2 * MAX_DEPTH {
            self.problem(at, "patterns are nested too deeply".into(), None);
            return None;
        }
        match pattern {
            spec::Pattern::Text(text) => self.text_pattern(at, text),
            spec::Pattern::Any(any) => Some(Pattern::Any(self.patterns(at, any))),
            spec::Pattern::Near { near, gap, ordered } => {
                let parts = self.patterns(at.key("near"), near);
                if near.len() < 2 {
                    let help = Some("give two or more patterns".to_owned());
                    self.problem(at.key("near"), "`near` needs at least two patterns".into(), help);
                    return None;
                }
                Some(Pattern::Near { parts, gap: *gap, ordered: *ordered })
            }
        }
    }

    fn text_pattern(&mut self, at: At<'_>, text: &str) -> Option<Pattern> {
        if let Some(name) = text.strip_prefix('@') {
            return match self.sets.get(name) {
                Some(&set) => Some(Pattern::Set(set)),
                None => {
                    let known: Vec<String> = self.sets.keys().cloned().collect();
                    self.unknown(at, "phrase set", name, known.iter().map(String::as_str));
                    None
                }
            };
        }
        if let Some(source) = text.strip_prefix("re:") {
            return self.regex(at, source);
        }
        let words: Vec<&str> = text.split('…').map(str::trim).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => {
                self.problem(
                    at,
                    "empty pattern".into(),
                    Some("it would match everywhere; write a phrase".into()),
                );
                None
            }
            [word] => Some(Pattern::Literal(self.intern(word))),
            words => {
                let parts = words.iter().map(|word| Pattern::Literal(self.intern(word))).collect();
                Some(Pattern::Near { parts, gap: 40, ordered: true })
            }
        }
    }

    fn regex(&mut self, at: At<'_>, source: &str) -> Option<Pattern> {
        match regexes::check(source, MAX_REGEX_GAP) {
            Ok(needs) => {
                let needs = needs.iter().map(|word| self.intern(word)).collect();
                self.parts.regexes.push(LazyRegex::new(source.to_owned(), needs));
                Some(Pattern::Regex((self.parts.regexes.len() - 1) as u16))
            }
            Err(mistake) => {
                // The offset inside the pattern is exact in plain and single-quoted values: underline it there.
                let span = at.span().map(|whole| match &mistake.at {
                    Some(inner) if whole.len() == source.len() + 3 || whole.len() == source.len() + 5 => {
                        let start = whole.start + 3 + (whole.len() - source.len() - 3) / 2;
                        start + inner.start..start + inner.end.max(inner.start + 1)
                    }
                    _ => whole,
                });
                let file = at.file.name.to_owned();
                self.problems.push(Problem { file, span, message: mistake.message, help: mistake.help });
                None
            }
        }
    }

    fn topics(&mut self, at: At<'_>, names: &[String]) -> Vec<u8> {
        let mut numbers = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match self.parts.grammar.topic_named(name) {
                Some(number) => numbers.push(number),
                None => {
                    let known: Vec<String> = self.parts.grammar.topics.iter().map(|t| t.id.clone()).collect();
                    self.unknown(at.index(index), "topic", name, known.iter().map(String::as_str));
                }
            }
        }
        numbers
    }

    fn facts(&mut self, at: At<'_>, facts: &BTreeMap<String, bool>) -> Vec<(u8, bool)> {
        let mut numbers = Vec::new();
        for (name, value) in facts {
            match self.parts.grammar.fact_named(name) {
                Some(number) => numbers.push((number, *value)),
                None => {
                    let known: Vec<String> = self.parts.grammar.facts.iter().map(|f| f.id.clone()).collect();
                    self.unknown(at.key(name), "fact", name, known.iter().map(String::as_str));
                }
            }
        }
        numbers
    }

    fn rule(&mut self, at: At<'_>, rule: &spec::Rule) {
        let id = at.key("id");
        if !is_kebab(&rule.id) {
            let help = Some("use lower-case words joined by `-`".to_owned());
            self.problem(id, format!("`{}` is no rule id", rule.id), help);
        }
        if !self.first("rule", &rule.id, id) {
            return;
        }
        for profile in rule.profiles.keys() {
            if !PROFILES.contains(&profile.as_str()) {
                let profiles = at.key("profiles");
                self.unknown(profiles.key(profile), "profile", profile, PROFILES.into_iter());
            }
        }
        let cites = at.key("cites");
        for (index, key) in rule.cites.iter().enumerate() {
            if self.parts.laws.article(key).is_none() {
                let known: Vec<String> = self.parts.laws.articles.iter().map(|a| a.key.clone()).collect();
                self.unknown(cites.index(index), "article", key, known.iter().map(String::as_str));
            }
        }
        for (key, text) in [("message", &rule.message), ("help", &rule.help)] {
            let place = at.key(key);
            for (lang, text) in [("zh", &text.zh), ("en", &text.en)] {
                for slot in slots(text) {
                    if !rule::SLOTS.contains(&slot) {
                        self.unknown(place.key(lang), "placeholder", slot, rule::SLOTS.into_iter());
                    }
                }
            }
        }
        let when = rule.when.as_ref().map(|c| self.condition(at.key("when"), c));
        let unless = rule.unless.as_ref().map(|c| self.condition(at.key("unless"), c));
        let require = rule.require.as_ref().map(|c| self.condition(at.key("require"), c));
        let forbid = rule.forbid.as_ref().map(|c| self.condition(at.key("forbid"), c));
        let pair = rule.pair.as_ref().map(|pair| {
            let place = at.key("pair");
            rule::Pair {
                first: self.condition(place.key("first"), &pair.first),
                second: self.condition(place.key("second"), &pair.second),
                join: pair.join,
            }
        });
        if (rule.judge == Judge::Pair) != pair.is_some() {
            let help =
                Some("`pair: { first: …, second: … }` goes with `judge: pair`, and only with it".to_owned());
            self.problem(at.key("judge"), "`judge` and `pair` do not fit together".into(), help);
        }
        if !matches!(rule.judge, Judge::Pair | Judge::Slip)
            && require.is_none()
            && forbid.is_none()
            && when.is_none()
        {
            let help = Some("say what it looks for under `require`, `forbid` or `when`".to_owned());
            self.problem(at, format!("rule `{}` would fire on everything", rule.id), help);
        }
        let steps = at.key("downgrade");
        let mut downgrade = Vec::new();
        for (index, step) in rule.downgrade.iter().enumerate() {
            let place = steps.index(index);
            downgrade.push((self.condition(place.key("when"), &step.when), step.to));
        }
        let default_point = match rule.judge {
            Judge::Practice | Judge::Data | Judge::Pair => Point::Data,
            Judge::Slip => Point::Match,
            Judge::Sentence if rule.forbid.is_some() => Point::Match,
            Judge::Sentence => Point::Sentence,
            Judge::Section | Judge::Document if rule.forbid.is_some() => Point::Match,
            Judge::Section | Judge::Document => Point::Heading,
        };
        let compiled = Rule {
            id: rule.id.clone(),
            source: at.file.name.to_owned(),
            title: rule.title.clone(),
            severity: rule.severity,
            profiles: rule.profiles.iter().map(|(name, level)| (name.clone(), *level)).collect(),
            confidence: rule.confidence,
            tags: rule.tags.clone(),
            cites: rule.cites.clone(),
            status: rule.status,
            scope: rule.scope,
            applies: self.facts(at.key("applies"), &rule.applies),
            judge: rule.judge,
            point: rule.point.unwrap_or(default_point),
            labels: rule.labels.clone(),
            anchor: self.topics(at.key("anchor"), &rule.anchor),
            when,
            unless,
            require,
            forbid,
            pair,
            downgrade,
            supersedes: rule.supersedes.clone(),
            message: rule.message.clone(),
            help: rule.help.clone(),
            why: rule.why.clone(),
            bad: rule.examples.bad.iter().map(Into::into).collect(),
            good: rule.examples.good.iter().map(Into::into).collect(),
        };
        match self.parts.rules.iter().position(|known| known.id == compiled.id) {
            Some(known) => self.parts.rules[known] = compiled,
            None => self.parts.rules.push(compiled),
        }
    }

    fn condition(&mut self, at: At<'_>, spec: &spec::Condition) -> Condition {
        let mut all = Vec::new();
        if at.depth() > MAX_DEPTH {
            let help = Some(format!("at most {MAX_DEPTH} levels are read"));
            self.problem(at, "conditions are nested too deeply".into(), help);
            return Condition::All(all);
        }
        for (key, list) in [("any", &spec.any), ("all", &spec.all), ("none", &spec.none)] {
            if list.is_empty() {
                continue;
            }
            let place = at.key(key);
            let inner = list.iter().enumerate().map(|(n, c)| self.condition(place.index(n), c)).collect();
            all.push(match key {
                "any" => Condition::Any(inner),
                "all" => Condition::All(inner),
                _ => Condition::None(inner),
            });
        }
        if !spec.action.is_empty() {
            all.push(Condition::Action(spec.action.clone()));
        }
        if !spec.actor.is_empty() {
            all.push(Condition::Actor(spec.actor.clone()));
        }
        all.extend(spec.negated.map(Condition::Negated));
        if let Some(data) = &spec.data {
            let data = self.data(at.key("data"), data);
            all.push(Condition::Data(data));
        }
        for (role, part) in [
            (PartRole::Purpose, &spec.purpose),
            (PartRole::Condition, &spec.condition),
            (PartRole::Recipient, &spec.recipient),
            (PartRole::Consent, &spec.consent),
            (PartRole::Refusal, &spec.refusal),
            (PartRole::Retention, &spec.retention),
        ] {
            if let Some(part) = part {
                let place = at.key(role.name());
                all.push(Condition::Part(rule::Part {
                    role,
                    present: part.present,
                    within: part.within,
                    beyond: part.beyond.iter().map(|(distance, level)| (*distance, *level)).collect(),
                    any: self.patterns(place.key("any"), &part.any),
                    all: self.patterns(place.key("all"), &part.all),
                    none: self.patterns(place.key("none"), &part.none),
                }));
            }
        }
        if let Some(words) = &spec.text {
            let place = at.key("text");
            all.push(Condition::Words(rule::Words {
                any: self.patterns(place.key("any"), &words.any),
                all: self.patterns(place.key("all"), &words.all),
                none: self.patterns(place.key("none"), &words.none),
                within: words.within,
                affirmed: words.affirmed,
            }));
        }
        if !spec.heading.is_empty() {
            let patterns = self.patterns(at.key("heading"), &spec.heading);
            all.push(Condition::Heading(patterns));
        }
        if !spec.section.is_empty() {
            let topics = self.topics(at.key("section"), &spec.section);
            all.push(Condition::Section(topics));
        }
        if !spec.not_section.is_empty() {
            let topics = self.topics(at.key("not_section"), &spec.not_section);
            all.push(Condition::NotSection(topics));
        }
        if !spec.has_section.is_empty() {
            let topics = self.topics(at.key("has_section"), &spec.has_section);
            all.push(Condition::HasSection(topics));
        }
        if let Some(practice) = &spec.practice {
            let inner = self.condition(at.key("practice"), practice);
            all.push(Condition::Practice(Box::new(inner)));
        }
        let facts = self.facts(at.key("facts"), &spec.facts);
        all.extend(facts.into_iter().map(|(fact, value)| Condition::Fact(fact, value)));
        all.extend(spec.min_chars.map(Condition::MinChars));
        all.extend(spec.max_chars.map(Condition::MaxChars));
        match all.len() {
            1 => all.swap_remove(0),
            _ => Condition::All(all),
        }
    }

    fn data(&mut self, at: At<'_>, data: &spec::Data) -> rule::Data {
        let category = self.category_globs(at.key("category"), &data.category);
        let not_category = self.category_globs(at.key("not_category"), &data.not_category);
        let lists = at.key("sensitive_by");
        for (index, list) in data.sensitive_by.iter().enumerate() {
            if !SENSITIVITY_LISTS.contains(&list.as_str()) && list != "declared" {
                let known = SENSITIVITY_LISTS.into_iter().chain(["declared"]);
                self.unknown(lists.index(index), "list", list, known);
            }
        }
        rule::Data {
            category: (!data.category.is_empty()).then_some(category),
            not_category,
            sensitive: data.sensitive,
            sensitive_by: data.sensitive_by.clone(),
            generic: data.generic,
            reference: data.reference,
            words: self.patterns(at.key("words"), &data.words),
            min: data.min.unwrap_or(1),
        }
    }

    fn category_globs(&mut self, at: At<'_>, globs: &[String]) -> Vec<CategoryId> {
        let mut found = Vec::new();
        for (index, glob) in globs.iter().enumerate() {
            let before = found.len();
            for (number, category) in self.parts.lexicon.categories.iter().enumerate() {
                let fits = match glob.strip_suffix(".*") {
                    Some(group) => category.id.split('.').next() == Some(group),
                    None => category.id == *glob,
                };
                if fits {
                    found.push(CategoryId(number as u16));
                }
            }
            if found.len() == before {
                let known: Vec<String> = self.parts.lexicon.categories.iter().map(|c| c.id.clone()).collect();
                self.unknown(at.index(index), "category", glob, known.iter().map(String::as_str));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn finish(mut self) -> Result<Knowledge, Vec<Problem>> {
        let (new, count) = self.interner.finish();
        if let Err(message) = self.literals.add(&new, count) {
            self.problems.push(Problem { file: String::new(), span: None, message, help: None });
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let words = self.parts.lexicon.words_mut();
        words.sort_by_key(|(literal, _)| *literal);
        words.dedup();
        self.parts.grammar.opened_by.sort_unstable();
        self.added_spellings.extend(new);
        Ok(Knowledge {
            parts: self.parts,
            literals: self.literals,
            shipped_spellings: self.shipped_spellings,
            added_spellings: self.added_spellings,
        })
    }
}

/// The names in braces of a message template; braces around anything but a name are text.
fn slots(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(slot, _)| slot);
    names.filter(|slot| rule::is_slot(slot))
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() })
}
