package io.meshup.cli.account;

import picocli.CommandLine.Command;

/**
 * {@code meshctl tokens}: a group of commands.
 */
@Command(name = "tokens", description = "Lists, makes and revokes API tokens (administrators only).")
public final class TokenGroup {

}
