package dev.ristretto.network.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the words of the command line that are about the network. Our own:
 * <pre>
 *     ip=dhcp  ip=10.0.0.2/24  ip=off  gateway=10.0.0.1  dns=10.0.0.1,1.1.1.1  search=example.org  mtu=1400
 *     ipv6=auto  ipv6=temporary  ipv6=fd00::2/64  ipv6=off
 * </pre>
 * each also for one card, as {@code eth1.ip=dhcp}. And, so that what starts other unikernels can start this one, those of Linux
 * ({@code ip=ADDRESS:SERVER:GATEWAY:MASK:HOST:CARD:HOW}), MirageOS ({@code --ipv4= --ipv4-gateway= --ipv4-only --ipv6= --ipv6-gateway= --ipv6-only
 * --accept-router-advertisements=}), Unikraft ({@code netdev.ip=ADDRESS/LENGTH:GATEWAY:DNS:DNS:HOST:DOMAIN}) and OSv
 * ({@code --ip=CARD,ADDRESS,MASK --defaultgw= --nameserver=}).
 * <p>
 * A word that makes no sense is told of in one line and otherwise ignored.
 */
public final class ConfigurationWords {
    private static final String[] PLAIN = {"ip", "gateway", "dns", "search", "mtu", "ipv6"};
    private static final String[] FOREIGN = {"--ipv4", "--ipv4-gateway", "--ipv4-only", "--ipv6", "--ipv6-gateway", "--ipv6-only",
        "--accept-router-advertisements", "netdev.ip", "--ip", "--defaultgw", "--nameserver"};

    private final Map<String, CardWords> cards = new HashMap<>();
    private final CardWords common = new CardWords();

    private ConfigurationWords() {
    }

    /** Returns whether a word is one that {@link #parse} reads; the next one belongs to it if it {@link #takesNext}. */
    public static boolean isForNetwork(String word) {
        String key = key(word);
        return contains(FOREIGN, key) || word.indexOf('=') > 0 && contains(PLAIN, key.substring(key.indexOf('.') + 1)) && isCard(key);
    }

    /** Returns whether the value of this word is the next word: {@code --ipv4 10.0.0.2/24}. */
    public static boolean takesNext(String word) {
        return contains(FOREIGN, word) && word.startsWith("--") && !word.endsWith("-only");
    }

    private static boolean isCard(String key) {
        int dot = key.indexOf('.');
        return dot < 0 || dot > 0 && dot <= 15;
    }

    private static String key(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    private static boolean contains(String[] keys, String key) {
        for (String known : keys) {
            if (known.equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** Reads the words that are for the network and skips all others; {@code complaints} takes a line for each that is wrong. */
    public static NetworkSettings parse(List<String> words, Consumer<String> complaints) {
        ConfigurationWords parser = new ConfigurationWords();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!isForNetwork(word)) {
                continue;
            }
            String value = null;
            int equals = word.indexOf('=');
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (takesNext(word) && i + 1 < words.size()) {
                value = words.get(++i);
                word = word + " " + value;
            }
            String problem = parser.read(key(word.indexOf(' ') < 0 ? word : word.substring(0, word.indexOf(' '))), value);
            if (problem != null) {
                complaints.accept("'" + word + "' on the command line is ignored: " + problem);
            }
        }
        return parser.finish(complaints);
    }

    private NetworkSettings finish(Consumer<String> complaints) {
        String problem = common.check();
        if (problem != null) {
            complaints.accept(problem);
        }
        Map<String, NetworkConfiguration> named = new HashMap<>();
        cards.forEach((name, words) -> {
            String cardProblem = words.check();
            if (cardProblem != null) {
                complaints.accept(name + ": " + cardProblem);
            }
            named.put(name, words.configuration());
        });
        return new NetworkSettings(common.configuration(), Map.copyOf(named), common.hasFixed());
    }

    private CardWords card(String name) {
        return name.isEmpty() ? common : cards.computeIfAbsent(name, n -> new CardWords());
    }

    /** Returns what is wrong, or null. */
    private String read(String key, String value) {
        if (contains(FOREIGN, key)) {
            return ForeignWords.read(key, value, this::card);
        }
        int dot = key.indexOf('.');
        CardWords words = card(dot < 0 ? "" : key.substring(0, dot));
        return switch (key.substring(dot + 1)) {
            case "ip" -> value.indexOf(':') >= 0 && value.indexOf('.') >= 0 || value.startsWith(":") ? ForeignWords.linux(value, this::card) : words.ip(value);
            case "ipv6" -> words.ipv6(value);
            case "gateway" -> words.gateway(value);
            case "dns" -> words.dns(value);
            case "search" -> words.search(value);
            default -> words.mtu(value);
        };
    }
}
