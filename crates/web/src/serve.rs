//! Listening: plain HTTP where only this computer can hear it, TLS everywhere else.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;

use crate::certificate::{CertificateError, Pair, server_config};

/// How long answers under way may take when the site is stopped.
const GRACE: Duration = Duration::from_secs(5);

/// Why pages cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Other computers could listen in.
    #[error(
        "{0} can be reached from other computers and there is no site certificate: listen on 127.0.0.1, or make the certificate with `akey init`"
    )]
    NoCertificate(SocketAddr),
    /// The address cannot be used.
    #[error("cannot listen on {address}: {source}: is another akey running there?")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The certificate cannot be used.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The network failed later.
    #[error("serving pages ended: {0}")]
    Ended(#[from] io::Error),
}

/// A site that listens and does not answer yet.
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<RustlsConfig>,
}

/// Begins to listen. With a certificate, over TLS; without one, on loopback only.
///
/// # Errors
/// When the address is not loopback and there is no certificate, or it cannot be listened on.
pub fn listen(address: SocketAddr, certificate: Option<&Pair>) -> Result<Listening, ServeError> {
    if certificate.is_none() && !address.ip().is_loopback() {
        return Err(ServeError::NoCertificate(address));
    }
    let tls = certificate
        .map(|pair| Ok::<_, ServeError>(RustlsConfig::from_config(Arc::new(server_config(pair)?))))
        .transpose()?;
    let failed = |source| ServeError::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok(Listening {
        listener,
        address,
        tls,
    })
}

impl Listening {
    /// Where, with the port that the system chose if none was asked for.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to type into a browser.
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}/", self.address)
    }
}

/// Answers until `stop` is ready, then lets answers under way finish.
///
/// # Errors
/// When the network fails.
pub async fn serve(
    listening: Listening,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let handle = Handle::new();
    let stopping = handle.clone();
    tokio::spawn(async move {
        stop.await;
        stopping.graceful_shutdown(Some(GRACE));
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    match listening.tls {
        Some(tls) => {
            axum_server::from_tcp_rustls(listening.listener, tls)?
                .handle(handle)
                .serve(service)
                .await?;
        }
        None => {
            axum_server::from_tcp(listening.listener)?
                .handle(handle)
                .serve(service)
                .await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_computers_are_never_answered_in_the_clear() {
        let open = "0.0.0.0:0".parse().unwrap();
        assert!(matches!(
            listen(open, None),
            Err(ServeError::NoCertificate(_))
        ));
        let loopback = listen("127.0.0.1:0".parse().unwrap(), None).unwrap();
        assert!(loopback.url().starts_with("http://127.0.0.1:"));
    }
}
