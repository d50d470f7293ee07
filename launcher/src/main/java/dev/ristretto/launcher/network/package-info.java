/** What an image is connected to: the user's choice, checked before anything starts, and put into QEMU's words. */
package dev.ristretto.launcher.network;
