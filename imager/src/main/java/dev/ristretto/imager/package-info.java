/**
 * Class path in, sealed bootable image out: the library behind {@code ristretto build}.
 *
 * <p>Checks of the request, the cache and the order of steps live here; the steps themselves live in the packages below. Nothing
 * here runs inside an image, and nothing prints: progress goes to a listener, failures are {@link dev.ristretto.imager.ImagingException}s.
 */
package dev.ristretto.imager;
