/**
 * Commands for what runs: services, instances, drain.
 */
@NullMarked
package io.meshup.cli.instance;

import org.jspecify.annotations.NullMarked;
