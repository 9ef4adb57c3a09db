//! `akey serve`: the running site. Pages for everybody who signs in, the door for other commands.

use std::net::SocketAddr;

use node::Node;
use peering::Peering;
use tracing_subscriber::EnvFilter;
use updates::Sender;
use web::Settings;

use crate::cli::{self, Common};
use crate::control::Door;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::site_certificate;

/// Opens the data and serves until it is told to stop.
pub fn run(common: &Common, asked: &cli::Serve) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let node = place.open(&place.passphrase()?)?;
    if node.is_hub_server()? && !place.names_store() {
        // It would show pages on which nothing can be saved.
        return Err(ledger::Error::StoreNeeded.into());
    }
    let own = asked.listen.ip();
    let nodes = asked
        .nodes
        .or_else(|| (!own.is_loopback()).then(|| SocketAddr::new(own, peering::PORT)));
    let peering = peering::Settings {
        listen: nodes,
        neighbours: !asked.no_neighbours,
    };
    serve(&place, node, asked.listen, peering, |url| {
        output::say(&format!("Akèy is at {url}   (stop it with Ctrl-C)"))
    })
}

/// Serves a node until Ctrl-C or the system's stop signal; `ready` is told the address.
pub fn serve(
    place: &Place,
    node: Node,
    listen: SocketAddr,
    peering: peering::Settings,
    ready: impl FnOnce(&str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    log_to_stderr();
    get_acquainted(&node);
    let updates = web::open_updates(&node)?;
    let mut settings = Settings {
        updates: Some(updates.clone()),
        ..Settings::default()
    };
    let announcing = node.clone();
    // It ends with this function, after the mail under way.
    let _sender = Sender::start(updates, move |updates| web::announce(&announcing, updates))?;
    let pair = if listen.ip().is_loopback() {
        None
    } else {
        let certificate = site_certificate::for_address(&node, listen.ip())?;
        settings.secure = true;
        settings.authority_pem = Some(certificate.authority_pem);
        Some(certificate.server)
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| {
        Failure::Wrong(format!("the program could not start its threads: {error}"))
    })?;
    runtime.block_on(async {
        let listening = web::listen(listen, pair.as_ref())?;
        let _peering = Peering::start(node.clone(), peering).await?;
        let _door = Door::open(&place.door(), node.clone())?;
        ready(&listening.url())?;
        web::serve(listening, web::router(node, settings), stopped()).await?;
        Ok(())
    })
}

/// Everybody known is looked up from memory; a large register takes seconds to be read into it, and nobody
/// waits for that.
fn get_acquainted(node: &Node) {
    let node = node.clone();
    let reading = std::thread::Builder::new().name("akey-acquaintances".into());
    let started = reading.spawn(move || {
        if let Err(error) = node.get_acquainted() {
            tracing::error!(%error, "who is known could not be made ready to be looked up");
        }
    });
    if let Err(error) = started {
        tracing::warn!(%error, "the first who asks who is known will wait");
    }
}

/// Ready when somebody asks the program to stop.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

/// What went wrong goes to standard error; `AKEY_LOG` asks for more. Never personal data.
fn log_to_stderr() {
    let filter = EnvFilter::try_from_env("AKEY_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // Logging that was set up before stays as it is.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}
