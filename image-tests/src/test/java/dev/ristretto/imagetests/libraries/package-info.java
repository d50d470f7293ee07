/** Libraries that many programs use, used as programs use them: what works here works because nothing below them is missing. */
package dev.ristretto.imagetests.libraries;
