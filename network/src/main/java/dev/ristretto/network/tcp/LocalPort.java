package dev.ristretto.network.tcp;

import java.util.ArrayList;
import java.util.List;

/** A local port in use: who is bound to it, and how many endpoints use it. Gone from the table when nobody does. */
final class LocalPort {
    final int number;
    final List<Binding> bindings = new ArrayList<>(1);
    int endpoints;

    LocalPort(int number) {
        this.number = number;
    }

    boolean isUnused() {
        return bindings.isEmpty() && endpoints == 0;
    }
}
