/**
 * What an image file says about itself: its ELF segments and sections and its manifest, read without trusting a byte of it.
 *
 * <p>Reading only; nothing here starts anything or knows a hypervisor.
 */
package dev.ristretto.launcher.image;
