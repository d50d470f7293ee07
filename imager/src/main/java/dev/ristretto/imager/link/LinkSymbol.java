package dev.ristretto.imager.link;

/**
 * A name for a place, in one of the inputs.
 *
 * @param name     empty for the symbol of a section
 * @param section  where it is, null if it is undefined here or absolute
 * @param value    offset in the section, or an absolute value
 * @param size     bytes covered, 0 if that means nothing
 * @param function true for code
 * @param scope    who can refer to it
 * @param defined  false for a reference to a symbol of another input
 */
record LinkSymbol(String name, InputSection section, long value, long size, boolean function, Scope scope, boolean defined) {

    /** Visibility between inputs. */
    enum Scope { LOCAL, GLOBAL, WEAK }

    static LinkSymbol undefined(String name) {
        return new LinkSymbol(name, null, 0, 0, false, Scope.GLOBAL, false);
    }
}
