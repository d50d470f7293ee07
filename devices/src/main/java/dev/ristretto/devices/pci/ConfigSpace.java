package dev.ristretto.devices.pci;

/** Access to the configuration space of all functions. A function is named by bus (bits 8 to 15), device (3 to 7) and function (0 to 2). */
public interface ConfigSpace {
    /** Four bytes, all ones where there is no function. {@code offset} is a multiple of 4 below 256. */
    int read(int function, int offset);

    /** Writes four bytes. */
    void write(int function, int offset, int value);
}
