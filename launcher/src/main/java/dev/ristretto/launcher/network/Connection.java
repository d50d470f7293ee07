package dev.ristretto.launcher.network;

/** What is at the other end of an image's network cable. */
public sealed interface Connection {
    /** What the image asks for: {@link User} if it can use a network, else nothing. */
    record Automatic() implements Connection {
    }

    /** No card at all. */
    record None() implements Connection {
    }

    /** QEMU's own network of users, or the launcher's gateway: outgoing connections work, incoming ones only to forwarded ports; needs no rights. */
    record User() implements Connection {
    }

    /** A TAP device of this host, which is there already; the image has an address of its own there. */
    record Tap(String device) implements Connection {
    }

    /**
     * Reads {@code user}, {@code none}, {@code auto} or {@code tap=NAME}.
     *
     * @throws IllegalArgumentException with a sentence for the user if it is not such
     */
    static Connection parse(String text) {
        return switch (text) {
            case "auto" -> new Automatic();
            case "none" -> new None();
            case "user" -> new User();
            default -> {
                // IFNAMSIZ is 16 with the zero at the end (Linux, if.h)
                if (!text.matches("tap=[A-Za-z0-9_.-]{1,15}")) {
                    throw new IllegalArgumentException("'" + text + "' is no network; as in user, none or tap=tap0");
                }
                yield new Tap(text.substring(4));
            }
        };
    }
}
