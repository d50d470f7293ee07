package dev.ristretto.imager.link;

/**
 * A named place in a section of a {@link BootObject}, visible to every other object.
 *
 * @param name    unique in the whole image
 * @param section name of the section it is in
 * @param offset  bytes from the section's begin
 * @param size    bytes it covers, 0 if that means nothing
 */
public record BootSymbol(String name, String section, long offset, long size) {
}
