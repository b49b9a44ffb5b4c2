/**
 * Commands for people and tokens: login, logout, tokens, audit.
 */
@NullMarked
package io.meshup.cli.account;

import org.jspecify.annotations.NullMarked;
