//! What each stage costs, over the policies in `examples/` repeated to the size of one long policy
//! and to that of a whole folder of them.
//!
//!     cargo bench --bench stages                 all
//!     cargo bench --bench stages -- judge        those with `judge` in their name

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use policy_lint::config::Config;
use policy_lint::findings::Analysis;
use policy_lint::knowledge::Knowledge;
use policy_lint::run::{Engine, Settings, Wishes, lint_policy};
use policy_lint::source::{self, Format, Source};
use policy_lint::{builtin, document, marks, practices};

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
    whole(&mut criterion);
    cold(&mut criterion);
    criterion.final_summary();
}
