//! Word files: what is read of them, what is refused, and the comments that are written into them.

mod annotate;
mod docx;
mod reading;
mod refused;

/// A policy with a finding in its third paragraph.
fn flawed() -> docx::Docx {
    docx::Docx::new(&[
        docx::p("橙舟隐私政策"),
        docx::p("一、我们如何收集和使用您的个人信息"),
        docx::p("我们会收集您的人脸信息。"),
    ])
}
