/** What runs in the image and in the Linux guest that it is compared with: the web server of the examples, and bytes over plain TCP. */
package dev.ristretto.bench.guest;
