/** The language itself: records, sealed types, patterns, lambdas, generics, initialization. */
package dev.ristretto.imagetests.language;
