/**
 * Reflection, proxies, method handles, serialization, services, resources and annotations: what an image has to be told about.
 * What is reached by names that no compiler can see is listed in this module's {@code reachability-metadata.json}.
 */
package dev.ristretto.imagetests.reflection;
