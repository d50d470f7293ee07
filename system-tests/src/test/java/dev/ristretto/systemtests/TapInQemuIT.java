package dev.ristretto.systemtests;

/** Against Linux's TCP/IP, with the real card of QEMU: it takes segments of 64 KiB, merges receive buffers, and leaves checksums open. */
class TapInQemuIT extends OnTap {
    @Override
    String machine() {
        return "qemu";
    }

    @Override
    int large() {
        return 16 << 20;
    }
}
