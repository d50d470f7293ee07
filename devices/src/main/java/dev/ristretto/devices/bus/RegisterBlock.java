package dev.ristretto.devices.bus;

/** A block of virtio registers in memory, as a hypervisor tells of it. */
record RegisterBlock(long address, long size, int line) {
    static final long USUAL_SIZE = 512;

    /**
     * Reads what Linux calls {@code virtio_mmio.device}: {@code size@address:line} or {@code size@address:line:id}. Numbers are decimal or
     * begin with 0x, the size may end in K, M or G.
     *
     * @return null if it is not such
     */
    static RegisterBlock parse(String text) {
        int at = text.indexOf('@');
        int colon = text.indexOf(':', at + 1);
        if (at <= 0 || colon < 0) {
            return null;
        }
        int end = text.indexOf(':', colon + 1);
        long unit = switch (text.charAt(at - 1)) {
            case 'K', 'k' -> 1 << 10;
            case 'M', 'm' -> 1 << 20;
            case 'G', 'g' -> 1 << 30;
            default -> 1;
        };
        long size = number(text.substring(0, unit == 1 ? at : at - 1)) * unit;
        long address = number(text.substring(at + 1, colon));
        long line = number(text.substring(colon + 1, end < 0 ? text.length() : end));
        return size <= 0 || address < 0 || line < 0 || line > 0xFFFF ? null : new RegisterBlock(address, size, (int) line);
    }

    private static long number(String text) {
        try {
            return text.startsWith("0x") || text.startsWith("0X") ? Long.parseLong(text, 2, text.length(), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
