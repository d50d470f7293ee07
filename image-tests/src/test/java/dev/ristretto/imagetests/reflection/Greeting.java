package dev.ristretto.imagetests.reflection;

/** A service; its providers are named in {@code META-INF/services}. */
public interface Greeting {

    /** {@return a word of greeting} */
    String word();

    /** One provider. */
    final class English implements Greeting {
        /** For the service loader. */
        public English() {
        }

        @Override
        public String word() {
            return "hello";
        }
    }

    /** Another provider. */
    final class German implements Greeting {
        /** For the service loader. */
        public German() {
        }

        @Override
        public String word() {
            return "guten Tag";
        }
    }
}
