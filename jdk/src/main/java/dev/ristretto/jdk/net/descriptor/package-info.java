/**
 * What has a descriptor and can be waited for: pipes, event counters, epoll instances, sockets inside the image. Plain Java that knows
 * neither the kernel nor an address, so that it is tested on an ordinary JVM.
 *
 * <p>{@link dev.ristretto.jdk.net.descriptor.Pollable} is the root: an open file that says for what it is
 * {@linkplain dev.ristretto.jdk.net.descriptor.Readiness ready} and tells {@linkplain dev.ristretto.jdk.net.descriptor.Watcher watchers}
 * when that may have changed. Blocking is built on top of that here, once: a subclass only ever tries, and says when it would have to wait.
 *
 * <p><b>Locks.</b> A watcher may be called with the locks of a network stack held. It takes no lock but its own, which is never held while
 * anything is asked for its readiness; so the order is always stack, then watcher.
 *
 * <p>What may not live here: anything that reads or writes memory by address, and anything that substitutes a method of the JDK.
 */
package dev.ristretto.jdk.net.descriptor;
