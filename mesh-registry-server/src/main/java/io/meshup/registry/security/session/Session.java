package io.meshup.registry.security.session;

import io.meshup.registry.security.credential.Secret;

/**
 * A signed-in user.
 *
 * @param id the cookie's value
 * @param user who
 * @param csrf what each state change must bring in a header
 */
public record Session(Secret id, String user, Secret csrf) {
}
