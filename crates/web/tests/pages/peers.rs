//! The page of the nodes: who is there, when word of each came and by which road, what waits, and what to
//! do when this node has to stop.

use std::sync::Arc;

use axum::http::StatusCode;
use ledger::bundle::WorkFactor;
use ledger::{NodeId, Options, Passphrase, PassphraseCost, RootKey, Scope};
use node::{BundleAsked, Node, NodeOptions, OffsetClock, Since};
use tempfile::TempDir;

use crate::browser::{Screen, Window, serve};
use crate::client::Client;
use crate::site::Site;

fn secret() -> Passphrase {
    Passphrase::new("kenep siwel mango")
}

impl Site {
    fn root(&self) -> RootKey {
        RootKey::import(&self.root_key, &Passphrase::new("kept in another place")).unwrap()
    }

    /// A second node of the operation, at the same airport, that has met nobody.
    fn second(&self) -> (TempDir, Node) {
        let dir = TempDir::new().unwrap();
        let code = self
            .node
            .invite(&self.root(), self.airport, Scope::Everything, u64::MAX)
            .unwrap();
        let now = self.node.now();
        let options = NodeOptions {
            clock: Arc::new(OffsetClock::showing(now)),
            ledger: Options {
                passphrase_cost: PassphraseCost::TRIVIAL,
                ..Options::default()
            },
        };
        let passphrase = Passphrase::new("four words are good");
        let node = Node::join(&dir.path().join("data"), &code, &passphrase, options).unwrap();
        (dir, node)
    }
}

/// One bundle from a node to another.
fn pass(stick: &TempDir, name: &str, from: &Node, to: &Node) {
    let asked = BundleAsked {
        file: stick.path().join(name),
        to: Vec::new(),
        since: Since::LastHeard,
        work: WorkFactor::TRIVIAL,
    };
    from.write_bundle(&asked, &secret(), |_, _| {}).unwrap();
    to.read_bundle(&asked.file, &secret(), |_, _| {}).unwrap();
}

#[tokio::test]
async fn who_is_there_what_is_missing_and_what_waits_stands_on_one_page() {
    let site = Site::new();
    let administrator = Client::signed_in(site.router(), "administrator").await;
    let alone = administrator.get("/peers").await;
    assert!(
        alone.says("No other node is known here yet"),
        "{}",
        alone.body
    );
    assert!(administrator.get("/settings").await.says("href=\"/peers\""));
    assert!(
        Client::signed_in(site.router(), "coordinator")
            .await
            .get("/sites")
            .await
            .says("href=\"/peers\"")
    );

    let (_dir, second) = site.second();
    let stick = TempDir::new().unwrap();
    pass(&stick, "hello", &second, &site.node);
    let page = administrator.get("/peers").await;
    let digits = &NodeId(second.key().0).hex()[..8];
    for said in [
        digits,
        "holds everything",
        "stick",
        "It lacks",
        "Nothing waits",
    ] {
        assert!(page.says(said), "{said}: {}", page.body);
    }
    // A later bundle of it comes first: what is in it waits, and it is said for what.
    pass(&stick, "all", &site.node, &second);
    let ends = second.log_ends().unwrap().into_iter().collect();
    let revocation = site.root().revoke(&ledger::Revocation {
        operation: site.root().public().operation,
        node: NodeId([9; 32]),
        last: 0,
        at_ms: 0,
    });
    second.take_revocation(revocation).unwrap();
    second.enrol("chief", crate::site::PASSWORD).unwrap();
    let chief = second.sign_in("chief", crate::site::PASSWORD).unwrap();
    let open = node::Request {
        id: uuid::Uuid::from_u128(9_999),
        site: site.airport,
        occurred: None,
        command: domain::Command::OpenSite {
            site: domain::SiteId(uuid::Uuid::from_u128(99)),
            name: "Gonaïves".into(),
            kind: domain::SiteKind::SHELTER,
            country: domain::Country::HTI,
            area: None,
            port_code: None,
            capacity: None,
            time_zone: "America/Port-au-Prince".into(),
            day_closes_min: 0,
        },
    };
    second.execute(&chief, open).unwrap();
    let late = BundleAsked {
        file: stick.path().join("late"),
        to: vec![NodeId(site.node.key().0)],
        since: Since::Ends(ends),
        work: WorkFactor::TRIVIAL,
    };
    second.write_bundle(&late, &secret(), |_, _| {}).unwrap();
    site.node
        .read_bundle(&late.file, &secret(), |_, _| {})
        .unwrap();
    let page = administrator.get("/peers").await;
    assert!(
        page.says("Earlier ones of it have not come yet"),
        "{}",
        page.body
    );
    pass(&stick, "whole", &second, &site.node);
    assert!(administrator.get("/peers").await.says("Nothing waits"));

    for login in [
        "clerk",
        "screener",
        "protection",
        "warehouse",
        "cash",
        "focal",
    ] {
        let somebody = Client::signed_in(site.router(), login).await;
        let status = somebody.get("/peers").await.status;
        assert_eq!(status, StatusCode::FORBIDDEN, "{login}");
    }
}

#[tokio::test]
async fn a_node_that_has_to_stop_says_why_and_whom_to_call() {
    let site = Site::new();
    let me = NodeId(site.node.key().0);
    site.node.revoke(&site.root(), me).unwrap();
    let administrator = Client::signed_in(site.router(), "administrator").await;
    let page = administrator.get("/peers").await;
    for said in [
        "This node records nothing more",
        "The operation sent this node away.",
        "akey accept-loss",
    ] {
        assert!(page.says(said), "{said}: {}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_fits_a_phone_in_every_language() {
    let site = Site::new();
    let (_dir, second) = site.second();
    let stick = TempDir::new().unwrap();
    pass(&stick, "hello", &second, &site.node);
    site.node
        .keep_trouble(NodeId(second.key().0), "192.168.1.10:8711 does not answer")
        .unwrap();
    site.node
        .keep_met(NodeId(second.key().0), 7 * 60_000, Vec::new())
        .unwrap();
    let url = serve(&site);
    for screen in Screen::BOTH {
        let Some(window) = Window::open(&url, screen).await else {
            return;
        };
        window.sign_in("administrator").await;
        for (language, title) in [
            ("ht", "Ne yo"),
            ("fr", "Nœuds"),
            ("en", "Nodes"),
            ("es", "Nodos"),
        ] {
            let chosen = format!("document.cookie = 'akey_language={language}; path=/'");
            window.client.execute(&chosen, vec![]).await.unwrap();
            window.go("/peers").await;
            assert!(window.text().await.contains(title), "{language}");
            let script = "return document.documentElement.scrollWidth > window.innerWidth";
            let wide = window.client.execute(script, vec![]).await.unwrap();
            assert_eq!(
                wide,
                serde_json::Value::Bool(false),
                "{language} {}",
                screen.name()
            );
            window.picture(&format!("peers-{language}")).await;
        }
        window.close().await;
    }
}
