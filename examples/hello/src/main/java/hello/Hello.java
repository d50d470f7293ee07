package hello;

/** Says hello from a machine that has no operating system. */
public final class Hello {
    private Hello() {
    }

    public static void main(String[] args) {
        System.out.println("Hello from Java " + System.getProperty("java.version") + ", with nothing below it.");
        for (String arg : args) {
            System.out.println("argument: " + arg);
        }
    }
}
