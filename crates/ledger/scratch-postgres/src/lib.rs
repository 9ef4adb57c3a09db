//! A PostgreSQL that lives as long as a test: a cluster of its own in a temporary folder, on a loopback
//! port of its own, stopped and removed when it is dropped, and when the test is killed.
//!
//! For tests and benchmarks only; nothing that ships uses it. It needs the programs of PostgreSQL 15 or
//! newer (Debian's package `postgresql`), which `./test` installs, and touches no other cluster.

mod programs;

use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use programs::Programs;

/// The role that owns everything in a scratch cluster; it needs no password.
const ROLE: &str = "akey";
const STARTED_WITHIN: Duration = Duration::from_mins(1);

/// Whether what is committed survives a power loss. A killed process it survives either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flushing {
    /// As in production: for measurements.
    On,
    /// Quick: for tests, in which nobody pulls the plug.
    Off,
}

/// A running cluster, or a stopped one that can be started again.
#[derive(Debug)]
pub struct ScratchPostgres {
    programs: Programs,
    dir: tempfile::TempDir,
    port: u16,
    flushing: Flushing,
    running: Option<Running>,
    databases: AtomicU32,
}

/// A shell that ends the server when it is told to, or when whoever started it is gone.
#[derive(Debug)]
struct Running {
    shell: Child,
    /// Closed, the server is stopped at once.
    held: Option<ChildStdin>,
}

impl ScratchPostgres {
    /// Starts a cluster for a test.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start: a test has nothing else to do.
    pub fn start() -> Self {
        Self::start_with(Flushing::Off)
    }

    /// Starts a cluster.
    ///
    /// # Panics
    /// As [`ScratchPostgres::start`].
    pub fn start_with(flushing: Flushing) -> Self {
        let programs = Programs::find();
        let dir = programs.folder();
        programs.copy_template(&dir.path().join("data"));
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a loopback port is free")
            .port();
        let mut cluster = Self {
            programs,
            dir,
            port,
            flushing,
            running: None,
            databases: AtomicU32::new(0),
        };
        cluster.start_again();
        cluster
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// Starts a cluster that was stopped; returns when it answers.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_again(&mut self) {
        let mut server = self.programs.command("postgres");
        let mut settings = vec![
            format!("port={}", self.port),
            "listen_addresses=127.0.0.1".to_owned(),
            format!("unix_socket_directories={}", self.dir.path().display()),
            "shared_buffers=64MB".to_owned(),
            "max_connections=60".to_owned(),
            "logging_collector=off".to_owned(),
        ];
        if self.flushing == Flushing::Off {
            settings.extend(["fsync=off", "full_page_writes=off"].map(str::to_owned));
        }
        server.arg("-D").arg(self.data());
        for setting in settings {
            server.arg("-c").arg(setting);
        }
        let log = std::fs::File::options()
            .append(true)
            .create(true)
            .open(self.dir.path().join("log"))
            .expect("the log can be written");
        // The server ends with its standard input: SIGQUIT is PostgreSQL's immediate shutdown.
        let mut shell = self.programs.as_user("sh");
        shell
            .arg("-c")
            .arg("exec 3<&0; \"$@\" </dev/null & server=$!; read -r _ <&3; kill -QUIT $server; wait $server")
            .arg("sh")
            .arg(server.get_program())
            .args(server.get_args())
            .current_dir(self.dir.path())
            .stdin(Stdio::piped())
            .stdout(log.try_clone().expect("the log can be written"))
            .stderr(log);
        let mut shell = shell.spawn().expect("a shell starts");
        let held = shell.stdin.take();
        self.running = Some(Running { shell, held });
        let until = Instant::now() + STARTED_WITHIN;
        while !self.answers() {
            assert!(
                Instant::now() < until,
                "PostgreSQL does not start:\n{}",
                std::fs::read_to_string(self.dir.path().join("log")).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn answers(&self) -> bool {
        Command::new(self.programs.path("pg_isready"))
            .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Stops it as a crash would: what is under way is broken off (`pg_ctl stop -m immediate`).
    pub fn stop_at_once(&mut self) {
        if let Some(mut running) = self.running.take() {
            drop(running.held.take());
            // It was told to stop, and there is nothing to be learnt from how it did.
            let _ = running.shell.wait();
        }
    }

    /// Stops or lets go on every process of the server, as a machine does that hangs.
    ///
    /// # Panics
    /// When the system cannot be asked.
    pub fn signal_all(&self, signal: &str) {
        let pid = std::fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
        let postmaster = pid.lines().next().unwrap_or_default().to_owned();
        let children = Command::new("ps")
            .args(["-o", "pid=", "--ppid", &postmaster])
            .output()
            .expect("ps lists processes");
        let children = String::from_utf8_lossy(&children.stdout).into_owned();
        for pid in children.split_whitespace().chain([postmaster.as_str()]) {
            let _ = Command::new("kill").args([signal, pid]).status();
        }
    }

    /// An address of a new, empty database in it.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("hub{number}");
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.address_of(&name)
    }

    /// The address of a database in it.
    pub fn address_of(&self, database: &str) -> String {
        format!("postgres://{ROLE}@127.0.0.1:{}/{database}", self.port)
    }

    /// Carries out SQL as the owner and gives what came of it, unaligned.
    ///
    /// # Panics
    /// When it fails.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let mut psql = Command::new(self.programs.path("psql"))
            .args(["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1"])
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string()])
            .args(["-U", ROLE, "-d", database])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("psql starts");
        let mut typed = psql.stdin.take().expect("it was asked for");
        typed.write_all(sql.as_bytes()).expect("psql reads");
        drop(typed);
        let done = psql.wait_with_output().expect("psql ends");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        String::from_utf8_lossy(&done.stdout).trim().to_owned()
    }

    /// The folder of its data, to look for what must not be there.
    pub fn folder(&self) -> &Path {
        self.dir.path()
    }
}

impl Drop for ScratchPostgres {
    fn drop(&mut self) {
        self.signal_all("-CONT");
        self.stop_at_once();
    }
}
