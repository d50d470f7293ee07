/** The gateway with real sockets of the host on one side, and on the other a stack of ours in place of an image. */
package dev.ristretto.launcher.gateway;
