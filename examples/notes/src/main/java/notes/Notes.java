package notes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;

/**
 * Keeps notes in an H2 database, which is a file on a disk. {@code PUT /notes/KEY} answers once the note is committed; {@code GET} gives it
 * back, {@code DELETE} removes it, {@code GET /notes} counts them. Arguments: the folder of the database, {@code /data} without one, and
 * the port, 8080 without one.
 */
public final class Notes {
    private static final String PATH = "/notes";

    private final String url;

    private Notes(Path folder) {
        // A commit is in the file before it returns, not some time later; see force() for when it is on the disk.
        url = "jdbc:h2:file:" + folder.resolve("notes") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=TRUE;DB_CLOSE_DELAY=-1";
    }

    public static void main(String[] args) throws IOException, SQLException {
        Path folder = Path.of(args.length > 0 ? args[0] : "/data").toAbsolutePath();
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
        if (!Files.isDirectory(folder)) {
            System.err.println("There is no folder " + folder + " to keep notes in; give this machine a disk: --disk FILE");
            System.exit(1);
        }
        Notes notes = new Notes(folder);
        System.out.println(notes.count() + " notes on " + folder);
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PATH, notes::answer);
        server.start();
        System.out.println("Listening on port " + port);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "notes", "");
    }

    private long count() throws SQLException {
        try (Connection connection = connect()) {
            connection.createStatement().execute("CREATE TABLE IF NOT EXISTS note(id VARCHAR(200) PRIMARY KEY, text VARCHAR NOT NULL)");
            try (ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM note")) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String key = path.length() > PATH.length() + 1 ? path.substring(PATH.length() + 1) : "";
        byte[] sent = exchange.getRequestBody().readAllBytes();
        try {
            switch (exchange.getRequestMethod()) {
                case "GET" -> {
                    String text = key.isEmpty() ? Long.toString(count()) : read(key);
                    reply(exchange, text == null ? 404 : 200, text == null ? "no such note" : text);
                }
                case "PUT" -> {
                    write(key, new String(sent, StandardCharsets.UTF_8));
                    reply(exchange, 200, "kept");
                }
                case "DELETE" -> reply(exchange, 200, remove(key) ? "removed" : "there was none");
                default -> reply(exchange, 405, "GET, PUT or DELETE");
            }
        } catch (SQLException e) {
            e.printStackTrace();
            reply(exchange, 500, e.getMessage());
        }
    }

    private String read(String key) throws SQLException {
        try (Connection connection = connect(); PreparedStatement select = connection.prepareStatement("SELECT text FROM note WHERE id = ?")) {
            select.setString(1, key);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private void write(String key, String text) throws SQLException {
        try (Connection connection = connect(); PreparedStatement merge = connection.prepareStatement("MERGE INTO note(id, text) KEY(id) VALUES(?, ?)")) {
            merge.setString(1, key);
            merge.setString(2, text);
            merge.executeUpdate();
            force(connection);
        }
    }

    private boolean remove(String key) throws SQLException {
        try (Connection connection = connect(); PreparedStatement delete = connection.prepareStatement("DELETE FROM note WHERE id = ?")) {
            delete.setString(1, key);
            boolean removed = delete.executeUpdate() > 0;
            force(connection);
            return removed;
        }
    }

    /** H2 forces its file only when it is asked to or closed: "Durability Problems" in its manual. */
    private static void force(Connection connection) throws SQLException {
        try (Statement checkpoint = connection.createStatement()) {
            checkpoint.execute("CHECKPOINT SYNC");
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
