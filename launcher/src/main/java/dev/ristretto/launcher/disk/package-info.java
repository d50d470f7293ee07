/** The disks of an image: files of this host. What is in them is not looked at here. */
package dev.ristretto.launcher.disk;
