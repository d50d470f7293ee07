package dev.ristretto.imagetests.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    private static SSLServerSocket listen() throws Exception {
        return (SSLServerSocket) TestKeys.server().getServerSocketFactory().createServerSocket(0, 5, LOCAL);
    }

    private static Void echo(SSLServerSocket server) throws Exception {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            byte[] bytes = socket.getInputStream().readNBytes(200_000);
            socket.getOutputStream().write(bytes);
            return null;
        }
    }

    @Test
    void tls13() throws Exception {
        try (SSLServerSocket server = listen()) {
            Peer<Void> peer = Peer.virtual(() -> echo(server));
            try (SSLSocket socket = (SSLSocket) TestKeys.client().getSocketFactory().createSocket(LOCAL, server.getLocalPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                byte[] bytes = Bytes.of(200_000);
                socket.getOutputStream().write(bytes);
                assertArrayEquals(bytes, socket.getInputStream().readNBytes(200_000));
                assertEquals("TLSv1.3", socket.getSession().getProtocol());
                assertEquals("CN=localhost", ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName());
            }
            peer.join();
        }
    }

    @Test
    void tls12() throws Exception {
        try (SSLServerSocket server = listen()) {
            Peer<Void> peer = Peer.platform(() -> echo(server));
            try (SSLSocket socket = (SSLSocket) TestKeys.client().getSocketFactory().createSocket(LOCAL, server.getLocalPort())) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                byte[] bytes = Bytes.of(200_000);
                socket.getOutputStream().write(bytes);
                assertArrayEquals(bytes, socket.getInputStream().readNBytes(200_000));
                assertEquals("TLSv1.2", socket.getSession().getProtocol());
            }
            peer.join();
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        try (SSLServerSocket server = listen()) {
            Peer<Void> peer = Peer.platform(() -> echo(server));
            try (SSLSocket socket = (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(LOCAL, server.getLocalPort())) {
                SSLHandshakeException e = assertThrows(SSLHandshakeException.class, socket::startHandshake);
                assertTrue(e.getMessage().contains("unable to find valid certification path"), e.getMessage());
            }
            assertThrows(IOException.class, peer::join);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        try (SSLServerSocket server = listen(); SSLSocket socket = (SSLSocket) TestKeys.client().getSocketFactory().createSocket(
                new java.net.Socket(LOCAL, server.getLocalPort()), "example.org", server.getLocalPort(), true)) {
            Peer<Void> peer = Peer.platform(() -> echo(server));
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
            assertThrows(IOException.class, peer::join);
        }
    }

    @Test
    void theAuthoritiesOfTheJdkAreThere() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((java.security.KeyStore) null);
        X509TrustManager manager = (X509TrustManager) trust.getTrustManagers()[0];
        assertTrue(manager.getAcceptedIssuers().length > 50, "certificates: " + manager.getAcceptedIssuers().length);
    }

    @Test
    void httpsWithTheJdksServerAndClient() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = HttpClient.newBuilder().sslContext(TestKeys.client()).build()) {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(LOCAL, 0), 50);
            server.setHttpsConfigurator(new HttpsConfigurator(TestKeys.server()));
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                byte[] body = "secret".getBytes();
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            try {
                HttpResponse<String> response = client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + server.getAddress().getPort() + "/"))
                        .build(), HttpResponse.BodyHandlers.ofString());
                assertEquals("secret", response.body());
                assertEquals("TLSv1.3", response.sslSession().orElseThrow().getProtocol());
            } finally {
                server.stop(0);
            }
        }
    }
}
