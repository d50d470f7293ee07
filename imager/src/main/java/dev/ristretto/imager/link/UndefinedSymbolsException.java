package dev.ristretto.imager.link;

import java.util.List;

/** Code or data refers to symbols that neither the program's object nor the boot code defines: native functions that nothing answers. */
public final class UndefinedSymbolsException extends LinkException {
    private static final long serialVersionUID = 1L;

    private final List<String> names;

    /** For these symbols, at least one. */
    public UndefinedSymbolsException(List<String> names) {
        super("The program reaches native functions that nothing in the image answers:" + System.lineSeparator() + "  "
                        + String.join(System.lineSeparator() + "  ", names),
                "A native function comes from a JNI library or from a part of the JDK that Ristretto does not have yet. "
                        + "Leave out the code that calls it, or give it a substitution.");
        this.names = List.copyOf(names);
    }

    /** The symbols' names, sorted, each once. */
    public List<String> names() {
        return names;
    }
}
