/// Why the text of a Word file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordError {
    #[error(
        "this is a zip archive and no Word file: expected a .docx, .txt, .md or .html; unpack the archive first"
    )]
    Zip,
    #[error("this is an OpenDocument file: expected a .docx; save it as Word (.docx), or as text")]
    OpenDocument,
    #[error("this is {0}: expected a Word file (.docx); copy the text of the policy into one")]
    OtherOffice(&'static str),
    #[error(
        "this is a document of Word 97-2003 (.doc): expected a .docx; save it as .docx in Word, or convert it with `soffice --headless --convert-to docx FILE`"
    )]
    Old,
    #[error("this Word file is encrypted; open it in Word, take its password away, and save it again")]
    Encrypted,
    #[error("this Word file is damaged: {0}; open it in Word, and save it again")]
    Damaged(String),
    #[error("this Word file is damaged: there is no {0} in it; open it in Word, and save it again")]
    Missing(String),
    #[error("this Word file is damaged: {part} at byte {at}: {what}; open it in Word, and save it again")]
    Xml { part: String, at: u64, what: String },
    #[error("there is no text of Word in it: expected `w:document` in {0}")]
    NoText(String),
    #[error(
        "{0} in this Word file declares entities or a document type, which Word never does; it is not read"
    )]
    DocumentType(String),
    #[error("{part} in this Word file unpacks to more than {limit} MiB; it is not read")]
    TooLarge { part: String, limit: u64 },
    #[error(
        "{0} in this Word file unpacks to hundreds of times its size, as a zip bomb does; it is not read"
    )]
    Bomb(String),
    #[error("{0} in this Word file nests its elements too deep; it is not read")]
    TooDeep(String),
    #[error(
        "the text of this Word file, or part of it, is another file embedded in it; open it in Word, and save it again as .docx"
    )]
    Embedded,
}
