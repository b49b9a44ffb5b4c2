/**
 * What all commands share: where the registry is and how answers are shown.
 */
@NullMarked
package io.meshup.cli.command;

import org.jspecify.annotations.NullMarked;
