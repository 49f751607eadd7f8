//! JUnit's XML: a suite for each file, a failed case for each finding, a passed one for a clean file.

use quick_xml::events::BytesText;

use super::{Run, xml};
use xml::legal;

pub(super) fn render(run: &Run<'_>) -> String {
    let findings = run.findings.len().to_string();
    let errors = run.failures.len().to_string();
    let clean = run.by_file().iter().filter(|(_, findings)| findings.is_empty()).count();
    let tests = (run.findings.len() + run.failures.len() + clean).to_string();
    xml::document(|writer| {
        writer
            .create_element("testsuites")
            .with_attributes([
                ("name", "policy-lint"),
                ("tests", &*tests),
                ("failures", &*findings),
                ("errors", &*errors),
            ])
            .write_inner_content(|writer| {
                for (path, findings) in run.by_file() {
                    let failures = findings.len().to_string();
                    let tests = findings.len().max(1).to_string();
                    writer
                        .create_element("testsuite")
                        .with_attributes([
                            ("name", &*legal(path)),
                            ("tests", &*tests),
                            ("failures", &*failures),
                            ("errors", "0"),
                        ])
                        .write_inner_content(|writer| {
                            if findings.is_empty() {
                                case(writer, path, "policy-lint").write_empty()?;
                            }
                            for finding in findings {
                                let name =
                                    format!("{} {}:{}", finding.rule, finding.at.line, finding.at.column);
                                case(writer, path, &name).write_inner_content(|writer| {
                                    writer
                                        .create_element("failure")
                                        .with_attributes([
                                            ("message", &*legal(&finding.message)),
                                            ("type", finding.severity.name()),
                                        ])
                                        .write_text_content(BytesText::new(&legal(&format!(
                                            "{path}:{}:{}\n{}",
                                            finding.at.line,
                                            finding.at.column,
                                            run.told(finding)
                                        ))))?;
                                    Ok(())
                                })?;
                            }
                            Ok(())
                        })?;
                }
                for failure in run.failures {
                    writer
                        .create_element("testsuite")
                        .with_attributes([
                            ("name", &*legal(&failure.path)),
                            ("tests", "1"),
                            ("failures", "0"),
                            ("errors", "1"),
                        ])
                        .write_inner_content(|writer| {
                            case(writer, &failure.path, "policy-lint").write_inner_content(|writer| {
                                writer
                                    .create_element("error")
                                    .with_attribute(("message", &*legal(&failure.message)))
                                    .write_empty()?;
                                Ok(())
                            })?;
                            Ok(())
                        })?;
                }
                Ok(())
            })?;
        Ok(())
    })
}

type Element<'w> = quick_xml::writer::ElementWriter<'w, Vec<u8>>;

fn case<'w>(writer: &'w mut quick_xml::Writer<Vec<u8>>, path: &str, name: &str) -> Element<'w> {
    writer.create_element("testcase").with_attributes([("classname", &*legal(path)), ("name", &*legal(name))])
}
