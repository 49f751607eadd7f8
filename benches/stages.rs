//! What each stage costs, over the policies in `examples/` repeated to the size of one long policy
//! and to that of a whole folder of them.
//!
//!     cargo bench --bench stages                 all
//!     cargo bench --bench stages -- findings     those with `findings` in their name

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use policy_lint::config::Config;
use policy_lint::findings::{Analysis, Finding};
use policy_lint::knowledge::Knowledge;
use policy_lint::knowledge::kinds::Language;
use policy_lint::report::export::{self, Run};
use policy_lint::report::html::{Reading, Review};
use policy_lint::report::inventory::InventoryRecord;
use policy_lint::report::text::Style;
use policy_lint::report::{self, Lines, Located, Paint, Say, Summary, locate};
use policy_lint::run::{Engine, Settings, Wishes, lint_policy};
use policy_lint::source::{self, Format, Source};
use policy_lint::triage::Ruling;
use policy_lint::versions::Judged;
use policy_lint::{builtin, document, inventory, marks, practices, triage, versions};

/// A long policy, and a folder of policies.
const SIZES: [(&str, usize); 2] = [("50KB", 50_000), ("1MB", 1_000_000)];

/// What most benches read: prose with headings, lists and tables, clean and flawed.
const MIXED: (&str, &[&str]) = ("mixed.md", &["clean/privacy.md", "flawed/app-privacy.txt"]);

/// One input for each format.
const FORMATS: [(&str, &[&str]); 4] = [
    ("annotated.txt", &["flawed/annotated.txt"]),
    ("text.txt", &["clean/children.txt", "flawed/app-privacy.txt"]),
    ("markdown.md", &["clean/privacy.md", "flawed/wrapped.md"]),
    ("html.html", &["flawed/shop.html"]),
];

/// The examples named, over and over, until there are `size` bytes.
fn repeated(examples: &[&str], size: usize) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut round = Vec::new();
    for example in examples {
        round.extend(std::fs::read(folder.join(example)).expect("an example"));
        round.extend(b"\n\n");
    }
    let mut bytes = Vec::with_capacity(size + round.len());
    while bytes.len() < size {
        bytes.extend(&round);
    }
    bytes
}

fn open((name, examples): (&str, &[&str]), size: usize) -> Source {
    source::open(name, repeated(examples, size), None).expect("the examples are text")
}

fn knowledge() -> Knowledge {
    builtin::knowledge().expect("the rules that ship can be read")
}

/// The linter with its own rules and no config.
fn engine() -> (Engine, Settings) {
    let engine = Engine::load(&[]).expect("the rules that ship are valid");
    let config = Config::without_file(Path::new("/"));
    let settings = Settings::new(&config, &Wishes::default(), engine.rules(), &[Path::new("/policy.md")]);
    (engine, settings)
}

/// Runs `work` over a policy of each size, after `prepare` did what earlier stages do.
fn stage<T>(
    criterion: &mut Criterion,
    name: &str,
    prepare: impl Fn(Source) -> T,
    work: impl Fn(&T) -> usize,
) {
    let mut group = criterion.benchmark_group(name);
    for (size, bytes) in SIZES {
        let source = open(MIXED, bytes);
        group.throughput(Throughput::Bytes(source.text.len() as u64));
        let prepared = prepare(source);
        group.bench_with_input(BenchmarkId::from_parameter(size), &prepared, |bencher, prepared| {
            bencher.iter(|| work(black_box(prepared)));
        });
    }
    group.finish();
}

/// Before any policy is read: the built-in rules, ready for use.
fn load(criterion: &mut Criterion) {
    criterion.bench_function("load", |bencher| {
        bencher.iter(|| Engine::load(black_box(&[])).expect("the rules that ship are valid"));
    });
}

/// 1. From bytes to decoded text of a known format.
fn source_stage(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("source");
    for (size, bytes) in SIZES {
        let bytes = repeated(MIXED.1, bytes);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(size), &bytes, |bencher, bytes| {
            bencher.iter_batched(
                || bytes.clone(),
                |bytes| source::open(MIXED.0, bytes, None).expect("text"),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

/// 2. From text to prose with structure, in every format.
fn document_stage(criterion: &mut Criterion) {
    let knowledge = knowledge();
    let mut group = criterion.benchmark_group("document");
    for input in FORMATS {
        for (size, bytes) in SIZES {
            let source = open(input, bytes);
            let format = match source.format {
                Format::Annotated => "annotated",
                Format::Text => "text",
                Format::Markdown => "markdown",
                Format::Html => "html",
                Format::Word => "word",
            };
            group.throughput(Throughput::Bytes(source.text.len() as u64));
            group.bench_with_input(BenchmarkId::new(format, size), &source, |bencher, source| {
                bencher.iter(|| document::parse(black_box(source), &knowledge.structure));
            });
        }
    }
    group.finish();
}

/// 3. From prose to marks.
fn marks_stage(criterion: &mut Criterion) {
    let knowledge = knowledge();
    stage(
        criterion,
        "marks",
        |source| document::parse(&source, &knowledge.structure),
        |document| marks::find(document, &knowledge, &[]).sentences.len(),
    );
}

/// 4. From marks to practices.
fn practices_stage(criterion: &mut Criterion) {
    let knowledge = knowledge();
    stage(
        criterion,
        "practices",
        |source| {
            let document = document::parse(&source, &knowledge.structure);
            let marks = marks::find(&document, &knowledge, &[]);
            (document, marks)
        },
        |(document, marks)| practices::assemble(document, &knowledge, marks).practices.len(),
    );
}

/// 5. From practices to findings: every rule that is on.
fn findings_stage(criterion: &mut Criterion) {
    let (engine, settings) = engine();
    stage(
        criterion,
        "findings",
        |source| -> [Analysis; 1] { [engine.read(source, &settings)] },
        |files| engine.judge(files, &settings).len(),
    );
}

/// Beside the findings: each item and recipient once.
fn inventory_stage(criterion: &mut Criterion) {
    let (engine, settings) = engine();
    stage(
        criterion,
        "inventory",
        |source| -> [Analysis; 1] { [engine.read(source, &settings)] },
        |files| inventory::take(files, engine.knowledge()).collected.len(),
    );
}

/// 6. From findings to those that are reported; cloning them is part of it.
fn triage_stage(criterion: &mut Criterion) {
    let (engine, settings) = engine();
    stage(
        criterion,
        "triage",
        |source| {
            let files = [engine.read(source, &settings)];
            engine.judge(&files, &settings)
        },
        |findings| {
            let settled = findings.iter().cloned().filter_map(|finding| settings.plans[0].settle(finding));
            triage::group(settled.collect()).len()
        },
    );
}

/// What a report is made of.
struct Reported {
    text: String,
    lines: Lines,
    findings: Vec<Located>,
    review: Review,
}

impl Reported {
    fn of(source: Source, engine: &Engine, settings: &Settings) -> Self {
        let mut linted = lint_policy(engine, vec![source], settings);
        let file = linted.files.pop().expect("a file");
        let lines = Lines::of(&file.source.text);
        let place = |finding| locate(finding, &file.source, &file.document, &lines);
        let findings = linted.findings.into_iter().map(place).collect();
        let text = file.source.text.clone();
        let (files, knowledge) = ([file], engine.knowledge());
        let inventory = InventoryRecord::new(&files, &inventory::take(&files, knowledge), knowledge);
        let readings = files.map(|file| Reading::new(file, MIXED.0.to_owned(), [0; 32])).into();
        Self { text, lines, findings, review: Review { readings, inventory, checks: Vec::new() } }
    }
}

/// 7. From findings to what people read: on a terminal, and as a page.
fn report_stage(criterion: &mut Criterion) {
    let (engine, settings) = engine();
    let knowledge = engine.knowledge();
    let reported = |source| Reported::of(source, &engine, &settings);
    let say = Say::new(&knowledge.messages, Language::Zh);
    let style = Style { say, paint: Paint::Plain, laws: engine.laws() };
    stage(criterion, "report-text", reported, |Reported { text, lines, findings, .. }| {
        report::text::render(findings, text, lines, style).len()
    });
    stage(criterion, "report-html", reported, |Reported { findings, review, .. }| {
        let run = Run {
            findings,
            suppressed: &[],
            failures: &[],
            summary: Summary::default(),
            files: &[MIXED.0.to_owned()],
            rules: findings
                .iter()
                .filter_map(|finding| Some((finding.rule.as_str(), engine.rule(&finding.rule)?)))
                .collect(),
            laws: engine.laws(),
            knowledge,
            reviews: std::slice::from_ref(review),
            language: Language::Zh,
        };
        export::render(export::Format::Html, &run).len()
    });
}

/// A version that was judged.
struct Edition<'e> {
    files: [Analysis; 1],
    findings: Vec<Finding>,
    rulings: Vec<Ruling<'e>>,
}

impl<'e> Edition<'e> {
    fn of(source: Source, engine: &'e Engine, settings: &Settings) -> Self {
        let files = [engine.read(source, settings)];
        let (findings, checks) = engine.audit(&files, settings);
        let rules = &engine.knowledge().rules;
        let rulings = triage::rule_on(checks, rules, &findings, &[], &settings.plans);
        Self { files, findings, rulings }
    }

    fn judged(&self) -> Judged<'_> {
        Judged { files: &self.files, findings: &self.findings, rulings: &self.rulings }
    }
}

/// Two versions side by side, both judged.
fn versions_stage(criterion: &mut Criterion) {
    let (engine, settings) = engine();
    let mut group = criterion.benchmark_group("versions");
    for (size, bytes) in SIZES {
        let edition = |example| Edition::of(open(("privacy.md", &[example]), bytes), &engine, &settings);
        let (old, new) = (edition("versions/2025.md"), edition("versions/2026.md"));
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| versions::compare(old.judged(), new.judged(), engine.knowledge()).changes.len());
        });
    }
    group.finish();
}

/// All stages, rules loaded and warm: what one more policy costs in a long run.
fn whole(criterion: &mut Criterion) {
    let (engine, settings) = engine();
    stage(
        criterion,
        "whole",
        |source| source,
        |source| lint_policy(&engine, vec![source.clone()], &settings).findings.len(),
    );
}

/// Loading and all stages: what a hook that lints one file costs, but for starting the process.
fn cold(criterion: &mut Criterion) {
    let source = open(MIXED, SIZES[0].1);
    criterion.bench_function("cold/50KB", |bencher| {
        bencher.iter(|| {
            let (engine, settings) = engine();
            lint_policy(&engine, vec![source.clone()], &settings).findings.len()
        });
    });
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    load(&mut criterion);
    source_stage(&mut criterion);
    document_stage(&mut criterion);
    marks_stage(&mut criterion);
    practices_stage(&mut criterion);
    findings_stage(&mut criterion);
    inventory_stage(&mut criterion);
    triage_stage(&mut criterion);
    report_stage(&mut criterion);
    versions_stage(&mut criterion);
    whole(&mut criterion);
    cold(&mut criterion);
    criterion.final_summary();
}
