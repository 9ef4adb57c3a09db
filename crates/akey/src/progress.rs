//! Progress of long work: a bar at a terminal, silence elsewhere.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error, invisible where that is no terminal.
#[derive(Debug, Clone)]
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar with this text before it.
    pub fn new(text: &'static str) -> Self {
        let bar = ProgressBar::new(0);
        let style =
            ProgressStyle::with_template("{msg:<28} {wide_bar} {human_pos}/{human_len} {eta}")
                .expect("the template is right");
        bar.set_style(style);
        bar.set_message(text);
        Self(bar)
    }

    /// How far it has come.
    pub fn set(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
