use std::{net::SocketAddr, time::Duration};

use frisk_api::{Error, serve};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use crate::world;

#[tokio::test]
async fn it_serves_until_told_to_stop() {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
        .await
        .unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let service = serve(world::small().0, listener, async {
        let _ = stopped.await;
    });
    let caller = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = b"GET /health HTTP/1.1\r\nhost: frisk\r\nconnection: close\r\n\r\n";
        stream.write_all(request).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        stop.send(()).unwrap();
    };
    let both = async { tokio::join!(service, caller) };
    let (served, ()) = tokio::time::timeout(Duration::from_secs(10), both)
        .await
        .unwrap();
    served.unwrap();
}

#[tokio::test]
async fn demo_identities_are_judged_by_the_address_that_is_really_listened_on() {
    let listener = TcpListener::bind(SocketAddr::from(([0, 0, 0, 0], 0)))
        .await
        .unwrap();
    // The settings say loopback; the listener does not.
    let result = serve(world::small().0, listener, std::future::pending()).await;
    assert!(matches!(result, Err(Error::DemoBeyondLoopback { .. })));
}
