package io.meshup.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the hash of the web sources as {@code build/sources.ts} does: for each file, in
 * the order of their relative paths, the path, a zero byte, the content and a zero byte.
 */
final class SourceHash {

	private static final Set<String> LEFT_OUT = Set.of("node_modules", "dist");

	private SourceHash() {
	}

	static String of(Path root) throws IOException {
		MessageDigest digest = digest();
		for (Map.Entry<String, Path> file : filesIn(root).entrySet()) {
			digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
			digest.update((byte) 0);
			digest.update(Files.readAllBytes(file.getValue()));
			digest.update((byte) 0);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	static String sha256(byte[] content) {
		return HexFormat.of().formatHex(digest().digest(content));
	}

	private static Map<String, Path> filesIn(Path root) throws IOException {
		Map<String, Path> files = new TreeMap<>();
		Files.walkFileTree(root, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
				return LEFT_OUT.contains(folder.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
						: FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				files.put(root.relativize(file).toString().replace('\\', '/'), file);
				return FileVisitResult.CONTINUE;
			}

		});
		return files;
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
