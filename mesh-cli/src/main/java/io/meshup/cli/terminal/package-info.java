/**
 * What is read from and shown on a terminal: tables, colours, JSON and YAML.
 */
@NullMarked
package io.meshup.cli.terminal;

import org.jspecify.annotations.NullMarked;
