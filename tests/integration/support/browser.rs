//! A headless Chromium that opens a page from disk and is asked about it, through its debugging pipe.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A browser with one page.
pub(crate) struct Browser {
    child: Child,
    requests: File,
    answers: mpsc::Receiver<Value>,
    folder: tempfile::TempDir,
    session: Value,
    count: u64,
}

/// The longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

impl Browser {
    /// Starts the browser; `None`, with a message, where there is none.
    pub(crate) fn start() -> Option<Self> {
        let name = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| {
            let found =
                Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
            found.is_ok_and(|status| status.success())
        });
        let Some(name) = name.filter(|_| cfg!(unix)) else {
            eprintln!("skipped: no Chromium is installed");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let pipe = |name: &str| {
            let path = folder.path().join(name);
            assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo runs").success());
            path
        };
        let (to, from) = (pipe("to"), pipe("from"));
        // The browser reads from descriptor 3 and writes to 4; a shell can set these up, std cannot.
        let child = Command::new("sh")
            .arg("-c")
            .arg("exec \"$0\" \"$@\" 3<>\"$TO\" 4<>\"$FROM\"")
            .arg(name)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--remote-debugging-pipe",
            ])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .env("TO", &to)
            .env("FROM", &from)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the browser starts");
        let requests = File::options().write(true).open(&to).expect("a pipe");
        let replies = File::options().read(true).open(&from).expect("a pipe");
        let (send, answers) = mpsc::channel();
        std::thread::spawn(move || {
            for message in BufReader::new(replies).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { continue };
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        let mut browser = Self { child, requests, answers, folder, session: Value::Null, count: 0 };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached =
            browser.call("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        browser.session = attached["sessionId"].clone();
        browser.call("Runtime.enable", json!({}));
        Some(browser)
    }

    /// Opens a page and waits until its scripts have run.
    pub(crate) fn open(&mut self, page: &Path, hash: &str) {
        let blank = json!({ "url": "about:blank" });
        self.call("Page.navigate", blank);
        self.call("Page.navigate", json!({ "url": format!("file://{}{hash}", page.display()) }));
        let until = Instant::now() + PATIENCE;
        while self.ask("document.readyState === 'complete' && location.protocol === 'file:'") != true {
            assert!(Instant::now() < until, "the page does not load");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Opens pages on a screen of this width.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// Lets scripts of the page run, or not.
    pub(crate) fn scripts(&mut self, on: bool) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": !on }));
    }

    /// The value of an expression in the page.
    pub(crate) fn ask(&mut self, expression: &str) -> Value {
        let question = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", question);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// How many pages the page takes when it is printed on A4.
    pub(crate) fn printed(&mut self) -> usize {
        let answer = self
            .call("Page.printToPDF", json!({ "preferCSSPageSize": true, "transferMode": "ReturnAsBase64" }));
        answer["data"].as_str().map_or(0, str::len)
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.count += 1;
        let mut request = json!({ "id": self.count, "method": method, "params": params });
        if !self.session.is_null() {
            request["sessionId"] = self.session.clone();
        }
        let mut bytes = request.to_string().into_bytes();
        bytes.push(0);
        self.requests.write_all(&bytes).expect("the browser listens");
        loop {
            let message = self.answers.recv_timeout(PATIENCE).expect("the browser answers");
            if message["id"] == self.count {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = self.folder.path();
    }
}
