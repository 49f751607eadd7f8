//! Checkstyle's XML.

use super::{Run, xml};
use xml::legal;

pub(super) fn render(run: &Run<'_>) -> String {
    xml::document(|writer| {
        writer.create_element("checkstyle").with_attribute(("version", "4.3")).write_inner_content(
            |writer| {
                for (path, findings) in run.by_file() {
                    writer
                        .create_element("file")
                        .with_attribute(("name", &*legal(path)))
                        .write_inner_content(|writer| {
                            for finding in findings {
                                writer
                                    .create_element("error")
                                    .with_attributes([
                                        ("line", &*finding.at.line.to_string()),
                                        ("column", &*finding.at.column.to_string()),
                                        ("severity", finding.severity.name()),
                                        ("message", &*legal(&run.told(finding))),
                                        ("source", &*format!("policy-lint.{}", finding.rule)),
                                    ])
                                    .write_empty()?;
                            }
                            Ok(())
                        })?;
                }
                Ok(())
            },
        )?;
        Ok(())
    })
}
