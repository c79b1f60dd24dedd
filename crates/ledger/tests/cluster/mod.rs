//! A real PostgreSQL for a test: made in a temporary folder, on loopback, gone with the test.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

/// A running server with one database `team`, TLS, and no password for the loopback.
pub struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts one. As root it runs as the user `postgres`, which the package makes.
    pub fn start() -> Cluster {
        let folder = tempfile::Builder::new().prefix("habeas-pg").tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Cluster { folder, programs: programs(), port };
        if is_root() {
            run(Command::new("chown").args(["postgres", &cluster.path()]));
        }
        let data = format!("{}/data", cluster.path());
        let made = ["-D", &data, "-U", "keeper", "-A", "trust", "-E", "UTF8", "--no-sync"];
        let more = ["--locale=C.UTF-8", "--wal-segsize=1"]; // A log that is soon written through.
        cluster.run("initdb", &[&made[..], &more].concat());
        cluster.certificate();
        cluster.up();
        cluster
            .run("createdb", &["-h", "127.0.0.1", "-p", &port.to_string(), "-U", "keeper", "team"]);
        cluster
    }

    /// Starts the server; it recovers by itself from [`Cluster::crash`].
    pub fn up(&self) {
        let path = self.path();
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={path} -c ssl=on \
             -c ssl_cert_file={path}/server.crt -c ssl_key_file={path}/server.key",
            self.port
        );
        let (data, log) = (format!("{path}/data"), format!("{path}/log"));
        self.run("pg_ctl", &["-D", &data, "-l", &log, "-w", "-o", &options, "start"]);
    }

    /// Stops the server as a power cut would.
    pub fn crash(&self) {
        let data = format!("{}/data", self.path());
        self.run("pg_ctl", &["-D", &data, "-w", "-m", "immediate", "stop"]);
    }

    /// What the server answers to `sql`, one line a row.
    pub fn sql(&self, schema: &str, sql: &str) -> Result<String, String> {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "keeper"]);
        command.args(["-d", "team", "-At", "-v", "ON_ERROR_STOP=1", "-c", sql]);
        let output = command.env("PGOPTIONS", format!("-c search_path={schema}")).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim().to_owned();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }

    /// Every file of the server with its bytes: tables, write-ahead log, its own log.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let (mut found, mut folders) = (Vec::new(), vec![self.folder.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for one in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                match one.file_type().unwrap() {
                    kind if kind.is_dir() => folders.push(one.path()),
                    kind if kind.is_file() => {
                        let bytes = fs::read(one.path()); // One may go while we look.
                        found.extend(bytes.map(|bytes| (one.path(), bytes)));
                    }
                    _ => {}
                }
            }
        }
        found
    }

    /// What `pg_dump` writes of the database.
    pub fn dump(&self) -> Vec<u8> {
        let mut command = Command::new(self.programs.join("pg_dump"));
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "keeper", "team"]);
        let output = command.output().unwrap();
        assert!(output.status.success());
        output.stdout
    }

    /// The address of the ledger in `schema` for somebody else than its keeper.
    pub fn address_as(&self, role: &str, schema: &str) -> String {
        self.address(schema).replace("keeper", role)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of the ledger in `schema`, by way of another port.
    pub fn address_by(&self, port: u16, schema: &str) -> String {
        format!("postgres://keeper@127.0.0.1:{port}/team?schema={schema}")
    }

    /// The address of the ledger in `schema`.
    pub fn address(&self, schema: &str) -> String {
        self.address_by(self.port, schema)
    }

    /// The same, over TLS, checked against the authority of the cluster.
    pub fn secure_address(&self, schema: &str) -> String {
        let roots = format!("{}/authority.crt", self.path());
        format!(
            "postgres://keeper@localhost:{}/team?sslmode=require&sslrootcert={roots}&schema={schema}",
            self.port
        )
    }

    /// An authority of its own, and a certificate of it for the server.
    fn certificate(&self) {
        let path = self.path();
        let file = |name: &str| format!("{path}/{name}");
        let fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
        let openssl = |words: &[&str]| run(Command::new("openssl").args(words).args(fresh));
        let (authority, its_key) = (file("authority.crt"), file("authority.key"));
        let (key, certificate) = (file("server.key"), file("server.crt"));
        let made = ["req", "-x509", "-days", "2", "-subj", "/CN=authority"];
        openssl(&[&made[..], &["-keyout", &its_key, "-out", &authority]].concat());
        let signed = ["req", "-x509", "-days", "2", "-subj", "/CN=localhost"];
        let by = ["-CA", &authority, "-CAkey", &its_key, "-keyout", &key, "-out", &certificate];
        let names = ["-addext", "subjectAltName=DNS:localhost", "-addext"];
        let end = ["basicConstraints=critical,CA:FALSE"];
        openssl(&[&signed[..], &by, &names, &end].concat());
        if is_root() {
            run(Command::new("chown").args(["postgres", &key, &certificate]));
        }
        run(Command::new("chmod").args(["600", &key]));
    }

    fn path(&self) -> String {
        self.folder.path().display().to_string()
    }

    fn run(&self, program: &str, words: &[&str]) {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        run(command.args(words).current_dir(self.folder.path()));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Ok(process) = fs::read_to_string(self.folder.path().join("data/postmaster.pid")) {
            let process = process.lines().next().unwrap_or_default().to_owned();
            let _ = Command::new("kill").args(["-QUIT", &process]).status();
        }
    }
}

fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    found.retain(|bin| bin.join("initdb").is_file());
    found.sort();
    found.pop().expect("a PostgreSQL is installed: `apt-get install postgresql` (see .ci/install)")
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|it| std::os::unix::fs::MetadataExt::uid(&it) == 0)
}

#[track_caller]
fn run(command: &mut Command) {
    let log = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = log.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let status = child.wait().unwrap();
    assert!(status.success(), "{command:?} ended with {status}");
}
