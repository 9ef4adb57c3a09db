//! Answering other nodes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, HeaderValue, UPGRADE};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use ledger::NodeId;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::call::{PATH, PROTOCOL, Stream};
use crate::tls;

/// Whoever has not said who it is by then is shown out.
const GREETING_MAX: Duration = Duration::from_secs(20);
/// Most calls answered at once, strangers included.
const CALLS_MAX: usize = 256;

/// Answers calls until it is dropped; hands each stream to `take`.
pub(crate) async fn answer<F, R>(listener: TcpListener, acceptor: TlsAcceptor, take: F)
where
    F: Fn(NodeId, SocketAddr, Stream) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(CALLS_MAX));
    let mut calls = JoinSet::new();
    loop {
        while calls.try_join_next().is_some() {}
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else {
            return;
        };
        let (tcp, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, mostly: others finish and make room.
                tracing::warn!(%error, "a call from another node could not be answered");
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            }
        };
        let (acceptor, take) = (acceptor.clone(), take.clone());
        calls.spawn(async move {
            if let Some((peer, stream)) = greet(tcp, acceptor).await {
                take(peer, from, stream).await;
            }
            drop(permit);
        });
    }
}

/// Makes sure who calls; `None` for whoever is no node or does not say in time.
async fn greet(tcp: TcpStream, acceptor: TlsAcceptor) -> Option<(NodeId, Stream)> {
    tcp.set_nodelay(true).ok()?;
    let stream = timeout(GREETING_MAX, acceptor.accept(tcp))
        .await
        .ok()?
        .ok()?;
    let peer = tls::shown(stream.get_ref().1.peer_certificates())?;
    let (upgraded, upgrades) = tokio::sync::oneshot::channel();
    let upgraded = std::sync::Mutex::new(Some(upgraded));
    let service = service_fn(move |request: Request<Incoming>| {
        let waiting = upgraded
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        let answer = respond(&request);
        if answer.status() == StatusCode::SWITCHING_PROTOCOLS
            && let Some(waiting) = waiting
        {
            tokio::spawn(async move {
                if let Ok(upgraded) = hyper::upgrade::on(request).await {
                    let _ = waiting.send(upgraded);
                }
            });
        }
        std::future::ready(Ok::<_, std::convert::Infallible>(answer))
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(GREETING_MAX)
        // Whoever asked for something else is answered, and that was it.
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let served = async move {
        // It ends when the stream is handed over; what went wrong shows in that it is not.
        let _ = connection.await;
        upgrades.await
    };
    // Who is given up on is not served any longer either: nothing is left behind here.
    let upgraded = timeout(GREETING_MAX, served).await.ok()?.ok()?;
    Some((peer, TokioIo::new(upgraded)))
}

fn respond(request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let asked = request.headers().get(UPGRADE);
    let known = request.uri().path() == PATH && asked.is_some_and(|asked| asked == PROTOCOL);
    let mut response = Response::new(Full::default());
    if known {
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = response.headers_mut();
        headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(UPGRADE, HeaderValue::from_static(PROTOCOL));
    } else {
        *response.status_mut() = StatusCode::UPGRADE_REQUIRED;
        *response.body_mut() = Full::from("Nodes of akey meet here. Pages are on another port.\n");
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::pki_types::ServerName;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio_rustls::TlsConnector;

    use crate::tls::Identity;

    #[test]
    fn who_asks_for_something_else_is_answered_and_shown_out() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("starts");
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
            let address = listener.local_addr().expect("has an address");
            let here = Identity::of_seed([1; 32]).server().expect("answers");
            let acceptor = TlsAcceptor::from(Arc::new(here));
            let door = tokio::spawn(answer(listener, acceptor, |_, _, _| async {
                panic!("nobody asked to meet");
            }));
            let caller = Identity::of_seed([2; 32]).client().expect("calls");
            let tcp = TcpStream::connect(address).await.expect("connects");
            let name = ServerName::try_from("node.akey.invalid").expect("a name");
            let connector = TlsConnector::from(Arc::new(caller));
            let mut stream = connector.connect(name, tcp).await.expect("proves its key");
            let asked = b"GET / HTTP/1.1\r\nHost: node.akey.invalid\r\n\r\n";
            stream.write_all(asked).await.expect("asks");
            let mut answered = Vec::new();
            let ended = timeout(Duration::from_secs(5), stream.read_to_end(&mut answered)).await;
            ended.expect("is shown out").expect("in good order");
            let answered = String::from_utf8_lossy(&answered);
            assert!(answered.contains("Nodes of akey meet here"), "{answered}");
            door.abort();
        });
    }
}
