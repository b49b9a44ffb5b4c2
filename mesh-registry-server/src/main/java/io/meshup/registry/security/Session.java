package io.meshup.registry.security;

/**
 * A signed-in user.
 *
 * @param id the cookie's value
 * @param user who
 * @param csrf what each state change must bring in a header
 */
record Session(Secret id, String user, Secret csrf) {
}
