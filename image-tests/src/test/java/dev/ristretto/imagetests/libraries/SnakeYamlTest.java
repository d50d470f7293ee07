package dev.ristretto.imagetests.libraries;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.Constructor;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** The beans that SnakeYAML fills are listed in {@code reachability-metadata.json}. */
class SnakeYamlTest {

    private final Yaml yaml = new Yaml();

    /** A bean. */
    public static class Server {
        private String host;
        private int port = 80;
        private Mode mode;
        private List<Route> routes = new ArrayList<>();

        public String getHost() {
            return host;
        }

        public void setHost(String host) {
            this.host = host;
        }

        public int getPort() {
            return port;
        }

        public void setPort(int port) {
            this.port = port;
        }

        public Mode getMode() {
            return mode;
        }

        public void setMode(Mode mode) {
            this.mode = mode;
        }

        public List<Route> getRoutes() {
            return routes;
        }

        public void setRoutes(List<Route> routes) {
            this.routes = routes;
        }
    }

    /** A bean inside the bean. */
    public static class Route {
        /** A public field serves as a property. */
        public String path;
        /** Another. */
        public double weight;
    }

    /** An enum. */
    public enum Mode { FAST, SAFE }

    @Test
    void scalarsHaveTypes() {
        Map<String, Object> map = yaml.load("{s: text, i: 42, h: 0x1F, f: 2.5e3, t: true, n: null, d: 2026-11-23, b: !!binary aGVsbG8=}");
        assertEquals("text", map.get("s"));
        assertEquals(42, map.get("i"));
        assertEquals(31, map.get("h"));
        assertEquals(2500.0, map.get("f"));
        assertEquals(true, map.get("t"));
        assertNull(map.get("n"));
        assertInstanceOf(Date.class, map.get("d"));
        assertArrayEquals("hello".getBytes(StandardCharsets.US_ASCII), (byte[]) map.get("b"));
    }

    @Test
    void blocksAndFolds() {
        Map<String, String> map = yaml.load("literal: |\n  line one\n  line two\nfolded: >-\n  one\n  line\nquoted: \"tab\\t\\u00fc\"\nsingle: 'it''s'\n");
        assertEquals("line one\nline two\n", map.get("literal"));
        assertEquals("one line", map.get("folded"));
        assertEquals("tab\t\u00fc", map.get("quoted"));
        assertEquals("it's", map.get("single"));
    }

    @Test
    void anchorsAndMerges() {
        Map<String, Map<String, Object>> map = yaml.load("base: &base {a: 1, b: 2}\nsame: *base\nmore:\n  <<: *base\n  b: 3\n");
        assertSame(map.get("base"), map.get("same"));
        assertEquals(Map.of("a", 1, "b", 3), map.get("more"));
    }

    @Test
    void recursiveStructures() {
        List<Object> list = yaml.load("&me [1, *me]");
        assertSame(list, list.get(1));
    }

    @Test
    void severalDocuments() {
        List<Object> documents = new ArrayList<>();
        yaml.loadAll("--- 1\n--- [a, b]\n--- {k: v}\n...\n").forEach(documents::add);
        assertEquals(List.of(1, List.of("a", "b"), Map.of("k", "v")), documents);
    }

    @Test
    void beans() {
        Server server = new Yaml(new Constructor(Server.class, new LoaderOptions()))
                .load("host: example.org\nport: 8080\nmode: SAFE\nroutes:\n- {path: /a, weight: 0.5}\n- {path: /b, weight: 1}\n");
        assertEquals("example.org", server.getHost());
        assertEquals(8080, server.getPort());
        assertEquals(Mode.SAFE, server.getMode());
        assertEquals("/b", server.getRoutes().get(1).path);
        assertEquals(1.0, server.getRoutes().get(1).weight);
    }

    @Test
    void beansAreDumped() {
        Server server = new Server();
        server.setHost("h");
        server.setMode(Mode.FAST);
        Route route = new Route();
        route.path = "/x";
        server.getRoutes().add(route);
        Representer representer = new Representer(new DumperOptions());
        representer.addClassTag(Server.class, Tag.MAP);
        String text = new Yaml(representer).dumpAs(server, Tag.MAP, DumperOptions.FlowStyle.BLOCK);
        assertEquals("host: h\nmode: FAST\nport: 80\nroutes:\n- path: /x\n  weight: 0.0\n", text);
    }

    @Test
    void dumpingStyles() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("list", List.of(1, "two"));
        map.put("text", "yes");
        map.put("long", "a\nb");
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(4);
        assertEquals("list:\n- 1\n- two\ntext: 'yes'\nlong: |-\n    a\n    b\n", new Yaml(options).dump(map));
        assertEquals(map, yaml.load(yaml.dump(map)));
    }

    @Test
    void unicodeGoesThereAndBack() {
        for (String text : new String[] {"\u00fcml\u00e4ut", "\u6f22\u5b57", "\ud83d\ude00", "a: b # c", "- x", " lead", "123", "null", ""}) {
            assertEquals(text, yaml.load(yaml.dump(text)));
        }
    }

    @Test
    void mistakesAreNamed() {
        MarkedYAMLException e = assertThrows(MarkedYAMLException.class, () -> yaml.load("a: [1, 2\nb: 3"));
        assertEquals(1, e.getProblemMark().getLine());
        assertThrows(YAMLException.class, () -> yaml.load("a: *unknown"));
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        assertThrows(DuplicateKeyException.class, () -> new Yaml(strict).load("{a: 1, a: 2}"));
    }

    @Test
    void safeLoadingRefusesClasses() {
        Yaml safe = new Yaml(new SafeConstructor(new LoaderOptions()));
        assertThrows(YAMLException.class, () -> safe.load("!!java.util.Date 2026-11-23"));
        LoaderOptions limited = new LoaderOptions();
        limited.setMaxAliasesForCollections(2);
        assertThrows(YAMLException.class, () -> new Yaml(limited).load("a: &a [x]\nb: [*a, *a, *a, *a]"));
    }

    @Test
    void eventsAndNodes() {
        int scalars = 0;
        for (Event event : yaml.parse(new StringReader("a: [b, c]"))) {
            scalars += event.is(Event.ID.Scalar) ? 1 : 0;
        }
        assertEquals(3, scalars);
        MappingNode node = (MappingNode) yaml.compose(new StringReader("x: {y: 1}"));
        assertEquals(Tag.MAP, node.getTag());
        assertEquals(1, node.getValue().size());
    }

    @Test
    void ownTags() {
        class Units extends SafeConstructor {
            Units() {
                super(new LoaderOptions());
                yamlConstructors.put(new Tag("!kib"), new AbstractConstruct() {
                    @Override
                    public Object construct(Node node) {
                        return 1024 * Integer.parseInt(((ScalarNode) node).getValue());
                    }
                });
            }
        }
        assertEquals(Map.of("size", 4096), new Yaml(new Units()).load("size: !kib 4"));
    }

    @Test
    void largeDocuments() {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            entries.add(Map.of("id", i, "name", "entry " + i, "even", i % 2 == 0));
        }
        assertEquals(entries, yaml.load(yaml.dump(entries)));
        assertTrue(yaml.dump(entries).length() > 5_000);
    }
}
