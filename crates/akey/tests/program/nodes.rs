//! Nodes as processes of their own: one invites, the others join and meet it by its address, and each
//! shows the others.

use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::browser::{Browser, Form, forms_to};
use crate::site::{Folder, PASSWORD, Serving, done, json, text};

/// What unlocks the demo and its root key.
const DEMO_PASSPHRASE: &str = "flanbwayan demo 2021";
/// The day on which the demo's clock stands when it was played until the eve.
pub const TODAY: &str = "2021-09-19";
/// The site of the demo's own node, and where its convoys come from.
pub const HOME: &str = "Port-au-Prince airport";
const ORIGIN: &str = "US custody";
/// A demo in which a dozen people were met today.
pub const EVE: &str = "2021-09-18";

/// A node's folder and where it answers other nodes.
pub struct Post {
    pub folder: Folder,
    pub port: u16,
}

impl Post {
    /// The demo's own node.
    pub fn hub() -> Self {
        Self {
            folder: Folder::with_demo(EVE),
            port: free_port(),
        }
    }

    /// A node of a site that joins over this address, where a node of the operation must be serving.
    pub fn joined(&self, site: &str, address: &str) -> Self {
        let root_key = self.folder.data().join("root-key.txt");
        let code = self.folder.path("code.txt");
        let mut invite = self.folder.akey(&[
            "node",
            "invite",
            "--site",
            site,
            "--root-key",
            text(&root_key),
            "--address",
            address,
            "--out",
            text(&code),
        ]);
        invite.env("AKEY_ROOT_PASSPHRASE", DEMO_PASSPHRASE);
        done(invite);
        let folder = Folder::new();
        std::fs::create_dir(folder.data()).expect("a folder");
        // It stands in September 2021 too, with the same passphrase.
        std::fs::copy(
            self.folder.data().join("demo.json"),
            folder.data().join("demo.json"),
        )
        .expect("the demo has a note");
        let mut join = folder.akey(&[
            "node",
            "join",
            "--code-file",
            text(&code),
            "--login",
            "coordinator",
            "--json",
        ]);
        join.env("AKEY_PASSPHRASE", DEMO_PASSPHRASE)
            .env("AKEY_PASSWORD", PASSWORD);
        let joined = json(join);
        assert_eq!(joined["enrolled"], "coordinator", "{joined}");
        Self {
            folder,
            port: free_port(),
        }
    }

    /// `akey serve`, with its own port for other nodes.
    pub fn serve(&self) -> Serving {
        Serving::start(self.serving())
    }

    fn serving(&self) -> Command {
        let nodes = format!("127.0.0.1:{}", self.port);
        self.folder.akey(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--nodes",
            &nodes,
            "--no-neighbours",
        ])
    }

    /// How it stands among the others.
    pub fn peers(&self) -> Value {
        json(self.folder.akey(&["peers", "--json"]))
    }
}

/// A port nobody listens on now.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound").port()
}

/// Waits until every node has the same ends of the same logs; each must be serving.
pub fn wait_until_alike(posts: &[Post], within: Duration) {
    let begun = Instant::now();
    loop {
        let standings: Vec<Value> = posts.iter().map(Post::peers).collect();
        let alike = standings
            .windows(2)
            .all(|two| two[0]["ends"] == two[1]["ends"]);
        if alike {
            for standing in &standings {
                assert_eq!(standing["forks"], Value::Array(Vec::new()), "{standing}");
                assert_eq!(
                    standing["set_aside"],
                    Value::Array(Vec::new()),
                    "{standing}"
                );
                assert_eq!(standing["halted"], Value::Null, "{standing}");
            }
            return;
        }
        let ends: Vec<_> = standings.iter().map(|standing| &standing["ends"]).collect();
        assert!(
            begun.elapsed() < within,
            "they never became alike: {ends:#?}"
        );
        std::thread::sleep(Duration::from_secs(1));
    }
}

/// The form by which a convoy to this site is announced, filled in; `sites` are their names by id.
pub fn announcing(browser: &Browser, sites: &Value, site: &str, name: &str) -> Option<Form> {
    let id = |wanted: &str| {
        let found = sites.as_object()?.iter().find(|(_, name)| **name == wanted);
        found.map(|(id, _)| id.clone())
    };
    let (origin, destination) = (id(ORIGIN)?, id(site)?);
    let page = browser.try_get("/movements/new")?;
    let mut form = forms_to(&page.body, "/movements/new").pop()?;
    for (field, value) in [
        ("designator", name),
        ("kind", "bus_convoy"),
        ("legal_basis", "not_stated"),
        ("screened_before", "not_known"),
        ("origin", origin.as_str()),
        ("destination", destination.as_str()),
        ("people", "10"),
    ] {
        form.set(field, value);
    }
    Some(form)
}

#[test]
fn two_nodes_join_by_a_code_meet_by_address_and_show_each_other() {
    let hub = Post::hub();
    let serving = hub.serve();
    let address = format!("127.0.0.1:{}", hub.port);
    let cap = hub.joined("Cap-Haïtien airport", &address);
    let (at_hub, at_cap) = (hub.peers(), cap.peers());
    assert_eq!(at_hub["peers"][0]["node"], at_cap["node"], "{at_hub}");
    assert_eq!(at_cap["peers"][0]["node"], at_hub["node"], "{at_cap}");
    assert_eq!(at_hub["peers"][0]["site"], "Cap-Haïtien airport");
    assert_eq!(at_cap["peers"][0]["addresses"][0], address.as_str());

    // While both serve, what one records is at the other.
    let _away = cap.serve();
    let sites = at_hub["sites"].clone();
    let clerk = Browser::sign_in(&serving, "coordinator");
    let form = announcing(&clerk, &sites, HOME, "TWO 1").expect("it serves");
    let answer = clerk.send(&form).expect("it serves");
    assert_eq!(answer.status, 303, "{}", answer.body);
    let posts = [hub, cap];
    wait_until_alike(&posts, Duration::from_mins(1));
    let digests = posts
        .each_ref()
        .map(|post| post.folder.verified()["public_digest"].clone());
    assert_eq!(digests[0], digests[1]);
    assert!(posts[1].peers()["peers"][0]["met_at"].is_string());
}
