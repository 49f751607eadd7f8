//! The JSON schemas of what the linter writes and reads. They lie under `docs/schema`, generated from the
//! types by the test below.

use clap::{Args, ValueEnum};

use super::exit::{Exit, Trouble};
use super::terminal::Terminal;

/// Print the JSON schema of an output, of a baseline, or of policy-lint.yaml
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Schema {
    /// What it is the schema of
    #[arg(value_enum)]
    of: Of,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint schema check > check.schema.json
  policy-lint schema config > policy-lint.schema.json   for an editor; `policy-lint init` points it there";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// `check --format json`
    Check,
    /// A line of `check --format jsonl`
    Jsonl,
    /// A line of `check --stdin-format ndjson`
    Ndjson,
    /// `practices --format json`
    Practices,
    /// `practices --explain-marks --format json`
    Marks,
    /// `audit --format json`
    Audit,
    /// `inventory --format json`
    Inventory,
    /// `diff --format json`
    Diff,
    /// `rules --format json`
    Rules,
    /// `test --format json`
    Test,
    /// policy-lint-baseline.json
    Baseline,
    /// policy-lint.yaml
    Config,
}

impl Of {
    fn text(self) -> &'static str {
        match self {
            Self::Check => include_str!("../../docs/schema/check.json"),
            Self::Jsonl => include_str!("../../docs/schema/jsonl.json"),
            Self::Ndjson => include_str!("../../docs/schema/ndjson.json"),
            Self::Practices => include_str!("../../docs/schema/practices.json"),
            Self::Marks => include_str!("../../docs/schema/marks.json"),
            Self::Audit => include_str!("../../docs/schema/audit.json"),
            Self::Inventory => include_str!("../../docs/schema/inventory.json"),
            Self::Diff => include_str!("../../docs/schema/diff.json"),
            Self::Rules => include_str!("../../docs/schema/rules.json"),
            Self::Test => include_str!("../../docs/schema/test.json"),
            Self::Baseline => include_str!("../../docs/schema/baseline.json"),
            Self::Config => include_str!("../../docs/schema/config.json"),
        }
    }
}

impl Schema {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        terminal.write(self.of.text())?;
        Ok(Exit::Clean)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use schemars::generate::SchemaSettings;
    use schemars::{JsonSchema, json_schema};

    use super::*;
    use crate::config::{App, ConfigFile, Levels};
    use crate::knowledge::date::Date;
    use crate::knowledge::spec::Level;
    use crate::report::Located;
    use crate::report::audit::AuditReport;
    use crate::report::examples::ExamplesReport;
    use crate::report::inventory::InventoryReport;
    use crate::report::json::{Report, render};
    use crate::report::marks::MarksReport;
    use crate::report::ndjson::Answer;
    use crate::report::practices::PracticesReport;
    use crate::report::rules::RulesReport;
    use crate::report::versions::VersionsReport;
    use crate::triage::Baseline;

    impl JsonSchema for Date {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Date".into()
        }

        fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
            json_schema!({ "type": "string", "format": "date", "description": "YYYY-MM-DD" })
        }
    }

    impl JsonSchema for Levels {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Levels".into()
        }

        fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
            let level = generator.subschema_for::<Level>();
            json_schema!({ "type": "object", "additionalProperties": level })
        }
    }

    impl JsonSchema for App {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "App".into()
        }

        fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
            json_schema!({
                "type": "object",
                "properties": { "type": { "type": "string" } },
                "additionalProperties": { "type": "boolean" },
            })
        }
    }

    fn written<T: JsonSchema>() -> String {
        render(&SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>())
    }

    fn read<T: JsonSchema>() -> String {
        render(&SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>())
    }

    fn generated(of: Of) -> String {
        match of {
            Of::Check => written::<Report<'_>>(),
            Of::Jsonl => written::<Located>(),
            Of::Ndjson => written::<Answer<'_>>(),
            Of::Practices => written::<PracticesReport<'_>>(),
            Of::Marks => written::<MarksReport<'_>>(),
            Of::Audit => written::<AuditReport<'_>>(),
            Of::Inventory => written::<InventoryReport<'_>>(),
            Of::Diff => written::<VersionsReport<'_>>(),
            Of::Rules => written::<RulesReport<'_>>(),
            Of::Test => written::<ExamplesReport<'_>>(),
            Of::Baseline => written::<Baseline>(),
            Of::Config => read::<ConfigFile>(),
        }
    }

    #[test]
    fn the_schemas_are_those_of_the_types() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
        for of in Of::value_variants() {
            let name = of.to_possible_value().unwrap();
            if std::env::var_os("UPDATE_DOCS").is_some() {
                std::fs::write(folder.join(name.get_name()).with_extension("json"), generated(*of)).unwrap();
            } else {
                let help = "UPDATE_DOCS=1 cargo test --lib schema";
                assert!(
                    generated(*of) == of.text(),
                    "docs/schema/{}.json is out of date: {help}",
                    name.get_name()
                );
            }
        }
    }
}
