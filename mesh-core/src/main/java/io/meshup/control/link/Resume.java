package io.meshup.control.link;

import java.util.List;

/**
 * Where a new line is to go on.
 *
 * @param after the revision to resume after, or -1 to ask for everything
 * @param applied what is in force when it is asked for
 * @param services what it watches, or {@code *}
 * @param fresh those of the services of which nothing has come yet
 * @param registry whose state is known, empty while nothing is
 */
public record Resume(long after, long applied, List<String> services, List<String> fresh, String registry) {
}
