package lucene;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.apache.lucene.queryparser.classic.ParseException;

/**
 * A search engine on a disk, with Lucene. {@code PUT /docs/NAME} answers once the text is indexed and committed, {@code DELETE} takes it
 * out, {@code GET /docs} counts; {@code GET /search?q=QUERY} gives the names of the documents that Lucene's query finds, best first, a line
 * each. Arguments: the folder of the index, {@code /data/index} without one, and the port, 8080 without one.
 *
 * <pre>{@code
 * ./ristretto run -p 8080:8080 --disk search.img --format examples/lucene
 * curl -T README.md http://localhost:8080/docs/readme
 * curl 'http://localhost:8080/search?q=unikernel+AND+java*'
 * }</pre>
 */
public final class Search {
    private static final String DOCUMENTS = "/docs";
    private static final int MOST = 1000;

    private final TextIndex index;

    private Search(TextIndex index) {
        this.index = index;
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "/data/index").toAbsolutePath();
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
        if (!Files.isDirectory(folder.getParent())) {
            System.err.println("There is no folder " + folder.getParent() + " to keep an index in; give this machine a disk: --disk FILE");
            System.exit(1);
        }
        Search search = new Search(new TextIndex(folder));
        System.out.println(search.index.count() + " documents in " + folder);
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(DOCUMENTS, exchange -> answer(exchange, search::documents));
        server.createContext("/search", exchange -> answer(exchange, search::search));
        server.start();
        System.out.println("Listening on port " + port);
    }

    /** What is asked for, and how it went: the status, and the text. */
    private interface Request {
        String answer(HttpExchange exchange) throws IOException, ParseException;
    }

    private String documents(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.length() > DOCUMENTS.length() + 1 ? path.substring(DOCUMENTS.length() + 1) : "";
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                return Integer.toString(index.count());
            }
            case "PUT" -> {
                index.put(name, text);
                return "indexed";
            }
            case "DELETE" -> {
                index.remove(name);
                return "removed";
            }
            default -> {
                return null;
            }
        }
    }

    private String search(HttpExchange exchange) throws IOException, ParseException {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null || !query.startsWith("q=") ? null
                : String.join("\n", index.find(URLDecoder.decode(query.substring(2), StandardCharsets.UTF_8), MOST));
    }

    private static void answer(HttpExchange exchange, Request request) throws IOException {
        try {
            String text = request.answer(exchange);
            reply(exchange, text == null ? 400 : 200, text == null ? "GET, PUT or DELETE /docs/NAME, GET /search?q=QUERY" : text);
        } catch (ParseException e) {
            reply(exchange, 400, e.getMessage());
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            reply(exchange, 500, e.toString());
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
